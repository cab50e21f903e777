//! A round from its question to its reveal.

use super::{Face, asked, closes, counts, in_a_contest, plain};

pub async fn a_day_with_every_way_to_answer<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    let question = plain(&face.questions().await[0]);
    for part in ["picks a node for a new Pod?", "1️⃣ etcd", "2️⃣ kube-apiserver", "3️⃣ kube-scheduler", "4️⃣ kubelet"]
    {
        assert!(question.contains(part), "no `{part}` in {question}");
    }
    assert!(question.contains("React with 1️⃣–4️⃣, reply with the number or press a button."), "{question}");
    face.reacts("ana", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    face.replies("bo", "1").await;
    counts(&face, "bo", Some("etcd")).await;
    let heard = plain(&face.presses("cy", "kube-scheduler").await);
    assert!(heard.contains("It is in: kube-scheduler. You can change it until the close."), "{heard}");

    face.until("2026-11-23 09:59").await;
    assert_eq!(face.reveals().await.len(), 0, "nothing is told before the close");
    let reveal = plain(&closes(&face).await);
    for part in [
        "✅ The answer: kube-scheduler",
        "So it is written.",
        "https://kubernetes.io/docs/concepts/",
        "3 players answered, 2 fully right.",
        "🏅 ana 10 points and cy 10 points",
    ] {
        assert!(reveal.contains(part), "no `{part}` in {reveal}");
    }
    let question = plain(&face.questions().await[0]);
    for part in ["1️⃣ etcd — 1 of 3, 33%", "3️⃣ ✅ kube-scheduler — 2 of 3, 67%", "Closed."] {
        assert!(question.contains(part), "no `{part}` in {question}");
    }
    let board = plain(&face.types("bo", "/kquiz leaderboard").await);
    for line in ["🥇 ana — 10 points", "🥇 cy — 10 points", "3. bo — 0 points"] {
        assert!(board.contains(line), "no `{line}` in {board}");
    }
    face.until("2026-11-24 09:00").await;
    assert_eq!(face.questions().await.len(), 2, "the next slot asks the next question");
}

pub async fn a_change_of_mind_and_a_withdrawal<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    face.reacts("ana", 1).await;
    face.reacts("ana", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    face.unreacts("ana", 3).await;
    counts(&face, "ana", Some("etcd")).await;
    face.unreacts("ana", 1).await;
    counts(&face, "ana", None).await;
    assert!(!face.channel().await.contains("ana"), "nothing had to be said: {}", face.channel().await);
    let reveal = closes(&face).await;
    assert!(reveal.contains("Nobody answered"), "{reveal}");
}

pub async fn several_toggle_where_several_are_right<F: Face>() {
    let face: F = asked(&["shared"]).await;
    face.reacts("ana", 1).await;
    face.reacts("ana", 2).await;
    counts(&face, "ana", Some("volumes, the image")).await;
    face.reacts("ana", 3).await;
    face.unreacts("ana", 2).await;
    counts(&face, "ana", Some("volumes, the network")).await;
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("1 player answered, and was right.") && reveal.contains("ana 10 points"), "{reveal}");
}

pub async fn the_last_of_all_ways_counts<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    face.reacts("ana", 1).await;
    counts(&face, "ana", Some("etcd")).await;
    face.presses("ana", "kube-scheduler").await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    face.replies("bo", "3").await;
    counts(&face, "bo", Some("kube-scheduler")).await;
    face.reacts("bo", 2).await;
    counts(&face, "bo", Some("kube-apiserver")).await;
    face.unreacts("bo", 2).await;
    counts(&face, "bo", Some("kube-scheduler")).await;
    // Ana's first reaction still stands under the question; taking it away takes nothing else back.
    face.unreacts("ana", 1).await;
    let mine = plain(&face.types("ana", "/kquiz mine").await);
    assert!(mine.contains("Your answer: kube-scheduler"), "{mine}");
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("2 players answered, all right."), "{reveal}");
}

pub async fn typed_tries_until_none_is_left<F: Face>() {
    let face: F = asked(&["control-plane"]).await;
    face.replies("ana", "kubelet").await;
    counts(&face, "ana", Some("kubelet")).await;
    let second = plain(&face.fills_in("ana", "etcd, scheduler").await);
    assert!(second.contains("It is in: etcd, scheduler. 1 try left; your best one counts."), "{second}");
    face.replies("ana", "etcd, scheduler, api server").await;
    counts(&face, "ana", Some("etcd, scheduler, api server")).await;
    let fourth = face.fills_in("ana", "etcd, scheduler, api server, controller manager").await;
    assert!(fourth.contains("You have used all 3 tries. Your best one counts."), "{fourth}");
    counts(&face, "ana", Some("etcd, scheduler, api server")).await;
    let reveal = plain(&closes(&face).await);
    for part in ["✅ kube-controller-manager — 0 of 1", "✅ etcd — 1 of 1", "🏅 ana 8 points"] {
        assert!(reveal.contains(part), "no `{part}` in {reveal}");
    }
}

