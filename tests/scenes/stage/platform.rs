//! A chat platform in memory, with faults on demand. Keeps what a platform keeps: messages, edits, standing reactions, replies.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;
use kcard::{
    chat::{Chat, ChatError, Given, Post, PostKey, ReadBack, port::Target},
    clock::{Clock, SetClock},
    quiz::{
        answer::{Change, Input, Way},
        id::{ChannelId, MessageRef, PlayerId, SpaceId},
    },
};
use tokio::sync::{Barrier, Notify, oneshot};

/// What befalls the next call that reaches into a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The next post is taken, and its answer never comes; other calls leave it alone.
    AnswerLost,
    /// Nothing is done, for this reason.
    Refused(ChatError),
    /// The face has a bug.
    Panic,
}

/// A message of the bot, as it stands.
pub struct Message {
    pub at: MessageRef,
    pub post: Post,
    pub posted: Timestamp,
    pub edits: usize,
    /// Standing reactions of people.
    pub reactions: BTreeMap<PlayerId, BTreeSet<u8>>,
    pub replies: Vec<Given>,
}

/// Told when it is reached, and waited for.
type Hold = (oneshot::Sender<()>, oneshot::Receiver<()>);

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own that a scene turns on")]
struct State {
    messages: Vec<Message>,
    faults: BTreeMap<ChannelId, VecDeque<Fault>>,
    /// Why the next readings of a channel fail.
    unreadable: BTreeMap<ChannelId, VecDeque<ChatError>>,
    gone: BTreeSet<ChannelId>,
    away: bool,
    /// Holds up the next read-back after it has read: told when it has, and waited for.
    hold: Option<Hold>,
    /// The same for the next post, after it was taken.
    hold_post: Option<Hold>,
    /// A channel's space is said only once those of so many are asked for.
    together: Option<Arc<Barrier>>,
    /// Threads that were opened: on which message, by which name.
    threads: Vec<(MessageRef, String)>,
    /// Who is in which space, by their id there.
    members: BTreeSet<PlayerId>,
    /// Who left their own space, in which everybody else is.
    left: BTreeSet<PlayerId>,
    /// The names of people's accounts, as a read-back says them.
    accounts: BTreeMap<PlayerId, String>,
    /// Telling admins panics.
    tells_nobody: bool,
    /// Messages have web addresses.
    linked: bool,
    /// What the admins of a space were told.
    told: Vec<(SpaceId, String)>,
    /// Nobody can be told anything alone.
    silent: bool,
    /// What people were told alone.
    told_alone: Vec<(PlayerId, String)>,
}

/// The face `town`. A channel `town:NAME` belongs to the space `town`, a channel `town:PART_NAME` to `town:PART`.
pub struct Platform {
    clock: Arc<SetClock>,
    state: Mutex<State>,
    /// Told at every post.
    pub posted: Notify,
}

impl Platform {
    pub fn new(clock: Arc<SetClock>) -> Arc<Self> {
        Arc::new(Self { clock, state: Mutex::default(), posted: Notify::new() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no scene panics while it holds this")
    }

    /// The platform does not answer at all, or does again.
    pub fn is_away(&self, away: bool) {
        self.state().away = away;
    }

    /// A channel is deleted, or the permission to write there is taken away.
    pub fn loses(&self, channel: &ChannelId) {
        self.state().gone.insert(channel.clone());
    }

    /// The next write into this channel goes wrong.
    pub fn fails(&self, channel: &ChannelId, fault: Fault) {
        self.state().faults.entry(channel.clone()).or_default().push_back(fault);
    }

    /// The next read-back of a message in this channel fails.
    pub fn cannot_be_read(&self, channel: &ChannelId, error: ChatError) {
        self.state().unreadable.entry(channel.clone()).or_default().push_back(error);
    }

    /// The next read-back stops after it has read, which the first of these tells, until the second is told.
    pub fn holds_up_reading(&self) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (has_read, told) = oneshot::channel();
        let (go_on, waited) = oneshot::channel();
        self.state().hold = Some((has_read, waited));
        (told, go_on)
    }

    /// The next post stops after it was taken, which the first of these tells, until the second is told.
    pub fn holds_up_posting(&self) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (has_posted, told) = oneshot::channel();
        let (go_on, waited) = oneshot::channel();
        self.state().hold_post = Some((has_posted, waited));
        (told, go_on)
    }

