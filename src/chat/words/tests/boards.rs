use insta::assert_snapshot;
use jiff::{ToSpan, tz::TimeZone};

use super::*;
use crate::{
    chat::command::{BoardPeriod, Command, parse},
    quiz::{
        deck::{Card, Deck},
        id::{ChannelId, PlayerId, SeasonId, SpaceId},
        season::{Season, podium},
        standing::Standing,
    },
};

fn standing(rank: i64, name: &str, points: i64) -> Standing {
    let player = PlayerId::new(format!("web:{name}"));
    Standing { rank, player, name: name.into(), points: Points(points), credit: 1_000, answered: 7 }
}

fn rows() -> Vec<Standing> {
    vec![standing(1, "ana", 40), standing(2, "bo", 30), standing(2, "c*y", 30), standing(4, "dee", 1)]
}

fn page<'a>(rows: &'a [Standing], own: Option<&'a Standing>) -> board::BoardView<'a> {
    board::BoardView { period: BoardPeriod::Week, season: None, rows, players: 4, own, hidden: false, page: 1 }
}

#[test]
fn a_leaderboard() {
    let rows = rows();
    assert_snapshot!(replied(&board::leaderboard(&page(&rows, Some(&rows[0])))), @r"
    🏆 **Leaderboard: this week**

    🥇 ana — 40 points⏎
    🥈 bo — 30 points⏎
    🥈 c\*y — 30 points⏎
    4\. dee — 1 point
    ");
}

#[test]
fn a_page_in_the_middle_of_a_season_with_ones_own_place_elsewhere() {
    let (rows, own) = (rows(), standing(31, "me", 1));
    let view = board::BoardView { season: Some("Autumn Cup"), players: 35, page: 2, ..page(&rows, Some(&own)) };
    let reply = board::leaderboard(&view);
    assert_snapshot!(replied(&reply), @r#"
    🏆 **Leaderboard: season Autumn Cup**

    🥇 ana — 40 points⏎
    🥈 bo — 30 points⏎
    🥈 c\*y — 30 points⏎
    4\. dee — 1 point

    Page 2 of 4, 35 players.

    You are 31st with 1 point.
    (◀ Page before) r:kquiz leaderboard season:"Autumn Cup" page:1
    (Next page ▶) r:kquiz leaderboard season:"Autumn Cup" page:3
    "#);
    let lines = reply.controls.iter().map(|control| match control {
        Control::Button { id: ControlId::Run(line), .. } => parse(line, "web").unwrap(),
        other => panic!("{other:?}"),
    });
    let turned = |page| Command::Leaderboard { period: None, season: Some("Autumn Cup".into()), page };
    assert!(lines.eq([turned(1), turned(3)]));
}

#[test]
fn no_leaderboard_yet_no_such_page_and_a_hidden_player() {
    let rows = rows();
    assert_snapshot!(replied(&board::leaderboard(&board::BoardView { players: 0, ..page(&[], None) })), @r"
    🏆 **Leaderboard: this week**

    Nobody has points here yet. The next question is a good start.
    ");
    assert_snapshot!(replied(&board::leaderboard(&board::BoardView { page: 9, ..page(&[], None) })), @r"
    🏆 **Leaderboard: this week**

    There is no page 9: the last is page 1.
    ");
    let own = standing(3, "me", 20);
    assert_snapshot!(replied(&board::leaderboard(&board::BoardView { hidden: true, ..page(&rows[..1], Some(&own)) })), @r"
    🏆 **Leaderboard: this week**

    🥇 ana — 40 points

    You are hidden; you would be 3rd with 20 points.
    ");
    assert_snapshot!(replied(&board::no_season()), @"No season is running. `/kquiz season list` shows those that were.");
}

#[test]
fn nobody_sees_the_accuracy_of_others() {
    let mut rows = rows();
    let before = board::leaderboard(&page(&rows, None));
    for row in &mut rows {
        (row.credit, row.answered) = (99_999, 1);
    }
    assert_eq!(board::leaderboard(&page(&rows, None)), before);
}

#[test]
fn buttons_fit_their_limit_for_the_longest_names() {
    let rows = rows();
    let name = "\u{1f3c6} x".repeat(14).chars().take(40).collect::<String>();
    let view = board::BoardView { season: Some(&name), players: 1_000_000, page: 99_999, ..page(&rows, None) };
    let season = Season { name: name.clone(), ..season() };
    let shown = seasons::show(&season, &rows, 9, &TimeZone::UTC, now());
    for control in board::leaderboard(&view).controls.iter().chain(&shown.controls) {
        let Control::Button { id, .. } = control else { panic!("{control:?}") };
        assert_eq!(ControlId::try_from(String::from(id.clone())), Ok(id.clone()));
    }
}

fn season() -> Season {
    Season {
        id: SeasonId(1),
        space: SpaceId::new("web"),
        name: "Autumn Cup".into(),
        starts: now() - 24.hours(),
        ends: now() + 48.hours(),
        channels: [ChannelId::new("web:daily-quiz")].into(),
        frozen: None,
    }
}

fn over() -> Season {
    Season { name: "Summer".into(), ends: now() - 1.hour(), frozen: Some(now()), channels: [].into(), ..season() }
}

#[test]
fn a_season_from_start_to_podium() {
    let (rows, zone) = (rows(), TimeZone::UTC);
    assert_snapshot!(replied(&seasons::started(&season(), &zone)), @r"🏁 Season **Autumn Cup** has started. It ends Wed 25 Nov 2026, 08:00 (UTC); \#daily-quiz counts.");
    assert_snapshot!(replied(&seasons::ended("Autumn Cup")), @"Season **Autumn Cup** has ended. The podium follows when its last round is closed.");
    assert_snapshot!(replied(&seasons::show(&over(), &rows[..3], 4, &zone, now())), @r"
    🏁 **Season Summer**

    It ended Mon 23 Nov 2026, 07:00 (UTC); all channels count.

    🥇 ana — 40 points⏎
    🥈 bo — 30 points⏎
    🥈 c\*y — 30 points

    4 players in all.
    (Whole leaderboard) r:kquiz leaderboard season:Summer
    ");
    let best: Vec<Standing> = podium(&rows).into_iter().cloned().collect();
    assert_snapshot!(visible(&seasons::announcement("Autumn Cup", &best, 4)), @r"
    🏁 **Season Autumn Cup is over!**

    🥇 ana — 40 points⏎
    🥈 bo — 30 points⏎
    🥈 c\*y — 30 points

    4 players took part. Thank you for playing!
    ");
    assert_snapshot!(seasons::announcement("Autumn Cup", &[], 0), @r"
    🏁 **Season Autumn Cup is over!**

    Nobody scored in it. The next one is open to all.
    ");
    assert_snapshot!(replied(&seasons::list(&[over()], &zone, now())), @r"
    🏁 **1 season**

    **Summer** — ended Mon 23 Nov 2026, 07:00 (UTC)
    ");
    assert_snapshot!(replied(&seasons::list(&[], &zone, now())), @"There was no season yet. A host starts one with `/kquiz season start`.");
    let said = [seasons::over("Summer"), seasons::name_taken("Summer"), seasons::ends_too_early(), seasons::bad_name()];
    assert_snapshot!(said.map(|reply| reply.text).join("\n"), @r"
    Season **Summer** is over already.
    There is a season named **Summer** already. Choose another name.
    A season ends today at the earliest. Give its last day as `ends:2026-12-24`.
    A season's name has 1 to 40 characters, such as `winter 2026`.
    ");
}

#[test]
fn ones_own_answers_and_figures() {
    let (asked, typed, channel) = (choice(), list(), ChannelId::new("web:daily-quiz"));
    let closes = Some(now() + 90.minutes());
    let open = [
        own::MineView {
            channel: &channel,
            asked: &asked,
            shown: Some("kube-scheduler"),
            tries_left: None,
            closes,
            link: None,
        },
        own::MineView {
            channel: &channel,
            asked: &typed,
            shown: None,
            tries_left: Some(2),
            closes,
            link: Some("https://town.example/m2"),
        },
    ];
    assert_snapshot!(replied(&own::mine(&open, now())), @r"
    Which component picks a node for a new Pod? (\#daily-quiz)⏎
    Your answer: `kube-scheduler`, closes in 1 h 30 min

    Name the components of the control plane. (\#daily-quiz, [go there](https://town.example/m2))⏎
    No answer of yours counts yet, 2 tries left, closes in 1 h 30 min
    ");
    assert_snapshot!(replied(&own::mine(&[], now())), @"You have no answer in an open round.");
    assert_eq!(own::open(&open, now()).text, format!("❓ **Open questions**\n\n{}", own::mine(&open, now()).text));
    assert_snapshot!(replied(&own::open(&[], now())), @"
    ❓ **Open questions**

    No question is open right now.
    ");
    let topics = [("architecture", 4, 40_000), ("work_loads", 3, 10_000), ("storage", 0, 0)];
    let stats = own::StatsView { points: 50, rank: Some(12), answered: 7, right: 4, credit: 50_000, topics: &topics };
    assert_snapshot!(replied(&own::stats(&stats)), @r"
    📈 **Your figures**

    50 points from 7 rounds, 12th place; 4 fully right. Accuracy: 71%.

    By topic, the weakest first:⏎
    work\_loads — 33% over 3 rounds⏎
    architecture — 100% over 4 rounds
    ");
    assert_snapshot!(replied(&own::stats(&own::StatsView { answered: 0, topics: &[], ..stats })), @"You have no closed round yet. Your figures begin with your first one.");
}

fn deck(cards: usize) -> Deck {
    let card = |number: usize| Card {
        id: CardId::new(format!("card-{number}")),
        topic: if number < 2 { "architecture".into() } else { "workloads".into() },
        level: Level::new(2).unwrap(),
        exams: Vec::new(),
        since: None,
        until: None,
        front: format!("What is *front* {number}?"),
        back: "secret".into(),
        sources: Vec::new(),
        questions: Vec::new(),
    };
    Deck::new(DeckId::new("kubernetes"), (0..cards).map(card).collect())
}

#[test]
fn a_long_podium_is_cut() {
    let equals: Vec<Standing> = (0..24).map(|at| standing(1, &format!("p{at:02}"), 10)).collect();
    let said = seasons::announcement("Summer", &equals, 24);
    assert!(said.contains("p09") && !said.contains("p10") && said.contains("and 14 more"), "{said}");
}

#[test]
fn decks_without_answers() {
    let deck = deck(12);
    assert_snapshot!(replied(&decks::list([&deck].into_iter(), &[], &TimeZone::UTC)), @r"
    🗂 **Decks**

    **kubernetes** — 12 cards; 2 topics: architecture, workloads
    ");
    assert_snapshot!(replied(&decks::list(std::iter::empty(), &[], &TimeZone::UTC)), @"No deck is loaded.");
    assert_snapshot!(replied(&decks::show(&deck, None, 2)), @r"
    🗂 **Deck kubernetes**: 12 cards, page 2 of 2

    What is \*front\* 10? (level 2, workloads)⏎
    What is \*front\* 11? (level 2, workloads)
    (◀ Page before) r:kquiz deck show deck:kubernetes page:1
    ");
    assert_snapshot!(replied(&decks::show(&deck, Some("architecture"), 1)), @r"
    🗂 **Deck kubernetes on architecture**: 2 cards, page 1 of 1

    What is \*front\* 0? (level 2, architecture)⏎
    What is \*front\* 1? (level 2, architecture)
    ");
    assert_snapshot!(replied(&decks::show(&deck, Some("nothing"), 1)), @"Deck kubernetes has no card on nothing.");
    assert!(!decks::show(&deck, None, 1).text.contains("secret"));
    let long = Deck::new(DeckId::new("d".repeat(60)), deck.cards);
    let paged = decks::show(&long, None, 1);
    assert_eq!((long.cards.len(), paged.controls.len()), (12, 1));
    let cards = long.cards.into_iter().map(|card| Card { topic: "t".repeat(60), ..card }).collect();
    let wide = Deck::new(long.id, cards);
    let paged = decks::show(&wide, Some(&"t".repeat(60)), 1);
    assert!(paged.text.contains("page 1 of 2") && paged.controls.is_empty(), "no button holds such names");
}
