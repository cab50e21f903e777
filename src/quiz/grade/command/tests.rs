use rstest::rstest;

use super::*;

fn is_right(accept: &str, answer: &str) -> bool {
    mark(&[accept.to_owned()], answer).is_some_and(|verdict| verdict.credit == Credit::FULL)
}

#[rstest]
#[case("kubectl get pods -A", "kubectl get pods -A")]
#[case("kubectl get pods -A", "k get po -A")]
#[case("kubectl get pods -A", "get pods --all-namespaces")]
#[case("kubectl get pods -A", "kubectl get pod --all-namespaces=true")]
#[case("kubectl get pods -A", "kubectl -A get pods")]
#[case("kubectl get pods -A", "Kubectl get pods -A")]
#[case("kubectl get pods -A", "kubectl  get   pods\t-A ")]
#[case("kubectl get pods -A", "$ kubectl get pods -A")]
#[case("kubectl get pods -A", "ana@box:~$ kubectl get pods -A")]
#[case("kubectl get pods -A", "`kubectl get pods -A`")]
#[case("kubectl get pods -A", "```\nkubectl get pods -A\n```")]
#[case("kubectl get pods -A", "```bash\n$ kubectl get pods -A\n```")]
#[case("kubectl get pods -A", "```kubectl get pods -A```")]
#[case("kubectl get pods -A", "you can run `kubectl get pods -A` for that")]
#[case("kubectl get pods -A", "I would use: kubectl get pods -A")]
#[case("kubectl get pods -A", "kubectl get pods -A?")]
#[case("kubectl get pods -A", "kubectl get pods -A I think")]
#[case("kubectl get pods -A", "kubectl get pods -A (shows all of them)")]
#[case("kubectl get pods -A", "you only need one more flag: kubectl get pods -A")]
#[case("kubectl get pods -A", "kubectl get pods -A, probably")]
#[case("kubectl get pods -A", "kubectl get pods —all-namespaces")]
#[case("kubectl get pods -A", "kubectl get pods –A")]
#[case("kubectl get pods -A", "kubectl get pods -A # all of them, don't filter")]
#[case("kubectl get pods -A", "kubectl get pods \\\n  -A")]
#[case("kubectl get pods -A", "sudo kubectl get pods -A")]
#[case("kubectl get pods -A", "kubectl get 'pods' \"-A\"")]
#[case("kubectl get pods -n kube-system", "kubectl get pods --namespace=kube-system")]
#[case("kubectl get pods -n kube-system", "kubectl get pods --namespace kube-system")]
#[case("kubectl get pods -n kube-system", "kubectl get pods -nkube-system")]
#[case("kubectl get pods -n kube-system", "kubectl get pods -n=kube-system")]
#[case("kubectl get pods -n kube-system", "kubectl -n kube-system get pods")]
#[case("kubectl get pods -n kube-system", "k get po -n \"kube-system\"")]
#[case("kubectl get pod web -o yaml", "kubectl get pods web -oyaml")]
#[case("kubectl get pod web -o yaml", "kubectl get po/web --output=yaml")]
#[case("kubectl get pod web -o yaml", "kubectl get -o=yaml pod/web")]
#[case("kubectl get pods,services", "kubectl get svc,po")]
#[case("kubectl get pod a b", "kubectl get pod/b pod/a")]
#[case("kubectl get deployments.apps", "kubectl get deploy")]
#[case("kubectl get certificates", "kubectl get certificate")]
#[case("kubectl get pods -l app=web,tier=front", "kubectl get pods --selector='tier=front,app==web'")]
#[case("kubectl get pods --sort-by=.metadata.name", "kubectl get po --sort-by '{.metadata.name}'")]
#[case("kubectl get pods -w", "kubectl get pods --watch")]
#[case("kubectl get pods -o wide", "kubectl get pods -owide")]
#[case("kubectl get pv", "kubectl get persistentvolumes")]
#[case("kubectl get pvc", "kubectl get persistentvolumeclaims")]
#[case("kubectl get netpol", "kubectl get networkpolicies")]
#[case("kubectl get ns", "kubectl get namespaces")]
#[case("kubectl get no", "kubectl get nodes")]
#[case("kubectl get ep", "kubectl get endpoints")]
#[case("kubectl describe pod web", "k describe po/web")]
#[case("kubectl delete pod web --grace-period=0 --force", "kubectl delete pod web --force --grace-period 0")]
#[case("kubectl delete pod web --now", "kubectl delete --now pod web")]
#[case("kubectl logs web -c app -f", "kubectl logs -f web --container=app")]
#[case("kubectl logs web -c app -f", "kubectl logs pod/web -c app --follow")]
#[case("kubectl logs web -p", "kubectl logs --previous web")]
#[case("kubectl logs web --tail=20", "kubectl logs web --tail 20")]
#[case("kubectl logs deploy/web", "kubectl logs deployment/web")]
#[case("kubectl exec -it web -- sh", "kubectl exec web -it -- sh")]
#[case("kubectl exec -it web -- sh", "kubectl exec -i -t pod/web -- sh")]
#[case("kubectl exec -it web -- sh", "kubectl exec -ti web -- sh")]
#[case("kubectl exec -it web -- sh", "kubectl exec --stdin --tty web -- sh")]
#[case("kubectl exec -it web -c app -- ls -la /", "kubectl exec -itc app web -- ls -la /")]
#[case("kubectl apply -f app.yaml", "kubectl apply --filename=app.yaml")]
#[case("kubectl apply -f a.yaml -f b.yaml", "kubectl apply -f b.yaml,a.yaml")]
#[case("kubectl apply -k overlays/prod", "kubectl apply --kustomize overlays/prod")]
#[case("kubectl scale deployment web --replicas=3", "kubectl scale --replicas 3 deploy/web")]
#[case("kubectl rollout status deployment web", "kubectl rollout status deploy/web")]
#[case("kubectl rollout undo deployment/web --to-revision=2", "kubectl rollout undo --to-revision 2 deployment web")]
#[case("kubectl set image deployment/web web=nginx:1.27", "kubectl set image deploy web web=nginx:1.27")]
#[case("kubectl label pod web app=web tier=front", "kubectl label po/web tier=front app=web")]
#[case("kubectl annotate pod web note-", "kubectl annotate pods web note-")]
#[case("kubectl taint nodes n1 key=value:NoSchedule", "kubectl taint node n1 key=value:NoSchedule")]
#[case(
    "kubectl drain n1 --ignore-daemonsets --delete-emptydir-data",
    "kubectl drain --delete-emptydir-data --ignore-daemonsets node/n1"
)]
#[case("kubectl cordon n1", "kubectl cordon node/n1")]
#[case("kubectl top pods -A", "kubectl top po --all-namespaces")]
#[case("kubectl create deployment web --image=nginx --replicas=2", "k create deploy web --replicas=2 --image nginx")]
#[case(
    "kubectl create configmap app --from-literal=a=1 --from-literal=b=2",
    "kubectl create cm app --from-literal b=2 --from-literal=a=1"
)]
#[case(
    "kubectl create role r --verb=get,list --resource=pods",
    "kubectl create role r --verb=list --verb=get --resource=po"
)]
#[case(
    "kubectl run web --image=nginx --dry-run=client -o yaml",
    "kubectl run web -oyaml --dry-run=client --image=nginx"
)]
#[case("kubectl run tmp --rm -it --image=busybox -- sh", "kubectl run tmp -it --rm --image busybox -- sh")]
#[case("kubectl auth can-i create deployments --as ana", "kubectl auth can-i create deploy --as=ana")]
#[case("kubectl explain pod.spec.containers", "kubectl explain po.spec.containers")]
#[case("kubectl port-forward svc/web 8080:80", "kubectl port-forward service/web 8080:80")]
#[case("kubectl wait --for=condition=Ready pod/web", "kubectl wait pod web --for=condition=ready")]
#[case("kubectl config use-context prod", "kubectl config use-context prod")]
#[case("kubectl config set-context --current --namespace=dev", "kubectl config set-context --namespace dev --current")]
#[case(
    "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
    "kubectl get pods -o=jsonpath=\"{.items[*].metadata.name}\""
)]
#[case("kubectl get secret db -o jsonpath='{.data.key}'", "kubectl get secret db -o jsonpath='{ .data.key }'")]
#[case("kubectl get secret db -o jsonpath='{.data.key}'", "kubectl get secret db -o jsonpath=\"{$.data['key']}\"")]
#[case("kubectl get pods | grep web", "kubectl get po|grep web")]
#[case("kubectl get pods && kubectl get svc", "kubectl get pods; kubectl get service")]
#[case("kubectl get pods && kubectl get svc", "kubectl get pods\nkubectl get svc")]
#[case("kubectl get pod web -o yaml > web.yaml", "kubectl get pod web -oyaml >web.yaml")]
#[case("kubectl patch pod web -p '{\"a\":1}'", "kubectl patch pod web --patch='{\"a\":1}'")]
#[case("kubectl patch pod web -p '{\"a\":1}'", "kubectl patch pod web -p ‘{“a”:1}’")]
#[case("helm install web ./chart -f v.yaml -n dev", "helm install -n dev web ./chart --values=v.yaml")]
#[case("helm upgrade --install web ./chart", "helm upgrade -i web ./chart")]
#[case("helm list -A", "helm ls --all-namespaces")]
#[case("helm uninstall web", "helm delete web")]
#[case(
    "etcdctl snapshot save s.db --endpoints=https://127.0.0.1:2379",
    "ETCDCTL_API=3 etcdctl --endpoints https://127.0.0.1:2379 snapshot save s.db"
)]
#[case("kubeadm join 10.0.0.1:6443 --token t --control-plane", "kubeadm join --control-plane --token=t 10.0.0.1:6443")]
#[case("kubeadm token create --print-join-command", "kubeadm token create --print-join-command")]
#[case("crictl ps -a", "crictl ps --all")]
#[case("systemctl restart kubelet", "sudo systemctl restart kubelet.service")]
#[case("journalctl -u kubelet -f", "journalctl --unit=kubelet --follow")]
#[case("journalctl -u kubelet -n 50", "journalctl -fu kubelet")]
#[case("tail -n 5 f", "tail -n5 f")]
#[case("ls -la /etc", "ls -a -l /etc")]
#[case("openssl x509 -noout -text -in ca.crt", "openssl x509 -in ca.crt -text -noout")]
#[case("tool --level=3 run --fast", "tool run --fast --level 3")]
fn means_the_same(#[case] accept: &str, #[case] answer: &str) {
    let right = !(accept.ends_with("-n 50"));
    assert_eq!(
        is_right(accept, answer),
        right,
        "{answer}: {:?} {:?}",
        parse::script(accept),
        parse::script(&clean::clean(answer))
    );
}