    /// Whoever was to be held up is not.
    pub fn holds_nothing_up(&self) {
        let mut state = self.state();
        (state.hold, state.hold_post) = (None, None);
    }

    /// Does something to the latest question of a channel, or to that of a key.
    pub fn question<T>(&self, channel: &ChannelId, key: Option<&str>, act: impl FnOnce(&mut Message) -> T) -> T {
        let mut state = self.state();
        let mut questions = state.messages.iter_mut().rev().filter(|message| message.at.channel == *channel);
        let wanted = |message: &&mut Message| match key {
            Some(key) => message.post.key.0 == key,
            None => message.post.key.0.starts_with('q'),
        };
        act(questions.find(wanted).expect("a question stands in the channel"))
    }

    /// What a channel shows, oldest first, as the bot worded it; buttons in brackets.
    pub fn shows(&self, channel: &ChannelId) -> String {
        let mut shown = String::new();
        for message in self.state().messages.iter().filter(|message| message.at.channel == *channel) {
            let edited = if message.edits > 0 { " (edited)" } else { "" };
            let reply = message.post.reply_to.as_ref().map(|to| format!(" to {}", to.id)).unwrap_or_default();
            let text = message.post.text.replace("  \n", "\n");
            writeln!(shown, "[{}{reply}{edited}] {text}\n", message.post.key.0).expect("a string takes it");
        }
        shown.trim_end().to_owned()
    }

    /// The bot's latest message in a channel whose key begins so, as it stands.
    pub fn last(&self, channel: &ChannelId, prefix: &str) -> Post {
        let state = self.state();
        let mut latest = state.messages.iter().rev().filter(|message| message.at.channel == *channel);
        latest.find(|message| message.post.key.0.starts_with(prefix)).expect("it stands in the channel").post.clone()
    }

    /// How many messages the bot posted into a channel with a key that begins so.
    pub fn posts(&self, channel: &ChannelId, prefix: &str) -> usize {
        let state = self.state();
        let mine = state.messages.iter().filter(|message| message.at.channel == *channel);
        mine.filter(|message| message.post.key.0.starts_with(prefix)).count()
    }

    /// The keys of the bot's messages in a channel that begin so, oldest first.
    pub fn keys(&self, channel: &ChannelId, prefix: &str) -> Vec<String> {
        let state = self.state();
        let mine = state.messages.iter().filter(|message| message.at.channel == *channel);
        mine.map(|message| message.post.key.0.clone()).filter(|key| key.starts_with(prefix)).collect()
    }

    /// How often messages whose key begins so were edited.
    pub fn edits(&self, channel: &ChannelId, prefix: &str) -> usize {
        let state = self.state();
        let mine = state.messages.iter().filter(|message| message.at.channel == *channel);
        mine.filter(|message| message.post.key.0.starts_with(prefix)).map(|message| message.edits).sum()
    }

    /// The threads that were opened: on which message, by which name.
    pub fn threads(&self) -> Vec<(String, String)> {
        self.state().threads.iter().map(|(message, name)| (message.id.clone(), name.clone())).collect()
    }

    /// From now on a channel's space is said only once those of so many are asked for.
    pub fn says_spaces_of(&self, many: usize) {
        self.state().together = Some(Arc::new(Barrier::new(many)));
    }

    /// A person joins a space.
    pub fn joins(&self, player: &PlayerId) {
        self.state().members.insert(player.clone());
    }

    /// A person leaves their space.
    pub fn sees_off(&self, player: &PlayerId) {
        self.state().left.insert(player.clone());
    }

