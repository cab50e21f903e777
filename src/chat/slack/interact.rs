//! Commands, buttons, menus, forms and shortcuts: who gives them, where, and what the bot is asked. [`super::answering`] answers them.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use slack_morphism::blocks::SlackView;

use super::{
    ApiError, Slack,
    answering::Answering,
    ids, modal,
    payload::{Message, unescaped},
    pressed::{Interaction, Typed},
    render,
    rich::Names,
};
use crate::{
    bot::Bot,
    chat::{
        Caller, ControlId, Reply,
        command::{
            self, Command, Lacking,
            definition::{Opt, spec},
        },
        port::Lacks,
        words,
    },
    quiz::id::RoundId,
};

/// Who does something, and where.
#[derive(Debug, Clone)]
pub struct Interacting {
    /// The same when it is delivered again.
    pub key: String,
    /// Who.
    pub user: String,
    /// What they log in with: what they are called until that is known.
    login: Option<String>,
    /// Where; `None` in a direct message and on the own page.
    pub channel: Option<String>,
    /// In which thread.
    pub thread: Option<String>,
    /// Opens a form, once, within 3 s.
    pub trigger: Option<String>,
    /// Where answers go.
    pub response_url: Option<String>,
    /// What was typed.
    line: String,
    /// When, as Slack's time stamp.
    at: Option<String>,
}

/// What a form remembers of where it was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct From {
    /// The channel.
    pub channel: Option<String>,
    /// The thread in it.
    pub thread: Option<String>,
}

impl Interaction {
    /// The same when it is delivered again.
    pub fn key(&self) -> String {
        let view = self.view.as_ref().map(|view| format!("{}:{}", view.id, view.hash.as_deref().unwrap_or_default()));
        let action = self.actions.first().and_then(|action| action.action_ts.as_deref()).unwrap_or_default();
        let rest = self.trigger_id.clone().or(view).unwrap_or_default();
        format!("{}:{}:{action}:{rest}", self.kind, self.user.id)
    }

    /// What goes with its acknowledgement: a form that was sent off stays, and says to wait.
    pub fn acknowledged(&self) -> Option<Value> {
        (self.kind == "view_submission").then(|| json!({ "response_action": "update", "view": modal::wait() }))
    }
}

impl Interacting {
    /// Who typed a command.
    pub fn typed(typed: Typed, key: String) -> Self {
        let Typed { command, text, channel_id, user_id, user_name, response_url, trigger_id } = typed;
        Self {
            key,
            user: user_id,
            login: user_name,
            channel: Some(channel_id).filter(|channel| !channel.starts_with('D')),
            thread: None,
            trigger: Some(trigger_id),
            response_url: Some(response_url),
            line: unescaped(format!("{command} {text}").trim()),
            at: None,
        }
    }

    /// Who pressed, sent off or chose something.
    fn pressed(interaction: &Interaction, key: String) -> Self {
        let from = interaction
            .view
            .as_ref()
            .map(|view| serde_json::from_str::<From>(&view.private_metadata).unwrap_or_default());
        let From { channel, thread } = from.unwrap_or_default();
        let message = interaction.message.as_ref();
        let in_thread =
            interaction.container.thread_ts.as_ref().or(message.and_then(|message| message.thread_ts.as_ref()));
        // Once it has replies, a message of the channel itself carries its own name as that of its thread.
        let in_thread = in_thread.filter(|thread| message.is_none_or(|message| message.ts != **thread));
        Self {
            key,
            user: interaction.user.id.clone(),
            login: interaction.user.name.clone(),
            channel: channel.or(interaction
                .channel
                .as_ref()
                .map(|place| place.id.clone())
                .filter(|id| !id.starts_with('D'))),
            thread: thread.or(in_thread.cloned()),
            trigger: interaction.trigger_id.clone(),
            response_url: interaction.response_url.clone(),
            line: String::new(),
            at: interaction.actions.first().and_then(|action| action.action_ts.clone()),
        }
    }

