//! The command language, defined once: it gives Discord its slash commands with options and completion, and Slack and web their
//! parser, help and completion.
//!
//! [`COMMANDS`] is the one table; the rest of this room reads it.

mod args;
pub mod complete;
pub mod definition;
pub mod help;
mod line;
pub mod parse;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use self::args::Args;
use crate::{
    chat::{Upload, words::code},
    quiz::{
        id::{CaseId, ChannelId, RoundId},
        question::Kind,
    },
};
pub use definition::{COMMANDS, Spec, Who};
pub use parse::{Lacking, UsageError, lacking, parse, quoted};

/// A command, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// `/kcard [topic] [deck] [public]`: a card on demand.
    Card {
        /// Only this topic.
        topic: Option<String>,
        /// From this deck.
        deck: Option<String>,
        /// Shown to all in the channel.
        public: bool,
    },
    /// `/kquiz ask [deck] [topic] [kind] [card]`: a question now, in this channel.
    Ask {
        /// From this deck.
        deck: Option<String>,
        /// Only this topic.
        topic: Option<String>,
        /// Only this kind.
        kind: Option<Kind>,
        /// This very card.
        card: Option<String>,
    },
    /// `/kquiz schedule add …`. With nothing given it is a form.
    ScheduleAdd(Box<ScheduleArgs>),
    /// `/kquiz schedule list`.
    ScheduleList,
    /// `/kquiz schedule pause NAME [until]`.
    SchedulePause {
        /// Which.
        name: String,
        /// First date on which it asks again; until resumed where `None`.
        until: Option<Date>,
    },
    /// `/kquiz schedule resume NAME`.
    ScheduleResume {
        /// Which.
        name: String,
    },
    /// `/kquiz schedule skip NAME DATE`.
    ScheduleSkip {
        /// Which.
        name: String,
        /// The local date.
        date: Date,
    },
    /// `/kquiz schedule remove NAME`.
    ScheduleRemove {
        /// Which.
        name: String,
    },
    /// `/kquiz leaderboard [period] [season] [page]`.
    Leaderboard {
        /// Which rounds count; all where `None` and no season is named.
        period: Option<BoardPeriod>,
        /// A season's name.
        season: Option<String>,
        /// From 1.
        page: u32,
    },
    /// `/kquiz mine`: one's own open answers.
    Mine,
    /// `/kquiz stats`: one's own figures.
    Stats,
    /// `/kquiz season start NAME ends [channels]`.
    SeasonStart {
        /// Its name.
        name: String,
        /// Its last local date.
        ends: Date,
        /// Which channels count; all of the space where empty.
        channels: Vec<ChannelId>,
    },
    /// `/kquiz season end NAME`.
    SeasonEnd {
        /// Which.
        name: String,
    },
    /// `/kquiz season recount NAME`: a closed season's board with what was corrected since.
    SeasonRecount {
        /// Which.
        name: String,
    },
    /// `/kquiz season list`.
    SeasonList,
    /// `/kquiz season show [NAME]`.
    SeasonShow {
        /// Which; the running one where `None`.
        name: Option<String>,
    },
    /// `/kquiz deck add`, with a deck file. With none it is a form.
    DeckAdd(Option<Upload>),
    /// `/kquiz deck check`, with a deck file. With none it is a form.
    DeckCheck(Option<Upload>),
    /// `/kquiz deck remove DECK`.
    DeckRemove {
        /// Which.
        deck: String,
    },
    /// `/kquiz deck list`.
    DeckList,
    /// `/kquiz deck show DECK [topic] [page]`: fronts, without answers.
    DeckShow {
        /// Which.
        deck: String,
        /// Only this topic.
        topic: Option<String>,
        /// From 1.
        page: u32,
    },
    /// `/kquiz settings timezone [ZONE]`: shows or sets.
    SettingsTimezone {
        /// An IANA zone.
        zone: Option<String>,
    },
    /// `/kquiz settings hosts [add] [remove]`: shows or changes.
    SettingsHosts {
        /// People, roles or groups to add.
        add: Vec<String>,
        /// To remove.
        remove: Vec<String>,
    },
    /// `/kquiz round show [ROUND]`.
    RoundShow {
        /// Which; the latest of this channel where `None`.
        round: Option<RoundId>,
    },
    /// `/kquiz round close [ROUND]`.
    RoundClose {
        /// As for show.
        round: Option<RoundId>,
    },
    /// `/kquiz round cancel [ROUND]`.
    RoundCancel {
        /// As for show.
        round: Option<RoundId>,
    },
    /// `/kquiz round remark ROUND ANSWER [as] [why]`.
    RoundRemark {
        /// Which.
        round: RoundId,
        /// What counts as right as well.
        answer: String,
        /// Of a list, for which item.
        item: Option<String>,
        /// Why.
        why: Option<String>,
    },
    /// `/kquiz dispute list`.
    DisputeList,
    /// `/kquiz dispute accept CASE [answer] [as] [why]`.
    DisputeAccept {
        /// Which.
        case: CaseId,
        /// What of the answer counts as right; all of it where `None`.
        answer: Option<String>,
        /// Of a list, for which item.
        item: Option<String>,
        /// Why.
        why: Option<String>,
    },
    /// `/kquiz dispute refuse CASE [why]`.
    DisputeRefuse {
        /// Which.
        case: CaseId,
        /// Why, as the players are told.
        why: Option<String>,
    },
    /// `/kquiz player bar PLAYER REASON`.
    PlayerBar {
        /// Who, as they are named.
        player: Vec<String>,
        /// Why, as they are told.
        reason: String,
    },
    /// `/kquiz player unbar PLAYER`.
    PlayerUnbar {
        /// Who, as they are named.
        player: Vec<String>,
    },
    /// `/kquiz player void PLAYER ROUND REASON [undo]`.
    PlayerVoid {
        /// Who, as they are named.
        player: Vec<String>,
        /// Their answer to which round.
        round: RoundId,
        /// Why, as they are told.
        reason: String,
        /// Give it back.
        undo: bool,
    },
    /// `/kquiz privacy export|delete|hide|show`. Delete asks for a confirmation first.
    Privacy(PrivacyAct),
    /// `/kquiz help [command]`.
    Help {
        /// A command's words.
        about: Option<String>,
    },
}

