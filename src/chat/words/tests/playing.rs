use insta::assert_snapshot;
use rstest::rstest;

use super::{super::text::int, *};
use crate::quiz::{
    answer::{Refused, Taken, Way},
    id::{ChannelId, MessageRef},
};

#[test]
fn a_choice_in_the_open() {
    assert_snapshot!(posted(&question(&view(&choice(), &social()))), @r"
    [q17]
    Which component picks a node for a new Pod?

    1️⃣ etcd⏎
    2️⃣ kube-scheduler⏎
    3️⃣ kube\_proxy⏎
    4️⃣ kubelet
    | Level: 1 of 5
    | Topic: architecture
    | How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    reactions 1 to 4
    (1. etcd) a:17:1
    (2. kube-scheduler) a:17:2
    (3. kube_proxy) a:17:3
    (4. kubelet) a:17:4
    ");
}

#[test]
fn a_multiple_in_a_contest() {
    assert_snapshot!(posted(&question(&view(&multiple(), &contest()))), @r"
    [q17]
    What do the containers of a Pod share?

    1️⃣ Network namespace⏎
    2️⃣ Root file system⏎
    3️⃣ Volumes
    | Level: 1 of 5
    | Topic: architecture
    | How to answer: Pick from the menu. You can change it until the close.
    | Contest: Nobody sees your answer before the close.
    [Pick all right ones: Network namespace / Root file system / Volumes] m:17
    ");
}

#[test]
fn typed_questions() {
    assert_snapshot!(posted(&question(&view(&list(), &social()))), @r"
    [q17]
    Name the components of the control plane.
    | Level: 1 of 5
    | Topic: architecture
    | How to answer: Reply with names separated by commas or press *Answer*. You have 3 tries, the best counts.
    (Answer…) f:17
    ");
    let one_try = Rules { attempts: 1, ..rules(&[OpenWay::Replies]) };
    assert_snapshot!(posted(&question(&view(&command(), &one_try))), @r"
    [q17]
    List all Pods of all namespaces.
    | Level: 1 of 5
    | Topic: architecture
    | How to answer: Reply with the command. You have 1 try.
    ");
}

#[rstest]
#[case(&[OpenWay::Reactions])]
#[case(&[OpenWay::Replies])]
#[case(&[OpenWay::Buttons])]
#[case(&[OpenWay::Reactions, OpenWay::Replies, OpenWay::Buttons])]
fn only_open_ways_are_offered(#[case] ways: &[OpenWay]) {
    let rules = rules(ways);
    for asked in every_kind() {
        if !rules.ways.0.iter().any(|way| *way != OpenWay::Reactions) && asked.options().is_empty() {
            continue;
        }
        let post = question(&view(&asked, &rules));
        let how = &post.facts.last().unwrap().value.to_lowercase();
        let has = |way| ways.contains(&way);
        assert_eq!(how.contains("react"), has(OpenWay::Reactions) && !asked.options().is_empty(), "{how}");
        assert_eq!(how.contains("reply"), has(OpenWay::Replies), "{how}");
        assert_eq!(how.contains("press") || how.contains("menu"), has(OpenWay::Buttons), "{how}");
        assert_eq!(post.controls.is_empty(), !has(OpenWay::Buttons));
        assert_eq!(usize::from(post.reactions), if has(OpenWay::Reactions) { asked.options().len() } else { 0 });
    }
}

#[test]
fn before_the_close_nothing_says_what_is_right() {
    let rules = social();
    for asked in [list(), text(), command()] {
        let said = posted(&question(&view(&asked, &rules)));
        for right in ["etcd", "kubectl", "scheduler", "**"] {
            assert!(!said.contains(right), "{said}");
        }
    }
    // Which option is right changes nothing but itself.
    for right in 1..=4 {
        let mut asked = choice();
        let before = question(&view(&asked, &rules));
        if let Form::Choice { right: number, .. } = &mut asked.form {
            *number = right;
        }
        assert_eq!(question(&view(&asked, &rules)), before);
        assert_eq!(ending(&view(&asked, &rules), &[], true), ending(&view(&choice(), &rules), &[], true));
    }
}

#[test]
fn after_the_close_of_a_choice() {
    let (asked, rules) = (choice(), social());
    let (right, wrong) =
        (verdict(1, 1, &["kube-scheduler"], &[], &[]), verdict(0, 1, &[], &["kube-scheduler"], &["kubelet"]));
    let scores = [score("ana", &right, 10), score("bo", &wrong, 0), score("cy", &right, 10)];
    assert_snapshot!(posted(&ending(&view(&asked, &rules), &scores, false)), @r"
    [q17]
    Which component picks a node for a new Pod?

    1️⃣ etcd — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    2️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱⏎
    3️⃣ kube\_proxy — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    4️⃣ kubelet — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱

    **Closed.** 3 players answered, 2 fully right.
    | Level: 1 of 5
    | Topic: architecture
    ");
    assert_snapshot!(posted(&reveal(&view(&asked, &rules), &scores)), @r"
    [r17]
    ✅ The answer: **kube-scheduler**

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>

    3 players answered, 2 fully right.⏎
    1️⃣ etcd — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    2️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱⏎
    3️⃣ kube\_proxy — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    4️⃣ kubelet — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱

    🏅 **ana** 10 points and **cy** 10 points
    ");
}

#[test]
fn after_the_close_of_a_list() {
    let (asked, rules) = (list(), social());
    let all = verdict(1, 1, &["kube-apiserver", "etcd", "kube-scheduler"], &[], &[]);
    let some = verdict(1, 3, &["kube-apiserver", "etcd"], &["kube-scheduler"], &["kubelet"]);
    let mut hidden = score("cy", &all, 10);
    hidden.hidden = true;
    let scores = [score("ana", &some, 3), score("bo", &all, 10), hidden];
    assert_snapshot!(posted(&ending(&view(&asked, &rules), &scores, false)), @r"
    [q17]
    Name the components of the control plane.

    ✅ **kube-apiserver** — 3 of 3, 100% ▰▰▰▰▰▰▰▰▰▰⏎
    ✅ **etcd** — 3 of 3, 100% ▰▰▰▰▰▰▰▰▰▰⏎
    ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱⏎
    ❌ kubelet — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱

    **Closed.** 3 players answered, 2 fully right.
    | Level: 1 of 5
    | Topic: architecture
    ");
    assert_snapshot!(posted(&reveal(&view(&asked, &rules), &scores)), @r"
    [r17]
    ✅ The whole list: **kube-apiserver**, **etcd** and **kube-scheduler**

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>

    3 players answered, 2 fully right.⏎
    ✅ **kube-apiserver** — 3 of 3, 100% ▰▰▰▰▰▰▰▰▰▰⏎
    ✅ **etcd** — 3 of 3, 100% ▰▰▰▰▰▰▰▰▰▰⏎
    ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱⏎
    ❌ kubelet — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱

    🏅 **bo** 10 points, **ana** 3 points and 1 player who stays hidden
    ");
}

#[test]
fn after_the_close_of_a_command_that_nobody_answered() {
    let (asked, rules) = (command(), social());
    assert_snapshot!(posted(&ending(&view(&asked, &rules), &[], false)), @r"
    [q17]
    List all Pods of all namespaces.

    ✅ `kubectl get pods -A`

    **Closed.** Nobody answered this time.
    | Level: 1 of 5
    | Topic: architecture
    ");
    assert_snapshot!(posted(&reveal(&view(&asked, &rules), &[])), @r"
    [r17]
    ✅ For example: `kubectl get pods -A`

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>

    Nobody answered this time. The next one is yours!
    ");
}

#[test]
fn a_cancelled_round() {
    assert_snapshot!(posted(&ending(&view(&choice(), &social()), &[], true)), @r"
    [q17]
    Which component picks a node for a new Pod?

    1️⃣ etcd⏎
    2️⃣ kube-scheduler⏎
    3️⃣ kube\_proxy⏎
    4️⃣ kubelet

    **Cancelled.** This round counts for nothing.
    | Level: 1 of 5
    | Topic: architecture
    ");
}

#[test]
fn nobody_scored() {
    let (asked, rules) = (text(), social());
    let wrong = verdict(0, 1, &[], &["etcd"], &["redis"]);
    assert_snapshot!(posted(&reveal(&view(&asked, &rules), &[score("ana", &wrong, 0)])), @r"
    [r17]
    ✅ The answer: **etcd**

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>

    1 player answered.⏎
    ✅ **etcd** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    Nobody scored this time. The next one is yours!
    ");
}

#[test]
fn a_reveal_names_ten_at_most_and_never_who_is_hidden() {
    let (asked, rules, right) = (choice(), contest(), verdict(1, 1, &["kube-scheduler"], &[], &[]));
    let names: Vec<String> = (1..=24).map(|number| format!("player {number:02}")).collect();
    let mut scores: Vec<Score<'_>> = names.iter().map(|name| score(name, &right, 10)).collect();
    scores.push(Score { name: "zoe", hidden: true, verdict: &right, points: Points(99) });
    let said = reveal(&view(&asked, &rules), &scores).text;
    assert!(!said.contains("zoe"));
    assert!(said.ends_with("**player 10** 10 points, 14 more and 1 player who stays hidden"), "{said}");
}

#[test]
fn a_reveal_answers_its_question() {
    let (asked, rules) = (choice(), social());
    let message = MessageRef { channel: ChannelId::new("web:daily-quiz"), id: "5".into() };
    let round = RoundView { message: Some(&message), ..view(&asked, &rules) };
    assert_eq!(reveal(&round, &[]).reply_to, Some(message));
}

#[test]
fn what_a_player_hears() {
    let (asked, typed, rules) = (choice(), list(), social());
    let instant = Rules { feedback: Feedback::Instant, ..social() };
    let partly = verdict(1, 3, &["etcd"], &["kube-scheduler"], &["kubelet"]);
    let picked = |told| Taken::In { tries_left: None, told, verdict: partly.clone() };
    let tried = |left, told| Taken::In { tries_left: Some(left), told, verdict: partly.clone() };
    let right = Taken::In { tries_left: Some(1), told: true, verdict: verdict(1, 1, &["etcd"], &[], &[]) };
    let refused = |why| Taken::Refused(why);
    let said = [
        answers::taken(&asked, &rules, &picked(false), Some("etcd")),
        answers::taken(&asked, &instant, &picked(true), Some("etcd")),
        answers::taken(&typed, &rules, &tried(2, false), Some("etcd, `kubelet`")),
        answers::taken(&typed, &rules, &tried(1, false), None),
        answers::taken(&typed, &rules, &tried(0, false), None),
        answers::taken(&typed, &instant, &tried(2, true), None),
        answers::taken(&typed, &instant, &right, None),
        answers::taken(&asked, &rules, &Taken::Nothing { two: false }, None),
        answers::taken(&asked, &rules, &Taken::Nothing { two: true }, None),
        answers::taken(&asked, &contest(), &refused(Refused::Way(Way::Reply)), None),
        answers::taken(&typed, &rules, &refused(Refused::NoTriesLeft), None),
        answers::taken(&asked, &rules, &refused(Refused::Unreadable), None),
        answers::taken(&multiple(), &rules, &refused(Refused::Unreadable), None),
        answers::taken(&typed, &rules, &refused(Refused::Unreadable), None),
        answers::taken(&text(), &rules, &refused(Refused::Unreadable), None),
        answers::taken(&command(), &rules, &refused(Refused::Unreadable), None),
        answers::taken(&asked, &instant, &refused(Refused::Final), None),
        answers::again(),
        answers::late(),
        answers::unknown(),
        answers::busy(),
    ];
    let said: Vec<&str> = said.iter().map(|reply| reply.text.as_str()).collect();
    for text in &said {
        assert!(!text.contains("kube-scheduler"), "says what is missing: {text}");
    }
    assert_snapshot!(said.join("\n"), @r"
    It is in: `etcd`. You can change it until the close.
    🟡 Partly right: 33%. It is in: `etcd`.
    It is in: `` etcd, `kubelet` ``. 2 tries left; your best one counts.
    It is in. 1 try left; your best one counts.
    It is in. That was your last try; your best one counts.
    🟡 Partly right: 33%. It is in. 2 tries left; your best one counts.
    ✅ Right! It is in.
    Your answer is withdrawn. You can give another until the close.
    Two of your reactions stand, and I cannot tell which came last. Take one away, and the other counts.
    This question is answered in another way: press a button.
    You have used all 3 tries. Your best one counts.
    I could not read that as an answer. Send the number of one option, 1 to 4, or its text.
    I could not read that as an answer. Send the numbers of all right options, 1 to 3: for example `1, 3`.
    I could not read that as an answer. Send the names, separated by commas.
    I could not read that as an answer. A word or a few are enough.
    I could not read that as an answer. Send one command, as you would type it in a shell.
    You were told how your answer is marked, so it stays as it is.
    It is in; I had it already.
    This round is closed, so this answer does not count. See you at the next one!
    I do not know this question any more. It may be from before a clean-up.
    I could not note your answer just now. Please try again in a few seconds.
    ");
}

#[test]
fn a_card_on_demand() {
    assert_snapshot!(replied(&card::question(&choice(), false)), @r"
    Which component picks a node for a new Pod?

    1️⃣ etcd⏎
    2️⃣ kube-scheduler⏎
    3️⃣ kube\_proxy⏎
    4️⃣ kubelet
    (1. etcd) ko:1
    (2. kube-scheduler) ko:2
    (3. kube_proxy) ko:3
    (4. kubelet) ko:4
    (Show the answer) ks
    ");
    let partly = verdict(1, 3, &["etcd", "kube-apiserver"], &["kube-scheduler"], &["kubelet"]);
    assert_snapshot!(replied(&card::answer(&list(), Some(&partly))), @r"
    🟡 Partly right: 33%. Found: etcd and kube-apiserver. Missing: kube-scheduler. Wrong: kubelet.

    ✅ The whole list: **kube-apiserver**, **etcd** and **kube-scheduler**

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>
    (Another card) kn
    ");
    assert_snapshot!(replied(&card::answer(&command(), None)), @r"
    ✅ For example: `kubectl get pods -A`

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>
    (Another card) kn
    ");
    assert_snapshot!(replied(&card::unreadable(&text())), @r"
    I could not read that as an answer. A word or a few are enough.
    (Answer…) kf
    (Show the answer) ks
    ");
    assert_snapshot!(replied(&card::none(Some("networking"))), @"There is no card on `networking` to show right now. Try another topic.");
    assert_snapshot!(replied(&card::none(None)), @"There is no card to show right now. Try again when the open rounds are closed.");
    assert_snapshot!(replied(&card::forgotten()), @r"
    I do not know any more which card this was.
    (Another card) kn
    ");
}

#[test]
fn the_longest_of_everything_fits_one_message() {
    let words = "lorem `ipsum` ".repeat(1_000);
    let options: Vec<String> = (0..9).map(|_| words.clone()).collect();
    let terms: Vec<Term> = (0..60).map(|number| term(&[&format!("{number} {words}")])).collect();
    let forms = [
        Form::Choice { options: options.clone(), right: 1 },
        Form::Multiple { options, right: (1..=9).collect() },
        Form::List { items: terms.clone(), wrong: terms, near: Vec::new() },
        Form::Command { accept: vec![words.clone()] },
    ];
    let rules = social();
    let right = verdict(1, 1, &[], &[], &[]);
    let name = "x_".repeat(500);
    let scores = [score(&name, &right, 10); 30];
    for form in forms {
        let mut asked = asked(&words, form);
        asked.back = format!("```\n{words}\n```");
        asked.why = Some(words.clone());
        asked.sources = vec![format!("https://a.example/{}", "x".repeat(300)); 4];
        let round = view(&asked, &rules);
        let texts = [
            question(&round).text,
            ending(&round, &scores, false).text,
            ending(&round, &[], true).text,
            reveal(&round, &scores).text,
            card::question(&asked, true).text,
            card::answer(&asked, Some(&verdict(0, 1, &[&words], &[&words], &[&words]))).text,
        ];
        for text in texts {
            assert!(int(text.chars().count()) <= int(CONTENT), "{}", text.chars().count());
        }
    }
}
