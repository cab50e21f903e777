//! Commands.

use insta::assert_snapshot;

use crate::{
    deck::{file, only},
    stage::Stage,
};

#[tokio::test]
async fn help_and_what_is_not_understood_is_said_alone() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let help = ana.slash(&stage.daily, "/kquiz", "").message().await;
    assert!(help.is_ephemeral() && help.shows().contains("leaderboard"), "{}", help.shows());
    assert_snapshot!(ana.slash(&stage.daily, "/kquiz", "leadrboard").reads().await, @"
    kcard (to ana alone):
    │ I do not know `/kquiz leadrboard`; did you mean `leaderboard`? It goes on with one of ask, schedule, leaderboard, mine, stats, season, deck, settings, round, dispute, player, privacy, help.
    ");
    assert_snapshot!(ana.slash(&stage.daily, "/kquiz", "leaderboard week <!channel>").reads().await, @"
    kcard (to ana alone):
    │ There is no season named `<!channel>`.
    ");
    assert_eq!(stage.daily.messages().len(), 0);
}

#[tokio::test]
async fn a_command_that_comes_twice_is_done_once() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let ask = root.slash(&stage.daily, "/kquiz", "ask");
    ask.message().await;
    ask.comes_again();
    stage.slack.all_heard().await;
    stage.work().await;
    assert_eq!(ask.messages(), 1);
    assert_eq!(stage.daily.of_bot().len(), 1);
}

#[tokio::test]
async fn pages_turn_in_place() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let people: Vec<_> = (0..25).map(|number| stage.slack.person(&format!("p{number:02}"))).collect();
    for person in &people {
        person.reacts(&question, "three");
    }
    for person in &people {
        stage.counts(person, Some("kube-scheduler")).await;
    }
    stage.closes().await;
    let board = people[0].slash(&stage.daily, "/kquiz", "leaderboard").message().await;
    let before = board.shows();
    let next = board.controls().into_iter().find(|id| id.starts_with("r:")).expect("there is another page");
    people[0].clicks(&board, &next);
    stage.slack.until("the other page", |_| (board.shows() != before).then_some(())).await;
}

/// Slack completes nothing: a form asks for what is missing, with what there is to choose from.
#[tokio::test]
async fn what_is_missing_is_asked_for_by_a_form() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let form = root.slash(&stage.daily, "/kquiz", "season start").view().await;
    assert_snapshot!(form.shows(), @"
    == /kquiz season start ==
    │ Start a competition that ends on a day
    │ Its name: []
    │ Its last day: [ ▾]
    │ Which channels count; all of this space if none is given (optional): [ ▾]
    [Cancel] [Send]
    ");
    root.submits(&form, &[("name", &["Autumn Cup"]), ("ends", &["2026-12-24"])]);
    form.changed(2).await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ 🏁 Season *Autumn Cup* has started. It ends Fri 25 Dec 2026, 00:00 (Europe/Berlin); all channels count.
    [Close]
    ");
    let listed = root.slash(&stage.daily, "/kquiz", "season list").reads().await;
    assert!(listed.contains("Autumn Cup"), "{listed}");
}

#[tokio::test]
async fn a_schedule_is_made_by_its_form() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let form = root.slash(&stage.daily, "/kquiz", "schedule add").view().await;
    assert_snapshot!(form.shows(), @"
    == New schedule ==
    │ Ask regularly; given nothing, opens a form
    │ Name: []
    │ When: []
    │ Time zone (optional): [ ▾]
    │ Deck (optional): [ ▾]
    │ How long each is open (optional): []
    │ Only this topic (optional): [ ▾]
    │ Only cards for this exam (optional): []
    │ Only this level, 1 (first week) to 5 (years) (optional): []
    │ Only these kinds (optional): []
    │ Social (optional): [ ▾]
    │ Open ways to answer (optional): []
    │ Tries for typed answers; 3 if none is given (optional): []
    │ What players hear (optional): [ ▾]
    │ Open a thread on each question; not in a contest (optional): ☐ Yes
    │ A role or group that each question mentions (optional): []
    │ (Slack) Where each answer is shown (optional): [ ▾]
    │ In another channel than this one (optional): [ ▾]
    [Cancel] [Send]
    ");
    root.submits(&form, &[("name", &["evening"]), ("at", &["daily 18:00"])]);
    form.changed(2).await;
    let listed = root.slash(&stage.daily, "/kquiz", "schedule list").reads().await;
    assert!(listed.contains("evening"), "{listed}");
}

