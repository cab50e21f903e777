//! Forms that ask for what a command lacks: each command, each kind of input.

use kcard::chat::command::COMMANDS;

use crate::{deck::only, stage::Stage};

/// Slack refuses no form of any command (the stand-in would fail the scene), and each says what is missing.
#[tokio::test]
async fn every_command_that_needs_something_has_a_form() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    for spec in COMMANDS.iter().filter(|spec| spec.form.is_some() || spec.options.iter().any(|option| option.required))
    {
        let line = spec.words.join(" ");
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let form = root.slash(&stage.daily, &format!("/{command}"), rest).view().await;
        for option in spec.options.iter().take(5) {
            let named =
                |block: &&serde_json::Value| block["block_id"].as_str().is_some_and(|id| id.contains(option.name));
            assert!(form.blocks().iter().any(|block| named(&block)), "{line} asks for {}", option.name);
        }
        root.closes(&form);
    }
}

/// Who closes a form before its answer is there hears it all the same.
#[tokio::test]
async fn what_came_of_a_form_that_was_closed_is_said_in_the_channel() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, &super::button(&question, "Answer")).view().await;
    let stuck = stage.is_stuck().await;
    ana.submits(&form, &[("answer", &["a pod"])]).acknowledged().await;
    form.changed(1).await;
    ana.closes(&form);
    sqlx::Connection::close(stuck).await.expect("it lets go");
    assert!(ana.is_told(&stage.daily, 1).await.shows().contains("It is in"));
}
