//! One route: when it may be used again, and who waits for it.

use std::{collections::BTreeMap, time::Duration};

use tokio::{sync::oneshot, time::Instant};

use super::{Held, NotYet, Urgency, answers::Window};

/// The longest that a request waits for its route; who would wait longer is told when to come again.
const PATIENCE: Duration = Duration::from_secs(1);
/// Who reads many pages waits for the next window, which is 5 s.
const PATIENCE_FOR_PAGES: Duration = Duration::from_secs(10);

/// When a route may be used again.
pub(super) struct Gate {
    pub(super) open: Instant,
    /// Nothing that is only nice to have before then: the rest of the window is kept for what a channel waits for.
    extras: Instant,
    /// Nothing that is only nice to have is tried before then.
    pub(super) refused: Instant,
    /// One request is under way: how many are left is known when it is answered.
    pub(super) busy: bool,
    /// The most urgent first.
    pub(super) waiting: BTreeMap<(Urgency, u64), oneshot::Sender<Result<Held, NotYet>>>,
}

impl Gate {
    pub(super) fn new(now: Instant) -> Self {
        Self { open: now, extras: now, refused: now, busy: false, waiting: BTreeMap::new() }
    }

    /// Whether there is anything to remember of it.
    pub(super) fn is_in_use(&self, now: Instant) -> bool {
        self.busy || !self.waiting.is_empty() || self.open > now || self.extras > now || self.refused > now
    }

    /// What an answer said of the window: from its last two fifths nothing is taken that is only nice to have.
    pub(super) fn learn(&mut self, window: Window, now: Instant) {
        if window.left == 0 {
            self.open = now + window.reset_after;
        }
        if window.left <= window.limit * 2 / 5 {
            self.extras = now + window.reset_after;
        }
    }

    /// Who goes next here, and when. Those for whom it is not worth waiting are told so.
    pub(super) fn first(&mut self, now: Instant, quiet_until: Instant) -> Option<((Urgency, u64), Instant)> {
        loop {
            let first = self.waiting.first_entry()?;
            let order = *first.key();
            // Who gave up waiting takes nobody's turn.
            if first.get().is_closed() {
                first.remove();
                continue;
            }
            match opens(order.0, now, (self.open, self.extras, self.refused), quiet_until) {
                Ok(opens) if !self.busy => return Some((order, opens)),
                Ok(_) => return None,
                Err(not_yet) => drop(first.remove().send(Err(not_yet))),
            }
        }
    }
}

/// When this may go on; an error where that is too long to wait for. What is nice to have waits for a limit, however long, and for no
/// refusal to be forgotten.
fn opens(
    urgency: Urgency,
    now: Instant,
    (open, extras, refused): (Instant, Instant, Instant),
    quiet_until: Instant,
) -> Result<Instant, NotYet> {
    let open = open.max(quiet_until);
    let (open, until, patience) = match urgency {
        Urgency::First | Urgency::Post | Urgency::Read => (open, open, PATIENCE),
        Urgency::Pages => (open, open, PATIENCE_FOR_PAGES),
        Urgency::Extra => (open.max(extras), refused, PATIENCE),
    };
    let wait = until.saturating_duration_since(now);
    if wait > patience { Err(NotYet(wait)) } else { Ok(open) }
}
