//! What happened in the workspace: reactions and replies as answers, and how their people hear of it. What is in gets a sign, and what
//! must be said is said to its person alone.

use serde_json::json;

use super::{
    Me, Slack,
    api::{
        ALREADY_REACTED,
        method::{REACT, UNREACT},
    },
    ids,
    payload::{Callback, Event, Message, Reacted, User, said},
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
const IN: &str = "inbox_tray";

/// Slack's names of the number reactions, from 1.
pub const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The number that a reaction shows.
pub fn picked(reaction: &str) -> Option<u8> {
    (1..).zip(NUMBERS).find(|(_, name)| *name == reaction).map(|(number, _)| number)
}

/// A message in the thread of the question `parent` as an answer to it.
pub fn given(message: &Message, channel: &str, parent: &str, me: &Me) -> Option<Given> {
    let user = message.user.as_deref().filter(|_| message.bot_id.is_none())?;
    if message.ts == parent
        || !matches!(message.subtype.as_deref(), None | Some("thread_broadcast" | "file_share" | "me_message"))
    {
        return None;
    }
    let text = said_to(me, message);
    if text.is_empty() {
        return None;
    }
    let edited = message.edited.as_ref().map(|edited| edited.ts.as_str());
    let again = edited.map(|ts| format!(":{ts}")).unwrap_or_default();
    Some(Given {
        key: format!("{}:m:{channel}:{}{again}", ids::FACE, message.ts),
        target: Target::Message(ids::message(channel, None, parent)),
        player: ids::player(&me.team, user),
        name: None,
        way: Way::Reply,
        change: Change::Set(Input::Text(text)),
        at: ids::at(edited.unwrap_or(&message.ts)),
        aside: false,
    })
}

/// What a message says to kcard, whose name in it is no part of that.
fn said_to(me: &Me, message: &Message) -> String {
    let text = message.text.as_deref().unwrap_or_default().replace(&format!("<@{}>", me.user), "");
    said(&text).trim().to_owned()
}

impl Slack {
    /// Takes an event.
    pub(super) async fn hear(&self, bot: &Bot, callback: Callback) {
        let Callback { event_id, event } = callback;
        match event {
            Event::Message(message) => self.hear_message(bot, &event_id, *message).await,
            Event::ReactionAdded(reacted) => self.hear_reaction(bot, &event_id, &reacted, true).await,
            Event::ReactionRemoved(reacted) => self.hear_reaction(bot, &event_id, &reacted, false).await,
            Event::AppHomeOpened { user, tab } => {
                if tab.as_deref().is_none_or(|tab| tab == "home") {
                    // It asks Slack for much, and other people's answers are behind it.
                    let (slack, bot) = (self.arc(), bot.clone());
                    self.under_way.spawn(async move { slack.show_home(&bot, &user).await });
                }
            }
            Event::MemberJoinedChannel { user, channel, inviter } => {
                self.joined(&user, &channel, inviter.as_deref()).await;
            }
            Event::ChannelArchive(there) | Event::GroupArchive(there) => {
                tracing::warn!(
                    channel = there.channel,
                    "a channel was archived; its schedules ask nothing until it is not"
                );
            }
            Event::ChannelDeleted(there) | Event::GroupDeleted(there) => {
                bot.channel_gone(&ids::channel(&there.channel)).await;
            }
            Event::ChannelLeft(there) | Event::GroupLeft(there) => {
                self.places.left(&there.channel);
                tracing::warn!(
                    channel = there.channel,
                    "kcard was removed from a channel; invite it again for its schedules"
                );
            }
            Event::UserChange { user } => self.changed(bot, &user).await,
            Event::AppUninstalled | Event::TokensRevoked => {
                tracing::error!(
                    "kcard was removed from the workspace: install the app again, and restart kcard with its new token"
                );
            }
            Event::Other => {}
        }
    }

    /// Somebody is called otherwise, may do something else, has left or is back. In a large workspace that is so every moment: of who does not play nothing
    /// is kept.
    async fn changed(&self, bot: &Bot, user: &User) {
        let Ok(me) = self.me().await else { return };
        self.people.follow(user, &me.team);
        bot.left(&ids::player(&me.team, &user.id), user.deleted).await;
        if let Some(name) = user.called() {
            bot.renamed(&ids::player(&me.team, &user.id), name).await;
        }
    }

    async fn hear_message(&self, bot: &Bot, event: &str, message: Message) {
        let Some(channel) = message.channel.clone() else { return };
        match message.subtype.as_deref() {
            Some("message_deleted") => {
                if let Some(ts) = &message.deleted_ts {
                    bot.message_gone(&ids::message(&channel, None, ts)).await;
                }
            }
            Some("message_changed") => {
                let Some(now) = message.now else { return };
                if now.subtype.as_deref() == Some("tombstone") {
                    // What is left of a deleted message that has a thread.
                    bot.message_gone(&ids::message(&channel, None, &now.ts)).await;
                } else if now.edited.is_some() {
                    self.hear_reply(bot, &channel, &now).await;
                }
            }
            None if message.channel_type.as_deref() == Some("im") => {
                let (slack, bot, event) = (self.arc(), bot.clone(), event.to_owned());
                self.under_way.spawn(async move { slack.hear_direct(&bot, &event, &channel, &message).await });
            }
            _ => self.hear_reply(bot, &channel, &message).await,
        }
    }

    /// A message in a thread, or what it was changed to.
    async fn hear_reply(&self, bot: &Bot, channel: &str, message: &Message) {
        let (Some(parent), Some(user), Ok(me)) = (&message.thread_ts, &message.user, self.me().await) else { return };
        // What people reply to each other is no business of the store.
        if message.parent_user_id.as_ref().is_some_and(|author| *author != me.user) {
            return;
        }
        let Some(mut given) = given(message, channel, parent, &me).filter(|_| *user != me.user) else { return };
        given.name = self.name_of(user);
        let Some(heard) = bot.answer(given).await else { return };
        match heard.sign {
            Some(Sign::Quiet) => {}
            Some(Sign::In { tries_left }) => self.sign(channel, &message.ts, tries_left, message.edited.is_some()),
            None => {
                // People talk in a thread, also after the close: each is told a thing once.
                if self.hinted.is_first(&format!("{channel}:{parent}:{user}:{}", heard.text)) {
                    self.tell_soon(channel, Some(parent), user, heard);
                }
            }
        }
    }

    /// What somebody writes to kcard alone is a command line, with or without its slash.
    async fn hear_direct(&self, bot: &Bot, event: &str, channel: &str, message: &Message) {
        let (Some(user), None, Ok(me)) = (&message.user, &message.bot_id, self.me().await) else { return };
        if *user == me.user {
            return;
        }
        let key = format!("{}:e:{event}", ids::FACE);
        let Ok(caller) = self.caller(user, key, None, Some(&message.ts)).await else { return };
        let reply = bot.line(caller, &said_to(&me, message)).await;
        if let Err(error) = self.answer_directly(channel, user, reply).await {
            tracing::warn!(%error, "a direct message could not be answered");
        }
    }

    /// A number reaction was put on a message, or taken away.
    async fn hear_reaction(&self, bot: &Bot, event: &str, reacted: &Reacted, there: bool) {
        let Reacted { user, reaction, item_user, item, event_ts } = reacted;
        let (Some(channel), Some(ts), Ok(me)) = (&item.channel, &item.ts, self.me().await) else { return };
        let Some(number) = picked(reaction) else { return };
        if *user == me.user || item_user.as_ref().is_some_and(|author| *author != me.user) {
            return;
        }
        let given = Given {
            key: format!("{}:e:{event}", ids::FACE),
            target: Target::Message(ids::message(channel, None, ts)),
            player: ids::player(&me.team, user),
            name: self.name_of(user),
            way: Way::Reaction,
            change: if there { Change::Add(number) } else { Change::Remove(number) },
            at: ids::at(event_ts),
            aside: false,
        };
        let Some(heard) = bot.answer(given).await else { return };
        if heard.sign.is_none() && self.hinted.is_first(&format!("{channel}:{ts}:{user}:{}", heard.text)) {
            self.tell_soon(channel, None, user, heard);
        }
    }

    /// Somebody came into a channel: where it is kcard, who brought it is greeted.
    async fn joined(&self, user: &str, channel: &str, inviter: Option<&str>) {
        let Ok(me) = self.me().await else { return };
        if user != me.user {
            return;
        }
        self.places.joined(channel);
        tracing::info!(channel, "kcard was invited to a channel");
        if let Some(inviter) = inviter {
            self.tell_soon(channel, None, inviter, Reply::private(words::greeting()));
        }
    }

    /// Shows that a reply is in, and how many tries are left, by reactions on it; on an edited one in place of what they showed before.
    fn sign(&self, channel: &str, ts: &str, tries_left: Option<u8>, edited: bool) {
        let slack = self.arc();
        let (message, left) = (ids::message(channel, None, ts), tries_left.filter(|left| (1..=9).contains(left)));
        self.in_background(async move {
            if let Some(before) = left.filter(|left| edited && *left < 9) {
                slack.unreact(&message, NUMBERS[usize::from(before)]).await;
            }
            let number = left.map(|left| NUMBERS[usize::from(left) - 1]);
            for name in [IN].into_iter().chain(number) {
                if let Err(error) = slack.react(&message, name).await {
                    tracing::debug!(%error, "could not show that a reply is in");
                    return;
                }
            }
        });
    }

    /// Says something to one person in a channel, where nobody waits for it.
    fn tell_soon(&self, channel: &str, thread: Option<&str>, user: &str, reply: Reply) {
        let slack = self.arc();
        let (channel, thread, user) = (channel.to_owned(), thread.map(str::to_owned), user.to_owned());
        self.in_background(async move {
            if let Err(error) = slack.tell(&channel, thread.as_deref(), &user, &reply).await {
                tracing::debug!(channel, %error, "could not give a hint");
            }
        });
    }

    /// Puts a reaction of the bot's own under a message, when nothing else waits.
    pub(super) async fn react(&self, message: &MessageRef, name: &str) -> Result<(), super::ApiError> {
        let Some((channel, _, ts)) = ids::message_of(message) else { return Ok(()) };
        let body = json!({ "channel": channel, "timestamp": ts, "name": name });
        match self.api.post::<serde_json::Value>(REACT.in_background(), &body).await {
            Err(error) if !error.is(ALREADY_REACTED) => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes one away.
    async fn unreact(&self, message: &MessageRef, name: &str) {
        let Some((channel, _, ts)) = ids::message_of(message) else { return };
        let body = json!({ "channel": channel, "timestamp": ts, "name": name });
        if let Err(error) = self.api.post::<serde_json::Value>(UNREACT.in_background(), &body).await {
            tracing::debug!(%error, "could not take an old sign away");
        }
    }
}
