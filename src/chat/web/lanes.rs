//! One player's work is done in order, and nobody else waits for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use super::refused::Refused;

/// What one player may have waiting; more is refused as busy.
const MOST: usize = 64;

/// The turn of one player: who holds it works, in the order in which it was asked for.
pub type Lane = Arc<tokio::sync::Mutex<()>>;

/// The lanes of those for whom something is done now.
#[derive(Default)]
pub struct Lanes(Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>);

impl Lanes {
    /// A player's lane, with a place in it for as long as it is held.
    pub fn of(&self, player: &str) -> Result<Lane, Refused> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.retain(|_, lane| lane.strong_count() > 0);
        let lane = lanes.get(player).and_then(Weak::upgrade).unwrap_or_default();
        if Arc::strong_count(&lane) > MOST {
            return Err(Refused::Busy);
        }
        lanes.insert(player.to_owned(), Arc::downgrade(&lane));
        Ok(lane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_waits_for_their_own_work_alone() {
        let lanes = Lanes::default();
        let ana = lanes.of("ana").expect("a place");
        let _working = ana.try_lock().expect("nobody works");
        assert!(lanes.of("ana").expect("a place").try_lock().is_err());
        for n in 0..1_000 {
            assert!(lanes.of(&format!("p{n}")).expect("a place").try_lock().is_ok());
        }
    }

    #[test]
    fn what_waits_is_bounded_and_lanes_without_work_are_gone() {
        let lanes = Lanes::default();
        let waiting: Vec<_> = (0..MOST).map(|_| lanes.of("ana").expect("a place")).collect();
        assert_eq!(lanes.of("ana").err(), Some(Refused::Busy));
        assert!(lanes.of("bo").is_ok());
        drop(waiting);
        assert!(lanes.of("cy").is_ok());
        assert_eq!(lanes.0.lock().expect("unpoisoned").len(), 1);
    }
}
