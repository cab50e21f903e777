//! What each player knows of each round: what they did and what they were told. From this alone follows what may count at the end.

use std::{cell::RefCell, collections::BTreeMap};

/// What came of one press or one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// That it is in, and how many tries are left where the answer is typed.
    In(Option<u8>),
    /// That it is not, for good.
    Refused,
    /// Nothing: nobody knows.
    Nothing,
}

impl Told {
    /// By what the player read.
    pub fn read(said: Option<&str>) -> Self {
        let Some(said) = said else { return Self::Nothing };
        if !said.starts_with("It is in") {
            return Self::Refused;
        }
        let left = said.find(" left;").and_then(|end| said[..end].split([' ', '.']).rev().nth(1)?.parse().ok());
        Self::In(left.or_else(|| said.contains("your last try").then_some(0)))
    }
}

/// One press or one form.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    pub right: bool,
    pub told: Told,
}

/// How a player answered a round; one way each.
#[derive(Debug, Clone)]
pub enum Answer {
    /// What stands on the message at the close counts, whoever was listening: a reaction, or the last of some replies. Right or not,
    /// or withdrawn.
    Standing(Option<bool>),
    /// Typed as replies: the best counts.
    Typed(Vec<bool>),
    /// Presses, of which the last that came in counts.
    Pressed(Vec<Deed>),
    /// Forms, of which the best that came in counts.
    Forms(Vec<Deed>),
}

/// How a player's answer may stand at the end: right, wrong, or not at all.
pub type Possible = Vec<Option<bool>>;

impl Answer {
    /// What may count at the end.
    pub fn possible(&self) -> Possible {
        match self {
            Self::Standing(stands) => vec![*stands],
            Self::Typed(tries) => vec![Some(tries.contains(&true))],
            Self::Pressed(deeds) => {
                let last = deeds.iter().rposition(|deed| matches!(deed.told, Told::In(_)));
                let unknown = deeds[last.map_or(0, |last| last + 1)..].iter().filter(|deed| deed.told == Told::Nothing);
                let known = last.map(|last| deeds[last].right);
                std::iter::once(known).chain(unknown.map(|deed| Some(deed.right))).collect()
            }
            Self::Forms(deeds) => {
                let of =
                    |right: bool, is: fn(Told) -> bool| deeds.iter().any(|deed| deed.right == right && is(deed.told));
                let is_in = |told| matches!(told, Told::In(_));
                let unknown = |told| told == Told::Nothing;
                match (of(true, is_in), of(false, is_in)) {
                    (true, _) => vec![Some(true)],
                    (false, wrong) => {
                        let mut possible = vec![if wrong { Some(false) } else { None }];
                        possible.extend(of(false, unknown).then_some(Some(false)));
                        possible.extend(of(true, unknown).then_some(Some(true)));
                        possible
                    }
                }
            }
        }
    }

    /// What is wrong with the tries that the player was told to have left: each form takes one, also where its answer was lost, and none
    /// takes two.
    pub fn miscounted(&self, attempts: u8) -> Option<String> {
        let Self::Forms(deeds) = self else { return None };
        let (mut known, mut unknown) = (0, 0);
        for deed in deeds {
            match deed.told {
                Told::Nothing => unknown += 1,
                Told::Refused => {}
                Told::In(None) => return Some(format!("how many tries are left was not told: {deeds:?}")),
                Told::In(Some(left)) => {
                    known += 1;
                    let used = attempts - left;
                    if !(known..=known + unknown).contains(&used) {
                        return Some(format!(
                            "{used} tries are used after {known} told and {unknown} untold: {deeds:?}"
                        ));
                    }
                }
            }
        }
        None
    }
}

/// What all players know.
#[derive(Default)]
pub struct Records(RefCell<BTreeMap<(i64, &'static str), Answer>>);

impl Records {
    /// How a player answered a round so far.
    pub fn notes(&self, round: i64, who: &'static str, answer: Answer) {
        self.0.borrow_mut().insert((round, who), answer);
    }

    pub fn answered(&self, round: i64, who: &'static str) -> bool {
        self.0.borrow().contains_key(&(round, who))
    }

    /// Who answered a round, and how.
    pub fn of(&self, round: i64) -> Vec<(&'static str, Answer)> {
        let records = self.0.borrow();
        records.iter().filter(|((of, _), _)| *of == round).map(|((_, who), answer)| (*who, answer.clone())).collect()
    }

    /// How many answers there are, and how many presses and forms were told to be in.
    pub fn counts(&self) -> (usize, usize) {
        let records = self.0.borrow();
        let told = |answer: &Answer| match answer {
            Answer::Pressed(deeds) | Answer::Forms(deeds) => {
                deeds.iter().filter(|deed| matches!(deed.told, Told::In(_))).count()
            }
            Answer::Standing(_) | Answer::Typed(_) => 0,
        };
        (records.len(), records.values().map(told).sum())
    }
}

#[test]
fn what_was_told_is_read() {
    let read = |said: &str| Told::read(Some(said));
    assert_eq!(read("It is in: black. 2 tries left; your best one counts."), Told::In(Some(2)));
    assert_eq!(read("It is in. 1 try left; your best one counts."), Told::In(Some(1)));
    assert_eq!(read("It is in: `x`. That was your last try; your best one counts."), Told::In(Some(0)));
    assert_eq!(read("It is in: red. You can change it until the close."), Told::In(None));
    assert_eq!(read("This round is closed, so this answer does not count."), Told::Refused);
    assert_eq!(Told::read(None), Told::Nothing);
}
