//! `/kquiz mine` and `/kquiz stats`: what is the caller's own to see.

use std::collections::BTreeSet;

use crate::{
    bot::{Inner, answer::shown, commands::named::Stop},
    chat::{
        Caller, Reply,
        words::{
            self,
            own::{MineView, StatsView},
        },
    },
    quiz::{answer::Entry, grade::is_typed, id::ChannelId, standing::Period},
    store::{Round, StoreError},
};

impl Inner {
    pub(super) async fn mine(&self, caller: &Caller) -> Result<Reply, Stop> {
        let mut open = self.open_rounds(caller).await?;
        open.retain(|open| open.entry.is_some());
        Ok(words::own::mine(&views(&open), self.clock.now()))
    }

    /// The open questions of these channels.
    pub(super) async fn open(&self, caller: &Caller, channels: &BTreeSet<ChannelId>) -> Result<Reply, Stop> {
        let mut open = self.open_rounds(caller).await?;
        open.retain(|open| channels.contains(&open.round.channel));
        Ok(words::own::open(&views(&open), self.clock.now()))
    }

    async fn open_rounds(&self, caller: &Caller) -> Result<Vec<Open>, StoreError> {
        let mut open = Vec::new();
        for round in self.store.open_rounds(Some(&caller.space)).await? {
            let entry = self.store.entry(round.id, &caller.player).await?;
            open.push(Open {
                given: entry.as_ref().and_then(|entry| shown(entry, &round.asked)),
                link: self.link(&round),
                entry,
                round,
            });
        }
        Ok(open)
    }

    pub(super) async fn stats(&self, caller: &Caller) -> Result<Reply, Stop> {
        let Caller { player, space, .. } = caller;
        let stats = self.store.stats(player).await?;
        let hidden = self.store.person(player).await?.is_some_and(|person| person.hidden);
        let all = Period::All.key(self.clock.now(), &self.memory.zone(space));
        let own = self.store.board(space, &all, 0, 0, Some(player)).await?.own;
        let topics: Vec<_> =
            stats.topics.iter().map(|topic| (topic.topic.as_str(), topic.answered, topic.credit)).collect();
        Ok(words::own::stats(&StatsView {
            points: stats.points,
            rank: own.filter(|_| !hidden).map(|own| own.rank),
            answered: stats.answered,
            right: stats.right,
            credit: stats.credit,
            topics: &topics,
        }))
    }
}

/// An open round, and what the caller gave to it.
struct Open {
    round: Round,
    entry: Option<Entry>,
    given: Option<String>,
    link: Option<String>,
}

impl Open {
    fn view(&self) -> MineView<'_> {
        let Self { round, entry, given, link } = self;
        MineView {
            channel: &round.channel,
            asked: &round.asked,
            shown: given.as_deref(),
            tries_left: tries_left(round, entry.as_ref()),
            closes: round.closes,
            link: link.as_deref(),
        }
    }
}

fn views(open: &[Open]) -> Vec<MineView<'_>> {
    open.iter().map(Open::view).collect()
}

/// Attempts left, where the answer is typed.
fn tries_left(round: &Round, entry: Option<&Entry>) -> Option<u8> {
    let used = entry.map_or(0, |entry| u8::try_from(entry.tries.len()).unwrap_or(u8::MAX));
    is_typed(round.asked.kind()).then(|| round.rules.attempts.saturating_sub(used))
}
