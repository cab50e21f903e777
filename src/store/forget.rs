//! What the law and courtesy ask for: everything about a player in one piece, and its removal.

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    database::{Database, Tx},
    outbox::{self, Podiums},
    rows::{self, Columns as _},
    standings::{self, Whose, tally},
    trouble::retried,
};
use crate::quiz::id::{PlayerId, RoundId};

/// What is exported of a player: a name for it, its columns (`json:` before those that hold JSON), and where it stands. `$1` is the
/// player's id, `$2` the name of the account that the id stands for on the web face.
const EXPORT: [(&str, &str, &str); 20] = [
    ("player", "id name hidden gone seen", "players WHERE id = $1 AND $2 = $2"),
    ("answers", "key round way json:change at", "answers WHERE player = $1 AND $2 = $2 ORDER BY round, id"),
    ("entries", "round json:entry credit at", "entries WHERE player = $1 AND $2 = $2 ORDER BY round"),
    ("awards", "round points credit reason at", "awards WHERE player = $1 AND $2 = $2 ORDER BY round"),
    (
        "standings",
        "space period points credit answered",
        "standings WHERE player = $1 AND $2 = $2 ORDER BY space, period",
    ),
    (
        "seasons",
        "season rank name points credit answered",
        "season_standings WHERE player = $1 AND $2 = $2 ORDER BY season",
    ),
    ("card_on_demand", "json:asked at", "shown WHERE player = $1 AND $2 = $2"),
    ("decks_added", "space name version added_at", "decks WHERE added_by = $1 AND $2 = $2 ORDER BY space, name"),
    ("disputes", "round of_case reason at", "disputes WHERE player = $1 AND $2 = $2 ORDER BY round"),
    ("voids", "round reason at", "voids WHERE player = $1 AND $2 = $2 ORDER BY round"),
    ("bars", "reason at", "bars WHERE player = $1 AND $2 = $2"),
    ("bars_set", "reason at", "bars WHERE barred_by = $1 AND $2 = $2"),
    ("voids_set", "round reason at", "voids WHERE voided_by = $1 AND $2 = $2 ORDER BY round"),
    ("cases_decided", "id space round state decided why", "cases WHERE decided_by = $1 AND $2 = $2 ORDER BY id"),
    (
        "accepted",
        "space deck card answer item at",
        "accepted WHERE accepted_by = $1 AND $2 = $2 ORDER BY space, deck, card, answer, item",
    ),
    ("notices", "text at", "notices WHERE player = $1 AND $2 = $2 ORDER BY id"),
    (
        "corrections_made",
        "space round season what why at",
        "corrections WHERE corrected_by = $1 AND $2 = $2 ORDER BY id",
    ),
    ("web_account", "name admin at", "room_accounts WHERE $1 = $1 AND name = $2"),
    ("web_messages", "id channel body reply_to at edited", "room_messages WHERE $1 = $1 AND author = $2 ORDER BY id"),
    ("web_reactions", "message option at", "room_reactions WHERE $1 = $1 AND name = $2 ORDER BY id"),
];

impl Store {
    /// Everything stored about a player, as JSON.
    pub async fn export(&self, player: &PlayerId) -> Result<Value, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let account = account(&mut tx, player).await?;
        let mut export = serde_json::Map::new();
        for (name, columns, rest) in EXPORT {
            let list = columns.replace("json:", "").replace(' ', ", ");
            let rows = sqlx::query(AssertSqlSafe(format!("SELECT {list} FROM {rest}")))
                .bind(player.as_str())
                .bind(account.as_str())
                .fetch_all(&mut *tx)
                .await?;
            let rows = rows.iter().map(|row| record(row, columns)).collect::<sqlx::Result<Vec<_>>>()?;
            export.insert(name.into(), rows.into());
        }
        export.insert("host_in".into(), host_in(&mut tx, player).await?.into());
        Ok(export.into())
    }

    /// Removes everything about a player: answers, entries, awards, standings, name, web account and messages. Frozen season standings
    /// keep the sums under no name, and a deck that they added no longer says who did. They cannot answer again the rounds that are open now (a tombstone by a hash stays until the
    /// rounds close), and are a host no more.
    pub async fn forget(&self, player: &PlayerId, _now: Timestamp) -> Result<(), StoreError> {
        Ok(retried(|| erase(&self.db, player)).await?)
    }
}

