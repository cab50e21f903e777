//! The room as the bot sees it: a chat platform that is always there.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Web, view::Body};
use crate::{
    chat::{Chat, ChatError, Given, Post, PostKey, ReadBack, port::Target},
    quiz::{
        answer::{Change, Input, Way},
        id::{ChannelId, MessageRef, PlayerId, SpaceId},
    },
    store::{RoomMessage, StoreError},
};

/// The one space of this face.
pub fn space() -> SpaceId {
    SpaceId::new("web")
}

/// The id of a player of this name. Names have no slash and no colon, so it is unambiguous.
pub fn player(name: &str) -> PlayerId {
    PlayerId::new(format!("web:{name}"))
}

/// The reference of a message.
pub fn reference(channel: &str, id: i64) -> MessageRef {
    MessageRef { channel: ChannelId::new(format!("web:{channel}")), id: id.to_string() }
}

/// A reply as the bot takes it; `None` where it is no player's, or no text.
pub fn given(reply: RoomMessage, target: MessageRef) -> Option<Given> {
    let author = reply.author?;
    let Ok(Body::Said(text)) = serde_json::from_str(&reply.body) else { return None };
    Some(Given {
        key: reply.key?,
        target: Target::Message(target),
        player: player(&author),
        name: Some(author),
        way: Way::Reply,
        change: Change::Set(Input::Text(text)),
        at: Some(reply.edited.unwrap_or(reply.at)),
        aside: false,
    })
}

#[async_trait]
impl Chat for Web {
    fn face(&self) -> &'static str {
        "web"
    }

    async fn space(&self, _: &ChannelId) -> Result<SpaceId, ChatError> {
        Ok(space())
    }

    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError> {
        let reply_to = post.reply_to.as_ref().map(number).transpose()?;
        let id = self
            .store
            .room_post(channel.local(), None, Some(&post.key.0), &body(post)?, reply_to, self.clock.now())
            .await
            .map_err(|error| chat_error(&error))?;
        self.live.publish(&self.store, id).await;
        Ok(reference(channel.local(), id))
    }

    async fn edit(&self, message: &MessageRef, post: &Post) -> Result<(), ChatError> {
        let id = number(message)?;
        if !self.store.room_edit(id, &body(post)?, self.clock.now()).await.map_err(|error| chat_error(&error))? {
            return Err(gone(message));
        }
        self.live.publish(&self.store, id).await;
        Ok(())
    }

    async fn find(
        &self,
        channel: &ChannelId,
        key: &PostKey,
        _: Option<&MessageRef>,
        _: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError> {
        let found = self.store.room_find(&key.0).await.map_err(|error| chat_error(&error))?;
        Ok(found.map(|id| reference(channel.local(), id)))
    }

    /// Nothing to do: the page offers as many number reactions as the post names.
    async fn seed(&self, _: &MessageRef, _: u8) -> Result<(), ChatError> {
        Ok(())
    }

    async fn read_back(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        let id = number(message)?;
        let question =
            self.store.room_message(id).await.map_err(|error| chat_error(&error))?.ok_or_else(|| gone(message))?;
        let replies = self.store.room_replies(id).await.map_err(|error| chat_error(&error))?;
        let mut back = ReadBack {
            replies: replies.into_iter().filter_map(|reply| given(reply, message.clone())).collect(),
            ..ReadBack::default()
        };
        for (option, name) in question.reactions {
            back.names.insert(player(&name), name.clone());
            back.reactions.entry(player(&name)).or_default().insert(option);
        }
        Ok(back)
    }

    /// Nothing to do: the page shows what people say to a question under it.
    async fn open_thread(&self, _: &MessageRef, _: &str) -> Result<(), ChatError> {
        Ok(())
    }

    async fn is_in(&self, player: &PlayerId, space: &SpaceId) -> Result<bool, ChatError> {
        Ok(player.face() == self.face() && *space == self::space())
    }

    /// Who looks after the room reads its log.
    async fn tell_admins(&self, space: &SpaceId, _: &str) -> Result<(), ChatError> {
        // What it says can hold an answer, which is for no log.
        tracing::info!(%space, "a word to the admins: /kquiz schedule list and /kquiz dispute list show what it is about");
        Ok(())
    }
}

fn body(post: &Post) -> Result<String, ChatError> {
    serde_json::to_string(&Body::Post(post.clone())).map_err(|error| ChatError::Bug(error.to_string()))
}

fn number(message: &MessageRef) -> Result<i64, ChatError> {
    message.id.parse().map_err(|_| gone(message))
}

fn gone(message: &MessageRef) -> ChatError {
    ChatError::Gone(format!("there is no message {} in {}", message.id, message.channel))
}

fn chat_error(error: &StoreError) -> ChatError {
    let unsure = matches!(error, StoreError::Database(_));
    ChatError::Again { after: Duration::from_secs(1), unsure, why: error.to_string() }
}
