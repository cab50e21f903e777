//! Buttons, menus and forms: what their ids mean.

use std::collections::{BTreeMap, BTreeSet};

use super::Inner;
use crate::{
    chat::{Caller, ControlId, Reply, command::Command, words},
    quiz::answer::{Input, Way},
};

impl Inner {
    /// A button or a menu was pressed.
    pub(super) async fn press(&self, caller: Caller, control: ControlId, picked: Vec<u8>) -> Reply {
        let picked: BTreeSet<u8> = picked.into_iter().collect();
        match control {
            ControlId::Option(round, option) => {
                self.component(caller, round, Way::Button, Input::Options(BTreeSet::from([option]))).await
            }
            ControlId::Menu(round) => self.component(caller, round, Way::Menu, Input::Options(picked)).await,
            ControlId::CardOption(option, card) => {
                self.answer_card(&caller, &card, Input::Options(BTreeSet::from([option]))).await
            }
            ControlId::CardMenu(card) => self.answer_card(&caller, &card, Input::Options(picked)).await,
            ControlId::CardShow(card) => self.show_card(&caller, &card).await,
            ControlId::AskNow(schedule) => self.ask_now(&caller, schedule).await,
            ControlId::Run(line) => self.line(caller, &line).await,
            ControlId::Form(_)
            | ControlId::CardForm(_)
            | ControlId::Command(_)
            | ControlId::Dispute(_)
            | ControlId::Accept(_)
            | ControlId::Refuse(_) => Reply { form: control.form(), ..Reply::default() },
        }
    }

    /// A form was submitted.
    pub(super) async fn submit(&self, caller: Caller, control: ControlId, fields: BTreeMap<String, String>) -> Reply {
        let typed = |fields: BTreeMap<String, String>| Input::Text(fields.into_values().next().unwrap_or_default());
        if let Some((words, options)) = control.command(&fields) {
            return match Command::from_options(words, &options, caller.player.face()) {
                Ok(command) => self.command(caller, command).await,
                Err(error) => words::trouble::usage(&error).refused(),
            };
        }
        match control {
            ControlId::Form(round) => self.component(caller, round, Way::Form, typed(fields)).await,
            ControlId::CardForm(card) => self.answer_card(&caller, &card, typed(fields)).await,
            ControlId::Dispute(round) => {
                self.dispute(&caller, round, fields.get("reason").map_or("", String::as_str)).await
            }
            other => self.press(caller, other, Vec::new()).await,
        }
    }
}
