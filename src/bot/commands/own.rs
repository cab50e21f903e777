//! `/kquiz mine` and `/kquiz stats`: what is the caller's own to see.

use crate::{
    bot::{Inner, answer::shown, commands::named::Stop},
    chat::{
        Caller, Reply,
        words::{
            self,
            own::{MineView, StatsView},
        },
    },
    quiz::{answer::Entry, grade::is_typed},
    store::Round,
};

impl Inner {
    pub(super) async fn mine(&self, caller: &Caller) -> Result<Reply, Stop> {
        let mut mine = Vec::new();
        for round in self.store.open_rounds(Some(&caller.space)).await? {
            if let Some(entry) = self.store.entry(round.id, &caller.player).await? {
                let given = shown(&entry, &round.asked);
                mine.push((round, entry, given));
            }
        }
        let views: Vec<_> = mine
            .iter()
            .map(|(round, entry, given)| MineView {
                channel: &round.channel,
                asked: &round.asked,
                shown: given.as_deref(),
                tries_left: tries_left(round, entry),
                closes: round.closes,
            })
            .collect();
        Ok(words::own::mine(&views, self.clock.now()))
    }

    pub(super) async fn stats(&self, caller: &Caller) -> Result<Reply, Stop> {
        let stats = self.store.stats(&caller.player).await?;
        let topics: Vec<_> =
            stats.topics.iter().map(|topic| (topic.topic.as_str(), topic.answered, topic.credit)).collect();
        Ok(words::own::stats(&StatsView {
            points: stats.points,
            answered: stats.answered,
            right: stats.right,
            credit: stats.credit,
            topics: &topics,
        }))
    }
}

/// Attempts left, where the answer is typed.
fn tries_left(round: &Round, entry: &Entry) -> Option<u8> {
    let used = u8::try_from(entry.tries.len()).unwrap_or(u8::MAX);
    is_typed(round.asked.kind()).then(|| round.rules.attempts.saturating_sub(used))
}
