//! A season, from its start to its podium.

use rstest::rstest;

use crate::stage::{On, Stage, only, plan};

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_season_with_its_podium(#[case] on: On) {
    let plans = vec![plan("daily", "daily", "daily 09:00")];
    let Some(stage) = Stage::with(on, only(&["scheduler"]), plans).await else { return };
    let room = stage.room();
    let host = stage.player("root").admin();
    reads!(host.types("/kquiz season start autumn 2026-11-24").await, @"🏁 Season **autumn** has started. It ends Wed 25 Nov 2026, 00:00 (Europe/Berlin); all channels count.");

    for (day, right) in [("2026-11-23", ["ana", "bo"]), ("2026-11-24", ["ana", "cy"])] {
        stage.until(&format!("{day} 10:00")).await;
        for name in ["ana", "bo", "cy", "dee"] {
            let option = if right.contains(&name) { "kube-scheduler" } else { "etcd" };
            stage.player(name).presses(&[option]).await;
        }
    }
    assert!(room.shows().contains("Which component"));
    reads!(stage.player("bo").replies("kube-scheduler").await, @"This question is answered in another way: press a button.");
    reads!(host.types("/kquiz season show").await.replace("  \n", "\n"), @r"
    🏁 **Season autumn**

    It runs until Wed 25 Nov 2026, 00:00 (Europe/Berlin); all channels count.

    🥇 ana — 10 points
    🥇 bo — 10 points
    3\. cy — 0 points
    3\. dee — 0 points

    4 players in all.
    ");

    stage.until("2026-11-25 08:59").await;
    assert!(!room.shows().contains("is over!"), "a round that counts is still open");
    stage.until("2026-11-25 10:00").await;
    stage.player("dee").reacts("kube-scheduler").await;
    let over = room.shows();
    reads!(over[over.find("🏁").unwrap_or_default()..].split("\n\n[").next().unwrap_or_default(), @"
    🏁 **Season autumn is over!**

    🥇 ana — 20 points
    🥈 bo — 10 points
    🥈 cy — 10 points

    4 players took part. Thank you for playing!
    ");

    stage.until("2026-11-26 10:00").await;
    let board = stage.player("dee").types("/kquiz leaderboard season:autumn").await.replace("  \n", "\n");
    reads!(board, @r"
    🏆 **Leaderboard: season autumn**

    🥇 ana — 20 points
    🥈 bo — 10 points
    🥈 cy — 10 points
    4\. dee — 0 points
    ");
    reads!(host.types("/kquiz season list").await, @"
    🏁 **1 season**

    **autumn** — ended Wed 25 Nov 2026, 00:00 (Europe/Berlin)
    ");

    stage.player("bo").types("/kquiz privacy delete confirm:yes").await;
    stage.player("cy").types("/kquiz privacy hide").await;
    stage.work().await;
    let over = room.shows();
    reads!(over[over.find("🏁").unwrap_or_default()..].split("\n\n[").next().unwrap_or_default(), @"
    🏁 **Season autumn is over!**

    🥇 ana — 20 points
    🥈 (no name) — 10 points

    4 players took part. Thank you for playing!
    ");
}

#[tokio::test]
async fn a_season_ended_early_and_its_refusals() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let host = stage.player("root").admin();
    reads!(stage.player("ana").types("/kquiz season start cup 2026-12-01").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(host.types("/kquiz season start cup 2026-11-22").await, @"A season ends today at the earliest. Give its last day as `ends:2026-12-24`.");
    reads!(host.types("/kquiz season show").await, @"No season is running. `/kquiz season list` shows those that were.");
    host.types("/kquiz season start cup 2026-12-01").await;
    reads!(host.types("/kquiz season start cup 2026-12-01").await, @"There is a season named **cup** already. Choose another name.");
    reads!(host.types("/kquiz season end cap").await, @"There is no season named `cap`. Did you mean **cup**?");
    reads!(host.types("/kquiz season end cup").await, @"Season **cup** has ended. The podium follows when its last round is closed.");
    reads!(host.types("/kquiz season end cup").await, @"Season **cup** is over already.");
    reads!(stage.room().shows(), @"
    [s1] 🏁 **Season cup is over!**

    Nobody scored in it. The next one is open to all.
    ");
}
