//! Reactions and replies: what they mean for the bot, and how their people hear of it. Nobody can be spoken to alone here, so what is
//! in gets a sign, and only what must be said is said, for a short while.

use std::time::Duration;

use reqwest::Method;
use serenity::{
    builder::CreateMessage,
    model::{
        channel::{Message, MessageReaction, MessageReference, MessageType, Reaction, ReactionType},
        event::MessageUpdateEvent,
        guild::PartialMember,
        id::{ChannelId, GuildId, MessageId, UserId},
        user::User,
    },
};

use super::{
    Discord, escaped,
    face::{keycap, picked},
    ids,
    pace::Route,
    places::Places,
    render,
    rest::{Call, RestError},
};
use crate::{
    bot::Bot,
    chat::{Given, Reply, port::Target, post::Sign, words},
    quiz::{
        answer::{Change, Input, Way},
        id::MessageRef,
    },
};

/// What a reply that is in gets.
const IN: &str = "📥";

/// The name to show for a person: as the server calls them, as they call themselves, or their account's.
pub fn name(user: &User, nick: Option<&str>) -> String {
    nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned()
}

/// A message as an answer to the question `target`, where it is one: a reply to it, or a message in its thread.
pub fn given(
    message: &Message,
    guild: Option<GuildId>,
    target: &MessageRef,
    me: UserId,
    places: &Places,
) -> Option<Given> {
    if message.author.bot || message.webhook_id.is_some() || answers(message, places).as_ref() != Some(target) {
        return None;
    }
    let text = said(message, me);
    if text.is_empty() {
        return None;
    }
    Some(reply(message, guild, None, target.clone(), text, me))
}

/// An edited message is another answer, given when it was edited.
fn reply(
    message: &Message,
    guild: Option<GuildId>,
    nick: Option<&str>,
    target: MessageRef,
    text: String,
    me: UserId,
) -> Given {
    let at = message.edited_timestamp.unwrap_or(message.timestamp);
    let edited = message.edited_timestamp.map(|at| format!(":{}", at.unix_timestamp_nanos() / 1_000_000));
    Given {
        key: format!("{}:m:{}{}", ids::FACE, message.id, edited.unwrap_or_default()),
        target: Target::Message(target),
        player: ids::player(guild, message.author.id),
        name: Some(name(&message.author, nick)),
        way: Way::Reply,
        change: Change::Set(Input::Text(text)),
        at: jiff::Timestamp::from_nanosecond(at.unix_timestamp_nanos()).ok(),
        aside: message.kind != MessageType::InlineReply && !message.mentions_user_id(me),
    }
}

/// The question that a message may answer: the one it replies to, or the one in whose thread it stands.
fn answers(message: &Message, places: &Places) -> Option<MessageRef> {
    if message.kind == MessageType::InlineReply {
        let to = message.message_reference.as_ref()?;
        return Some(ids::message(places.parent(to.channel_id).unwrap_or(to.channel_id), to.message_id?));
    }
    let parent = places.parent(message.channel_id).filter(|_| message.kind == MessageType::Regular)?;
    Some(ids::message(parent, MessageId::new(message.channel_id.get())))
}

/// What a message says, without the mention of the bot that a reply begins with.
fn said(message: &Message, me: UserId) -> String {
    let text = message.content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    text.trim().to_owned()
}

impl Discord {
    /// A message was written.
    pub(super) async fn hear_message(&self, bot: &Bot, message: &Message) {
        let nick = message.member.as_deref().and_then(|member: &PartialMember| member.nick.as_deref());
        self.hear_text(bot, message, message.guild_id, nick).await;
    }

