//! A question that a host asks, where it cannot be posted: the host hears so at once, or an admin does.

use rstest::rstest;

use super::{listed, posts, questions};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Fault, Msg, permissions},
};

fn told(stage: &Stage) -> Vec<String> {
    stage.team.owner().direct().of_bot().iter().map(Msg::content).collect()
}

#[rstest]
#[case::view(permissions::VIEW_CHANNEL, "View Channel")]
#[case::send(permissions::SEND_MESSAGES, "Send Messages")]
#[tokio::test]
async fn a_permission_without_which_nothing_can_be_posted(#[case] lost: u64, #[case] named: &str) {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let root = stage.team.admin("root");
    stage.daily.denies_bot(lost);
    let said = root.commands(&stage.daily, "kquiz ask", &[]).message().await.content();
    assert!(said.starts_with("I cannot ask here. I lack **") && said.contains(named), "{said}");
    stage.work().await;
    assert_eq!((stage.discord.requests_to(&posts(&stage.daily)).len(), told(&stage).len()), (0, 0));
    stage.daily.denies_bot(0);
    stage.asks("scheduler").await;
}

/// In a thread that is no question's, another permission is what counts.
#[tokio::test]
async fn in_a_thread() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let root = stage.team.admin("root");
    let thread = root.opens_thread(&root.says(&stage.daily, "A quiz?"), "Quiz");
    stage.daily.denies_bot(permissions::SEND_MESSAGES_IN_THREADS);
    let said = root.commands(&thread, "kquiz ask", &[]).message().await.content();
    assert!(said.contains("Send Messages in Threads"), "{said}");
    stage.daily.denies_bot(permissions::SEND_MESSAGES);
    let said = root.commands(&thread, "kquiz ask", &[]).message().await.content();
    assert_eq!(said, "A question is on its way.");
    stage.work().await;
    assert_eq!(questions(&thread).len(), 1);
}

#[tokio::test]
async fn without_embeds_it_is_asked_and_the_host_hears_what_is_missing() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    stage.daily.denies_bot(permissions::EMBED_LINKS);
    let said = stage.team.admin("root").commands(&stage.daily, "kquiz ask", &[]).message().await.content();
    assert!(said.starts_with("A question is on its way. I lack **Embed Links**"), "{said}");
    stage.work().await;
    assert!(stage.daily.latest().content().contains("Which component"));
}

/// Refused only when it is posted: the owner hears of it, once, and hosts read it, until a question stands there.
#[tokio::test]
async fn refused_when_it_is_posted() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let (root, ana) = (stage.team.admin("root"), stage.team.member("ana"));
    for _ in 0..2 {
        stage.discord.fails(&posts(&stage.daily), Fault::Refused(403, 50_013));
        root.commands(&stage.daily, "kquiz ask", &[]).message().await;
        stage.work().await;
    }
    assert_eq!(told(&stage).len(), 1, "{:#?}", told(&stage));
    assert!(told(&stage)[0].contains("What a host asked could not be posted into <#"), "{:#?}", told(&stage));
    let list = listed(&stage, &root).await;
    assert_eq!(list.matches("⚠️ What a host asked in <#").count(), 1, "{list}");
    assert!(!listed(&stage, &ana).await.contains("⚠️"));
    stage.asks("scheduler").await;
    assert!(!listed(&stage, &root).await.contains("⚠️"));
}
