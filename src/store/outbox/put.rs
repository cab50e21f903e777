//! What comes into the outbox, and goes again before it was tried: always in the transaction of what it tells of.

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::Kind;
use crate::{
    quiz::id::{ChannelId, PlayerId, RoundId, SeasonId},
    store::{
        database::Tx,
        rows::{ms, word},
        standings::Whose,
    },
};

/// Puts a round's parcel into the outbox.
pub(in crate::store) async fn put(
    tx: &mut Tx,
    channel: &ChannelId,
    kind: Kind,
    round: RoundId,
    now: Timestamp,
    expires: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO outbox (channel, kind, round, since, expires, not_before) VALUES ($1, $2, $3, $4, $5, $4)",
    )
    .bind(channel.as_str())
    .bind(word(&kind)?)
    .bind(round.0)
    .bind(ms(now))
    .bind(expires.map(ms))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Has the reveals edited that were sent, or are about to be, of a round or of those that may name a player; each once for as long as
/// the edit waits.
pub(in crate::store) async fn amend(tx: &mut Tx, whose: Whose<'_>) -> sqlx::Result<()> {
    let these = match whose {
        Whose::Round(_) => "o.round = $1",
        Whose::Player(_) => "o.round IN (SELECT round FROM awards WHERE player = $1)",
    };
    let amend = format!(
        "INSERT INTO outbox (channel, kind, round, since, not_before)
         SELECT o.channel, 'amended', o.round, o.since, o.since FROM outbox o
         WHERE {these} AND o.kind = 'reveal'
           AND (o.message IS NOT NULL OR (o.settled IS NULL AND o.attempts > 0))
           AND NOT EXISTS (
               SELECT 1 FROM outbox w
               WHERE w.round = o.round AND w.kind = 'amended' AND w.settled IS NULL AND w.attempts = 0)
         ORDER BY o.id"
    );
    let query = sqlx::query(AssertSqlSafe(amend));
    let query = match whose {
        Whose::Round(round) => query.bind(round.0),
        Whose::Player(player) => query.bind(player.as_str()),
    };
    query.execute(&mut **tx).await?;
    Ok(())
}

/// The same for the podiums that name a player, or that of a season whose board was counted anew.
pub(in crate::store) async fn amend_podiums(tx: &mut Tx, whose: Podiums<'_>) -> sqlx::Result<()> {
    let these = match whose {
        Podiums::Of(_) => "s.player = $1 AND s.rank <= 3",
        Podiums::In(_) => "s.season = $1",
    };
    let amend = format!(
        "INSERT INTO outbox (channel, kind, season, since, not_before)
         SELECT o.channel, 'amended', o.season, o.since, o.since FROM outbox o
         WHERE o.season IN (SELECT s.season FROM season_standings s WHERE {these}) AND o.kind = 'reveal'
           AND (o.message IS NOT NULL OR (o.settled IS NULL AND o.attempts > 0))
           AND NOT EXISTS (
               SELECT 1 FROM outbox w WHERE w.season = o.season AND w.channel = o.channel
               AND w.kind = 'amended' AND w.settled IS NULL AND w.attempts = 0)
         ORDER BY o.id"
    );
    let query = sqlx::query(AssertSqlSafe(amend));
    let query = match whose {
        Podiums::Of(player) => query.bind(player.as_str()),
        Podiums::In(season) => query.bind(season.0),
    };
    query.execute(&mut **tx).await?;
    Ok(())
}

/// Whose podiums have changed.
#[derive(Clone, Copy)]
pub(in crate::store) enum Podiums<'a> {
    /// Those that name this player.
    Of(&'a PlayerId),
    /// That of this season.
    In(SeasonId),
}

/// Puts a season's podium into the outbox, once in each channel.
pub(in crate::store) async fn put_podium(
    tx: &mut Tx,
    channel: &ChannelId,
    season: SeasonId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO outbox (channel, kind, season, once, since, not_before) VALUES ($1, 'reveal', $2, $3, $4, $4)
         ON CONFLICT (once) DO NOTHING",
    )
    .bind(channel.as_str())
    .bind(season.0)
    .bind(format!("season {season} in {channel}"))
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts a note into the outbox, unless one of this key was put there before.
pub(in crate::store) async fn put_note(
    tx: &mut Tx,
    channel: &ChannelId,
    markdown: &str,
    once: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO outbox (channel, kind, body, once, since, not_before) VALUES ($1, 'note', $2, $3, $4, $4)
         ON CONFLICT (once) DO NOTHING",
    )
    .bind(channel.as_str())
    .bind(markdown)
    .bind(once)
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes a round's parcel of this kind out of the outbox if no attempt at it was ever made. True where there was one.
pub(in crate::store) async fn drop_waiting(
    tx: &mut Tx,
    round: RoundId,
    kind: Kind,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let dropped = sqlx::query(
        "UPDATE outbox SET settled = $3 WHERE round = $1 AND kind = $2 AND settled IS NULL AND attempts = 0",
    )
    .bind(round.0)
    .bind(word(&kind)?)
    .bind(ms(now))
    .execute(&mut **tx)
    .await?;
    Ok(dropped.rows_affected() > 0)
}
