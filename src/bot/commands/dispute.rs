//! `/kquiz dispute …` and `/kquiz round remark`: hosts decide, and a round is marked anew by what they accept.

use super::named::Stop;
use crate::{
    bot::{Inner, close::settle, dispute::case_view},
    chat::{
        Caller, File, Reply,
        words::{corrections, disputes},
    },
    decks::patch,
    quiz::{
        correction::Accepted,
        id::{CaseId, PlayerId, RoundId},
        points::Points,
    },
    store::{Case, CaseState, RemarkError, Remarked, Ruling, Said, StoreError},
};

impl Inner {
    pub(super) async fn dispute_list(&self, caller: &Caller) -> Result<Reply, Stop> {
        let mut rounds = Vec::new();
        for case in self.store.open_cases(&caller.space).await? {
            match self.store.round(case.round).await {
                Ok(round) => rounds.extend(round.map(|round| (case, round))),
                Err(StoreError::Database(error)) => {
                    tracing::error!(case = case.id.0, error, "a case is left out, because its round cannot be read");
                }
                Err(error @ StoreError::Busy(_)) => return Err(error.into()),
            }
        }
        let views: Vec<_> = rounds.iter().map(|(case, round)| case_view(case, round)).collect();
        Ok(disputes::list(&views))
    }

    pub(super) async fn dispute_accept(
        &self,
        caller: &Caller,
        id: CaseId,
        answer: Option<String>,
        item: Option<String>,
        why: Option<String>,
    ) -> Result<Reply, Stop> {
        let case = self.open_case(caller, id).await?;
        let round = self.store.round(case.round).await?.ok_or_else(|| disputes::none(id))?;
        if answer.is_none() && disputes::needs_part(round.asked.kind()) {
            return Err(disputes::which_part(&case_view(&case, &round)).into());
        }
        let accepted = Accepted { answer: answer.unwrap_or(case.answer), item };
        self.rule(caller, case.round, accepted, Some(id), why).await
    }

    pub(super) async fn dispute_refuse(&self, caller: &Caller, id: CaseId, why: Option<String>) -> Result<Reply, Stop> {
        let case = self.open_case(caller, id).await?;
        let round = self.store.round(case.round).await?.ok_or_else(|| disputes::none(id))?;
        let why = why.as_deref();
        let telling = disputes::told_refused(&round.asked, round.id, why);
        let refused =
            self.store.refuse(id, &caller.player, why.unwrap_or_default(), &telling, self.clock.now()).await?;
        let Some(case) = refused else { return self.decided(id).await };
        tracing::info!(case = id.0, by = %caller.player, "a host refuses a dispute");
        let players: Vec<PlayerId> = case.disputes.into_iter().map(|dispute| dispute.player).collect();
        self.tell(&players).await;
        Ok(disputes::refused(id, players.len()))
    }

    pub(super) async fn round_remark(
        &self,
        caller: &Caller,
        round: RoundId,
        accepted: Accepted,
        why: Option<String>,
    ) -> Result<Reply, Stop> {
        let round = self.own_round(caller, Some(round)).await?;
        self.rule(caller, round.id, accepted, None, why).await
    }

    /// Accepts one more form of what is right, and says to all and to each what follows.
    async fn rule(
        &self,
        caller: &Caller,
        round: RoundId,
        accepted: Accepted,
        case: Option<CaseId>,
        why: Option<String>,
    ) -> Result<Reply, Stop> {
        let Some(before) = self.store.round(round).await? else { return Ok(corrections::not_closed_yet(round)) };
        let ruling = Ruling { round, accepted, case, by: caller.player.clone(), why: why.unwrap_or_default() };
        let decks = self.memory.decks(&caller.space);
        let deck = decks.deck(&before.asked.deck);
        let link = self.link(&before);
        let words = |remarked: &Remarked| said_of(&ruling, remarked, link.as_deref());
        let remarked = match self.store.remark(&ruling, deck, self.clock.now(), settle, words).await {
            Ok(remarked) => remarked,
            Err(RemarkError::NotClosed) => return Ok(corrections::not_closed_yet(round)),
            Err(RemarkError::Cannot(why)) => return Err(corrections::cannot(&why, &ruling.accepted.answer).into()),
            Err(RemarkError::Decided) => {
                return match case {
                    Some(case) => self.decided(case).await,
                    None => Ok(corrections::not_closed_yet(round)),
                };
            }
            Err(RemarkError::Store(error)) => return Err(error.into()),
        };
        tracing::info!(round = round.0, by = %caller.player, changed = remarked.changed.len(), "a round is marked anew");
        self.wakes.outbox.notify_one();
        let players: Vec<PlayerId> =
            remarked.cases.iter().flat_map(|case| &case.disputes).map(|dispute| dispute.player.clone()).collect();
        self.tell(&players).await;
        let seasons: Vec<&str> = remarked.frozen.iter().map(|season| season.name.as_str()).collect();
        let file = File {
            name: format!("correction-{round}.yaml"),
            content: patch(&remarked.round.asked, &ruling.accepted.answer),
        };
        Ok(corrections::accepted(round, &ruling.accepted, gained(&remarked), &seasons, file))
    }

    /// The open case of that number in the caller's space.
    async fn open_case(&self, caller: &Caller, id: CaseId) -> Result<Case, Stop> {
        let case = self.store.case(id).await?.filter(|case| case.space == caller.space);
        let case = case.ok_or_else(|| disputes::none(id))?;
        if case.state == CaseState::Open { Ok(case) } else { Err(self.decided(id).await?.into()) }
    }

    /// How a case was decided before.
    async fn decided(&self, id: CaseId) -> Result<Reply, Stop> {
        let case = self.store.case(id).await?.ok_or_else(|| disputes::none(id))?;
        Ok(disputes::decided(id, case.state == CaseState::Accepted, case.why.as_deref()))
    }
}

/// How many have more points now.
fn gained(remarked: &Remarked) -> usize {
    remarked.changed.iter().filter(|changed| changed.after > changed.before).count()
}

/// What is said of a round that was marked anew.
fn said_of(ruling: &Ruling, remarked: &Remarked, link: Option<&str>) -> Said {
    let Remarked { round, changed, cases, .. } = remarked;
    let why = Some(ruling.why.as_str()).filter(|why| !why.is_empty());
    let points = |player: &PlayerId| -> Option<Points> {
        changed.iter().find(|changed| changed.player == *player).map(|changed| changed.after)
    };
    let disputes = cases.iter().flat_map(|case| &case.disputes);
    let told = disputes.map(|dispute| {
        let text = disputes::told_accepted(&round.asked, round.id, points(&dispute.player), why);
        (dispute.player.clone(), text)
    });
    Said {
        posted: Some(corrections::posted(&round.asked, round.id, &ruling.accepted, gained(remarked), link)),
        told: told.collect(),
        log: corrections::logged(&ruling.accepted),
    }
}
