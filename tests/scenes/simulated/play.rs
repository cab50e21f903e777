//! Plays one sequence: does what happens to the bot, and tells the model.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kcard::{
    clock::Clock as _,
    quiz::{
        round::State,
        schedule::{Plan, due::SkipReason},
    },
};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};
use sqlx::Row as _;

use super::{
    model::{Acts, CATCH_UP, hourly, nightly},
    op::{Act, Op, PLAYERS},
};
use crate::stage::{Fault, Stage, moment, only, plan};

pub type Held = Result<(), TestCaseError>;

/// What each option is called; the first is right.
const OPTIONS: [&str; 3] = ["kube-scheduler", "etcd", "kubelet"];
/// The same where it is typed.
const WORDS: [&str; 3] = ["Pod", "container", "node"];
/// The tries of who types.
const ATTEMPTS: usize = 3;
/// How long a round is open.
const WINDOW: SignedDuration = SignedDuration::from_mins(40);

/// The slots after a moment, up to another.
pub type Slots = fn(Timestamp, Timestamp) -> Vec<Timestamp>;

/// The two schedules: their channels, and their slots as the model knows them.
pub const SCHEDULES: [(&str, &str, Slots); 2] = [("hourly", "0 * * * *", hourly), ("nightly", "daily 02:30", nightly)];

/// What the model knows of a round.
#[derive(Debug, Default)]
pub struct Played {
    pub typed: bool,
    /// The clock went back while it ran.
    pub clock_went_back: bool,
    pub acts: BTreeMap<&'static str, Acts>,
}

/// A sequence that is being played.
pub struct Play {
    pub stage: Stage,
    pub began: Timestamp,
    away: bool,
    /// How many questions a host had asked.
    pub asked: usize,
    /// The rounds that were answered, by their questions' keys.
    pub rounds: BTreeMap<String, Played>,
}

impl Play {
    pub async fn begins(at: &str) -> Self {
        let stage = Stage::playing(only(&["scheduler", "smallest"]), Vec::new()).await;
        stage.steps();
        stage.sleeps_until(at);
        let plan = |(channel, pattern, _): (&str, &str, _)| Plan {
            window_ms: Some(WINDOW.as_millis().try_into().expect("short")),
            ..plan(channel, channel, pattern)
        };
        stage.plans(SCHEDULES.map(plan).into());
        stage.dies();
        stage.starts().await;
        let mut begun = Self { stage, began: moment(at), away: false, asked: 0, rounds: BTreeMap::new() };
        begun.does(&Op::Asks).await.expect("a question is asked");
        begun
    }

    pub async fn does(&mut self, op: &Op) -> Held {
        let stage = &self.stage;
        match op {
            Op::Passes(seconds) => stage.clock.advance(SignedDuration::from_secs(*seconds)),
            Op::Jumps(minutes) => self.jumps(SignedDuration::from_mins(*minutes)),
            Op::Works => return self.works().await,
            Op::Ticks => drop(self.step(async |bot| bot.tick().await.expect("tick works")).await),
            Op::Sends => drop(self.step(async |bot| bot.outbox_step().await.expect("the outbox works")).await),
            Op::ReadsBack => drop(self.step(async |bot| bot.read_back_step().await.expect("read-back works")).await),
            Op::Dies => stage.dies(),
            Op::DiesPosting => self.dies_posting().await,
            Op::Starts => stage.starts().await,
            Op::IsAwayFor(minutes) => {
                stage.dies();
                stage.clock.advance(SignedDuration::from_mins(*minutes));
                stage.starts().await;
                return self.works().await;
            }
            Op::GoesDeaf => stage.goes_deaf(),
            Op::Hears => self.hears(),
            Op::IsAway(away) => self.is_away(*away),
            Op::LosesAnswer => stage.platform.fails(&stage.room_of("hourly").channel, Fault::AnswerLost),
            Op::Asks => {
                let said = stage.player_in("root", "hourly").admin().types("/kquiz ask").await;
                self.asked += usize::from(said.contains("on its way"));
                return self.works().await;
            }
            Op::Redelivers => stage.redelivers_answers().await,
            Op::Acts(who, act) => self.acts(PLAYERS[*who], *act).await,
            Op::Outage(who, away, back) => {
                stage.goes_deaf();
                for act in away {
                    self.acts(PLAYERS[*who], *act).await;
                }
                self.hears();
                for act in back {
                    self.acts(PLAYERS[*who], *act).await;
                }
            }
        }
        Ok(())
    }

    async fn step<T>(&self, step: impl AsyncFnOnce(kcard::bot::Bot) -> T) -> Option<T> {
        Some(step(self.stage.bot()?).await)
    }

