//! The page and its assets, and the admin link that leads to it. All of it is in the binary; nothing comes from another host.

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde::Deserialize;

use super::{App, refused::Refused, session};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Path, type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("/base.css", CSS, include_str!("page/base.css")),
    ("/chat.css", CSS, include_str!("page/chat.css")),
    ("/icon.svg", SVG, include_str!("page/icon.svg")),
    ("/app.js", JS, include_str!("page/app.js")),
    ("/api.js", JS, include_str!("page/api.js")),
    ("/board.js", JS, include_str!("page/board.js")),
    ("/composer.js", JS, include_str!("page/composer.js")),
    ("/dialogs.js", JS, include_str!("page/dialogs.js")),
    ("/dom.js", JS, include_str!("page/dom.js")),
    ("/message.js", JS, include_str!("page/message.js")),
    ("/time.js", JS, include_str!("page/time.js")),
    ("/timeline.js", JS, include_str!("page/timeline.js")),
];

/// The routes of the page and its files.
pub fn routes() -> Router<App> {
    FILES.iter().fold(Router::new().route("/", get(index)), |router, (path, kind, content)| {
        router.route(path, get(move || async move { file(kind, content) }))
    })
}

#[derive(Deserialize)]
struct Opened {
    admin: Option<String>,
}

/// The page. Opened by the admin link, the browser is marked and sent on, so that the secret leaves the address bar.
async fn index(State(app): State<App>, headers: HeaderMap, Query(opened): Query<Opened>) -> Response {
    match opened.admin {
        None => file(HTML, include_str!("page/index.html")),
        Some(secret) if app.web.admin.is(&secret) => {
            let cookie = session::admin(&headers, &app.web.admin);
            ([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, "no-store".to_owned())], Redirect::to("/"))
                .into_response()
        }
        Some(_) => {
            let mut response = Refused::OldLink.into_response();
            *response.body_mut() = format!("{}\n", Refused::OldLink).into();
            response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
            response.headers_mut().remove(header::CONTENT_LENGTH);
            response
        }
    }
}

fn file(kind: &'static str, content: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], content).into_response()
}