#[rstest]
#[case("kubectl describe pod web", "kubectl delete pod web")]
#[case("kubectl delete pod web", "kubectl describe pod web")]
#[case("kubectl get pods", "kubectl get pods -A")]
#[case("kubectl get pods -A", "kubectl get pods")]
#[case("kubectl get pods -A", "kubectl get pods -a")]
#[case("kubectl get pods -n dev", "kubectl get pods -n prod")]
#[case("kubectl get pods -n dev", "kubectl get pods -n Dev")]
#[case("kubectl get pods", "kubectl get services")]
#[case("kubectl get pods", "kubectl get pods web")]
#[case("kubectl get pods", "kubectl get pods, services")]
#[case("kubectl get pods", "kubectl get pods $(echo a b)")]
#[case("kubectl get pods", "kubectl get pods (-A)")]
#[case("kubectl get pods", "docker get pods")]
#[case("kubectl get pods", "kubectl get pdos")]
#[case("kubectl get pods", "kubectl get pods; rm -rf /")]
#[case("kubectl get pods", "kubectl get pods | wc -l")]
#[case("kubectl get pods", "kubectl get pods > /etc/passwd")]
#[case("kubectl get pods", "kubectl get pods # \nkubectl delete pods --all")]
#[case("kubectl get pod a", "kubectl get pod A")]
#[case("kubectl logs web -f", "kubectl logs web -p")]
#[case("kubectl apply -f a.yaml", "kubectl create -f a.yaml")]
#[case("kubectl apply -f a.yaml", "kubectl apply -f b.yaml")]
#[case("kubectl apply -f a.yaml", "kubectl apply -k a.yaml")]
#[case("kubectl exec -it web -- sh", "kubectl exec -it web sh")]
#[case("kubectl exec -it web -- ls -la", "kubectl exec -it web -- ls -al")]
#[case("kubectl scale deploy web --replicas=3", "kubectl scale deploy web --replicas=30")]
#[case("kubectl drain n1", "kubectl cordon n1")]
#[case("kubectl get role", "kubectl get clusterrole")]
#[case("kubectl get pods 'a b'", "kubectl get pods a b")]
#[case("kubectl get pods | grep web", "kubectl get pods '|' grep web")]
#[case("kubectl get pods -o yaml", "kubectl get pods -o json")]
#[case("kubectl get secret db -o jsonpath='{.data.key}'", "kubectl get secret db -o jsonpath='{.data}'")]
#[case("kubectl get pods -l app=web", "kubectl get pods -l app!=web")]
#[case("kubectl get pods -w", "kubectl get pods --watch=false")]
#[case("helm install web ./chart", "helm upgrade web ./chart")]
#[case::unreadable("kubectl get pods", "kubectl get pods 'web")]
#[case::unreadable("kubectl get pods", "kubectl get pods \"")]
#[case::unreadable("kubectl get pods", "kubectl get pods \\")]
fn means_another_thing(#[case] accept: &str, #[case] answer: &str) {
    assert!(!is_right(accept, answer), "{answer}: {:?}", parse::script(&clean::clean(answer)));
}

