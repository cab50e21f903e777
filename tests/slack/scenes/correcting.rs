//! Correcting on Slack: a host decides by the buttons of an answer that only they read.

use insta::assert_snapshot;

use super::button;
use crate::{deck::only, faces::Face as _, stage::Stage};

#[tokio::test]
async fn a_host_decides_by_buttons() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let root = stage.slack.admin("root");
    stage.until("2026-11-23 09:00").await;
    for (who, answer) in [("ana", "group of containers"), ("bo", "node")] {
        stage.fills_in(who, answer).await;
    }
    stage.closes().await;
    for who in ["ana", "bo"] {
        stage.disputes(who, "The docs say so.").await;
    }
    let list = root.slash(&stage.daily, "/kquiz", "dispute list").message().await;
    assert_snapshot!(list.shows(), @"
    kcard (to root alone):
    │ ⚖️ 2 cases wait for a host.
    │ 
    │ *Case 1*, round 1: What is the smallest unit that Kubernetes runs?
    │ Answered: `group of containers`
    │ Right so far: Pod
    │ ana: The docs say so.
    │ 
    │ *Case 2*, round 1: What is the smallest unit that Kubernetes runs?
    │ Answered: `node`
    │ Right so far: Pod
    │ bo: The docs say so.
    │ [Accept case 1] [Refuse case 1] [Accept case 2] [Refuse case 2]
    ");
    let form = root.clicks(&list, &button(&list, "Refuse case 2")).view().await;
    root.submits(&form, &[("why", &["A node runs Pods."])]);
    form.changed(2).await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ Case 2 is refused. 1 player is told.
    [Close]
    ");
    let accepted = root.slash(&stage.daily, "/kquiz", "dispute accept 1").message().await;
    assert_snapshot!(accepted.shows(), @"
    kcard (to root alone):
    │ ✅ `group of containers` counts from now on, and round 1 is marked anew. 1 player has more points. The file has the question for the deck.
    ");
    stage.work().await;
    assert_snapshot!(stage.was_told("ana").await, @"
    kcard:
    │ ⚖️ A host accepted your answer to round 1 (“What is the smallest unit that Kubernetes runs?”). It earns you 10 points now. Thank you for saying so!
    ");
    assert_snapshot!(stage.was_told("bo").await, @"
    kcard:
    │ ⚖️ A host looked at your answer to round 1 (“What is the smallest unit that Kubernetes runs?”), and it stays as it was marked. They say: A node runs Pods. Thank you for asking.
    ");
    let bar = format!("player bar <@{}|bo> \"answers by a script\"", stage.slack.person("bo").id);
    assert_snapshot!(root.slash(&stage.daily, "/kquiz", &bar).reads().await, @"
    kcard (to root alone):
    │ No answers and no disputes are taken from *bo* any more. What they had answered before counts; `/kquiz player void` takes that away, question by question.
    ");
    assert_snapshot!(stage.disputes("bo", "And yet.").await, @"
    == kcard ==
    │ A host takes no answers from you any more: answers by a script.
    [Close]
    ");
}
