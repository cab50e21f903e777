//! The message shortcut: what commands cannot reach.

use insta::assert_snapshot;

use crate::{
    deck::only,
    faces::{
        permissions::{line, not_for_everyone, refusal},
        plain,
    },
    stage::Stage,
};

#[tokio::test]
async fn a_question_can_be_answered_by_it() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.uses_message_shortcut(&question, "kcard").view().await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ [Answer this question] [Show me a card] [My open answers] [Leaderboard] [Help]
    │ Or type a command (optional): []
    [Cancel] [Run]
    ");
    ana.clicks_in(&form, "Answer this question");
    form.changed(1).await;
    ana.submits(&form, &[("answer", &["a pod"])]);
    form.changed(3).await;
    assert!(form.shows().contains("It is in"), "{}", form.shows());
}

#[tokio::test]
async fn in_a_thread_any_command_can_be_given_by_it() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let chat = root.writes(&stage.daily, "What about a quiz?");
    let reply = root.replies_in_thread(&chat, "Now?");
    let form = root.uses_message_shortcut(&reply, "kcard").view().await;
    root.submits(&form, &[("Or type a command", &["/kquiz ask card:scheduler"])]);
    form.changed(2).await;
    assert!(form.shows().contains("on its way"), "{}", form.shows());
    stage.work().await;
    assert!(stage.question(&stage.daily).shows().contains("Which component picks a node"));
}

#[tokio::test]
async fn what_is_for_hosts_no_player_can_do_by_it() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, _bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    let chat = ana.writes(&stage.daily, "What about a quiz?");
    let before = stage.stored();
    for spec in not_for_everyone() {
        let form = ana.uses_message_shortcut(&chat, "kcard").view().await;
        ana.submits(&form, &[("Or type a command", &[&line(spec)])]);
        form.changed(2).await;
        assert!(plain(&form.shows()).contains(refusal(spec.who)), "{}: {}", line(spec), form.shows());
        ana.closes(&form);
    }
    stage.work().await;
    assert_eq!(stage.stored(), before, "something was done all the same");
}
