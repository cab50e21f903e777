//! `kcard store verify`: recomputes what is derived and says where it differs from what is stored. It never should.

use std::fmt::Debug;

use jiff::Timestamp;

use super::{
    Store, StoreError,
    answers::Held,
    database::Tx,
    remark::replayed,
    rounds::{self, Round},
    rows::Columns as _,
};
use crate::quiz::answer::Entry;

/// One place where what is stored is not what the answers and awards give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, in words.
    pub place: String,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub computed: String,
}

/// What SQL alone can compare: what it is called, and a query that gives `place`, `stored` and `computed` wherever they differ.
const SUMS: [(&str, &str); 6] = [
    (
        "the credit awarded",
        "SELECT 'round ' || a.round || ', ' || a.player AS place, CAST(a.credit AS TEXT) AS stored,
                COALESCE(CAST(e.credit AS TEXT), 'none') AS computed
         FROM awards a LEFT JOIN entries e ON e.round = a.round AND e.player = a.player
         WHERE e.credit IS NULL OR e.credit <> a.credit",
    ),
    (
        "the award",
        "SELECT 'round ' || e.round || ', ' || e.player AS place, 'none' AS stored,
                'a credit of ' || e.credit AS computed
         FROM entries e JOIN rounds r ON r.id = e.round
         LEFT JOIN awards a ON a.round = e.round AND a.player = e.player
         WHERE r.state = 'closed' AND e.credit IS NOT NULL AND a.round IS NULL
           AND NOT EXISTS (SELECT 1 FROM voids v WHERE v.round = e.round AND v.player = e.player)",
    ),
    (
        "the award of a voided answer",
        "SELECT 'round ' || a.round || ', ' || a.player AS place, a.points || ' points' AS stored, 'none' AS computed
         FROM awards a JOIN voids v ON v.round = a.round AND v.player = a.player",
    ),
    (
        "the standing (points, credit, rounds answered, rate)",
        "SELECT COALESCE(s.space, t.space) || ' ' || COALESCE(s.period, t.period) || ', ' || COALESCE(s.player, t.player) AS place,
                COALESCE(s.points || ', ' || s.credit || ', ' || s.answered || ', ' || s.rate, 'none') AS stored,
                COALESCE(t.points || ', ' || t.credit || ', ' || t.answered || ', ' || t.rate, 'none') AS computed
         FROM standings s FULL JOIN (
             SELECT r.space, c.period, a.player, CAST(SUM(a.points) AS BIGINT) AS points,
                    CAST(SUM(a.credit) AS BIGINT) AS credit, COUNT(*) AS answered,
                    CAST(SUM(a.credit) AS BIGINT) * 1000000 / COUNT(*) AS rate
             FROM awards a JOIN rounds r ON r.id = a.round JOIN counted c ON c.round = a.round
             GROUP BY r.space, c.period, a.player) t
         ON s.space = t.space AND s.period = t.period AND s.player = t.player
         WHERE s.points IS DISTINCT FROM t.points OR s.credit IS DISTINCT FROM t.credit
            OR s.answered IS DISTINCT FROM t.answered OR s.rate IS DISTINCT FROM t.rate",
    ),
    (
        "the name shown in the standing, and whether it is shown",
        "SELECT s.space || ' ' || s.period || ', ' || s.player AS place, s.name || ', ' || s.hidden AS stored,
                p.name || ', ' || (p.hidden + p.gone) AS computed
         FROM standings s JOIN players p ON p.id = s.player WHERE s.name <> p.name OR s.hidden <> p.hidden + p.gone",
    ),
    (
        "the number of players",
        "SELECT COALESCE(s.space, t.space) || ' ' || COALESCE(s.period, t.period) || ', '
                    || COALESCE(s.points, t.points) || ' points' AS place,
                CAST(COALESCE(s.players, 0) AS TEXT) AS stored, CAST(COALESCE(t.players, 0) AS TEXT) AS computed
         FROM tallies s FULL JOIN (
             SELECT space, period, points, COUNT(*) AS players FROM standings WHERE hidden = 0
             GROUP BY space, period, points) t
         ON s.space = t.space AND s.period = t.period AND s.points = t.points
         WHERE COALESCE(s.players, 0) <> COALESCE(t.players, 0)",
    ),
];

impl Store {
    /// Recomputes entries from answers, verdicts from entries, and standings from awards. Reads one moment's state, a round at a
    /// time.
    pub async fn verify(&self) -> Result<Vec<Difference>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let mut differences = Vec::new();
        let mut after = 0;
        let next = "WHERE id > $1 ORDER BY id LIMIT 1";
        while let Some(row) = sqlx::query(rounds::select(next)).bind(after).fetch_optional(&mut *tx).await? {
            let round = rounds::read(&row)?;
            after = round.id.0;
            entries(&mut tx, &round, &mut differences).await?;
        }
        for (what, query) in SUMS {
            for row in sqlx::query(query).fetch_all(&mut *tx).await? {
                differences.push(Difference {
                    place: format!("{}: {what}", row.text("place")?),
                    stored: row.text("stored")?,
                    computed: row.text("computed")?,
                });
            }
        }
        Ok(differences)
    }
}

/// Replays a round's answers in the order they were taken in, and compares what comes of them with the stored entries.
async fn entries(tx: &mut Tx, round: &Round, differences: &mut Vec<Difference>) -> sqlx::Result<()> {
    let mut replayed = replayed(tx, round).await?;
    let entries = sqlx::query("SELECT player, entry, credit, at FROM entries WHERE round = $1").bind(round.id.0);
    for row in entries.fetch_all(&mut **tx).await? {
        let player = row.text("player")?;
        let stored = (row.json::<Entry>("entry")?, row.maybe_number("credit")?, row.at("at")?);
        let computed = replayed.remove(&player).map(parts);
        if computed.as_ref() != Some(&stored) {
            differences.push(difference(round, &player, Some(stored), computed));
        }
    }
    for (player, held) in replayed {
        differences.push(difference(round, &player, None, Some(parts(held))));
    }
    Ok(())
}

fn parts(held: Held) -> (Entry, Option<i64>, Timestamp) {
    let credit = held.credit();
    (held.entry, credit, held.at)
}

fn difference<T: Debug>(round: &Round, player: &str, stored: Option<T>, computed: Option<T>) -> Difference {
    let words = |value: Option<T>| value.map_or_else(|| "none".to_owned(), |value| format!("{value:?}"));
    Difference {
        place: format!("round {}, {player}: the entry (what was given, its credit, when)", round.id),
        stored: words(stored),
        computed: words(computed),
    }
}
