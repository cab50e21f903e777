use rstest::rstest;

use super::*;

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    (0..folded.len()).map(|at| folded.word(at).to_owned()).collect()
}

#[rstest]
#[case::hyphen("kube-apiserver", "kube apiserver")]
#[case::underscore("kube_apiserver", "Kube-ApiServer")]
#[case::joined("KubeAPIServer", "kube API server")]
#[case::camel("StatefulSet", "stateful set")]
#[case::accents("Kübelét", "kubelet")]
#[case::full_width("Ｋｕｂｅｌｅｔ", "kubelet")]
#[case::ligature("conﬁgmap", "ConfigMap")]
#[case::sharp_s("STRASSE", "straße")]
#[case::article("the kubelet", "kubelet")]
#[case::articles_within("a Pod and an Ingress", "pod and ingress")]
#[case::markdown("**etcd**", "`etcd`")]
#[case::apostrophe("node's", "nodes")]
#[case::curly_apostrophe("isn’t", "isnt")]
#[case::zero_width("ku\u{200b}belet", "kubelet")]
#[case::soft_hyphen("kube\u{ad}let", "kubelet")]
#[case::thousands("10,000", "10000")]
#[case::ampersand("network & storage", "network and storage")]
#[case::path("networking.k8s.io/v1", "networking k8s io v1")]
#[case::keycap("1️⃣", "1")]
#[case::plural_in_brackets("node(s)", "nodes")]
fn alike(#[case] one: &str, #[case] other: &str) {
    assert_eq!(fold(one).key(), fold(other).key());
}

#[rstest]
#[case::ports("80 80", "8080")]
#[case::range("30000-32767", "3000032767")]
#[case::version("1.24", "124")]
#[case::ports_in_a_list("2379,2380", "23792380")]
#[case::voiced_kana("が", "か")]
fn not_alike(#[case] one: &str, #[case] other: &str) {
    assert_ne!(fold(one).key(), fold(other).key());
}

#[rstest]
#[case("1. etcd\n2) the scheduler", &["etcd", "scheduler"])]
#[case("1.24", &["1.24"])]
#[case("v1.24.", &["v1.24"])]
#[case("3", &["3"])]
#[case("-A", &["a"])]
#[case("a", &["a"])]
#[case("!etcd", &["not", "etcd"])]
#[case("etcd / kubelet", &["etcd", "or", "kubelet"])]
#[case("", &[])]
#[case("?!… 🎉 --", &[])]
fn into_words(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(words(text), expected);
}

#[rstest]
#[case("etcd kubelet", Gap::Joint)]
#[case("etcd-kubelet", Gap::Joint)]
#[case("etcd/kubelet", Gap::Slash)]
#[case("etcd, kubelet", Gap::Comma)]
#[case("etcd - kubelet", Gap::Comma)]
#[case("etcd: kubelet", Gap::Stop)]
#[case("etcd (kubelet)", Gap::Comma)]
#[case("etcd. kubelet", Gap::Stop)]
#[case("etcd\n- kubelet", Gap::Stop)]
#[case("etcd; kubelet", Gap::Stop)]
fn gaps(#[case] text: &str, #[case] expected: Gap) {
    assert_eq!(fold(text).gap(1), expected);
}

#[test]
fn looks_at_a_bounded_part() {
    assert!(fold(&"a1 ".repeat(400_000)).len() <= MOST_WORDS);
    assert!(fold(&"\u{fdfa}".repeat(100_000)).key().chars().count() <= LOOKED_AT);
}
