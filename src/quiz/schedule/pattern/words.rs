//! Firing times in words: days, then times. `weekdays 09:00`, `mon,thu 08:00`, `fri-mon 9:00, 17:30`, `daily at 18:30`.

use std::{collections::BTreeSet, fmt};

/// The names of the days, from Monday; three letters or more of one name it.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Days (0 is Monday) and local times (hour, minute), none of them empty.
#[derive(Debug)]
pub(super) struct Words {
    days: BTreeSet<usize>,
    times: BTreeSet<(u8, u8)>,
}

impl Words {
    /// Reads days, then times, divided by commas or spaces.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let mut words = Self { days: BTreeSet::new(), times: BTreeSet::new() };
        let fillers = ["", "at", "and", "on", "every"];
        for word in text.split([',', ' ']).filter(|word| !fillers.contains(word)) {
            if word.contains(':') {
                words.times.insert(time(word)?);
            } else if words.times.is_empty() {
                words.days.append(&mut days(word)?);
            } else {
                return None;
            }
        }
        (!words.days.is_empty() && !words.times.is_empty()).then_some(words)
    }

    /// One cron expression a time.
    pub(super) fn crons(&self) -> Vec<String> {
        let days: Vec<String> = self.days.iter().map(|day| ((day + 1) % 7).to_string()).collect();
        let days = if self.days.len() == DAYS.len() { "*".to_owned() } else { days.join(",") };
        self.times.iter().map(|(hour, minute)| format!("{minute} {hour} * * {days}")).collect()
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<usize> = self.days.iter().copied().collect();
        match days.as_slice() {
            [0, 1, 2, 3, 4, 5, 6] => f.write_str("daily")?,
            [0, 1, 2, 3, 4] => f.write_str("weekdays")?,
            [5, 6] => f.write_str("weekends")?,
            _ => f.write_str(&days.iter().map(|day| &DAYS[*day][..3]).collect::<Vec<_>>().join(","))?,
        }
        let times: Vec<String> = self.times.iter().map(|(hour, minute)| format!("{hour:02}:{minute:02}")).collect();
        write!(f, " {}", times.join(","))
    }
}

fn days(word: &str) -> Option<BTreeSet<usize>> {
    Some(match word {
        "daily" | "day" => (0..7).collect(),
        "weekdays" | "weekday" => (0..5).collect(),
        "weekends" | "weekend" => (5..7).collect(),
        _ => match word.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (day(from)?, day(to)?);
                (from..=if from <= to { to } else { to + 7 }).map(|day| day % 7).collect()
            }
            None => BTreeSet::from([day(word)?]),
        },
    })
}

fn day(word: &str) -> Option<usize> {
    let word = word.strip_suffix("days").map_or_else(|| word.to_owned(), |start| format!("{start}day"));
    DAYS.iter().position(|name| word.len() >= 3 && name.starts_with(&word))
}

fn time(word: &str) -> Option<(u8, u8)> {
    let (hour, minute) = word.split_once(':')?;
    if hour.len() > 2 || minute.len() != 2 || !(hour.to_owned() + minute).bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}
