//! Correcting: from a dispute to the leaderboard, and what everybody reads on the way.

use kcard::{
    chat::{Control, ControlId, Reply},
    quiz::id::RoundId,
};
use rstest::rstest;

use crate::stage::{On, Stage, fields, only, plan};

fn label(control: &Control) -> &str {
    match control {
        Control::Button { label, .. } | Control::Menu { label, .. } | Control::Form { label, .. } => label,
    }
}

/// The labels under a reply.
fn labels(reply: &Reply) -> Vec<&str> {
    reply.controls.iter().map(label).collect()
}

/// What the button of this label means.
fn control(reply: &Reply, labelled: &str) -> ControlId {
    let found = reply.controls.iter().find_map(|control| match control {
        Control::Button { id, label } | Control::Form { id, label } if label == labelled => Some(id.clone()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no `{labelled}` among {:?}", labels(reply)))
}

/// Of several tries that are worth the same, the last is the one that is put before the hosts.
#[tokio::test]
async fn the_last_try_is_disputed() {
    let stage = Stage::playing(only(&["smallest"]), vec![]).await;
    stage.room().asks("smallest").await;
    let ana = stage.player("ana");
    ana.replies("just guessing").await;
    ana.replies("a group of containers").await;
    stage.room().closes().await;
    ana.disputes("The docs say so.").await;
    let host = stage.player("root").admin();
    let list = host.types("/kquiz dispute list").await;
    assert!(list.contains("Answered: `a group of containers`"), "{list}");
    let accepted = host.types("/kquiz dispute accept 1").await;
    assert!(accepted.contains("1 player has more points"), "{accepted}");
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_dispute_is_accepted_for_all(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["smallest"]), vec![plan("daily", "daily", "daily 09:00")]).await else {
        return;
    };
    let host = stage.player("root").admin();
    stage.until("2026-11-23 10:00").await;
    for (name, answer) in
        [("ana", "a Group of Containers"), ("bo", "the group of containers"), ("cy", "Pod"), ("dee", "node")]
    {
        stage.player(name).replies(answer).await;
    }
    stage.room().closes().await;
    let [ana, bo, cy] = ["ana", "bo", "cy"].map(|name| stage.player(name));
    reads!(ana.disputes("  ").await, @"Say in a sentence why your answer is right: that is what the hosts go by.");
    reads!(ana.disputes("A Pod *is* a group of containers: https://kubernetes.io/docs/concepts/workloads/pods/").await, @"⚖️ Thank you: your answer is before the hosts as case 1. You will hear what they decide; if they accept it, it counts for everybody who gave it.");
    reads!(ana.disputes("Again.").await, @"Your answer is before the hosts as case 1. You will hear what they decide.");
    reads!(bo.disputes("The docs say so.").await, @"⚖️ Thank you: your answer is before the hosts as case 1. 1 other player had disputed the same answer. You will hear what they decide; if they accept it, it counts for everybody who gave it.");
    reads!(cy.disputes("I am right.").await, @"Your answer counts in full already.");
    reads!(stage.player("eve").disputes("I would have known.").await, @"You gave no answer to this question that could be marked otherwise. The next one is yours!");
    reads!(stage.platform.told(), @r"
    [town] ⚖️ Somebody disputes how an answer was marked in <#daily>.

    **Case 1**, round 1: What is the smallest unit that Kubernetes runs?  
    Answered: `a Group of Containers`  
    Right so far: Pod  
    ana: A Pod \*is\* a group of containers: https://kubernetes.io/docs/concepts/workloads/pods/

    `/kquiz dispute list` shows what waits, with buttons to decide.
    ");

    reads!(ana.types("/kquiz dispute list").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    let list = host.runs("/kquiz dispute list").await;
    reads!(list.text.as_str(), @r"
    ⚖️ 1 case waits for a host.

    **Case 1**, round 1: What is the smallest unit that Kubernetes runs?  
    Answered: `a Group of Containers`  
    Right so far: Pod  
    ana: A Pod \*is\* a group of containers: https://kubernetes.io/docs/concepts/workloads/pods/  
    bo: The docs say so.
    ");
    assert_eq!(labels(&list), ["Accept case 1", "Refuse case 1"]);
    let accepted = host.sends_off(control(&list, "Accept case 1"), fields(&[])).await;
    reads!(accepted.text.as_str(), @"✅ `a Group of Containers` counts from now on, and round 1 is marked anew. 2 players have more points. The file has the question for the deck.");
    let file = accepted.file.expect("there is a patch");
    reads!(format!("{}:\n{}", file.name, file.content), @r#"
    correction-1.yaml:
    # Deck cluster, card smallest: this question accepts "a Group of Containers" as well.
    # Put it in place of the one that asks the same.
          - text:
              ask: What is the smallest unit that Kubernetes runs?
              accept:
                - Pod
                - a Pod
                - a Group of Containers
              wrong:
                - container
    "#);
    reads!(stage.platform.told_alone(), @"
    [town:ana] ⚖️ A host accepted your answer to round 1 (“What is the smallest unit that Kubernetes runs?”). It earns you 10 points now. Thank you for saying so!
    [town:bo] ⚖️ A host accepted your answer to round 1 (“What is the smallest unit that Kubernetes runs?”). It earns you 10 points now. Thank you for saying so!
    ");
    reads!(stage.room().shows(), @"
    [q1 (edited)] What is the smallest unit that Kubernetes runs?

    ✅ **Pod** — 3 of 4, 75% ▰▰▰▰▰▰▰▰▱▱

    **Closed.** 4 players answered, 3 fully right.

    [r1 to m1 (edited)] ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    4 players answered, 3 fully right.
    ✅ **Pod** — 3 of 4, 75% ▰▰▰▰▰▰▰▰▱▱

    🏅 **ana** 10 points, **bo** 10 points and **cy** 10 points

    [n6] ⚖️ A correction to round 1, “What is the smallest unit that Kubernetes runs?”: `a Group of Containers` counts as right as well. 2 players have more points, and the leaderboard follows.
    ");
    let shown = ana.types("/kquiz round show 1").await;
    assert!(!shown.contains("⚖️"), "the log is for hosts: {shown}");
    let shown = host.types("/kquiz round show 1").await;
    reads!(&shown[shown.find("⚖️").expect("the log stands there")..], @"⚖️ Mon 23 Nov 2026, 10:00 (Europe/Berlin), accepted “a Group of Containers” by town:root");
    reads!(stage.room().leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    🥇 bo — 10 points
    🥇 cy — 10 points
    4\. dee — 0 points
    ");
    reads!(ana.disputes("And now?").await, @"A host has looked at this answer (case 1), and it counts.");
    reads!(host.types("/kquiz dispute list").await, @"No dispute waits for a host.");
    reads!(host.types("/kquiz dispute accept 1").await, @"A host has looked at this answer (case 1), and it counts.");
    reads!(host.types("/kquiz dispute refuse 2").await, @"There is no case 2 here. `/kquiz dispute list` shows those that wait.");

    // The alias holds in this space from now on, also while the deck lacks it.
    stage.until("2026-11-24 10:00").await;
    stage.player("dee").replies("groups of containers").await;
    stage.room().closes().await;
    assert_eq!(stage.platform.last(&stage.room().channel, "r").controls, [], "nobody has anything to dispute");
    assert_eq!(stage.store.verify().await.expect("verifying works"), []);
}

#[tokio::test]
async fn a_dispute_is_refused_kindly() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let host = stage.player("root").admin();
    stage.room().asks("scheduler").await;
    stage.player("ana").presses(&["kubelet"]).await;
    stage.room().closes().await;
    stage.player("ana").disputes("It places the containers.").await;
    let list = host.runs("/kquiz dispute list").await;
    let refuse = control(&list, "Refuse case 1");
    let form = refuse.form().expect("it asks why");
    assert_eq!(form.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["why"]);
    reads!(stage.player("ana").submits(refuse.clone(), fields(&[("why", "no")])).await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(host.submits(refuse.clone(), fields(&[("why", "it runs Pods that have a node")])).await, @"Case 1 is refused. 1 player is told.");
    reads!(stage.platform.told_alone(), @"[town:ana] ⚖️ A host looked at your answer to round 1 (“Which component picks a node for a new Pod?”), and it stays as it was marked. They say: it runs Pods that have a node. Thank you for asking.");
    reads!(host.submits(refuse, fields(&[("why", "again")])).await, @"A host has looked at this answer (case 1), and it stays as it was marked. They say: it runs Pods that have a node.");
    reads!(stage.player("ana").disputes("But!").await, @"A host has looked at this answer (case 1), and it stays as it was marked. They say: it runs Pods that have a node.");
    assert_eq!(stage.platform.edits(&stage.room().channel, "r"), 0);
}

/// Of a list, and of several options, a host says which part of the answer counts.
#[tokio::test]
async fn a_host_says_which_part_counts() {
    let stage = Stage::playing(only(&["control-plane", "shared"]), vec![]).await;
    let host = stage.player("root").admin();
    stage.room().asks("control-plane").await;
    stage.player("ana").replies("the front door, etcd, scheduler, controller manager").await;
    stage.room().closes().await;
    stage.player("ana").disputes("The API server is its front door.").await;
    reads!(host.types("/kquiz dispute accept 1").await, @"
    Say which words of the answer count, and for which item.

    **Case 1**, round 1: Name the components of the control plane.  
    Answered: `the front door, etcd, scheduler, controller manager`  
    Right so far: kube-apiserver, etcd, kube-scheduler and kube-controller-manager  
    ana: The API server is its front door.
    ");
    let accept = control(&host.runs("/kquiz dispute list").await, "Accept case 1");
    let submit = async |answer: &str, item: &str| {
        host.submits(accept.clone(), fields(&[("answer", answer), ("as", item)])).await
    };
    reads!(submit("front door", "").await, @"Say with `as:` for which item `front door` counts: **kube-apiserver**, **etcd**, **kube-scheduler** or **kube-controller-manager**.");
    reads!(submit("etcd", "2").await, @"`etcd` counts in full already.");
    reads!(submit("front door", "kube-apiserver").await, @"✅ `front door` counts from now on, and round 1 is marked anew. 1 player has more points. The file has the question for the deck.");
    reads!(stage.platform.last(&stage.room().channel, "n").text, @"⚖️ A correction to round 1, “Name the components of the control plane.”: `front door` counts as right as well for one of the items. 1 player has more points, and the leaderboard follows.");

    stage.room().asks("shared").await;
    stage.player("bo").presses(&["the network", "volumes", "the image"]).await;
    stage.room().closes().await;
    stage.player("bo").disputes("They can.").await;
    let accept = control(&host.runs("/kquiz dispute list").await, "Accept case 2");
    reads!(host.submits(accept.clone(), fields(&[("answer", "the kernel")])).await, @"None of the options is `the kernel`. Name one with `answer:`: **the network**, **the image**, **volumes** or **the file system**.");
    reads!(host.submits(accept, fields(&[("answer", "the image")])).await, @"✅ `the image` counts from now on, and round 2 is marked anew. 1 player has more points. The file has the question for the deck.");
    reads!(stage.room().leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    🥇 bo — 10 points
    ");
}

#[tokio::test]
async fn a_host_marks_a_round_anew_without_a_dispute() {
    let stage = Stage::playing(only(&["list-pods"]), vec![]).await;
    let host = stage.player("root").admin();
    stage.room().asks("list-pods").await;
    stage.player("ana").replies("kubectl get pods -A -o wide").await;
    reads!(host.types("/kquiz round remark 1 \"kubectl get pods -A -o wide\"").await, @"Round 1 is not closed. What it counts can be changed once it is.");
    stage.room().closes().await;
    reads!(stage.player("ana").types("/kquiz round remark 1 x").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(host.types("/kquiz round remark 7 x").await, @"There is no round 7 here.");
    reads!(host.types("/kquiz round remark 1 \"get 'pods\"").await, @"`get 'pods` cannot be read as a command. Write it as it would be typed, with `answer:`.");
    reads!(host.types("/kquiz round remark 1 \"kubectl get pods -A -o wide\" why:\"more is fine\"").await, @"✅ `kubectl get pods -A -o wide` counts from now on, and round 1 is marked anew. 1 player has more points. The file has the question for the deck.");
    reads!(host.types("/kquiz round remark 1 \"kubectl get pods -A -o wide\"").await, @"`kubectl get pods -A -o wide` counts in full already.");
}

/// Barred and unbarred, with the reason, and told with the next reply where nobody can be told alone.
#[tokio::test]
async fn a_player_is_barred() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (host, ana) = (stage.player("root").admin(), stage.player("ana"));
    stage.room().asks("scheduler").await;
    ana.presses(&["kubelet"]).await;
    reads!(stage.player("bo").types("/kquiz player bar ana \"she wins\"").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(host.types("/kquiz player bar anna \"a script\"").await, @"There is no player named `anna`. Did you mean **ana**?");
    reads!(host.types("/kquiz player bar ana").await, @r#"
    `reason` is missing. Why: in a sentence; the player is told.  
    It is written `/kquiz player bar PLAYER REASON`, for example `/kquiz player bar @ana "answers by a script"`.
    "#);
    reads!(host.types("/kquiz player bar ana,bo \"a script\"").await, @"Name one player.");
    reads!(host.types("/kquiz player bar ana \"answers by a script\"").await, @"No answers and no disputes are taken from **ana** any more. What they had answered before counts; `/kquiz player void` takes that away, question by question.");
    reads!(host.types("/kquiz player bar @ana again").await, @"**ana** is barred already.");
    reads!(stage.platform.told_alone(), @"[town:ana] A host takes no answers from you in the quiz any more: answers by a script. Ask an admin if you think that is a mistake.");
    reads!(ana.reacts("kube-scheduler").await, @"A host takes no answers from you any more: answers by a script.");
    stage.platform.is_silent(true);
    reads!(host.types("/kquiz player unbar ana").await, @"Answers of **ana** are taken again.");
    reads!(host.types("/kquiz player unbar ana").await, @"**ana** is not barred.");
    reads!(ana.types("/kquiz stats").await, @"
    📬 Your answers in the quiz are taken again. Welcome back!

    You have no closed round yet. Your figures begin with your first one.
    ");
    reads!(ana.types("/kquiz stats").await, @"You have no closed round yet. Your figures begin with your first one.");
    reads!(ana.presses(&["kube-scheduler"]).await, @"It is in: `kube-scheduler`. You can change it until the close.");
}

/// An answer is voided and given back; a closed season waits for the host in both.
#[tokio::test]
async fn an_answer_is_voided() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let host = stage.player("root").admin();
    host.types("/kquiz season start cup 2026-11-23").await;
    stage.until("2026-11-23 10:00").await;
    for (name, option) in [("ana", "kube-scheduler"), ("bo", "kubelet")] {
        stage.player(name).presses(&[option]).await;
    }
    stage.room().closes().await;
    stage.until("2026-11-24 10:00").await;
    let board = async || stage.player("zoe").types("/kquiz leaderboard season:cup").await.replace("  \n", "\n");
    let before = board().await;
    reads!(host.types("/kquiz player void bo 7 copied").await, @"There is no round 7 here.");
    reads!(host.types("/kquiz player void root 1 copied").await, @"There is no player named `root`. What there is: ana, bo.");
    let voided = host.runs("/kquiz player void ana 1 \"copied from the docs\"").await;
    reads!(voided.text.as_str(), @"
    The answer of **ana** to round 1 counts for nothing.

    It counted for **cup**, whose board is closed and stays as it is unless you change it.
    ");
    reads!(stage.platform.told_alone(), @"[town:ana] A host let your answer to round 1 count for nothing (10 points less): copied from the docs.");
    reads!(host.types("/kquiz player void ana 1 \"copied from the docs\"").await, @"The answer of **ana** to round 1 is voided already.");
    reads!(stage.room().leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    1\. bo — 0 points
    ");
    assert_eq!(board().await, before, "a closed season changes only when a host confirms it");
    let reveal = stage.platform.last(&stage.room().channel, "r").text;
    assert!(reveal.contains("Nobody scored this time."), "{reveal}");

    let recount = control(&voided, "Change cup");
    reads!(stage.player("bo").clicks(&recount).await.text, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    reads!(host.clicks(&recount).await.text, @"The board of season **cup** is changed. The channels read how it stands now.");
    reads!(host.clicks(&recount).await.text, @"The board of season **cup** is as it was: nothing that was corrected changes it.");
    reads!(stage.platform.last(&stage.room().channel, "n").text, @r"
    ⚖️ **Season cup was counted anew**, with what was corrected since.

    1\. bo — 0 points

    1 player took part.
    ");
    let given_back = host.runs("/kquiz player void ana 1 \"she had not\" undo:yes").await;
    reads!(given_back.text.as_str(), @"
    The answer of **ana** to round 1 counts again.

    It counted for **cup**, whose board is closed and stays as it is unless you change it.
    ");
    reads!(stage.platform.told_alone(), @"[town:ana] Your answer to round 1 counts again and earns you 10 points: she had not.");
    host.clicks(&control(&given_back, "Change cup")).await;
    assert_eq!(board().await, before);
    assert_eq!(stage.store.verify().await.expect("verifying works"), []);
}

/// Three who dispute a card keep it from being asked, until a host has looked.
#[tokio::test]
async fn a_card_that_many_dispute_waits_for_a_host() {
    let stage = Stage::playing(only(&["scheduler", "smallest"]), vec![]).await;
    let host = stage.player("root").admin();
    let names = ["ana", "bo", "cy"];
    stage.room().asks("smallest").await;
    for name in names {
        stage.player(name).replies("process").await;
    }
    stage.room().closes().await;
    for name in names {
        stage.player(name).disputes("That is what runs.").await;
    }
    assert_eq!(stage.platform.told().matches("Somebody disputes").count(), 2, "it is new, and then it is held");
    reads!(host.types("/kquiz dispute list").await, @"
    ⚖️ 1 case waits for a host.

    **Case 1**, round 1: What is the smallest unit that Kubernetes runs?  
    Answered: `process`  
    Right so far: Pod  
    ana: That is what runs.  
    bo: That is what runs.  
    cy: That is what runs.  
    Its card is not asked until this is decided.
    ");
    reads!(host.types("/kquiz ask card:smallest").await, @"Players dispute an answer to this card (case 1). It is not asked until that is decided: `/kquiz dispute list`.");
    for _ in 0..3 {
        host.types("/kquiz ask").await;
        stage.room().closes().await;
        let asked = stage.platform.last(&stage.room().channel, "q").text;
        assert!(asked.contains("picks a node"), "{asked}");
    }
    host.types("/kquiz dispute refuse 1").await;
    reads!(host.types("/kquiz ask card:smallest").await, @"A question is on its way.");
}

/// Whose answer it is, is looked up by who presses, not by who is named; and a round that is not there is nothing.
#[tokio::test]
async fn a_button_of_another_round_is_nothing() {
    let stage = Stage::playing(only(&["smallest"]), vec![]).await;
    let dispute = async |round: i64| {
        stage.player("ana").submits(ControlId::Dispute(RoundId(round)), fields(&[("reason", "so")])).await
    };
    reads!(dispute(1).await, @"That question is not closed, so nothing is marked for good yet.");
    stage.room().asks("smallest").await;
    stage.player("ana").replies("node").await;
    reads!(dispute(1).await, @"That question is not closed, so nothing is marked for good yet.");
    let elsewhere = stage.player_in("ana", "red_daily").admin();
    stage.room().closes().await;
    reads!(dispute(1).await, @"⚖️ Thank you: your answer is before the hosts as case 1. You will hear what they decide; if they accept it, it counts for everybody who gave it.");
    reads!(elsewhere.types("/kquiz dispute list").await, @"No dispute waits for a host.");
    reads!(elsewhere.types("/kquiz dispute accept 1").await, @"There is no case 1 here. `/kquiz dispute list` shows those that wait.");
    reads!(elsewhere.types("/kquiz round remark 1 node").await, @"There is no round 1 here.");
    reads!(elsewhere.types("/kquiz player void town:ana 1 so").await, @"**town:ana** is no player.");
}
