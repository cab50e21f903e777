//! A player disputes how their answer was marked: the case is put before the hosts, and those who look after the space are told.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Inner, commands::said};
use crate::{
    chat::{
        Caller, Reply,
        words::{self, disputes::CaseView},
    },
    quiz::id::{PlayerId, RoundId},
    store::{Case, CaseState, Disputed, NewDispute, Round, StoreError},
};

/// The most characters of a reason that are kept.
const REASON: usize = 1_000;

impl Inner {
    /// The form under a reveal was sent off.
    pub(super) async fn dispute(&self, caller: &Caller, round: RoundId, reason: &str) -> Reply {
        if reason.trim().is_empty() {
            return words::disputes::no_reason();
        }
        let new = NewDispute { round, player: caller.player.clone(), reason: words::shorten(reason.trim(), REASON) };
        let disputed = async {
            let now = self.clock.now();
            Ok(match self.store.dispute(&new, now).await? {
                Disputed::Filed(case) => {
                    tracing::info!(case = case.id.0, round = round.0, player = %caller.player, "an answer is disputed");
                    self.put_before_hosts(&case, now).await?;
                    words::disputes::filed(case.id, case.disputes.len().saturating_sub(1))
                }
                Disputed::Before(case) if case.state == CaseState::Open => words::disputes::waiting(case.id),
                Disputed::Before(case) => {
                    words::disputes::decided(case.id, case.state == CaseState::Accepted, case.why.as_deref())
                }
                Disputed::NotClosed => words::disputes::not_closed(),
                Disputed::NotAnswered => words::disputes::not_answered(),
                Disputed::Full => words::disputes::full(),
                Disputed::Voided(reason) => words::disputes::voided(&reason),
                Disputed::Barred(reason) => words::players::you_are_barred(&reason),
            })
        };
        said("dispute", disputed.await)
    }

    /// Tells hosts of a case when it is new, and again when its card is no longer asked because of it.
    async fn put_before_hosts(&self, case: &Case, now: Timestamp) -> Result<(), StoreError> {
        let news = match case.disputes.len() {
            1 => true,
            _ => case.holds && self.said.is_news(format_args!("case {} holds", case.id), Some("its card")),
        };
        let Some(round) = self.store.round(case.round).await?.filter(|_| news) else { return Ok(()) };
        let text = words::disputes::for_hosts(&round.channel, &case_view(case, &round));
        // Roles and groups cannot be told; who is a host by one reads the list.
        let hosts = self.memory.space(&round.space).hosts.into_iter().map(PlayerId::new);
        let mut people: BTreeSet<PlayerId> = hosts.filter(|host| host.space() == round.space).collect();
        people.extend(self.store.known_admins(&round.space).await?);
        let people = Vec::from_iter(people);
        self.store.tell_of_case(&people, case.id, &text, now).await?;
        self.tell_admins(&round.space, &round.channel, &text).await;
        self.tell(&people).await;
        Ok(())
    }
}

/// A case, as it is worded.
pub(super) fn case_view<'a>(case: &'a Case, round: &'a Round) -> CaseView<'a> {
    CaseView {
        id: case.id,
        round: case.round,
        asked: &round.asked,
        answer: &case.answer,
        disputes: case.disputes.iter().map(|one| (one.name.as_str(), one.reason.as_str())).collect(),
        holds: case.holds,
    }
}
