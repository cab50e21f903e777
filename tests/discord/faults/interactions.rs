//! Interactions: buttons that nobody knows, and first answers that do not get through.

use std::time::Duration;

use rstest::rstest;
use sqlx::Connection as _;

use super::{label, shown, verified};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Answered, Fault},
};

#[rstest]
#[case::nonsense("nonsense")]
#[case::no_such_round("a:999:1")]
#[case::no_such_option("a:1:9")]
#[case::of_a_later_kcard("zz:1:2:3")]
#[case::a_broken_number("a:99999999999999999999999:1")]
#[tokio::test]
async fn a_button_that_nobody_knows(#[case] control: &str) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let heard = ana.clicks_late(&stage.question(&stage.daily), control).reads().await;
    assert!(heard.starts_with("kcard (to ana alone): "), "{heard}");
    assert_eq!(shown(&stage, &ana).await, None);
}

#[rstest]
#[case::fails(Fault::Status(500))]
#[case::is_cut(Fault::Cut)]
#[case::hangs(Fault::Hangs)]
#[tokio::test]
async fn a_first_answer_that_fails_once(#[case] fault: Fault) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.discord.fails("POST /interactions/**", fault);
    let click = ana.clicks(&question, &label(&question, "etcd"));
    assert!(click.reads().await.contains("It is in"));
}

/// Discord took it, and kcard never heard so: it is not given twice.
#[tokio::test]
async fn a_first_answer_whose_answer_is_lost() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.discord.fails("POST /interactions/**", Fault::AnswerLost);
    let heard = ana.clicks(&question, &label(&question, "etcd")).reads().await;
    assert!(heard.contains("It is in"), "{heard}");
    let tries = || stage.discord.requests_to("POST /interactions/**").len();
    stage.discord.until("the second try", |_| (tries() == 2).then_some(())).await;
    stage.discord.forgives("already been acknowledged");
    verified(&stage).await;
}

/// The same of an answer that is put off: it is completed.
#[tokio::test]
async fn a_put_off_whose_answer_is_lost() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let lock = stage.is_stuck().await;
    stage.discord.fails("POST /interactions/**", Fault::AnswerLost);
    let put_off = ana.clicks(&question, &label(&question, "etcd"));
    assert_eq!(put_off.first().await.kind, Answered::Deferred);
    lock.close().await.expect("released");
    assert!(put_off.reads().await.contains("It is in"));
    stage.discord.forgives("already been acknowledged");
}

/// What completes it is tried again.
#[rstest]
#[case::fails(Fault::Status(502), 0)]
#[case::has_to_wait(Fault::TooMany { after: Duration::from_millis(2_500), global: true }, 2_500)]
#[case::has_to_wait_without_a_word(Fault::Banned { after: Duration::from_secs(2) }, 2_000)]
#[tokio::test]
async fn a_completion_that_fails_once(#[case] fault: Fault, #[case] wait: u64) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let lock = stage.is_stuck().await;
    stage.discord.fails("PATCH /webhooks/**", fault);
    let put_off = ana.clicks(&question, &label(&question, "etcd"));
    assert_eq!(put_off.first().await.kind, Answered::Deferred);
    lock.close().await.expect("released");
    assert!(put_off.reads().await.contains("It is in"));
    let tries = stage.discord.requests_to("PATCH /webhooks/**");
    assert!(tries[1].at - tries[0].at >= Duration::from_millis(wait), "{}", stage.discord.last_requests());
}

/// The round closed while its form stood open.
#[tokio::test]
async fn a_form_that_comes_too_late() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, "Answer").modal().await;
    let late = form.inputs()[0]["custom_id"].as_str().expect("an id").to_owned();
    stage.closes().await;
    stage.team.owner().deletes(&question);
    let heard = form.submits(&[(&late, "pod")]).reads().await;
    assert!(heard.contains("closed") && heard.contains("(to ana alone)"), "{heard}");
    verified(&stage).await;
}
