use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};
use slack_morphism::prelude::{SlackBlock, SlackRichTextBlock};

use super::*;
use crate::chat::{slack::limits, words};

fn names(id: &str) -> Option<String> {
    (id == "U1").then(|| "Ana <!here>".to_owned())
}

fn read(markdown: &str) -> Value {
    serde_json::to_value(elements(markdown, &names, &mut 9_000)).expect("elements are JSON")
}

fn section(elements: &Value) -> Value {
    json!([{"type": "rich_text_section", "elements": elements}])
}

#[rstest]
#[case::words("a **b** *c* ~~d~~ `e`", json!([
    {"type": "text", "text": "a "}, {"type": "text", "text": "b", "style": {"bold": true}}, {"type": "text", "text": " "},
    {"type": "text", "text": "c", "style": {"italic": true}}, {"type": "text", "text": " "},
    {"type": "text", "text": "d", "style": {"strike": true}}, {"type": "text", "text": " "},
    {"type": "text", "text": "e", "style": {"code": true}}]))]
#[case::lines("a\nb  \nc\n\nd", json!([{"type": "text", "text": "a b\nc\n\nd"}]))]
#[case::heading("# a\nb", json!([{"type": "text", "text": "a", "style": {"bold": true}}, {"type": "text", "text": "\n\nb"}]))]
#[case::home("~/.kube ~and~ on", json!([{"type": "text", "text": "~/.kube ~and~ on"}]))]
#[case::link("[*the* docs](https://a.example/)", json!([
    {"type": "link", "url": "https://a.example/", "text": "the", "style": {"italic": true}},
    {"type": "link", "url": "https://a.example/", "text": " docs"}]))]
#[case::bare("<https://a.example/>", json!([{"type": "link", "url": "https://a.example/", "text": "https://a.example/"}]))]
#[case::script("[x](javascript:alert)", json!([{"type": "text", "text": "x"}]))]
#[case::mail("<ana@a.example>", json!([{"type": "text", "text": "ana@a.example"}]))]
#[case::nowhere("[x](https:///y)", json!([{"type": "text", "text": "x"}]))]
#[case::picture("![a picture](https://a.example/x.png)", json!([{"type": "text", "text": "a picture"}]))]
#[case::channel("in <#C1> and <#C2|general>", json!([
    {"type": "text", "text": "in "}, {"type": "channel", "channel_id": "C1"},
    {"type": "text", "text": " and "}, {"type": "channel", "channel_id": "C2"}]))]
#[case::people("<@U1> <@U2|bo> <!subteam^S1>", json!([{"type": "text", "text": "@Ana <!here> @U2 @S1"}]))]
#[case::broadcasts("<!channel> <!here|x> @everyone <!everyone>", json!([{"type": "text", "text": "<!channel> <!here|x> @everyone <!everyone>"}]))]
#[case::no_channel("<#c1> <#> <#C1 <@>", json!([{"type": "text", "text": "<#c1> <#> <#C1 <@>"}]))]
#[case::in_code("`<#C1>`", json!([{"type": "text", "text": "<#C1>", "style": {"code": true}}]))]
#[case::entities("&lt;!channel&gt; a&amp;b", json!([{"type": "text", "text": "<!channel> a&b"}]))]
fn a_line_reads(#[case] markdown: &str, #[case] elements: Value) {
    assert_eq!(read(markdown), section(&elements));
}

/// What is data is escaped by the wording, and reads as it was written, whatever it is.
#[rstest]
#[case("<#C1>")]
#[case("<@U1>")]
#[case("<!subteam^S1>")]
#[case("*Ana* & `co` <https://a.example/> ~~x~~")]
fn a_name_is_only_a_name(#[case] name: &str) {
    assert_eq!(read(&words::plain(name)), section(&json!([{"type": "text", "text": name}])));
}

#[test]
fn lists_are_flat_and_keep_their_numbers() {
    let lists =
        elements("A:\n\n3. a\n   - b\n     1. c\n4. d\n\n   e\n5. ```\n   f\n   ```\n6.\n7. g", &names, &mut 900);
    assert_eq!(seen(&lists), "A:\n3. a\n  • b\n    1. c\n4. d\ne\n5.  \nf\n6.  \n7. g");
    let Value::Array(lists) = serde_json::to_value(lists).expect("elements are JSON") else { panic!("a list") };
    assert_eq!((&lists[3]["indent"], &lists[3]["style"]), (&json!(2), &json!("ordered")));
    assert_eq!((&lists[4]["offset"], lists[4]["elements"].as_array().map(Vec::len)), (&json!(3), Some(2)));
}

#[test]
fn code_and_quotations_are_blocks() {
    assert_eq!(
        read("> a\n> - b\n>\n> ```\n> c\n> ```\n\n```sh\nkubectl get po <#C1>\n```"),
        json!([
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a"}]},
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "border": 1, "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "b"}]}]},
            {"type": "rich_text_preformatted", "border": 1, "elements": [{"type": "text", "text": "c"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "kubectl get po <#C1>"}]},
        ])
    );
}

#[test]
fn plain_words_are_escaped_and_only_channels_are_links() {
    let text = plain("**a** `<b>` & <@U1>\n\n1. <#C1>\n\n[c](https://a.example/)", &names, 500);
    assert_eq!(text, "a &lt;b&gt; &amp; @Ana &lt;!here&gt;\n1. <#C1>\nc");
}

#[test]
fn what_is_cut_says_so_and_no_escape_is_cut() {
    for most in 1..40 {
        let text = plain("a<b>&\"c\" <#C123> <@U1>", &names, most);
        assert!(text.chars().count() <= most, "{text}");
        let rest = text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("<#C123>", "");
        assert!(!rest.contains(['&', '<', '>']), "{text}");
        assert!(text.ends_with('…'), "{text}");
    }
    let mut room = 5;
    assert_eq!(seen(&elements("abcd", &names, &mut room)), "abcd");
    assert_eq!(room, 1);
    let mut room = 5;
    assert_eq!(seen(&elements("**ab**cde\n\n- f", &names, &mut room)), "abcd…");
    assert_eq!(room, 0);
    assert_eq!(elements("a", &names, &mut room), []);
}

#[test]
fn deep_nesting_harms_nobody() {
    for deep in ["> ".repeat(5_000), "- ".repeat(5_000), "*a ".repeat(5_000), "[".repeat(5_000), "<".repeat(50_000)] {
        let block = SlackBlock::from(SlackRichTextBlock::new(elements(&format!("{deep}end"), &names, &mut 9_000)));
        limits::check(&json!([block]), 1, None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_it_is_it_can_be_sent_and_calls_nobody(markdown in limits::hostile(), most in 2_usize..5_000) {
        let mut room = most;
        let elements = elements(&markdown, &names, &mut room);
        prop_assert!(room <= most);
        if !elements.is_empty() {
            limits::check(&json!([SlackBlock::from(SlackRichTextBlock::new(elements))]), 1, None);
        }
        let text = plain(&markdown, &names, most);
        prop_assert!(text.chars().count() <= most);
        prop_assert!(text.split('<').skip(1).all(|tail| tail.starts_with("#C1>")), "{}", text);
    }
}
