//! `kcard leaderboard`: a leaderboard as a table, from the store. Places, names and points, as everybody may see them.

use std::io::{self, Write};

use anyhow::{Context, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use jiff::{Timestamp, tz::TimeZone};

use super::{Outcome, store};
use crate::{
    clock::{Clock, SystemClock},
    config::Config,
    quiz::{
        id::SpaceId,
        nearest::nearest,
        season::Season,
        standing::{Period, Standing},
    },
    store::Store,
};

/// Which leaderboard.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which rounds count
    #[arg(value_enum, default_value = "all")]
    period: Rounds,
    /// A season by its name, instead of a period
    #[arg(long, value_name = "NAME", conflicts_with = "period")]
    season: Option<String>,
    /// The space: web, discord:GUILD or slack:TEAM
    #[arg(long, value_name = "SPACE", default_value = "web")]
    space: String,
    /// How many players to show, from the first
    #[arg(long, value_name = "PLAYERS", default_value_t = 20)]
    top: u32,
}

/// The periods that have a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Rounds {
    Today,
    Week,
    Month,
    All,
}

/// Prints it.
pub(super) fn run(config: &Config, args: &Args) -> anyhow::Result<Outcome> {
    store::with(config, async |store| show(&store, &config.timezone, SystemClock.now(), args, &mut io::stdout()).await)
}

async fn show(
    store: &Store,
    zone: &TimeZone,
    now: Timestamp,
    args: &Args,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let space = SpaceId::new(args.space.as_str());
    let zone = match store.space(&space).await?.timezone {
        Some(name) => TimeZone::get(&name).with_context(|| format!("the space {space} is in an unknown zone"))?,
        None => zone.clone(),
    };
    let season = match &args.season {
        Some(name) => Some(named(store.seasons(&space).await?, name)?),
        None => None,
    };
    let period = match (&season, args.period) {
        (Some(season), _) => Period::Season(season.id),
        (None, Rounds::Today) => Period::Today,
        (None, Rounds::Week) => Period::Week,
        (None, Rounds::Month) => Period::Month,
        (None, Rounds::All) => Period::All,
    };
    let rows = match season.filter(|season| season.frozen.is_some()) {
        Some(season) => store.frozen(season.id, 0, args.top.into()).await?,
        None => store.board(&space, &period.key(now, &zone), 0, args.top.into(), None).await?.rows,
    };
    if rows.is_empty() {
        writeln!(out, "Nobody has points there yet.")?;
    } else {
        writeln!(out, "{}", table(&rows))?;
    }
    Ok(Outcome::Well)
}

fn named(seasons: Vec<Season>, name: &str) -> anyhow::Result<Season> {
    let names: Vec<String> = seasons.iter().map(|season| season.name.clone()).collect();
    seasons.into_iter().find(|season| season.name == name).ok_or_else(|| {
        let near = nearest(name, names.iter().map(String::as_str));
        let meant = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        anyhow!("there is no season `{name}`{meant}")
    })
}

fn table(rows: &[Standing]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["Rank", "Player", "Points"]);
    for row in rows {
        // A name must not steer the terminal.
        let name: String = row.name.chars().filter(|letter| !letter.is_control()).collect();
        let name = if name.is_empty() { "(deleted)".to_owned() } else { name };
        table.add_row([row.rank.to_string(), name, row.points.0.to_string()]);
    }
    for column in [0, 2] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::quiz::{id::PlayerId, points::Points};

    #[test]
    fn a_table_has_places_names_and_points() {
        let row = |rank, name: &str, points| Standing {
            rank,
            player: PlayerId::new(format!("web:{name}")),
            name: name.into(),
            points: Points(points),
            credit: 0,
            answered: 1,
        };
        let rows = [row(1, "ana", 120), row(1, "bo\u{1b}[31m", 120), row(3, "", 0)];
        assert_snapshot!(table(&rows), @"
        ┌──────┬───────────┬────────┐
        │ Rank ┆ Player    ┆ Points │
        ╞══════╪═══════════╪════════╡
        │    1 ┆ ana       ┆    120 │
        │    1 ┆ bo[31m    ┆    120 │
        │    3 ┆ (deleted) ┆      0 │
        └──────┴───────────┴────────┘
        ");
    }

    #[tokio::test]
    async fn a_store_without_rounds_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
        let store = Store::open(&url).await.expect("it opens");
        let mut args = Args { period: Rounds::All, season: None, space: "web".into(), top: 20 };
        let mut out = Vec::new();
        let (utc, now) = (TimeZone::UTC, Timestamp::UNIX_EPOCH);
        show(&store, &utc, now, &args, &mut out).await.expect("shown");
        assert_eq!(String::from_utf8(out).expect("text"), "Nobody has points there yet.\n");

        let web = SpaceId::new("web");
        store.add_season(&web, "autumn", now, now, &[].into()).await.expect("added");
        args.season = Some("autum".into());
        let error = show(&store, &utc, now, &args, &mut Vec::new()).await.expect_err("no such season");
        assert_eq!(error.to_string(), "there is no season `autum`; did you mean `autumn`?");
        store.close().await;
    }
}
