//! The close, as all read it.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

/// Names are the people's own, whatever they put into them; none of them rings, and none is markup.
#[tokio::test]
async fn names_that_are_markup_and_mentions() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let everyone = 0x0fff_ffff_ffff;
    stage.team.everyone_may(everyone);
    let role = stage.team.role("oncall", 0);
    stage.team.mentionable(role, true);
    let names = ["**x**".to_owned(), "@everyone".to_owned(), format!("<@&{role}>"), "`a\n# b`".to_owned()];
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    for (number, name) in (1..).zip(&names) {
        let person = stage.team.member(&format!("p{number}"));
        stage.team.nicknames(&person, name);
        person.reacts(&question, "3️⃣");
        stage.counts(&person, Some("kube-scheduler")).await;
    }
    let eva = stage.team.member("eva");
    stage.team.nicknames(&eva, "@here");
    eva.reacts(&question, "9️⃣");
    assert_snapshot!(eva.commands(&stage.daily, "kquiz privacy hide", &[]).reads().await, @"kcard (to @here alone): You are off the leaderboards and reveals. You still score, and `/kquiz privacy show` brings you back.");
    eva.replies(&question, "kube-scheduler");
    stage.counts(&eva, Some("kube-scheduler")).await;
    stage.closes().await;
    let reveal = stage.daily.latest();
    assert_snapshot!(reveal.shows().replace(&role.to_string(), "ROLE"), @r"
    kcard to kcard “Which component picks a node for a new P”: ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    5 players answered, all right.
    1️⃣ etcd — 0 of 5, 0% ▱▱▱▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 5, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 5 of 5, 100% ▰▰▰▰▰▰▰▰▰▰
    4️⃣ kubelet — 0 of 5, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **\*\*x\*\*** 10 points, **\<@\&ROLE\>** 10 points, **@everyone** 10 points, **\`a \# b\`** 10 points and 1 player who stays hidden
    │ — kcard · r1
    ");
    assert_eq!(reveal.pings(), Default::default(), "nobody is rung for");
    let board = eva.commands(&stage.daily, "kquiz leaderboard", &[]).message().await;
    assert_snapshot!(board.shows().replace(&role.to_string(), "ROLE"), @r"
    kcard (to @here alone): 🏆 **Leaderboard: all time**

    🥇 \*\*x\*\* — 10 points
    🥇 \<@\&ROLE\> — 10 points
    🥇 @everyone — 10 points
    🥇 \`a \# b\` — 10 points

    You are hidden; you would be 1st with 10 points.
    ");
    assert_eq!(board.pings(), Default::default(), "nobody is rung for");
    assert!(question.controls().is_empty(), "nothing is left to press");
}

#[tokio::test]
async fn a_question_that_nobody_answered_and_one_that_is_cancelled() {
    let stage = Stage::daily(only(&["shared"])).await;
    stage.until("2026-11-23 09:00").await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
    stage.closes().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): What do the containers of a Pod share?

    1️⃣ ✅ **volumes**
    2️⃣ the image
    3️⃣ ✅ **the network**
    4️⃣ the file system

    **Closed.** Nobody answered this time.
    │ Level: 1 of 5
    │ Topic: pods
    │ — kcard · q1
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1

    kcard to kcard “What do the containers of a Pod share?”: ✅ All right ones: **volumes** and **the network**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    Nobody answered this time. The next one is yours!
    │ — kcard · r1
    ");
    let question = stage.asks("shared").await;
    stage.seeded(&question, 4).await;
    let admin = stage.team.admin("root");
    assert_snapshot!(admin.commands(&stage.daily, "kquiz round cancel", &[]).reads().await, @"kcard (to root alone): Round 2 is cancelled and counts for nothing.");
    stage.work().await;
    assert_snapshot!(question.shows(), @"
    kcard (edited): What do the containers of a Pod share?

    1️⃣ the network
    2️⃣ the file system
    3️⃣ volumes
    4️⃣ the image

    **Cancelled.** This round counts for nothing.
    │ Level: 1 of 5
    │ Topic: pods
    │ — kcard · q2
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    ");
}