async fn erase(db: &Database, player: &PlayerId) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    leave_tombstones(db, &mut tx, player).await?;
    standings::turn(db, &mut tx, &player.space()).await?;
    tally(&mut tx, Whose::Player(player), -1).await?;
    outbox::amend(&mut tx, Whose::Player(player)).await?;
    outbox::amend_podiums(&mut tx, Podiums::Of(player)).await?;
    for statement in [
        "DELETE FROM standings WHERE player = $1",
        "DELETE FROM awards WHERE player = $1",
        "DELETE FROM answers WHERE player = $1 AND round IN (SELECT round FROM entries WHERE player = $1)",
        "DELETE FROM entries WHERE player = $1",
        "DELETE FROM shown WHERE player = $1",
        // What hosts are to be told of a case quotes the answer and the reason.
        "DELETE FROM notices WHERE of_case IN (SELECT of_case FROM disputes WHERE player = $1)",
        "DELETE FROM disputes WHERE player = $1",
        "UPDATE cases SET answer = '', folded = 'deleted ' || id WHERE state <> 'open' AND $1 = $1
         AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.of_case = cases.id)",
        // A case that nobody puts before the hosts any more.
        "DELETE FROM cases WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.of_case = cases.id) AND $1 = $1",
        "DELETE FROM voids WHERE player = $1",
        "DELETE FROM notices WHERE player = $1",
        "UPDATE bars SET player = '' WHERE player = $1",
        "UPDATE bars SET barred_by = '' WHERE barred_by = $1",
        "UPDATE voids SET voided_by = '' WHERE voided_by = $1",
        "UPDATE cases SET decided_by = '' WHERE decided_by = $1",
        "UPDATE accepted SET accepted_by = '' WHERE accepted_by = $1",
        "UPDATE corrections SET corrected_by = '' WHERE corrected_by = $1",
        "DELETE FROM players WHERE id = $1",
        "UPDATE decks SET added_by = '' WHERE added_by = $1",
        "UPDATE season_standings SET player = '', name = '' WHERE player = $1",
    ] {
        sqlx::query(statement).bind(player.as_str()).execute(&mut *tx).await?;
    }
    unhost(&mut tx, player).await?;
    let account = account(&mut tx, player).await?;
    for statement in [
        "DELETE FROM room_reactions WHERE name = $1",
        "DELETE FROM room_messages WHERE author = $1",
        "DELETE FROM room_accounts WHERE name = $1",
    ] {
        sqlx::query(statement).bind(account.as_str()).execute(&mut *tx).await?;
    }
    tx.commit().await
}

/// The name that the web room knows a player by; empty for players of other faces.
async fn account(tx: &mut Tx, player: &PlayerId) -> sqlx::Result<String> {
    if player.face() != "web" {
        return Ok(String::new());
    }
    let row =
        sqlx::query("SELECT name FROM room_accounts WHERE name = $1 OR folded = $1 ORDER BY name = $1 DESC LIMIT 1")
            .bind(player.local())
            .fetch_optional(&mut **tx)
            .await?;
    row.map_or(Ok(player.local().to_owned()), |row| row.text("name"))
}

fn record(row: &AnyRow, columns: &str) -> sqlx::Result<Value> {
    let mut record = serde_json::Map::new();
    for column in columns.split(' ') {
        let value = match column.strip_prefix("json:") {
            Some(column) => row.json(column)?,
            None => match row.maybe_number(column) {
                Ok(number) => json!(number),
                Err(_) => json!(row.maybe_text(column)?),
            },
        };
        record.insert(column.trim_start_matches("json:").into(), value);
    }
    Ok(record.into())
}

/// The hash by which a round knows who deleted their data.
pub(super) fn tombstone(round: RoundId, player: &PlayerId) -> String {
    hash(&format!("{round}/{player}"))
}

/// What a text is known by where it must not be kept itself.
pub(super) fn hash(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Locks the rounds of the player's space that take answers, so that no answer and no close is under way, and marks them.
async fn leave_tombstones(db: &Database, tx: &mut Tx, player: &PlayerId) -> sqlx::Result<()> {
    let open = format!(
        "SELECT id FROM rounds WHERE state IN ('posting', 'open') AND space = $1 ORDER BY id{}",
        db.dialect.locked()
    );
    let space = player.space();
    for row in sqlx::query(AssertSqlSafe(open)).bind(space.as_str()).fetch_all(&mut **tx).await? {
        let round = RoundId(row.number("id")?);
        sqlx::query("INSERT INTO tombstones (round, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(round.0)
            .bind(tombstone(round, player))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The spaces in which they are a host by name.
async fn host_in(tx: &mut Tx, player: &PlayerId) -> sqlx::Result<Vec<String>> {
    let mut spaces = Vec::new();
    for row in sqlx::query("SELECT id, hosts FROM spaces ORDER BY id").fetch_all(&mut **tx).await? {
        let hosts: Vec<String> = row.json("hosts")?;
        if hosts.iter().any(|host| host == player.as_str()) {
            spaces.push(row.text("id")?);
        }
    }
    Ok(spaces)
}

/// The name may be another person's later, who must not be a host by it.
async fn unhost(tx: &mut Tx, player: &PlayerId) -> sqlx::Result<()> {
    for row in sqlx::query("SELECT id, hosts FROM spaces").fetch_all(&mut **tx).await? {
        let mut hosts: Vec<String> = row.json("hosts")?;
        let all = hosts.len();
        hosts.retain(|host| host != player.as_str());
        if hosts.len() < all {
            sqlx::query("UPDATE spaces SET hosts = $2 WHERE id = $1")
                .bind(row.text("id")?)
                .bind(rows::json(&hosts)?)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}
