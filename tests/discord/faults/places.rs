//! Channels that are gone, permissions that are lost, servers that kcard is thrown out of: each harms nothing but itself, and an admin
//! can see why.

use rstest::rstest;

use super::{label, listed, log::Log, posts, questions, reveals, verified};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Channel, permissions},
};

/// A stage with schedules at 09:00 in `daily` and in `other`.
async fn two_channels() -> (Stage, Channel) {
    let stage = Stage::set(only(&["scheduler"])).await;
    let other = stage.team.channel("other");
    stage.plans(vec![stage.plan("daily", &stage.daily, "daily 09:00"), stage.plan("other", &other, "daily 09:00")]);
    stage.starts().await;
    stage.work().await;
    (stage, other)
}

/// What kcard said to the server's owner alone.
fn told(stage: &Stage) -> Vec<String> {
    stage.team.owner().direct().of_bot().iter().map(crate::standin::Msg::content).collect()
}

#[tokio::test]
async fn a_deleted_channel() {
    let (stage, other) = two_channels().await;
    let root = stage.team.admin("root");
    stage.until("2026-11-23 09:00").await;
    let log = Log::keeps();
    stage.team.deletes(&other);
    stage.discord.all_heard().await;
    stage.until("2026-11-26 08:00").await;
    assert_eq!(questions(&stage.daily).len(), 3);
    assert_eq!(stage.store.open_rounds(None).await.expect("the store answers").len(), 1, "its round was closed");
    assert!(!log.says("a channel was deleted").is_empty());
    // One try for each slot, and none of the reveal: it may not be told where nobody is.
    assert!(stage.discord.requests_to(&posts(&other)).len() <= 5, "{}", stage.discord.last_requests());
    let listed = listed(&stage, &root).await;
    assert!(listed.contains("⚠️ the channel was deleted; name another one"), "{listed}");
    assert_eq!(told(&stage).len(), 1, "{:#?}", told(&stage));
    assert!(told(&stage)[0].contains("the channel was deleted"), "{:#?}", told(&stage));
    verified(&stage).await;
}

#[rstest]
#[case::view(permissions::VIEW_CHANNEL, "View Channel")]
#[case::send(permissions::SEND_MESSAGES, "Send Messages")]
#[tokio::test]
async fn a_permission_without_which_nothing_is_asked(#[case] lost: u64, #[case] named: &str) {
    let (stage, other) = two_channels().await;
    let root = stage.team.admin("root");
    let log = Log::keeps();
    other.denies_bot(lost);
    stage.until("2026-11-25 08:00").await;
    assert_eq!((questions(&stage.daily).len(), questions(&other).len()), (2, 0));
    assert_eq!(stage.discord.requests_to(&posts(&other)).len(), 2, "one try for each slot");
    let shown = listed(&stage, &root).await;
    assert!(shown.contains("⚠️") && shown.contains(named), "{shown}");
    assert_eq!(log.errors().iter().filter(|line| line.contains(named)).count(), log.errors().len());
    assert_eq!(told(&stage).len(), 1, "{:#?}", told(&stage));
    assert!(told(&stage)[0].contains(named), "{:#?}", told(&stage));

    other.denies_bot(0);
    stage.until("2026-11-25 09:00").await;
    assert_eq!(questions(&other).len(), 1);
    assert!(!listed(&stage, &root).await.contains("⚠️"));
    assert_eq!(told(&stage).len(), 1);
}

#[tokio::test]
async fn without_reactions_people_still_answer() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    let ana = stage.team.member("ana");
    stage.daily.denies_bot(permissions::ADD_REACTIONS);
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.lives("a word", async || log.says("could not seed reactions").pop()).await;
    assert!(log.says("could not seed reactions")[0].contains("Add Reactions"), "{:#?}", log.says("seed"));
    ana.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert_eq!(
        stage.discord.requests_to("PUT /channels/*/messages/*/reactions/**").len(),
        1,
        "not tried again at once"
    );
}

#[tokio::test]
async fn without_the_history_an_admin_can_see_why_answers_are_lost() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    let root = stage.team.admin("root");
    let ana = stage.team.member("ana");
    stage.daily.denies_bot(permissions::READ_MESSAGE_HISTORY);
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    stage.until("2026-11-23 10:00").await;
    let why = log.says("could not read back");
    assert!(why.first().is_some_and(|why| why.contains("Read Message History")), "{why:#?}");
    assert!(why.len() < 5, "{why:#?}");
    stage.until("2026-11-24 09:00").await;
    stage.lives("the next question", async || (questions(&stage.daily).len() == 2).then_some(())).await;
    assert_eq!(reveals(&stage.daily).len(), 1, "{}\n{}", listed(&stage, &root).await, stage.discord.last_requests());
    verified(&stage).await;
}

#[tokio::test]
async fn without_embeds_a_question_is_asked_and_the_log_says_what_is_missing() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    let ana = stage.team.member("ana");
    stage.daily.denies_bot(permissions::EMBED_LINKS);
    stage.until("2026-11-23 09:00").await;
    let question = stage.daily.latest();
    assert!(question.content().contains("Which component"));
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    assert_eq!(log.says("Embed Links").len(), 1, "{:#?}", log.says(""));
    stage.until("2026-11-25 09:00").await;
    assert_eq!(log.says("Embed Links").len(), 1, "once is enough");
}

#[tokio::test]
async fn thrown_out_and_invited_again() {
    let (stage, other) = two_channels().await;
    let log = Log::keeps();
    stage.until("2026-11-23 09:00").await;
    stage.team.kicks_bot();
    stage.discord.all_heard().await;
    assert_eq!(log.says("removed from a server").len(), 1);
    stage.until("2026-11-25 08:00").await;
    let tries = stage.discord.requests_to(&posts(&other)).len();
    assert!(tries <= 6, "{tries}");
    stage.team.invites_bot();
    stage.team.grants_bot(1024 | 2048 | 16_384 | 64 | 65_536);
    stage.team.owner().direct().hears(1).await;
    stage.until("2026-11-25 09:00").await;
    stage
        .lives("questions", async || (questions(&stage.daily).len() == 2 && questions(&other).len() == 2).then_some(()))
        .await;
    let root = stage.team.admin("root");
    assert!(!listed(&stage, &root).await.contains("⚠️"));
    verified(&stage).await;
}

#[tokio::test]
async fn names_with_markdown_stay_names() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.team.nicknames(&ana, "**@everyone** [x](http://x) `_");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    stage.closes().await;
    let reveal = &reveals(&stage.daily)[0];
    assert!(reveal.content().contains(r"\*\*@everyone\*\* \[x\](http://x) \`\_"), "{}", reveal.content());
    assert!(reveal.pings().none());
}