    /// They are back.
    pub fn welcomes(&self, player: &PlayerId) {
        self.state().left.remove(player);
    }

    /// A person's account has this name.
    pub fn names(&self, player: &PlayerId, account: &str) {
        self.state().accounts.insert(player.clone(), account.to_owned());
    }

    /// From here on, messages have web addresses.
    pub fn has_links(&self) {
        self.state().linked = true;
    }

    /// From here on, to tell the admins something ends in a panic.
    pub fn tells_nobody(&self) {
        self.state().tells_nobody = true;
    }

    /// What the admins of all spaces were told, each after its space.
    pub fn told(&self) -> String {
        let state = self.state();
        let told: Vec<String> = state.told.iter().map(|(space, text)| format!("[{space}] {text}")).collect();
        told.join("\n\n")
    }

    /// From here on, nobody can be told anything alone, or they can again.
    pub fn is_silent(&self, silent: bool) {
        self.state().silent = silent;
    }

    /// What people were told alone since somebody asked, each after who it was, by who it was: they are told at the same time.
    pub fn told_alone(&self) -> String {
        let mut told = std::mem::take(&mut self.state().told_alone);
        told.sort();
        told.iter().map(|(player, text)| format!("[{player}] {text}")).collect::<Vec<_>>().join("\n")
    }

    fn is_there(&self, channel: &ChannelId) -> Result<(), ChatError> {
        let state = self.state();
        if state.away {
            return Err(again("the platform is away", false));
        }
        if state.gone.contains(channel) {
            return Err(ChatError::Gone("the channel is gone".into()));
        }
        Ok(())
    }

    /// Whether the answer of what is done in the channel is lost.
    fn reach(&self, channel: &ChannelId, posting: bool) -> Result<bool, ChatError> {
        self.is_there(channel)?;
        let mut state = self.state();
        let faults = state.faults.entry(channel.clone()).or_default();
        match faults.pop_front_if(|fault| posting || *fault != Fault::AnswerLost) {
            Some(Fault::Refused(error)) => Err(error),
            Some(Fault::Panic) => {
                drop(state);
                panic!("a fault that the scene asked for")
            }
            Some(Fault::AnswerLost) => Ok(true),
            None => Ok(false),
        }
    }
}

pub fn again(why: &str, unsure: bool) -> ChatError {
    ChatError::Again { after: Duration::from_secs(5), unsure, why: why.into() }
}

