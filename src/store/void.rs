//! Voiding: what a player's answer to a round earns is taken away, or given back. The answer itself stays as it was given and marked.

use jiff::Timestamp;

use super::{
    AwardRow, Entered, Remarked, Round, Said, Store, StoreError,
    remark::say,
    resettle::{frozen, settle_anew},
    rounds,
    rows::{Columns as _, ms},
    trouble::retried,
};
use crate::quiz::{
    id::{PlayerId, RoundId},
    round::State,
};

/// A host voids a player's answer to a round, or takes that back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVoid {
    /// To which round.
    pub round: RoundId,
    /// Whose.
    pub player: PlayerId,
    /// Who decides it.
    pub by: PlayerId,
    /// Why.
    pub reason: String,
    /// It is given back.
    pub undo: bool,
}

/// Why an answer cannot be voided.
#[derive(Debug, thiserror::Error)]
pub enum VoidError {
    /// The player gave none that is there, or the round counts for nothing.
    #[error("there is no answer of theirs")]
    NotAnswered,
    /// It is so already.
    #[error("it is so already")]
    Already,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Voids an answer, or gives it back. A round that is still open is settled so at its close.
    pub async fn void<S, W>(&self, void: &NewVoid, now: Timestamp, settle: S, words: W) -> Result<Remarked, VoidError>
    where
        S: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
        W: Fn(&Remarked) -> Said + Send + Sync,
    {
        retried(|| self.try_void(void, now, &settle, &words)).await.map_err(StoreError::from)?
    }

    async fn try_void<S, W>(
        &self,
        void: &NewVoid,
        now: Timestamp,
        settle: &S,
        words: &W,
    ) -> sqlx::Result<Result<Remarked, VoidError>>
    where
        S: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
        W: Fn(&Remarked) -> Said + Send + Sync,
    {
        let mut tx = self.db.begin().await?;
        let locked = format!(
            "WHERE id = $1 AND state <> 'cancelled' AND EXISTS (
                 SELECT 1 FROM entries e WHERE e.round = rounds.id AND e.player = $2){}",
            self.db.dialect.locked()
        );
        let row = sqlx::query(rounds::select(&locked))
            .bind(void.round.0)
            .bind(void.player.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(round) = row.as_ref().map(rounds::read).transpose()? else { return Ok(Err(VoidError::NotAnswered)) };
        let changed = if void.undo {
            sqlx::query("DELETE FROM voids WHERE round = $1 AND player = $2")
                .bind(round.id.0)
                .bind(void.player.as_str())
                .execute(&mut *tx)
                .await?
        } else {
            sqlx::query(
                "INSERT INTO voids (round, player, voided_by, reason, at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
            )
            .bind(round.id.0)
            .bind(void.player.as_str())
            .bind(void.by.as_str())
            .bind(void.reason.as_str())
            .bind(ms(now))
            .execute(&mut *tx)
            .await?
        };
        if changed.rows_affected() == 0 {
            return Ok(Err(VoidError::Already));
        }
        let changed = match round.state {
            State::Closed => settle_anew(&self.db, &mut tx, &round, now, settle).await?,
            _ => Vec::new(),
        };
        let frozen = frozen(&mut tx, &round).await?;
        let remarked = Remarked { round, changed, frozen, cases: Vec::new() };
        say(&mut tx, &remarked.round, &void.by, &void.reason, &words(&remarked), now).await?;
        tx.commit().await?;
        Ok(Ok(remarked))
    }

    /// Why a player's answer to a round was voided, if it was.
    pub async fn voided(&self, round: RoundId, player: &PlayerId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT reason FROM voids WHERE round = $1 AND player = $2")
            .bind(round.0)
            .bind(player.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.text("reason")).transpose()?)
    }
}
