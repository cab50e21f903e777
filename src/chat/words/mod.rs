//! Every word that people read, in one place, as plain Markdown: short, kind, without blame, every number with its unit.
//!
//! A room a subject, pure functions over quiz types. What authors wrote as Markdown (wording, back, why) goes through; what is data
//! (names, options, what somebody typed) is escaped by [`plain`] and can never become structure. Mentions are the face's to close.
//! A line break that must show is written as two spaces and a newline.

pub mod answers;
pub mod board;
pub mod card;
pub mod corrections;
pub mod decks;
pub mod disputes;
pub mod own;
pub mod players;
pub mod privacy;
mod question;
mod reveal;
pub mod rounds;
pub mod schedules;
pub mod seasons;
pub mod settings;
mod tally;
#[cfg(test)]
mod tests;
mod text;
pub mod trouble;

pub use question::{RoundView, ending, question, thread};
pub use reveal::{Score, last, reveal};
pub use text::{CONTENT, code, keycap, plain, shorten, who};

/// What the admin of a space reads in which kcard is new.
pub fn greeting() -> String {
    "Thank you for the invitation! Go to the channel that is to have a quiz and type `/kquiz ask`: there is your first question. \
     `/kquiz schedule add` asks one every day, and `/kquiz help` tells the rest."
        .into()
}
