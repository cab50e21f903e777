//! Resident memory over a million answers, through the bot and its store: rounds of a thousand players each, asked, answered by buttons,
//! closed and revealed one after the other. It should stay flat (docs/benchmarks.md).
//!
//! `cargo bench --bench memory`; `-- ANSWERS` plays fewer, rounded down to whole rounds.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kcard::{
    bot::{Bot, Parts},
    chat::{Caller, Chat, ChatError, ControlId, Post, PostKey, ReadBack},
    clock::{Clock, SetClock},
    decks::Decks,
    quiz::{
        deck::{Card, Deck, Level},
        id::{CardId, ChannelId, DeckId, MessageRef, PlayerId, SpaceId},
        question::{Body, Question},
        schedule::{Pattern, Plan},
    },
    store::Store,
};
use tokio::{runtime::Runtime, task::JoinSet};

const ANSWERS: u64 = 1_000_000;
/// Players, all of whom answer each round.
const PLAYERS: u64 = 1_000;
/// Answers between two lines.
const EVERY: u64 = 100_000;

/// A platform that takes everything and keeps nothing.
struct Nowhere;

#[async_trait]
impl Chat for Nowhere {
    fn face(&self) -> &'static str {
        "town"
    }

    async fn space(&self, _: &ChannelId) -> Result<SpaceId, ChatError> {
        Ok(SpaceId::new("town"))
    }

    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError> {
        Ok(MessageRef { channel: channel.clone(), id: post.key.0.clone() })
    }

    async fn edit(&self, _: &MessageRef, _: &Post) -> Result<(), ChatError> {
        Ok(())
    }

    async fn find(
        &self,
        _: &ChannelId,
        _: &PostKey,
        _: Option<&MessageRef>,
        _: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError> {
        Ok(None)
    }

    async fn seed(&self, _: &MessageRef, _: u8) -> Result<(), ChatError> {
        Ok(())
    }

    async fn read_back(&self, _: &MessageRef) -> Result<ReadBack, ChatError> {
        Ok(ReadBack::default())
    }

    async fn open_thread(&self, _: &MessageRef, _: &str) -> Result<(), ChatError> {
        Ok(())
    }

    async fn is_in(&self, _: &PlayerId, _: &SpaceId) -> Result<bool, ChatError> {
        Ok(true)
    }

    async fn tell_admins(&self, _: &SpaceId, _: &str) -> Result<(), ChatError> {
        Ok(())
    }
}

/// One card, so that every round asks it.
fn decks() -> Decks {
    let others = vec!["etcd".into(), "kubelet".into(), "kube-proxy".into()];
    let card = Card {
        id: CardId::new("scheduler"),
        topic: "architecture".into(),
        level: Level::new(1).expect("a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "Which component picks a node for a new Pod?".into(),
        back: "So it is written.".into(),
        sources: vec!["https://kubernetes.io/docs/concepts/".into()],
        questions: vec![Question {
            ask: None,
            why: None,
            body: Body::Choice { answer: "kube-scheduler".into(), others },
        }],
    };
    let deck = Deck::new(DeckId::new("cluster"), vec![card]);
    Decks(BTreeMap::from([(deck.id.clone(), deck)]))
}

/// Does all that is due.
async fn work(bot: &Bot) {
    loop {
        bot.tick().await.expect("tick works");
        bot.read_back_step().await.expect("read-back works");
        bot.tick().await.expect("tick works");
        if bot.outbox_step().await.expect("the outbox works") == 0 {
            return;
        }
    }
}

fn caller(round: i64, player: u64) -> Caller {
    Caller {
        key: format!("town:{round}/{player}"),
        player: PlayerId::new(format!("town:p{player}")),
        name: format!("p{player}"),
        space: SpaceId::new("town"),
        channel: Some(ChannelId::new("town:daily")),
        admin: false,
        roles: Vec::new(),
        at: None,
        unsure: false,
        lacks: None,
    }
}

/// All players answer a round at once, by the button of an option.
async fn answered(bot: &Bot, store: &Store) {
    let open = store.open_rounds(None).await.expect("the store answers");
    let [round] = open.as_slice() else { panic!("{} rounds are open", open.len()) };
    let mut pressed = JoinSet::new();
    for player in 0..PLAYERS {
        let (bot, id) = (bot.clone(), round.id);
        let option = u8::try_from(player % 4 + 1).expect("one of four");
        pressed.spawn(async move { bot.press(caller(id.0, player), ControlId::Option(id, option), Vec::new()).await });
    }
    while let Some(told) = pressed.join_next().await {
        let told = told.expect("no press panics").text;
        assert!(told.contains("It is in"), "{told}");
    }
}

/// Resident memory, kilobytes, as Linux has it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this runs on Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("it says so");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

fn main() {
    let answers = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(ANSWERS);
    Runtime::new().expect("a runtime").block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
        let store = Store::open(&url).await.expect("the database opens");
        let clock = Arc::new(SetClock::new("2026-11-23T08:30:00Z".parse().expect("a time")));
        let pattern = Pattern::parse("0 * * * *").expect("a pattern");
        let plan = Plan::new("hourly", ChannelId::new("town:daily"), DeckId::new("cluster"), pattern);
        let parts = Parts {
            store: store.clone(),
            decks: decks(),
            faces: vec![Arc::new(Nowhere)],
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            seed: 7,
            plans: vec![plan],
            timezone: TimeZone::UTC,
        };
        let bot = Bot::start(parts).await.expect("the bot starts");
        println!("| answers | resident memory |\n| --- | --- |");
        for given in (0..=answers).step_by(usize::try_from(PLAYERS).expect("few")) {
            if given % EVERY == 0 || given + PLAYERS > answers {
                println!("| {given} | {:.1} MB |", f64::from(u32::try_from(resident()).expect("few")) / 1024.0);
            }
            if given + PLAYERS <= answers {
                clock.advance(SignedDuration::from_hours(1));
                work(&bot).await;
                answered(&bot, &store).await;
            }
        }
        store.close().await;
    });
}
