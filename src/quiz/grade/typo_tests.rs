use proptest::prelude::*;
use rstest::rstest;

use super::{super::fold::fold, *};

fn forgiven(meant: &str, typed: &str) -> bool {
    let (form, answer) = (fold(meant), fold(typed));
    slip(&form, letters(form.key()), &answer, 0, answer.len()).is_some()
}

#[rstest]
#[case("kubelet", "kublet")]
#[case("kubelet", "kubeelt")]
#[case("kube-scheduler", "kube-schedular")]
#[case("kube-apiserver", "kube-apisrever")]
#[case("kube-apiserver", "kub apisever")]
#[case("kube-proxy", "kube-porxy")]
#[case("kube-proxy", "cube proxy")]
#[case("controller manager", "controler manger")]
#[case("containerd", "contianerd")]
#[case("StatefulSet", "statefullset")]
#[case("StatefulSet", "statefulst")]
#[case("immutable", "inmutable")]
#[case("node affinity", "node afinity")]
#[case("ReadWriteOnce", "ReadWritOnce")]
#[case("überlauf", "uberlauv")]
fn forgiven_slips(#[case] meant: &str, #[case] typed: &str) {
    assert!(forgiven(meant, typed), "{typed} is {meant}");
}

#[rstest]
#[case::short("etcd", "etdc")]
#[case::short("Pod", "Pid")]
#[case::seven_letters_two_slips("kubelet", "kubectl")]
#[case::port("port 8080", "port 8081")]
#[case::version("v1beta1 deployments", "v1beta2 deployments")]
#[case::digits_swapped("ipv4 addresses", "ipv6 addresses")]
#[case::digit_for_letter("kubelet", "kubel3t")]
#[case::negated("immutable", "mutable")]
#[case::negated("privileged", "unprivileged")]
#[case::negated("asynchronous", "synchronous")]
#[case::opposite("increase", "decrease")]
#[case::opposite("implicit", "explicit")]
#[case::opposite("encryption", "decryption")]
#[case::one_short_name_for_another("PID namespace", "IPC namespace")]
#[case::one_short_name_for_another("pod namespace", "pid namespace")]
#[case::one_short_name_for_another("pod namespace", "pidnamespace")]
#[case::three_slips("kube-scheduler", "kub-shedulr")]
fn no_slips(#[case] meant: &str, #[case] typed: &str) {
    assert!(!forgiven(meant, typed), "{typed} is not {meant}");
}

#[rstest]
#[case("pods", "pod")]
#[case("policies", "policy")]
#[case("ingresses", "ingress")]
#[case("databases", "database")]
#[case("services", "service")]
#[case("proxies", "proxy")]
fn plurals(#[case] many: &str, #[case] one: &str) {
    assert_eq!(singular(many), singular(one));
}

#[rstest]
#[case("authentication", "authenticated", true)]
#[case("authorizes", "authorization", true)]
#[case("identify", "identifying", true)]
#[case("scaling", "scale", true)]
#[case("terminated", "terminating", false)]
#[case("wait", "waiting", false)]
#[case("mutation", "mutated", false)]
#[case("replication", "replica", false)]
#[case("authentication", "authorized", false)]
fn nouns_and_their_verbs(#[case] one: &str, #[case] other: &str, #[case] expected: bool) {
    assert_eq!(is_verb_of(one, other), expected);
}

#[rstest]
#[case("dns", "dn")]
#[case("sts", "st")]
#[case("redis", "redi")]
#[case("status", "statu")]
#[case("access", "acces")]
fn no_plurals(#[case] one: &str, #[case] other: &str) {
    assert_ne!(singular(one), singular(other));
}

proptest! {
    #[test]
    fn the_band_gives_the_distance_of_the_whole_table(one in "[abc]{0,9}", other in "[abcé]{0,9}", most in 0_usize..4) {
        let whole = strsim::osa_distance(&one, &other);
        prop_assert_eq!(edits(&one, &other, most), Some(whole).filter(|&edits| edits <= most));
    }
}
