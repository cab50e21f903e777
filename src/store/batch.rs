//! One transaction's worth of answers: what they need is read in a few statements, they are taken one by one in memory, and what
//! changed is written in a few statements. So a hundred answers cost little more than one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::AssertSqlSafe;

use super::{
    answers::{Answered, Held, NewAnswer, Which},
    bars,
    database::{Database, Tx},
    forget::tombstone,
    players,
    rounds::{self, Round},
    rows::{Columns as _, json, ms, places, word},
    standings,
};
use crate::quiz::{
    answer::{Change, Entry, Taken},
    id::{MessageRef, PlayerId, RoundId},
    round::State,
};

/// Stores answers in the order given; an outcome for each. All of it is durable, or none.
pub(super) async fn store(db: &Database, answers: &[NewAnswer]) -> sqlx::Result<Vec<Answered>> {
    let mut tx = db.begin().await?;
    let mut batch = Batch::read(db, &mut tx, answers).await?;
    let outcomes = answers.iter().map(|answer| batch.take(answer)).collect();
    batch.write(db, &mut tx).await?;
    tx.commit().await?;
    Ok(outcomes)
}

#[derive(Default)]
struct Batch<'a> {
    /// The rounds that are answered.
    rounds: BTreeMap<RoundId, Round>,
    /// Which of them has which message.
    messages: HashMap<MessageRef, RoundId>,
    /// The keys that were stored before.
    keys: HashMap<String, RoundId>,
    /// Who deleted their data while the round was open.
    tombstones: HashSet<(RoundId, String)>,
    /// Who is barred, and why.
    bars: HashMap<PlayerId, String>,
    /// The names of the players that are known.
    names: BTreeMap<PlayerId, String>,
    /// What has been entered.
    held: BTreeMap<(RoundId, PlayerId), Held>,

    /// To be written: the answers.
    new: Vec<(RoundId, &'a NewAnswer)>,
    /// To be written: whose entries.
    changed: BTreeSet<(RoundId, PlayerId)>,
    /// To be written: players that are new or have another name.
    named: BTreeSet<PlayerId>,
    /// Players of whom the platform said that they left.
    gone: BTreeSet<PlayerId>,
    /// To be written: those of them who are back.
    back: BTreeSet<PlayerId>,
}

impl<'a> Batch<'a> {
    async fn read(db: &Database, tx: &mut Tx, answers: &'a [NewAnswer]) -> sqlx::Result<Self> {
        let mut batch = Self::default();
        batch.read_rounds(db, tx, answers).await?;
        batch.read_keys(tx, answers).await?;
        batch.read_players(tx, answers).await?;
        Ok(batch)
    }

    /// Reads and locks the rounds, always in the same order, so that nobody closes them meanwhile.
    async fn read_rounds(&mut self, db: &Database, tx: &mut Tx, answers: &[NewAnswer]) -> sqlx::Result<()> {
        let mut ids = BTreeSet::new();
        let mut messages = BTreeSet::new();
        for answer in answers {
            match &answer.which {
                Which::Round(id) => ids.insert(id.0),
                Which::Message(message) => messages.insert(message),
            };
        }
        let mut those = Vec::new();
        if !ids.is_empty() {
            those.push(format!("id IN (VALUES {})", places(0, ids.len(), 1)));
        }
        if !messages.is_empty() {
            those.push(format!("(message_channel, message) IN (VALUES {})", places(ids.len(), messages.len(), 2)));
        }
        let select = rounds::select(&format!("WHERE {} ORDER BY id{}", those.join(" OR "), db.dialect.locked()));
        let mut query = sqlx::query(select).persistent(false);
        for id in ids {
            query = query.bind(id);
        }
        for message in messages {
            query = query.bind(message.channel.as_str()).bind(message.id.as_str());
        }
        for row in query.fetch_all(&mut **tx).await? {
            let round = rounds::read(&row)?;
            if let Some(message) = &round.message {
                self.messages.insert(message.clone(), round.id);
            }
            self.rounds.insert(round.id, round);
        }
        Ok(())
    }

    async fn read_keys(&mut self, tx: &mut Tx, answers: &[NewAnswer]) -> sqlx::Result<()> {
        let select = format!("SELECT key, round FROM answers WHERE key IN (VALUES {})", places(0, answers.len(), 1));
        let mut query = sqlx::query(AssertSqlSafe(select)).persistent(false);
        for answer in answers {
            query = query.bind(answer.key.as_str());
        }
        for row in query.fetch_all(&mut **tx).await? {
            self.keys.insert(row.text("key")?, RoundId(row.number("round")?));
        }
        Ok(())
    }

