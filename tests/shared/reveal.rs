//! A reveal, as everybody reads it.

use std::collections::BTreeMap;

/// What a reveal says of the players.
#[derive(Debug, PartialEq, Eq)]
pub struct Reveal {
    /// How many answered.
    pub answered: usize,
    /// The points of those whom it names.
    pub points: BTreeMap<String, i64>,
}

impl Reveal {
    pub fn read(text: &str) -> Self {
        let line = text.lines().find(|line| line.contains(" answered")).unwrap_or_default();
        let answered = line.trim_start().split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let winners = text.split_once("🏅 ").map_or("", |(_, winners)| winners);
        // `**ana** 10 points, **bo** 10 points and **cy** 10 points`; bold is one star on some platforms.
        let words: Vec<&str> = winners.split(['*', ' ', ',', '\n']).filter(|word| !word.is_empty()).collect();
        let points = words.windows(3).filter(|window| window[2].starts_with("point"));
        let points = points.filter_map(|window| Some((window[0].to_owned(), window[1].parse().ok()?))).collect();
        Self { answered, points }
    }
}

#[test]
fn a_reveal_is_read() {
    let text = "✅ The answer: **red**\n\n3 players answered, 2 fully right.\n1️⃣ ✅ **red** — 2 of 3\n\n🏅 **ana** 10 points and **bo** 10 points";
    let expected = Reveal { answered: 3, points: [("ana".to_owned(), 10), ("bo".to_owned(), 10)].into() };
    assert_eq!(Reveal::read(text), expected);
    assert_eq!(Reveal::read("Nobody answered this time. The next one is yours!").answered, 0);
}
