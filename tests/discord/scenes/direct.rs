//! Direct messages: what is a person's own, in all servers at once.

use insta::assert_snapshot;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    deck::only,
    stage::{Stage, kcard_needs},
    standin::Fault,
};

#[tokio::test]
async fn a_card_that_is_open_in_none_of_their_servers() {
    let stage = Stage::set(only(&["scheduler", "smallest"])).await;
    stage.starts().await;
    let (ana, cy) = (stage.team.member("ana"), stage.discord.guild("Elsewhere").member("cy"));
    stage.asks("scheduler").await;
    let topic = [("topic", json!("architecture"))];
    // Ana has never said anything in the server: Discord is asked whether she is there.
    let card = ana.commands(&ana.direct(), "kcard", &topic);
    assert_snapshot!(card.reads().await, @"kcard (to ana alone): There is no card on `architecture` to show right now. Try another topic.");
    let card = ana.commands(&ana.direct(), "kcard", &[]).message().await;
    assert_snapshot!(card.shows(), @"
    kcard (to ana alone): What is the smallest unit that Kubernetes runs?
    [Answer] [Show the answer]
    ");
    let form = ana.clicks(&card, "Answer").modal().await;
    assert_snapshot!(form.submits(&[("answer", "pod")]).reads().await, @"
    kcard (to ana alone): ✅ Right! Found: Pod.

    ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    assert!(
        cy.commands(&cy.direct(), "kcard", &topic).reads().await.contains("picks a node"),
        "cy is not in that server"
    );
}

/// The same person in two servers: in one of them no card is shown that is open in the other.
#[tokio::test]
async fn in_a_server_never_a_card_that_is_open_in_another_of_theirs() {
    let stage = Stage::set(only(&["scheduler", "smallest"])).await;
    stage.starts().await;
    let other = stage.discord.guild("Other");
    let (general, ana) = (other.channel("general"), other.member("ana"));
    stage.team.member("ana");
    let bo = other.member("bo");
    stage.asks("scheduler").await;
    let topic = [("topic", json!("architecture"))];
    assert!(ana.commands(&general, "kcard", &topic).reads().await.contains("There is no card on `architecture`"));
    assert!(bo.commands(&general, "kcard", &topic).reads().await.contains("picks a node"), "bo is in one only");
}

#[tokio::test]
async fn their_data_in_all_servers() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let other = stage.discord.guild("Other");
    other.grants_bot(kcard_needs());
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.clicks(&question, "3. kube-scheduler").message().await;
    other.member("ana").commands(&other.channel("general"), "kcard", &[]).message().await;
    stage.closes().await;

    let direct = ana.direct();
    let says = async |command: &str| ana.commands(&direct, command, &[]).message().await;
    let export = says("kquiz privacy export").await;
    assert_snapshot!(export.shows(), @"
    kcard (to ana alone): Here is everything I have stored about you.
    📎 kcard-export.json
    ");
    assert_eq!(export.attachments()[0]["filename"], "kcard-export.json");
    assert_snapshot!(says("kquiz privacy hide").await.shows(), @"kcard (to ana alone): You are off the leaderboards and reveals in all servers and workspaces. You still score, and `/kquiz privacy show` brings you back.");
    stage.work().await;
    assert!(!stage.daily.latest().content().contains("ana"), "the reveal follows");
    assert_snapshot!(says("kquiz privacy show").await.shows(), @"kcard (to ana alone): You are on the leaderboards and reveals in all servers and workspaces.");
    let delete = says("kquiz privacy delete").await;
    assert_snapshot!(delete.shows(), @"
    kcard (to ana alone): This deletes your answers, points and name in all servers and workspaces for good, and takes you off every leaderboard. It cannot be undone. `/kquiz privacy export` gives you a copy first.
    [Delete all my data]
    ");
    let deleted = ana.clicks(&delete, "Delete all my data").message().await;
    assert_snapshot!(deleted.shows(), @"kcard (to ana alone) (edited): Your data in all servers and workspaces is deleted. You are welcome to play again; rounds that are open now stay without you.");
    stage.work().await;
    assert!(!stage.daily.latest().content().contains("ana"), "the reveal follows");
    let board = stage.team.member("bo").commands(&stage.daily, "kquiz leaderboard", &[]).message().await;
    assert!(!board.content().contains("ana"), "{}", board.content());
}

#[tokio::test]
async fn what_is_about_one_server_is_kindly_sent_there() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let owner = stage.team.owner();
    let direct = owner.direct();
    let mut said = Vec::new();
    let name = || ("name", json!("daily"));
    let commands: [(&str, Vec<(&str, Value)>); 8] = [
        ("kquiz ask", vec![]),
        ("kquiz leaderboard", vec![]),
        ("kquiz mine", vec![]),
        ("kquiz stats", vec![]),
        ("kquiz schedule list", vec![]),
        ("kquiz schedule add", vec![]),
        ("kquiz schedule remove", vec![name()]),
        ("kquiz settings hosts", vec![]),
    ];
    for (command, options) in commands {
        said.push(format!("/{command} → {}", owner.commands(&direct, command, &options).message().await.content()));
    }
    assert_snapshot!(said.join("\n"), @"
    /kquiz ask → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz leaderboard → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz mine → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz stats → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz schedule list → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz schedule add → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz schedule remove → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    /kquiz settings hosts → That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.
    ");
    assert!(owner.commands(&direct, "kquiz help", &[]).message().await.content().contains("/kcard"));
    let choices = owner.autocompletes(&direct, "kquiz schedule pause", &[], "name", "").choices().await;
    assert_eq!(choices, []);
}

/// A server that kcard cannot look into, since it was thrown out or Discord says so, is none in which it serves anybody; and who is where
/// is asked once a minute.
#[rstest]
#[case::thrown_out(|stage: &Stage| stage.team.kicks_bot())]
#[case::refused(|stage: &Stage| stage.discord.fails("GET /guilds/*/members/*", Fault::Refused(403, 50_001)))]
#[tokio::test]
async fn a_card_that_is_open_where_kcard_cannot_look(#[case] loses: fn(&Stage)) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let other = stage.discord.guild("Other");
    other.grants_bot(kcard_needs());
    let (cy, here) = (other.member("cy"), other.channel("general"));
    stage.until("2026-11-23 09:00").await;
    let asked = || stage.discord.requests_to("GET /guilds/*/members/*").len();
    loses(&stage);
    stage.discord.all_heard().await;
    let card = cy.commands(&here, "kcard", &[]).message().await;
    assert!(card.content().contains("Which component"), "{}", card.shows());
    let answer = cy.clicks(&card, "Show the answer").message().await;
    assert!(answer.content().contains("So it is written"), "{}", answer.shows());
    assert_eq!(asked(), 1);
}
