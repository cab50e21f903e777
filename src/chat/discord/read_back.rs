//! What stands on a question: who reacted with what, and who replied. Read in as few requests as there can be: the first page of what
//! came after the question has the question itself, with how many reacted, and the first replies.

use std::collections::{BTreeMap, BTreeSet};

use serenity::model::{
    channel::{Message, ReactionType},
    id::{ChannelId, GuildId, MessageId, UserId},
    user::User,
};

use super::{
    Discord,
    face::{PAGE, picked, there},
    hear, ids,
    pace::Route,
    rest::{Call, RestError, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE},
};
use crate::{
    chat::{ChatError, ReadBack},
    quiz::id::MessageRef,
};

/// Pages of replies that are read: 10,000 messages.
const PAGES: usize = 100;

impl Discord {
    /// The answers that stand on a question. Where it was deleted meanwhile, the bot hears of that.
    pub(super) async fn standing(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        let read = self.read_standing(message).await;
        let Err(ChatError::Gone(_)) = &read else { return read };
        match self.look_at(message).await {
            Err(RestError::Gone { code: UNKNOWN_CHANNEL | UNKNOWN_MESSAGE, .. }) => {
                if let Some(bot) = self.bot() {
                    bot.message_gone(message).await;
                }
                read
            }
            // Where it may not be read, the history is silent about why.
            Err(why @ RestError::Gone { .. }) => Err(why.into()),
            _ => read,
        }
    }

    async fn read_standing(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        let (channel, id) = there(message)?;
        let guild = self.guild(&message.channel).await?;
        let me = self.me().await?.user;
        let mut back = ReadBack::default();
        let question = self.replies(channel, id, guild, message, &mut back).await?;
        let question = question.ok_or_else(|| ChatError::Gone("the message was deleted".into()))?;
        // In a thread that somebody else opened people talk about the question.
        let is_ours = question.thread.as_ref().is_some_and(|thread| thread.owner_id == Some(me));
        if self.places.has_thread(id) || is_ours {
            let thread = ChannelId::new(id.get());
            self.places.thread(thread, channel);
            match self.replies(thread, id, guild, message, &mut back).await {
                Err(RestError::Gone { code: UNKNOWN_CHANNEL, .. }) => self.places.forget(thread),
                read => drop(read?),
            }
        }
        back.thread = Some(question.thread.is_some() || self.places.has_thread(id));
        let mut seeded = 0;
        for reaction in &question.reactions {
            let ReactionType::Unicode(emoji) = &reaction.reaction_type else { continue };
            seeded += u8::from(reaction.me && picked(emoji).is_some());
            let people = reaction.count - u64::from(reaction.me).min(reaction.count);
            let Some(number) = picked(emoji).filter(|_| people > 0) else { continue };
            for user in self.reacted(channel, id, emoji).await? {
                if user.id == me || user.bot {
                    continue;
                }
                let player = ids::player(Some(guild), user.id);
                back.names.insert(player.clone(), hear::name(&user, None));
                back.reactions.entry(player).or_insert_with(BTreeSet::new).insert(number);
            }
        }
        back.seeded = Some(seeded);
        Ok(back)
    }

    /// Reads what was written in a channel from the question on; the question itself, where it stands there.
    async fn replies(
        &self,
        channel: ChannelId,
        question: MessageId,
        guild: GuildId,
        target: &MessageRef,
        back: &mut ReadBack,
    ) -> Result<Option<Box<Message>>, RestError> {
        let me = self.me().await?.user;
        let mut found = None;
        // Right before the question, so that it is on the first page.
        let mut after = question.get() - 1;
        for _ in 0..PAGES {
            let page = self.history(channel, after).await?;
            let (last, len) = (page.last().map(|message| message.id.get()), page.len());
            for message in page {
                if message.id == question {
                    found = Some(Box::new(message));
                } else if let Some(mut given) = hear::given(&message, Some(guild), target, me, &self.places) {
                    // A history knows no nicknames.
                    back.names.extend(given.name.take().map(|name| (given.player.clone(), name)));
                    back.replies.push(given);
                }
            }
            match last {
                Some(last) if len == PAGE => after = last,
                _ => break,
            }
        }
        Ok(found)
    }

    /// Who put this reaction under a message.
    async fn reacted(&self, channel: ChannelId, id: MessageId, emoji: &str) -> Result<Vec<User>, RestError> {
        let mut all: BTreeMap<UserId, User> = BTreeMap::new();
        let mut after = 0;
        loop {
            let emoji = super::escaped(emoji);
            let path = format!("channels/{channel}/messages/{id}/reactions/{emoji}?limit={PAGE}&after={after}");
            let page: Vec<User> = self.rest.read(&Call::get(path, Route("reacted", channel.get())).pages()).await?;
            let len = page.len();
            after = page.iter().map(|user| user.id.get()).max().unwrap_or(after);
            all.extend(page.into_iter().map(|user| (user.id, user)));
            if len < PAGE {
                return Ok(all.into_values().collect());
            }
        }
    }

    /// Whether a message can be read, and if not, why.
    async fn look_at(&self, message: &MessageRef) -> Result<(), RestError> {
        let Ok((channel, id)) = there(message) else { return Ok(()) };
        let call = Call::get(format!("channels/{channel}/messages/{id}"), Route("message", channel.get()));
        self.rest.call(&call).await.map(drop)
    }
}
