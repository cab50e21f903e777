use rstest::rstest;

use super::*;

const PARTS: [&str; 5] = ["kube-apiserver", "etcd", "kube-scheduler", "The kubelet", "kube-proxy"];
const PORTS: [&str; 4] = ["6443", "2379", "10250", "3"];
const SENTENCES: [&str; 3] =
    ["It stops the Pod, then starts it", "It does nothing", "A new Pod is made, and a Service"];

fn picked(options: &[&str], text: &str, several: bool) -> Vec<u8> {
    let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
    read(&options, text, several).map(|picked| picked.into_iter().collect()).unwrap_or_default()
}

#[rstest]
#[case::number("2", 2)]
#[case::number("2.", 2)]
#[case::number("2)", 2)]
#[case::number("(2)", 2)]
#[case::number("#2", 2)]
#[case::number("option 2", 2)]
#[case::number("Option two", 2)]
#[case::number("number 2", 2)]
#[case::keycap("2️⃣", 2)]
#[case::keycap(" 2️⃣ ", 2)]
#[case::shortcode(":two:", 2)]
#[case::letter("b", 2)]
#[case::letter("B", 2)]
#[case::letter("B)", 2)]
#[case::letter("(b)", 2)]
#[case::letter("b.", 2)]
#[case::letter("answer b", 2)]
#[case::letter("a", 1)]
#[case::letter("A.", 1)]
#[case::letter("I think it's B", 2)]
#[case::letter("it is a", 1)]
#[case::text("etcd", 2)]
#[case::text("ETCD!", 2)]
#[case::text("kube apiserver", 1)]
#[case::text("kubelet", 4)]
#[case::text("the kubelet", 4)]
#[case::text("a kubelet", 4)]
#[case::slip("kube-schedular", 3)]
#[case::wrapped("I think it is the kubelet", 4)]
#[case::both("B) etcd", 2)]
#[case::both("2: etcd", 2)]
#[case::both("2 - etcd", 2)]
#[case::twice("etcd etcd", 2)]
fn picks_one(#[case] text: &str, #[case] expected: u8) {
    assert_eq!(picked(&PARTS, text, false), [expected], "{text}");
}

#[rstest]
#[case("")]
#[case("0")]
#[case("6")]
#[case("10")]
#[case("12")]
#[case("f")]
#[case("z")]
#[case("maybe")]
#[case("kube")]
#[case("kubectl")]
#[case("etcd or kubelet")]
#[case("1 and 2")]
#[case("2, etcd, 3")]
#[case("3 etcd")]
#[case("not etcd")]
#[case("not b")]
#[case("everything but 2")]
#[case("all of the above")]
#[case("hello everybody")]
#[case("why is the kubelet so slow today")]
#[case("-")]
#[case("🎉")]
#[case("1-3")]
#[case("-1")]
#[case(" -2 ")]
#[case("−1")]
#[case("–1")]
#[case("(-1)")]
#[case("option -1")]
#[case("-12")]
#[case("I am a teapot")]
fn picks_nothing(#[case] text: &str) {
    assert_eq!(picked(&PARTS, text, false), [0; 0], "{text}");
}

#[rstest]
#[case("1,3", &[1, 3])]
#[case("1, 3", &[1, 3])]
#[case("1 3", &[1, 3])]
#[case("1 and 3", &[1, 3])]
#[case("1 & 3", &[1, 3])]
#[case("1 + 3", &[1, 3])]
#[case("1/3", &[1, 3])]
#[case("1\n3", &[1, 3])]
#[case("1, 2 and 3", &[1, 2, 3])]
#[case("1️⃣3️⃣", &[1, 3])]
#[case("1️⃣ 3️⃣", &[1, 3])]
#[case("a, c", &[1, 3])]
#[case("a c", &[1, 3])]
#[case("A and C", &[1, 3])]
#[case("a) c)", &[1, 3])]
#[case("3", &[3])]
#[case("3 3 3", &[3])]
#[case("etcd, kubelet", &[2, 4])]
#[case("etcd and the kubelet", &[2, 4])]
#[case("etcd kubelet", &[2, 4])]
#[case("- etcd\n- kube proxy", &[2, 5])]
#[case("etcd, 4", &[2, 4])]
#[case("options 1 and 2", &[1, 2])]
#[case("1, 9", &[])]
#[case("1-3", &[])]
#[case("13", &[])]
#[case("-1", &[])]
#[case("1, -3", &[])]
#[case("- 3", &[3])]
#[case("1 and maybe Ingress", &[])]
#[case("all but 2", &[])]
#[case("etcd, not kubelet", &[])]
fn picks_several(#[case] text: &str, #[case] expected: &[u8]) {
    assert_eq!(picked(&PARTS, text, true), expected, "{text}");
}

