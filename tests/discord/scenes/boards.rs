//! Leaderboards, and one's own figures.

use insta::assert_snapshot;
use serde_json::json;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn pages_that_turn_in_place() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let people: Vec<_> = (1..=12).map(|number| stage.team.member(&format!("player{number:02}"))).collect();
    for (number, person) in (1..).zip(&people) {
        let option = if number <= 2 { "3. kube-scheduler" } else { "1. etcd" };
        person.clicks(&question, option).message().await;
    }
    let last = &people[11];
    let ask = |options: &'static str| last.commands(&stage.daily, options, &[]);
    assert_snapshot!(ask("kquiz leaderboard").reads().await, @"
    kcard (to player12 alone): 🏆 **Leaderboard: all time**

    Nobody has points here yet. The next question is a good start.
    ");
    stage.closes().await;
    let board = ask("kquiz leaderboard").message().await;
    assert_snapshot!(board.shows(), @r"
    kcard (to player12 alone): 🏆 **Leaderboard: all time**

    🥇 player01 — 10 points
    🥇 player02 — 10 points
    3\. player03 — 0 points
    3\. player04 — 0 points
    3\. player05 — 0 points
    3\. player06 — 0 points
    3\. player07 — 0 points
    3\. player08 — 0 points
    3\. player09 — 0 points
    3\. player10 — 0 points

    Page 1 of 2, 12 players.

    You are 3rd with 0 points.
    [Next page ▶]
    ");
    let second = last.clicks(&board, "Next page ▶").message().await;
    assert_eq!(second.id, board.id, "it turns in place");
    assert_snapshot!(second.shows(), @r"
    kcard (to player12 alone) (edited): 🏆 **Leaderboard: all time**

    3\. player11 — 0 points
    3\. player12 — 0 points

    Page 2 of 2, 12 players.
    [◀ Page before]
    ");
    let first = last.clicks(&board, "◀ Page before").message().await;
    assert!(first.id == board.id && first.content().contains("Page 1 of 2"));
    let week = last.commands(&stage.daily, "kquiz leaderboard", &[("period", json!("week")), ("page", json!(7))]);
    assert_snapshot!(week.reads().await, @"
    kcard (to player12 alone): 🏆 **Leaderboard: this week**

    There is no page 7: the last is page 2.
    ");
    let season = last.commands(&stage.daily, "kquiz leaderboard", &[("period", json!("season"))]);
    assert_snapshot!(season.reads().await, @"kcard (to player12 alone): No season is running. `/kquiz season list` shows those that were.");
}

#[tokio::test]
async fn ones_own_answers_and_figures() {
    let stage = Stage::daily(only(&["control-plane"])).await;
    let ana = stage.team.member("ana");
    let reads = async |command: &str| ana.commands(&stage.daily, command, &[]).reads().await;
    assert_snapshot!(reads("kquiz mine").await, @"kcard (to ana alone): You have no answer in an open round.");
    assert_snapshot!(reads("kquiz stats").await, @"kcard (to ana alone): You have no closed round yet. Your figures begin with your first one.");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies(&question, "etcd, scheduler");
    stage.signed(&reply, "2️⃣").await;
    let mine = reads("kquiz mine").await.replace(&stage.link(&question), "LINK");
    assert_snapshot!(mine, @"
    kcard (to ana alone): Name the components of the control plane. (#daily, [go there](LINK))
    Your answer: `etcd, scheduler`, 2 tries left, closes in 1 d
    ");
    assert_snapshot!(reads("kquiz round show").await, @"
    kcard (to ana alone): Name the components of the control plane.

    Round 1 is open, closes in 1 d. 1 player answered so far.
    ");
    stage.closes().await;
    assert_snapshot!(reads("kquiz mine").await, @"kcard (to ana alone): You have no answer in an open round.");
    assert_snapshot!(reads("kquiz stats").await, @"
    kcard (to ana alone): 📈 **Your figures**

    5 points from 1 round, 1st place; 0 fully right. Accuracy: 50%.

    By topic, the weakest first:
    architecture — 50% over 1 round
    ");
    assert_snapshot!(reads("kquiz round show").await, @"
    kcard (to ana alone): Name the components of the control plane.

    ✅ **kube-apiserver** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    ✅ **etcd** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-scheduler** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-controller-manager** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    Round 1 is closed. 1 player answered.
    ");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz round show", &[("round", json!(99))]).reads().await, @"kcard (to ana alone): There is no round 99 here.");
}
