//! The REST API: reads a request, lets faults, tokens, rates and the contract have their say, and hands it to its route.

mod body;
mod callbacks;
mod cdn;
mod channels;
mod commands;
mod guilds;
mod messages;
mod reactions;
mod users;
mod webhooks;

use std::{collections::BTreeMap, convert::Infallible, io, sync::Arc, time::Instant};

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::{
    Shared,
    faults::Fault,
    rates::Over,
    refusal::{Refusal, no_route, unauthorized},
    state::{Request, State},
};
use crate::contract;

/// A request, read.
pub struct Call {
    pub method: String,
    /// The steps of the path below `/api/v10`, decoded.
    pub path: Vec<String>,
    pub query: BTreeMap<String, String>,
    pub body: Value,
    pub files: Vec<String>,
    pub token: Option<String>,
    /// When it came; what is late is judged by this.
    pub at: Instant,
}

/// What a route says: a status, and a body unless it is null.
pub type Answer = Result<(u16, Value), Refusal>;

struct Reply {
    status: u16,
    body: Value,
    headers: Vec<(&'static str, String)>,
}

/// What is done with the reply.
enum Then {
    Answer,
    After(std::time::Duration),
    Held(tokio::sync::oneshot::Sender<()>, tokio::sync::oneshot::Receiver<()>),
    Cut,
    Hang,
}

/// Serves one connection.
pub async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    let service = service_fn(move |request| answer(Arc::clone(&shared), request));
    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
}