    /// Reads what is known of the players and what they have entered.
    async fn read_players(&mut self, tx: &mut Tx, answers: &[NewAnswer]) -> sqlx::Result<()> {
        let pairs: BTreeSet<(RoundId, &PlayerId)> =
            answers.iter().filter_map(|answer| Some((self.round_of(answer)?, &answer.player))).collect();
        if pairs.is_empty() {
            return Ok(());
        }
        let select = format!(
            "WITH asked (round, player, hash) AS (VALUES {})
             SELECT a.round, a.player, p.name, COALESCE(p.gone, 0) AS gone, e.entry, e.at, b.reason AS barred,
                    (SELECT MIN(hash) FROM tombstones t WHERE t.round = a.round) AS tombstone
             FROM asked a
             LEFT JOIN players p ON p.id = a.player
             LEFT JOIN bars b ON b.hash = a.hash
             LEFT JOIN entries e ON e.round = a.round AND e.player = a.player",
            places(0, pairs.len(), 3)
        );
        let mut query = sqlx::query(AssertSqlSafe(select)).persistent(false);
        for (round, player) in pairs {
            query = query.bind(round.0).bind(player.as_str()).bind(bars::hash(player));
        }
        let mut with_tombstones = BTreeSet::new();
        for row in query.fetch_all(&mut **tx).await? {
            let (round, player) = (RoundId(row.number("round")?), PlayerId::new(row.text("player")?));
            if row.maybe_text("tombstone")?.is_some() {
                with_tombstones.insert(round);
            }
            if row.flag("gone")? {
                self.gone.insert(player.clone());
            }
            if let Some(reason) = row.maybe_text("barred")? {
                self.bars.insert(player.clone(), reason);
            }
            if let Some(name) = row.maybe_text("name")? {
                self.names.insert(player.clone(), name);
            }
            if let Some(at) = row.maybe_at("at")? {
                let entry: Entry = row.json("entry")?;
                let verdict = entry.verdict(&self.rounds[&round].asked);
                self.held.insert((round, player), Held { entry, verdict, at });
            }
        }
        for round in with_tombstones {
            let rows = sqlx::query("SELECT hash FROM tombstones WHERE round = $1").bind(round.0);
            for row in rows.fetch_all(&mut **tx).await? {
                self.tombstones.insert((round, row.text("hash")?));
            }
        }
        Ok(())
    }

    fn round_of(&self, answer: &NewAnswer) -> Option<RoundId> {
        match &answer.which {
            Which::Round(id) => self.rounds.contains_key(id).then_some(*id),
            Which::Message(message) => self.messages.get(message).copied(),
        }
    }

    fn take(&mut self, answer: &'a NewAnswer) -> Answered {
        if let Some(&round) = self.keys.get(&answer.key) {
            return Answered::Again(round);
        }
        let Some(id) = self.round_of(answer) else { return Answered::Unknown };
        let round = &self.rounds[&id];
        let ended = !matches!(round.state, State::Posting | State::Open);
        let too_late = round.closes.is_some_and(|closes| answer.at > closes);
        if ended || too_late || self.is_deleted(id, &answer.player) {
            return Answered::Late(id);
        }
        if let Some(reason) = self.bars.get(&answer.player) {
            return Answered::Barred(reason.clone());
        }
        let place = (id, answer.player.clone());
        let before = self.held.get(&place);
        let mut held = before.cloned().unwrap_or_else(|| Held::new(answer.at));
        let taken = held.take(round, answer.way, &answer.change, answer.at);
        let outcome = Answered::Taken(Box::new(round.clone()), taken.clone());

        // A read-back that finds what is known is no news. Anything else is remembered even where it changes nothing: its
        // redelivery, after later changes, could.
        let unchanged = before.map_or(&Entry::default(), |before| &before.entry) == &held.entry;
        let no_news = unchanged && matches!(answer.change, Change::Standing { .. });
        if no_news || matches!(taken, Taken::Refused(_)) {
            return outcome;
        }
        self.keys.insert(answer.key.clone(), id);
        self.name(answer);
        // What a reading of the message found says nothing of where its player is now.
        let found = matches!(answer.change, Change::Standing { .. } | Change::Found(_));
        if !found && self.gone.contains(&answer.player) {
            self.back.insert(answer.player.clone());
        }
        self.held.insert(place.clone(), held);
        self.changed.insert(place);
        self.new.push((id, answer));
        outcome
    }

    fn is_deleted(&self, round: RoundId, player: &PlayerId) -> bool {
        !self.tombstones.is_empty() && self.tombstones.contains(&(round, tombstone(round, player)))
    }

    /// The name follows the last answer that brought one.
    fn name(&mut self, answer: &NewAnswer) {
        let known = self.names.get(&answer.player);
        let name = match (&answer.name, known) {
            (Some(name), Some(known)) if name == known => return,
            (None, Some(_)) => return,
            (Some(name), _) => name.clone(),
            (None, None) => answer.player.local().to_owned(),
        };
        self.names.insert(answer.player.clone(), name);
        self.named.insert(answer.player.clone());
    }

    async fn write(self, db: &Database, tx: &mut Tx) -> sqlx::Result<()> {
        if self.new.is_empty() {
            return Ok(());
        }
        let seen = self.new.iter().map(|(_, answer)| ms(answer.at)).max().unwrap_or_default();
        let named: Vec<_> = self.named.iter().map(|player| (player, self.names[player].as_str())).collect();
        players::name(db, tx, &named, seen).await?;
        for player in &self.back {
            standings::turn(db, tx, &player.space()).await?;
            players::set_in(tx, player, "gone", false).await?;
        }

        let insert = format!(
            "INSERT INTO answers (key, round, player, way, change, at) VALUES {}",
            places(0, self.new.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(insert)).persistent(false);
        for (round, answer) in &self.new {
            query = query
                .bind(answer.key.as_str())
                .bind(round.0)
                .bind(answer.player.as_str())
                .bind(word(&answer.way)?)
                .bind(json(&answer.change)?)
                .bind(ms(answer.at));
        }
        query.execute(&mut **tx).await?;

        let upsert = format!(
            "INSERT INTO entries (round, player, entry, credit, at) VALUES {}
             ON CONFLICT (round, player) DO UPDATE SET entry = excluded.entry, credit = excluded.credit, at = excluded.at",
            places(0, self.changed.len(), 5)
        );
        let mut query = sqlx::query(AssertSqlSafe(upsert)).persistent(false);
        for place in &self.changed {
            let held = &self.held[place];
            query = query
                .bind(place.0.0)
                .bind(place.1.as_str())
                .bind(json(&held.entry)?)
                .bind(held.credit())
                .bind(ms(held.at));
        }
        query.execute(&mut **tx).await?;
        Ok(())
    }
}
