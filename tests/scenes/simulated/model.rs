//! What may be at the end, from what people did and saw. It knows the promises (DESIGN.md, section 8) and none of the code.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::op::Act;

/// How late a slot may still be asked: the default.
pub const CATCH_UP: SignedDuration = SignedDuration::from_hours(2);

/// How a player may stand at the end: right, wrong, or not at all.
pub type Possible = BTreeSet<Option<bool>>;

/// What one player did to one round, in the order in which it happened.
#[derive(Debug, Clone, Default)]
pub struct Acts(Vec<Done>);

#[derive(Debug, Clone, Copy)]
struct Done {
    act: Act,
    /// The player was told that it is in. What was not heard is read back later.
    told: bool,
}

/// Something that stands: which option, and whether the bot heard of it when it was put.
#[derive(Debug, Clone, Copy)]
struct Stands {
    reaction: bool,
    option: usize,
    told: bool,
}

impl Acts {
    pub fn add(&mut self, act: Act, told: bool) {
        self.0.push(Done { act, told });
    }

    /// Replies and forms so far.
    pub fn typed(&self) -> usize {
        self.0.iter().filter(|done| matches!(done.act, Act::Replies(_) | Act::Presses(_))).count()
    }

    /// What stands, oldest first: reactions, and the last of what was said directly.
    fn standing(&self) -> Vec<Stands> {
        let mut standing: Vec<Stands> = Vec::new();
        for Done { act, told } in self.0.iter().copied() {
            match act {
                Act::Reacts(option) => {
                    standing.retain(|one| !(one.reaction && one.option == option));
                    standing.push(Stands { reaction: true, option, told });
                }
                Act::TakesBack(option) => standing.retain(|one| !(one.reaction && one.option == option)),
                Act::Replies(option) | Act::Presses(option) => {
                    standing.retain(|one| one.reaction);
                    standing.push(Stands { reaction: false, option, told });
                }
            }
        }
        standing
    }

    /// Whether this reaction stands now.
    pub fn has_reacted(&self, option: usize) -> bool {
        self.standing().iter().any(|one| one.reaction && one.option == option)
    }

    /// Whether the bot did not hear all of it when it was done.
    fn is_unheard(&self) -> bool {
        self.0.iter().any(|done| !done.told)
    }

    /// Of a choice the last that stands counts. Where the bot did not hear all of it, and more than one thing stands, nobody can know which
    /// came last.
    pub fn chosen(&self, clock_went_back: bool) -> Possible {
        let standing = self.standing();
        let right = |one: &Stands| Some(one.option == 0);
        if clock_went_back && self.is_unheard() {
            return anything();
        }
        match standing.as_slice() {
            [] => [None].into(),
            [one] => [right(one)].into(),
            many if many.iter().all(|one| one.told) => many.last().map(right).into_iter().collect(),
            many => many.iter().map(right).chain([None]).collect(),
        }
    }

    /// Of what is typed the best counts.
    pub fn best(&self, clock_went_back: bool) -> Possible {
        if clock_went_back && self.is_unheard() {
            return anything();
        }
        let said = |done: &Done| match done.act {
            Act::Replies(option) | Act::Presses(option) => Some(option == 0),
            Act::Reacts(_) | Act::TakesBack(_) => None,
        };
        [self.0.iter().filter_map(said).max()].into()
    }
}

/// What was not heard has only its time to tell when it came, and that is worth nothing where the clock went back.
fn anything() -> Possible {
    [None, Some(false), Some(true)].into()
}

/// The slots of `0 * * * *`: each whole hour.
pub fn hourly(after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let hour = |second: i64| Timestamp::from_second(second).expect("a time of our age");
    let first = after.as_second().div_euclid(3_600) * 3_600 + 3_600;
    (first..=until.as_second()).step_by(3_600).map(hour).collect()
}

/// The slots of `daily 02:30` in Berlin, in the years 2026 and 2027: winter's time is an hour ahead of UTC, summer's two; what the change
/// to summer's skips comes when it is over, what the other repeats comes once.
pub fn nightly(after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let change = |day: &str| day.parse::<Date>().expect("a date");
    let (spring, autumn) = (change("2027-03-28"), change("2027-10-31"));
    let at = |date: Date| {
        let utc = |hour, minute| date.at(hour, minute, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp();
        match date {
            date if date == spring => utc(1, 0),
            date if date > spring && date <= autumn => utc(0, 30),
            _ => utc(1, 30),
        }
    };
    let day = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
    let days = day(after).series(jiff::ToSpan::day(1)).take_while(|date| *date <= day(until));
    days.map(at).filter(|slot| *slot > after && *slot <= until).collect()
}
