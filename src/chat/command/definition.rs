//! What a command is: its words, options, who may, and the words of its help. [`COMMANDS`] is the one table of them.
//!
//! Within the limits of Discord's application commands (developer documentation, "Application Commands"): names of 1 to 32 lower case
//! letters, descriptions of at most 100 characters, 25 options, 25 choices and 25 subcommands, three words deep at most.

pub use super::table::{COMMANDS, GROUPS};
use super::{Command, args::Args};

/// Who may give a command. In order: who may more is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Everyone.
    Everyone,
    /// Hosts and admins.
    Host,
    /// Admins only.
    Admin,
}

/// One command of the table.
#[derive(Debug)]
pub struct Spec {
    /// Its words without the slash: `kcard`, or `kquiz schedule add`.
    pub words: &'static [&'static str],
    /// What it does; at most 100 characters.
    pub about: &'static str,
    /// Who may give it. [`Command::who`] knows where only looking is open to more.
    pub who: Who,
    /// Its options, the required first.
    pub options: &'static [Opt],
    /// Given with nothing at all, it is asked by a form of this title and its first five options; then nothing is required of the
    /// command line. At most 45 characters.
    pub form: Option<&'static str>,
    /// A whole command line, for its help.
    pub example: &'static str,
    /// Makes the command from checked values.
    pub(super) make: fn(&Args) -> Command,
}

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name: `topic`. In text it is given as `topic:networking` or, unless `named`, by position.
    pub name: &'static str,
    /// What it is, at most 100 characters; what stands before a colon is its label in a form, and the rest the hint.
    pub about: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it is only given by its name.
    pub named: bool,
    /// What it can be.
    pub kind: OptKind,
}

/// What an option can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptKind {
    /// Any text, at most 300 characters.
    Text,
    /// A new name: 1 to 40 characters without line breaks and quotation marks.
    Name,
    /// A whole number in this range.
    Number(i64, i64),
    /// Yes or no; its bare name means yes.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A date: `2026-12-24`.
    Date,
    /// A channel of this space.
    Channel,
    /// Channels of this space, separated by commas or spaces.
    Channels,
    /// People, roles or groups, separated by commas, or by spaces before `@` and `<`.
    People,
    /// One role or group.
    Group,
    /// Something known only at run time, completed from memory.
    Known(Known),
    /// A file, attached to the command or to its form; it comes as [`crate::chat::Upload`].
    File,
    /// A text of many lines, at most 4,000 characters: for a form, which keeps its lines.
    Pasted,
}

/// The largest number that a platform's typed option takes (Discord: 2^53 - 1).
pub const BIGGEST: i64 = (1 << 53) - 1;

/// What completion can offer from memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// The decks of the space and of the process.
    Deck,
    /// The space's own decks.
    OwnDeck,
    /// Topics of all decks.
    Topic,
    /// Exams and competencies of all decks.
    Exam,
    /// Cards of all decks.
    Card,
    /// The space's schedules.
    Schedule,
    /// The space's seasons.
    Season,
    /// IANA zones.
    Zone,
}

/// The command of these words: `kquiz schedule add`.
pub fn spec(words: &str) -> Option<&'static Spec> {
    COMMANDS.iter().find(|spec| spec.words.iter().copied().eq(words.split_whitespace()))
}

impl Spec {
    /// Its words as they are typed, with the slash.
    pub fn line(&self) -> String {
        format!("/{}", self.words.join(" "))
    }

    /// The option of that name, whatever its case.
    pub fn option(&self, name: &str) -> Option<&'static Opt> {
        self.options.iter().find(|option| option.name.eq_ignore_ascii_case(name))
    }
}

impl Opt {
    /// Whether its values are completed at run time, by [`super::complete::offered`].
    pub fn is_completed(&self) -> bool {
        matches!(self.kind, OptKind::Known(_)) || self.names_a_command()
    }

    /// Whether it can stand in a command line.
    pub fn is_typed(&self) -> bool {
        !matches!(self.kind, OptKind::File | OptKind::Pasted)
    }

    /// Whether its values are commands (`/kquiz help command:`).
    pub(super) fn names_a_command(&self) -> bool {
        self.kind == OptKind::Text && self.name == "command"
    }
}

impl OptKind {
    /// Whether a value can be several words.
    pub fn is_wordy(self) -> bool {
        matches!(self, Self::Text | Self::Name | Self::Channels | Self::People | Self::Group | Self::Known(_))
    }
}