#[async_trait]
impl Chat for Platform {
    fn face(&self) -> &'static str {
        "town"
    }

    async fn space(&self, channel: &ChannelId) -> Result<SpaceId, ChatError> {
        let together = self.state().together.clone();
        if let Some(together) = together {
            together.wait().await;
        }
        if self.state().away {
            return Err(again("the platform is away", false));
        }
        Ok(SpaceId::new(match channel.local().split_once('_') {
            Some((part, _)) => format!("town:{part}"),
            None => "town".to_owned(),
        }))
    }

    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError> {
        let is_lost = self.reach(channel, true)?;
        let (at, hold) = {
            let mut state = self.state();
            let at = MessageRef { channel: channel.clone(), id: format!("m{}", state.messages.len() + 1) };
            state.messages.push(Message {
                at: at.clone(),
                post: post.clone(),
                posted: self.clock.now(),
                edits: 0,
                reactions: BTreeMap::new(),
                replies: Vec::new(),
            });
            (at, state.hold_post.take())
        };
        self.posted.notify_one();
        if let Some((has_posted, go_on)) = hold {
            has_posted.send(()).expect("the scene waits for it");
            go_on.await.expect("the scene goes on");
        }
        if is_lost { Err(again("the answer was lost", true)) } else { Ok(at) }
    }

    async fn edit(&self, message: &MessageRef, post: &Post) -> Result<(), ChatError> {
        self.reach(&message.channel, false)?;
        let mut state = self.state();
        let found = state.messages.iter_mut().find(|found| found.at == *message);
        let found = found.ok_or_else(|| ChatError::Gone("the message is gone".into()))?;
        found.post = post.clone();
        found.edits += 1;
        Ok(())
    }

    async fn find(
        &self,
        channel: &ChannelId,
        key: &PostKey,
        within: Option<&MessageRef>,
        since: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError> {
        self.reach(channel, false)?;
        let state = self.state();
        // `since` only bounds the search: a page of a platform's history has older messages too.
        let page = since - jiff::SignedDuration::from_hours(48);
        let mut mine = state.messages.iter().filter(|message| message.at.channel == *channel && message.posted >= page);
        // What answers a message stands with it, and nowhere else.
        Ok(mine
            .find(|message| message.post.key == *key && message.post.reply_to.as_ref() == within)
            .map(|message| message.at.clone()))
    }

    async fn seed(&self, message: &MessageRef, _: u8) -> Result<(), ChatError> {
        self.reach(&message.channel, false).map(|_| ())
    }

    async fn read_back(&self, message: &MessageRef) -> Result<ReadBack, ChatError> {
        self.is_there(&message.channel)?;
        let failed = self.state().unreadable.get_mut(&message.channel).and_then(VecDeque::pop_front);
        failed.map_or(Ok(()), Err)?;
        let (read, hold) = {
            let mut state = self.state();
            let found = state.messages.iter().find(|found| found.at == *message);
            let found = found.ok_or_else(|| ChatError::Gone("the message is gone".into()))?;
            let reactions = found.reactions.iter().filter(|(_, standing)| !standing.is_empty());
            let read = ReadBack {
                reactions: reactions.map(|(player, standing)| (player.clone(), standing.clone())).collect(),
                replies: found.replies.clone(),
                names: state.accounts.clone(),
                seeded: None,
                thread: Some(state.threads.iter().any(|(at, _)| at == message)),
            };
            (read, state.hold.take())
        };
        if let Some((has_read, go_on)) = hold {
            has_read.send(()).expect("the scene waits for it");
            go_on.await.expect("the scene goes on");
        }
        Ok(read)
    }

    async fn open_thread(&self, message: &MessageRef, name: &str) -> Result<(), ChatError> {
        self.reach(&message.channel, false)?;
        self.state().threads.push((message.clone(), name.to_owned()));
        Ok(())
    }

    async fn is_in(&self, player: &PlayerId, space: &SpaceId) -> Result<bool, ChatError> {
        let state = self.state();
        if state.away {
            return Err(again("the platform is away", false));
        }
        let there = player.in_space(space);
        Ok(state.members.contains(&there) || (there == *player && !state.left.contains(player)))
    }

    fn link(&self, message: &MessageRef) -> Option<String> {
        self.state().linked.then(|| format!("https://town.example/{}/{}", message.channel.local(), message.id))
    }

    async fn tell(&self, player: &PlayerId, text: &str) -> Result<(), ChatError> {
        let mut state = self.state();
        if state.silent {
            return Err(ChatError::Gone("nobody can be told anything alone".into()));
        }
        state.told_alone.push((player.clone(), text.to_owned()));
        Ok(())
    }

    async fn tell_admins(&self, space: &SpaceId, text: &str) -> Result<(), ChatError> {
        let (away, tells_nobody) = {
            let state = self.state();
            (state.away, state.tells_nobody)
        };
        assert!(!tells_nobody, "a fault that the scene asked for");
        if away {
            return Err(again("the platform is away", false));
        }
        self.state().told.push((space.clone(), text.to_owned()));
        Ok(())
    }
}

/// A reply as this platform hands it over.
pub fn reply(key: String, message: MessageRef, player: PlayerId, name: String, text: &str, at: Timestamp) -> Given {
    Given {
        key,
        target: Target::Message(message),
        player,
        name: Some(name),
        way: Way::Reply,
        change: Change::Set(Input::Text(text.to_owned())),
        at: Some(at),
        aside: false,
    }
}
