//! The client library that the bot uses, against the stand-in: it must read every event and every answer.

use std::sync::Arc;

use serde_json::json;
use serenity::{
    all::{
        ChannelId, ClientBuilder, Command, Context, CreateCommand, CreateCommandOption, CreateMessage, Event,
        GatewayIntents, GuildId, Http, HttpBuilder, Interaction, RawEventHandler, ShardManager, UserId,
    },
    async_trait,
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use super::kit::Town;
use crate::standin::Discord;

/// Hands on every event that the library could read.
struct Ear(UnboundedSender<Event>);

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        self.0.send(event).ok();
    }
}

pub fn http(discord: &Discord) -> Http {
    HttpBuilder::new(discord.token()).proxy(discord.api_url()).ratelimiter_disabled(true).build()
}

/// A client that runs, and what it reads.
pub struct Listening {
    heard: UnboundedReceiver<Event>,
    shards: Arc<ShardManager>,
    running: JoinHandle<serenity::Result<()>>,
}

impl Listening {
    /// Connects, and reads READY.
    pub async fn to(discord: &Discord, intents: GatewayIntents) -> Self {
        let (ear, heard) = unbounded_channel();
        let builder = ClientBuilder::new_with_http(http(discord), intents).raw_event_handler(Ear(ear));
        let mut client = builder.await.expect("a client");
        let shards = Arc::clone(&client.shard_manager);
        let running = tokio::spawn(async move { client.start().await });
        let mut listening = Self { heard, shards, running };
        let Event::Ready(ready) = listening.next().await else { panic!("READY comes first") };
        assert_eq!(ready.ready.user.id.get(), discord.bot().0);
        listening
    }

    /// The next event, which the library may know or not.
    async fn any(&mut self) -> Event {
        let event = tokio::time::timeout(crate::standin::PATIENCE, self.heard.recv()).await.expect("an event in time");
        event.expect("the client runs")
    }

    /// The next event; one that the library cannot read fails the test.
    pub async fn next(&mut self) -> Event {
        let event = self.any().await;
        assert!(!matches!(event, Event::Unknown(_)), "the library cannot read {event:?}");
        event
    }

    pub async fn stops(self) {
        self.shards.shutdown_all().await;
        self.running.await.expect("it ends").expect("it ends well");
    }
}

#[tokio::test]
async fn the_library_reads_every_event() {
    let town = Town::new().await;
    let question = {
        let id = town
            .posts(json!({"content": "Which?", "components": [{"type": 1, "components": [
                {"type": 2, "style": 1, "label": "etcd", "custom_id": "a:0"},
            ]}]}))
            .await;
        assert_eq!(id, town.daily.latest().id.to_string());
        town.daily.latest()
    };
    let mut listening = Listening::to(&town.discord, GatewayIntents::non_privileged()).await;
    let Event::GuildCreate(create) = listening.next().await else { panic!("then the guild") };
    assert_eq!(create.guild.channels[&ChannelId::new(town.daily.id.0)].name, "daily");
    assert!(create.guild.members.contains_key(&UserId::new(town.discord.bot().0)));

    let host = town.guild.role("host", 0);
    let other = town.guild.channel("other");
    town.ana.reacts(&question, "1️⃣");
    town.ana.unreacts(&question, "1️⃣");
    let reply = town.ana.replies(&question, "etcd");
    town.ana.edits(&reply, "kubelet");
    let thread = town.ana.opens_thread(&question, "talk");
    town.ana.says(&thread, "hm");
    town.ana.deletes(&reply);
    town.guild.owner().clears_reactions(&question, None);
    town.guild.mentionable(host, true);
    other.denies_bot(1);
    town.guild.deletes(&other);
    town.ana.says(&town.ana.direct(), "hello");
    town.ana.clicks(&question, "etcd");
    let (one, two) = (town.ana.says(&town.daily, "one"), town.ana.says(&town.daily, "two"));
    town.guild.owner().deletes_all(&[&one, &two]);
    town.guild.member("dora");
    town.guild.grants_bot(1);
    town.guild.is_unavailable();
    town.guild.is_available();
    town.guild.kicks_bot();

    let mut names = Vec::new();
    while names.last().map(String::as_str) != Some("GUILD_DELETE") || names.len() < 23 {
        names.push(listening.next().await.name().expect("a name"));
    }
    let told = "GUILD_ROLE_CREATE CHANNEL_CREATE MESSAGE_REACTION_ADD MESSAGE_REACTION_REMOVE MESSAGE_CREATE MESSAGE_UPDATE \
                THREAD_CREATE MESSAGE_CREATE MESSAGE_DELETE MESSAGE_REACTION_REMOVE_ALL GUILD_ROLE_UPDATE CHANNEL_UPDATE \
                CHANNEL_DELETE MESSAGE_CREATE INTERACTION_CREATE MESSAGE_CREATE MESSAGE_CREATE MESSAGE_DELETE_BULK GUILD_ROLE_CREATE \
                GUILD_MEMBER_UPDATE GUILD_DELETE GUILD_CREATE GUILD_DELETE";
    assert_eq!(names.join(" "), told);
    listening.stops().await;
}