#[rstest]
#[case("6443", &[1])]
#[case("3", &[4])]
#[case("2", &[2])]
#[case("port 6443", &[1])]
#[case("2380", &[])]
#[case("-3", &[])]
#[case("6444", &[])]
fn a_text_wins_over_a_number(#[case] text: &str, #[case] expected: &[u8]) {
    assert_eq!(picked(&PORTS, text, false), expected, "{text}");
}

#[rstest]
#[case("-1", &[2])]
#[case("exit -1", &[3])]
#[case("Exit -1.", &[3])]
#[case("-2", &[])]
#[case("2", &[2])]
fn a_text_below_zero_is_picked_as_written(#[case] text: &str, #[case] expected: &[u8]) {
    assert_eq!(picked(&["0", "-1", "exit -1"], text, false), expected, "{text}");
}

#[rstest]
#[case("It stops the Pod, then starts it", &[1])]
#[case("it stops the pod then starts it.", &[1])]
#[case("It dos nothing", &[2])]
#[case("does nothing", &[])]
#[case("C", &[3])]
fn whole_sentences(#[case] text: &str, #[case] expected: &[u8]) {
    assert_eq!(picked(&SENTENCES, text, false), expected, "{text}");
}

#[test]
fn options_that_fold_alike_are_told_apart_as_written() {
    let options = ["kubectl get pods -A", "kubectl get pods -a"];
    assert_eq!(picked(&options, "kubectl get pods -a", false), [2]);
    assert_eq!(picked(&options, "KUBECTL GET PODS -a", false), [0; 0]);
}

#[rstest]
#[case::all(&[1, 3], 10_000)]
#[case::one(&[1], 5_000)]
#[case::one_and_a_wrong_one(&[1, 2], 0)]
#[case::all_and_a_wrong_one(&[1, 2, 3], 5_000)]
#[case::everything(&[1, 2, 3, 4], 0)]
#[case::only_wrong(&[2], 0)]
#[case::none(&[], 0)]
#[case::numbers_that_are_no_options(&[1, 3, 0, 77], 10_000)]
fn a_wrong_one_costs(#[case] picks: &[u8], #[case] expected: u16) {
    let options = ["w", "x", "y", "z"].map(str::to_owned);
    let verdict = mark(&options, &BTreeSet::from([1, 3]), &BTreeSet::new(), &picks.iter().copied().collect(), true);
    assert_eq!(verdict.credit.get(), expected);
}

#[rstest]
#[case(&[2], 10_000, &["x"], &[], &[])]
#[case(&[1], 0, &[], &["x"], &["w"])]
#[case(&[1, 2], 0, &["x"], &[], &["w"])]
#[case(&[], 0, &[], &["x"], &[])]
#[case(&[2, 9], 10_000, &["x"], &[], &[])]
fn one_is_right(
    #[case] picks: &[u8],
    #[case] credit: u16,
    #[case] found: &[&str],
    #[case] missing: &[&str],
    #[case] wrong: &[&str],
) {
    let options = ["w", "x", "y"].map(str::to_owned);
    let verdict = mark(&options, &BTreeSet::from([2]), &BTreeSet::new(), &picks.iter().copied().collect(), false);
    assert_eq!(verdict.credit.get(), credit);
    assert_eq!((verdict.found, verdict.missing, verdict.wrong), (owned(found), owned(missing), owned(wrong)));
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
