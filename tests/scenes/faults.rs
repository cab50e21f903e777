//! What is broken harms nothing but itself, and an admin can see why.

use kcard::chat::ChatError;
use sqlx::Executor;

use crate::stage::{Fault, Stage, only, plan};

#[tokio::test]
async fn a_dead_channel_harms_nothing_else() {
    let plans = vec![plan("dead", "dead", "daily 09:00"), plan("alive", "daily", "daily 09:00")];
    let stage = Stage::playing(only(&["scheduler"]), plans).await;
    stage.platform.loses(&stage.room_of("dead").channel);
    stage.until("2026-11-25 08:00").await;
    assert_eq!(stage.room().questions(), 2);
    assert_eq!(stage.room_of("dead").questions(), 0);
    let admin = stage.player("ana").admin();
    reads!(admin.types("/kquiz schedule list").await, @"
    📅 **2 schedules**

    **alive** — `daily 09:00` from deck cluster in <#daily>, set in the configuration file  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Wed 25 Nov 2026, 09:00 (Europe/Berlin)

    **dead** — `daily 09:00` from deck cluster in <#dead>, set in the configuration file  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Wed 25 Nov 2026, 09:00 (Europe/Berlin)  
    ⏭ Skipped: Tue 24 Nov 2026, 09:00 (Europe/Berlin); the channel could not be posted to  
    ⚠️ the channel is gone
    ");
    let seen_by_a_player = stage.player("bo").types("/kquiz schedule list").await;
    assert!(!seen_by_a_player.contains("gone"), "{seen_by_a_player}");
}

#[tokio::test]
async fn a_schedule_that_cannot_ask_harms_nothing_else() {
    let lost = kcard::quiz::schedule::Plan {
        deck: kcard::quiz::id::DeckId::new("lost"),
        ask_on_start: true,
        ..plan("a-lost-deck", "daily", "daily 09:00")
    };
    let mut empty = plan("b-nothing-passes", "daily", "daily 09:00");
    empty.filter.topic = Some("history".into());
    let elsewhere = kcard::quiz::schedule::Plan {
        channel: kcard::quiz::id::ChannelId::new("mars:base"),
        ..plan("c-no-such-face", "daily", "daily 09:00")
    };
    let stage =
        Stage::playing(only(&["scheduler"]), vec![lost, empty, elsewhere, plan("d-fine", "daily", "daily 09:00")])
            .await;
    stage.until("2026-11-23 12:00").await;
    assert_eq!(stage.room().questions(), 1);
    reads!(stage.player("ana").admin().types("/kquiz schedule list").await, @r"
    📅 **4 schedules**

    **a-lost-deck** — `daily 09:00` from deck lost in <#daily>, set in the configuration file  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Tue 24 Nov 2026, 09:00 (Europe/Berlin)  
    ⏭ Skipped: Mon 23 Nov 2026, 09:00 (Europe/Berlin); there was no card to ask  
    ⚠️ deck \`lost\` is not loaded

    **b-nothing-passes** — `daily 09:00` from deck cluster in <#daily>, set in the configuration file  
    Only topic history  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Tue 24 Nov 2026, 09:00 (Europe/Berlin)  
    ⏭ Skipped: Mon 23 Nov 2026, 09:00 (Europe/Berlin); there was no card to ask  
    ⚠️ deck \`cluster\` has no topic \`history\`; its topics are \`architecture\`

    **d-fine** — `daily 09:00` from deck cluster in <#daily>, set in the configuration file  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Tue 24 Nov 2026, 09:00 (Europe/Berlin)

    **c-no-such-face** — `daily 09:00` in `mars:base`, set in the configuration file, asks nowhere yet  
    ⚠️ no \`mars\` is connected, and channel \`mars:base\` is there
    ");
}

#[tokio::test]
async fn a_problem_that_is_mended_goes_away() {
    let stage = Stage::playing(only(&[]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let admin = stage.player("ana").admin();
    assert!(admin.types("/kquiz schedule list").await.contains("⚠️"));
    stage.bot().expect("it runs").set_decks(only(&["scheduler"]));
    stage.work().await;
    assert!(!admin.types("/kquiz schedule list").await.contains("⚠️"));
}

#[tokio::test]
async fn a_bad_card_is_given_up_and_the_next_one_comes() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    stage.platform.fails(&room.channel, Fault::Refused(ChatError::Bug("the text is too long".into())));
    stage.until("2026-11-23 12:00").await;
    assert_eq!(room.questions(), 0);
    stage.until("2026-11-24 12:00").await;
    assert_eq!(room.questions(), 1);
}

#[tokio::test]
async fn what_fails_on_our_side_blocks_its_channel_for_a_while_only() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    for _ in 0..5 {
        stage.platform.fails(&room.channel, Fault::Panic);
    }
    stage.until("2026-11-23 09:01").await;
    assert_eq!(room.questions(), 0);
    let list = stage.player("root").admin().types("/kquiz schedule list").await;
    assert!(list.contains("⚠️ it panicked: this is a bug of kcard"), "{list}");
    assert!(list.contains("kcard failed at it"), "{list}");
    room.asks("scheduler").await;
    assert_eq!(room.questions(), 1, "the next one has its turn");
}

#[tokio::test]
async fn a_round_that_cannot_be_read_holds_up_no_other() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    stage.steps();
    stage.sleeps_until("2026-11-23 09:00");
    stage.bot().expect("it runs").tick().await.expect("tick works");
    stage.connection().await.execute("UPDATE rounds SET asked = '{}'").await.expect("it is there");
    stage.until("2026-11-23 09:01").await;
    let list = stage.player("root").admin().types("/kquiz schedule list").await;
    assert!(list.contains("⚠️ what is stored cannot be read"), "{list}");
    stage.until("2026-11-24 10:00").await;
    assert_eq!(room.questions(), 1);
}

#[tokio::test]
async fn a_problem_of_sending_stays_over_a_restart_until_a_post_succeeds() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    stage.platform.fails(&room.channel, Fault::Refused(ChatError::Gone("the channel is gone".into())));
    stage.until("2026-11-23 10:00").await;
    stage.dies();
    stage.starts().await;
    stage.work().await;
    let admin = stage.player("root").admin();
    assert!(admin.types("/kquiz schedule list").await.contains("⚠️ the channel is gone"));
    stage.until("2026-11-24 10:00").await;
    assert_eq!(room.questions(), 1);
    assert!(!admin.types("/kquiz schedule list").await.contains("⚠️"));
}

#[tokio::test]
async fn the_admins_hear_once_of_a_problem() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "red_daily", "daily 09:00")]).await;
    let channel = stage.room_of("red_daily").channel;
    for _ in 0..2 {
        stage.platform.fails(&channel, Fault::Refused(ChatError::Gone("I may not post there.".into())));
    }
    stage.until("2026-11-23 10:00").await;
    reads!(stage.platform.told(), @r"
    [town:red] ⚠️ Schedule **daily** could not post into \#red\_daily: I may not post there.

    Please look after it: see that the channel is there and that I may read it and post in it, or remove the schedule. Its next question tries again; `/kquiz schedule list` shows how it stands.
    ");
    stage.until("2026-11-24 10:00").await;
    assert_eq!(stage.platform.told().matches("could not post").count(), 1, "it is the same still");
    stage.dies();
    stage.starts().await;
    stage.platform.fails(&channel, Fault::Refused(ChatError::Bug("the text is too long".into())));
    stage.until("2026-11-25 10:00").await;
    let told = stage.platform.told();
    assert!(told.matches("could not post").count() == 2 && told.contains("too long"), "{told}");
    stage.until("2026-11-26 10:00").await;
    assert_eq!(stage.platform.told(), told, "that it works again is no trouble");
}

#[tokio::test]
async fn admins_that_cannot_be_told_hold_up_nothing() {
    let plans = vec![plan("daily", "red_daily", "daily 09:00")];
    let stage = Stage::playing(only(&["scheduler"]), plans).await;
    let channel = stage.room_of("red_daily").channel;
    stage.platform.fails(&channel, Fault::Refused(ChatError::Gone("I may not post there".into())));
    stage.platform.tells_nobody();
    stage.until("2026-11-23 10:00").await;
    assert_eq!(stage.platform.told(), "");
    let list = stage.player_in("root", "red_daily").admin().types("/kquiz schedule list").await;
    assert!(list.contains("⚠️ I may not post there"), "{list}");
    stage.until("2026-11-24 10:00").await;
    assert_eq!(stage.room_of("red_daily").questions(), 1);
}

#[tokio::test]
async fn a_deleted_question_closes_its_round() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    let message = stage.platform.question(&room.channel, None, |message| message.at.clone());
    stage.bot().expect("it runs").message_gone(&message).await;
    stage.work().await;
    assert!(room.leaderboard().await.contains("ana — 10 points"));
}

#[tokio::test]
async fn a_platform_away_at_the_start_gets_its_schedules_later() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("old", "daily", "daily 09:00")]).await;
    stage.dies();
    stage.plans(vec![plan("old", "daily", "daily 10:00"), plan("new", "other", "daily 09:00")]);
    stage.platform.is_away(true);
    stage.starts().await;
    stage.work().await;
    let names = || async {
        let schedules = stage.store.schedules(None).await.expect("the store answers");
        schedules.into_iter().map(|schedule| schedule.plan.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["old"], "what is known stays, as the file says it now");
    stage.platform.is_away(false);
    stage.until("2026-11-23 09:30").await;
    assert_eq!(names().await, ["new", "old"]);
    assert_eq!((stage.room().questions(), stage.room_of("other").questions()), (0, 1));
}

/// A platform that hangs holds up a start by one wait, not by one for each schedule.
#[tokio::test]
async fn the_spaces_of_all_schedules_are_asked_at_once() {
    let stage = Stage::bare().await;
    let plans: Vec<_> = ["one", "two", "three"].map(|name| plan(name, name, "daily 09:00")).into();
    stage.platform.says_spaces_of(plans.len());
    stage.plans(plans);
    stage.starts().await;
    assert_eq!(stage.store.schedules(None).await.expect("the store answers").len(), 3);
}

#[tokio::test]
async fn a_face_that_is_no_longer_configured() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let elsewhere = kcard::quiz::schedule::Plan {
        channel: kcard::quiz::id::ChannelId::new("mars:base"),
        ..plan("mars", "daily", "daily 09:00")
    };
    let (space, now) = (kcard::quiz::id::SpaceId::new("town"), kcard::clock::Clock::now(&*stage.clock));
    stage.store.add_schedule(&space, &elsewhere, now).await.expect("the store answers");
    stage.until("2026-11-23 12:00").await;
    reads!(stage.player("ana").admin().types("/kquiz schedule list").await, @r"
    📅 **1 schedule**

    **mars** — `daily 09:00` from deck cluster in <#base>  
    Social, or contest in a season, each open until the next, at most 24 h  
    Next: Tue 24 Nov 2026, 09:00 (Europe/Berlin)  
    ⏭ Skipped: Mon 23 Nov 2026, 09:00 (Europe/Berlin); the channel could not be posted to  
    ⚠️ no \`mars\` is connected, and channel \`mars:base\` is there
    ");
    assert!(stage.store.open_rounds(None).await.expect("the store answers").is_empty());
}

/// Waits that the platform asked for are no failures of ours.
#[tokio::test]
async fn a_failure_on_our_side_after_many_waits_is_one_failure() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let room = stage.room();
    for _ in 0..6 {
        stage.platform.fails(&room.channel, Fault::Refused(crate::stage::again("the platform is away", false)));
    }
    stage.platform.fails(&room.channel, Fault::Panic);
    stage.until("2026-11-23 09:30").await;
    assert_eq!(room.questions(), 1);
}

/// kcard was never invited, or was put out.
#[tokio::test]
async fn a_channel_that_kcard_is_not_in_is_told_once_until_it_is_invited() {
    let plans = vec![plan("daily", "red_daily", "daily 09:00"), plan("other", "red_other", "daily 09:00")];
    let stage = Stage::playing(only(&["scheduler"]), plans).await;
    let (room, other) = (stage.room_of("red_daily"), stage.room_of("red_other"));
    let why = "kcard is not in the channel: invite it there with `/invite @kcard`";
    let keep_out = || stage.platform.fails(&room.channel, Fault::Refused(ChatError::Gone(why.into())));
    let told = || stage.platform.told().matches("invite it there").count();
    for day in 23..26 {
        keep_out();
        stage.until(&format!("2026-11-{day} 10:00")).await;
        stage.dies();
        stage.starts().await;
    }
    assert_eq!((told(), room.questions(), other.questions()), (1, 0, 3), "{}", stage.platform.told());

    for _ in 0..2 {
        keep_out();
        room.asks("scheduler").await;
    }
    assert_eq!(told(), 2, "what a host asks is told once as well: {}", stage.platform.told());

    stage.until("2026-11-26 10:00").await;
    assert_eq!((told(), room.questions()), (2, 1), "it was invited");
    keep_out();
    stage.until("2026-11-27 10:00").await;
    assert_eq!(told(), 3, "it was put out again");
}