    /// A message was edited; the event says less of it than Discord knows. Only a reply to kcard, or what stands in a question's thread,
    /// is looked at.
    pub(super) async fn hear_edit(&self, bot: &Bot, edit: &MessageUpdateEvent) {
        let Ok(me) = self.me().await else { return };
        let to = edit.referenced_message.as_ref().and_then(Option::as_ref);
        if self.places.parent(edit.channel_id).is_none() && to.is_none_or(|to| to.author.id != me.user) {
            return;
        }
        let path = format!("channels/{}/messages/{}", edit.channel_id, edit.id);
        match self.rest.read::<Message>(&Call::get(path, Route("message", edit.channel_id.get()))).await {
            Ok(message) => {
                let member = edit.member.as_ref().and_then(Option::as_deref);
                self.hear_text(bot, &message, edit.guild_id, member.and_then(|member| member.nick.as_deref())).await;
            }
            Err(error) => tracing::debug!(%error, "could not look at an edited reply"),
        }
    }

    async fn hear_text(&self, bot: &Bot, message: &Message, guild: Option<GuildId>, nick: Option<&str>) {
        let Ok(me) = self.me().await else { return };
        if message.author.bot || message.webhook_id.is_some() || guild.is_none() {
            return;
        }
        let Some(question) = answers(message, &self.places) else { return };
        let text = said(message, me.user);
        let is_thread = self.places.parent(message.channel_id).is_some();
        // What people reply to each other is no business of the store.
        if !is_thread && message.referenced_message.as_ref().is_some_and(|to| to.author.id != me.user) {
            return;
        }
        // Without the privileged intent a reply that does not mention the bot arrives empty; one in our question's thread as well.
        let is_ours = is_thread || message.referenced_message.as_ref().is_some_and(|to| to.author.id == me.user);
        let unheard = text.is_empty() && message.attachments.is_empty() && is_ours && !me.reads_content;
        if text.is_empty() && !unheard {
            return;
        }
        let heard = bot.answer(reply(message, guild, nick, question, text, me.user)).await;
        let Some(mut heard) = heard else { return };
        if unheard && heard.text.starts_with(words::answers::UNREADABLE) {
            heard = if is_thread {
                words::answers::unheard_in_thread(&format!("<@{}>", me.user))
            } else {
                words::answers::unheard()
            };
        }
        match heard.sign {
            Some(Sign::Quiet) => {}
            Some(Sign::In { tries_left }) => self.sign(message, tries_left),
            None => {
                // People talk in a thread, also of what is no answer: each is told once.
                let talk = || format!("{}:{}", message.channel_id, message.author.id);
                let about = if is_thread { talk() } else { message.id.to_string() };
                self.hint(message.channel_id, Some(message.id), &heard, &about);
            }
        }
    }

    /// A number reaction was put on a message, or taken away.
    pub(super) async fn hear_reaction(&self, bot: &Bot, reaction: &Reaction, there: bool) {
        let (Some(user), ReactionType::Unicode(emoji)) = (reaction.user_id, &reaction.emoji) else { return };
        let Some(number) = picked(emoji) else { return };
        let Ok(me) = self.me().await else { return };
        let member = reaction.member.as_ref();
        let others = reaction.message_author_id.is_some_and(|author| author != me.user);
        if others || user == me.user || member.is_some_and(|member| member.user.bot) {
            return;
        }
        let given = Given {
            // Reactions have no id. Twice the same is nothing: it stands already, or not any more.
            key: format!("{}:r:{}:{user}:{:016x}", ids::FACE, reaction.message_id, rand::random::<u64>()),
            target: Target::Message(ids::message(reaction.channel_id, reaction.message_id)),
            player: ids::player(reaction.guild_id, user),
            name: member.map(|member| name(&member.user, member.nick.as_deref())),
            way: Way::Reaction,
            change: if there { Change::Add(number) } else { Change::Remove(number) },
            at: None,
            aside: false,
        };
        let who = given.name.clone();
        let Some(mut heard) = bot.answer(given).await else { return };
        if heard.sign.is_none() {
            let who = who.map(|who| format!("{}: ", words::plain(&who))).unwrap_or_default();
            heard.text = format!("{who}{}", heard.text);
            self.hint(reaction.channel_id, None, &heard, &format!("{}:{user}", reaction.message_id));
        }
    }

