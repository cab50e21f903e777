//! What can be wrong on this machine: the configuration, the data directory and its disk, the database, the decks, the address, the clock
//! and the time zones. Changes nothing: a file that it writes to see whether it can, it takes away.

use std::{
    fs::{self, OpenOptions},
    io,
    net::TcpListener,
    path::{Path, PathBuf},
    process,
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::{
    chat::finding::{Finding, Health},
    cli::{health, plans},
    config::{Config, DatabaseUrl},
    decks::Decks,
    store::{Schema, Store, StoreError},
};

/// Free space below which it could be better, and below which a day of play may not fit, in bytes.
const LITTLE: (u64, u64) = (1_000_000_000, 100_000_000);
/// A clock that shows a time before this stands still or was never set.
const THE_PAST: i64 = 1_767_225_600; // 2026-01-01
/// How far ahead of the clock what is stored may be: replicas' clocks differ.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

/// Looks at everything.
pub(super) async fn examine(config: &Config, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![decks(config)];
    if config.database.is_sqlite() {
        findings.extend(data(config));
    }
    findings.push(database(config).await);
    findings.push(address(config));
    let store = Store::look(config.database.expose()).await.ok();
    findings.push(clock(store.as_ref(), now).await);
    findings.push(zones(config, store.as_ref()).await);
    if let Some(store) = store {
        store.close().await;
    }
    findings
}

/// The configuration as far as it is about decks, and the decks.
fn decks(config: &Config) -> Finding {
    let decks = match Decks::load(&config.decks) {
        Ok(decks) => decks,
        Err(errors) => return Finding::failed("decks", &errors),
    };
    if let Err(error) = plans::check(&config.schedules, &decks) {
        return Finding::failed("configuration", &error);
    }
    let cards: usize = decks.0.values().map(|deck| deck.cards.len()).sum();
    Finding::fine(
        "configuration",
        format!(
            "{} in the file, {} with {cards} cards",
            many(config.schedules.len(), "schedule"),
            many(decks.0.len(), "deck")
        ),
    )
}

/// The folder of the SQLite file: whether it can be written, and how much space there is.
fn data(config: &Config) -> Vec<Finding> {
    let file = Store::file(config.database.expose());
    let folder = file.as_deref().and_then(Path::parent).unwrap_or(&config.data);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let what = "data directory";
    let (there, found) = match nearest(folder) {
        Some(there) if there == folder => (there, folder.display().to_string()),
        Some(there) if config.database == DatabaseUrl::in_directory(&config.data) => {
            (there, format!("{} is not there yet; `kcard run` makes it", folder.display()))
        }
        _ => {
            let found = format!("{} is not there", folder.display());
            return vec![Finding::not(
                what,
                Health::Bad,
                found,
                "make it, or name another one in the database's address",
            )];
        }
    };
    let writable = match probe(&there) {
        Ok(()) => Finding::fine(what, found),
        Err(error) => Finding::not(
            what,
            Health::Bad,
            format!("nothing can be written into {}: {error}", there.display()),
            "make it writable for the user that runs kcard, or choose another by KCARD_DATA or --data",
        ),
    };
    vec![writable, space(&there)]
}

/// The folder itself, or the nearest above it that is there.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = if folder.is_relative() { Path::new(".").join(folder) } else { folder.to_owned() };
    whole.ancestors().find(|above| above.is_dir()).map(|found| if found == whole { folder } else { found }.to_owned())
}

/// Writes a file and takes it away.
fn probe(folder: &Path) -> io::Result<()> {
    let file = folder.join(format!(".kcard-doctor-{}", process::id()));
    OpenOptions::new().write(true).create_new(true).open(&file)?;
    fs::remove_file(file)
}

fn space(folder: &Path) -> Finding {
    let what = "free space";
    let free = match fs4::available_space(folder) {
        Ok(free) => free,
        Err(error) => return Finding::not(what, Health::Poor, format!("it cannot be told: {error}"), ""),
    };
    let found = format!("{} MB", free / 1_000_000);
    let mend = "free some space, or move the data directory to a larger disk: on a full one no answer is taken";
    match free {
        free if free >= LITTLE.0 => Finding::fine(what, found),
        free if free >= LITTLE.1 => Finding::not(what, Health::Poor, found, mend),
        _ => Finding::not(what, Health::Bad, found, mend),
    }
}

