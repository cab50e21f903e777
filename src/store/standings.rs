//! Leaderboards, from sums of awards. The sums are kept in the transaction that stores the awards, and so is the tally of how many
//! players have how many points: a rank is then a sum over some hundred rows, not a count over everybody.

use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    database::{Database, Tx},
    rows::Columns as _,
};
use crate::quiz::{
    id::{PlayerId, RoundId, SpaceId},
    points::Points,
    standing::{PeriodKey, Standing, rate},
};

/// A page of a leaderboard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// The page, best first; hidden players and those who left are not in it, and take no rank.
    pub rows: Vec<Standing>,
    /// How many players there are in all.
    pub players: i64,
    /// The asking player's own standing (also when hidden: as it would be).
    pub own: Option<Standing>,
}

impl Store {
    /// `limit` standings from `offset`, with `own`'s place.
    pub async fn board(
        &self,
        space: &SpaceId,
        period: &PeriodKey,
        offset: i64,
        limit: i64,
        own: Option<&PlayerId>,
    ) -> Result<Board, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let mut standings = Standings { tx: &mut tx, space: space.as_str(), period: period.as_str() };
        let board = Board {
            rows: standings.page(offset.max(0), limit.max(0)).await?,
            players: standings.above(i64::MIN).await?,
            own: match own {
                Some(player) => standings.own(player).await?,
                None => None,
            },
        };
        tx.commit().await?;
        Ok(board)
    }
}

/// The standings of one space and period.
struct Standings<'a> {
    tx: &'a mut Tx,
    space: &'a str,
    period: &'a str,
}

impl Standings<'_> {
    async fn page(&mut self, offset: i64, limit: i64) -> sqlx::Result<Vec<Standing>> {
        // The tally leads to the points where the page begins; from there on it is a walk along the index.
        let row = sqlx::query(
            "SELECT points, before FROM (
                 SELECT points, players, CAST(SUM(players) OVER (ORDER BY points DESC) AS BIGINT) - players AS before
                 FROM tallies WHERE space = $1 AND period = $2) t
             WHERE before + players > $3 ORDER BY points DESC LIMIT 1",
        )
        .bind(self.space)
        .bind(self.period)
        .bind(offset)
        .fetch_optional(&mut **self.tx)
        .await?;
        let Some(start) = row else { return Ok(Vec::new()) };
        let (points, before) = (start.number("points")?, start.number("before")?);
        let rows = sqlx::query(
            "SELECT s.player, s.name, s.points, s.credit, s.answered FROM (
                 SELECT space, period, player FROM standings
                 WHERE space = $1 AND period = $2 AND hidden = 0 AND points <= $3
                 ORDER BY points DESC, rate DESC, name, player LIMIT $4 OFFSET $5) page
             JOIN standings s ON s.space = page.space AND s.period = page.period AND s.player = page.player
             ORDER BY s.points DESC, s.rate DESC, s.name, s.player",
        )
        .bind(self.space)
        .bind(self.period)
        .bind(points)
        .bind(limit)
        .bind(offset - before)
        .fetch_all(&mut **self.tx)
        .await?;
        let mut page: Vec<Standing> = Vec::with_capacity(rows.len());
        for (place, row) in (offset + 1..).zip(&rows) {
            let mut standing = read(row)?;
            standing.rank = match page.last() {
                Some(last) if equal(last, &standing) => last.rank,
                Some(_) => place,
                None => self.rank(&standing).await?,
            };
            page.push(standing);
        }
        Ok(page)
    }

    async fn own(&mut self, player: &PlayerId) -> sqlx::Result<Option<Standing>> {
        let row = sqlx::query(
            "SELECT player, name, points, credit, answered FROM standings
             WHERE space = $1 AND period = $2 AND player = $3",
        )
        .bind(self.space)
        .bind(self.period)
        .bind(player.as_str())
        .fetch_optional(&mut **self.tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut standing = read(&row)?;
        standing.rank = self.rank(&standing).await?;
        Ok(Some(standing))
    }

    /// One more than the players on the board who are better.
    async fn rank(&mut self, standing: &Standing) -> sqlx::Result<i64> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS better FROM standings
             WHERE space = $1 AND period = $2 AND hidden = 0 AND points = $3 AND rate > $4",
        )
        .bind(self.space)
        .bind(self.period)
        .bind(standing.points.0)
        .bind(rate(standing.credit, standing.answered))
        .fetch_one(&mut **self.tx)
        .await?;
        Ok(1 + self.above(standing.points.0).await? + row.number("better")?)
    }

    /// How many players on the board have more points than that.
    async fn above(&mut self, points: i64) -> sqlx::Result<i64> {
        let row = sqlx::query(
            "SELECT CAST(COALESCE(SUM(players), 0) AS BIGINT) AS players FROM tallies
             WHERE space = $1 AND period = $2 AND points > $3",
        )
        .bind(self.space)
        .bind(self.period)
        .bind(points)
        .fetch_one(&mut **self.tx)
        .await?;
        row.number("players")
    }
}