    /// Shows that a reply is in, and how many tries are left, by reactions on it. An edited one shows how many there were.
    fn sign(&self, message: &Message, tries_left: Option<u8>) {
        let reply = (message.channel_id, message.id);
        let left = tries_left.filter(|left| *left <= 9).map(keycap);
        let emoji = |reaction: &MessageReaction| match &reaction.reaction_type {
            ReactionType::Unicode(emoji) if reaction.me && emoji != IN && left.as_ref() != Some(emoji) => {
                Some(emoji.clone())
            }
            _ => None,
        };
        let old: Vec<String> = message.reactions.iter().filter_map(emoji).collect();
        let discord = self.arc();
        self.in_background(async move {
            for emoji in old {
                if let Err(error) = discord.unreact(reply, &emoji).await {
                    tracing::debug!(%error, "could not take an old sign away");
                }
            }
            for emoji in [IN.to_owned()].into_iter().chain(left) {
                if let Err(error) = discord.react(reply, &emoji).await {
                    tracing::debug!(%error, "could not show that a reply is in");
                    return;
                }
            }
        });
    }

    /// Says something in a channel to one person, who is not pinged, and takes it away after a while; each thing once.
    fn hint(&self, channel: ChannelId, to: Option<MessageId>, reply: &Reply, about: &str) {
        if !self.hinted.is_first(&format!("{about}:{}", reply.text)) {
            return;
        }
        let message =
            CreateMessage::new().content(render::content(&reply.text, None)).allowed_mentions(render::nobody());
        let message = match to {
            Some(to) => message.reference_message(MessageReference::from((channel, to)).fail_if_not_exists(false)),
            None => message,
        };
        let discord = self.arc();
        self.in_background(async move {
            match discord.say(channel, &message).await {
                Ok(hint) => {
                    tokio::time::sleep(discord.hint_stands).await;
                    discord.unsay(channel, hint).await;
                }
                Err(error) => tracing::debug!(%channel, %error, "could not give a hint"),
            }
        });
    }

    async fn say(&self, channel: ChannelId, message: &CreateMessage) -> Result<MessageId, RestError> {
        #[derive(serde::Deserialize)]
        struct Posted {
            id: MessageId,
        }
        let path = format!("channels/{channel}/messages");
        let call = Call::new(Method::POST, path, Route("post", channel.get())).body(message)?.extra();
        let posted: Posted = self.rest.read(&call).await?;
        Ok(posted.id)
    }

    async fn unsay(&self, channel: ChannelId, message: MessageId) {
        let path = format!("channels/{channel}/messages/{message}");
        let call = Call::new(Method::DELETE, path, Route("delete", channel.get())).extra();
        if let Err(error) = self.rest.call(&call).await {
            tracing::debug!(%channel, %error, "could not take a hint away");
        }
    }

    /// Takes a reaction of the bot's own away.
    async fn unreact(&self, there: (ChannelId, MessageId), emoji: &str) -> Result<(), RestError> {
        let (channel, id) = there;
        let path = format!("channels/{channel}/messages/{id}/reactions/{}/@me", escaped(emoji));
        self.rest.call(&Call::new(Method::DELETE, path, Route("react", channel.get())).extra()).await?;
        Ok(())
    }

    /// Puts a reaction of the bot's own under a message, when nothing else waits.
    pub(super) async fn react(&self, there: (ChannelId, MessageId), emoji: &str) -> Result<(), RestError> {
        let (channel, id) = there;
        let path = format!("channels/{channel}/messages/{id}/reactions/{}/@me", escaped(emoji));
        self.rest.call(&Call::new(Method::PUT, path, Route("react", channel.get())).extra()).await?;
        Ok(())
    }
}

/// How long a hint in a channel stands before it is taken away.
pub const HINT_STANDS: Duration = Duration::from_secs(20);
