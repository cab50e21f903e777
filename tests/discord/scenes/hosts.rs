//! Who may do what: admins by Discord's permission, hosts by name or by role, everyone else.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn settings_are_for_admins() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let (admin, ana, owner) = (stage.team.admin("root"), stage.team.member("ana"), stage.team.owner());
    let zone = [("zone", json!("Asia/Tokyo"))];
    assert_snapshot!(ana.commands(&stage.daily, "kquiz settings timezone", &[]).reads().await, @"kcard (to ana alone): This space sets no time zone and goes by the default, **Europe/Berlin**. An admin changes it with `/kquiz settings timezone Europe/Berlin`.");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz settings timezone", &zone).reads().await, @"kcard (to ana alone): That is for admins of this space.");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz settings hosts", &[("add", json!(ana.id))]).reads().await, @"kcard (to ana alone): That is for admins of this space.");
    assert_snapshot!(admin.commands(&stage.daily, "kquiz settings timezone", &zone).reads().await, @"kcard (to root alone): This space goes by **Asia/Tokyo** from now on. Rounds and seasons that have begun keep their times.");
    let wrong = [("zone", json!("Asia/Tokio"))];
    assert_snapshot!(owner.commands(&stage.daily, "kquiz settings timezone", &wrong).reads().await, @"kcard (to owner of Team alone): Nothing is changed: `Asia/Tokio` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `Asia/Tokyo`?");
}

#[tokio::test]
async fn hosts_by_name_and_by_role() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let admin = stage.team.admin("root");
    let (ana, bo, cy) = (stage.team.member("ana"), stage.team.member("bo"), stage.team.member("cy"));
    let teachers = stage.team.role("teachers", 0);
    stage.team.gives(&bo, teachers);
    let hosts = async |options: &[(&str, Value)]| {
        let said = admin.commands(&stage.daily, "kquiz settings hosts", options).message().await;
        assert_eq!(said.pings(), Default::default());
        said.content().replace(&teachers.to_string(), "TEACHERS")
    };
    let ids = [&ana, &bo, &cy].map(|person| person.id.to_string());
    let named =
        |text: String| (1..).zip(&ids).fold(text, |text, (number, id)| text.replace(id, &format!("USER{number}")));
    assert_snapshot!(named(hosts(&[]).await), @"There are no hosts; admins do it all. An admin names some with `/kquiz settings hosts add:NAME`.");
    assert_snapshot!(named(hosts(&[("add", json!(ana.id))]).await), @"Hosts are now: <@USER1>.");
    assert_snapshot!(named(hosts(&[("add", json!(teachers))]).await), @"Hosts are now: <@USER1> and <@&TEACHERS>.");
    for (person, says) in [(&ana, "A question is on its way."), (&bo, "A question is on its way.")] {
        assert_eq!(person.commands(&stage.daily, "kquiz ask", &[]).message().await.content(), says);
        stage.work().await;
        assert_eq!(
            person.commands(&stage.daily, "kquiz round close", &[]).message().await.content().contains("is closed"),
            true
        );
        stage.work().await;
    }
    let add = [("name", json!("daily")), ("at", json!("daily 09:00"))];
    let added = bo.commands(&stage.daily, "kquiz schedule add", &add).message().await.content();
    assert!(added.starts_with("Schedule added."), "{added}");
    assert_snapshot!(cy.commands(&stage.daily, "kquiz schedule add", &add).reads().await, @"kcard (to cy alone): That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    assert_snapshot!(bo.commands(&stage.daily, "kquiz settings hosts", &[("add", json!(cy.id))]).reads().await, @"kcard (to bo alone): That is for admins of this space.");
    stage.team.takes(&bo, teachers);
    assert!(bo.commands(&stage.daily, "kquiz ask", &[]).reads().await.contains("That is for hosts and admins."));
    assert_snapshot!(named(hosts(&[("remove", json!(teachers))]).await), @"Hosts are now: <@USER1>.");
    assert_snapshot!(named(hosts(&[("remove", json!(ana.id))]).await), @"There are no hosts any more.");
}

#[tokio::test]
async fn what_everyone_may_not() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let name = || vec![("name", json!("daily"))];
    for (command, options) in [
        ("kquiz ask", vec![]),
        ("kquiz schedule add", vec![("name", json!("mine")), ("at", json!("daily 10:00"))]),
        ("kquiz schedule pause", name()),
        ("kquiz schedule resume", name()),
        ("kquiz schedule remove", name()),
        ("kquiz round close", vec![]),
        ("kquiz round cancel", vec![]),
        ("kquiz season end", name()),
    ] {
        let said = ana.commands(&stage.daily, command, &options).message().await;
        assert_eq!(
            said.content(),
            "That is for hosts and admins. `/kquiz settings hosts` shows who they are.",
            "{command}"
        );
        assert!(said.is_ephemeral());
    }
    assert_snapshot!(ana.commands(&stage.daily, "kquiz schedule add", &[]).reads().await, @"kcard (to ana alone): That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz settings hosts", &[]).reads().await, @"kcard (to ana alone): There are no hosts; admins do it all. An admin names some with `/kquiz settings hosts add:NAME`.");
}
