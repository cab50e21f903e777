//! Time zones by their IANA names, from the database in the binary.

use jiff::tz::{self, TimeZone};

use crate::quiz::{nearest::nearest, shown::shown};

/// A name that is no zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`{}", hint.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
pub struct ZoneError {
    name: String,
    hint: Option<String>,
}

/// The zone of that IANA name.
pub fn parse_zone(name: &str) -> Result<TimeZone, ZoneError> {
    let name = name.trim();
    TimeZone::get(name).map_err(|_| {
        let zones: Vec<String> = tz::db().available().map(|zone| zone.as_str().to_owned()).collect();
        let cities = zones.iter().map(|zone| (zone.rsplit('/').next().unwrap_or(zone), zone));
        let city = cities.clone().find(|(city, _)| city.eq_ignore_ascii_case(&name.replace(' ', "_")));
        let hint = city.map(|(_, zone)| zone.as_str()).or_else(|| nearest(name, zones.iter().map(String::as_str)));
        ZoneError { name: shown(name, 60), hint: hint.map(str::to_owned) }
    })
}
