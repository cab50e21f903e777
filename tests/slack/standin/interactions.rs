//! What people ask of the bot by a command, a button, a form or a shortcut, and how the bot answers: by its acknowledgement, by
//! the response URL, or by a form for the trigger. By <https://docs.slack.dev/interactivity/handling-user-interaction>.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    blocks,
    blocks::text,
    refusal::{Refusal, extend},
    state::State,
    world::{Id, Message, Ts},
};

/// How often, and how long by the set clock, a response URL can be used.
const USES: usize = 5;
const HOLDS: SignedDuration = SignedDuration::from_mins(30);

pub struct Interaction {
    /// For complaints: the command as typed, or the action.
    pub what: String,
    pub person: Id,
    pub channel: Option<Id>,
    /// The message that it is about.
    pub source: Option<(Id, Ts)>,
    /// The view that it is about.
    pub view: Option<Id>,
    pub trigger: String,
    pub exchanged: bool,
    pub began: Instant,
    pub at: Timestamp,
    pub uses: usize,
    pub delivery: usize,
    /// What the bot said by it, in order: messages by their channel and time.
    pub said: Vec<(Id, Ts)>,
    /// The view that opened for it.
    pub opened: Option<Id>,
    /// What was acknowledged with.
    pub answer: Option<Value>,
}

/// What somebody asks for.
pub struct Wish {
    pub what: String,
    pub person: Id,
    pub channel: Option<Id>,
    pub source: Option<(Id, Ts)>,
    pub view: Option<Id>,
    /// The payload, without what all have.
    pub payload: Value,
}

impl State {
    /// Tells the bot what somebody asks for; its place among the interactions.
    pub fn interacts(&mut self, kind: &'static str, wish: Wish) -> usize {
        let place = self.interactions.len();
        let trigger = format!("{}.{}.{:032x}", 1_000_000 + place, 2_000_000, 0x7419_u64 + place as u64);
        let Wish { what, person, channel, source, view, mut payload } = wish;
        extend(&mut payload, json!({"token": "stand-in", "api_app_id": self.app, "trigger_id": trigger}));
        if kind == "interactive" {
            let team = json!({"id": self.team, "domain": "team"});
            extend(
                &mut payload,
                json!({"team": team, "enterprise": null, "is_enterprise_install": false, "user": self.who(&person)}),
            );
        }
        // What is about a view has no response URL.
        if view.is_none() && channel.is_some() {
            let family = if kind == "interactive" { "actions" } else { "commands" };
            payload["response_url"] = json!(format!("{}/{family}/{}/{place}/stand-in", self.base, self.team));
        }
        self.interactions.push(Interaction {
            what,
            person,
            channel,
            source,
            view,
            trigger,
            exchanged: false,
            began: Instant::now(),
            at: self.now,
            uses: 0,
            delivery: 0,
            said: Vec::new(),
            opened: None,
            answer: None,
        });
        let delivery = self.delivers(kind, payload, Some(place));
        self.interactions[place].delivery = delivery;
        place
    }

    /// What was asked for is acknowledged with this.
    pub fn answered(&mut self, place: usize, answer: &Value) {
        self.interactions[place].answer = Some(answer.clone());
        let payload = &self.deliveries[self.interactions[place].delivery].payload;
        match (payload["type"].as_str(), answer) {
            (Some("view_submission"), answer) => {
                if let Some(view) = self.interactions[place].view.clone() {
                    self.settles_submission(&view, answer);
                }
            }
            (_, Value::Null) => {}
            // A command has no type.
            (None, answer) => {
                if let Err(refusal) = self.responds(place, answer) {
                    self.violation(format!("the answer to a command is refused: {}", refusal.body()));
                }
            }
            (Some(kind), answer) => self.violation(format!("a {kind} takes no answer: {answer}")),
        }
    }

