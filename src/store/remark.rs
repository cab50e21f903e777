//! Marking a round anew after a host accepted one more form of what is right: its snapshot, entries, awards and standings, the question
//! in the rounds that are open, what is said of it, and the log; in one transaction, so all of it or nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    AwardRow, Case, CaseState, Changed, Entered, Round, Store, StoreError, accepted,
    answers::Held,
    cases,
    corrections::{self, Of},
    database::{Database, Tx},
    notices, outbox,
    resettle::{frozen, settle_anew},
    rounds,
    rows::{Columns as _, json, ms, readable},
    trouble::retried,
};
use crate::quiz::{
    answer::Entry,
    correction::{Accepted, CannotAccept},
    deck::Deck,
    id::{CaseId, PlayerId, RoundId, SpaceId},
    round::State,
    season::Season,
    verdict::Credit,
};

/// A host accepts one more form of what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// For this round, and for the same question from now on.
    pub round: RoundId,
    /// What.
    pub accepted: Accepted,
    /// The open case that it decides.
    pub case: Option<CaseId>,
    /// Who accepts it.
    pub by: PlayerId,
    /// Why; empty where they did not say.
    pub why: String,
}

/// A round after it was marked anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarked {
    /// With the question as it is marked now.
    pub round: Round,
    /// Whose points are others now.
    pub changed: Vec<Changed>,
    /// The frozen seasons that count the round: their boards stay as they are until a host has them counted anew.
    pub frozen: Vec<Season>,
    /// The cases that were decided by it.
    pub cases: Vec<Case>,
}

/// What is said of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// In the round's channel.
    pub posted: Option<String>,
    /// To players alone.
    pub told: Vec<(PlayerId, String)>,
    /// For the log of corrections.
    pub log: String,
}

/// Why a round cannot be marked anew.
#[derive(Debug, thiserror::Error)]
pub enum RemarkError {
    /// It is not closed, or there is none.
    #[error("the round is not closed")]
    NotClosed,
    /// The case is not open.
    #[error("the case was decided before")]
    Decided,
    /// The form cannot be accepted.
    #[error("it cannot be accepted: {0:?}")]
    Cannot(CannotAccept),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Accepts a form of what is right: the round is marked anew by it for all who answered, it holds in the space for this question
    /// from now on, also where that is open, and cases that it settles are accepted. `deck` says what stands near it; `words` what is
    /// said of it.
    pub async fn remark<S, W>(
        &self,
        ruling: &Ruling,
        deck: Option<&Deck>,
        now: Timestamp,
        settle: S,
        words: W,
    ) -> Result<Remarked, RemarkError>
    where
        S: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
        W: Fn(&Remarked) -> Said + Send + Sync,
    {
        retried(|| self.try_remark(ruling, deck, now, &settle, &words)).await.map_err(StoreError::from)?
    }

    async fn try_remark<S, W>(
        &self,
        ruling: &Ruling,
        deck: Option<&Deck>,
        now: Timestamp,
        settle: &S,
        words: &W,
    ) -> sqlx::Result<Result<Remarked, RemarkError>>
    where
        S: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
        W: Fn(&Remarked) -> Said + Send + Sync,
    {
        let mut tx = self.db.begin().await?;
        let Some(space) = space_of(&mut tx, ruling.round).await? else { return Ok(Err(RemarkError::NotClosed)) };
        // No question is drawn meanwhile that would not have it.
        self.db.turn(&mut tx, &accepted::decisions_in(&space)).await?;
        let (round, open) = lock(&self.db, &mut tx, ruling.round).await?;
        let Some(round) = round.filter(|round| round.state == State::Closed) else {
            return Ok(Err(RemarkError::NotClosed));
        };
        let amended = match round.asked.accept(&ruling.accepted, deck) {
            Ok(asked) => Round { asked, ..round },
            Err(cannot) => return Ok(Err(RemarkError::Cannot(cannot))),
        };
        if let Some(case) = ruling.case
            && !cases::decide(&mut tx, case, CaseState::Accepted, &ruling.by, &ruling.why, now).await?
        {
            return Ok(Err(RemarkError::Decided));
        }
        remember(&mut tx, &amended, ruling, now).await?;
        replay(&mut tx, &amended).await?;
        for open in open {
            if let Ok(asked) = open.asked.accept(&ruling.accepted, deck) {
                replay(&mut tx, &Round { asked, ..open }).await?;
            }
        }
        let remarked = Remarked {
            changed: settle_anew(&self.db, &mut tx, &amended, now, settle).await?,
            frozen: frozen(&mut tx, &amended).await?,
            cases: settled(&mut tx, &amended, ruling, now).await?,
            round: amended,
        };
        let said = words(&remarked);
        say(&mut tx, &remarked.round, &ruling.by, &ruling.why, &said, now).await?;
        tx.commit().await?;
        Ok(Ok(remarked))
    }
}

async fn space_of(tx: &mut Tx, round: RoundId) -> sqlx::Result<Option<SpaceId>> {
    let row = sqlx::query("SELECT space FROM rounds WHERE id = $1").bind(round.0).fetch_optional(&mut **tx).await?;
    row.map(|row| Ok(SpaceId::new(row.text("space")?))).transpose()
}

