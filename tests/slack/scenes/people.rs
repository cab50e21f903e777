//! Who people are, as that changes.

use crate::{deck::only, stage::Stage};

/// In a large workspace somebody is called otherwise every moment: of who does not play nothing is kept, also of who deleted their data.
#[tokio::test]
async fn a_new_name_is_noted_of_those_who_play() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    ana.reacts(&stage.question(&stage.daily), "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    bo.renames("Bo Peep");
    ana.renames("Ana Lisa");
    let named = async |person| stage.store.person(&stage.player(person)).await.expect("the store answers");
    stage.lives("the new name", async || named(&ana).await.filter(|known| known.name == "Ana Lisa").map(drop)).await;
    assert_eq!(named(&bo).await, None);
}
