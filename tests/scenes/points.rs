//! What is told of points is what was awarded.

use kcard::quiz::{points::Weights, schedule::Plan};

use crate::stage::{Stage, only, plan};

#[tokio::test]
async fn a_streak_earns_what_the_reveal_says() {
    let weights = Weights { streak: true, ..Weights::default() };
    let stage =
        Stage::playing(only(&["scheduler"]), vec![Plan { weights, ..plan("daily", "daily", "daily 09:00") }]).await;
    let room = stage.room();
    for day in 23..26 {
        stage.until(&format!("2026-11-{day} 10:00")).await;
        stage.player("ana").presses(&["kube-scheduler"]).await;
        stage.player("bo").presses(&[if day == 24 { "etcd" } else { "kube-scheduler" }]).await;
    }
    stage.until("2026-11-26 10:00").await;
    let shown = room.shows();
    let medals: Vec<&str> = shown.lines().filter(|line| line.starts_with("🏅")).collect();
    assert_eq!(
        medals,
        [
            "🏅 **ana** 10 points and **bo** 10 points",
            "🏅 **ana** 11 points",
            "🏅 **ana** 12 points and **bo** 10 points"
        ]
    );
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 33 points
    🥈 bo — 20 points
    ");
}
