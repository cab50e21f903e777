//! Filing a dispute: who may, and which case it comes to.

use jiff::Timestamp;

use super::{
    Case, CaseState, Round, Store, StoreError, bars,
    cases::case,
    database::{Database, Tx},
    rounds,
    rows::{Columns as _, ms},
    trouble::retried,
};
use crate::quiz::{
    answer::Entry,
    grade,
    id::{CaseId, PlayerId, RoundId},
    question::Kind,
    verdict::Credit,
};

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

impl Store {
    /// Puts a dispute before the hosts. The same again changes nothing.
    pub async fn dispute(&self, new: &NewDispute, now: Timestamp) -> Result<Disputed, StoreError> {
        Ok(retried(async || {
            let mut tx = self.db.begin().await?;
            let outcome = file(&self.db, &mut tx, new, now).await?;
            tx.commit().await?;
            Ok(outcome)
        })
        .await?)
    }
}

async fn file(db: &Database, tx: &mut Tx, new: &NewDispute, now: Timestamp) -> sqlx::Result<Disputed> {
    // Whoever marks it anew or decides about it waits, or has done it.
    let locked = format!("WHERE id = $1 AND state = 'closed'{}", db.dialect.locked());
    let row = sqlx::query(rounds::select(&locked)).bind(new.round.0).fetch_optional(&mut **tx).await?;
    let Some(round) = row.as_ref().map(rounds::read).transpose()? else { return Ok(Disputed::NotClosed) };
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
    let (Some(verdict), Some(answer)) = (entry.verdict(&round.asked), entry.disputed(&round.asked)) else {
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
