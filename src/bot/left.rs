//! Who left a space is off its boards and reveals until they are back. Not every platform tells of it, so the platform is asked about those
//! whom a board is about to show, each at most once an hour. Who answers a question is there.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::{Inner, in_time::in_time};
use crate::{
    chat::Caller,
    quiz::{id::PlayerId, standing::Standing},
    store::StoreError,
};

/// How long a board waits for the platform's word; who is not known by then is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long that is taken for true.
const STILL_TRUE: SignedDuration = SignedDuration::from_hours(1);
/// How many players are asked about at the same time.
const AT_ONCE: usize = 8;
/// Players that are remembered; then all are forgotten, and asked about again.
const MOST: usize = 50_000;

/// When players were last there: by an answer of theirs, or by the platform's word.
#[derive(Default)]
pub(super) struct There(Mutex<HashMap<PlayerId, Timestamp>>);

impl There {
    fn is_known(&self, player: &PlayerId, now: Timestamp) -> bool {
        let there = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        there.get(player).is_some_and(|said| now.duration_since(*said) < STILL_TRUE)
    }

    pub(super) fn learn(&self, player: PlayerId, now: Timestamp) {
        let mut there = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if there.len() >= MOST {
            there.clear();
        }
        there.insert(player, now);
    }
}

impl Inner {
    /// The platform says that somebody left, or is back.
    pub(super) async fn left(&self, player: &PlayerId, left: bool) {
        match self.store.set_gone(player, left).await {
            Ok(false) => {}
            Ok(true) => {
                tracing::info!(%player, left, "a player left, or is back");
                self.wakes.outbox.notify_one();
            }
            Err(error) => tracing::warn!(%player, %error, "could not note that a player left, or is back"),
        }
    }

    /// Asks the platform about those who stand on a board that the caller is about to see. Whether somebody left, so that the board has to
    /// be read again; the caller themselves is back.
    pub(super) async fn look_for(&self, caller: &Caller, board: &[Standing]) -> Result<bool, StoreError> {
        let Some(chat) = self.chat(caller.space.face()) else { return Ok(false) };
        let returned = self.store.set_gone(&caller.player, false).await?;
        let now = self.clock.now();
        let known = |player: &PlayerId| {
            *player == caller.player || player.as_str().is_empty() || self.there.is_known(player, now)
        };
        let unsure = board.iter().map(|standing| &standing.player).filter(|player| !known(player));
        let asked = unsure.map(|player| async { (player.clone(), chat.is_in(player, &caller.space).await) });
        let mut answers = stream::iter(asked.collect::<Vec<_>>()).buffer_unordered(AT_ONCE);
        let mut missed = Vec::new();
        let listening = async {
            while let Some((player, is_in)) = answers.next().await {
                match is_in {
                    Ok(true) => self.there.learn(player, now),
                    Ok(false) => missed.push(player),
                    Err(error) => {
                        tracing::debug!(%player, %error, "the platform does not say whether a player is there");
                    }
                }
            }
            Ok(())
        };
        // Who is not known in time is shown, and asked about the next time.
        let _ = in_time(PATIENCE, listening).await;
        for player in &missed {
            self.left(player, true).await;
        }
        Ok(returned || !missed.is_empty())
    }
}
