//! Leaderboards: places, names and points. Accuracy is each player's own and never stands here.

use super::text::{BREAK, count, name, paragraphs};
use crate::{
    chat::{
        command::{BoardPeriod, quoted},
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::standing::Standing,
};

/// Standings on a page.
pub const PAGE: u32 = 10;

/// A page of a leaderboard.
#[derive(Debug, Clone, Copy)]
pub struct BoardView<'a> {
    /// Which rounds count, where it is no named season.
    pub period: BoardPeriod,
    /// The season's name, where it is one: then `period` is [`BoardPeriod::Season`].
    pub season: Option<&'a str>,
    /// The page's standings, best first, at most [`PAGE`].
    pub rows: &'a [Standing],
    /// How many players there are in all.
    pub players: i64,
    /// The asking player's own standing.
    pub own: Option<&'a Standing>,
    /// The asking player is hidden: their place is shown to them alone.
    pub hidden: bool,
    /// From 1.
    pub page: u32,
}

/// A page with buttons to the pages beside it.
pub fn leaderboard(board: &BoardView<'_>) -> Reply {
    let title = title(board);
    let pages = u32::try_from(board.players.max(1)).unwrap_or(u32::MAX).div_ceil(PAGE);
    if board.rows.is_empty() {
        return Reply::private(if board.players == 0 {
            format!("{title}\n\nNobody has points here yet. The next question is a good start.")
        } else {
            format!("{title}\n\nThere is no page {}: the last is page {pages}.", board.page)
        });
    }
    let pages_words = if pages > 1 {
        format!("Page {} of {pages}, {}.", board.page, count(board.players, "player"))
    } else {
        String::new()
    };
    let text = paragraphs([title, rows(board.rows), pages_words, own(board)]);
    Reply { text, controls: turns(board, pages), ..Reply::default() }
}

/// Standings, a line each: a medal for the podium, else the rank.
pub fn rows(rows: &[Standing]) -> String {
    let line = |row: &Standing| format!("{} {} — {}", place(row), name(&row.name), count(row.points.0, "point"));
    rows.iter().map(line).collect::<Vec<_>>().join(BREAK)
}

/// Who has no points yet stands on no podium.
fn place(row: &Standing) -> String {
    match row.rank {
        rank if row.points.0 <= 0 => format!("{rank}\\."),
        1 => "🥇".into(),
        2 => "🥈".into(),
        3 => "🥉".into(),
        rank => format!("{rank}\\."),
    }
}

fn title(board: &BoardView<'_>) -> String {
    let what = match (board.season, board.period) {
        (Some(season), _) => format!("season {}", name(season)),
        (None, BoardPeriod::Today) => "today".into(),
        (None, BoardPeriod::Week) => "this week".into(),
        (None, BoardPeriod::Month) => "this month".into(),
        (None, BoardPeriod::Season) => "this season".into(),
        (None, BoardPeriod::All) => "all time".into(),
    };
    format!("🏆 **Leaderboard: {what}**")
}

fn own(board: &BoardView<'_>) -> String {
    let Some(own) = board.own else { return String::new() };
    if board.hidden {
        return format!("You are hidden; you would be {} with {}.", ordinal(own.rank), count(own.points.0, "point"));
    }
    if board.rows.iter().any(|row| row.player == own.player) {
        return String::new();
    }
    format!("You are {} with {}.", ordinal(own.rank), count(own.points.0, "point"))
}

/// `1st`, `2nd`, `11th`.
pub fn ordinal(rank: i64) -> String {
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{ending}")
}

fn turns(board: &BoardView<'_>, pages: u32) -> Vec<Control> {
    let which = match board.season {
        Some(season) => format!("season:{}", quoted(season)),
        None => format!("period:{}", board.period.word()),
    };
    let turn = |label: &str, page: u32| Control::Button {
        id: ControlId::Run(format!("kquiz leaderboard {which} page:{page}")),
        label: label.into(),
    };
    let before = (board.page > 1).then(|| turn("◀ Page before", board.page - 1));
    let after = (board.page < pages).then(|| turn("Next page ▶", board.page + 1));
    before.into_iter().chain(after).collect()
}

/// No season is running, so there is no leaderboard of it.
pub fn no_season() -> Reply {
    Reply::private("No season is running. `/kquiz season list` shows those that were.")
}