    /// As the bot is told it.
    fn key(&self) -> String {
        format!("{}:i:{}", ids::FACE, self.key)
    }

    /// What a form that is opened now has to remember.
    pub fn from(&self) -> String {
        let from = From { channel: self.channel.clone(), thread: self.thread.clone() };
        serde_json::to_string(&from).unwrap_or_default()
    }
}

impl Slack {
    /// A command was typed.
    pub(super) async fn command(self: &Arc<Self>, bot: &Bot, who: Interacting) {
        // Slack completes nothing: what is missing is asked for by a form, which must be opened at once.
        if let Some(lacking) = command::lacking(&who.line, ids::FACE) {
            self.open_form(&who, None, self.command_form(&lacking, None, &who.from())).await;
            return;
        }
        let answering = Answering::by_url(&who, false);
        let (slack, bot) = (Arc::clone(self), bot.clone());
        let work = async move {
            let Ok(caller) = slack.giver(&who).await else { return words::trouble::busy() };
            match command::parse(&who.line, ids::FACE) {
                Ok(command) => bot.command(slack.with_lacks(caller, &command).await, command).await,
                Err(error) => words::trouble::usage(&error),
            }
        };
        self.answer(&answering, work).await;
    }

    /// A button, a menu, a form or a shortcut.
    pub(super) async fn interact(self: &Arc<Self>, bot: &Bot, interaction: Interaction, key: String) {
        let who = Interacting::pressed(&interaction, key);
        match interaction.kind.as_str() {
            "block_actions" => self.press(bot, &interaction, who).await,
            "view_submission" => self.submit(bot, interaction, who).await,
            "message_action" => self.open_shortcut(&interaction, &who).await,
            _ => tracing::debug!(kind = interaction.kind, "an interaction of a kind that kcard does not know"),
        }
    }

    async fn press(self: &Arc<Self>, bot: &Bot, interaction: &Interaction, who: Interacting) {
        let Some(action) = interaction.actions.first().filter(|action| !render::is_tick(&action.action_id)) else {
            return;
        };
        let control = ControlId::try_from(action.action_id.clone());
        let is_home = interaction.view.as_ref().is_some_and(|view| view.kind == "home");
        let in_form = interaction.view.as_ref().filter(|_| !is_home).map(|view| view.id.clone());
        if let Ok(control) = &control
            && let Some(view) = self.form_of(control, &who)
        {
            self.open_form(&who, in_form.as_deref(), view).await;
            return;
        }
        let turns = interaction.container.is_ephemeral && matches!(control, Ok(ControlId::Run(_)));
        let answering = match (in_form, is_home) {
            (Some(view), _) => Answering::in_form(&who, view),
            (None, true) => match self.open_waiting(&who).await {
                Some(answering) => answering,
                None => return,
            },
            (None, false) => Answering::by_url(&who, turns),
        };
        let state = interaction.view.as_ref().map_or(&interaction.state, |view| &view.state);
        let picked = match (&control, state) {
            (Ok(control), Some(state)) => render::picked(control, state),
            _ => Vec::new(),
        };
        let user = who.user.clone();
        let (slack, asked) = (Arc::clone(self), bot.clone());
        let work = async move {
            let caller = match &control {
                // An answer waits for nobody's name.
                Ok(control) if control.asks_who() => slack.giver(&who).await,
                _ => slack.giver_at_once(&who).await,
            };
            let Ok(caller) = caller else { return words::trouble::busy() };
            match control {
                Ok(control) => asked.press(caller, control, picked).await,
                Err(_) => words::trouble::unknown_control(),
            }
        };
        self.answer(&answering, work).await;
        if is_home {
            self.show_home(bot, &user).await;
        }
    }

