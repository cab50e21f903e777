//! What the page reads: who I am, the channels, messages, standings, completions, and the stream of news.

use axum::{
    Json,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{App, face, refused::Refused, session::Session, view::Shown};
use crate::{chat::command::BoardPeriod, quiz::id::PlayerId};

/// Messages that are read at once.
const PAGE: u32 = 50;
/// Standings that are shown beside the chat.
const BOARD: i64 = 20;
/// The longest command line that is completed, in bytes.
const LONGEST_LINE: usize = 1_000;

/// The room: me, its channels, and when they get their next questions. Without a name only that there is none.
pub async fn room(State(app): State<App>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    let Some(Session { account, .. }) = Session::find(&app, &headers).await? else {
        return Ok(Json(json!({ "me": null, "channels": [] })));
    };
    let upcoming = app.bot.upcoming(&face::space()).await?;
    let channels: Vec<Value> = app
        .channels()
        .await?
        .into_iter()
        .map(|name| {
            let schedules: Vec<Value> = upcoming
                .iter()
                .filter(|schedule| schedule.channel.local() == name)
                .map(|schedule| {
                    json!({
                        "name": schedule.name,
                        "at": schedule.at,
                        "timezone": schedule.timezone,
                        "next": schedule.next.map(jiff::Timestamp::as_millisecond),
                    })
                })
                .collect();
            json!({ "name": name, "schedules": schedules })
        })
        .collect();
    Ok(Json(json!({ "me": { "name": account.name, "admin": account.admin }, "channels": channels })))
}

/// Which messages.
#[derive(Deserialize)]
pub struct Messages {
    channel: String,
    before: Option<i64>,
}

/// A channel's newest messages, or those before one.
pub async fn messages(
    State(app): State<App>,
    session: Session,
    Query(which): Query<Messages>,
) -> Result<Json<Value>, Refused> {
    let messages = app.web.store.room_messages(&which.channel, which.before, PAGE).await?;
    let more = messages.len() == PAGE as usize;
    let shown: Vec<Shown> = messages.into_iter().map(Shown::new).collect();
    let seen: Vec<_> = shown.iter().map(|message| message.seen_by(&session.account.name)).collect();
    Ok(Json(json!({ "messages": seen, "more": more })))
}

/// Which standings.
#[derive(Deserialize)]
pub struct Board {
    period: Option<String>,
}

/// The leaderboard's head, and my own place.
pub async fn board(
    State(app): State<App>,
    session: Session,
    Query(which): Query<Board>,
) -> Result<Json<Value>, Refused> {
    let period = match which.period.as_deref() {
        Some("today") => BoardPeriod::Today,
        Some("week") => BoardPeriod::Week,
        Some("month") => BoardPeriod::Month,
        Some("season") => BoardPeriod::Season,
        None | Some("all") => BoardPeriod::All,
        Some(_) => return Err(Refused::Bad("a period is today, week, month, season or all")),
    };
    let me: PlayerId = face::player(&session.account.name);
    let board = app.bot.board(&face::space(), period, BOARD, &me).await?;
    let row = |standing: &crate::quiz::standing::Standing| {
        json!({
            "rank": standing.rank,
            "name": standing.name,
            "points": standing.points,
            "answered": standing.answered,
            "mine": standing.player == me,
        })
    };
    Ok(Json(json!({
        "rows": board.rows.iter().map(row).collect::<Vec<_>>(),
        "players": board.players,
        "own": board.own.as_ref().map(row),
    })))
}

/// A command line as far as it is typed.
#[derive(Deserialize)]
pub struct Line {
    line: String,
}

/// How the line could go on.
pub async fn complete(State(app): State<App>, _: Session, Query(typed): Query<Line>) -> Result<Json<Value>, Refused> {
    if typed.line.len() > LONGEST_LINE {
        return Ok(Json(json!([])));
    }
    let completions: Vec<Value> = app
        .bot
        .complete(&face::space(), &typed.line)
        .into_iter()
        .map(|completion| json!({ "line": completion.line, "label": completion.label, "about": completion.about }))
        .collect();
    Ok(Json(Value::Array(completions)))
}

/// The stream of news, for as long as the page is open.
pub async fn events(State(app): State<App>, session: Session) -> Result<Response, Refused> {
    let name = session.account.name;
    let place = app.web.limits.stream(&name)?;
    Ok(app.web.live.stream(name, place).into_response())
}
