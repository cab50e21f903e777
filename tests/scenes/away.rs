//! Nothing is heard of the platform while it is there, and nobody notices: what people do is found by reading it back.

use kcard::chat::ChatError;
use rstest::rstest;

use crate::stage::{On, Stage, again, only, plan};

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_round_that_ends_meanwhile_closes_with_what_stands_at_its_end(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await else {
        return;
    };
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    stage.until("2026-11-23 09:30").await;
    stage.goes_deaf();
    ana.reacts("kube-scheduler").await;
    stage.until("2026-11-24 08:59").await;
    let message = stage.platform.question(&room.channel, Some("q1"), |message| message.at.clone());
    stage.bot().expect("it runs").reread(&message).await;
    stage.work().await;
    bo.on("q1").reacts("kube-scheduler").await;

    stage.sleeps_until("2026-11-24 09:00");
    stage.bot().expect("it runs").tick().await.expect("tick works");
    assert!(!room.shows().contains("Closed"), "what was read before the end does not suffice");
    stage.work().await;
    stage.work().await;
    assert!(room.shows().contains("🏅 **ana** 10 points and **bo** 10 points"), "{}", room.shows());
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

#[tokio::test]
async fn a_round_waits_for_a_reading_that_succeeds_or_fails_for_good() {
    for (mended, shows) in [(true, "🏅 **ana** 10 points"), (false, "Nobody answered")] {
        let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
        let (room, ana) = (stage.room(), stage.player("ana"));
        room.asks("scheduler").await;
        stage.goes_deaf();
        ana.reacts("kube-scheduler").await;
        stage.platform.is_away(true);
        stage.until("2026-11-24 08:10").await;
        assert!(!room.shows().contains("Closed"), "{}", room.shows());
        stage.platform.is_away(false);
        if !mended {
            stage.platform.cannot_be_read(&room.channel, ChatError::Bug("unreadable".into()));
        }
        stage.until("2026-11-24 08:30").await;
        assert!(room.shows().contains("Closed") && room.shows().contains(shows), "{}", room.shows());
    }
}

#[tokio::test]
async fn a_face_that_is_back_closes_in_time_again() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    stage.until("2026-11-23 09:30").await;
    stage.goes_deaf();
    ana.reacts("kube-scheduler").await;
    stage.hears();
    stage.bot().expect("it runs").reconnected("town");
    stage.until("2026-11-23 10:00").await;
    assert!(ana.types("/kquiz mine").await.contains("`kube-scheduler`"));
    stage.sleeps_until("2026-11-24 09:00");
    stage.bot().expect("it runs").tick().await.expect("tick works");
    stage.work().await;
    assert!(room.shows().contains("🏅 **ana** 10 points"), "{}", room.shows());
}

#[tokio::test]
async fn a_host_closes_early_with_what_stands_at_that_moment() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let (room, ana, admin) = (stage.room(), stage.player("ana"), stage.player("root").admin());
    stage.until("2026-11-23 09:30").await;
    stage.goes_deaf();
    ana.reacts("kube-scheduler").await;
    stage.hears();
    stage.platform.cannot_be_read(&room.channel, again("the platform is busy", false));
    reads!(admin.types("/kquiz round close").await, @"I am still reading what was answered to round 1. Please try again in a moment.");
    reads!(admin.types("/kquiz round close").await, @"Round 1 is closed. The reveal is on its way.");
    assert!(room.shows().contains("🏅 **ana** 10 points"), "{}", room.shows());
}

#[tokio::test]
async fn the_end_of_one_question_comes_before_the_next() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    stage.until("2026-11-24 08:59").await;
    stage.platform.cannot_be_read(&room.channel, again("the platform is busy", false));
    stage.sleeps_until("2026-11-24 09:00");
    stage.work().await;
    assert_eq!(room.questions(), 1, "the next question waits for the reveal of the one before");
    stage.clock.advance(jiff::SignedDuration::from_secs(5));
    stage.work().await;
    let shown = room.shows();
    assert!(shown.find("[r1").zip(shown.find("[q2")).is_some_and(|(reveal, next)| reveal < next), "{shown}");
}

#[tokio::test]
async fn a_question_does_not_wait_for_ever_for_the_end_of_another() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    stage.until("2026-11-24 08:59").await;
    for _ in 0..20 {
        stage.platform.cannot_be_read(&room.channel, again("the platform is busy", false));
    }
    stage.until("2026-11-24 09:01").await;
    assert_eq!(room.questions(), 1);
    stage.until("2026-11-24 09:03").await;
    assert_eq!(room.questions(), 2);
}

#[tokio::test]
async fn reactions_that_a_moderator_cleared_count_no_more() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    let message = stage.platform.question(&room.channel, None, |message| {
        message.reactions.clear();
        message.at.clone()
    });
    let bot = stage.bot().expect("it runs");
    bot.reread(&message).await;
    stage.work().await;
    room.closes().await;
    assert!(!room.shows().contains("ana"), "{}", room.shows());
    bot.reread(&message).await;
    assert_eq!(bot.read_back_step().await.expect("it works"), 0, "a round that is over is not read");
}

#[tokio::test]
async fn a_deleted_channel_closes_its_rounds_and_no_others() {
    let plans = vec![plan("dead", "dead", "daily 09:00"), plan("alive", "daily", "daily 09:00")];
    let stage = Stage::playing(only(&["scheduler"]), plans).await;
    let ana = stage.player_in("ana", "dead");
    stage.until("2026-11-23 09:30").await;
    ana.reacts("kube-scheduler").await;
    let dead = stage.room_of("dead").channel;
    stage.platform.loses(&dead);
    stage.goes_deaf();
    stage.bot().expect("it runs").channel_gone(&dead).await;
    stage.hears();
    stage.work().await;
    let open = stage.store.open_rounds(None).await.expect("the store answers");
    assert_eq!(open.iter().map(|round| round.channel.local()).collect::<Vec<_>>(), ["daily"]);
    assert!(stage.room().leaderboard().await.contains("ana — 10 points"));
}

#[tokio::test]
async fn a_read_back_names_only_who_is_not_known() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana, bo, cy) = (stage.room(), stage.player("ana"), stage.player("bo"), stage.player("cy"));
    room.asks("scheduler").await;
    ana.reacts("etcd").await;
    stage.platform.names(&ana.id, "ana.account");
    stage.platform.names(&bo.id, "bo.account");
    stage.goes_deaf();
    for player in [&ana, &bo, &cy] {
        player.reacts("kube-scheduler").await;
    }
    ana.takes_back("etcd").await;
    stage.hears();
    stage.bot().expect("it runs").reconnected("town");
    stage.work().await;
    room.closes().await;
    assert!(
        room.shows().ends_with("🏅 **ana** 10 points, **bo.account** 10 points and **cy** 10 points"),
        "{}",
        room.shows()
    );
}
