//! Right options that stand out by their length: who picks the longest should fare no better than who guesses.

use crate::{
    decks::{node::Node, report::Faults},
    quiz::question::{Body, Question},
};

/// A right option that is this much longer than every wrong one, and by this many characters, gives itself away.
const TIMES: f64 = 1.5;
const CHARACTERS: usize = 8;
/// How far above chance a file may come, in standard deviations: by luck alone one file in forty is above.
const LUCK: f64 = 2.0;
/// Fewer questions say nothing about a file.
const FEWEST: f64 = 3.0;

/// The choices of one file.
#[derive(Debug, Default)]
pub(super) struct File {
    /// How many have the right option as the longest.
    longest: f64,
    /// How many would by chance, and the variance of that.
    chance: f64,
    variance: f64,
}

impl File {
    /// Says if a question's right options stand out, and counts it.
    pub(super) fn check(&mut self, question: &Question, node: &Node, faults: &mut Faults<'_>) {
        let (key, shortest_right, others) = match &question.body {
            Body::Choice { answer, others } => ("answer", length(answer), others),
            Body::Multiple { answers, others } => {
                ("answers", answers.iter().map(|answer| length(answer)).min().unwrap_or(0), others)
            }
            Body::List { .. } | Body::Text { .. } | Body::Command { .. } => return,
        };
        let longest_wrong = others.iter().map(|other| length(other)).max().unwrap_or(0);
        if let Body::Choice { .. } = question.body {
            let chance = 1.0 / count(others.len() + 1);
            self.longest += f64::from(u8::from(shortest_right > longest_wrong));
            self.chance += chance;
            self.variance += chance * (1.0 - chance);
        }
        let stands_out =
            shortest_right >= longest_wrong + CHARACTERS && count(shortest_right) >= TIMES * count(longest_wrong);
        if let Some(right) = node.get(key).filter(|_| stands_out) {
            let wrong = format!(
                "the right answer stands out: {shortest_right} characters, and {longest_wrong} in the longest wrong one"
            );
            faults.say(right.point(), wrong, "write options of about the same length");
        }
    }

    /// Says if the right option is the longest more often than by chance in the whole file.
    pub(super) fn finish(self, file: &Node, faults: &mut Faults<'_>) {
        let most = (self.chance + LUCK * self.variance.sqrt()).max(FEWEST - 1.0);
        if let Some(topic) = file.get("topic").filter(|_| self.longest > most) {
            let wrong = format!(
                "in {:.0} choices of this file the right option is the longest, by chance it would be in {:.0}",
                self.longest, self.chance
            );
            faults.say(topic.point(), wrong, "shorten right options, or write wrong ones that are as long");
        }
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// A number of options or characters, which are few.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
