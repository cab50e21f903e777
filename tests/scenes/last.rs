//! What a question says of the round before it, for faces on which that one's reveal does not stand in the channel.

use crate::stage::{Stage, decks, only, plan};

fn said(stage: &Stage) -> Option<String> {
    stage.platform.last(&stage.room().channel, "q").last
}

#[tokio::test]
async fn a_question_says_how_the_one_before_it_ended() {
    let stage = Stage::playing(decks(), vec![]).await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    stage.platform.has_links();
    room.asks("scheduler").await;
    assert_eq!(said(&stage), None, "it is the first");
    ana.reacts("kube-scheduler").await;
    bo.reacts("etcd").await;
    bo.types("/kquiz privacy hide").await;

    room.asks("smallest").await;
    assert_eq!(said(&stage), None, "the one before is open");
    let admin = stage.player("root").admin();
    admin.types("/kquiz round cancel").await;
    admin.types("/kquiz round close 1").await;
    room.asks("shared").await;
    reads!(said(&stage).expect("a line"), @"⏮ [Last question](https://town.example/daily/m1): ✅ **kube-scheduler** — 1 of 2 fully right, 50%");
    assert!(!room.shows().contains("⏮"), "it is no part of the text");

    stage.room_of("other").asks("shared").await;
    assert_eq!(stage.platform.last(&stage.room_of("other").channel, "q").last, None, "another channel's");
}

#[tokio::test]
async fn the_line_never_gives_away_the_answer_of_its_own_question() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    stage.until("2026-11-24 09:30").await;
    assert_eq!((stage.room().questions(), said(&stage)), (2, None));
}

#[tokio::test]
async fn a_round_before_that_cannot_be_read_keeps_no_question_from_being_asked() {
    let stage = Stage::playing(decks(), vec![]).await;
    let room = stage.room();
    room.asks("scheduler").await;
    room.closes().await;
    let mut connection = stage.connection().await;
    sqlx::query("UPDATE rounds SET asked = '{' WHERE id = 1").execute(&mut connection).await.expect("it can be broken");
    room.asks("smallest").await;
    assert_eq!((room.questions(), said(&stage)), (2, None));
}