impl Command {
    /// Makes a command from its words (`kquiz schedule add`) and its options by name, as a platform's typed commands and submitted
    /// forms give them; an empty value is none. `face` as for [`parse()`].
    pub fn from_options(words: &str, options: &BTreeMap<String, String>, face: &str) -> Result<Self, UsageError> {
        let Some(spec) = definition::spec(words) else {
            return Err(UsageError("I do not know this command any more.".into()));
        };
        let mut given = BTreeMap::new();
        for (name, value) in options.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let Some(option) = spec.option(name) else {
                return Err(args::usage(spec, &format!("{} has no option {}.", code(&spec.line()), code(name))));
            };
            given.insert(option.name, value.clone());
        }
        Ok((spec.make)(&Args::read(spec, &given, face)?))
    }

    /// The same with a file that came along, where it takes one.
    #[must_use]
    pub fn with(self, file: Upload) -> Self {
        match self {
            Self::DeckAdd(_) => Self::DeckAdd(Some(file)),
            Self::DeckCheck(_) => Self::DeckCheck(Some(file)),
            other => other,
        }
    }

    /// Who may give it: as the table says; only to look at settings is open to everyone.
    ///
    /// # Panics
    /// Never: a test holds [`Self::words`] against the table.
    pub fn who(&self) -> Who {
        match self {
            Self::SettingsTimezone { zone: None } => Who::Everyone,
            Self::SettingsHosts { add, remove } if add.is_empty() && remove.is_empty() => Who::Everyone,
            _ => definition::spec(self.words()).expect("every command stands in the table").who,
        }
    }

    /// Whether all in the channel see the answer; otherwise only who gave it. Decided at once, so that a face can acknowledge it so.
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Card { public: true, .. })
    }

    /// Whether it can be given outside any space, in a direct message: it is about cards or the person, not about one space.
    pub fn is_for_all_spaces(&self) -> bool {
        matches!(self, Self::Card { .. } | Self::Privacy(_) | Self::Help { .. })
    }

    /// Its words in the table: `kquiz schedule add`.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Card { .. } => "kcard",
            Self::Ask { .. } => "kquiz ask",
            Self::ScheduleAdd(_) => "kquiz schedule add",
            Self::ScheduleList => "kquiz schedule list",
            Self::SchedulePause { .. } => "kquiz schedule pause",
            Self::ScheduleResume { .. } => "kquiz schedule resume",
            Self::ScheduleSkip { .. } => "kquiz schedule skip",
            Self::ScheduleRemove { .. } => "kquiz schedule remove",
            Self::Leaderboard { .. } => "kquiz leaderboard",
            Self::Mine => "kquiz mine",
            Self::Stats => "kquiz stats",
            Self::SeasonStart { .. } => "kquiz season start",
            Self::SeasonEnd { .. } => "kquiz season end",
            Self::SeasonRecount { .. } => "kquiz season recount",
            Self::SeasonList => "kquiz season list",
            Self::SeasonShow { .. } => "kquiz season show",
            Self::DeckAdd(_) => "kquiz deck add",
            Self::DeckCheck(_) => "kquiz deck check",
            Self::DeckRemove { .. } => "kquiz deck remove",
            Self::DeckList => "kquiz deck list",
            Self::DeckShow { .. } => "kquiz deck show",
            Self::SettingsTimezone { .. } => "kquiz settings timezone",
            Self::SettingsHosts { .. } => "kquiz settings hosts",
            Self::RoundShow { .. } => "kquiz round show",
            Self::RoundClose { .. } => "kquiz round close",
            Self::RoundCancel { .. } => "kquiz round cancel",
            Self::RoundRemark { .. } => "kquiz round remark",
            Self::DisputeList => "kquiz dispute list",
            Self::DisputeAccept { .. } => "kquiz dispute accept",
            Self::DisputeRefuse { .. } => "kquiz dispute refuse",
            Self::PlayerBar { .. } => "kquiz player bar",
            Self::PlayerUnbar { .. } => "kquiz player unbar",
            Self::PlayerVoid { .. } => "kquiz player void",
            Self::Privacy(PrivacyAct::Export) => "kquiz privacy export",
            Self::Privacy(PrivacyAct::Delete | PrivacyAct::DeleteConfirmed) => "kquiz privacy delete",
            Self::Privacy(PrivacyAct::Hide) => "kquiz privacy hide",
            Self::Privacy(PrivacyAct::Show) => "kquiz privacy show",
            Self::Help { .. } => "kquiz help",
        }
    }
}

