//! Disputes and the cases they make: one for each disputed answer to a round, however many dispute it. Also what hosts accepted in a
//! space beside its decks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Round, Store, StoreError, bars,
    database::Tx,
    notices, rounds,
    rows::{Columns as _, ms, word},
    trouble::retried,
};
use crate::quiz::{
    answer::Entry,
    correction::Accepted,
    grade,
    id::{CardId, CaseId, DeckId, PlayerId, RoundId, SpaceId},
    question::Kind,
    round::State,
    verdict::Credit,
};

/// How many players hold a card back by their disputes, and the least part of its answerers they must be: one in that many.
const HOLDS: (i64, i64) = (3, 20);

/// A player disputes how their answer to a round was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDispute {
    /// Which round.
    pub round: RoundId,
    /// Who.
    pub player: PlayerId,
    /// Why they think that it is right, in their words.
    pub reason: String,
}

/// What became of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disputed {
    /// It is before the hosts.
    Filed(Box<Case>),
    /// This player disputed this round before, or this answer was decided on: how it stands.
    Before(Box<Case>),
    /// The round is not closed, or there is none.
    NotClosed,
    /// They gave no answer that counts.
    NotAnswered,
    /// Their answer counts in full.
    Full,
    /// A host voided their answer, for that reason.
    Voided(String),
    /// They are barred, for that reason.
    Barred(String),
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseState {
    /// A host has still to look.
    Open,
    /// The answer counts.
    Accepted,
    /// It stays as it was marked.
    Refused,
}

/// A disputed answer to a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The store's number.
    pub id: CaseId,
    /// In which space.
    pub space: SpaceId,
    /// Of which round.
    pub round: RoundId,
    /// Of which card.
    pub card: CardId,
    /// The answer, as who disputed first gave it.
    pub answer: String,
    /// Where it stands.
    pub state: CaseState,
    /// Why it was decided so, where the host said.
    pub why: Option<String>,
    /// Who disputes it, the first first.
    pub disputes: Vec<Dispute>,
    /// Whether its card is not asked until a host has looked.
    pub holds: bool,
}

/// One player's dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Who.
    pub player: PlayerId,
    /// What they are called.
    pub name: String,
    /// Why they think that it is right.
    pub reason: String,
}

impl Store {
    /// Puts a dispute before the hosts. The same again changes nothing.
    pub async fn dispute(&self, new: &NewDispute, now: Timestamp) -> Result<Disputed, StoreError> {
        Ok(retried(async || {
            let mut tx = self.db.begin().await?;
            let outcome = file(&mut tx, new, now).await?;
            tx.commit().await?;
            Ok(outcome)
        })
        .await?)
    }

    /// A case.
    pub async fn case(&self, id: CaseId) -> Result<Option<Case>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        Ok(self::case(&mut tx, id).await?)
    }

    /// The open cases of a space, the oldest first.
    pub async fn open_cases(&self, space: &SpaceId) -> Result<Vec<Case>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let rows = sqlx::query("SELECT id FROM cases WHERE space = $1 AND state = 'open' ORDER BY id")
            .bind(space.as_str())
            .fetch_all(&mut *tx)
            .await?;
        let mut cases = Vec::new();
        for row in rows {
            cases.extend(self::case(&mut tx, CaseId(row.number("id")?)).await?);
        }
        Ok(cases)
    }

    /// Leaves an open case as it was marked, and notes what each who disputed it is told. `None` where it is not open.
    pub async fn refuse(
        &self,
        id: CaseId,
        by: &PlayerId,
        why: &str,
        telling: &str,
        now: Timestamp,
    ) -> Result<Option<Case>, StoreError> {
        let mut tx = self.db.begin().await?;
        if !decide(&mut tx, id, CaseState::Refused, by, why, now).await? {
            return Ok(None);
        }
        let case = self::case(&mut tx, id).await?;
        for dispute in case.iter().flat_map(|case| &case.disputes) {
            notices::put(&mut tx, &dispute.player, telling, now).await?;
        }
        tx.commit().await?;
        Ok(case)
    }
}

