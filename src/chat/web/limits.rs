//! How fast one browser and one player may be, and how many pages may be live. Everything here is bounded in memory.

use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};

use super::refused::Refused;
use crate::measure::LIMITS_MET;

/// Requests of any kind from one address: a second, and at once. Wide, since a whole team may sit behind one.
const CLIENT: (u32, u32) = (500, 1_000);
/// New names from one address: a second, and at once.
const JOIN: (u32, u32) = (5, 60);
/// What one player may do: a second, and at once.
const PLAYER: (u32, u32) = (20, 40);
/// Keys of a limiter before those that have rested are forgotten.
const MOST_KEYS: usize = 10_000;
/// Live pages of one player: browsers open six connections to a host at most, and the page needs one to speak.
const STREAMS_EACH: usize = 4;
/// Live pages in all.
const MOST_STREAMS: usize = 1_000;
/// Forms of one player that are read at once: a file in one is held in memory until it is whole.
const FORMS_EACH: usize = 2;
/// Forms in all that are read at once.
const MOST_FORMS: usize = 32;

type Limiter<K, C> = RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The room's limits, by a clock that only goes forward.
pub struct Limits<C: Clock = DefaultClock> {
    clients: Limiter<IpAddr, C>,
    joins: Limiter<IpAddr, C>,
    players: Limiter<String, C>,
    streams: Places,
    forms: Places,
}

impl<C: Clock + Clone> Limits<C> {
    /// Nobody has done anything yet.
    pub fn new(clock: &C) -> Self {
        Self {
            clients: RateLimiter::dashmap_with_clock(quota(CLIENT), clock.clone()),
            joins: RateLimiter::dashmap_with_clock(quota(JOIN), clock.clone()),
            players: RateLimiter::dashmap_with_clock(quota(PLAYER), clock.clone()),
            streams: Places::new(STREAMS_EACH, MOST_STREAMS),
            forms: Places::new(FORMS_EACH, MOST_FORMS),
        }
    }

    /// A request of any kind.
    pub fn client(&self, address: IpAddr) -> Result<(), Refused> {
        check(&self.clients, &network(address))
    }

    /// A new name.
    pub fn join(&self, address: IpAddr) -> Result<(), Refused> {
        check(&self.joins, &network(address))
    }

    /// A message, reaction, button, form or command.
    pub fn player(&self, name: &str) -> Result<(), Refused> {
        check(&self.players, &name.to_owned())
    }

    /// A live page; it counts until its place is dropped.
    pub fn stream(&self, name: &str) -> Result<Place, Refused> {
        self.streams.take(name).ok_or(Refused::Crowded)
    }

    /// A form that is being read; it counts until its place is dropped.
    pub fn form(&self, name: &str) -> Result<Place, Refused> {
        self.forms.take(name).ok_or(Refused::Busy)
    }
}

/// What only so many may have at once, each of them and all together.
struct Places {
    each: usize,
    all: usize,
    taken: Taken,
}

type Taken = Arc<Mutex<HashMap<String, usize>>>;

impl Places {
    fn new(each: usize, all: usize) -> Self {
        Self { each, all, taken: Taken::default() }
    }

    fn take(&self, name: &str) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.values().sum::<usize>() >= self.all || taken.get(name).is_some_and(|own| *own >= self.each) {
            return None;
        }
        *taken.entry(name.to_owned()).or_default() += 1;
        Some(Place { taken: Arc::clone(&self.taken), name: name.to_owned() })
    }
}

/// A place that somebody has.
pub struct Place {
    taken: Taken,
    name: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.name) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.name);
            }
        }
    }
}

fn quota((each_second, at_once): (u32, u32)) -> Quota {
    let positive = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(positive(each_second)).allow_burst(positive(at_once))
}

fn check<K: Hash + Eq + Clone, C: Clock>(limiter: &Limiter<K, C>, key: &K) -> Result<(), Refused> {
    if limiter.len() > MOST_KEYS {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|not_yet| {
        LIMITS_MET.count(&["web"]);
        let wait = not_yet.wait_time_from(limiter.clock().now());
        Refused::Fast(wait.max(Duration::from_millis(1)))
    })
}

/// Whoever has one IPv6 address has its /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn a_burst_is_let_through_and_the_excess_is_told_when_to_come_back() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::new(&clock);
        let flood = || (0..1_000).map(|_| limits.player("ana")).collect::<Vec<_>>();
        let first = flood();
        let (let_through, refused) = first.split_at(40);
        assert!(let_through.iter().all(Result::is_ok));
        assert!(refused.iter().all(|why| *why == Err(Refused::Fast(Duration::from_millis(50)))));
        assert_eq!(limits.player("bo"), Ok(()), "one player's flood is not another's");
        clock.advance(Duration::from_secs(1));
        assert_eq!(flood().iter().filter(|one| one.is_ok()).count(), 20, "20 more after a second");
    }

    #[test]
    fn names_are_given_out_slowly() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::new(&clock);
        let given = || (0..1_000).filter(|_| limits.join(IpAddr::V4(Ipv4Addr::LOCALHOST)).is_ok()).count();
        assert_eq!(given(), 60);
        clock.advance(Duration::from_secs(2));
        assert_eq!(given(), 10);
    }

    #[test]
    fn a_closed_page_gives_its_place_back() {
        let limits = Limits::new(&DefaultClock::default());
        let pages: Vec<_> = (0..STREAMS_EACH).filter_map(|_| limits.stream("ana").ok()).collect();
        assert_eq!(pages.len(), STREAMS_EACH);
        assert_eq!(limits.stream("ana").err(), Some(Refused::Crowded));
        assert!(limits.stream("bo").is_ok());
        drop(pages);
        assert!(limits.stream("ana").is_ok());
    }

    #[test]
    fn a_few_forms_are_read_at_once() {
        let limits = Limits::new(&DefaultClock::default());
        let of = |name: &str| limits.form(name);
        let forms: Vec<_> = (0..MOST_FORMS).filter_map(|n| of(&format!("p{}", n / FORMS_EACH)).ok()).collect();
        assert_eq!(forms.len(), MOST_FORMS);
        assert_eq!(of("ana").err(), Some(Refused::Busy), "all places are taken");
        drop(forms);
        let _two = (of("ana").expect("a place"), of("ana").expect("another"));
        assert_eq!((of("ana").err(), of("bo").is_ok()), (Some(Refused::Busy), true));
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_limit() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