pub async fn what_comes_after_the_close_counts_for_nothing<F: Face>() {
    let face: F = asked(&["smallest"]).await;
    face.replies("ana", "container").await;
    counts(&face, "ana", Some("container")).await;
    closes(&face).await;
    face.until("2026-11-23 10:02").await;
    face.replies("ana", "pod").await;
    face.replies("bo", "pod").await;
    let board = face.types("bo", "/kquiz leaderboard").await;
    assert!(!board.contains("10 points"), "{board}");
    counts(&face, "ana", Some("container")).await;
    counts(&face, "bo", None).await;
    face.until("2026-11-23 10:10").await;
    assert!(plain(&face.reveals().await[0]).contains("1 player answered"), "{}", face.reveals().await[0]);
}

pub async fn everything_twice_counts_once<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    face.hears_all_twice();
    face.reacts("ana", 1).await;
    face.reacts("ana", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    face.reacts("bo", 2).await;
    counts(&face, "bo", Some("kube-apiserver")).await;
    face.unreacts("bo", 2).await;
    face.replies("cy", "kube-scheduler").await;
    assert!(face.presses("dee", "etcd").await.contains("It is in"));
    for (who, answer) in
        [("ana", Some("kube-scheduler")), ("bo", None), ("cy", Some("kube-scheduler")), ("dee", Some("etcd"))]
    {
        counts(&face, who, answer).await;
    }
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("3 players answered, 2 fully right."), "{reveal}");
    let board = plain(&face.types("dee", "/kquiz leaderboard").await);
    for line in ["🥇 ana — 10 points", "🥇 cy — 10 points", "3. dee — 0 points"] {
        assert!(board.contains(line), "no `{line}` in {board}");
    }
}

/// Somebody's own data is theirs: who hid is counted and not named.
pub async fn who_hid_is_not_named<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    let said = face.types("ana", "/kquiz privacy hide").await;
    assert!(said.contains("off the leaderboards and reveals"), "{said}");
    face.reacts("ana", 3).await;
    face.reacts("bo", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    counts(&face, "bo", Some("kube-scheduler")).await;
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("🏅 bo 10 points and 1 player who stays hidden"), "{reveal}");
    assert!(!face.channel().await.contains("ana"), "{}", face.channel().await);
    let board = face.types("bo", "/kquiz leaderboard").await;
    assert!(board.contains("bo") && !board.contains("ana"), "{board}");
    face.types("ana", "/kquiz privacy show").await;
    face.work().await;
    let reveal = plain(&face.reveals().await[0]);
    assert!(reveal.contains("🏅 ana 10 points and bo 10 points"), "the reveal follows: {reveal}");
}

pub async fn a_contest_in_which_nobody_sees_anothers_answer<F: Face>() {
    let face: F = in_a_contest(&["scheduler"]).await;
    let before = face.channel().await;
    assert!(!before.contains("React with") && !before.contains("reply with"), "{before}");
    assert!(face.presses("ana", "kube-scheduler").await.contains("It is in"));
    assert!(face.presses("bo", "etcd").await.contains("It is in"));
    counts(&face, "ana", Some("kube-scheduler")).await;
    counts(&face, "bo", Some("etcd")).await;
    face.work().await;
    assert_eq!(face.channel().await, before, "nobody sees any of it");
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("2 players answered, 1 fully right.") && reveal.contains("🏅 ana 10 points"), "{reveal}");
}

/// What people say in [`answers_by_every_way`].
pub const SAID: [&str; 4] = ["tangerine", "clementine", "kube-scheduler", "kubelet"];

/// Answers of which no word stands anywhere else.
pub async fn answers_by_every_way<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    face.reacts("ana", 3).await;
    counts(&face, "ana", Some("kube-scheduler")).await;
    face.replies("bo", "kubelet").await;
    counts(&face, "bo", Some("kubelet")).await;
    face.presses("cy", "kubelet").await;
    closes(&face).await;
    let face: F = asked(&["smallest"]).await;
    face.replies("ana", "a tangerine").await;
    counts(&face, "ana", Some("a tangerine")).await;
    face.fills_in("bo", "a clementine").await;
    closes(&face).await;
}
