//! The one table of commands: names, options, who may, and the words of the help.

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
    /// What it does; at most 100 characters (Discord's limit).
    pub about: &'static str,
    /// Who may give it.
    pub who: Who,
    /// Its options, the required first.
    pub options: &'static [Opt],
}

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name: `topic`. In text it is given as `topic:networking` or, for the first ones, by position.
    pub name: &'static str,
    /// What it is; at most 100 characters.
    pub about: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// What it can be.
    pub kind: OptKind,
}

/// What an option can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptKind {
    /// Any text.
    Text,
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
    /// Something known only at run time, completed from memory.
    Known(Known),
}

/// What completion can offer from memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Known {
    /// Loaded decks.
    Deck,
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

/// All commands.
pub static COMMANDS: &[Spec] = &[];