/// An error closes the connection without an answer.
async fn answer(shared: Arc<Shared>, request: hyper::Request<Incoming>) -> io::Result<Response<Body>> {
    let cut = || io::Error::new(io::ErrorKind::ConnectionReset, "cut");
    let way = shared.sees(|state| state.distance) / 2;
    tokio::time::sleep(way).await;
    if request.uri().path().starts_with(cdn::PATH) {
        return Ok(cdn::give(&shared, &request).await);
    }
    let call = body::read(request).await.map_err(|_| cut())?;
    if shared.with(|state| state.away) {
        return Err(cut());
    }
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    // Not while the state is held: the first check of a route takes a while.
    let wrong = contract::check(&call.method, &path, &call.query, &call.body);
    let (reply, then) = shared.with(|state| {
        state.violations.extend(wrong);
        state.receive(call)
    });
    match then {
        Then::Answer => {}
        Then::After(while_) => tokio::time::sleep(while_).await,
        Then::Held(reached, go_on) => {
            reached.send(()).ok();
            go_on.await.ok();
        }
        Then::Cut => return Err(cut()),
        Then::Hang => match std::future::pending::<Infallible>().await {},
    }
    tokio::time::sleep(way).await;
    let mut response = Response::builder().status(StatusCode::from_u16(reply.status).expect("a status"));
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    if let Some(date) = shared.sees(|state| state.date) {
        response = response.header(header::DATE, date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    if reply.body.is_null() {
        return Ok(response.body(Body::empty()).expect("a response"));
    }
    let response = response.header(header::CONTENT_TYPE, "application/json");
    Ok(response.body(Body::from(reply.body.to_string())).expect("a response"))
}

impl State {
    /// Takes a request in, and says what is answered and how.
    fn receive(&mut self, call: Call) -> (Reply, Then) {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        let fault = self.faults.take(&call.method, &path);
        let (reply, then) = match fault {
            Some(Fault::Hangs) => (Reply { status: 0, body: Value::Null, headers: Vec::new() }, Then::Hang),
            Some(Fault::Cut) => (Reply { status: 0, body: Value::Null, headers: Vec::new() }, Then::Cut),
            Some(Fault::Status(status)) => {
                let body = json!({"message": format!("{status}: a fault"), "code": 0});
                (Reply { status, body, headers: Vec::new() }, Then::Answer)
            }
            Some(Fault::Refused(status, code)) => {
                let Refusal { status, body } = Refusal::new(status, code, "a fault");
                (Reply { status, body, headers: Vec::new() }, Then::Answer)
            }
            Some(Fault::Banned { after }) => {
                self.too_many_injected += 1;
                let headers = vec![("retry-after", after.as_secs().to_string())];
                (Reply { status: 429, body: json!("error code: 1015"), headers }, Then::Answer)
            }
            Some(Fault::TooMany { after, global }) => {
                self.too_many_injected += 1;
                (too_many(&Over { global, after, standing: None }), Then::Answer)
            }
            Some(Fault::AnswerLost) => (Reply { status: 0, ..self.judge(&call, &path) }, Then::Cut),
            Some(Fault::Slow(after)) => (self.judge(&call, &path), Then::After(after)),
            Some(Fault::Held(reached, go_on)) => (self.judge(&call, &path), Then::Held(reached, go_on)),
            None => (self.judge(&call, &path), Then::Answer),
        };
        self.invalid += usize::from(matches!(reply.status, 401 | 403 | 429));
        let (status, path) = (reply.status, format!("/{}", call.path.join("/")));
        let Call { method, query, body, files, at, .. } = call;
        self.requests.push(Request { method, path, query, body, files, status, at });
        (reply, then)
    }

    /// The reply to a request that no fault befalls.
    fn judge(&mut self, call: &Call, path: &[&str]) -> Reply {
        // What bears a token in its path needs no other; and the gateway's address is no secret.
        let open = matches!(path, ["webhooks", _, _, ..] | ["interactions", ..] | ["gateway"]);
        if !open && (self.revoked || call.token.as_deref() != Some(&format!("Bot {}", self.token))) {
            let Refusal { status, body } = unauthorized();
            return Reply { status, body, headers: Vec::new() };
        }
        let standing = match self.rates.count(&call.method, path, !open, call.at) {
            Ok(standing) => standing,
            Err(over) => {
                self.too_many += 1;
                return too_many(&over);
            }
        };
        let headers = standing.headers();
        match self.route(call, path) {
            Ok((status, body)) => Reply { status, body, headers },
            Err(refusal) => {
                // What a careful bot never brings upon itself. A missing permission or a deleted message is not of its making.
                if matches!(refusal.code(), 50035 | 50005 | 50006 | 40060 | 10062 | 10014 | 10015 | 50027 | 50109) {
                    let said = &refusal.body;
                    self.violation(format!("{} /{} was refused: {said}", call.method, path.join("/")));
                }
                Reply { status: refusal.status, body: refusal.body, headers }
            }
        }
    }

    fn route(&mut self, call: &Call, path: &[&str]) -> Answer {
        if call.body == body::NOT_JSON {
            return Err(Refusal::new(400, 50109, "The request body contains invalid JSON."));
        }
        match (call.method.as_str(), path) {
            ("GET", ["gateway"]) => Ok((200, json!({"url": self.gateway_url}))),
            ("GET", ["gateway", "bot"]) => Ok((200, self.gateway_json())),
            (_, ["users", ..]) => self.users(call, path),
            (_, ["oauth2", "applications", "@me"] | ["applications", "@me"]) => self.application(call),
            (_, ["applications", application, "commands"]) => self.commands(call, application),
            (_, ["channels", channel, rest @ ..]) => self.channels(call, channel, rest),
            (_, ["guilds", guild, rest @ ..]) => self.guilds(call, guild, rest),
            ("POST", ["interactions", id, token, "callback"]) => self.callback(call, id, token),
            (_, ["webhooks", application, token, rest @ ..]) => self.webhooks(call, application, token, rest),
            _ => self.unrouted(call),
        }
    }

    /// No such route here.
    fn unrouted(&mut self, call: &Call) -> Answer {
        let path = call.path.join("/");
        self.violation(format!("the bot called a route that the stand-in does not know: {} /{path}", call.method));
        Err(no_route())
    }

    fn gateway_json(&self) -> Value {
        let used = self.gateway.identifies.len().min(1000);
        json!({"url": self.gateway_url, "shards": self.shards, "session_start_limit": {
            "total": 1000, "remaining": 1000 - used, "reset_after": 14_400_000, "max_concurrency": self.max_concurrency,
        }})
    }
}

fn too_many(over: &Over) -> Reply {
    let body = json!({"message": "You are being rate limited.", "retry_after": over.seconds(), "global": over.global});
    Reply { status: 429, body, headers: over.headers() }
}
