//! What stands on a question: who reacted with what, and who replied in its thread.

use serde::Deserialize;

use super::{
    ApiError, Slack,
    api::{
        MESSAGE_NOT_FOUND, THREAD_NOT_FOUND,
        method::{REACTIONS, REPLIES},
    },
    face::{PAGE, Page, there},
    hear::{self, picked},
    ids,
    payload::Message,
};
use crate::{
    chat::{ChatError, ReadBack},
    quiz::id::MessageRef,
};

/// Pages of replies that are read: 10,000 messages.
const PAGES: usize = 50;

impl Slack {
    /// The answers that stand on a question. Where it was deleted meanwhile, the bot hears of that.
    pub(super) async fn standing(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        let read = self.read_standing(message).await;
        if let Err(error) = &read
            && (error.is(MESSAGE_NOT_FOUND) || error.is(THREAD_NOT_FOUND))
            && let Some(bot) = self.bot()
        {
            bot.message_gone(message).await;
        }
        Ok(read?)
    }

    async fn read_standing(&self, message: &MessageRef) -> Result<ReadBack, ApiError> {
        #[derive(Deserialize)]
        struct Found {
            message: Message,
        }
        let Ok((channel, _, ts)) = there(message) else { return Ok(ReadBack::default()) };
        let me = self.me().await?;
        let mut back = ReadBack { thread: Some(true), ..ReadBack::default() };
        let found: Found = self
            .api
            .get(REACTIONS.in_background(), &[("channel", channel), ("timestamp", ts), ("full", "true")])
            .await?;
        let mut seeded = 0;
        for reaction in &found.message.reactions {
            let Some(number) = picked(&reaction.name) else { continue };
            for user in &reaction.users {
                if *user == me.user {
                    seeded += 1;
                    continue;
                }
                let player = ids::player(&me.team, user);
                back.names.extend(self.name_of(user).map(|name| (player.clone(), name)));
                back.reactions.entry(player).or_default().insert(number);
            }
        }
        back.seeded = Some(seeded);
        self.read_replies(channel, ts, &mut back).await?;
        Ok(back)
    }

    async fn read_replies(&self, channel: &str, ts: &str, back: &mut ReadBack) -> Result<(), ApiError> {
        let me = self.me().await?;
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let params = [("channel", channel), ("ts", ts), ("limit", PAGE), ("cursor", &cursor)];
            let page: Page = self.api.get(REPLIES.in_background(), &params).await?;
            for message in &page.messages {
                if me.wrote(message) {
                    continue;
                }
                let Some(given) = hear::given(message, channel, ts, &me) else { continue };
                let name = message.user.as_deref().and_then(|user| self.name_of(user));
                back.names.extend(name.map(|name| (given.player.clone(), name)));
                back.replies.push(given);
            }
            cursor = page.paging.next();
            if cursor.is_empty() {
                break;
            }
        }
        Ok(())
    }
}