/// Discord names neither a user nor a type there, and the library wants both.
#[tokio::test]
async fn the_library_cannot_read_that_one_emoji_was_cleared() {
    let town = Town::new().await;
    town.posts(json!({"content": "Which?"})).await;
    town.ana.reacts(&town.daily.latest(), "✅");
    let mut listening = Listening::to(&town.discord, GatewayIntents::GUILD_MESSAGE_REACTIONS).await;
    town.guild.owner().clears_reactions(&town.daily.latest(), Some("✅"));
    let Event::Unknown(cleared) = listening.any().await else { panic!("the library reads it: say so in the face") };
    assert_eq!(
        (cleared.kind.as_str(), &cleared.value["emoji"]["name"]),
        ("MESSAGE_REACTION_REMOVE_EMOJI", &json!("✅"))
    );
    listening.stops().await;
}

#[tokio::test]
async fn the_library_reads_every_answer() {
    let town = Town::new().await;
    let http = http(&town.discord);
    let (guild, channel) = (GuildId::new(town.guild.id.0), ChannelId::new(town.daily.id.0));
    let ana = UserId::new(town.ana.id.0);
    assert_eq!(http.get_current_user().await.expect("a user").id.get(), town.discord.bot().0);
    http.get_current_application_info().await.expect("an application");
    assert_eq!(http.get_bot_gateway().await.expect("a gateway").shards, 1);
    assert_eq!(http.get_guild(guild).await.expect("a guild").name, "acme");
    assert_eq!(http.get_channels(guild).await.expect("channels").len(), 1);
    assert_eq!(http.get_guild_roles(guild).await.expect("roles").len(), 1);
    assert_eq!(http.get_member(guild, ana).await.expect("a member").user.name, "ana");
    assert_eq!(http.get_user(ana).await.expect("a user").name, "ana");
    http.get_channel(channel).await.expect("a channel");
    let sent = channel.send_message(&http, CreateMessage::new().content("hello")).await.expect("a message");
    sent.react(&http, '✅').await.expect("a reaction");
    assert_eq!(channel.messages(&http, serenity::all::GetMessages::new().limit(5)).await.expect("a page").len(), 1);
    assert_eq!(sent.reaction_users(&http, '✅', Some(100), None).await.expect("users").len(), 1);
    let direct = ana.create_dm_channel(&http).await.expect("a channel");
    direct.id.say(&http, "hi").await.expect("a message");
}

#[tokio::test]
async fn the_library_reads_every_interaction() {
    let town = Town::new().await;
    let http = http(&town.discord);
    http.set_application_id(serenity::all::ApplicationId::new(town.discord.application().0));
    let add = CreateCommandOption::new(serenity::all::CommandOptionType::SubCommand, "add", "Add one")
        .add_sub_option(CreateCommandOption::new(serenity::all::CommandOptionType::User, "who", "Who").required(true))
        .add_sub_option(
            CreateCommandOption::new(serenity::all::CommandOptionType::String, "deck", "Which").set_autocomplete(true),
        );
    Command::set_global_commands(&http, vec![CreateCommand::new("kquiz").description("The quiz").add_option(add)])
        .await
        .expect("they are registered");
    let mut listening = Listening::to(&town.discord, GatewayIntents::empty()).await;
    let who = ("who", json!(town.ana.id));
    for channel in [&town.daily, &town.ana.direct()] {
        town.ana.commands(channel, "kquiz add", std::slice::from_ref(&who));
        let Event::InteractionCreate(asked) = listening.next().await else { panic!("a command") };
        let Interaction::Command(command) = asked.interaction else { panic!("a command") };
        assert_eq!(command.data.resolved.users.len(), 1);
        assert_eq!(command.user.name, "ana");
        town.ana.autocompletes(channel, "kquiz add", &[], "deck", "kub");
        let Event::InteractionCreate(asked) = listening.next().await else { panic!("a completion") };
        assert!(matches!(asked.interaction, Interaction::Autocomplete(_)));
    }
    listening.stops().await;
}