#[rstest]
#[case("")]
#[case(" \n")]
#[case("$ ")]
#[case("``` ```")]
#[case("--")]
fn says_nothing(#[case] answer: &str) {
    assert_eq!(mark(&["kubectl get pods".to_owned()], answer), None);
}

#[test]
fn an_accepted_command_is_right_even_where_nobody_can_read_it() {
    assert!(is_right("echo `date", " echo `date "));
}

#[test]
fn any_of_several_is_right_and_the_first_is_shown() {
    let accept = ["kubectl get events".to_owned(), "kubectl events".to_owned()];
    let verdict = mark(&accept, "k events").expect("it has words");
    assert_eq!((verdict.credit, verdict.found), (Credit::FULL, vec!["kubectl get events".to_owned()]));
}

#[rstest]
#[case("kubectl delete pod web", &["delete"])]
#[case("kubectl describe pod web -n dev", &["--namespace=dev"])]
#[case("kubectl describe pods", &["pod"])]
#[case("kubectl describe", &[])]
#[case("kubectl describe 'pod", &["kubectl describe 'pod"])]
fn the_verdict_says_what_does_not_belong(#[case] answer: &str, #[case] wrong: &[&str]) {
    let verdict = mark(&["kubectl describe pod web".to_owned()], answer).expect("it has words");
    assert_eq!(verdict.wrong, wrong);
    assert_eq!(verdict.missing, ["kubectl describe pod web"]);
}

#[rstest]
#[case("kubectl get pods", true)]
#[case("kubectl get 'pods", false)]
#[case("", false)]
fn what_can_be_read(#[case] command: &str, #[case] expected: bool) {
    assert_eq!(reads(command), expected);
}
