//! One person in several spaces of a platform, and outside any.

use kcard::chat::{Control, ControlId};
use rstest::rstest;

use crate::stage::{On, Player, Stage, only};

const NOTHING: &str = "There is no card to show right now. Try again when the open rounds are closed.";

/// A card is open in the space of `red_daily`; ana is in these parts of the town.
async fn open_in_red(on: On, parts: &[&str]) -> Option<Stage> {
    let stage = Stage::with(on, only(&["scheduler"]), vec![]).await?;
    stage.room_of("red_daily").asks("scheduler").await;
    for part in parts {
        stage.platform.joins(&stage.player_in("ana", &format!("{part}_daily")).id);
    }
    Some(stage)
}

#[rstest]
#[case::both(&["red", "blue"], false, false)]
#[case::where_it_is_open(&["red"], false, false)]
#[case::elsewhere(&["blue"], true, true)]
#[case::nowhere(&[], true, true)]
#[tokio::test]
async fn a_card_is_never_one_that_is_open_where_the_person_is(
    #[case] parts: &[&str],
    #[case] shown_in_blue: bool,
    #[case] shown_outside: bool,
    #[values(On::Sqlite, On::Postgres)] on: On,
) {
    let Some(stage) = open_in_red(on, parts).await else { return };
    let ana = stage.player_in("ana", "blue_daily");
    for (who, shown) in [(ana.clone(), shown_in_blue), (ana.outside(), shown_outside)] {
        let said = who.types("/kcard").await;
        assert_eq!(said != NOTHING, shown, "{said}");
    }
    assert_eq!(stage.player_in("ana", "red_daily").types("/kcard").await, NOTHING, "it is open right here");
}

#[tokio::test]
async fn where_a_person_has_played_nobody_need_be_asked() {
    let stage = open_in_red(On::Sqlite, &[]).await.expect("SQLite is always there");
    stage.player_in("ana", "red_daily").reacts("etcd").await;
    let ana = stage.player_in("ana", "blue_daily");
    for who in [ana.clone(), ana.outside()] {
        assert_eq!(who.types("/kcard").await, NOTHING, "the platform says that they are nowhere");
    }
}

#[tokio::test]
async fn what_the_platform_does_not_say_counts_as_yes() {
    let stage = open_in_red(On::Sqlite, &[]).await.expect("SQLite is always there");
    stage.platform.is_away(true);
    assert_eq!(stage.player_in("ana", "blue_daily").types("/kcard").await, NOTHING);
    stage.platform.is_away(false);
    assert_ne!(stage.player_in("ana", "blue_daily").types("/kcard").await, NOTHING);
}

#[tokio::test]
async fn another_card_is_drawn_in_place_of_one_that_is_open_elsewhere() {
    let stage = Stage::playing(only(&["scheduler", "smallest", "control-plane"]), vec![]).await;
    for card in ["scheduler", "control-plane"] {
        stage.room_of("red_daily").asks(card).await;
    }
    let ana = stage.player_in("ana", "blue_daily");
    stage.platform.joins(&stage.player_in("ana", "red_daily").id);
    let mut shown = 0;
    for _ in 0..10 {
        let said = ana.types("/kcard").await;
        assert!(said == NOTHING || said.starts_with("What is the smallest unit"), "{said}");
        shown += usize::from(said != NOTHING);
    }
    assert_eq!(shown, 1, "then it is the one just shown");
}

#[tokio::test]
async fn an_answer_is_not_shown_of_a_card_that_is_asked_where_the_person_is() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (ana, bo) = (stage.player_in("ana", "blue_daily").outside(), stage.player_in("bo", "blue_daily"));
    stage.platform.joins(&stage.player_in("ana", "red_daily").id);
    let (of_ana, of_bo) = (ana.runs("/kcard").await, bo.runs("/kcard").await);
    stage.room_of("red_daily").asks("scheduler").await;
    let show = |card: &kcard::chat::Reply| {
        card.controls.iter().find_map(|control| match control {
            Control::Button { id, label } if label == "Show the answer" => Some(id.clone()),
            _ => None,
        })
    };
    assert_eq!(ana.clicks(&show(&of_ana).expect("it has it")).await.text, NOTHING);
    assert!(bo.clicks(&show(&of_bo).expect("it has it")).await.text.contains("kube-scheduler"), "bo is not there");
}

