//! Between rows and values: times, flags, words, JSON. Everything fails as `sqlx::Error`, never by a panic.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Row as _, any::AnyRow};

/// Milliseconds since 1970 UTC.
pub(super) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The moment that a number of milliseconds stands for; the last one there is stays what it was.
pub(super) fn moment(ms: i64) -> sqlx::Result<Timestamp> {
    if ms == Timestamp::MAX.as_millisecond() {
        Ok(Timestamp::MAX)
    } else {
        Timestamp::from_millisecond(ms).map_err(unreadable)
    }
}

/// A value as it is stored where a column holds JSON.
pub(super) fn json(value: &impl Serialize) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// An enum's word, as serde writes it.
pub(super) fn word(value: &impl Serialize) -> sqlx::Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(sqlx::Error::Encode(format!("{other} is not a word").into())),
        Err(error) => Err(sqlx::Error::Encode(error.into())),
    }
}

/// What is stored cannot be read.
pub(super) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

/// Reads each row that can be read. One that cannot harms nothing but itself; it is said once, by its id.
pub(super) fn readable<T>(
    table: &'static str,
    rows: &[AnyRow],
    read: fn(&AnyRow) -> sqlx::Result<T>,
) -> sqlx::Result<Vec<T>> {
    static SAID: Mutex<BTreeSet<(&str, i64)>> = Mutex::new(BTreeSet::new());
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        match read(row) {
            Ok(one) => all.push(one),
            Err(error) => {
                let id = row.number("id")?;
                if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert((table, id)) {
                    tracing::error!(table, id, %error, "what is stored cannot be read, and is left out; restore a backup");
                }
            }
        }
    }
    Ok(all)
}

/// Reading columns by name.
pub(super) trait Columns {
    fn number(&self, column: &str) -> sqlx::Result<i64>;
    fn maybe_number(&self, column: &str) -> sqlx::Result<Option<i64>>;
    fn text(&self, column: &str) -> sqlx::Result<String>;
    fn maybe_text(&self, column: &str) -> sqlx::Result<Option<String>>;
    fn bytes(&self, column: &str) -> sqlx::Result<Vec<u8>>;

    /// A number that must fit a smaller type.
    fn small<T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>>(
        &self,
        column: &str,
    ) -> sqlx::Result<T> {
        T::try_from(self.number(column)?).map_err(unreadable)
    }

    fn flag(&self, column: &str) -> sqlx::Result<bool> {
        Ok(self.number(column)? != 0)
    }

    fn at(&self, column: &str) -> sqlx::Result<Timestamp> {
        moment(self.number(column)?)
    }

    fn maybe_at(&self, column: &str) -> sqlx::Result<Option<Timestamp>> {
        self.maybe_number(column)?.map(moment).transpose()
    }

    fn json<T: DeserializeOwned>(&self, column: &str) -> sqlx::Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|error| unreadable(format!("column `{column}`: {error}")))
    }

    fn word<T: DeserializeOwned>(&self, column: &str) -> sqlx::Result<T> {
        serde_json::from_value(self.text(column)?.into())
            .map_err(|error| unreadable(format!("column `{column}`: {error}")))
    }
}

impl Columns for AnyRow {
    fn number(&self, column: &str) -> sqlx::Result<i64> {
        self.try_get(column)
    }

    fn maybe_number(&self, column: &str) -> sqlx::Result<Option<i64>> {
        self.try_get(column)
    }

    fn text(&self, column: &str) -> sqlx::Result<String> {
        self.try_get(column)
    }

    fn maybe_text(&self, column: &str) -> sqlx::Result<Option<String>> {
        self.try_get(column)
    }

    fn bytes(&self, column: &str) -> sqlx::Result<Vec<u8>> {
        self.try_get(column)
    }
}

/// Placeholders for `count` rows of `width` values after the first `skip`: `($3, $4), ($5, $6)`.
pub(super) fn places(skip: usize, count: usize, width: usize) -> String {
    let row = |row: usize| {
        let first = skip + row * width + 1;
        let places: Vec<String> = (first..first + width).map(|place| format!("${place}")).collect();
        format!("({})", places.join(", "))
    };
    (0..count).map(row).collect::<Vec<_>>().join(", ")
}
