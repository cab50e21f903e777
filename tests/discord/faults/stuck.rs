//! Another process holds the store's lock: whoever asks for something is answered in Discord's time, and nothing is lost.

use std::time::Duration;

use sqlx::Connection as _;

use super::{label, shown_of, verified};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Answered, Ask},
};

/// Discord takes an answer for so long.
const VOID_AFTER: Duration = Duration::from_secs(3);

async fn is_put_off(ask: &Ask) {
    let first = ask.first().await;
    assert_eq!((first.kind, first.ephemeral), (Answered::Deferred, true), "{first:?}");
    assert!(first.after < VOID_AFTER, "{first:?}");
}

#[tokio::test]
async fn everybody_is_answered_in_time_and_nothing_is_lost() {
    let stage = Stage::daily(only(&["scheduler", "smallest"])).await;
    let [ana, bo, cy, dee, eve] = ["ana", "bo", "cy", "dee", "eve"].map(|name| stage.team.member(name));
    let (text, choice) = (stage.asks("smallest").await, stage.asks("scheduler").await);

    let lock = stage.is_stuck().await;
    let click = ana.clicks(&choice, &label(&choice, "kube-scheduler"));
    let command = bo.commands(&stage.daily, "kquiz privacy hide", &[]);
    let completion = cy.autocompletes(&stage.daily, "kquiz ask", &[], "card", "sch");
    let opening = dee.clicks(&text, "Answer");
    eve.reacts(&choice, "1️⃣");
    let modal = opening.modal().await;
    assert!(opening.first().await.after < Duration::from_secs(1), "a form opens from memory");
    assert!(completion.first().await.after < Duration::from_secs(1), "completion comes from memory");
    assert_eq!(completion.choices().await.len(), 1);
    let form = modal.submits(&[("answer", "pod")]);
    for ask in [&click, &command, &form] {
        is_put_off(ask).await;
    }
    lock.close().await.expect("released");

    assert!(click.reads().await.contains("It is in"));
    assert!(form.reads().await.contains("It is in"));
    assert!(!command.reads().await.contains("busy"), "{}", command.reads().await);
    assert_eq!(shown_of(&stage, &choice, &ana).await.as_deref(), Some("kube-scheduler"));
    stage.counts(&eve, shown_of(&stage, &choice, &eve).await.as_deref()).await;
    stage.closes().await;
    verified(&stage).await;
    for ask in [&click, &command, &form] {
        assert_eq!(ask.follow_ups(), 0, "each is answered once");
    }
}

/// Longer than the store waits for another process: who clicked is told to try again, and a reaction, which stands, counts at the close.
#[tokio::test]
async fn a_store_that_is_stuck_for_long() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let lock = stage.is_stuck().await;
    let click = ana.clicks(&question, &label(&question, "kube-scheduler"));
    bo.reacts(&question, "3️⃣");
    is_put_off(&click).await;
    let patience = Duration::from_secs(20);
    let heard = stage.discord.within(patience, "a word", |_| click.said()).await.shows();
    assert!(heard.contains("try again"), "{heard}");
    lock.close().await.expect("released");
    assert_eq!(shown_of(&stage, &question, &ana).await, None, "who was told that it is not in");
    let again = ana.clicks(&question, &label(&question, "etcd"));
    assert!(again.reads().await.contains("It is in"));
    stage.closes().await;
    let reveal = super::reveals(&stage.daily)[0].content();
    assert!(reveal.contains("2 players answered, 1 fully right."), "{reveal}");
    verified(&stage).await;
}

/// What was put off for all to see, and comes to something for one person alone, is said to them alone.
#[tokio::test]
async fn a_private_word_in_place_of_a_public_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    let lock = stage.is_stuck().await;
    let card = ana.commands(&stage.daily, "kcard", &[("public", true.into())]);
    let first = card.first().await;
    assert_eq!((first.kind, first.ephemeral), (Answered::Deferred, false));
    let patience = Duration::from_secs(20);
    stage.discord.within(patience, "a word", |_| (card.follow_ups() == 1).then_some(())).await;
    let word = card.follow_up(0).await;
    assert!(word.is_ephemeral() && word.content().contains("try again"), "{}", word.shows());
    assert!(stage.daily.messages().is_empty(), "nothing is left for the others");
    lock.close().await.expect("released");
}