async fn file(tx: &mut Tx, new: &NewDispute, now: Timestamp) -> sqlx::Result<Disputed> {
    let row = sqlx::query(rounds::select("WHERE id = $1 AND state = 'closed'"))
        .bind(new.round.0)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(round) = row.as_ref().map(rounds::read).transpose()? else { return Ok(Disputed::NotClosed) };
    debug_assert_eq!(round.state, State::Closed);
    if let Some(reason) = bars::reason(tx, &new.player).await? {
        return Ok(Disputed::Barred(reason));
    }
    let row = sqlx::query(
        "SELECT e.entry, v.reason, d.of_case FROM entries e
         LEFT JOIN voids v ON v.round = e.round AND v.player = e.player
         LEFT JOIN disputes d ON d.round = e.round AND d.player = e.player
         WHERE e.round = $1 AND e.player = $2",
    )
    .bind(round.id.0)
    .bind(new.player.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(Disputed::NotAnswered) };
    let entry: Entry = row.json("entry")?;
    let (Some(verdict), Some(answer)) = (entry.verdict(&round.asked), entry.shown(&round.asked)) else {
        return Ok(Disputed::NotAnswered);
    };
    if let Some(reason) = row.maybe_text("reason")? {
        return Ok(Disputed::Voided(reason));
    }
    if let Some(before) = row.maybe_number("of_case")?
        && let Some(case) = case(tx, CaseId(before)).await?
    {
        return Ok(Disputed::Before(Box::new(case)));
    }
    if verdict.credit == Credit::FULL {
        return Ok(Disputed::Full);
    }
    let id = case_of(tx, &round, &answer, now).await?;
    let found = case(tx, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    if found.state != CaseState::Open {
        return Ok(Disputed::Before(Box::new(found)));
    }
    sqlx::query("INSERT INTO disputes (round, player, of_case, reason, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(round.id.0)
        .bind(new.player.as_str())
        .bind(id.0)
        .bind(new.reason.as_str())
        .bind(ms(now))
        .execute(&mut **tx)
        .await?;
    Ok(Disputed::Filed(Box::new(case(tx, id).await?.ok_or(sqlx::Error::RowNotFound)?)))
}

/// The case of an answer to a round; a new one where nobody disputed it before.
async fn case_of(tx: &mut Tx, round: &Round, answer: &str, now: Timestamp) -> sqlx::Result<CaseId> {
    let folded = match round.asked.kind() {
        // In a command case and signs tell.
        Kind::Command => answer.trim().to_owned(),
        _ => grade::key(answer),
    };
    sqlx::query(
        "INSERT INTO cases (space, round, deck, card, folded, answer, state, opened)
         VALUES ($1, $2, $3, $4, $5, $6, 'open', $7) ON CONFLICT (round, folded) DO NOTHING",
    )
    .bind(round.space.as_str())
    .bind(round.id.0)
    .bind(round.asked.deck.as_str())
    .bind(round.asked.card.as_str())
    .bind(folded.as_str())
    .bind(answer)
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    let row = sqlx::query("SELECT id FROM cases WHERE round = $1 AND folded = $2")
        .bind(round.id.0)
        .bind(folded)
        .fetch_one(&mut **tx)
        .await?;
    Ok(CaseId(row.number("id")?))
}

/// A case with who disputes it.
pub(super) async fn case(tx: &mut Tx, id: CaseId) -> sqlx::Result<Option<Case>> {
    let row = sqlx::query("SELECT space, round, deck, card, answer, state, why FROM cases WHERE id = $1")
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let disputes = sqlx::query(
        "SELECT d.player, p.name, d.reason FROM disputes d JOIN players p ON p.id = d.player
         WHERE d.of_case = $1 ORDER BY d.at, d.player",
    )
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    let dispute = |row: &AnyRow| {
        Ok(Dispute { player: PlayerId::new(row.text("player")?), name: row.text("name")?, reason: row.text("reason")? })
    };
    let (space, card) = (SpaceId::new(row.text("space")?), CardId::new(row.text("card")?));
    let state = row.word("state")?;
    let holds = state == CaseState::Open && held(tx, &space, &DeckId::new(row.text("deck")?)).await?.contains(&card);
    Ok(Some(Case {
        id,
        space,
        round: RoundId(row.number("round")?),
        card,
        answer: row.text("answer")?,
        state,
        why: row.maybe_text("why")?,
        disputes: disputes.iter().map(dispute).collect::<sqlx::Result<_>>()?,
        holds,
    }))
}

/// Decides an open case. False where it is not open.
pub(super) async fn decide(
    tx: &mut Tx,
    id: CaseId,
    state: CaseState,
    by: &PlayerId,
    why: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let decided = sqlx::query(
        "UPDATE cases SET state = $2, decided_by = $3, decided = $4, why = $5 WHERE id = $1 AND state = 'open'",
    )
    .bind(id.0)
    .bind(word(&state)?)
    .bind(by.as_str())
    .bind(ms(now))
    .bind(Some(why).filter(|why| !why.is_empty()))
    .execute(&mut **tx)
    .await?;
    Ok(decided.rows_affected() > 0)
}

/// The turn in which a question of a space is drawn, or something is accepted there.
pub(super) fn decisions_in(space: &SpaceId) -> String {
    format!("decisions in {space}")
}

/// The cards of a deck that are not asked in a space until a host has looked: three players dispute them, who are at least 5 % of those
/// who answered them.
pub(super) async fn held(tx: &mut Tx, space: &SpaceId, deck: &DeckId) -> sqlx::Result<BTreeSet<CardId>> {
    let (least, part) = HOLDS;
    let disputed = format!(
        "SELECT c.card, COUNT(DISTINCT d.player) AS players FROM cases c JOIN disputes d ON d.of_case = c.id
         WHERE c.space = $1 AND c.deck = $2 AND c.state = 'open'
         GROUP BY c.card HAVING COUNT(DISTINCT d.player) >= {least}"
    );
    let rows =
        sqlx::query(AssertSqlSafe(disputed)).bind(space.as_str()).bind(deck.as_str()).fetch_all(&mut **tx).await?;
    let mut held = BTreeSet::new();
    for row in rows {
        let card = CardId::new(row.text("card")?);
        let answerers = sqlx::query(
            "SELECT COUNT(DISTINCT e.player) AS players FROM rounds r JOIN entries e ON e.round = r.id
             WHERE r.space = $1 AND r.deck = $2 AND r.card = $3 AND e.credit IS NOT NULL",
        )
        .bind(space.as_str())
        .bind(deck.as_str())
        .bind(card.as_str())
        .fetch_one(&mut **tx)
        .await?;
        if row.number("players")? * part >= answerers.number("players")? {
            held.insert(card);
        }
    }
    Ok(held)
}

/// What a space accepts beside what a deck says, by card and question.
pub(super) async fn accepted(
    tx: &mut Tx,
    space: &SpaceId,
    deck: &DeckId,
) -> sqlx::Result<BTreeMap<(CardId, u32), Vec<Accepted>>> {
    let rows = sqlx::query(
        "SELECT card, likeness, answer, item FROM accepted WHERE space = $1 AND deck = $2 ORDER BY at, answer, item",
    )
    .bind(space.as_str())
    .bind(deck.as_str())
    .fetch_all(&mut **tx)
    .await?;
    let mut accepted = BTreeMap::<_, Vec<Accepted>>::new();
    for row in rows {
        let question = (CardId::new(row.text("card")?), row.small("likeness")?);
        let item = Some(row.text("item")?).filter(|item| !item.is_empty());
        accepted.entry(question).or_default().push(Accepted { answer: row.text("answer")?, item });
    }
    Ok(accepted)
}