    /// All that is due is done. Where the platform answers, the newest slot is asked if it is within the catch-up.
    pub async fn works(&mut self) -> Held {
        if self.stage.bot().is_none() {
            return Ok(());
        }
        let now = self.stage.clock.now();
        let mut newest = Vec::new();
        for (name, _, slots) in SCHEDULES {
            let settled = self.slots(name).await.first().map_or(self.began, |(slot, _)| *slot);
            newest.extend(slots(settled, now).pop().map(|slot| (name, slot)));
        }
        self.stage.work().await;
        for (name, slot) in newest {
            let channel = self.stage.room_of(name).channel;
            let open = self.stage.store.open_rounds(None).await.expect("the store answers");
            // A round that cannot be read yet holds up its channel for a while.
            if self.away
                || open.iter().any(|round| round.channel == channel && round.closes.is_some_and(|at| at <= now))
            {
                continue;
            }
            let state = self.slots(name).await.into_iter().find(|(stored, _)| *stored == slot);
            prop_assert!(state.is_some(), "{name}: the slot {slot} is not settled at {now}");
            let asked = matches!(state, Some((_, None)));
            prop_assert_eq!(asked, now.duration_since(slot) <= CATCH_UP, "{}: {} at {}: {:?}", name, slot, now, state);
        }
        Ok(())
    }

    fn jumps(&mut self, by: SignedDuration) {
        self.stage.clock.advance(by);
        if by.is_negative() {
            for key in self.keys("hourly", "q") {
                self.rounds.entry(key).or_default().clock_went_back = true;
            }
        }
    }

    pub fn keys(&self, channel: &str, prefix: &str) -> Vec<String> {
        self.stage.platform.keys(&self.stage.room_of(channel).channel, prefix)
    }

    /// Killed while the platform has taken a post, if one is due.
    async fn dies_posting(&self) {
        let Some(bot) = self.stage.bot() else { return };
        let (posted, go_on) = self.stage.platform.holds_up_posting();
        tokio::select! {
            sent = bot.outbox_step() => drop(sent.expect("the outbox works")),
            _ = posted => {}
        }
        self.stage.platform.holds_nothing_up();
        self.stage.dies();
        drop(go_on);
    }

    fn hears(&self) {
        self.stage.hears();
        if let Some(bot) = self.stage.bot() {
            bot.reconnected("town");
        }
    }

    pub fn is_away(&mut self, away: bool) {
        self.away = away;
        self.stage.platform.is_away(away);
    }

    /// A player does something to the latest question of a channel, while there is time.
    async fn acts(&mut self, who: &'static str, act: Act) {
        self.stage.clock.advance(SignedDuration::from_secs(1));
        let Some(key) = self.keys("hourly", "q").pop() else { return };
        let Some(typed) = self.can_be_answered(&key).await else { return };
        let player = self.stage.player_in(who, "hourly").on(&key);
        let round = self.rounds.entry(key).or_default();
        round.typed = typed;
        let acts = round.acts.entry(who).or_default();
        let said = match (act, typed) {
            (Act::Reacts(option), false) => player.reacts(OPTIONS[option]).await,
            (Act::TakesBack(option), false) if acts.has_reacted(option) => player.takes_back(OPTIONS[option]).await,
            (Act::Replies(option), false) => player.replies(OPTIONS[option]).await,
            (Act::Presses(option), false) => player.presses(&[OPTIONS[option]]).await,
            (Act::Replies(option), true) if acts.typed() < ATTEMPTS => player.replies(WORDS[option]).await,
            (Act::Presses(option), true) if acts.typed() < ATTEMPTS => player.fills_in(WORDS[option]).await,
            _ => return,
        };
        // A press that nobody hears is nothing.
        if !said.is_empty() || !matches!(act, Act::Presses(_)) {
            acts.add(act, !said.is_empty());
        }
    }

    /// Whether a question is open for a minute yet, and whether its answer is typed.
    async fn can_be_answered(&self, key: &str) -> Option<bool> {
        let now = self.stage.clock.now();
        let channel = self.stage.room_of("hourly").channel;
        let (at, posted, text) = self
            .stage
            .platform
            .question(&channel, Some(key), |message| (message.at.clone(), message.posted, message.post.text.clone()));
        let round = self.stage.store.round_of(&at).await.expect("the store answers");
        let closes = match &round {
            Some(round) if round.state == State::Open => round.closes?,
            Some(_) => return None,
            None => posted + WINDOW,
        };
        let in_time = now >= posted - SignedDuration::from_hours(24) && now < closes - SignedDuration::from_mins(1);
        in_time.then(|| !text.contains('\u{20e3}'))
    }

    /// The slots of a schedule, newest first, and why they were skipped where they were.
    pub async fn slots(&self, name: &str) -> Vec<(Timestamp, Option<SkipReason>)> {
        let slots = "SELECT s.slot, s.skipped FROM slots s JOIN schedules c ON c.id = s.schedule WHERE c.name = $1 ORDER BY s.slot DESC";
        let mut connection = self.stage.connection().await;
        let rows = sqlx::query(slots).bind(name).fetch_all(&mut connection).await.expect("the query is right");
        let reason = |text: Option<String>| text.map(|text| serde_json::from_value(text.into()).expect("a reason"));
        let slot = |row: &sqlx::any::AnyRow| {
            (Timestamp::from_millisecond(row.get("slot")).expect("a time"), reason(row.get("skipped")))
        };
        rows.iter().map(slot).collect()
    }
}
