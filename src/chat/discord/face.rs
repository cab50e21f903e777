//! Discord as the bot sees it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Deserialize;
use serenity::model::{
    channel::Message,
    id::{ChannelId as DiscordChannel, GuildId, UserId},
};

use super::{
    Discord, ids,
    pace::Route,
    render,
    rest::{Call, MAY_NOT_REPLY, RestError},
};
use crate::{
    chat::{Chat, ChatError, Connection, Post, PostKey, ReadBack},
    quiz::id::{ChannelId, MessageRef, PlayerId, SpaceId},
};

/// How far Discord's clock may be off from ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// Messages on a page of a channel's history: the most that Discord gives at once.
pub(super) const PAGE: usize = 100;
/// Discord's code for a message that has a thread already.
const HAS_THREAD: &str = "160004";
/// Pages that are searched for a post: 5,000 messages.
const PAGES: usize = 50;

#[async_trait]
impl Chat for Discord {
    fn face(&self) -> &'static str {
        ids::FACE
    }

    async fn connection(&self) -> Connection {
        self.hears_now().await
    }

    async fn space(&self, channel: &ChannelId) -> Result<SpaceId, ChatError> {
        #[derive(Deserialize)]
        struct Channel {
            guild_id: Option<GuildId>,
        }
        let id = known(channel)?;
        if let Some(guild) = self.places.guild_of(id) {
            return Ok(ids::space(Some(guild)));
        }
        let found: Channel = self.rest.read(&Call::get(format!("channels/{id}"), Route("channel", id.get()))).await?;
        let guild = found.guild_id.ok_or_else(|| ChatError::Gone(format!("channel `{channel}` is not in a server")))?;
        self.places.belongs(id, guild);
        Ok(ids::space(Some(guild)))
    }

    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError> {
        let id = known(channel)?;
        self.listens_for(post);
        let everyone = self.places.guild_of(id).map(|guild| ids::space(Some(guild)).to_string());
        let post = &match &post.mention {
            mention @ Some(_) if *mention == everyone => Post { mention: None, ..post.clone() },
            _ => post.clone(),
        };
        let try_to = async |post: &Post| {
            let call = Call::new(Method::POST, format!("channels/{id}/messages"), Route("post", id.get()));
            self.rest.read::<Message>(&call.body(&render::message(channel, post))?).await
        };
        let posted = match try_to(post).await {
            // A reveal that may not point to its question is a reveal all the same.
            Err(RestError::Gone { code: MAY_NOT_REPLY, .. }) => {
                try_to(&Post { reply_to: None, ..post.clone() }).await?
            }
            tried => tried?,
        };
        if posted.embeds.is_empty() && self.lacks_embeds.is_first(channel.as_str()) {
            tracing::warn!(
                %channel,
                "Discord left out what stands beside a question: kcard's role needs Embed Links there; without it, a message whose \
                 sending was cut off may be sent twice"
            );
        }
        Ok(ids::message(posted.channel_id, posted.id))
    }

    async fn edit(&self, message: &MessageRef, post: &Post) -> Result<(), ChatError> {
        let (channel, id) = there(message)?;
        let path = format!("channels/{channel}/messages/{id}");
        let call = Call::new(Method::PATCH, path, Route("edit", channel.get())).body(&render::edit(post))?;
        self.rest.call(&call).await?;
        Ok(())
    }

    /// Searches the channel's history from the moment on at which the message was put into the outbox: before, it cannot stand there,
    /// and a message of the same key is another store's.
    async fn find(
        &self,
        channel: &ChannelId,
        key: &PostKey,
        _: Option<&MessageRef>,
        since: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError> {
        let (id, me, footer) = (known(channel)?, self.me().await?.user, render::footer(key));
        let is_it = |message: &Message| {
            let keys = message.embeds.iter().filter_map(|embed| embed.footer.as_ref());
            message.author.id == me && keys.into_iter().any(|found| found.text == footer)
        };
        let mut after = ids::first_at(since.saturating_sub(SKEW).unwrap_or(Timestamp::MIN));
        for _ in 0..PAGES {
            let page = self.history(id, after).await?;
            if let Some(message) = page.iter().find(|message| is_it(message)) {
                return Ok(Some(ids::message(id, message.id)));
            }
            match page.last() {
                Some(last) if page.len() == PAGE => after = last.id.get(),
                _ => return Ok(None),
            }
        }
        Err(ChatError::Gone(format!("nobody can tell whether it stands among more than {} messages", PAGE * PAGES)))
    }

    /// Returns at once: reactions are put behind all that a channel waits for. Nothing is done where that is under way, or where it is
    /// settled; who clears them means it.
    async fn seed(&self, message: &MessageRef, count: u8) -> Result<(), ChatError> {
        let there = there(message)?;
        if !self.seeded.begin(there.1) {
            return Ok(());
        }
        let discord = self.arc();
        self.in_background(async move {
            for number in 1..=count.min(9) {
                if let Err(error) = discord.react(there, &keycap(number)).await {
                    tracing::warn!(channel = %there.0, %error, "could not seed reactions; people can still put them");
                    if matches!(error, RestError::Later { .. }) {
                        discord.seeded.failed(there.1);
                    }
                    return;
                }
            }
        });
        Ok(())
    }

    async fn read_back(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        Ok(self.standing(message).await?)
    }

    async fn open_thread(&self, message: &MessageRef, name: &str) -> Result<(), ChatError> {
        let (channel, id) = there(message)?;
        let path = format!("channels/{channel}/messages/{id}/threads");
        let body = serde_json::json!({ "name": name });
        let call = Call::new(Method::POST, path, Route("thread", channel.get())).body(&body)?;
        match self.rest.call(&call).await {
            Ok(_) => {}
            // By an attempt whose answer was lost.
            Err(RestError::Wrong(why)) if why.contains(HAS_THREAD) => {}
            Err(error) => return Err(error.into()),
        }
        // The thread of a message has its id (developer documentation, "Threads").
        self.places.thread(DiscordChannel::new(id.get()), channel);
        Ok(())
    }

    async fn is_in(&self, player: &PlayerId, space: &SpaceId) -> Result<bool, ChatError> {
        let user = player.person().parse::<u64>().ok().filter(|id| *id != 0).map(UserId::new);
        let (Some(user), Some(guild)) = (user, ids::guild_of(space)) else { return Ok(false) };
        if let Some(is_in) = self.members.get(guild, user) {
            return Ok(is_in);
        }
        let call = Call::get(format!("guilds/{guild}/members/{user}"), Route("member", guild.get())).first();
        let is_in = match self.rest.call(&call).await {
            Ok(_) => true,
            // A server that kcard cannot look into is none in which it serves anybody.
            Err(RestError::Gone { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        self.members.learn(guild, user, is_in);
        Ok(is_in)
    }

    /// As people copy it (help pages of Discord, "Message Link").
    fn link(&self, message: &MessageRef) -> Option<String> {
        let (channel, id) = ids::message_of(message)?;
        let guild = self.places.guild_of(channel)?;
        Some(format!("https://discord.com/channels/{guild}/{channel}/{id}"))
    }

    async fn tell(&self, player: &PlayerId, text: &str) -> Result<(), ChatError> {
        let nobody = || ChatError::Gone(format!("`{player}` is nobody on Discord"));
        let user = player.person().parse::<u64>().ok().filter(|id| *id != 0).map(UserId::new).ok_or_else(nobody)?;
        Ok(self.tell_member(ids::guild_of(&player.space()), user, text).await?)
    }

    async fn tell_admins(&self, space: &SpaceId, text: &str) -> Result<(), ChatError> {
        let Some(guild) = ids::guild_of(space) else { return Ok(()) };
        Ok(self.tell_owner(guild, text).await?)
    }
}

impl Discord {
    /// The messages right after an id, at most [`PAGE`], the oldest first.
    pub(super) async fn history(&self, channel: DiscordChannel, after: u64) -> Result<Vec<Message>, RestError> {
        let path = format!("channels/{channel}/messages?limit={PAGE}&after={after}");
        let mut page: Vec<Message> = self.rest.read(&Call::get(path, Route("history", channel.get())).pages()).await?;
        page.sort_by_key(|message| message.id);
        Ok(page)
    }
}

/// Discord's id of a channel.
fn known(channel: &ChannelId) -> Result<DiscordChannel, ChatError> {
    ids::channel_of(channel).ok_or_else(|| {
        ChatError::Gone(format!(
            "`{channel}` is no channel of Discord: write `discord:` and the channel's id (right-click it, Copy Channel ID)"
        ))
    })
}

/// Where a message stands.
pub(super) fn there(message: &MessageRef) -> Result<(DiscordChannel, serenity::model::id::MessageId), ChatError> {
    let gone = || ChatError::Gone(format!("there is no message {} in {}", message.id, message.channel));
    ids::message_of(message).ok_or_else(gone)
}

/// `1️⃣` to `9️⃣`.
pub(super) fn keycap(number: u8) -> String {
    format!("{number}\u{fe0f}\u{20e3}")
}

/// The number that a reaction picks, with or without the variation selector.
pub(super) fn picked(emoji: &str) -> Option<u8> {
    let number = emoji.strip_suffix('\u{20e3}')?;
    let number = number.strip_suffix('\u{fe0f}').unwrap_or(number);
    number.parse().ok().filter(|number| (1..=9).contains(number))
}
