use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::chat::{Control, ControlId, slack::limits};

fn sent(sections: &[Reply]) -> Value {
    let view = serde_json::to_value(home(sections, &|_| None)).expect("a view is JSON");
    assert_eq!(view["type"], "home");
    if !sections.is_empty() {
        limits::check(&view["blocks"], BLOCKS, None);
    }
    view
}

fn run(line: &str, label: &str) -> Control {
    Control::Button { id: ControlId::Run(line.into()), label: label.into() }
}

#[test]
fn each_section_has_its_words_and_buttons_and_a_line_before_the_next() {
    let points = Reply { controls: vec![run("kcard", "Show me a card")], ..Reply::private("**3 points**") };
    let view = sent(&[points, Reply::private("No open questions.")]);
    let kinds: Vec<&Value> = view["blocks"].as_array().expect("blocks").iter().map(|block| &block["type"]).collect();
    assert_eq!(json!(kinds), json!(["rich_text", "actions", "divider", "rich_text"]));
    assert_eq!(view["blocks"][1]["elements"][0]["action_id"], "r:kcard");
}

#[test]
fn a_page_that_is_too_long_ends_early() {
    let section = |number: usize| {
        let controls = vec![run(&format!("kquiz schedule pause s{number}"), "Pause")];
        Reply { controls, ..Reply::private("a schedule") }
    };
    let sections: Vec<Reply> = (0..80).map(section).collect();
    assert_eq!(sent(&sections)["blocks"].as_array().map(Vec::len), Some(BLOCKS));
    let long = vec![Reply::private("word ".repeat(1_000)); 5];
    assert_eq!(sent(&long)["blocks"].as_array().map(Vec::len), Some(3), "two sections and a line");
    assert_eq!(sent(&[])["blocks"], json!([]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn whatever_the_words_are_the_limits_are_kept(texts in prop::collection::vec(limits::hostile(), 1..12)) {
        let section = |text: String| Reply { controls: vec![run("kcard", &text)], ..Reply::private(text) };
        sent(&texts.into_iter().map(section).collect::<Vec<_>>());
    }
}
