use insta::assert_snapshot;
use rstest::rstest;

use super::{super::text::int, *};
use crate::quiz::id::{ChannelId, MessageRef};

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
fn a_question_with_a_thread_mentions_who_is_to_be_called() {
    let called = |rules: Rules| Rules { thread: true, mention: Some("discord:12".into()), ..rules };
    let how = |asked: &Asked, rules: &Rules| {
        let facts = question(&view(asked, rules)).facts;
        facts.into_iter().find(|fact| fact.name == "How to answer").unwrap().value
    };
    let (asked, rules) = (choice(), called(social()));
    assert_eq!(question(&view(&asked, &rules)).mention.as_deref(), Some("discord:12"));
    assert_eq!(question(&view(&asked, &social())).mention, None);
    assert_eq!(ending(&view(&asked, &rules), &[], false).mention, None);
    assert_eq!(reveal(&view(&asked, &rules), &[]).mention, None);
    assert_snapshot!(how(&asked, &rules), @"React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close. You may write it in the thread too.");
    assert_snapshot!(how(&text(), &called(rules_of_buttons())), @"Press *Answer*. You have 3 tries, the best counts.");
}

#[rstest]
#[case("Which component\n  picks a **node**?", "Which component picks a **node**?")]
#[case(" \n\u{200e}", "Question")]
fn a_thread_is_named_by_its_question(#[case] ask: &str, #[case] name: &str) {
    assert_eq!(thread(&Asked { ask: ask.into(), ..choice() }), name);
}

#[rstest]
#[case("word ")]
#[case("x")]
#[case("`y` ")]
fn a_threads_name_has_at_most_100_characters(#[case] part: &str) {
    let name = thread(&Asked { ask: part.repeat(200), ..choice() });
    assert!((50..=100).contains(&name.chars().count()) && !name.contains('\n'), "{name}");
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
    (Dispute…) d:17
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
    (Dispute…) d:17
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
    (Dispute…) d:17
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
fn the_round_before_in_one_line() {
    let (right, wrong) = (verdict(1, 1, &["kube-scheduler"], &[], &[]), verdict(0, 1, &[], &[], &["etcd"]));
    let scores = [score("ana", &right, 10), score("bo", &wrong, 0), score("cy", &right, 10)];
    let address = Some("https://town.example/m1");
    assert_snapshot!(
        last(&view(&choice(), &social()), &scores, address),
        @"⏮ [Last question](https://town.example/m1): ✅ **kube-scheduler** — 2 of 3 fully right, 67%"
    );
    let said = every_kind().map(|asked| last(&view(&asked, &social()), &[], None)).join("\n");
    assert_snapshot!(said, @"
    ⏮ Last question: ✅ **kube-scheduler** — nobody answered
    ⏮ Last question: ✅ **Network namespace, Volumes** — nobody answered
    ⏮ Last question: ✅ **kube-apiserver, etcd, kube-scheduler** — nobody answered
    ⏮ Last question: ✅ **etcd** — nobody answered
    ⏮ Last question: ✅ `kubectl get pods -A` — nobody answered
    ");
    let long = "a `long`\n*answer* ".repeat(200);
    let forms = [
        Form::Choice { options: vec![long.clone(), "no".into()], right: 1 },
        Form::Command { accept: vec![long.clone()] },
    ];
    for form in forms {
        let line = last(&view(&asked("Why?", form), &social()), &scores, None);
        assert!(line.chars().count() <= 200 && !line.contains('\n'), "{line}");
    }
}

#[test]
fn a_reveal_is_shown_in_the_channel_as_well_where_the_schedule_says_so() {
    let shown = |to| reveal(&view(&choice(), &Rules { reveal: to, ..social() }), &[]).broadcast;
    assert_eq!(Reveal::ALL.map(shown), [false, true]);
}

#[test]
fn a_reveal_answers_its_question() {
    let (asked, rules) = (choice(), social());
    let message = MessageRef { channel: ChannelId::new("web:daily-quiz"), id: "5".into() };
    let round = RoundView { message: Some(&message), ..view(&asked, &rules) };
    assert_eq!(reveal(&round, &[]).reply_to, Some(message));
}

#[test]
fn the_longest_of_everything_fits_one_message() {
    let words = "lorem `ipsum` ".repeat(1_000);
    let options: Vec<String> = (0..9).map(|_| words.clone()).collect();
    let terms: Vec<Term> = (0..60).map(|number| term(&[&format!("{number} {words}")])).collect();
    let forms = [
        Form::Choice { options: options.clone(), right: 1 },
        Form::Multiple { options, right: (1..=9).collect() },
        Form::List { items: terms.clone(), sides: Vec::new(), wrong: terms, near: Vec::new() },
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
            card::question(&asked, &shown(), true).text,
            card::answer(&asked, &shown(), Some(&verdict(0, 1, &[&words], &[&words], &[&words]))).text,
        ];
        for text in texts {
            assert!(int(text.chars().count()) <= int(CONTENT), "{}", text.chars().count());
        }
    }
}
