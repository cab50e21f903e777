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

/// The ids of the last commands and presses: a redelivery is not done again.
#[derive(Default)]
pub(super) struct Once(Mutex<(BTreeSet<String>, VecDeque<String>)>);

impl Once {
    /// Whether this id comes for the first time.
    pub(super) fn is_first(&self, key: &str) -> bool {
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
}
