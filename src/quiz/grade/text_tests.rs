use rstest::rstest;

use super::*;

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|&form| form.to_owned()).collect())
}

fn credit(forms: &[&str], answer: &str) -> u16 {
    let wrong =
        [term(&["kube-proxy"]), term(&["8443"]), term(&["Deployment"]), term(&["kube-apiserver", "API server"])];
    let near = ["kubectl".to_owned(), "ClusterRole".to_owned(), "hostPort".to_owned()];
    mark("?", &term(forms), &wrong, &near, answer).expect("the answer has words").credit.get()
}

#[rstest]
#[case("kubelet")]
#[case("Kubelet.")]
#[case("KUBELET!!")]
#[case("`kubelet`")]
#[case("**kubelet**")]
#[case("\"kubelet\"")]
#[case("the kubelet")]
#[case("a kubelet")]
#[case("kubelets")]
#[case("kubelet's")]
#[case("kublet")]
#[case("kubelte")]
#[case("kube let")]
#[case("kube-let")]
#[case("it is the kubelet")]
#[case("It's the kubelet")]
#[case("I think kubelet")]
#[case("i guess its the kubelet?")]
#[case("maybe kubelet")]
#[case("the answer is kubelet")]
#[case("kubelet, I think")]
#[case("hmm, kubelet")]
#[case("probably the kubelet process")]
#[case("kubelet kubelet kubelet")]
#[case("kubelet (the node agent)")]
#[case("That would be the kubelet, which is an agent on each node")]
#[case("The kubelet starts containers on each node")]
#[case("kubelet starts containers")]
#[case("kubelet, not kube-proxy")]
#[case("kubelet (not kubectl)")]
#[case("not kube-proxy but kubelet")]
#[case("it's not kubectl, it's the kubelet")]
#[case("kubelet instead of kube-proxy")]
#[case("kubelet - the agent on every node")]
#[case("kubelet or something like that")]
#[case("kubelet or the kubelet process")]
#[case("obviously kubelet")]
#[case("Kubernetes kubelet")]
#[case("done by the kubelet")]
#[case("node agent")]
#[case("isn't it the kubelet?")]
#[case("kubelet isn't it?")]
#[case("kubelet, right?")]
#[case("its kubelet 100%")]
#[case("not sure but kubelet")]
#[case("not really sure, kubelet?")]
#[case("i dont know, kubelet maybe")]
#[case("kubelet of course")]
#[case("wild guess: kubelet")]
#[case("kubelet 😀")]
#[case("final answer: KUBELET")]
#[case("spec.kubelet")]
#[case("it's spec.containers[].kubelet")]
#[case("I'd say kubelet")]
#[case("kubelet (kubectl would ask the kube-proxy)")]
#[case("kubelet (what serves Services is kube-proxy)")]
#[case("kubelet; kube-proxy is for Services and kubectl for people")]
#[case("kubelet (node daemon)")]
#[case("only the kubelet")]
#[case("spec.ports[0].kubelet")]
#[case("kubelet rotates them")]
#[case("what restarts containers, not kube-proxy: kubelet")]
#[case("that's the kubelet's job")]
#[case("kube-proxy? no. kubelet")]
#[case("kubelet, the kube-proxy only writes rules")]
#[case("kubelet (kubectl is what people type)")]
#[case("the kubelet, which replaced the old kubectl")]
#[case("kube-proxy was my first idea, but no wait, kubelet")]
#[case("kube-proxy writes rules, so it's the kubelet")]
fn is_the_kubelet(#[case] answer: &str) {
    assert_eq!(credit(&["kubelet", "node agent"], answer), 10_000, "{answer}");
}

#[rstest]
#[case::another("kube-proxy")]
#[case::near("kubectl")]
#[case::two_slips("kubetlt")]
#[case::hedged("kubelet or kube-proxy")]
#[case::hedged("kubelet or kubectl")]
#[case::hedged("kubelet/kube-proxy")]
#[case::hedged("kubelet, kube-proxy")]
#[case::hedged("kubelet and kube-proxy")]
#[case::hedged("either kube-proxy or kubelet")]
#[case::hedged("kubelet kube-proxy")]
#[case::hedged_with_an_unknown("kubelet or kubeadm")]
#[case::hedged_with_an_unknown("kubeadm or kubelet")]
#[case::hedged_with_an_unknown("kubelet/minikube")]
#[case::hedged_with_an_unknown("kubelet, kops")]
#[case::padded("kubelet, kops, minikube, kind")]
#[case::padded("kubelet kops minikube")]
#[case::padded("kubelet\nkops\nminikube")]
#[case::denied("not kubelet")]
#[case::denied("it isn't the kubelet")]
#[case::denied("anything but kubelet")]
#[case::taken_back("kubelet, no, not kubelet")]
#[case::nothing("no idea")]
#[case::hedged("kubelet, maybe kube-proxy on nodes")]
#[case::hedged("kubelet, it's kube-proxy that writes rules")]
#[case::hedged("kubelet (or kube-proxy as a daemon)")]
#[case::hedged("kubelet, kube-proxy")]
#[case::corrected("kubelet, no wait, kube-proxy")]
#[case::corrected("kubelet? no.")]
#[case::bare("kube-proxy: kubelet")]
#[case::corrected("kubelet does it all, so kube-proxy")]
#[case::part("let")]
#[case::within("kubeletd configuration")]
#[case::rambling(
    "kubelet alpha bravo on charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform"
)]
fn is_not_the_kubelet(#[case] answer: &str) {
    assert_eq!(credit(&["kubelet", "node agent"], answer), 0, "{answer}");
}

