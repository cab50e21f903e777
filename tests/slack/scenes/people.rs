//! Who people are, as that changes.

use crate::{deck::only, faults::reveals, scenes::button, stage::Stage};

/// In a large workspace somebody is called otherwise every moment: of who does not play nothing is kept, also of who deleted their data.
#[tokio::test]
async fn a_new_name_is_noted_of_those_who_play() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    ana.reacts(&stage.question(&stage.daily), "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    bo.renames("Bo Peep");
    ana.renames("Ana Lisa");
    let named = async |person| stage.store.person(&stage.player(person)).await.expect("the store answers");
    stage.lives("the new name", async || named(&ana).await.filter(|known| known.name == "Ana Lisa").map(drop)).await;
    assert_eq!(named(&bo).await, None);
}

/// Slack says it at once when an account is deactivated, and when it is active again.
#[tokio::test]
async fn who_left_the_workspace_is_named_no_more() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    for person in [&ana, &bo] {
        assert!(person.clicks(&question, &button(&question, "kube-scheduler")).reads().await.contains("It is in"));
    }
    stage.closes().await;
    let names = async |shown: bool| {
        let follows = async || (reveals(&question)[0].shows().contains("ana") == shown).then_some(());
        stage.lives("the reveal to follow", follows).await;
        let board = bo.slash(&stage.daily, "/kquiz", "leaderboard").reads().await;
        assert!(board.contains("bo —") && board.contains("ana") == shown, "{board}");
    };
    names(true).await;
    ana.is_deactivated();
    names(false).await;
    ana.is_reactivated();
    names(true).await;
}
