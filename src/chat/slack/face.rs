//! Slack as the bot sees it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    ApiError, Slack,
    api::{
        CANNOT_REPLY, CHANNEL_NOT_FOUND, NOT_IN_CHANNEL, Paging, THREAD_NOT_FOUND,
        method::{EDIT, HISTORY, REPLIES},
    },
    hear::NUMBERS,
    ids,
    payload::Message,
    render,
};
use crate::{
    chat::{Chat, ChatError, Connection, Post, PostKey, ReadBack, Reply},
    quiz::id::{ChannelId, MessageRef, PlayerId, SpaceId},
};

/// How far Slack's clock may be off from ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// Messages on a page of a history: as many as Slack advises at most.
pub(super) const PAGE: &str = "200";
/// Pages that are searched for a post: 5,000 messages.
const PAGES: usize = 25;

/// A page of a history.
#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) messages: Vec<Message>,
    #[serde(flatten)]
    pub(super) paging: Paging,
}

#[async_trait]
impl Chat for Slack {
    fn face(&self) -> &'static str {
        ids::FACE
    }

    async fn connection(&self) -> Connection {
        self.hears_now()
    }

    async fn space(&self, channel: &ChannelId) -> Result<SpaceId, ChatError> {
        known(channel)?;
        Ok(ids::space(&self.me().await?.team))
    }

    /// A reveal stands in its question's thread; where the question was deleted, in the channel.
    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError> {
        #[derive(Deserialize)]
        struct Posted {
            ts: String,
        }
        let id = known(channel)?;
        let thread = post.reply_to.as_ref().and_then(ids::message_of).map(|(_, thread, ts)| thread.unwrap_or(ts));
        let mut body = json!(render::message(post, &|id| self.called(id)));
        body["channel"] = json!(id);
        // What a text says makes no previews.
        body["unfurl_links"] = json!(false);
        body["unfurl_media"] = json!(false);
        if let Some(thread) = thread {
            body["thread_ts"] = json!(thread);
            body["reply_broadcast"] = json!(post.broadcast);
        }
        let posted = match self.api.say::<Posted>(id, &body).await {
            Err(error) if error.is(THREAD_NOT_FOUND) || error.is(CANNOT_REPLY) => {
                let fields = body.as_object_mut();
                if let Some(fields) = fields {
                    fields.retain(|name, _| name != "thread_ts" && name != "reply_broadcast");
                }
                let posted = self.api.say::<Posted>(id, &body).await?;
                return Ok(ids::message(id, None, &posted.ts));
            }
            posted => posted.inspect_err(|error| {
                if error.is(NOT_IN_CHANNEL) || error.is(CHANNEL_NOT_FOUND) {
                    self.places.left(id);
                }
            })?,
        };
        self.places.joined(id);
        Ok(ids::message(id, thread, &posted.ts))
    }

    async fn edit(&self, message: &MessageRef, post: &Post) -> Result<(), ChatError> {
        let (channel, _, ts) = there(message)?;
        let mut body = json!(render::message(post, &|id| self.called(id)));
        body["channel"] = json!(channel);
        body["ts"] = json!(ts);
        self.api.post::<Value>(EDIT, &body).await?;
        Ok(())
    }

    /// Slack knows no key of a post's own that would keep it from being sent twice: it stands in the message's metadata, which the
    /// history of a channel shows, and in the name of its first block, which the history of a thread shows.
    async fn find(
        &self,
        channel: &ChannelId,
        key: &PostKey,
        within: Option<&MessageRef>,
        since: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError> {
        let id = known(channel)?;
        let thread = within.and_then(ids::message_of).map(|(_, thread, ts)| thread.unwrap_or(ts));
        if let Some(thread) = thread
            && let Some(found) = self.find_in(id, Some(thread), key, since).await?
        {
            return Ok(Some(found));
        }
        Ok(self.find_in(id, None, key, since).await?)
    }

    /// Returns at once: reactions are put when nothing else waits.
    async fn seed(&self, message: &MessageRef, count: u8) -> Result<(), ChatError> {
        there(message)?;
        let key = format!("{}:{}", message.channel, message.id);
        if !self.seeded.is_first(&key) {
            return Ok(());
        }
        let (slack, message, seeding) = (self.arc(), message.clone(), key.clone());
        let is_taken = self.in_background(async move {
            for name in NUMBERS.iter().take(count.into()) {
                if let Err(error) = slack.react(&message, name).await {
                    tracing::warn!(channel = %message.channel, %error, "could not seed reactions; people can still put them");
                    if matches!(error, ApiError::Later { .. } | ApiError::Limited(_)) {
                        // The next reading finds that they are missing.
                        slack.seeded.forget(&seeding);
                    }
                    return;
                }
            }
        });
        if !is_taken {
            self.seeded.forget(&key);
        }
        Ok(())
    }

    async fn read_back(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        self.standing(message).await
    }

    /// Every message of Slack has a thread.
    async fn open_thread(&self, _: &MessageRef, _: &str) -> Result<(), ChatError> {
        Ok(())
    }

    async fn is_in(&self, player: &PlayerId, space: &SpaceId) -> Result<bool, ChatError> {
        if ids::space(&self.me().await?.team) != *space {
            return Ok(false);
        }
        match self.person_in_background(player.person()).await {
            Ok(person) => Ok(!person.gone),
            Err(ApiError::Gone { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn tell(&self, player: &PlayerId, text: &str) -> Result<(), ChatError> {
        let channel = self.direct(player.person()).await?;
        Ok(self.say_directly(&channel, &Reply::private(text)).await?)
    }

    async fn tell_admins(&self, _: &SpaceId, text: &str) -> Result<(), ChatError> {
        let mut told = Err(ChatError::Gone("there is nobody to tell".into()));
        for user in self.caretakers().await? {
            let direct = self.direct(&user).await;
            let said = match direct {
                Ok(channel) => self.say_directly(&channel, &Reply::private(text)).await,
                Err(error) => Err(error),
            };
            match said {
                Ok(()) => told = Ok(()),
                Err(error) if told.is_err() => told = Err(error.into()),
                Err(error) => tracing::debug!(%error, "one of the admins could not be told"),
            }
        }
        told
    }

    fn link(&self, message: &MessageRef) -> Option<String> {
        let (channel, thread, ts) = ids::message_of(message)?;
        let url = self.me_now()?.url;
        let digits = ts.replace('.', "");
        let thread = thread.map(|thread| format!("?thread_ts={thread}&cid={channel}")).unwrap_or_default();
        Some(format!("{}/archives/{channel}/p{digits}{thread}", url.trim_end_matches('/')))
    }
}

impl Slack {
    /// Searches a channel's history, or a thread's, from the moment on at which the message was put into the outbox: before, it cannot
    /// stand there, and a message of the same key is another store's.
    async fn find_in(
        &self,
        channel: &str,
        thread: Option<&str>,
        key: &PostKey,
        since: Timestamp,
    ) -> Result<Option<MessageRef>, ApiError> {
        let me = self.me().await?;
        let oldest = ids::ts(since.saturating_sub(SKEW).unwrap_or(Timestamp::UNIX_EPOCH));
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let mut params = vec![("channel", channel), ("oldest", &oldest), ("limit", PAGE), ("cursor", &cursor)];
            params.push(thread.map_or(("include_all_metadata", "true"), |thread| ("ts", thread)));
            let page: Page = match self.api.get(if thread.is_some() { REPLIES } else { HISTORY }, &params).await {
                Err(error) if error.is(THREAD_NOT_FOUND) => return Ok(None),
                page => page?,
            };
            let is_it = |message: &&Message| me.wrote(message) && message.key().as_ref() == Some(key);
            if let Some(message) = page.messages.iter().find(is_it) {
                return Ok(Some(ids::message(channel, message.thread_ts.as_deref(), &message.ts)));
            }
            cursor = page.paging.next();
            if cursor.is_empty() {
                return Ok(None);
            }
        }
        Err(ApiError::Later {
            after: std::time::Duration::from_mins(5),
            unsure: false,
            why: "nobody can tell whether it stands among more than 5,000 messages".into(),
        })
    }
}

/// A channel of Slack's.
pub(super) fn known(channel: &ChannelId) -> Result<&str, ChatError> {
    ids::channel_of(channel).ok_or_else(|| ChatError::Gone(format!("`{channel}` is no channel of Slack's")))
}

/// A message of Slack's.
pub(super) fn there(message: &MessageRef) -> Result<(&str, Option<&str>, &str), ChatError> {
    ids::message_of(message).ok_or_else(|| ChatError::Gone(format!("`{}` is no message of Slack's", message.id)))
}
