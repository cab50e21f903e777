//! `/kquiz player …`: a host bars a player of their space or voids an answer; the player is told why.

use super::{named::Stop, settings::host_id};
use crate::{
    bot::{Inner, close::settle},
    chat::{
        Caller, Reply,
        words::{self, players},
    },
    quiz::{
        id::{PlayerId, RoundId},
        points::Points,
    },
    store::{NewVoid, Remarked, Said, VoidError},
};

impl Inner {
    pub(super) async fn player_bar(&self, caller: &Caller, named: &[String], reason: &str) -> Result<Reply, Stop> {
        let (player, name) = self.player(caller, named).await?;
        let telling = players::told_barred(reason);
        if !self.store.bar(&player, &caller.player, reason, &telling, self.clock.now()).await? {
            return Ok(players::barred_before(&name));
        }
        tracing::info!(%player, by = %caller.player, "a host bars a player");
        self.tell(&[player]).await;
        Ok(players::barred(&name))
    }

    pub(super) async fn player_unbar(&self, caller: &Caller, named: &[String]) -> Result<Reply, Stop> {
        let (player, name) = self.player(caller, named).await?;
        if !self.store.unbar(&player, &players::told_unbarred(), self.clock.now()).await? {
            return Ok(players::not_barred(&name));
        }
        tracing::info!(%player, by = %caller.player, "a host lifts a bar");
        self.tell(&[player]).await;
        Ok(players::unbarred(&name))
    }

    pub(super) async fn player_void(
        &self,
        caller: &Caller,
        named: &[String],
        round: RoundId,
        reason: String,
        undo: bool,
    ) -> Result<Reply, Stop> {
        let (player, name) = self.player(caller, named).await?;
        let round = self.own_round(caller, Some(round)).await?.id;
        let void = NewVoid { round, player, by: caller.player.clone(), reason, undo };
        let words = |remarked: &Remarked| {
            let points = |changed: &crate::store::Changed| Points((changed.after.0 - changed.before.0).abs());
            let points = remarked.changed.iter().find(|one| one.player == void.player).map_or(Points(0), points);
            Said {
                posted: None,
                told: vec![(void.player.clone(), players::told_voided(round, undo, points, &void.reason))],
                log: if undo { "gave an answer back" } else { "voided an answer" }.into(),
            }
        };
        let remarked = match self.store.void(&void, self.clock.now(), settle, words).await {
            Ok(remarked) => remarked,
            Err(VoidError::NotAnswered) => return Ok(players::nothing_to_void(&name, round)),
            Err(VoidError::Already) => return Ok(players::voided_before(&name, round, undo)),
            Err(VoidError::Store(error)) => return Err(error.into()),
        };
        tracing::info!(round = round.0, player = %void.player, by = %caller.player, undo, "a host voids an answer");
        self.wakes.outbox.notify_one();
        self.tell(std::slice::from_ref(&void.player)).await;
        let seasons: Vec<&str> = remarked.frozen.iter().map(|season| season.name.as_str()).collect();
        Ok(players::voided(&name, round, undo, &seasons))
    }

    /// The one player of the caller's space who is named, and what they are called.
    async fn player(&self, caller: &Caller, named: &[String]) -> Result<(PlayerId, String), Stop> {
        let [named] = named else { return Err(players::name_one().into()) };
        let people = self.store.people(&caller.space).await?;
        let player = PlayerId::new(host_id(caller, &people, named)?);
        if player.space() != caller.space {
            return Err(players::no_player(named).into());
        }
        let known = people.into_iter().find(|(id, _)| *id == player).map(|(_, name)| name);
        let name = known.unwrap_or_else(|| words::who(player.as_str()));
        Ok((player, name))
    }
}
