//! Direct messages.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn what_is_written_to_kcard_alone_is_a_command() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let direct = ana.direct();
    ana.writes(&direct, "kquiz stats");
    assert_snapshot!(direct.hears(1).await.shows(), @"
    kcard:
    │ You have no closed round yet. Your figures begin with your first one.
    ");
    ana.writes(&direct, "hello?");
    assert_snapshot!(direct.hears(2).await.shows(), @"
    kcard:
    │ I do not know `/hello?`. `/kquiz help` tells what there is.
    ");
}

#[tokio::test]
async fn ones_own_data_comes_as_a_file() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    ana.reacts(&stage.question(&stage.daily), "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let said = ana.slash(&stage.daily, "/kquiz", "privacy export").message().await;
    assert!(said.is_ephemeral());
    let file = ana.direct().hears(1).await;
    assert!(file.shows().contains(".json"), "{}", file.shows());
}

/// Also where it is asked for in words.
#[tokio::test]
async fn ones_own_data_can_be_asked_for_there() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    ana.reacts(&stage.question(&stage.daily), "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let direct = ana.direct();
    ana.writes(&direct, "@kcard kquiz privacy export");
    let file = direct.hears(1).await;
    assert!(file.shows().contains(".json"), "{}", file.shows());
}

/// Nothing can open a form there but a button.
#[tokio::test]
async fn a_form_is_opened_there_by_a_button() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let direct = root.direct();
    root.writes(&direct, "kquiz schedule add");
    let said = direct.hears(1).await;
    assert_snapshot!(said.shows(), @"
    kcard:
    │ New schedule
    │ [New schedule]
    ");
    let form = root.clicks(&said, &super::button(&said, "New schedule")).view().await;
    assert!(form.shows().contains("Name"), "{}", form.shows());
}
