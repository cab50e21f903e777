//! What Discord took is there once, whatever became of its answer.

use jiff::SignedDuration;
use kcard::store::Store;

use super::{posts, questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
    standin::Fault,
};

#[tokio::test]
async fn a_post_that_cannot_be_looked_for_is_the_same_by_its_nonce() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.daily.denies_bot(crate::standin::permissions::READ_MESSAGE_HISTORY);
    stage.discord.fails(&posts(&stage.daily), Fault::AnswerLost);
    stage.until("2026-11-23 09:01").await;
    assert_eq!(questions(&stage.daily).len(), 1);
}

#[tokio::test]
async fn killed_between_discords_taking_and_our_storing() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    let (taken, _never) = stage.discord.holds(&posts(&stage.daily));
    stage.clock.set(moment("2026-11-23 09:00"));
    tokio::select! {
        () = stage.work() => panic!("the answer is held"),
        taken = taken => taken.expect("it is taken"),
    }
    stage.dies().await;
    ana.reacts(&stage.question(&stage.daily), "3️⃣");
    stage.starts().await;
    stage.until("2026-11-23 09:02").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    stage.counts(&ana, Some("kube-scheduler")).await;

    let (taken, _never) = stage.discord.holds(&posts(&stage.daily));
    stage.clock.set(moment("2026-11-24 09:00"));
    tokio::select! {
        () = stage.work() => panic!("the answer is held"),
        taken = taken => taken.expect("it is taken"),
    }
    stage.dies().await;
    stage.starts().await;
    stage.until("2026-11-24 09:10").await;
    assert_eq!((questions(&stage.daily).len(), reveals(&stage.daily).len()), (2, 1));
    verified(&stage).await;
}

#[tokio::test]
async fn another_stores_message_of_the_same_key_is_not_taken_for_ours() {
    let mut stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    stage.closes().await;
    stage.dies().await;
    let other = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite://{}", other.path().join("kcard.db").display());
    stage.moves_to(Store::open(&url).await.expect("the store opens"));
    stage.clock.advance(SignedDuration::from_hours(1));
    stage.starts().await;
    stage.discord.fails(&posts(&stage.daily), Fault::Cut);
    stage.asks("scheduler").await;
    stage.until("2026-11-23 10:10").await;
    let asked = questions(&stage.daily);
    assert_eq!(asked.len(), 2, "the old question is another's");
    assert_eq!(stage.round(&asked[1]).await.message.expect("it is open").id, asked[1].id.to_string());
}
