//! Cases: disputed answers to rounds, one for each answer however many dispute it, and how they were decided.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    accepted::held,
    database::Tx,
    notices,
    rows::{Columns as _, ms, word},
};
use crate::quiz::id::{CardId, CaseId, DeckId, PlayerId, RoundId, SpaceId};

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
        // Who disputes meanwhile is told too, or hears how it was decided.
        let locked = format!(
            "SELECT id FROM rounds WHERE id = (SELECT round FROM cases WHERE id = $1){}",
            self.db.dialect.locked()
        );
        sqlx::query(AssertSqlSafe(locked)).bind(id.0).fetch_optional(&mut *tx).await?;
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