#[tokio::test]
async fn outside_any_space_only_what_is_about_the_person_is_answered() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let ana = stage.player_in("ana", "blue_daily").outside();
    for line in ["/kquiz leaderboard", "/kquiz mine", "/kquiz ask", "/kquiz settings hosts add:ana", "/kquiz deck list"]
    {
        reads!(ana.types(line).await, @"That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.");
    }
    assert!(ana.types("/kcard").await.starts_with("Which component"));
    assert!(ana.types("/kquiz help").await.contains("What I can do"));
    assert!(ana.types("/kquiz privacy show").await.starts_with("You are on the leaderboards"));
    assert!(
        stage.player_in("ana", "blue_daily").types("/kquiz mine").await.starts_with("You"),
        "in a space it is answered"
    );
}

/// Ana and bo play a round in two spaces, and ana looks at a card outside.
async fn two_spaces(on: On) -> Option<Stage> {
    let stage = Stage::with(on, only(&["scheduler", "smallest"]), vec![]).await?;
    for part in ["red_daily", "blue_daily"] {
        stage.room_of(part).asks("scheduler").await;
        stage.player_in("ana", part).reacts("kube-scheduler").await;
        stage.player_in("bo", part).reacts("kube-scheduler").await;
        stage.room_of(part).closes().await;
    }
    stage.player_in("ana", "red_daily").outside().types("/kcard").await;
    Some(stage)
}

fn ana_in<'s>(stage: &'s Stage, part: &str) -> Player<'s> {
    stage.player_in("ana", part)
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn outside_any_space_privacy_is_about_the_person_in_all(#[case] on: On) {
    let Some(stage) = two_spaces(on).await else { return };
    let parts = ["red_daily", "blue_daily"];
    let outside = ana_in(&stage, "red_daily").outside();
    let boards = async || {
        let (red, blue) = (stage.room_of(parts[0]), stage.room_of(parts[1]));
        [red.leaderboard().await, blue.leaderboard().await]
    };
    let file = outside.runs("/kquiz privacy export").await.file.expect("it hands over a file").content;
    let export: serde_json::Value = serde_json::from_str(&file).expect("it is JSON");
    let by_space = export.as_object().expect("by space");
    assert_eq!(by_space.keys().collect::<Vec<_>>(), ["town", "town:blue", "town:red"]);
    assert_eq!(export["town"]["card_on_demand"].as_array().map(Vec::len), Some(1), "{file}");
    for space in ["town:red", "town:blue"] {
        assert_eq!(export[space]["awards"].as_array().map(Vec::len), Some(1), "{file}");
    }
    assert!(!file.contains("/bo"), "{file}");

    reads!(outside.types("/kquiz privacy hide").await, @"You are off the leaderboards and reveals in all servers and workspaces. You still score, and `/kquiz privacy show` brings you back.");
    assert!(boards().await.iter().all(|board| !board.contains("ana") && board.contains("bo")));
    reads!(outside.types("/kquiz privacy show").await, @"You are on the leaderboards and reveals in all servers and workspaces.");
    assert!(boards().await.iter().all(|board| board.contains("ana")));

    for part in parts {
        stage.player_in("root", part).admin().types("/kquiz settings hosts add:ana").await;
        stage.room_of(part).asks("smallest").await;
        ana_in(&stage, part).replies("a pod").await;
    }
    reads!(outside.types("/kquiz privacy delete").await, @"This deletes your answers, points and name in all servers and workspaces for good, and takes you off every leaderboard. It cannot be undone. `/kquiz privacy export` gives you a copy first.");
    let confirmed = ControlId::Run("kquiz privacy delete confirm:yes".into());
    reads!(outside.clicks(&confirmed).await.text, @"Your data in all servers and workspaces is deleted. You are welcome to play again; rounds that are open now stay without you.");
    for part in parts {
        ana_in(&stage, part).replies("a pod").await;
        stage.room_of(part).closes().await;
        let shown = stage.room_of(part).shows();
        assert!(!shown.contains("ana") && shown.contains("bo"), "{shown}");
    }
    assert!(boards().await.iter().all(|board| !board.contains("ana") && board.contains("bo")));
    let spaces = stage.store.spaces().await.expect("the store answers");
    assert!(spaces.iter().all(|space| space.hosts.is_empty()), "{spaces:?}");
    let export = outside.runs("/kquiz privacy export").await.file.expect("it hands over a file").content;
    assert!(!export.contains("ana\""), "{export}");
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

#[tokio::test]
async fn in_a_space_privacy_is_about_that_space_only() {
    let stage = two_spaces(On::Sqlite).await.expect("SQLite is always there");
    let red = ana_in(&stage, "red_daily");
    let file = red.runs("/kquiz privacy export").await.file.expect("it hands over a file").content;
    assert!(file.contains("town:red/ana") && !file.contains("town:blue"), "{file}");
    red.types("/kquiz privacy delete confirm:yes").await;
    assert!(!stage.room_of("red_daily").leaderboard().await.contains("ana"));
    assert!(stage.room_of("blue_daily").leaderboard().await.contains("ana"));
}
