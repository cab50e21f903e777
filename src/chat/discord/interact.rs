//! Commands, buttons, menus and forms: who gives them, where, and what the bot is asked. [`super::answering`] answers them.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use serenity::{
    builder::{AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse as Response},
    model::{
        Permissions,
        application::{ActionRow, ActionRowComponent, CommandInteraction, ComponentInteractionDataKind, Interaction},
        channel::{MessageFlags, PartialChannel},
        guild::Member,
        id::{ChannelId, GuildId},
        user::User,
    },
};

use super::{
    Discord, allowed,
    answering::{Answering, Shown},
    commands, hear, ids,
};
use crate::{
    bot::Bot,
    chat::{Caller, ControlId, command::Command, words},
};

/// The most choices that Discord shows, and their longest.
const CHOICES: usize = 25;
const CHOICE: usize = 100;
/// What all interactions say: whose they are, and how they are answered.
struct Who<'a> {
    id: u64,
    token: &'a str,
    application: u64,
    guild: Option<GuildId>,
    channel: ChannelId,
    place: Option<&'a PartialChannel>,
    /// What kcard may in the channel.
    may: Option<Permissions>,
    member: Option<&'a Member>,
    user: &'a User,
    came: Instant,
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
                let (discord, attached) = (Arc::clone(self), commands::attached(given).cloned());
                let work = async move {
                    match (command, attached) {
                        (Ok(command), Some(file)) => bot.upload(caller, command, discord.fetch(&file)).await,
                        (Ok(command), None) => bot.command(caller, command).await,
                        (Err(error), _) => words::trouble::usage(&error),
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
        let parent = self.places.parent(who.channel);
        let channel = parent.unwrap_or(who.channel);
        let is_thread = parent.is_none() && who.place.is_some_and(|place| allowed::is_thread(place.kind));
        Caller {
            key: format!("{}:i:{}", ids::FACE, who.id),
            player: ids::player(guild, who.user.id),
            name: hear::name(who.user, member.and_then(|member| member.nick.as_deref())),
            space: ids::space(guild),
            channel: guild.map(|_| ids::channel(channel)),
            admin: guild.is_some() && may.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
            roles: member.map(|member| member.roles.iter().map(ids::role).collect()).unwrap_or_default(),
            at: ids::at(who.id),
            unsure: false,
            lacks: who.may.filter(|_| guild.is_some()).and_then(|may| allowed::lacks(may, is_thread)),
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
                    place: $given.channel.as_ref(),
                    may: $given.app_permissions,
                    member: $member,
                    user: &$given.user,
                    came: Instant::now(),
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
            anew: format!("webhooks/{application}/{token}"),
            shown,
            form: true,
            came: self.came,
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
