//! Awarding a closed round anew: out of the standings whole, and in again with what it earns now.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{
    AwardRow, Entered, Round, close,
    database::{Database, Tx},
    outbox,
    rows::Columns as _,
    seasons,
    standings::{self, Whose},
};
use crate::quiz::{
    id::{PlayerId, RoundId, SeasonId},
    points::Points,
    season::Season,
};

/// A player whose points changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Who.
    pub player: PlayerId,
    /// What they are called.
    pub name: String,
    /// Off the boards and reveals.
    pub hidden: bool,
    /// What the round had earned them.
    pub before: Points,
    /// What it earns them now.
    pub after: Points,
}

/// Awards a closed round anew, in the periods that count it, and has its messages edited. Whose points are others now.
pub(super) async fn settle_anew<S>(
    db: &Database,
    tx: &mut Tx,
    round: &Round,
    now: Timestamp,
    settle: &S,
) -> sqlx::Result<Vec<Changed>>
where
    S: Fn(&Round, &[Entered]) -> Vec<AwardRow>,
{
    let before = awarded(tx, round.id).await?;
    standings::count(db, tx, &round.space, round.id, -1).await?;
    sqlx::query("DELETE FROM awards WHERE round = $1").bind(round.id.0).execute(&mut **tx).await?;
    close::award(tx, round, round.ended.unwrap_or(now), settle).await?;
    standings::count(db, tx, &round.space, round.id, 1).await?;
    let after = awarded(tx, round.id).await?;

    if round.message.is_some() {
        outbox::put(tx, &round.channel, outbox::Kind::Ending, round.id, now, None).await?;
    }
    outbox::amend(tx, Whose::Round(round.id)).await?;
    let points =
        |of: &BTreeMap<PlayerId, (String, bool, Points)>, player| of.get(player).map_or(Points(0), |one| one.2);
    let everyone = before.iter().chain(after.iter().filter(|(player, _)| !before.contains_key(player)));
    let changed = everyone.map(|(player, (name, hidden, _))| Changed {
        player: player.clone(),
        name: name.clone(),
        hidden: *hidden,
        before: points(&before, player),
        after: points(&after, player),
    });
    Ok(changed.filter(|changed| changed.before != changed.after).collect())
}

async fn awarded(tx: &mut Tx, round: RoundId) -> sqlx::Result<BTreeMap<PlayerId, (String, bool, Points)>> {
    let rows = sqlx::query(
        "SELECT a.player, p.name, p.hidden + p.gone AS hidden, a.points FROM awards a JOIN players p ON p.id = a.player WHERE a.round = $1",
    )
    .bind(round.0)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &AnyRow| {
        let of = (row.text("name")?, row.flag("hidden")?, Points(row.number("points")?));
        Ok((PlayerId::new(row.text("player")?), of))
    };
    rows.iter().map(read).collect()
}

/// The frozen seasons that count a round.
pub(super) async fn frozen(tx: &mut Tx, round: &Round) -> sqlx::Result<Vec<Season>> {
    let rows = sqlx::query("SELECT period FROM counted WHERE round = $1").bind(round.id.0).fetch_all(&mut **tx).await?;
    let counting = rows.iter().map(|row| row.text("period")).collect::<sqlx::Result<Vec<_>>>()?;
    let counts = |season: SeasonId| counting.iter().any(|period| *period == seasons::key(season).as_str());
    let mut seasons = seasons::of_space(&mut **tx, &round.space).await?;
    seasons.retain(|season| season.frozen.is_some() && counts(season.id));
    Ok(seasons)
}