    async fn submit(self: &Arc<Self>, bot: &Bot, interaction: Interaction, who: Interacting) {
        let Some(view) = interaction.view else { return };
        let fields = view.state.as_ref().map(modal::values).unwrap_or_default();
        let file = view.state.as_ref().and_then(modal::file).cloned();
        let control = ControlId::try_from(view.callback_id.clone());
        let filled = control.as_ref().ok().and_then(|control| {
            let (words, given) = control.command(&fields)?;
            Some(Lacking { spec: spec(words)?, given })
        });
        let answering = Answering::in_form(&who, view.id).filled(filled);
        let (slack, bot) = (Arc::clone(self), bot.clone());
        let work = async move {
            if view.callback_id == modal::LINE {
                let line =
                    fields.into_values().find(|line| !line.trim().is_empty()).unwrap_or_else(|| "kquiz help".into());
                let Ok(caller) = slack.giver(&who).await else { return words::trouble::busy() };
                return bot.line(caller, &line).await;
            }
            let Ok(control) = control else { return words::trouble::unknown_control() };
            let caller = if control.asks_who() { slack.giver(&who).await } else { slack.giver_at_once(&who).await };
            let Ok(caller) = caller else { return words::trouble::busy() };
            if let (ControlId::Command(words), Some(file)) = (&control, &file) {
                return match Command::from_options(words, &fields, ids::FACE) {
                    Ok(command) => bot.upload(caller, command, slack.fetch(file)).await,
                    Err(error) => words::trouble::usage(&error).refused(),
                };
            }
            bot.submit(caller, control, fields).await
        };
        self.answer(&answering, work).await;
    }

    /// The shortcut on a message: what commands cannot reach, such as threads.
    async fn open_shortcut(&self, interaction: &Interaction, who: &Interacting) {
        let key = interaction.message.as_ref().and_then(Message::key);
        let round = key.and_then(|key| key.0.strip_prefix('q')?.parse().ok()).map(RoundId);
        self.open_form(who, None, modal::shortcut(round, &who.from())).await;
    }

    /// The form that a control opens, decided from its id and from memory.
    fn form_of(&self, control: &ControlId, who: &Interacting) -> Option<SlackView> {
        if let ControlId::Command(words) = control {
            let spec = spec(words)?;
            return Some(self.command_form(&Lacking { spec, given: BTreeMap::new() }, None, &who.from()));
        }
        control.form().map(|form| modal::form(&form, &who.from()))
    }

    /// The form of a command, with what is known of its options; where it was not done, with why.
    pub(super) fn command_form(&self, filled: &Lacking, why_not: Option<(&Reply, Names)>, from: &str) -> SlackView {
        let words = filled.spec.words.join(" ");
        let known = self.bot().zip(self.space_now());
        let offers = |option: &Opt| {
            known.as_ref().map(|(bot, space)| bot.offers(space, &words, option.name, "")).unwrap_or_default()
        };
        modal::command(filled, why_not, offers, from)
    }

    /// Who it is and where, with what they may do.
    async fn giver(&self, who: &Interacting) -> Result<Caller, ApiError> {
        let caller = self.caller(&who.user, who.key(), who.channel.as_deref(), who.at.as_deref()).await?;
        Ok(self.with_login(caller, who))
    }

    /// Who it is and where, as far as it is known.
    async fn giver_at_once(&self, who: &Interacting) -> Result<Caller, ApiError> {
        let caller = self.caller_at_once(&who.user, who.key(), who.channel.as_deref(), who.at.as_deref()).await?;
        Ok(self.with_login(caller, who))
    }

    /// Until their name is known, people are called by what they log in with.
    fn with_login(&self, mut caller: Caller, who: &Interacting) -> Caller {
        if let Some(login) = who.login.as_ref().filter(|_| self.people.name(&who.user).is_none()) {
            caller.name.clone_from(login);
        }
        caller
    }

    /// Where a command posts into the channel, what keeps kcard from that.
    async fn with_lacks(&self, mut caller: Caller, command: &Command) -> Caller {
        let posts = matches!(command, Command::Ask { .. });
        if let Some(channel) = caller.channel.as_ref().and_then(ids::channel_of).filter(|_| posts)
            && !self.is_member(channel).await
        {
            caller.lacks = Some(Lacks { why: words::schedules::not_invited(), can_post: false });
        }
        caller
    }
}
