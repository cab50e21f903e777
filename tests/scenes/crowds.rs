//! More answers at once than the store takes: they wait within a bound, and who comes then is told to try again.

use futures_util::{future::join_all, poll};
use kcard::chat::Control;
use rstest::rstest;
use sqlx::Executor as _;

use crate::stage::{On, Stage, only};

/// The most that can wait: the queue, and a batch that is being stored.
const MOST: usize = 4_096 + 256;

#[rstest]
#[case::sqlite(On::Sqlite, "BEGIN IMMEDIATE")]
#[case::postgres(On::Postgres, "BEGIN; LOCK TABLE rounds")]
#[tokio::test]
async fn who_comes_when_too_many_wait_is_told_to_try_again(#[case] on: On, #[case] lock: &'static str) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    stage.room().asks("scheduler").await;
    let button = stage.platform.question(&stage.room().channel, None, |message| {
        message.post.controls.iter().find_map(|control| match control {
            Control::Button { id, label } if label.ends_with("kube-scheduler") => Some(id.clone()),
            _ => None,
        })
    });
    let button = button.expect("the option has a button");
    let bot = stage.bot().expect("it runs");
    let press = |number: usize| bot.press(stage.player(&format!("p{number}")).caller(), button.clone(), Vec::new());

    let mut other = stage.connection().await;
    other.execute(lock).await.expect("nobody writes now");
    let (mut waiting, mut refused) = (Vec::new(), Vec::new());
    for number in 0..MOST + 20 {
        let mut pressed = Box::pin(press(number));
        match poll!(&mut pressed) {
            std::task::Poll::Pending => waiting.push(pressed),
            std::task::Poll::Ready(reply) => {
                assert!(reply.text.contains("Please try again"), "{}", reply.text);
                refused.push(number);
            }
        }
    }
    assert!(refused.len() >= 20, "{} wait", waiting.len());
    other.execute("ROLLBACK").await.expect("it lets go");
    let told = join_all(waiting).await;
    assert!(told.iter().all(|reply| reply.text.contains("It is in")));
    for number in &refused {
        assert!(press(*number).await.text.contains("It is in"));
    }
    let open = stage.store.open_rounds(None).await.expect("the store answers");
    let entries = stage.store.entries(open[0].id).await.expect("the store answers");
    assert_eq!(entries.len(), told.len() + refused.len());
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}
