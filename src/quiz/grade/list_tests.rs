use rstest::rstest;

use super::*;

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|&form| form.to_owned()).collect())
}

/// Five items; kubelet, kube-proxy and the container runtime cost.
fn control_plane(answer: &str) -> Option<Verdict> {
    let items = [
        term(&["kube-apiserver", "API server"]),
        term(&["etcd"]),
        term(&["kube-scheduler", "scheduler"]),
        term(&["kube-controller-manager", "controller manager"]),
        term(&["cloud-controller-manager"]),
    ];
    let wrong = [term(&["kubelet"]), term(&["kube-proxy"]), term(&["container runtime", "containerd"])];
    mark(&items, &[], &wrong, &["kubectl".into(), "kubeadm".into()], answer)
}

fn rights_and_wrongs(answer: &str) -> (usize, usize) {
    let verdict = control_plane(answer).expect("the answer has words");
    (verdict.found.len(), verdict.wrong.len())
}

#[rstest]
// As people write lists.
#[case("kube-apiserver, etcd, kube-scheduler, kube-controller-manager, cloud-controller-manager", 5, 0)]
#[case("API server, etcd, scheduler, controller manager and the cloud controller manager", 5, 0)]
#[case("- api server\n- etcd\n- scheduler\n- controller-manager\n- cloud controller manager", 5, 0)]
#[case("* api server\n* etcd\n* scheduler", 3, 0)]
#[case("• api server • etcd • scheduler", 3, 0)]
#[case("1. etcd\n2. scheduler\n3. api server", 3, 0)]
#[case("1) etcd 2) scheduler 3) api server", 3, 0)]
#[case("etcd/scheduler/apiserver", 3, 0)]
#[case("etcd / scheduler / apiserver", 3, 0)]
#[case("etcd | scheduler | apiserver", 3, 0)]
#[case("etcd; scheduler; apiserver", 3, 0)]
#[case("etcd + scheduler + apiserver", 3, 0)]
#[case("etcd & scheduler & apiserver", 3, 0)]
#[case("etcd scheduler apiserver", 3, 0)]
#[case("etcd,scheduler,apiserver", 3, 0)]
#[case("ETCD, SCHEDULER, APISERVER", 3, 0)]
#[case("kube apiserver", 1, 0)]
#[case("kube_api_server", 1, 0)]
#[case("KubeAPIServer", 1, 0)]
#[case("the API servers", 1, 0)]
#[case("**etcd**, `kube-scheduler`", 2, 0)]
#[case("etcd (the key-value store), the scheduler (picks nodes)", 2, 0)]
#[case(
    "The API server is what kubectl talks to; it stores everything in etcd, and the scheduler picks a node for each Pod.",
    3,
    0
)]
#[case("I think there is an api server and some kind of etcd database, not sure what else", 2, 0)]
// Whole words, longest first.
#[case("cloud controller manager", 1, 0)]
#[case("controller manager", 1, 0)]
#[case("cloud controller manager, controller manager", 2, 0)]
#[case("clod controller manager", 1, 0)]
#[case("etcdctl", 0, 0)]
#[case("scheduling", 0, 0)]
#[case("it schedules pods", 0, 0)]
#[case("cloud, controller manager", 1, 0)]
// Repeating is nothing.
#[case("etcd etcd etcd", 1, 0)]
#[case("scheduler, kube-scheduler", 1, 0)]
// Slips.
#[case("kube-apisever, etcd, schedular, controler manager", 4, 0)]
#[case("kube-shceduler", 1, 0)]
#[case("etdc", 0, 0)]
#[case("clould controller manager and api-sever", 2, 0)]
// Wrong items cost.
#[case("etcd, kubelet", 1, 1)]
#[case("etcd, kublet", 1, 1)]
#[case("etcd and containerd", 1, 1)]
#[case("etcd and containers", 1, 0)]
#[case("etcd, kubectl", 1, 0)]
#[case(
    "api server, etcd, scheduler, controller manager, cloud controller manager, kubelet, kube-proxy, container runtime",
    5,
    3
)]
// Denied ones neither count nor cost.
#[case("scheduler but not etcd", 1, 0)]
#[case("not etcd", 0, 0)]
#[case("!etcd", 0, 0)]
#[case("everything but etcd", 0, 0)]
#[case("all of them except etcd, scheduler and api server", 0, 0)]
#[case("everything except:\n- etcd\n- scheduler", 0, 0)]
#[case("everything except: etcd, scheduler and api server", 0, 0)]
#[case("everything besides kubelet: api server, etcd", 2, 0)]
#[case("all but the kubelet: api server, etcd, scheduler", 3, 0)]
#[case("kubelet is not part of the control plane; etcd, api server and scheduler are", 3, 0)]
#[case("etcd isn't it?", 1, 0)]
#[case("no kubelet no kubeproxy just etcd scheduler apiserver", 3, 0)]
#[case("api server, scheduler, no kubelet", 2, 0)]
#[case("api server, scheduler, no kubelet, no kube-proxy", 2, 0)]
#[case("api server, scheduler, not kubelet or kube-proxy", 2, 0)]
#[case("api server, not kubelet, kube-proxy or containerd", 1, 0)]
#[case("api server, neither kubelet nor kube-proxy", 1, 0)]
#[case("api server without kubelet and kube-proxy", 1, 0)]
#[case("api server, not etcd, scheduler", 2, 0)]
#[case("api server and not etcd and scheduler", 2, 0)]
#[case("no kubelet, etcd", 1, 0)]
#[case("no, etcd", 1, 0)]
#[case("kubelet isn't one, etcd is", 1, 0)]
#[case("kubelet is not part of it. etcd is", 1, 0)]
#[case("kubelet and kube-proxy are not, etcd is", 1, 0)]
#[case("kubelet doesn't belong, etcd does", 1, 0)]
#[case("etcd, not the famous kubelet", 1, 0)]
#[case("not only etcd but also the scheduler", 2, 0)]
#[case("not sure: etcd, scheduler", 2, 0)]
#[case("I don't know, etcd?", 1, 0)]
#[case("no idea, maybe etcd", 1, 0)]
#[case("nothing but etcd", 1, 0)]
#[case("it isn’t the kubelet but etcd", 1, 0)]
#[case("etcd, other than kubelet", 1, 0)]
#[case("etcd rather than the kubelet", 1, 0)]
#[case("etcd; not etcd", 0, 0)]
#[case("etcd (not kubelet) scheduler", 2, 0)]
#[case("not in containerd", 0, 0)]
#[case("etcd. kubelet is an agent and not a component", 1, 0)]
#[case("etcd. kubelet is an agent and kube-proxy another, so those two not", 1, 0)]
#[case("etcd; the kubelet doesn't exist there", 1, 0)]
#[case("etcd is the store, not the network", 1, 0)]
#[case("kubelet? no. etcd yes", 1, 0)]
#[case("etcd; kubelets are no longer part of it", 1, 0)]
#[case("kubelet, no, etcd", 1, 0)]
// Only spoken of.
#[case("the API server, which everybody calls (kubelet and kube-proxy), and etcd", 2, 0)]
#[case("etcd (it talks to containerd)", 1, 0)]
#[case("The kubelet starts these: etcd, scheduler", 2, 0)]
#[case("etcd. The kubelet is started by systemd", 1, 0)]
#[case("etcd. The kubelet is one", 1, 1)]
#[case("etcd. The kubelet is there too", 1, 1)]
#[case("etcd. kubelet", 1, 1)]
#[case("The kubelet is the agent, etcd the store", 1, 1)]
#[case("etcd (kubelet)", 1, 1)]
#[case("etcd (or kubelet)", 1, 1)]
#[case("etcd (or is it the kubelet)", 1, 1)]
#[case("etcd, scheduler (those on nodes are kubelet and kube-proxy)", 2, 0)]
#[case("(etcd) (kubelet)", 1, 1)]
#[case("kubelet: etcd", 1, 1)]
// Nothing known.
#[case("no clue", 0, 0)]
#[case("🤷 dunno", 0, 0)]
fn of_the_control_plane(#[case] answer: &str, #[case] right: usize, #[case] wrong: usize) {
    assert_eq!(rights_and_wrongs(answer), (right, wrong), "{answer}: {:?}", control_plane(answer));
}

