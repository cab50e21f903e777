//! What was said to the log or done already, so that it is not said or done twice.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Display,
    sync::Mutex,
};

use super::locked::lock;

/// The last word on each subject.
#[derive(Default)]
pub(super) struct Said(Mutex<BTreeMap<String, String>>);

impl Said {
    /// Whether this word on the subject is another than the last one; `None` is "nothing is wrong".
    pub(super) fn is_news(&self, about: impl Display, word: Option<&str>) -> bool {
        let mut said = lock(&self.0);
        let about = about.to_string();
        match word {
            Some(word) => said.insert(about, word.to_owned()).as_deref() != Some(word),
            None => said.remove(&about).is_some(),
        }
    }
}

/// How many event ids are remembered; a platform redelivers within minutes.
const REMEMBERED: usize = 4_096;

/// The ids of the last events, some thousands of them, so that what a platform delivers again is not done again. In memory: what the
/// store must know twice has a key of its own. Faces drop redelivered interactions with it, before anything is answered.
///
/// ```
/// let seen = kcard::bot::Once::default();
/// assert!(seen.is_first("interaction-1"));
/// assert!(!seen.is_first("interaction-1"));
/// ```
#[derive(Debug, Default)]
pub struct Once(Mutex<(BTreeSet<String>, VecDeque<String>)>);

impl Once {
    /// Whether this id comes for the first time, as far back as is remembered.
    pub fn is_first(&self, key: &str) -> bool {
        let mut guard = lock(&self.0);
        let (known, order) = &mut *guard;
        if !known.insert(key.to_owned()) {
            return false;
        }
        order.push_back(key.to_owned());
        if order.len() > REMEMBERED
            && let Some(oldest) = order.pop_front()
        {
            known.remove(&oldest);
        }
        true
    }

    /// It was not done after all: the next time is the first again.
    pub fn forget(&self, key: &str) {
        let mut guard = lock(&self.0);
        let (known, order) = &mut *guard;
        if known.remove(key) {
            order.retain(|one| one != key);
        }
    }
}