#[tokio::test]
async fn a_deck_is_pasted_into_its_form() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let form = root.slash(&stage.daily, "/kquiz", "deck add").view().await;
    assert_snapshot!(form.shows(), @"
    == Add a deck ==
    │ Add a deck for this space from a file, or a new version of one
    │ The deck file (optional): []
    │ Its text, pasted (optional): []
    [Cancel] [Send]
    ");
    let tea = file("tea", "brewing", &[("green", "How hot is the water for @everyone <!channel>?", "eighty degrees")]);
    root.submits(&form, &[("text", &[&tea])]);
    form.changed(2).await;
    assert_snapshot!(form.shows(), @"
    == kcard ==
    │ 🗂 *Deck tea* is added, version 1.
    │ 
    │ 1 card, 1 question (1 text)
    │ 1 topic: brewing
    │ First question: How hot is the water for @everyone <!channel>?
    │ 
    │ `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    [Close]
    ");
    let listed = root.slash(&stage.daily, "/kquiz", "deck list").reads().await;
    assert!(listed.contains("tea"), "{listed}");
}

#[tokio::test]
async fn a_deck_is_attached_to_its_form() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let tea = file("tea", "brewing", &[("green", "How hot is the water for green tea?", "eighty degrees")]);
    let sent_in = async |name: &str, bytes: &[u8]| {
        let form = root.slash(&stage.daily, "/kquiz", "deck add").view().await;
        root.submits(&form, &[("file", &[&root.attaches(name, bytes)])]);
        form.changed(2).await;
        let shows = form.shows();
        root.closes(&form);
        shows
    };
    let broken = sent_in("tea.yaml", tea.replace("level: 1", "level: 9").as_bytes()).await;
    assert!(broken.contains("from 1 to 5"), "{broken}");
    let strange = sent_in("tea.exe", b"MZ").await;
    assert!(strange.contains("no deck file by its name"), "{strange}");
    let large = sent_in("tea.yaml", &vec![b'#'; 2_000_001]).await;
    assert!(large.contains("at most 2 MB"), "{large}");
    assert_snapshot!(sent_in("tea.yaml", tea.as_bytes()).await, @"
    == kcard ==
    │ 🗂 *Deck tea* is added, version 1.
    │ 
    │ 1 card, 1 question (1 text)
    │ 1 topic: brewing
    │ First question: How hot is the water for green tea?
    │ 
    │ `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    [Close]
    ");
    assert_eq!(stage.slack.calls_of("download").len(), 3, "what is too large is not fetched");
    stage.slack.takes_scope("files:read");
    let unread = sent_in("tea.yaml", tea.as_bytes()).await;
    assert!(unread.contains("could not fetch the file"), "{unread}");
}

/// The file is fetched only for those who may add a deck.
#[tokio::test]
async fn a_file_of_who_may_not_is_left_where_it_is() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let form = ana.slash(&stage.daily, "/kquiz", "deck add").view().await;
    ana.submits(&form, &[("file", &[&ana.attaches("tea.yaml", b"deck: tea")])]);
    form.changed(2).await;
    assert!(form.shows().contains("That is for hosts and admins"), "{}", form.shows());
    assert_eq!(stage.slack.calls_of("download").len(), 0);
}

/// A mistake costs nothing that was filled in.
#[tokio::test]
async fn a_form_with_a_mistake_stays_as_it_was_filled_in() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    let form = root.slash(&stage.daily, "/kquiz", "schedule add").view().await;
    root.submits(&form, &[("name", &["evening"]), ("at", &["daily 25:00"]), ("window", &["30m"])]);
    form.changed(2).await;
    let shows = form.shows();
    for kept in ["evening", "daily 25:00", "30m", "[Send]"] {
        assert!(shows.contains(kept), "{kept} is gone: {shows}");
    }
    assert!(!shows.contains("Ask regularly"), "the reason stands in place of what the command is: {shows}");
    root.submits(&form, &[("at", &["daily 18:00"])]);
    form.changed(4).await;
    let listed = root.slash(&stage.daily, "/kquiz", "schedule list").reads().await;
    assert!(listed.contains("evening") && listed.contains("30 min"), "{listed}");
}
