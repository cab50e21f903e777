//! What a reader found of a card, before anybody looked whether it fits.

use super::Remark;
use crate::{
    decks::html,
    quiz::{deck::Level, question::Question},
};

/// What a reader found in a file.
#[derive(Debug, Default)]
pub(in crate::decks) struct Found {
    /// The deck's name as the file gives it, in words.
    pub name: Option<String>,
    /// The cards, in the order of the file.
    pub drafts: Vec<Draft>,
    /// What is no card.
    pub remarks: Vec<Remark>,
}

/// A card as it was found.
#[derive(Debug, Clone, Default)]
pub(in crate::decks) struct Draft {
    /// Where it stands in the file.
    pub place: String,
    /// The id that it brings along; one is made of its front where there is none.
    pub id: Option<String>,
    /// Markdown.
    pub front: String,
    /// Markdown.
    pub back: String,
    /// Addresses beside those in the back.
    pub sources: Vec<String>,
    pub level: Option<Level>,
    pub exams: Vec<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub questions: Vec<Question>,
    /// What of it the reader had to leave out, in words.
    pub left_out: Vec<String>,
}

/// What stands before a card's id in a note's guid, where kcard exported it.
pub(in crate::decks) const OURS: &str = "kcard:";

/// Why a cloze is not taken.
pub(in crate::decks) const NO_CLOZE: &str =
    "a cloze hides words of a text, and kcard asks questions: write it as a front and a back";

/// The most cards of a text, and the most remarks that a reader makes on it: several times what a deck file may hold.
const MAX_CARDS: usize = 20_000;

impl Found {
    /// Notes something that is no card.
    pub fn refuse(&mut self, place: impl Into<String>, why: impl Into<String>) {
        if self.remarks.len() <= MAX_CARDS {
            self.remarks.push(Remark { place: place.into(), taken: false, why: why.into() });
        }
    }

    /// Whether no more cards are looked at; then that is said.
    pub fn is_full(&mut self) -> bool {
        let is_full = self.drafts.len() >= MAX_CARDS;
        if is_full {
            self.refuse("the rest", format!("more than {MAX_CARDS} cards are not looked at: import them in parts"));
        }
        is_full
    }
}

impl Draft {
    /// Takes what tags say in the way in which they are exported: `level::2`, `exam::kcna::fundamentals`.
    pub fn tagged(&mut self, tags: &str) {
        for tag in tags.split_whitespace() {
            if let Some(level) = tag.strip_prefix("level::") {
                self.level = level.parse().ok().and_then(Level::new);
            } else if let Some(exam) = tag.strip_prefix("exam::") {
                self.exams.push(exam.replace("::", "/"));
            }
        }
    }

    /// Takes the id that a guid holds where kcard exported it: `kcard:DECK/ID`.
    pub fn identified(&mut self, guid: &str) {
        let id = guid.strip_prefix(OURS).and_then(|ours| ours.split_once('/'));
        self.id = id.map(|(_, id)| id.to_owned());
    }

    /// Takes both sides as Anki stores them, in HTML, without pictures and sounds.
    pub fn sides(&mut self, front: &str, back: &str) {
        let [front, back] = [front, back].map(html::to_markdown);
        let media = [front.media, back.media].concat();
        (self.front, self.back) = (front.markdown, back.markdown);
        if !media.is_empty() {
            self.left_out.push(format!("without {}: kcard has no pictures and sounds", media.join(", ")));
        }
    }
}