    /// Exchanges a trigger: whose it is, by its place among the interactions.
    pub fn exchanges(&mut self, trigger: &str) -> Result<usize, Refusal> {
        let found = self.interactions.iter().position(|known| known.trigger == trigger);
        let place = found.ok_or("invalid_trigger_id")?;
        let (now, patience) = (self.now, self.patience);
        let known = &mut self.interactions[place];
        if known.exchanged {
            return Err("exchanged_trigger_id".into());
        }
        let aged = now.duration_since(known.at) > SignedDuration::try_from(patience).unwrap_or(SignedDuration::MAX);
        if aged || known.began.elapsed() > patience {
            return Err("expired_trigger_id".into());
        }
        known.exchanged = true;
        Ok(place)
    }

    /// The bot uses a response URL.
    pub fn uses_response_url(&mut self, place: usize, body: &Value) -> Result<(), Refusal> {
        let gone = |error: &str| Refusal { status: 404, ..Refusal::from(error) };
        let now = self.now;
        let known = self.interactions.get_mut(place).ok_or_else(|| gone("no_service"))?;
        if now.duration_since(known.at) >= HOLDS {
            return Err(gone("expired_url"));
        }
        if known.uses >= USES {
            return Err(gone("used_url"));
        }
        known.uses += 1;
        self.responds(place, body)
    }

    /// Says something in answer to what was asked for.
    fn responds(&mut self, place: usize, body: &Value) -> Result<(), Refusal> {
        let bad = |refusal: Refusal| Refusal { status: 400, ..refusal };
        let fields = [
            "text",
            "blocks",
            "response_type",
            "replace_original",
            "delete_original",
            "thread_ts",
            "metadata",
            "mrkdwn",
        ];
        if let Some(stray) =
            body.as_object().into_iter().flatten().map(|(name, _)| name).find(|name| !fields.contains(&name.as_str()))
        {
            self.violation(format!("unknown argument `{stray}` for a response URL"));
        }
        let known = &self.interactions[place];
        let (source, person) = (known.source.clone(), known.person.clone());
        let channel = known.channel.clone().ok_or("channel_not_found")?;
        if body["delete_original"] == true {
            if let Some((channel, ts)) = source {
                self.deletes(&channel, &ts);
            }
            return Ok(());
        }
        let (text, blocks) = self.content(body).map_err(bad)?;
        if let Some((channel, ts)) = source.filter(|_| body["replace_original"] == true) {
            let bot = self.bot.clone();
            self.edits(&channel, &ts, &bot, Some(text), Some(blocks));
            return Ok(());
        }
        let public = body["response_type"] == "in_channel";
        let message = Message {
            channel: channel.clone(),
            user: self.bot.clone(),
            text,
            blocks,
            thread: body["thread_ts"].as_str().map(str::to_owned),
            ephemeral: (!public).then_some(person),
            ..Message::default()
        };
        let ts = self.posts(message);
        self.interactions[place].said.push((channel, ts));
        Ok(())
    }

    /// The text and the blocks of what is to be said, if Slack takes them.
    pub fn content(&mut self, body: &Value) -> Result<(String, Vec<Value>), Refusal> {
        let text = body["text"].as_str().unwrap_or_default().to_owned();
        let given = match &body["blocks"] {
            Value::Null => json!([]),
            Value::Array(_) => body["blocks"].clone(),
            _ => return Err("invalid_blocks_format".into()),
        };
        let problems = blocks::message(&given);
        if !problems.is_empty() {
            return Err(Refusal::with("invalid_blocks", &problems));
        }
        if text::length(&given) >= 12_000 {
            return Err("msg_blocks_too_long".into());
        }
        let blocks = given.as_array().cloned().unwrap_or_default();
        if text.trim().is_empty() && blocks.is_empty() {
            return Err("no_text".into());
        }
        if text.trim().is_empty() {
            self.violation("blocks came without a text for notifications and screen readers");
        }
        if text.chars().count() > 40_000 {
            self.violation(format!("a text of {} characters is cut off at 40,000", text.chars().count()));
        }
        Ok((text.chars().take(40_000).collect(), blocks))
    }
}
