//! No reveal is missing or doubled, each shows what the players know, and the board is the sum of the reveals.

use std::collections::BTreeMap;

use crate::{
    platform::{PLAYERS, Platform, Question},
    players::ATTEMPTS,
    records::Answer,
    reveal::Reveal,
    world::World,
};

/// What a right answer earns.
const RIGHT: i64 = 10;

/// What is wrong with the reveals and the board.
pub fn wrong<P: Platform>(world: &World<P>, questions: &[Question<P::Msg>]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for channel in 0..world.platform.channels().len() {
        let mut reveals: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for revealed in world.platform.reveals(channel) {
            reveals.entry(revealed.round).or_default().push(revealed.text);
        }
        for question in questions.iter().filter(|question| question.channel == channel) {
            let round = question.round;
            if !question.is_closed() {
                wrong.push(format!("round {round} does not show that it is closed"));
            }
            let revealed = reveals.remove(&round).unwrap_or_default();
            let [reveal] = revealed.as_slice() else {
                wrong.push(format!("round {round} is revealed {} times", revealed.len()));
                continue;
            };
            let reveal = Reveal::read(reveal);
            wrong.extend(
                contradiction(&reveal, &world.game.records.of(round)).map(|how| format!("round {round}: {how}")),
            );
            for (player, points) in reveal.points {
                *sums.entry(player).or_default() += points;
            }
        }
        wrong.extend(reveals.keys().map(|round| format!("round {round} is revealed, and was not asked")));
    }
    let board = world.place.says(&["leaderboard", "all", "--space", &world.platform.space(), "--top", "100"]).out;
    if points(&board) != sums {
        wrong.push(format!("the reveals add up to {sums:?}, and the board is\n{board}"));
    }
    wrong
}

/// Where a reveal is not what the players know.
fn contradiction(reveal: &Reveal, known: &[(&'static str, Answer)]) -> Option<String> {
    let known: BTreeMap<&str, &Answer> = known.iter().map(|(who, answer)| (*who, answer)).collect();
    if let Some((stranger, _)) = reveal.points.iter().find(|(player, _)| !known.contains_key(player.as_str())) {
        return Some(format!("{stranger} did not answer and scored: {reveal:?}"));
    }
    let (mut least, mut most) = (0, 0);
    for who in PLAYERS {
        let Some(answer) = known.get(who) else { continue };
        let possible = answer.possible();
        least += usize::from(!possible.contains(&None));
        most += usize::from(possible.iter().any(Option::is_some));
        let fits = match reveal.points.get(who) {
            Some(points) => *points == RIGHT && possible.contains(&Some(true)),
            None => possible.iter().any(|stands| *stands != Some(true)),
        };
        if !fits {
            return Some(format!("{who} may have {possible:?} by {answer:?}, and it says {reveal:?}"));
        }
        if let Some(how) = answer.miscounted(ATTEMPTS) {
            return Some(format!("{who}: {how}"));
        }
    }
    let fits = (least..=most).contains(&reveal.answered);
    (!fits).then(|| format!("from {least} to {most} answered, and it says {reveal:?}; {known:?}"))
}

/// Who has how many points on a printed board; nobody who has none.
fn points(board: &str) -> BTreeMap<String, i64> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(['│', '┆']).map(str::trim).collect();
        let points: i64 = cells.get(3)?.parse().ok()?;
        (points > 0).then(|| (cells[2].to_owned(), points))
    };
    board.lines().filter_map(row).collect()
}

#[test]
fn a_board_is_read() {
    let board = "┌──────┬────────┬────────┐\n│ Rank ┆ Player ┆ Points │\n╞══════╪════════╪════════╡\n│    1 ┆ ana    ┆    120 │\n│    2 ┆ bo     ┆      0 │\n└──────┴────────┴────────┘\n";
    assert_eq!(points(board), [("ana".to_owned(), 120)].into());
}
