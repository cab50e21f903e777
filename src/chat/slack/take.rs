//! What Slack delivers is acknowledged at once, and only then worked on, in tasks of their own: one that is slow or panics keeps nobody
//! from being acknowledged. What is delivered again is acknowledged and changes nothing.

use std::sync::Arc;

use serde_json::Value;

use super::{
    Slack,
    interact::Interacting,
    payload::Callback,
    pressed::{Interaction, Typed},
};
use crate::bot::Bot;

/// Something that Slack delivers.
#[derive(Debug)]
pub enum Delivery {
    /// Something happened.
    Event(Callback),
    /// A command was typed.
    Command(Typed),
    /// A button, a menu, a form or a shortcut.
    Interaction(Box<Interaction>),
}

impl Delivery {
    /// Reads what came by a socket; `None` for what kcard does not know.
    pub fn read(kind: &str, payload: Value) -> Option<Self> {
        let read = match kind {
            "events_api" => serde_json::from_value(payload).map(Self::Event),
            "slash_commands" => serde_json::from_value(payload).map(Self::Command),
            "interactive" => serde_json::from_value(payload).map(Self::Interaction),
            _ => return None,
        };
        // The error may quote what somebody wrote.
        read.inspect_err(|_| tracing::debug!(kind, "Slack delivered what kcard cannot read")).ok()
    }

    /// The same when it is delivered again.
    fn key(&self) -> String {
        match self {
            Self::Event(callback) => callback.event_id.clone(),
            Self::Command(typed) => typed.trigger_id.clone(),
            Self::Interaction(interaction) => interaction.key(),
        }
    }
}

impl Slack {
    /// Takes a delivery; what goes with its acknowledgement.
    pub(super) fn take(self: &Arc<Self>, bot: &Bot, delivery: Delivery) -> Option<Value> {
        let key = delivery.key();
        if !self.deliveries.is_first(&key) {
            // A form is answered again as it was: by the word to wait, which the answer to the first replaces.
            return match &delivery {
                Delivery::Interaction(interaction) => interaction.acknowledged(),
                _ => None,
            };
        }
        match delivery {
            Delivery::Event(callback) => {
                self.lanes.hand_on(callback, self, bot);
                None
            }
            Delivery::Command(typed) => {
                let (slack, bot) = (Arc::clone(self), bot.clone());
                self.under_way.spawn(async move { slack.command(&bot, Interacting::typed(typed, key)).await });
                None
            }
            Delivery::Interaction(interaction) => {
                let acknowledged = interaction.acknowledged();
                let (slack, bot) = (Arc::clone(self), bot.clone());
                self.under_way.spawn(async move { slack.interact(&bot, *interaction, key).await });
                acknowledged
            }
        }
    }
}
