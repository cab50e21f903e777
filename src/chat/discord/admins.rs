//! Speaking to one person alone: to somebody in a server, or to its owner, or, where they take no direct messages, in the channel that
//! Discord itself uses for what admins should know.

use reqwest::Method;
use serde::Deserialize;
use serenity::{
    builder::CreateMessage,
    model::id::{ChannelId, GuildId, UserId},
};

use super::{
    Discord,
    pace::Route,
    render,
    rest::{Call, RestError},
};

/// Whom to speak to.
#[derive(Deserialize)]
struct Guild {
    name: String,
    owner_id: UserId,
    /// Only moderators read it.
    public_updates_channel_id: Option<ChannelId>,
    system_channel_id: Option<ChannelId>,
}

impl Discord {
    /// Says something to a server's owner.
    pub(super) async fn tell_owner(&self, guild: GuildId, text: &str) -> Result<(), RestError> {
        let (found, text) = self.in_guild(guild, text).await?;
        let mut told = self.tell_person(found.owner_id, &text).await;
        for channel in [found.public_updates_channel_id, found.system_channel_id].into_iter().flatten() {
            if !matches!(told, Err(RestError::Gone { .. })) {
                break;
            }
            told = self.tell_channel(channel, &text).await;
        }
        told
    }

    /// Says something of a server to somebody in it, alone.
    pub(super) async fn tell_member(&self, guild: Option<GuildId>, user: UserId, text: &str) -> Result<(), RestError> {
        match guild {
            Some(guild) => self.tell_person(user, &self.in_guild(guild, text).await?.1).await,
            None => self.tell_person(user, text).await,
        }
    }

    /// A server, and a text that says of which it is.
    async fn in_guild(&self, guild: GuildId, text: &str) -> Result<(Guild, String), RestError> {
        let found: Guild = self.rest.read(&Call::get(format!("guilds/{guild}"), Route("guild", guild.get()))).await?;
        let text = format!("**{}**: {text}", crate::chat::words::plain(&found.name));
        Ok((found, text))
    }

    async fn tell_person(&self, user: UserId, text: &str) -> Result<(), RestError> {
        #[derive(Deserialize)]
        struct Direct {
            id: ChannelId,
        }
        let body = serde_json::json!({ "recipient_id": user });
        let call = Call::new(Method::POST, "users/@me/channels".into(), Route("direct", 0)).body(&body)?;
        let direct: Direct = self.rest.read(&call).await?;
        self.tell_channel(direct.id, text).await
    }

    async fn tell_channel(&self, channel: ChannelId, text: &str) -> Result<(), RestError> {
        let message = CreateMessage::new().content(render::content(text, None)).allowed_mentions(render::nobody());
        let path = format!("channels/{channel}/messages");
        self.rest.call(&Call::new(Method::POST, path, Route("post", channel.get())).body(&message)?).await?;
        Ok(())
    }
}