#[rstest]
#[case("")]
#[case("  \n ")]
#[case("...")]
#[case("🎉")]
#[case("?!")]
fn says_nothing(#[case] answer: &str) {
    assert_eq!(control_plane(answer), None);
}

#[rstest]
#[case("etcd", 2_000)]
#[case("etcd, scheduler, kubelet", 2_000)]
#[case("etcd, kubelet, kube-proxy", 0)]
#[case("api server, etcd, scheduler, controller manager, cloud controller manager", 10_000)]
#[case(
    "api server, etcd, scheduler, controller manager, cloud controller manager, kubelet, kube-proxy, containerd",
    4_000
)]
fn credit(#[case] answer: &str, #[case] expected: u16) {
    assert_eq!(control_plane(answer).map(|verdict| verdict.credit.get()), Some(expected));
}

#[test]
fn the_verdict_explains_itself_in_the_words_that_are_shown() {
    let verdict = control_plane("api servers, schedular and containerd").expect("it has words");
    assert_eq!(verdict.found, ["kube-apiserver", "kube-scheduler"]);
    assert_eq!(verdict.missing, ["etcd", "kube-controller-manager", "cloud-controller-manager"]);
    assert_eq!(verdict.wrong, ["container runtime"]);
}

fn found_of(items: &[&[&str]], near: &[&str], answer: &str) -> Vec<String> {
    let items: Vec<Term> = items.iter().map(|forms| term(forms)).collect();
    let near: Vec<String> = near.iter().map(|&near| near.to_owned()).collect();
    mark(&items, &[], &[], &near, answer).map(|verdict| verdict.found).unwrap_or_default()
}

