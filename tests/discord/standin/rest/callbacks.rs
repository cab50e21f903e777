//! `/interactions/{id}/{token}/callback`: the first answer, in three seconds and only once.

use serde_json::{Value, json};

use super::super::{
    id::Id,
    interaction::{Answered, Asked, First, Interaction},
    limits,
    message::{EPHEMERAL, THINKING},
    permissions,
    refusal::{Problems, Refusal, acknowledged, unknown_interaction},
    state::State,
};
use super::{Answer, Call};

impl State {
    pub fn callback(&mut self, call: &Call, id: &str, token: &str) -> Answer {
        let found = Id::parse(id).and_then(|id| self.interactions.get(&id)).filter(|found| found.token == token);
        let interaction = found.ok_or_else(unknown_interaction)?;
        if interaction.first.is_some() {
            return Err(acknowledged());
        }
        let after = call.at.duration_since(interaction.began);
        if after > self.patience {
            let what = interaction.what.clone();
            self.violation(format!("`{what}` was answered after {} ms, which is too late", after.as_millis()));
            return Err(unknown_interaction());
        }
        let kind = fitting(interaction, &call.body["type"])?;
        let (id, source) = (interaction.id, interaction.source);
        let data = &call.body["data"];
        let ephemeral = data["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0;
        let original = match kind {
            Answered::Message | Answered::Deferred => {
                Some(self.speaks(id, data, &call.files, kind == Answered::Deferred)?)
            }
            Answered::Update => {
                let source = source.ok_or_else(unknown_interaction)?;
                self.bot_edits(source, data, &call.files, permissions::EVERYONE)?;
                Some(source)
            }
            Answered::DeferredUpdate => source,
            Answered::Choices => limits::choices(data).map(|()| None)?,
            Answered::Form => limits::modal(data).map(|()| None)?,
        };
        let interaction = self.interactions.get_mut(&id).ok_or_else(unknown_interaction)?;
        interaction.first = Some(First { kind, after, ephemeral, data: data.clone() });
        interaction.original = original;
        if call.query.get("with_response").is_none_or(|with| with != "true") {
            return Ok((204, Value::Null));
        }
        let asked = interaction.asked as u8;
        let mut json = json!({
            "interaction": {"id": id, "type": asked, "response_message_id": original},
            "resource": {"type": kind as u8},
        });
        if let Some(message) = original.and_then(|original| self.world.messages.get(&original)) {
            json["resource"]["message"] = self.world.message_json(message, self.reader());
        }
        Ok((200, json))
    }

    /// A message that answers an interaction: the first, or a further one.
    pub fn speaks(&mut self, id: Id, data: &Value, files: &[String], thinking: bool) -> Result<Id, Refusal> {
        limits::message(data)?;
        let interaction = self.interactions.get(&id).ok_or_else(unknown_interaction)?;
        let (asked, person, channel, source) =
            (interaction.asked, interaction.person, interaction.channel, interaction.source);
        let mut message = self.blank(self.bot, channel);
        message.kind = if asked == Asked::Command { 20 } else { 0 };
        message.interaction = Some(id);
        message.reply_to = source.filter(|_| asked == Asked::Component && !thinking);
        message.thinking = thinking;
        if data["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0 {
            message.flags = EPHEMERAL;
            message.ephemeral = Some(person);
            message.reply_to = None;
        }
        if thinking {
            message.flags |= THINKING;
        } else {
            self.fill(&mut message, data, files, permissions::EVERYONE)?;
        }
        Ok(self.posts(message))
    }
}

/// The kind of an answer, if this interaction takes it.
fn fitting(interaction: &Interaction, kind: &Value) -> Result<Answered, Refusal> {
    let form_over_message = interaction.asked == Asked::Form && interaction.source.is_some();
    let answered = kind.as_u64().and_then(Answered::of).filter(|answered| match answered {
        Answered::Message | Answered::Deferred => interaction.asked != Asked::Completion,
        Answered::DeferredUpdate | Answered::Update => interaction.asked == Asked::Component || form_over_message,
        Answered::Choices => interaction.asked == Asked::Completion,
        Answered::Form => matches!(interaction.asked, Asked::Command | Asked::Component),
    });
    answered.ok_or_else(|| {
        let mut problems = Problems::default();
        let message = format!("{kind} is no answer to an interaction of type {}", interaction.asked as u8);
        problems.add("type", "INTERACTION_RESPONSE_TYPE_INVALID", message);
        problems.verdict().expect_err("there is a problem")
    })
}
