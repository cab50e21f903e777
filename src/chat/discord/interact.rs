//! Commands, buttons, menus and forms. Discord wants to be answered within 3 s, also when the store is stuck: what takes longer than
//! 1.5 s is put off in Discord's way and completed later. What cannot be put off (opening a form, completion) needs no store.

use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use serde_json::Value;
use serenity::{
    builder::{
        AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse as Response,
        CreateInteractionResponseMessage,
    },
    model::{
        Permissions,
        application::{ActionRow, ActionRowComponent, CommandInteraction, ComponentInteractionDataKind, Interaction},
        channel::MessageFlags,
        guild::Member,
        id::{ChannelId, GuildId},
        user::User,
    },
};
use tokio::{task::JoinHandle, time::timeout};

use super::{
    Discord, commands, hear, ids, render,
    rest::{ACKNOWLEDGED, RestError, UNKNOWN_INTERACTION},
};
use crate::{
    bot::Bot,
    chat::{Caller, ControlId, Reply, command::Command, words},
};

/// When an answer that is not there yet is put off.
const PUT_OFF_AFTER: Duration = Duration::from_millis(1_500);
/// How long an answer that was put off can still be given: Discord takes it for 15 min.
const COMPLETE_WITHIN: Duration = Duration::from_mins(14);
/// The most choices that Discord shows, and their longest.
const CHOICES: usize = 25;
const CHOICE: usize = 100;
/// The largest file that is handed over, in bytes; Discord takes 10 MiB.
const LARGEST_FILE: usize = 9_000_000;

/// What all interactions say: whose they are, and how they are answered.
struct Who<'a> {
    id: u64,
    token: &'a str,
    application: u64,
    guild: Option<GuildId>,
    channel: ChannelId,
    member: Option<&'a Member>,
    user: &'a User,
}

/// How an interaction is answered.
struct Answering {
    /// Where its first answer goes.
    callback: String,
    /// Where what replaces that goes.
    original: String,
    /// What the answer becomes.
    shown: Shown,
    /// Whether a form can be opened.
    form: bool,
}

/// Where the answer is seen. Fixed by the first answer, so decided from the interaction alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// To the person alone.
    Privately,
    /// To all in the channel.
    ToAll,
    /// In place of the private message whose button was pressed.
    InPlace,
}

impl Discord {
    /// Takes an interaction and answers it. Only the first that comes by an id: a redelivery is answered already.
    pub(super) async fn interact(self: &Arc<Self>, bot: Bot, interaction: Interaction) {
        if !self.interactions.is_first(&interaction.id().to_string()) {
            return;
        }
        let Some(who) = Who::of(&interaction) else {
            tracing::debug!("an interaction of a kind that kcard does not know");
            return;
        };
        let caller = self.caller(&who);
        match &interaction {
            Interaction::Command(given) => {
                let (words, options) = commands::given(given);
                let command = Command::from_options(&words, &options, ids::FACE);
                let public = command.as_ref().is_ok_and(Command::is_public);
                let answering = who.answering(if public { Shown::ToAll } else { Shown::Privately });
                let work = async move {
                    match command {
                        Ok(command) => bot.command(caller, command).await,
                        Err(error) => words::trouble::usage(&error),
                    }
                };
                self.answer(answering, work).await;
            }
            Interaction::Component(pressed) => {
                let control = ControlId::try_from(pressed.data.custom_id.clone());
                let is_private = pressed.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
                let turns = is_private && matches!(control, Ok(ControlId::Run(_)));
                let answering = who.answering(if turns { Shown::InPlace } else { Shown::Privately });
                let picked = picked(&pressed.data.kind);
                let work = async move {
                    match control {
                        Ok(control) => bot.press(caller, control, picked).await,
                        Err(_) => words::trouble::unknown_control(),
                    }
                };
                self.answer(answering, work).await;
            }
            Interaction::Modal(filled) => {
                let control = ControlId::try_from(filled.data.custom_id.clone());
                let fields = fields(&filled.data.components);
                // A form cannot open another.
                let answering = Answering { form: false, ..who.answering(Shown::Privately) };
                let work = async move {
                    match control {
                        Ok(control) => bot.submit(caller, control, fields).await,
                        Err(_) => words::trouble::unknown_control(),
                    }
                };
                self.answer(answering, work).await;
            }
            Interaction::Autocomplete(typed) => self.complete(&bot, &who, typed).await,
            _ => {}
        }
    }

    /// Who it is and where. In a thread on a question it is the question's channel.
    fn caller(&self, who: &Who<'_>) -> Caller {
        let Who { guild, member, .. } = *who;
        let may = member.and_then(|member| member.permissions).unwrap_or_default();
        let channel = self.places.parent(who.channel).unwrap_or(who.channel);
        Caller {
            key: format!("{}:i:{}", ids::FACE, who.id),
            player: ids::player(guild, who.user.id),
            name: hear::name(who.user, member.and_then(|member| member.nick.as_deref())),
            space: ids::space(guild),
            channel: guild.map(|_| ids::channel(channel)),
            admin: guild.is_some() && may.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
            roles: member.map(|member| member.roles.iter().map(ids::role).collect()).unwrap_or_default(),
        }
    }

