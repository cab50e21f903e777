//! Players: names, who is hidden, what is theirs to see.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::{
    Store, StoreError,
    database::{Database, Tx},
    outbox::{self, Podiums},
    rows::{Columns as _, json, ms, places},
    standings::{self, Whose, tally},
    trouble::retried,
};
use crate::quiz::{
    asked::Asked,
    id::{PlayerId, SpaceId},
};

/// A player as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PlayerId,
    /// The name as shown.
    pub name: String,
    /// Off the boards and reveals, by their own wish.
    pub hidden: bool,
}

/// A player's own figures, over closed rounds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    /// Points in all.
    pub points: i64,
    /// Rounds answered.
    pub answered: i64,
    /// Rounds answered fully right.
    pub right: i64,
    /// Sum of credits, ten-thousandths.
    pub credit: i64,
    /// By topic, by name.
    pub topics: Vec<TopicStats>,
}

/// A player's own figures in one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicStats {
    /// The topic.
    pub topic: String,
    /// Rounds answered.
    pub answered: i64,
    /// Sum of credits, ten-thousandths.
    pub credit: i64,
}

impl Store {
    /// Remembers a player's name.
    pub async fn see(&self, player: &PlayerId, name: &str, now: Timestamp) -> Result<(), StoreError> {
        if self.person(player).await?.is_some_and(|known| known.name == name) {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        self::name(&self.db, &mut tx, &[(player, name)], ms(now)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A player, if ever seen.
    pub async fn person(&self, player: &PlayerId) -> Result<Option<Person>, StoreError> {
        let row = sqlx::query("SELECT name, hidden FROM players WHERE id = $1")
            .bind(player.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        let read = |row: sqlx::any::AnyRow| -> sqlx::Result<Person> {
            Ok(Person { id: player.clone(), name: row.text("name")?, hidden: row.flag("hidden")? })
        };
        Ok(row.map(read).transpose()?)
    }

    /// Everyone known in a space, with their names: who has played, and who has an account of the web room.
    pub async fn people(&self, space: &SpaceId) -> Result<Vec<(PlayerId, String)>, StoreError> {
        let rows = sqlx::query("SELECT id, name FROM players UNION SELECT 'web:' || name, name FROM room_accounts")
            .fetch_all(&self.db.read)
            .await?;
        let read = |row: &sqlx::any::AnyRow| Ok((PlayerId::new(row.text("id")?), row.text("name")?));
        let mut people = rows.iter().map(read).collect::<sqlx::Result<Vec<_>>>()?;
        people.retain(|(player, _)| player.space() == *space);
        people.sort();
        people.dedup_by(|one, other| one.0 == other.0);
        Ok(people)
    }

    /// Those who are known to be admins of a space: of the web room, by their accounts. Of other spaces the platform knows.
    pub async fn known_admins(&self, space: &SpaceId) -> Result<Vec<PlayerId>, StoreError> {
        let rows = sqlx::query("SELECT 'web:' || name AS id FROM room_accounts WHERE admin = 1 ORDER BY name")
            .fetch_all(&self.db.read)
            .await?;
        let admins = rows.iter().map(|row| Ok(PlayerId::new(row.text("id")?))).collect::<sqlx::Result<Vec<_>>>()?;
        Ok(admins.into_iter().filter(|admin| admin.space() == *space).collect())
    }

    /// Takes a player off boards and reveals, or puts them back. A player never seen becomes known, by the id for a name.
    pub async fn hide(&self, player: &PlayerId, hidden: bool) -> Result<(), StoreError> {
        Ok(retried(|| set_hidden(&self.db, player, hidden)).await?)
    }

    /// The platform says that a player left their space, or that they are back. Of who is not known nothing is kept. Whether it is news.
    pub async fn set_gone(&self, player: &PlayerId, gone: bool) -> Result<bool, StoreError> {
        let known = sqlx::query("SELECT 1 AS one FROM players WHERE id = $1 AND gone <> $2")
            .bind(player.as_str())
            .bind(i64::from(gone))
            .fetch_optional(&self.db.read)
            .await?;
        if known.is_some() {
            retried(|| set(&self.db, player, "gone", gone)).await?;
        }
        Ok(known.is_some())
    }

    /// A player's own figures.
    pub async fn stats(&self, player: &PlayerId) -> Result<Stats, StoreError> {
        let rows = sqlx::query(
            "SELECT r.topic, COUNT(*) AS answered, CAST(SUM(a.points) AS BIGINT) AS points,
                    CAST(SUM(a.credit) AS BIGINT) AS credit,
                    CAST(SUM(CASE WHEN a.credit = 10000 THEN 1 ELSE 0 END) AS BIGINT) AS full_credit
             FROM awards a JOIN rounds r ON r.id = a.round WHERE a.player = $1 GROUP BY r.topic",
        )
        .bind(player.as_str())
        .fetch_all(&self.db.read)
        .await?;
        let mut stats = Stats::default();
        for row in rows {
            let topic = TopicStats {
                topic: row.text("topic")?,
                answered: row.number("answered")?,
                credit: row.number("credit")?,
            };
            stats.points += row.number("points")?;
            stats.answered += topic.answered;
            stats.right += row.number("full_credit")?;
            stats.credit += topic.credit;
            stats.topics.push(topic);
        }
        stats.topics.sort_by(|one, other| one.topic.cmp(&other.topic));
        Ok(stats)
    }

    /// The card on demand that the player looks at, with the question as asked.
    pub async fn shown(&self, player: &PlayerId) -> Result<Option<Asked>, StoreError> {
        let row = sqlx::query("SELECT asked FROM shown WHERE player = $1")
            .bind(player.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.json("asked")).transpose()?)
    }

    /// Remembers the card on demand that the player was shown.
    pub async fn set_shown(&self, player: &PlayerId, asked: &Asked, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO shown (player, asked, at) VALUES ($1, $2, $3)
             ON CONFLICT (player) DO UPDATE SET asked = excluded.asked, at = excluded.at",
        )
        .bind(player.as_str())
        .bind(json(asked)?)
        .bind(ms(now))
        .execute(&self.db.write)
        .await?;
        Ok(())
    }
}

async fn set_hidden(db: &Database, player: &PlayerId, hidden: bool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO players (id, name, seen) VALUES ($1, $2, 0) ON CONFLICT (id) DO NOTHING")
        .bind(player.as_str())
        .bind(player.local())
        .execute(&db.write)
        .await?;
    set(db, player, "hidden", hidden).await
}

/// Changes what keeps a player off boards and reveals, `hidden` or `gone`; both follow.
async fn set(db: &Database, player: &PlayerId, what: &'static str, to: bool) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    standings::turn(db, &mut tx, &player.space()).await?;
    set_in(&mut tx, player, what, to).await?;
    tx.commit().await
}

/// The same in a transaction that has its turn to change the space's standings.
pub(super) async fn set_in(tx: &mut Tx, player: &PlayerId, what: &'static str, to: bool) -> sqlx::Result<()> {
    tally(tx, Whose::Player(player), -1).await?;
    let change = format!("UPDATE players SET {what} = $2 WHERE id = $1");
    sqlx::query(AssertSqlSafe(change)).bind(player.as_str()).bind(i64::from(to)).execute(&mut **tx).await?;
    let follow = "UPDATE standings SET hidden = (SELECT p.hidden + p.gone FROM players p WHERE p.id = standings.player)
                  WHERE player = $1";
    sqlx::query(follow).bind(player.as_str()).execute(&mut **tx).await?;
    tally(tx, Whose::Player(player), 1).await?;
    outbox::amend(tx, Whose::Player(player)).await?;
    outbox::amend_podiums(tx, Podiums::Of(player)).await
}

/// Stores names, in the players' order; standings show them too.
pub(super) async fn name(db: &Database, tx: &mut Tx, named: &[(&PlayerId, &str)], seen: i64) -> sqlx::Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let spaces: BTreeSet<SpaceId> = named.iter().map(|(player, _)| player.space()).collect();
    for space in &spaces {
        standings::turn(db, tx, space).await?;
    }
    let upsert = format!(
        "INSERT INTO players (id, name, seen) VALUES {}
         ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        places(0, named.len(), 3)
    );
    let mut query = sqlx::query(AssertSqlSafe(upsert)).persistent(false);
    for (player, name) in named {
        query = query.bind(player.as_str()).bind(*name).bind(seen);
    }
    query.execute(&mut **tx).await?;

    let follow = format!(
        "UPDATE standings SET name = (SELECT p.name FROM players p WHERE p.id = standings.player)
         WHERE player IN (VALUES {})",
        places(0, named.len(), 1)
    );
    let mut query = sqlx::query(AssertSqlSafe(follow)).persistent(false);
    for (player, _) in named {
        query = query.bind(player.as_str());
    }
    query.execute(&mut **tx).await?;
    Ok(())
}
