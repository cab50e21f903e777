//! A handler that panics: all it was about is said to be kcard's fault, and it harms nothing else.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::Timestamp;
use kcard::{
    chat::slack::Slack as Face,
    clock::{Clock, SetClock},
};

use super::{log::Log, verified};
use crate::{deck::only, scenes::button, stage::Stage};

/// A clock that can break: whoever asks what time it is panics.
struct Brittle {
    clock: Arc<SetClock>,
    broken: AtomicBool,
}

impl Clock for Brittle {
    fn now(&self) -> Timestamp {
        assert!(!self.broken.load(Ordering::SeqCst), "the clock is broken");
        self.clock.now()
    }
}

#[tokio::test]
async fn it_is_acknowledged_and_said_and_the_next_is_taken() {
    let stage = Stage::set(only(&["smallest", "scheduler"])).await;
    let plan = |name, at| stage.plan(name, &stage.daily, at);
    stage.plans(vec![plan("daily", "weekdays 09:00"), plan("later", "weekdays 09:10")]);
    let brittle = Arc::new(Brittle { clock: Arc::clone(&stage.clock), broken: AtomicBool::new(false) });
    let face = Face::new(stage.settings());
    stage.begins_by(brittle.clone(), face.clone(), |bot, stop| face.run(bot, stop)).await;
    stage.slack.connected(2).await;
    stage.until("2026-11-23 09:10").await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    let asked = super::questions(&stage.daily);
    let (typed, choice): (Vec<_>, Vec<_>) = asked.into_iter().partition(|message| message.shows().contains("smallest"));
    let (typed, choice) = (&typed[0], &choice[0]);
    let form = ana.clicks(typed, &button(typed, "Answer")).view().await;

    let log = Log::keeps();
    brittle.broken.store(true, Ordering::SeqCst);
    ana.reacts(choice, "three");
    let reply = ana.replies_in_thread(choice, "3");
    let click = ana.clicks(choice, &button(choice, "kube-scheduler"));
    assert!(click.reads().await.contains("went wrong"), "{}", click.reads().await);
    ana.submits(&form, &[("answer", &["a pod"])]);
    form.changed(2).await;
    assert!(form.shows().contains("went wrong"), "{}", form.shows());
    stage.slack.all_heard().await;
    stage.slack.until("both to have failed", |_| (log.says("could not be taken").len() == 2).then_some(())).await;
    assert!(reply.reacted("inbox_tray").is_empty());
    brittle.broken.store(false, Ordering::SeqCst);

    // The same people and others are heard again, by the same sockets.
    ana.unreacts(choice, "three");
    ana.reacts(choice, "one");
    bo.reacts(choice, "three");
    for (person, answer) in [(&ana, "etcd"), (&bo, "kube-scheduler")] {
        stage.counts_in(&stage.round(choice).await, &stage.player(person), Some(answer)).await;
    }
    assert_eq!(stage.slack.sockets_ever(), 2);
    verified(&stage).await;
}
