//! Who may what.

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn admins_and_owners_and_those_of_the_configuration_may_ask() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    let (root, owner) = (stage.slack.admin("root"), stage.slack.owner("olga"));
    let mut settings = stage.settings();
    settings.admins = vec![bo.id.clone()];
    stage.starts_with(settings).await;
    stage.slack.connected(2).await;
    for (person, may) in [(&ana, false), (&bo, true), (&root, true), (&owner, true)] {
        let said = person.slash(&stage.daily, "/kquiz", "ask").reads().await;
        assert_eq!(said.contains("on its way"), may, "{said}");
    }
}

#[tokio::test]
async fn who_steps_down_may_no_more() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    root.steps_down();
    let said = root.slash(&stage.daily, "/kquiz", "ask").reads().await;
    assert!(!said.contains("on its way"), "{said}");
}

#[tokio::test]
async fn a_person_and_a_group_can_be_hosts() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let [ana, bo, cy] = ["ana", "bo", "cy"].map(|name| stage.slack.person(name));
    let group = stage.slack.group("quizmasters", &[&bo]);
    let add = format!("settings hosts add:<@{}|ana>,<!subteam^{}|@quizmasters>", ana.id, group.id);
    let said = root.slash(&stage.daily, "/kquiz", &add).message().await;
    assert_eq!(said.pings(), Vec::<String>::new());
    for (person, may) in [(&ana, true), (&bo, true), (&cy, false)] {
        let said = person.slash(&stage.daily, "/kquiz", "ask").reads().await;
        assert_eq!(said.contains("on its way"), may, "{said}");
    }
}

/// The one mention that a message may have is the user group of its schedule.
#[tokio::test]
async fn a_schedule_may_call_a_group() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let group = stage.slack.group("learners", &[&ana]);
    let mut plan = stage.plan("daily", &stage.daily, "weekdays 09:00");
    plan.mention = Some(format!("slack:{}", group.id));
    stage.plans(vec![plan]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    assert_eq!(question.pings().len(), 1, "{:?}", question.pings());
    stage.closes().await;
    assert_eq!(question.replied(1).await.pings(), Vec::<String>::new());
}

/// Who looks after another workspace and only shares a channel with this one is no admin here.
#[tokio::test]
async fn an_owner_of_another_workspace_may_nothing_here() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let eve = stage.slack.guest("eve");
    let said = eve.slash(&stage.daily, "/kquiz", "ask").reads().await;
    assert!(!said.contains("on its way"), "{said}");
}
