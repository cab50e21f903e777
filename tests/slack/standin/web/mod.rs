//! The Web API: reads a call, lets faults, tokens, scopes and rates have their say, and hands it to its method.

mod body;
mod channels;
mod chat;
mod files;
mod gate;
mod history;
mod people;
mod reactions;
mod views;

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::oneshot};

use super::{
    Shared,
    faults::Fault,
    methods,
    refusal::{Refusal, extend},
    state::{Request, State},
};
use body::Call;

/// What a method says beside `ok`.
pub type Answer = Result<Value, Refusal>;

/// An answer, and how it is sent.
struct Reply {
    status: u16,
    body: Value,
    /// Where it is no JSON.
    bytes: Option<Vec<u8>>,
    retry_after: Option<u64>,
}

impl Reply {
    fn json(status: u16, body: Value) -> Self {
        Self { status, body, bytes: None, retry_after: None }
    }

    fn raw(status: u16, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status, body: Value::Null, bytes: Some(bytes.into()), retry_after: None }
    }
}

/// What is done with the reply.
enum Then {
    Answer,
    After(Duration),
    Held(oneshot::Sender<()>, oneshot::Receiver<()>),
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
    let call = body::read(request).await.map_err(|_| cut())?;
    if shared.sees(|state| state.away) {
        return Err(cut());
    }
    let (reply, then) = shared.with(|state| state.receive(&call));
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
    let mut response = Response::builder().status(StatusCode::from_u16(reply.status).expect("a status"));
    if let Some(seconds) = reply.retry_after {
        response = response.header(header::RETRY_AFTER, seconds);
    }
    if let Some(date) = shared.sees(|state| state.date) {
        response = response.header(header::DATE, date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    }
    if let Some(scopes) = shared.sees(|state| (call.token.as_ref() == Some(&state.bot_token)).then(|| state.provided()))
    {
        response = response.header("x-oauth-scopes", scopes);
    }
    let kind = if reply.bytes.is_some() { "text/plain; charset=utf-8" } else { "application/json; charset=utf-8" };
    let bytes = reply.bytes.unwrap_or_else(|| reply.body.to_string().into_bytes());
    Ok(response.header(header::CONTENT_TYPE, kind).body(Body::from(bytes)).expect("a response"))
}

impl State {
    /// Takes a call in, and says what is answered and how.
    fn receive(&mut self, call: &Call) -> (Reply, Then) {
        let none = || Reply::json(0, Value::Null);
        let (reply, then) = match self.faults.take(&call.method) {
            Some(Fault::Hangs) => (none(), Then::Hang),
            Some(Fault::Cut) => (none(), Then::Cut),
            Some(Fault::Status(status)) => (Reply::raw(status, format!("{status}: a fault")), Then::Answer),
            Some(Fault::Refused(error)) => (Reply::json(200, Refusal::from(error).body()), Then::Answer),
            Some(Fault::TooMany { after }) => {
                self.too_many_injected += 1;
                (too_many(after), Then::Answer)
            }
            Some(Fault::AnswerLost) => (Reply { status: 0, ..self.judge(call) }, Then::Cut),
            Some(Fault::Slow(after)) => (self.judge(call), Then::After(after)),
            Some(Fault::Held(reached, go_on)) => (self.judge(call), Then::Held(reached, go_on)),
            None => (self.judge(call), Then::Answer),
        };
        self.requests.push(Request {
            method: call.method.clone(),
            args: call.args.clone(),
            status: reply.status,
            answer: reply.body.clone(),
            at: call.at,
        });
        (reply, then)
    }

    /// The reply to a call that no fault befalls.
    fn judge(&mut self, call: &Call) -> Reply {
        let result = match call.method.as_str() {
            "response_url" => {
                let done = self.uses_response_url(call.place, &call.args);
                return self.replies(call, done.map(|()| None));
            }
            "upload" | "download" => {
                let done = if call.method == "upload" { self.takes_file(call) } else { self.gives_file(call) };
                return self.replies(call, done.map(Some));
            }
            name => match methods::method(name) {
                Some(method) => match self.admits(call, method) {
                    Ok(None) => self.calls(call),
                    Ok(Some(after)) => {
                        self.too_many += 1;
                        self.violation(format!("{name} was called too often: {}", call.args));
                        return too_many(after);
                    }
                    Err(refusal) => Err(refusal),
                },
                None => Err("unknown_method".into()),
            },
        };
        match result {
            Ok(more) => {
                let mut body = json!({"ok": true});
                extend(&mut body, more);
                Reply::json(200, body)
            }
            Err(refusal) => self.refused(call, &refusal),
        }
    }

    /// What is no method of the Web API answers in plain words.
    fn replies(&mut self, call: &Call, done: Result<Option<Vec<u8>>, Refusal>) -> Reply {
        match done {
            Ok(bytes) => Reply::raw(200, bytes.unwrap_or_else(|| b"ok".to_vec())),
            Err(refusal) => self.refused(call, &refusal),
        }
    }

    fn refused(&mut self, call: &Call, refusal: &Refusal) -> Reply {
        let body = refusal.body();
        if refusal.is_of_its_making() {
            self.violation(format!("{} was refused: {body} for {}", call.method, call.args));
        }
        Reply::json(refusal.status, body)
    }

    /// Calls a method that the bot may call.
    fn calls(&mut self, call: &Call) -> Answer {
        match call.method.as_str() {
            "auth.test" => Ok(self.auth_test()),
            "apps.connections.open" => self.opens_connection(),
            "chat.postMessage" => self.post_message(call),
            "chat.update" => self.update(call),
            "chat.delete" => self.delete(call),
            "chat.postEphemeral" => self.post_ephemeral(call),
            "chat.getPermalink" => self.get_permalink(call),
            "reactions.add" => self.add_reaction(call),
            "reactions.remove" => self.remove_reaction(call),
            "reactions.get" => self.get_reactions(call),
            "conversations.history" => self.history(call),
            "conversations.replies" => self.replies_of(call),
            "conversations.info" => self.info(call),
            "conversations.list" => self.list(call, None),
            "users.conversations" => self.conversations_of(call),
            "conversations.members" => self.members(call),
            "conversations.open" => self.open(call),
            "users.info" => self.user_info(call),
            "users.list" => self.users(call),
            "usergroups.list" => Ok(self.groups(call)),
            "usergroups.users.list" => self.group_users(call),
            "views.open" => self.open_view(call),
            "views.push" => self.push_view(call),
            "views.update" => self.update_view(call),
            "views.publish" => self.publish_view(call),
            "files.getUploadURLExternal" => self.upload_url(call),
            "files.completeUploadExternal" => self.complete_upload(call),
            "files.info" => self.file_info(call),
            _ => Err("unknown_method".into()),
        }
    }

    fn auth_test(&self) -> Value {
        json!({
            "url": "https://team.slack.com/", "team": "Team", "user": "kcard", "team_id": self.team, "user_id": self.bot,
            "bot_id": self.bot_id, "is_enterprise_install": false,
        })
    }

    fn opens_connection(&mut self) -> Answer {
        if !self.socket_mode {
            return Err("socket_mode_not_enabled".into());
        }
        let ticket = self.world.id('K');
        self.tickets.insert(ticket.clone());
        Ok(json!({"url": format!("{}/link/?ticket={ticket}&app_id={}", self.socket_url, self.app)}))
    }
}

fn too_many(after: Duration) -> Reply {
    let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
    Reply { retry_after: Some(seconds), ..Reply::json(429, Refusal::from("ratelimited").body()) }
}
