//! What a draw must know of a space's disputes: the cards that wait for a host, and what hosts accepted beside the decks.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AssertSqlSafe;

use super::{Store, StoreError, database::Tx, rows::Columns as _};
use crate::quiz::{
    asked::Asked,
    correction::Accepted,
    deck::Deck,
    id::{CardId, DeckId, SpaceId},
};

/// How many players hold a card back by their disputes, and the least part of its answerers they must be: one in that many.
const HOLDS: (i64, i64) = (3, 20);

impl Store {
    /// A question with what the space accepts of it beside its deck.
    pub async fn corrected(&self, space: &SpaceId, asked: Asked, deck: &Deck) -> Result<Asked, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let mut accepted = accepted(&mut tx, space, &asked.deck).await?;
        Ok(match accepted.remove(&(asked.card.clone(), asked.likeness())) {
            Some(accepted) => asked.with(&accepted, Some(deck)),
            None => asked,
        })
    }
}

/// The turn in which a question of a space is drawn, or something is accepted there.
pub(super) fn decisions_in(space: &SpaceId) -> String {
    format!("decisions in {space}")
}

/// The cards of a deck that are not asked in a space until a host has looked: three players dispute them, who are at least 5 % of those
/// who answered them.
pub(super) async fn held(tx: &mut Tx, space: &SpaceId, deck: &DeckId) -> sqlx::Result<BTreeSet<CardId>> {
    let (least, part) = HOLDS;
    let disputed = format!(
        "SELECT c.card, COUNT(DISTINCT d.player) AS players FROM cases c JOIN disputes d ON d.of_case = c.id
         WHERE c.space = $1 AND c.deck = $2 AND c.state = 'open'
         GROUP BY c.card HAVING COUNT(DISTINCT d.player) >= {least}"
    );
    let rows =
        sqlx::query(AssertSqlSafe(disputed)).bind(space.as_str()).bind(deck.as_str()).fetch_all(&mut **tx).await?;
    let mut held = BTreeSet::new();
    for row in rows {
        let card = CardId::new(row.text("card")?);
        let answerers = sqlx::query(
            "SELECT COUNT(DISTINCT e.player) AS players FROM rounds r JOIN entries e ON e.round = r.id
             WHERE r.space = $1 AND r.deck = $2 AND r.card = $3 AND e.credit IS NOT NULL",
        )
        .bind(space.as_str())
        .bind(deck.as_str())
        .bind(card.as_str())
        .fetch_one(&mut **tx)
        .await?;
        if row.number("players")? * part >= answerers.number("players")? {
            held.insert(card);
        }
    }
    Ok(held)
}

/// What a space accepts beside what a deck says, by card and question.
pub(super) async fn accepted(
    tx: &mut Tx,
    space: &SpaceId,
    deck: &DeckId,
) -> sqlx::Result<BTreeMap<(CardId, u32), Vec<Accepted>>> {
    let rows = sqlx::query(
        "SELECT card, likeness, answer, item FROM accepted WHERE space = $1 AND deck = $2 ORDER BY at, answer, item",
    )
    .bind(space.as_str())
    .bind(deck.as_str())
    .fetch_all(&mut **tx)
    .await?;
    let mut accepted = BTreeMap::<_, Vec<Accepted>>::new();
    for row in rows {
        let question = (CardId::new(row.text("card")?), row.small("likeness")?);
        let item = Some(row.text("item")?).filter(|item| !item.is_empty());
        accepted.entry(question).or_default().push(Accepted { answer: row.text("answer")?, item });
    }
    Ok(accepted)
}
