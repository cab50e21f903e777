//! Picking a name: makes an account, bound to a secret that only the browser has.

use std::{net::SocketAddr, sync::Arc};

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
    request::{Key, Sent},
    session::{self, Secret, Session},
};

/// A name to be known by.
#[derive(Deserialize)]
pub struct Join {
    key: Key,
    name: String,
}

/// What a browser that joined is given, also when it has to ask twice.
#[derive(Clone)]
pub struct Joined {
    secret: Secret,
    name: String,
    admin: bool,
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
    // Whoever knows the key of a retry is given the account's secret.
    if !join.key.is_unguessable() {
        return Err(Refused::Bad("this is not what the room's page sends; reload it"));
    }
    let key = join.key.of(&name.folded);
    let admin = session::opened_admin_link(&app, &headers);
    let web = Arc::clone(&app.web);
    let joined = app.web.joins.run(&key, async move {
        let secret = Secret::new();
        if !web.store.room_join(&name.shown, &name.folded, &secret.hash(), admin, web.clock.now()).await? {
            return Err(Refused::Taken);
        }
        Ok(Joined { secret, name: name.shown, admin })
    });
    let Joined { secret, name, admin } = joined.await?;
    let me = serde_json::json!({ "name": name, "admin": admin });
    Ok(([(header::SET_COOKIE, session::named(&headers, &secret))], Json(me)).into_response())
}
