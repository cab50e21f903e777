//! What chat platforms cannot show whole. The loader bounds each text; here is tried what a message makes of all of them together.

use super::trial;
use crate::{
    chat::words::{self, CONTENT, Score},
    decks::{Part, Report},
    quiz::{
        asked::Asked,
        points::Points,
        round::Rules,
        verdict::{Credit, Verdict},
    },
};

/// The most characters of a button's label on Slack (developer documentation, "Button element"); on Discord it is 80.
const LABEL: usize = 75;
/// As many players are named in a reveal.
const PLAYERS: usize = 10;

/// Warns of what is cut short.
pub(super) fn check(report: &mut Report<'_>) {
    let rules = trial::rules();
    let mut cut = Vec::new();
    for deck in report.decks().0.values() {
        for card in &deck.cards {
            for (number, asked) in trial::questions(deck, card).iter().enumerate() {
                cut.extend(
                    parts(asked, number, &rules).into_iter().map(|part| (deck.id.clone(), card.id.clone(), part)),
                );
            }
        }
    }
    for (deck, card, part) in cut {
        let (wrong, right) = words(&part);
        report.warn(&deck, &card, &part, wrong, right);
    }
}

/// The parts of a question that somebody would not see whole.
fn parts(asked: &Asked, number: usize, rules: &Rules) -> Vec<Part> {
    let round = trial::round(asked, rules);
    let verdict = Verdict { credit: Credit::FULL, ..Verdict::default() };
    let score = Score { name: "somebody", hidden: false, verdict: &verdict, points: Points(10) };
    let question = words::question(&round).text;
    let reveal = words::reveal(&round, &[score; PLAYERS]).text;
    let label = |(at, option): &(usize, &String)| format!("{at}. {option}").chars().count() > LABEL;
    let long = (1..).zip(asked.options()).filter(label).map(|(_, option)| Part::Option(number, option.clone()));
    let ask = (!question.contains(asked.ask.trim())).then_some(Part::Ask(number));
    let back = (!reveal.contains(asked.back.trim())).then_some(Part::Back);
    let why = asked.why.as_ref().filter(|why| !reveal.contains(why.trim())).map(|_| Part::Why(number));
    long.chain(ask).chain(back).chain(why).collect()
}

fn words(part: &Part) -> (String, &'static str) {
    match part {
        Part::Option(..) => {
            let most = LABEL - "1. ".len();
            (format!("this option is cut on Slack's buttons, which take {most} characters of it"), "shorten it")
        }
        Part::Ask(_) => (
            format!(
                "this question is cut: with its options it has over {CONTENT} characters, which is all a message takes"
            ),
            "shorten it, or its options",
        ),
        Part::Back | Part::Why(_) | Part::Source(_) => (
            format!(
                "this is cut in the reveal, which has over {CONTENT} characters with the answer, `why` and the sources"
            ),
            "shorten one of them",
        ),
    }
}
