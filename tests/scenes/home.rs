//! A person's own page beside the chat.

use std::collections::BTreeSet;

use kcard::{
    chat::{Control, Reply},
    quiz::id::ChannelId,
};

use crate::stage::{Player, Stage, decks, only, plan};

async fn page(stage: &Stage, player: &Player<'_>) -> Vec<Reply> {
    let channels: BTreeSet<ChannelId> = ["town:daily", "town:other"].map(ChannelId::new).into();
    stage.bot().expect("it runs").home(&player.caller(), &channels).await
}

/// The page as it is read: a rule between its sections, each control in brackets.
async fn reads(stage: &Stage, player: &Player<'_>) -> String {
    let control = |control: &Control| match control {
        Control::Button { id, label } => format!("\n[{label}: {}]", String::from(id.clone())),
        other => panic!("the page has buttons only, and not {other:?}"),
    };
    let section = |reply: &Reply| reply.text.clone() + &reply.controls.iter().map(control).collect::<String>();
    let page = page(stage, player).await;
    page.iter().map(section).collect::<Vec<_>>().join("\n----\n").replace("  \n", "\n")
}

#[tokio::test]
async fn the_page_of_one_who_is_new() {
    let stage = Stage::bare().await;
    reads!(reads(&stage, &stage.player("ana")).await, @"
    You have no closed round yet. Your figures begin with your first one.
    ----
    ❓ **Open questions**

    No question is open right now.
    ----
    🏆 **Leaderboard: all time**

    Nobody has points here yet. The next question is a good start.
    ----
    A card to learn from, at any time and never scored:
    [Show me a card: r:kcard]
    ");
}

#[tokio::test]
async fn what_is_ones_own_and_what_is_open() {
    let stage = Stage::playing(decks(), vec![]).await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    stage.platform.has_links();
    room.asks("scheduler").await;
    ana.reacts("etcd").await;
    bo.reacts("kube-scheduler").await;
    room.closes().await;
    room.asks("smallest").await;
    ana.replies("container").await;
    stage.room_of("other").asks("shared").await;
    stage.player("root").admin().types("/kquiz season start name:Cup ends:2026-12-24").await;
    reads!(reads(&stage, &ana).await, @"
    📈 **Your figures**

    0 points from 1 round, 2nd place; 0 fully right. Accuracy: 0%.

    By topic, the weakest first:
    architecture — 0% over 1 round
    ----
    ❓ **Open questions**

    What is the smallest unit that Kubernetes runs? (<#daily>, [go there](https://town.example/daily/m3))
    Your answer: `container`, 2 tries left, closes in 1 d

    What do the containers of a Pod share? (<#other>, [go there](https://town.example/other/m4))
    No answer of yours counts yet, closes in 1 d
    ----
    🏆 **Leaderboard: season Cup**

    Nobody has points here yet. The next question is a good start.
    ----
    A card to learn from, at any time and never scored:
    [Show me a card: r:kcard]
    ");
    stage.room_of("other").closes().await;
    stage.player("root").admin().types("/kquiz season end Cup").await;
    let page = reads(&stage, &bo).await;
    assert!(page.contains("10 points from 1 round, 1st place; 1 fully right. Accuracy: 100%."), "{page}");
    assert!(page.contains("**Leaderboard: all time**") && page.contains("🥇 bo — 10 points"), "no season runs\n{page}");
    assert!(!page.contains("What do the containers"), "it is closed\n{page}");

    bo.types("/kquiz privacy hide").await;
    let page = reads(&stage, &bo).await;
    assert!(page.contains("10 points from 1 round; 1 fully right"), "{page}");
    assert!(page.contains("You are hidden; you would be 1st"), "{page}");
}

#[tokio::test]
async fn hosts_pause_and_resume_from_there() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("of-the-file", "daily", "daily 09:00")]).await;
    let (ana, admin) = (stage.player("ana"), stage.player("root").admin());
    admin.types("/kquiz schedule add name:weekly at:\"mon 10:00\"").await;
    let sections = page(&stage, &admin).await;
    let schedules = sections.last().expect("the schedules");
    assert_eq!(schedules.text, admin.types("/kquiz schedule list").await);
    let labels = |reply: &Reply| -> Vec<String> {
        let label = |control: &Control| match control {
            Control::Button { label, .. } => label.clone(),
            other => panic!("no button: {other:?}"),
        };
        reply.controls.iter().map(label).collect()
    };
    assert_eq!(labels(schedules), ["Pause weekly"], "chat cannot change what stands in the file");
    let Some(Control::Button { id, .. }) = schedules.controls.first() else { panic!("a button") };
    reads!(ana.clicks(id).await.text, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    admin.clicks(id).await;
    let sections = page(&stage, &admin).await;
    let schedules = sections.last().expect("the schedules");
    assert!(schedules.text.contains("⏸ Paused until resumed"), "{}", schedules.text);
    assert_eq!(labels(schedules), ["Resume weekly"]);
    let Some(Control::Button { id, .. }) = schedules.controls.first() else { panic!("a button") };
    admin.clicks(id).await;
    assert_eq!(labels(page(&stage, &admin).await.last().expect("the schedules")), ["Pause weekly"]);

    let bot = stage.bot().expect("it runs");
    assert_eq!((bot.is_host(&ana.caller()), bot.is_host(&admin.caller())), (false, true));
    assert_eq!(page(&stage, &ana).await.len(), 4, "nobody else reads the schedules");
    ana.types("/kcard").await;
    admin.types("/kquiz settings hosts add:ana").await;
    assert!(bot.is_host(&ana.caller()));
    assert_eq!(labels(page(&stage, &ana).await.last().expect("the schedules")), ["Pause weekly"]);
}

#[tokio::test]
async fn a_store_that_fails_is_said_once() {
    let stage = Stage::bare().await;
    let mut connection = stage.connection().await;
    sqlx::query("DROP TABLE awards").execute(&mut connection).await.expect("it can be broken");
    reads!(reads(&stage, &stage.player("root").admin()).await, @"Something went wrong on our side; it is logged. Please try again in a moment.");
}

#[tokio::test]
async fn outside_any_space_there_is_nothing_to_show() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "red_daily", "daily 09:00")]).await;
    let page = reads(&stage, &stage.player_in("ana", "red_daily").outside()).await;
    assert!(page.starts_with("That is about one server or workspace"), "{page}");
}

#[tokio::test]
async fn a_name_is_learned_before_and_after() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    let bot = stage.bot().expect("it runs");
    bot.named(&bo.id, "Bo the Great").await;
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    room.closes().await;
    bot.named(&ana.id, "Ana *Maria*").await;
    let board = room.leaderboard().await;
    assert!(board.contains(r"🥇 Ana \*Maria\* — 10 points"), "{board}");
    let people = stage.store.people(&bo.caller().space).await.expect("the store answers");
    assert!(people.contains(&(bo.id.clone(), "Bo the Great".into())), "{people:?}");
    let mut connection = stage.connection().await;
    sqlx::query("ALTER TABLE players RENAME TO lost").execute(&mut connection).await.expect("it can be broken");
    bot.named(&ana.id, "Ana").await;
}
