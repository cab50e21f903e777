//! A dispute, from the button under the reveal to what a host's word changes.

use kcard::chat::{Caller, command::parse};

use super::{Face, asked, closes, plain};

pub async fn a_dispute_that_a_host_accepts<F: Face>() {
    let face: F = asked(&["smallest"]).await;
    for (who, answer) in [("ana", "group of containers"), ("bo", "Pod")] {
        let heard = face.fills_in(who, answer).await;
        assert!(heard.contains("It is in"), "{heard}");
    }
    let reveal = plain(&closes(&face).await);
    assert!(reveal.contains("🏅 bo 10 points"), "{reveal}");
    let heard = plain(&face.disputes("ana", "A Pod is a group of containers.").await);
    assert!(heard.contains("your answer is before the hosts as case 1"), "{heard}");
    let heard = plain(&face.disputes("bo", "So do I.").await);
    assert!(heard.contains("Your answer counts in full already."), "{heard}");
    let refused = plain(&face.types("ana", "/kquiz dispute list").await);
    assert!(refused.contains("That is for hosts and admins."), "{refused}");

    let line = "/kquiz dispute accept 1";
    let host = face.player("hana");
    let caller = Caller {
        key: "host".into(),
        space: host.space(),
        player: host,
        name: "hana".into(),
        channel: Some(face.place()),
        admin: true,
        roles: Vec::new(),
        at: None,
        unsure: false,
        lacks: None,
    };
    let command = parse(line, face.place().face()).expect("it is a command");
    let accepted = face.bot().command(caller, command).await;
    assert!(accepted.text.contains("1 player has more points."), "{}", accepted.text);
    let patch = accepted.file.expect("the deck's part").content;
    assert!(patch.contains("group of containers"), "{patch}");
    face.work().await;

    let reveals = face.reveals().await;
    assert_eq!(reveals.len(), 1, "it is edited");
    let reveal = plain(&reveals[0]);
    assert!(reveal.contains("🏅 ana 10 points and bo 10 points"), "{reveal}");
    assert!(reveal.contains("2 players answered, all right."), "{reveal}");
    let channel = face.channel().await;
    assert!(channel.contains("group of containers counts as right as well. 1 player has more points"), "{channel}");
    let told = plain(&face.was_told("ana").await);
    assert!(told.contains("A host accepted your answer to round 1"), "{told}");
    let board = plain(&face.types("bo", "/kquiz leaderboard").await);
    for line in ["🥇 ana — 10 points", "🥇 bo — 10 points"] {
        assert!(board.contains(line), "no `{line}` in {board}");
    }
    assert_eq!(face.store.verify().await.expect("the store answers"), []);
}
