//! The figures, and the table in docs/marking.md that must say them.

use std::{env, fs, rc::Rc};

use kcard::quiz::asked::Asked;

use crate::Answer;

/// Credits that differ by no more are the same.
pub const ALIKE: f64 = 0.1 + 1e-9;

const DOCS: &str = "docs/marking.md";
const BEGIN: &str = "<!-- figures: `UPDATE_DOCS=1 cargo test --test marking` writes them -->\n";
const END: &str = "<!-- end of figures -->\n";

/// How often a rule gave what is fair, more, or less.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    answers: u32,
    more: u32,
    less: u32,
}

/// The figures of one rule.
pub struct Measured {
    pub name: &'static str,
    pub tuning: Figures,
    pub kept: Figures,
}

impl Figures {
    pub fn of(answers: &[(Rc<Asked>, &Answer)], mark: fn(&Asked, &str) -> f64) -> Self {
        answers.iter().fold(Self::default(), |figures, (asked, fair)| {
            let off = mark(asked, &fair.text) - fair.credit;
            Self {
                answers: figures.answers + 1,
                more: figures.more + u32::from(off > ALIKE),
                less: figures.less + u32::from(off < -ALIKE),
            }
        })
    }

    fn and(self, other: Self) -> Self {
        Self { answers: self.answers + other.answers, more: self.more + other.more, less: self.less + other.less }
    }

    pub fn agreement(self) -> f64 {
        f64::from(self.answers - self.more - self.less) / f64::from(self.answers)
    }

    pub fn false_accepts(self) -> f64 {
        f64::from(self.more) / f64::from(self.answers)
    }

    fn false_refusals(self) -> f64 {
        f64::from(self.less) / f64::from(self.answers)
    }
}

/// A row for each rule and set of answers.
pub fn table(all: &[Measured]) -> String {
    let head =
        "| answers | rule | agreement | false accepts | false refusals |\n| --- | --- | --- | --- | --- |\n".to_owned();
    let kept = all.iter().map(|measured| ("kept back", measured.name, measured.kept));
    let tuning = all.iter().map(|measured| ("tuned on", measured.name, measured.tuning));
    let both = all.iter().map(|measured| ("all", measured.name, measured.kept.and(measured.tuning)));
    kept.chain(tuning).chain(both).fold(head, |table, (set, rule, figures)| {
        let percent = |share: f64| format!("{:.1}%", 100.0 * share);
        let shares = [figures.agreement(), figures.false_accepts(), figures.false_refusals()].map(percent);
        format!("{table}| {set}: {} | {rule} | {} |\n", figures.answers, shares.join(" | "))
    })
}

/// Fails where the docs say something else; writes them anew where `UPDATE_DOCS` is set.
pub fn check(table: &str) {
    let docs = fs::read_to_string(DOCS).expect(DOCS);
    let (before, rest) = docs.split_once(BEGIN).expect("where the figures begin");
    let (said, after) = rest.split_once(END).expect("where the figures end");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(DOCS, [before, BEGIN, table, END, after].concat()).expect(DOCS);
    } else {
        assert_eq!(said, table, "{DOCS} is out of date: UPDATE_DOCS=1 cargo test --test marking");
    }
}