    /// Does the work in a task of its own and answers within Discord's time, whatever becomes of it.
    async fn answer(self: &Arc<Self>, answering: Answering, work: impl Future<Output = Reply> + Send + 'static) {
        let mut work = tokio::spawn(work);
        if let Ok(done) = timeout(PUT_OFF_AFTER, &mut work).await {
            let reply = done.unwrap_or_else(|_| words::trouble::ours());
            self.answer_now(&answering, &reply).await;
            return;
        }
        let first = match answering.shown {
            Shown::Privately => Response::Defer(CreateInteractionResponseMessage::new().ephemeral(true)),
            Shown::ToAll => Response::Defer(CreateInteractionResponseMessage::new()),
            Shown::InPlace => Response::Acknowledge,
        };
        if self.call_back(&answering, &first, None).await {
            let discord = Arc::clone(self);
            self.in_background(async move { discord.answer_later(&answering, work).await });
        }
    }

    async fn answer_now(&self, answering: &Answering, reply: &Reply) {
        if let Some(form) = reply.form.as_ref().filter(|_| answering.form) {
            self.call_back(answering, &Response::Modal(render::modal(form)), None).await;
            return;
        }
        let reply = sayable(reply);
        let message = render::response(&reply);
        let response = match answering.shown {
            Shown::InPlace => Response::UpdateMessage(message),
            Shown::Privately | Shown::ToAll => Response::Message(message),
        };
        self.call_back(answering, &response, reply.file.as_ref()).await;
    }

    async fn answer_later(&self, answering: &Answering, work: JoinHandle<Reply>) {
        let reply = match timeout(COMPLETE_WITHIN, work).await {
            Ok(done) => done.unwrap_or_else(|_| words::trouble::ours()),
            Err(_) => words::trouble::busy(),
        };
        let reply = sayable(&reply);
        let mut body = json(&render::response(&reply));
        if let Some(body) = body.as_object_mut() {
            // Who sees it was decided by the first answer.
            body.remove("flags");
        }
        if let Err(error) = self.rest.follow_up(&answering.original, &body, reply.file.as_ref()).await {
            tracing::warn!(%error, "an answer that was put off could not be given");
        }
    }

    /// Whether Discord took an interaction's first answer, or may have.
    async fn call_back(&self, answering: &Answering, response: &Response, file: Option<&crate::chat::File>) -> bool {
        match self.rest.callback(&answering.callback, &json(response), file).await {
            // Answered already: by the first of two tries, whose answer was lost.
            Ok(()) | Err(RestError::Gone { code: ACKNOWLEDGED, .. }) => true,
            Err(RestError::Gone { code: UNKNOWN_INTERACTION, .. }) => {
                tracing::warn!("an interaction was answered too late for Discord");
                false
            }
            Err(error) => {
                tracing::warn!(%error, "an interaction could not be answered");
                matches!(error, RestError::Later { unsure: true, .. })
            }
        }
    }

    /// What can be typed on, from memory.
    async fn complete(&self, bot: &Bot, who: &Who<'_>, typed: &CommandInteraction) {
        let (words, _) = commands::given(typed);
        let offers = match commands::focused(typed) {
            Some((option, value)) => bot.offers(&ids::space(who.guild), &words, option, value),
            None => Vec::new(),
        };
        let fits = |offer: &&String| (1..=CHOICE).contains(&offer.chars().count());
        let choices = offers.iter().filter(fits).take(CHOICES);
        let choices = choices.map(|offer| AutocompleteChoice::new(offer, offer.as_str())).collect();
        let response = Response::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices));
        self.call_back(&who.answering(Shown::Privately), &response, None).await;
    }
}

impl<'a> Who<'a> {
    fn of(interaction: &'a Interaction) -> Option<Self> {
        macro_rules! of {
            ($given:ident, $member:expr) => {
                Self {
                    id: $given.id.get(),
                    token: &$given.token,
                    application: $given.application_id.get(),
                    guild: $given.guild_id,
                    channel: $given.channel_id,
                    member: $member,
                    user: &$given.user,
                }
            };
        }
        Some(match interaction {
            Interaction::Command(given) | Interaction::Autocomplete(given) => of!(given, given.member.as_deref()),
            Interaction::Component(pressed) => of!(pressed, pressed.member.as_ref()),
            Interaction::Modal(filled) => of!(filled, filled.member.as_ref()),
            _ => return None,
        })
    }

    fn answering(&self, shown: Shown) -> Answering {
        let Self { id, token, application, .. } = self;
        Answering {
            callback: format!("interactions/{id}/{token}/callback"),
            original: format!("webhooks/{application}/{token}/messages/@original"),
            shown,
            form: true,
        }
    }
}

/// A form's fields by name.
fn fields(rows: &[ActionRow]) -> BTreeMap<String, String> {
    let inputs = rows.iter().flat_map(|row| &row.components).filter_map(|input| match input {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    inputs.collect()
}

/// The option numbers that a menu was left with.
fn picked(kind: &ComponentInteractionDataKind) -> Vec<u8> {
    match kind {
        ComponentInteractionDataKind::StringSelect { values } => {
            values.iter().filter_map(|value| value.parse().ok()).collect()
        }
        _ => Vec::new(),
    }
}

/// What can be said where no form can be opened and no file is too large.
fn sayable(reply: &Reply) -> Reply {
    let mut reply = reply.clone();
    if reply.form.take().is_some() && reply.text.is_empty() {
        reply.text = words::schedules::incomplete().text;
    }
    if reply.file.as_ref().is_some_and(|file| file.content.len() > LARGEST_FILE) {
        reply.file = None;
        reply.text = words::privacy::too_large().text;
    }
    reply
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}
