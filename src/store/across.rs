//! A person across the spaces of a face: as which players they are known, and which cards are open where.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;

use super::{Store, StoreError, rows::Columns as _};
use crate::quiz::id::{CardId, DeckId, PlayerId, SpaceId};

/// Where a card is open (posting or open), of the spaces of one face.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenIn {
    /// Spaces in which the person is a known player.
    pub theirs: BTreeSet<SpaceId>,
    /// The others: whether the person is in them is not known here.
    pub others: BTreeSet<SpaceId>,
}

impl Store {
    /// The cards that are open in any space of a player's face, and where: `/kcard` never shows one that is open in a space that the
    /// person is in.
    pub async fn open_cards(&self, player: &PlayerId) -> Result<BTreeMap<(DeckId, CardId), OpenIn>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT r.deck, r.card, r.space, CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS theirs
             FROM rounds r LEFT JOIN players p
               ON p.id = r.space || CASE WHEN r.space = $1 THEN ':' ELSE '/' END || $2
             WHERE r.state IN ('posting', 'open')",
        )
        .bind(player.face())
        .bind(player.person())
        .fetch_all(&self.db.read)
        .await?;
        let mut open = BTreeMap::<_, OpenIn>::new();
        for row in rows {
            let space = SpaceId::new(row.text("space")?);
            if space.face() != player.face() {
                continue;
            }
            let card = (DeckId::new(row.text("deck")?), CardId::new(row.text("card")?));
            let place = open.entry(card).or_default();
            if row.flag("theirs")? {
                place.theirs.insert(space)
            } else {
                place.others.insert(space)
            };
        }
        Ok(open)
    }

    /// All players of a face that are this person: in its spaces, and outside any. Also where they are only a host.
    pub async fn selves(&self, player: &PlayerId) -> Result<BTreeSet<PlayerId>, StoreError> {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let rows = sqlx::query("SELECT id FROM players WHERE id = $1 || ':' || $2 OR id LIKE $3 ESCAPE '\\'")
            .bind(player.face())
            .bind(player.person())
            .bind(format!("{}:%/{}", escaped(player.face()), escaped(player.person())))
            .fetch_all(&self.db.read)
            .await?;
        let players = rows.iter().map(|row: &AnyRow| row.text("id")).collect::<sqlx::Result<Vec<_>>>()?;
        let hosts = self.spaces().await?.into_iter().flat_map(|space| space.hosts);
        // A host without a slash is a role or a group.
        let all = players.into_iter().chain(hosts.filter(|host| host.contains('/'))).map(PlayerId::new);
        // SQLite's LIKE does not tell case.
        Ok(all.filter(|known| known.face() == player.face() && known.person() == player.person()).collect())
    }
}