/// Whether the database can be reached and is this kcard's, and whether one runs on it.
async fn database(config: &Config) -> Finding {
    let (what, url) = ("database", config.database.expose());
    if Store::file(url).is_some_and(|file| !file.exists()) {
        return Finding::fine(what, format!("{} is not there yet; `kcard run` makes it", config.database));
    }
    let used = if Store::is_held(url) { "; a kcard runs on it" } else { "" };
    let place = &config.database;
    match Store::schema(url).await {
        Err(StoreError::Database(why) | StoreError::Busy(why)) => Finding::failed(what, &format!("{place}: {why}")),
        Ok(Schema::None) => Finding::fine(what, format!("{place} is empty; `kcard run` makes its tables")),
        Ok(Schema::Current(version)) => match Store::damage(url).await {
            Ok(None) => Finding::fine(what, format!("{place}, migration {version}{used}")),
            Ok(Some(damage)) => Finding::not(
                what,
                Health::Bad,
                format!("{place} is damaged: {damage}"),
                "stop kcard, keep the file, and put a backup in its place (`kcard restore FILE`)",
            ),
            Err(StoreError::Database(why) | StoreError::Busy(why)) => Finding::failed(what, &format!("{place}: {why}")),
        },
        Ok(Schema::Earlier { has, known }) => Finding::not(
            what,
            Health::Poor,
            format!("{place} is an earlier kcard's: migration {has}, and this one knows {known}{used}"),
            "`kcard run` brings it up to date; copy it before (`kcard backup FILE`)",
        ),
        Ok(refused @ (Schema::Later { .. } | Schema::Other(_))) => match refused.check() {
            Err(error) => Finding::failed(what, &format!("{place}: {error}")),
            Ok(()) => Finding::fine(what, place.to_string()),
        },
    }
}

/// Whether kcard can listen, or listens already.
fn address(config: &Config) -> Finding {
    let (what, listen) = ("address", config.listen);
    match TcpListener::bind(listen) {
        Ok(_) => Finding::fine(what, format!("{listen} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let another = "stop what listens there, or choose another address by KCARD_LISTEN or --listen";
            match health::ask(health::reachable(listen), "/readyz") {
                Ok((status, body)) if status.contains(" 200 ") && body == "ready" => {
                    Finding::fine(what, format!("a kcard listens on {listen}, and is ready"))
                }
                Ok((status, body)) if status.contains(" 503 ") && body.starts_with("not ready") => Finding::not(
                    what,
                    Health::Bad,
                    format!("a kcard listens on {listen}, and is {body}"),
                    "its log says more",
                ),
                _ => Finding::not(what, Health::Bad, format!("another program listens on {listen}"), another),
            }
        }
        Err(error) => Finding::not(
            what,
            Health::Bad,
            format!("kcard cannot listen on {listen}: {error}"),
            "choose another address by KCARD_LISTEN or --listen",
        ),
    }
}

/// Whether the clock shows a time that can be: no platform is asked, which the platforms' own findings do.
async fn clock(store: Option<&Store>, now: Timestamp) -> Finding {
    let (what, mend) = ("clock", "let the system keep its clock: turn on NTP (timedatectl set-ntp true)");
    let shown = now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    if now.as_second() < THE_PAST {
        return Finding::not(what, Health::Bad, format!("it shows {shown}, which is past"), mend);
    }
    let newest = match store {
        Some(store) => store.newest_round().await.ok().flatten(),
        None => None,
    };
    match newest.filter(|newest| newest.duration_since(now) > AHEAD) {
        Some(newest) => {
            let found = format!("it shows {shown}, and the database knows a question of {newest:.0}");
            Finding::not(what, Health::Bad, found, mend)
        }
        None => Finding::fine(what, shown),
    }
}

/// Whether all time zones that are in use are known.
async fn zones(config: &Config, store: Option<&Store>) -> Finding {
    let what = "time zones";
    let mut names: Vec<String> = config.schedules.iter().filter_map(|plan| plan.timezone.clone()).collect();
    if let Some(store) = store {
        let spaces = store.spaces().await.unwrap_or_default();
        names.extend(spaces.into_iter().filter_map(|space| space.timezone));
        let schedules = store.schedules(None).await.unwrap_or_default();
        names.extend(schedules.into_iter().filter_map(|schedule| schedule.plan.timezone));
    }
    names.sort();
    names.dedup();
    let unknown: Vec<&str> = names.iter().map(String::as_str).filter(|name| TimeZone::get(name).is_err()).collect();
    if !unknown.is_empty() {
        let mend = "name another one (`/kquiz settings timezone`, the schedule's `timezone`), or update the system's zones (tzdata)";
        return Finding::not(what, Health::Bad, format!("unknown: {}", unknown.join(", ")), mend);
    }
    let own = config.timezone.iana_name().unwrap_or("the system's");
    let others = if names.is_empty() { String::new() } else { format!("; also {}", names.join(", ")) };
    Finding::fine(what, format!("{own} where nothing else is set{others}"))
}

fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
