//! Every slot is asked once or stored as skipped, with a reason that is true.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;

use crate::{
    platform::{Platform, Question},
    world::{EVERY, SHORT_CATCH_UP, Times, World},
};

/// How late a post may arrive that was made in time, and how soon after a slot its question is asked.
const SLACK: SignedDuration = SignedDuration::from_secs(5);

/// What is stored of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Slot {
    Asked(i64),
    Skipped(String),
}

/// What is wrong with the slots.
pub async fn wrong<P: Platform>(world: &World<P>, questions: &[Question<P::Msg>]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut stored: BTreeMap<usize, BTreeMap<i64, Slot>> = BTreeMap::new();
    let rows = "SELECT c.name, s.slot, s.round, s.skipped FROM slots s JOIN schedules c ON c.id = s.schedule";
    for row in world.place.rows(rows).await {
        let name: String = row.get("name");
        let slot = match (row.get("round"), row.get("skipped")) {
            (Some(round), None) => Slot::Asked(round),
            (None, Some(reason)) => Slot::Skipped(reason),
            both => {
                wrong.push(format!("a slot of {name} is neither asked nor skipped: {both:?}"));
                continue;
            }
        };
        let channel = name[1..].parse().expect("a schedule is named by its channel's place");
        stored.entry(channel).or_default().insert(row.get::<i64, _>("slot") / 1_000, slot);
    }
    let posted: BTreeMap<i64, &Question<P::Msg>> =
        questions.iter().map(|question| (question.round, question)).collect();
    let asked: Vec<i64> = stored.values().flat_map(BTreeMap::values).filter_map(round).collect();
    for question in questions.iter().filter(|question| !asked.contains(&question.round)) {
        wrong.push(format!(
            "the question of round {} stands in channel {} and belongs to no slot",
            question.round, question.channel
        ));
    }
    for channel in 0..world.platform.channels().len() {
        let reveals = world.platform.reveals(channel);
        let ends = reveals.iter().filter_map(|reveal| Some((posted.get(&reveal.round)?.at, reveal.at))).collect();
        let stored = stored.remove(&channel).unwrap_or_default();
        let schedule = Schedule { channel, stored, ends, times: world.times };
        wrong.extend(schedule.gaps());
        wrong.extend(schedule.late(&posted));
        wrong.extend(schedule.reasons());
        wrong.extend(schedule.newest());
    }
    wrong
}

fn round(slot: &Slot) -> Option<i64> {
    if let Slot::Asked(round) = slot { Some(*round) } else { None }
}

/// One schedule's slots, by their seconds since 1970.
struct Schedule {
    channel: usize,
    stored: BTreeMap<i64, Slot>,
    /// When each question came, and when its reveal did.
    ends: Vec<(Timestamp, Timestamp)>,
    times: Times,
}

impl Schedule {
    /// The first slot after that moment.
    fn next(&self, after: Timestamp) -> i64 {
        let (every, own) = (i64::from(EVERY), i64::try_from(self.channel).expect("few") % i64::from(EVERY));
        (after.as_second() - own).div_euclid(every) * every + own + every
    }

    fn is_short(&self) -> bool {
        self.channel.is_multiple_of(3)
    }

    fn says(&self, slot: i64, what: &str) -> String {
        format!("channel {}, slot {slot}: {what} ({:?}; {:?})", self.channel, self.stored.get(&slot), self.times)
    }

    /// Whether the end of the question before was waited for until another slot had come: it is read back first, and revealed first.
    fn waited(&self, slot: i64) -> bool {
        let [due, next] = [slot, slot + i64::from(EVERY)].map(|second| Timestamp::from_second(second).expect("a time"));
        self.ends.iter().any(|(asked, revealed)| *asked < due && *revealed >= next)
    }

    /// Slots that are missing, and slots that are none. The last one before the stop may not have had its turn.
    fn gaps(&self) -> Vec<String> {
        let sure = self.next(self.times.begun)..self.times.stopped.as_second() - i64::from(EVERY);
        let missing = sure.step_by(EVERY as usize).filter(|slot| !self.stored.contains_key(slot));
        let missing = missing.map(|slot| self.says(slot, "it is not stored"));
        let any = |slot: &&i64| self.next(Timestamp::from_second(**slot - 1).expect("a time")) != **slot;
        let invented = self.stored.keys().filter(any).map(|slot| self.says(*slot, "it is none of the schedule's"));
        missing.chain(invented).collect()
    }

    /// Questions that are missing, came before their slot, or after their catch-up.
    fn late<M>(&self, posted: &BTreeMap<i64, &Question<M>>) -> Vec<String> {
        let mut wrong = Vec::new();
        for (slot, round) in self.stored.iter().filter_map(|(slot, stored)| Some((slot, round(stored)?))) {
            let Some(question) = posted.get(&round).filter(|question| question.channel == self.channel) else {
                wrong.push(self.says(*slot, "it is asked, and no question stands in the channel"));
                continue;
            };
            let late = question.at.duration_since(Timestamp::from_second(*slot).expect("a time"));
            let most = SignedDuration::from_secs(if self.is_short() { SHORT_CATCH_UP.into() } else { 7_200 }) + SLACK;
            if late.is_negative() || late > most {
                wrong.push(self.says(*slot, &format!("its question came {late:#} after it")));
            }
        }
        wrong
    }

    /// Reasons that cannot be: nothing is newer than what was due while the process ran undisturbed, and nothing is too late within two
    /// hours.
    fn reasons(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (slot, stored) in &self.stored {
            let Slot::Skipped(reason) = stored else { continue };
            let calm = *slot > self.times.up.as_second() && *slot < (self.times.stopped - SLACK).as_second();
            let can_be = match reason.as_str() {
                "newer" => (!calm || self.waited(*slot)) && self.stored.contains_key(&(slot + i64::from(EVERY))),
                "too-late" => self.is_short(),
                _ => false,
            };
            if !can_be {
                wrong.push(self.says(*slot, "it is skipped for no good reason"));
            }
        }
        wrong
    }

    /// After the outage the newest slot is asked if it is within the catch-up, and no other; unless the end of the question before was
    /// waited for until there was a newer one.
    fn newest(&self) -> Vec<String> {
        let newest = self.next(self.times.back) - i64::from(EVERY);
        // A slot that came up during the start may be the newest instead.
        if self.next(self.times.back) <= self.times.up.as_second() + 2 || self.waited(newest) {
            return Vec::new();
        }
        let mut wrong = Vec::new();
        let first = self.next(self.times.away);
        for slot in (first..newest).step_by(EVERY as usize) {
            if self.stored.get(&slot) != Some(&Slot::Skipped("newer".into())) {
                wrong.push(self.says(slot, "it is not skipped for a newer one"));
            }
        }
        let age = self.times.back.as_second() - newest;
        if first <= newest && !self.is_short() && self.stored.get(&newest).and_then(round).is_none() {
            wrong.push(self.says(newest, "the newest one within the catch-up is not asked"));
        }
        let too_late = Some(&Slot::Skipped("too-late".into()));
        if first <= newest && self.is_short() && age > i64::from(SHORT_CATCH_UP) && self.stored.get(&newest) != too_late
        {
            wrong.push(self.says(newest, "it is not skipped for being too late"));
        }
        wrong
    }
}