#[rstest]
#[case("6443")]
#[case("port 6443")]
#[case("6443/tcp")]
#[case("TCP 6443")]
#[case("6443, TCP")]
#[case("6443 by default")]
#[case("the answer is 6443")]
#[case("it listens on 6443")]
#[case("6443 (HTTPS)")]
#[case("6443, not 8443")]
#[case("6443, not 8080")]
#[case("the secure port 6443")]
#[case("6443 (8443 is the one of others)")]
#[case("6,443")]
fn is_the_port(#[case] answer: &str) {
    assert_eq!(credit(&["6443"], answer), 10_000, "{answer}");
}

#[rstest]
#[case("6444")]
#[case("64430")]
#[case("644")]
#[case("64 43")]
#[case("6443 or 8443")]
#[case("6443 or 8080")]
#[case("6443, 8080")]
#[case("6443 8080")]
#[case("6443-6445")]
#[case("not 6443")]
#[case("6.443")]
fn is_not_the_port(#[case] answer: &str) {
    assert_eq!(credit(&["6443"], answer), 0, "{answer}");
}

#[rstest]
#[case("Role", "role", 10_000)]
#[case("Role", "ClusterRole", 0)]
#[case("Role", "cluster role", 0)]
#[case("Role", "a headless role", 0)]
#[case("StatefulSet", "stateful set", 10_000)]
#[case("StatefulSet", "statefulsets", 10_000)]
#[case("StatefulSet", "statefullset", 10_000)]
#[case("StatefulSet", "StatefulSet or Deployment", 0)]
#[case("StatefulSet", "StatefulSet, because it keeps the identity of each Pod", 10_000)]
#[case("StatefulSet", "stateless set", 0)]
#[case("hostPath", "hostPort", 0)]
#[case("immutable", "mutable", 0)]
#[case("immutable", "not mutable", 0)]
#[case("1.24", "1.24", 10_000)]
#[case("1.24", "v1.24", 0)]
#[case("1.24", "1.25", 0)]
#[case("1.24", "124", 0)]
#[case("1.24", "in version 1.24", 10_000)]
#[case("10.96.0.0/12", "10.96.0.0/12", 10_000)]
#[case("10.96.0.0/12", "10.96.0.0/16", 0)]
#[case("3", "three", 10_000)]
#[case("3", "3 replicas", 10_000)]
#[case("three", "3", 10_000)]
#[case("3", "33", 0)]
#[case("30s", "30s", 10_000)]
#[case("30 seconds", "30 minutes", 0)]
#[case("3 per year", "one every three months", 0)]
#[case("30000-32767", "from 30000 up to 32767", 10_000)]
#[case("30000-32767", "30000 to 32768", 0)]
#[case("web.shop.svc", "web.shop.svc", 10_000)]
#[case("web.shop.svc", "web-shop.svc", 0)]
#[case("web.shop.svc", "a.web.shop.svc", 0)]
#[case("--all-namespaces", "all namespaces", 10_000)]
#[case("-A", "-A", 10_000)]
#[case("*", "*", 10_000)]
#[case("*", "`*`", 10_000)]
#[case("No", "no", 10_000)]
#[case("NoSchedule", "no schedule", 10_000)]
#[case("Not Ready", "NotReady", 10_000)]
#[case("etcd", "etcd, a key-value store", 10_000)]
#[case("etcd", "etcd, distributed key value store", 10_000)]
#[case("etcd", "all state is stored in etcd", 10_000)]
#[case("etcd", "etcd database", 10_000)]
#[case("etcd", "etc", 0)]
#[case("etcd", "etcd and the API server", 0)]
#[case("CrashLoopBackOff", "crash loop backoff", 10_000)]
#[case("CrashLoopBackOff", "CrashLoopBackof", 10_000)]
#[case("ReadWriteOnce", "ReadWriteMany", 0)]
#[case("PID namespace", "IPC namespace", 0)]
#[case("Überlauf", "uberlauf", 10_000)]
fn one_thing(#[case] accept: &str, #[case] answer: &str, #[case] expected: u16) {
    assert_eq!(credit(&[accept], answer), expected, "{answer}");
}

#[rstest]
#[case("30", 10_000)]
#[case("30 sec", 10_000)]
#[case("30 s", 10_000)]
#[case("thirty: 30 seconds", 10_000)]
#[case("30 minutes", 0)]
#[case("30 ms", 0)]
fn a_number_has_its_unit(#[case] answer: &str, #[case] expected: u16) {
    assert_eq!(credit(&["30", "30 seconds"], answer), expected, "{answer}");
}

#[rstest]
#[case("", true)]
#[case(" ?! ", true)]
#[case("🙈", true)]
#[case("x", false)]
fn says_nothing(#[case] answer: &str, #[case] nothing: bool) {
    assert_eq!(mark("?", &term(&["etcd"]), &[], &[], answer).is_none(), nothing);
}

#[test]
fn the_verdict_explains_itself() {
    let explain = |answer: &str| {
        let verdict = mark("?", &term(&["kubelet"]), &[term(&["kube-proxy", "proxy"])], &["kubectl".into()], answer)
            .expect("it has words");
        (verdict.found.join(" "), verdict.missing.join(" "), verdict.wrong.join(" "))
    };
    let words = |found: &str, missing: &str, wrong: &str| (found.to_owned(), missing.to_owned(), wrong.to_owned());
    assert_eq!(explain("its the kublet"), words("kubelet", "", ""));
    assert_eq!(explain("the proxy"), words("", "kubelet", "kube-proxy"));
    assert_eq!(explain("kubelet or kubectl"), words("", "kubelet", "kubectl"));
    assert_eq!(explain("kubelet or minikube"), words("", "kubelet", "minikube"));
    assert_eq!(explain("dunno"), words("", "kubelet", ""));
}
