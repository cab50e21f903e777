//! Buttons, menus and form openers, and the ids they carry. An id says all that must be decided at once, without the store.

use serde::{Deserialize, Serialize};

use crate::quiz::id::{RoundId, ScheduleId};

/// Something to press under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Control {
    /// A button.
    Button {
        /// What pressing it means.
        id: ControlId,
        /// Contains the option; a face shortens it to its limit.
        label: String,
    },
    /// A menu of options to pick from.
    Menu {
        /// What picking means; the values are option numbers from 1.
        id: ControlId,
        /// What to pick.
        label: String,
        /// The options, in order.
        options: Vec<String>,
    },
    /// A button that opens a form.
    Form {
        /// What opening and submitting it means; the form is made from it by [`ControlId::form`].
        id: ControlId,
        /// The button's label.
        label: String,
    },
}

/// What a control means. As text at most 100 characters (Discord's limit; Slack's is 255).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ControlId {
    /// Answer a round with this option: `a:ROUND:OPTION`.
    Option(RoundId, u8),
    /// Answer a round by a menu: `m:ROUND`.
    Menu(RoundId),
    /// Answer a round by a form: `f:ROUND`.
    Form(RoundId),
    /// Answer the card on demand with this option: `ko:OPTION`. Which card it is, the store knows per player.
    CardOption(u8),
    /// Answer the card on demand by a menu: `km`.
    CardMenu,
    /// Answer the card on demand by a form: `kf`.
    CardForm,
    /// Show the answer of the card on demand: `ks`.
    CardShow,
    /// Another card on demand: `kn`.
    CardNext,
    /// Ask one now by this schedule: `n:SCHEDULE`.
    AskNow(ScheduleId),
    /// The submitted form of a command that lacked arguments: `c:` and the command's words (`c:schedule add`).
    Command(String),
    /// Run this command as if typed (leaderboard pages, confirmations): `r:` and the command line without its slash.
    Run(String),
}

/// Text that is no control's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this button is not one of kcard's, or is from another version")]
pub struct BadControl;

impl TryFrom<String> for ControlId {
    type Error = BadControl;

    fn try_from(text: String) -> Result<Self, BadControl> {
        let _ = text;
        todo!()
    }
}

impl From<ControlId> for String {
    fn from(id: ControlId) -> Self {
        let _ = id;
        todo!()
    }
}

impl ControlId {
    /// The form that this control opens, decided from the id alone: for [`ControlId::Form`], [`ControlId::CardForm`] and
    /// [`ControlId::Command`].
    pub fn form(&self) -> Option<super::FormSpec> {
        todo!()
    }
}