/// Locks the round, and those of its space that ask the same question now, in the order in which rounds are always locked.
async fn lock(db: &Database, tx: &mut Tx, id: RoundId) -> sqlx::Result<(Option<Round>, Vec<Round>)> {
    let these = format!(
        "WHERE id = $1 OR (state IN ('posting', 'open') AND (space, deck, card) IN (SELECT space, deck, card FROM rounds WHERE id = $1))
         ORDER BY id{}",
        db.dialect.locked()
    );
    let rows = sqlx::query(rounds::select(&these)).bind(id.0).fetch_all(&mut **tx).await?;
    let mut rounds = readable("rounds", &rows, rounds::read)?;
    let round = rounds.iter().position(|round| round.id == id).map(|at| rounds.remove(at));
    if let Some(round) = &round {
        rounds.retain(|open| open.asked.likeness() == round.asked.likeness());
    }
    Ok((round, rounds))
}

/// From now on the space accepts it.
async fn remember(tx: &mut Tx, round: &Round, ruling: &Ruling, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accepted (space, deck, card, likeness, answer, item, accepted_by, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(round.space.as_str())
    .bind(round.asked.deck.as_str())
    .bind(round.asked.card.as_str())
    .bind(i64::from(round.asked.likeness()))
    .bind(ruling.accepted.answer.trim())
    // By its name: a number would be another item's where the deck's author moves items about.
    .bind(ruling.accepted.item.as_deref().and_then(|item| round.asked.item_named(item)).unwrap_or_default())
    .bind(ruling.by.as_str())
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Stores the question as it is marked now, and what comes of the answers by it.
async fn replay(tx: &mut Tx, round: &Round) -> sqlx::Result<()> {
    sqlx::query("UPDATE rounds SET asked = $2 WHERE id = $1")
        .bind(round.id.0)
        .bind(json(&round.asked)?)
        .execute(&mut **tx)
        .await?;
    let mut replayed = replayed(tx, round).await?;
    let rows = sqlx::query("SELECT player, entry, credit, at FROM entries WHERE round = $1")
        .bind(round.id.0)
        .fetch_all(&mut **tx)
        .await?;
    for row in rows {
        let player = row.text("player")?;
        let Some(held) = replayed.remove(&player) else { continue };
        let before = (row.json::<Entry>("entry")?, row.maybe_number("credit")?, row.at("at")?);
        if before == (held.entry.clone(), held.credit(), held.at) {
            continue;
        }
        sqlx::query("UPDATE entries SET entry = $3, credit = $4, at = $5 WHERE round = $1 AND player = $2")
            .bind(round.id.0)
            .bind(player)
            .bind(json(&held.entry)?)
            .bind(held.credit())
            .bind(ms(held.at))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// What comes of a round's answers, taken in the order in which they were stored.
pub(super) async fn replayed(tx: &mut Tx, round: &Round) -> sqlx::Result<BTreeMap<String, Held>> {
    let mut replayed: BTreeMap<String, Held> = BTreeMap::new();
    let answers =
        sqlx::query("SELECT player, way, change, at FROM answers WHERE round = $1 ORDER BY id").bind(round.id.0);
    for row in answers.fetch_all(&mut **tx).await? {
        let at = row.at("at")?;
        let held = replayed.entry(row.text("player")?).or_insert_with(|| Held::new(at));
        held.take(round, row.word("way")?, &row.json("change")?, at);
    }
    Ok(replayed)
}

/// The cases of the round that are decided by this: the one that the ruling names, and those whose every answer counts in full now.
async fn settled(tx: &mut Tx, round: &Round, ruling: &Ruling, now: Timestamp) -> sqlx::Result<Vec<Case>> {
    let moot = sqlx::query(
        "SELECT c.id FROM cases c WHERE c.round = $1 AND c.state = 'open' AND NOT EXISTS (
             SELECT 1 FROM disputes d JOIN entries e ON e.round = d.round AND e.player = d.player
             WHERE d.of_case = c.id AND (e.credit IS NULL OR e.credit < $2))
         ORDER BY c.id",
    )
    .bind(round.id.0)
    .bind(i64::from(Credit::FULL.get()))
    .fetch_all(&mut **tx)
    .await?;
    let mut settled: Vec<CaseId> = ruling.case.into_iter().collect();
    for row in moot {
        let id = CaseId(row.number("id")?);
        cases::decide(tx, id, CaseState::Accepted, &ruling.by, &ruling.why, now).await?;
        settled.push(id);
    }
    let mut cases = Vec::new();
    for id in settled {
        cases.extend(cases::case(tx, id).await?);
    }
    Ok(cases)
}

/// Puts a correction into the log, posts it, and notes who is told of it.
pub(super) async fn say(
    tx: &mut Tx,
    round: &Round,
    by: &PlayerId,
    why: &str,
    said: &Said,
    now: Timestamp,
) -> sqlx::Result<()> {
    let number = corrections::log(tx, &round.space, Of::Round(round.id), &said.log, by, why, now).await?;
    if let Some(posted) = &said.posted {
        outbox::put_note(tx, &round.channel, posted, &format!("correction {number}"), now).await?;
    }
    for (player, text) in &said.told {
        notices::put(tx, player, text, now).await?;
    }
    Ok(())
}