#[rstest]
#[case("ClusterRole", &["ClusterRole"])]
#[case("cluster role", &["ClusterRole"])]
#[case("Role, RoleBinding", &["Role", "RoleBinding"])]
#[case("role binding", &["RoleBinding"])]
#[case("cluster-role-binding", &["ClusterRoleBinding"])]
#[case("roles and cluster roles", &["Role", "ClusterRole"])]
#[case("rolebindigs", &["RoleBinding"])]
fn one_term_within_another(#[case] answer: &str, #[case] expected: &[&str]) {
    let items: [&[&str]; 4] = [&["Role"], &["ClusterRole"], &["RoleBinding"], &["ClusterRoleBinding"]];
    assert_eq!(found_of(&items, &[], answer), expected);
}

#[test]
fn a_known_longer_term_is_not_the_shorter_one() {
    assert_eq!(found_of(&[&["Role"]], &["ClusterRole"], "cluster role"), [""; 0]);
    assert_eq!(found_of(&[&["Role"]], &["RoleBinding"], "the role binding"), [""; 0]);
}

#[rstest]
#[case("2379, 2380", &["2379", "2380"])]
#[case("2379-2380", &["2379", "2380"])]
#[case("ports 2379 and 2380/tcp", &["2379", "2380"])]
#[case("2379, 2381", &["2379"])]
#[case("23792380", &[])]
#[case("2 379", &[])]
#[case("2379, not 2380", &["2379"])]
fn ports(#[case] answer: &str, #[case] expected: &[&str]) {
    assert_eq!(found_of(&[&["2379"], &["2380"]], &[], answer), expected);
}

#[rstest]
#[case("NoSchedule, NoExecute", &["NoSchedule", "NoExecute"])]
#[case("no schedule and no execute", &["NoSchedule", "NoExecute"])]
#[case("prefer no schedule, no execute", &["NoExecute", "PreferNoSchedule"])]
#[case("no-schedule", &["NoSchedule"])]
fn items_that_sound_like_a_denial(#[case] answer: &str, #[case] expected: &[&str]) {
    let items: [&[&str]; 3] = [&["NoSchedule"], &["NoExecute"], &["PreferNoSchedule", "prefer no schedule"]];
    assert_eq!(found_of(&items, &[], answer), expected);
}

#[rstest]
#[case("pods, services", &["Pod", "Service"])]
#[case("pod service ingress networkpolicy", &["Pod", "Service", "Ingress", "NetworkPolicy"])]
#[case("network policies and ingresses", &["Ingress", "NetworkPolicy"])]
fn one_or_many(#[case] answer: &str, #[case] expected: &[&str]) {
    assert_eq!(found_of(&[&["Pod"], &["Service"], &["Ingress"], &["NetworkPolicy"]], &[], answer), expected);
}

#[test]
fn a_slip_between_two_terms_is_neither() {
    assert_eq!(found_of(&[&["hostPath"]], &["hostPort"], "hostPort"), [""; 0]);
    assert_eq!(found_of(&[&["hostPath"]], &["hostPort"], "hostPaht"), ["hostPath"]);
    assert_eq!(found_of(&[&["hostPath"]], &["hostPort"], "hostPaot"), [""; 0]);
}

#[test]
fn an_item_with_a_comma_within_is_found() {
    assert_eq!(found_of(&[&["first in, first out"]], &[], "it is first in, first out"), ["first in, first out"]);
}
