//! What serenity tells: which shards are up, and everything that happens, handed on in the order in which it happened.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use futures_util::StreamExt;
use serenity::{
    client::{Context, EventHandler},
    collector::collect,
    gateway::ShardMessenger,
    model::{
        application::Interaction,
        channel::{GuildChannel, Message, PartialGuildChannel, Reaction},
        event::{Event, MessageUpdateEvent, ResumedEvent},
        gateway::Ready,
        guild::{Guild, UnavailableGuild},
        id::{ChannelId, MessageId, UserId},
    },
};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::{Discord, ids, shards::Shards};
use crate::{bot::Bot, chat::words};

/// Queues in which answers wait: one person's are taken one after the other, and nobody waits for another's.
const LANES: u64 = 64;
/// What may wait in a queue; what is more is read back later.
const WAITING: usize = 1_000;

/// Something that people did to messages.
#[derive(Debug, Clone)]
enum Heard {
    Reacted(Box<Reaction>, bool),
    /// A moderator cleared reactions.
    Cleared(ChannelId, MessageId),
    Said(Box<Message>),
    Edited(Box<MessageUpdateEvent>),
    Deleted(ChannelId, MessageId),
}

impl Heard {
    fn of(event: &Event) -> Vec<Self> {
        match event {
            Event::ReactionAdd(event) => vec![Self::Reacted(Box::new(event.reaction.clone()), true)],
            Event::ReactionRemove(event) => vec![Self::Reacted(Box::new(event.reaction.clone()), false)],
            Event::ReactionRemoveAll(event) => vec![Self::Cleared(event.channel_id, event.message_id)],
            Event::ReactionRemoveEmoji(event) => {
                vec![Self::Cleared(event.reaction.channel_id, event.reaction.message_id)]
            }
            // serenity wants more of it than Discord sends.
            Event::Unknown(event) if event.kind == "MESSAGE_REACTION_REMOVE_EMOJI" => {
                let id = |name: &str| event.value[name].as_str()?.parse::<u64>().ok().filter(|id| *id != 0);
                let place = id("channel_id").zip(id("message_id"));
                place.map(|(channel, message)| Self::Cleared(channel.into(), message.into())).into_iter().collect()
            }
            Event::MessageCreate(event) => vec![Self::Said(Box::new(event.message.clone()))],
            // Discord says it of embeds too, which nobody edited.
            Event::MessageUpdate(event) if event.edited_timestamp.is_some() => {
                vec![Self::Edited(Box::new(event.clone()))]
            }
            Event::MessageDelete(event) => vec![Self::Deleted(event.channel_id, event.message_id)],
            Event::MessageDeleteBulk(event) => {
                event.ids.iter().map(|id| Self::Deleted(event.channel_id, *id)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whose it is: the same number is taken in order.
    fn lane(&self) -> usize {
        let number = match self {
            Self::Reacted(reaction, _) => reaction.user_id.map_or(0, UserId::get),
            Self::Said(message) => message.author.id.get(),
            Self::Edited(edit) => edit.author.as_ref().map_or(0, |author| author.id.get()),
            Self::Cleared(_, message) | Self::Deleted(_, message) => message.get(),
        };
        // The lowest bits of an id are mostly 0.
        usize::try_from((number >> 22 ^ number) % LANES).unwrap_or(0)
    }
}

/// What serenity calls. It is deaf once its connection's life has ended, since shards may outlive it.
pub struct Handler {
    discord: Arc<Discord>,
    bot: Bot,
    life: CancellationToken,
    shards: Arc<Shards>,
    lanes: Vec<mpsc::Sender<Heard>>,
    /// The shards whose beginning was handled: it tells which servers are no news.
    begun: watch::Sender<BTreeSet<u32>>,
}

impl Handler {
    /// Handles the events of one connection.
    pub fn new(discord: &Arc<Discord>, bot: &Bot, life: CancellationToken) -> Self {
        let lane = |_| {
            let (lane, heard) = mpsc::channel(WAITING);
            tokio::spawn(take(heard, Arc::clone(discord), bot.clone()));
            lane
        };
        let lanes = (0..LANES).map(lane).collect();
        let (discord, bot) = (Arc::clone(discord), bot.clone());
        Self { discord, bot, life, shards: Arc::default(), lanes, begun: watch::Sender::default() }
    }

    /// The shards that have begun.
    pub fn shards(&self) -> Arc<Shards> {
        Arc::clone(&self.shards)
    }

    /// Hears everything that this shard hears of answers, in order, until the shard ends.
    fn collect(&self, shard: &ShardMessenger) {
        let mut events = Box::pin(collect(shard, |event| Some(Heard::of(event)).filter(|heard| !heard.is_empty())));
        let (lanes, life, bot) = (self.lanes.clone(), self.life.clone(), self.bot.clone());
        tokio::spawn(async move {
            while let Some(Some(heard)) = life.run_until_cancelled(events.next()).await {
                for heard in heard {
                    if lanes[heard.lane()].try_send(heard).is_err() {
                        tracing::warn!("more answers come than can be taken; what is left out now is read back");
                        bot.reconnected(ids::FACE);
                    }
                }
            }
        });
    }

    fn is_over(&self) -> bool {
        self.life.is_cancelled()
    }
}

/// Takes one queue's events one after the other.
async fn take(mut heard: mpsc::Receiver<Heard>, discord: Arc<Discord>, bot: Bot) {
    while let Some(heard) = heard.recv().await {
        let (discord, bot) = (Arc::clone(&discord), bot.clone());
        // In a task of its own, so that a panic ends nothing but it.
        let taken = tokio::spawn(async move {
            match heard {
                Heard::Reacted(reaction, there) => discord.hear_reaction(&bot, &reaction, there).await,
                Heard::Cleared(channel, message) => bot.reread(&ids::message(channel, message)).await,
                Heard::Said(message) => discord.hear_message(&bot, &message).await,
                Heard::Edited(edit) => discord.hear_edit(&bot, &edit).await,
                Heard::Deleted(channel, message) => bot.message_gone(&ids::message(channel, message)).await,
            }
        });
        if let Err(error) = taken.await {
            tracing::error!(%error, "an event could not be taken: this is a bug of kcard");
        }
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        if self.is_over() {
            return;
        }
        let id = context.shard_id.0;
        tracing::info!(shard = id, guilds = ready.guilds.len(), "connected to Discord");
        self.discord.known_guilds(ready.guilds.iter().map(|guild| guild.id));
        self.begun.send_modify(|begun| {
            begun.insert(id);
        });
        self.collect(&context.shard);
        self.shards.begins(id);
        // Only now is all heard that happens: what happened before is read back.
        self.bot.reconnected(ids::FACE);
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        if !self.is_over() {
            tracing::info!(shard = context.shard_id.0, "resumed the connection to Discord");
            self.bot.reconnected(ids::FACE);
        }
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        if !self.is_over() {
            self.discord.interact(self.bot.clone(), interaction).await;
        }
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        if self.is_over() {
            return;
        }
        for channel in guild.channels.keys() {
            self.discord.places.belongs(*channel, guild.id);
        }
        for thread in &guild.threads {
            self.discord.found_thread(thread);
        }
        // A shard's servers are told right after its beginning, and may be handled before it.
        let mut begun = self.begun.subscribe();
        let has_begun = begun.wait_for(|begun| begun.contains(&context.shard_id.0));
        if self.life.run_until_cancelled(has_begun).await.is_some() && self.discord.is_new_guild(guild.id) {
            tracing::info!(%guild.id, "joined a server");
            let greeted = self.discord.tell_owner(guild.id, &words::greeting()).await;
            if let Err(error) = greeted {
                tracing::info!(guild = %guild.id, %error, "could not greet a new server");
            }
        }
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        if !self.is_over() && !guild.unavailable {
            tracing::warn!(guild = %guild.id, "kcard was removed from a server; its schedules ask nothing until it is invited again");
            self.discord.left_guild(guild.id);
        }
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.discord.places.belongs(channel.id, channel.guild_id);
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        if !self.is_over() {
            self.discord.places.forget(channel.id);
            self.bot.channel_gone(&ids::channel(channel.id)).await;
        }
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.discord.found_thread(&thread);
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        self.discord.places.forget(thread.id);
    }
}
