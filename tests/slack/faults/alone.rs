//! What goes wrong with one thing harms no other.

use crate::{deck::only, scenes::button, stage::Stage, standin::Fault};

/// Slack's words for refusals are many. One that kcard does not know is about the one thing that was asked for.
#[tokio::test]
async fn a_refusal_of_an_unknown_kind_stops_nobody_else() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("views.open", Fault::Refused("a_word_of_tomorrow"));
    let said = ana.clicks(&question, &button(&question, "Answer")).reads().await;
    assert!(!said.is_empty());
    bo.clicks(&question, &button(&question, "Answer")).view().await;
}