/// Reads a standing; a query that knows no rank leaves 0.
pub(super) fn read(row: &AnyRow) -> sqlx::Result<Standing> {
    Ok(Standing {
        rank: 0,
        player: PlayerId::new(row.text("player")?),
        name: row.text("name")?,
        points: Points(row.number("points")?),
        credit: row.number("credit")?,
        answered: row.number("answered")?,
    })
}

fn equal(one: &Standing, other: &Standing) -> bool {
    let worth = |standing: &Standing| (standing.points, rate(standing.credit, standing.answered));
    worth(one) == worth(other)
}

/// Adds a closed round's awards to the standings of every period that counts it (`times` 1), or takes them out (`times` -1).
pub(super) async fn count(db: &Database, tx: &mut Tx, space: &SpaceId, round: RoundId, times: i64) -> sqlx::Result<()> {
    turn(db, tx, space).await?;
    tally(tx, Whose::Round(round), -1).await?;
    sqlx::query(
        "INSERT INTO standings (space, period, player, name, hidden, points, credit, answered, rate)
         SELECT r.space, c.period, a.player, p.name, p.hidden + p.gone, $2 * a.points, $2 * a.credit, $2, a.credit * 1000000
         FROM awards a
         JOIN players p ON p.id = a.player
         JOIN rounds r ON r.id = a.round
         JOIN counted c ON c.round = a.round
         WHERE a.round = $1 ORDER BY a.player, c.period
         ON CONFLICT (space, period, player) DO UPDATE SET
             points = standings.points + excluded.points,
             credit = standings.credit + excluded.credit,
             answered = standings.answered + excluded.answered,
             rate = CASE WHEN standings.answered + excluded.answered > 0
                 THEN (standings.credit + excluded.credit) * 1000000 / (standings.answered + excluded.answered)
                 ELSE 0 END",
    )
    .bind(round.0)
    .bind(times)
    .execute(&mut **tx)
    .await?;
    if times < 0 {
        sqlx::query(
            "DELETE FROM standings WHERE space = $1 AND answered = 0
             AND period IN (SELECT period FROM counted WHERE round = $2)
             AND player IN (SELECT player FROM awards WHERE round = $2)",
        )
        .bind(space.as_str())
        .bind(round.0)
        .execute(&mut **tx)
        .await?;
    }
    tally(tx, Whose::Round(round), 1).await
}

/// Waits for the turn to change a space's standings. Who also locks rounds does that before.
pub(super) async fn turn(db: &Database, tx: &mut Tx, space: &SpaceId) -> sqlx::Result<()> {
    db.turn(tx, &format!("standings of {space}")).await
}

/// Whose standings change.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    /// Of those who earned something in this round, in the periods that count it.
    Round(RoundId),
    /// Of this player, in all periods.
    Player(&'a PlayerId),
}

/// Takes standings out of the tallies (`by` -1) before they change, or puts them back in (`by` 1) after.
pub(super) async fn tally(tx: &mut Tx, whose: Whose<'_>, by: i64) -> sqlx::Result<()> {
    // SQLite goes along a CROSS JOIN in the order in which it is written: from the few who earned something to their standings.
    let these = match whose {
        Whose::Round(_) => {
            "rounds r CROSS JOIN awards a CROSS JOIN counted c CROSS JOIN standings s
             WHERE r.id = $1 AND a.round = r.id AND c.round = r.id
               AND s.space = r.space AND s.period = c.period AND s.player = a.player"
        }
        Whose::Player(_) => "standings s WHERE s.player = $1",
    };
    let change = format!(
        "INSERT INTO tallies (space, period, points, players)
         SELECT s.space, s.period, s.points, $2 * COUNT(*) FROM {these} AND s.hidden = 0
         GROUP BY s.space, s.period, s.points ORDER BY s.space, s.period, s.points
         ON CONFLICT (space, period, points) DO UPDATE SET players = tallies.players + excluded.players"
    );
    let query = sqlx::query(AssertSqlSafe(change));
    let query = match whose {
        Whose::Round(round) => query.bind(round.0),
        Whose::Player(player) => query.bind(player.as_str()),
    };
    query.bind(by).execute(&mut **tx).await?;
    Ok(())
}
