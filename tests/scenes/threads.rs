//! A thread and a mention for each question of a schedule.

use kcard::{
    chat::ChatError,
    quiz::{
        round::{OpenWay, Style, Ways},
        schedule::Plan,
    },
};

use crate::stage::{Fault, Stage, only, plan};

fn with_thread() -> Plan {
    Plan { thread: true, mention: Some("town:learners".into()), ..plan("daily", "daily", "daily 09:00") }
}

#[tokio::test]
async fn a_thread_is_opened_on_the_question_and_only_the_question_mentions() {
    let stage = Stage::playing(only(&["scheduler"]), vec![with_thread()]).await;
    let room = stage.room();
    stage.until("2026-11-23 09:30").await;
    let thread = [("m1".to_owned(), "Which component picks a node for a new Pod?".to_owned())];
    assert_eq!(stage.platform.threads(), thread);
    let mention = |key| stage.platform.question(&room.channel, Some(key), |message| message.post.mention.clone());
    assert_eq!(mention("q1").as_deref(), Some("town:learners"));
    room.closes().await;
    assert_eq!((mention("q1"), mention("r1")), (None, None), "the ending and the reveal call nobody");
    assert_eq!(stage.platform.threads(), thread);
}

#[tokio::test]
async fn a_contest_of_a_season_has_no_thread() {
    let stage = Stage::playing(only(&["scheduler"]), vec![with_thread()]).await;
    stage.player("root").admin().types("/kquiz season start name:Cup ends:2026-12-24").await;
    stage.until("2026-11-23 09:30").await;
    assert_eq!((stage.room().questions(), stage.platform.threads().len()), (1, 0));
}

#[tokio::test]
async fn a_thread_that_cannot_be_opened_harms_nothing() {
    let stage = Stage::playing(only(&["smallest"]), vec![with_thread()]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    stage.steps();
    stage.sleeps_until("2026-11-23 09:00");
    let bot = stage.bot().expect("it runs");
    bot.tick().await.expect("tick works");
    let (has_posted, go_on) = stage.platform.holds_up_posting();
    let sending = tokio::spawn({
        let bot = bot.clone();
        async move { bot.outbox_step().await }
    });
    has_posted.await.expect("it posts");
    stage.platform.fails(&room.channel, Fault::Refused(ChatError::Gone("threads are not allowed".into())));
    go_on.send(()).expect("it waits");
    assert_eq!(sending.await.expect("it ends").expect("it works"), 1);
    assert_eq!(stage.platform.threads(), []);
    assert!(ana.replies("a pod").await.starts_with("It is in"));
    assert_eq!(stage.platform.told(), "");
}

#[tokio::test]
async fn a_schedule_made_in_chat() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let add = "/kquiz schedule add name:daily at:\"daily 09:00\"";
    reads!(admin.types(&format!("{add} style:contest thread")).await, @"Nothing is changed: a contest has no thread, as all would read it: leave out thread, or make the schedule social.");
    reads!(admin.types(&format!("{add} mention:@learners")).await, @"Nothing is changed: `learners` cannot be mentioned: write the group's whole id, `town:` and its letters and digits.");
    reads!(admin.types(&format!("{add} thread mention:town:learners")).await, @"
    Schedule added.

    **daily** — `daily 09:00` from deck cluster in <#daily>  
    Social, or contest in a season, each open until the next, at most 24 h, with a thread, mentions town:learners  
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)

    Ask one now?
    ");
    stage.until("2026-11-23 09:30").await;
    assert_eq!(stage.platform.threads().len(), 1);
}

#[tokio::test]
async fn a_reveal_goes_where_the_schedule_says() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, admin) = (stage.room(), stage.player("root").admin());
    let broadcast = || stage.platform.last(&room.channel, "r").broadcast;
    room.asks("scheduler").await;
    room.closes().await;
    assert!(!broadcast());
    let add = "/kquiz schedule add name:daily at:\"daily 09:00\"";
    let said = admin.types(&format!("{add} reveal:everywhere")).await;
    assert!(said.contains("`reveal` cannot be `everywhere`: it is one of thread, channel"), "{said}");
    admin.types(&format!("{add} reveal:channel")).await;
    reads!(admin.types("/kquiz schedule list").await, @"
    📅 **1 schedule**

    **daily** — `daily 09:00` from deck cluster in <#daily>  
    Social, or contest in a season, each open until the next, at most 24 h, (Slack) the answer in the channel as well  
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)
    ");
    stage.until("2026-11-23 09:30").await;
    room.closes().await;
    assert!(broadcast());
}

#[tokio::test]
async fn the_open_ways_of_a_face_are_those_of_its_schedules_and_open_rounds() {
    let ways = |ways: &[OpenWay]| Some(Ways(ways.iter().copied().collect()));
    let only_buttons = Plan { ways: ways(&[OpenWay::Buttons]), ..plan("a", "daily", "daily 09:00") };
    let contest = Plan { style: Some(Style::Contest), ..plan("b", "daily", "daily 09:00") };
    let stage = Stage::playing(only(&["scheduler"]), vec![only_buttons, contest]).await;
    let open = |stage: &Stage, face: &'static str| {
        let bot = stage.bot().expect("it runs");
        async move { bot.open_ways(face).await.expect("the store answers").into_iter().collect::<Vec<_>>() }
    };
    assert_eq!(open(&stage, "town").await, [OpenWay::Buttons]);
    assert_eq!(open(&stage, "mars").await, []);
    let replies = Plan { ways: ways(&[OpenWay::Replies]), ..plan("c", "other", "daily 09:00") };
    let (space, now) = (kcard::quiz::id::SpaceId::new("town"), kcard::clock::Clock::now(&*stage.clock));
    let id = stage.store.add_schedule(&space, &replies, now).await.expect("the store answers").expect("it is free");
    assert_eq!(open(&stage, "town").await, [OpenWay::Replies, OpenWay::Buttons]);
    stage.until("2026-11-23 09:30").await;
    stage.store.remove_schedule(id).await.expect("the store answers");
    assert_eq!(open(&stage, "town").await, [OpenWay::Replies, OpenWay::Buttons], "its round is open still");
    stage.until("2026-11-24 09:30").await;
    assert_eq!(open(&stage, "town").await, [OpenWay::Buttons]);
    let usual = plan("d", "other", "daily 09:00");
    stage.store.add_schedule(&space, &usual, now).await.expect("the store answers").expect("it is free");
    assert_eq!(open(&stage, "town").await, OpenWay::ALL);
}

#[tokio::test]
async fn typed_options_are_completed_from_memory() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "red_daily", "daily 09:00")]).await;
    let bot = stage.bot().expect("it runs");
    let (red, blue) = (kcard::quiz::id::SpaceId::new("town:red"), kcard::quiz::id::SpaceId::new("town:blue"));
    assert_eq!(bot.offers(&red, "kquiz schedule pause", "name", "da"), ["daily"]);
    assert_eq!(bot.offers(&blue, "kquiz schedule pause", "name", "da"), [""; 0], "another space's");
    assert_eq!(bot.offers(&blue, "kcard", "topic", "arch"), ["architecture"]);
}
