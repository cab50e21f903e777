//! Answers that are typed: by replies, and by the form.

use insta::assert_snapshot;

use super::button;
use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_list_by_replies_until_no_try_is_left() {
    let stage = Stage::daily(only(&["control-plane"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let first = ana.replies_in_thread(&question, "etcd, scheduler");
    stage.signed(&first, "two").await;
    let second = ana.replies_in_thread(&question, "• etcd\n• kubelet");
    stage.signed(&second, "one").await;
    let third = ana.replies_in_thread(&question, "etcd, scheduler, api server");
    stage.signed(&third, "inbox_tray").await;
    let fourth = ana.replies_in_thread(&question, "etcd, scheduler, api server, controller manager");
    assert_snapshot!(ana.is_told(&stage.daily, 1).await.shows(), @"
    kcard (to ana alone):
    │ You have used all 3 tries. Your best one counts.
    ");
    assert!(fourth.reacted("inbox_tray").is_empty());
}

#[tokio::test]
async fn a_word_by_the_form_which_shows_what_came_of_it() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, &button(&question, "Answer")).view().await;
    assert_snapshot!(form.shows(), @"
    == Your answer ==
    │ Your answer: []
    [Cancel] [Send]
    ");
    ana.submits(&form, &[("answer", &["container"])]);
    form.changed(2).await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ It is in: `container`. 2 tries left; your best one counts.
    [Close]
    ");
    ana.closes(&form);
    let again = ana.clicks(&question, &button(&question, "Answer")).view().await;
    ana.submits(&again, &[("answer", &["a pod"])]);
    again.changed(2).await;
    stage.closes().await;
    let reveal = question.replied(1).await.shows();
    assert!(reveal.contains("10 points"), "{reveal}");
}

#[tokio::test]
async fn a_form_sent_off_after_the_close_gets_a_clear_word() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, &button(&question, "Answer")).view().await;
    stage.closes().await;
    ana.submits(&form, &[("answer", &["a pod"])]);
    form.changed(2).await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ This round is closed, so this answer does not count. See you at the next one!
    [Close]
    ");
    stage.counts(&ana, None).await;
}
