//! Picking a name: makes an account, bound to a secret that only the browser has.

use std::net::SocketAddr;

use axum::{
    Extension, Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    App, gate,
    name::Name,
    refused::Refused,
    request::Sent,
    session::{self, Secret, Session},
};

/// A name to be known by.
#[derive(Deserialize)]
pub struct Join {
    name: String,
}

/// Makes an account and gives the browser its cookie.
pub async fn join(
    State(app): State<App>,
    connection: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Sent(join): Sent<Join>,
) -> Result<Response, Refused> {
    app.web.limits.join(gate::client(connection.as_ref()))?;
    if Session::find(&app, &headers).await?.is_some() {
        return Err(Refused::Bad("this browser has a name already; reload the page"));
    }
    let name = Name::parse(&join.name)?;
    let admin = session::opened_admin_link(&app, &headers);
    let secret = Secret::new();
    let now = app.web.clock.now();
    if !app.web.store.room_join(&name.shown, &name.folded, &secret.hash(), admin, now).await? {
        return Err(Refused::Taken);
    }
    let me = serde_json::json!({ "name": name.shown, "admin": admin });
    Ok(([(header::SET_COOKIE, session::named(&headers, &secret))], Json(me)).into_response())
}
