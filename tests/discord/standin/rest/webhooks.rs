//! `/webhooks/{application}/{token}/…`: what follows the first answer to an interaction, for fifteen minutes.

use serde_json::Value;

use super::super::{
    id::Id,
    interaction::of_token,
    permissions,
    refusal::{Refusal, unknown_message, unknown_webhook},
    state::State,
};
use super::{Answer, Call};

impl State {
    pub fn webhooks(&mut self, call: &Call, application: &str, token: &str, rest: &[&str]) -> Answer {
        let found = of_token(token).and_then(|id| self.interactions.get(&id));
        // Before the first answer there is no webhook.
        let interaction = found.filter(|found| found.first.is_some() && application == self.application.to_string());
        let interaction = interaction.ok_or_else(unknown_webhook)?;
        if self.now.duration_since(interaction.at) >= jiff::SignedDuration::from_mins(15) {
            let what = interaction.what.clone();
            self.violation(format!("`{what}` was followed up after its 15 minutes"));
            return Err(Refusal::new(401, 50027, "Invalid Webhook Token"));
        }
        let id = interaction.id;
        let message = match rest {
            [] => None,
            ["messages", "@original"] => Some(interaction.original.ok_or_else(unknown_message)?),
            ["messages", message] => {
                let message = Id::parse(message).filter(|message| interaction.follow_ups.contains(message));
                Some(message.ok_or_else(unknown_message)?)
            }
            _ => return self.unrouted(call),
        };
        match (call.method.as_str(), message) {
            ("POST", None) => self.follows_up(call, id),
            ("GET", Some(message)) => self.spoken(message),
            ("PATCH", Some(message)) => {
                self.bot_edits(message, &call.body, &call.files, permissions::EVERYONE)?;
                let interaction = self.interactions.get_mut(&id).ok_or_else(unknown_webhook)?;
                interaction.edits += usize::from(interaction.original == Some(message));
                self.spoken(message)
            }
            ("DELETE", Some(message)) => {
                self.world.messages.get(&message).ok_or_else(unknown_message)?;
                self.removes(message);
                Ok((204, Value::Null))
            }
            _ => self.unrouted(call),
        }
    }

    fn spoken(&self, message: Id) -> Answer {
        let message = self.world.messages.get(&message).ok_or_else(unknown_message)?;
        Ok((200, self.world.message_json(message, self.reader())))
    }

    fn follows_up(&mut self, call: &Call, id: Id) -> Answer {
        let original = self.interactions[&id].original;
        // The first message after a deferral takes the place of "… is thinking", with the deferral's visibility.
        if let Some(original) =
            original.filter(|original| self.world.messages.get(original).is_some_and(|it| it.thinking))
        {
            self.bot_edits(original, &call.body, &call.files, permissions::EVERYONE)?;
            if let Some(interaction) = self.interactions.get_mut(&id) {
                interaction.edits += 1;
            }
            return self.spoken(original);
        }
        let message = self.speaks(id, &call.body, &call.files, false)?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.follow_ups.push(message);
        }
        self.spoken(message)
    }
}
