use insta::assert_snapshot;

use super::*;
use crate::quiz::answer::{Refused, Taken, Way};

#[test]
fn what_a_player_hears() {
    let (asked, typed, rules) = (choice(), list(), social());
    let instant = Rules { feedback: Feedback::Instant, ..social() };
    let partly = verdict(1, 3, &["etcd"], &["kube-scheduler"], &["kubelet"]);
    let picked = |told| Taken::In { tries_left: None, told, verdict: partly.clone(), better: None };
    let tried = |left, told| Taken::In { tries_left: Some(left), told, verdict: partly.clone(), better: None };
    let right =
        Taken::In { tries_left: Some(1), told: true, verdict: verdict(1, 1, &["etcd"], &[], &[]), better: None };
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
    let signs: Vec<String> =
        said.iter().map(|reply| reply.sign.map_or("-".into(), |sign| format!("{sign:?}"))).collect();
    assert_snapshot!(signs.join("\n"), @r"
    In { tries_left: None }
    -
    In { tries_left: Some(2) }
    In { tries_left: Some(1) }
    In { tries_left: Some(0) }
    -
    -
    Quiet
    -
    -
    -
    -
    -
    -
    -
    -
    -
    Quiet
    Quiet
    -
    -
    ");
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
    assert_snapshot!(replied(&card::question(&choice(), &shown(), false)), @r"
    Which component picks a node for a new Pod?

    1️⃣ etcd⏎
    2️⃣ kube-scheduler⏎
    3️⃣ kube\_proxy⏎
    4️⃣ kubelet
    (1. etcd) ko:1:0000002a:t-:web:ana
    (2. kube-scheduler) ko:2:0000002a:t-:web:ana
    (3. kube_proxy) ko:3:0000002a:t-:web:ana
    (4. kubelet) ko:4:0000002a:t-:web:ana
    (Show the answer) ks:0000002a:t-:web:ana
    ");
    let partly = verdict(1, 3, &["etcd", "kube-apiserver"], &["kube-scheduler"], &["kubelet"]);
    assert_snapshot!(replied(&card::answer(&list(), &shown(), Some(&partly))), @r"
    🟡 Partly right: 33%. Found: etcd and kube-apiserver. Missing: kube-scheduler. Wrong: kubelet.

    ✅ The whole list: **kube-apiserver**, **etcd** and **kube-scheduler**

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>
    (Another card) r:kcard topic:architecture
    ");
    assert_snapshot!(replied(&card::answer(&command(), &shown(), None)), @r"
    ✅ For example: `kubectl get pods -A`

    The **scheduler** watches for Pods without a node and picks one.

    💡 The kubelet runs Pods; it never picks a node.

    Source: <https://kubernetes.io/docs/concepts/overview/components/>
    (Another card) r:kcard topic:architecture
    ");
    let recall = asked("What do the containers of a Pod share?", Form::Recall);
    assert_snapshot!(replied(&card::question(&recall, &shown(), false)), @r"
    What do the containers of a Pod share?
    (Show the answer) ks:0000002a:t-:web:ana
    ");
    let recall = Asked { why: None, sources: Vec::new(), ..recall };
    assert_snapshot!(replied(&card::answer(&recall, &shown(), None)), @r"
    The **scheduler** watches for Pods without a node and picks one.
    (Another card) r:kcard topic:architecture
    ");
    assert_snapshot!(replied(&card::unreadable(&text(), &shown())), @r"
    I could not read that as an answer. A word or a few are enough.
    (Answer…) kf:0000002a:t-:web:ana
    (Show the answer) ks:0000002a:t-:web:ana
    ");
    assert_snapshot!(replied(&card::none(Some("networking"))), @"There is no card on `networking` to show right now. Try another topic.");
    assert_snapshot!(replied(&card::none(None)), @"There is no card to show right now. Try again when the open rounds are closed.");
    assert_snapshot!(replied(&card::gone()), @r"
    That card is no longer up. `/kcard` shows a new one.
    (Another card) r:kcard
    ");
}