/// What `/kquiz schedule add` was given, as text: read and checked by the bot, which knows decks and zones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScheduleArgs {
    /// Its name.
    pub name: Option<String>,
    /// When, in words or as cron.
    pub at: Option<String>,
    /// IANA zone.
    pub timezone: Option<String>,
    /// Which deck.
    pub deck: Option<String>,
    /// Only this topic.
    pub topic: Option<String>,
    /// Only this exam.
    pub exam: Option<String>,
    /// Only this level.
    pub level: Option<u8>,
    /// Only these kinds, separated by commas.
    pub kinds: Option<String>,
    /// How long a round is open: `20s`, `30m`, `8h`.
    pub window: Option<String>,
    /// `social` or `contest`.
    pub style: Option<String>,
    /// Open ways, separated by commas.
    pub answers: Option<String>,
    /// Attempts for typed answers.
    pub attempts: Option<u8>,
    /// `close` or `instant`.
    pub feedback: Option<String>,
    /// Open a thread on each question.
    pub thread: bool,
    /// A role or group that each question mentions, as written.
    pub mention: Option<String>,
    /// `thread` or `channel`.
    pub reveal: Option<String>,
    /// In another channel than this one.
    pub channel: Option<ChannelId>,
}

/// The periods a leaderboard can be asked for by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardPeriod {
    /// The local day.
    Today,
    /// The week.
    Week,
    /// The month.
    Month,
    /// The running season.
    Season,
    /// Everything.
    All,
}

impl BoardPeriod {
    /// All of them, as commands list them.
    pub const ALL: [Self; 5] = [Self::Today, Self::Week, Self::Month, Self::Season, Self::All];

    /// The word for it in commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Season => "season",
            Self::All => "all",
        }
    }
}

/// What a player does with their own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyAct {
    /// A JSON file of everything.
    Export,
    /// Ask whether to delete everything.
    Delete,
    /// Delete everything (after the question).
    DeleteConfirmed,
    /// Off boards and reveals.
    Hide,
    /// Back on them.
    Show,
}
