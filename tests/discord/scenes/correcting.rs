//! Correcting on Discord: a host decides by the buttons of an answer that only they read, and who takes no direct messages hears with
//! their next command why they are barred.

use insta::assert_snapshot;
use serde_json::json;

use crate::{
    deck::only,
    faces::Face as _,
    stage::Stage,
    standin::{Member, Msg},
};

/// A question that ana and bo answered wrong, and disputed.
async fn disputed() -> (Stage, Member) {
    let stage = Stage::daily(only(&["smallest"])).await;
    let root = stage.team.admin("root");
    stage.until("2026-11-23 09:00").await;
    for (who, answer) in [("ana", "group of containers"), ("bo", "node")] {
        stage.fills_in(who, answer).await;
    }
    stage.closes().await;
    for who in ["ana", "bo"] {
        stage.disputes(who, "The docs say so.").await;
    }
    (stage, root)
}

fn files(message: &Msg) -> Vec<String> {
    message.attachments().iter().map(|file| file["filename"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_host_decides_by_buttons() {
    let (stage, root) = disputed().await;
    let owner = stage.team.owner().direct().shows();
    assert!(owner.contains("Somebody disputes how an answer was marked"), "{owner}");
    let list = root.commands(&stage.daily, "kquiz dispute list", &[]).message().await;
    assert_snapshot!(list.shows(), @"
    kcard (to root alone): ⚖️ 2 cases wait for a host.

    **Case 1**, round 1: What is the smallest unit that Kubernetes runs?
    Answered: `group of containers`
    Right so far: Pod
    ana: The docs say so.

    **Case 2**, round 1: What is the smallest unit that Kubernetes runs?
    Answered: `node`
    Right so far: Pod
    bo: The docs say so.
    [Accept case 1] [Refuse case 1] [Accept case 2] [Refuse case 2]
    ");
    let form = root.clicks(&list, "Refuse case 2").modal().await;
    assert_eq!(form.title(), "Refuse a dispute");
    assert_snapshot!(form.submits(&[("why", "A node runs Pods.")]).reads().await, @"kcard (to root alone): Case 2 is refused. 1 player is told.");
    let accepted = root.clicks(&list, "Accept case 1").modal().await.submits(&[]).message().await;
    assert_snapshot!(accepted.shows(), @"
    kcard (to root alone): ✅ `group of containers` counts from now on, and round 1 is marked anew. 1 player has more points. The file has the question for the deck.
    📎 correction-1.yaml
    ");
    assert_eq!(files(&accepted), ["correction-1.yaml"]);
    stage.work().await;
    assert_snapshot!(stage.was_told("ana").await, @"kcard: **Team**: ⚖️ A host accepted your answer to round 1 (“What is the smallest unit that Kubernetes runs?”). It earns you 10 points now. Thank you for saying so!");
    assert_snapshot!(stage.was_told("bo").await, @"kcard: **Team**: ⚖️ A host looked at your answer to round 1 (“What is the smallest unit that Kubernetes runs?”), and it stays as it was marked. They say: A node runs Pods. Thank you for asking.");
    let posted = stage.daily.latest().shows();
    assert!(posted.contains("`group of containers` counts as right as well. 1 player has more points"), "{posted}");
    assert!(posted.contains(&stage.link(&stage.question(&stage.daily))), "{posted}");
    let reveal = stage.reveals().await.pop().expect("it stands there");
    assert!(
        reveal.contains("[Dispute]") && reveal.contains("**ana** 10 points"),
        "bo's answer is still wrong: {reveal}"
    );
}

#[tokio::test]
async fn who_takes_no_direct_messages_hears_with_the_next_command() {
    let (stage, root) = disputed().await;
    let bo = stage.team.member("bo");
    bo.closes_direct_messages();
    let bar = [("player", json!(bo.id)), ("reason", json!("answers by a script"))];
    assert_snapshot!(root.commands(&stage.daily, "kquiz player bar", &bar).reads().await, @"kcard (to root alone): No answers and no disputes are taken from **bo** any more. What they had answered before counts; `/kquiz player void` takes that away, question by question.");
    let mine = bo.commands(&stage.daily, "kquiz mine", &[]).reads().await;
    assert_snapshot!(mine, @"
    kcard (to bo alone): 📬 A host takes no answers from you in the quiz any more: answers by a script. Ask an admin if you think that is a mistake.

    You have no answer in an open round.
    ");
    let void = [("player", json!(bo.id)), ("round", json!(1)), ("reason", json!("so"))];
    assert_snapshot!(root.commands(&stage.daily, "kquiz player void", &void).reads().await, @"kcard (to root alone): The answer of **bo** to round 1 counts for nothing.");
    let heard = stage.disputes("bo", "And yet.").await;
    assert_snapshot!(heard, @"
    kcard (to bo alone): 📬 A host let your answer to round 1 count for nothing: so.

    A host takes no answers from you any more: answers by a script.
    ");
}
