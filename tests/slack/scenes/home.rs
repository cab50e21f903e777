//! The App Home: one's own page.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_player_sees_their_own() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.closes().await;
    stage.until("2026-11-24 09:00").await;
    ana.opens_home();
    assert_snapshot!(ana.home().await.shows(), @"
    │ 📈 *Your figures*
    │ 
    │ 10 points from 1 round, 1st place; 1 fully right. Accuracy: 100%.
    │ 
    │ By topic, the weakest first:
    │ architecture — 100% over 1 round
    │ ———
    │ ❓ *Open questions*
    │ 
    │ Which component picks a node for a new Pod? (#daily, go there (https://team.slack.com/archives/C0A1B20055/p1795507200000000))
    │ No answer of yours counts yet, closes in 1 d
    │ ———
    │ 🏆 *Leaderboard: all time*
    │ 
    │ 🥇 ana — 10 points
    │ ———
    │ A card to learn from, at any time and never scored:
    │ [Show me a card]
    ");
}

#[tokio::test]
async fn a_card_on_demand_from_there() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    ana.opens_home();
    let home = ana.home().await;
    let form = ana.clicks_in(&home, "Show me a card").view().await;
    form.changed(1).await;
    assert!(form.shows().contains("Which component picks a node"), "{}", form.shows());
}

#[tokio::test]
async fn an_admin_pauses_a_schedule_there() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    // What is in the file cannot be changed in chat.
    let form = root.slash(&stage.daily, "/kquiz", "schedule add").view().await;
    root.submits(&form, &[("name", &["evening"]), ("at", &["daily 18:00"])]);
    form.changed(2).await;
    root.closes(&form);
    root.opens_home();
    let home = root.home().await;
    let shown = home.shows();
    assert!(shown.contains("evening"), "{shown}");
    let pause = pressable(&home, "kquiz schedule pause evening");
    root.clicks_in(&home, &pause).view().await.changed(1).await;
    stage.slack.until("the page to follow", |_| home.shows().contains("Resume").then_some(())).await;

    let ana = stage.slack.person("ana");
    ana.opens_home();
    assert!(!ana.home().await.shows().contains("evening"), "players have no such buttons");
}

/// What is asked in a private channel is for those who are in it.
#[tokio::test]
async fn a_private_channels_question_is_for_those_in_it() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    let secret = stage.slack.private_channel("secret");
    secret.invites_bot();
    ana.joins(&secret);
    stage.plans(vec![stage.plan("secret", &secret, "weekdays 09:00")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    assert_eq!(secret.of_bot().len(), 1);
    for (person, sees) in [(&ana, true), (&bo, false)] {
        person.opens_home();
        assert_eq!(person.home().await.shows().contains("Which component picks"), sees);
    }
}

fn pressable(home: &crate::standin::View, line: &str) -> String {
    let blocks = home.blocks();
    let mut ids = blocks
        .iter()
        .flat_map(|block| block["elements"].as_array().into_iter().flatten())
        .filter_map(|element| element["action_id"].as_str());
    ids.find(|id| id.contains(line)).unwrap_or_else(|| panic!("no button for {line}: {}", home.shows())).to_owned()
}
