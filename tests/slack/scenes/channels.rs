//! Channels that kcard is in, or not.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn who_invites_it_is_greeted_alone() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let general = stage.slack.channel_without_bot("general");
    root.joins(&general);
    root.invites_bot(&general);
    let greeting = root.is_told(&general, 1).await.shows();
    assert!(greeting.contains("/kquiz ask"), "{greeting}");
    assert_eq!(general.messages().len(), 0, "nobody else is spoken to");
}

#[tokio::test]
async fn where_it_is_not_it_asks_to_be_invited() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let general = stage.slack.channel_without_bot("general");
    root.joins(&general);
    assert_snapshot!(root.slash(&general, "/kquiz", "ask").reads().await, @"
    kcard (to root alone):
    │ I cannot ask here. I am not in this channel: type `/invite @kcard` here.
    ");
    general.invites_bot();
    stage.slack.all_heard().await;
    let said = root.slash(&general, "/kquiz", "ask").reads().await;
    assert!(said.contains("on its way"), "{said}");
    stage.work().await;
    assert_eq!(general.of_bot().len(), 1);
}

/// A schedule in a channel that kcard is not in: those who look after it are told, once.
#[tokio::test]
async fn the_owners_are_told_once_that_it_has_to_be_invited() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let owner = stage.slack.owner("olga");
    let general = stage.slack.channel_without_bot("general");
    stage.plans(vec![stage.plan("daily", &general, "weekdays 09:00")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    stage.until("2026-11-24 09:00").await;
    let told = owner.direct().messages();
    assert_eq!(told.len(), 1, "{:?}", told.iter().map(crate::standin::Msg::shows).collect::<Vec<_>>());
    assert_snapshot!(told[0].shows(), @"
    kcard:
    │ ⚠️ Schedule *daily* could not post into #general: kcard is not in this channel: type /invite @kcard there (Slack says: not_in_channel).
    │ 
    │ Please look after it: see that the channel is there and that I may read it and post in it, or remove the schedule. Its next question tries again; `/kquiz schedule list` shows how it stands.
    ");
    general.invites_bot();
    stage.until("2026-11-25 09:00").await;
    assert_eq!(general.of_bot().len(), 1);
}

#[tokio::test]
async fn a_channel_that_is_deleted_or_archived_harms_no_other() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.slack.owner("olga");
    let old = stage.slack.channel("old");
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00"), stage.plan("old", &old, "weekdays 09:00")]);
    stage.starts().await;
    old.is_archived(true);
    stage.until("2026-11-23 09:00").await;
    assert_eq!((stage.daily.of_bot().len(), old.of_bot().len()), (1, 0));
}
