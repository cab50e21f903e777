//! One connection to the gateway.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::mpsc};
use tokio_tungstenite::{
    WebSocketStream, accept_async,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::super::{Shared, state::State};
use super::{GUILD_MEMBERS, GUILD_PRESENCES, KNOWN_INTENTS, MESSAGE_CONTENT, Out, Session};

/// How long, by the set clock, a session without a line can be resumed.
const KEPT: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// What the answer to a payload is, beside what the session is told.
enum Next {
    Go,
    Say(Value),
    Close(u16),
}

/// Speaks with a client until it leaves or is sent away.
pub async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    if shared.with(|state| state.away || state.gateway.refuses) {
        shared.with(|state| state.gateway.refused += 1);
        return;
    }
    let Ok(mut socket) = accept_async(stream).await else { return };
    let (line, mut outbox) = mpsc::unbounded_channel();
    let interval = shared.with(|state| state.gateway.heartbeat_interval);
    if say(&mut socket, &json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval}})).await.is_err()
    {
        return;
    }
    let mut session = None;
    let code = talk(&shared, &mut socket, &line, &mut outbox, &mut session, interval).await;
    outbox.close();
    shared.with(|state| left(state, session.as_deref(), code));
}

/// Speaks until one of the two closes; the code with which it was closed.
async fn talk(
    shared: &Shared,
    socket: &mut WebSocketStream<TcpStream>,
    line: &mpsc::UnboundedSender<Out>,
    outbox: &mut mpsc::UnboundedReceiver<Out>,
    session: &mut Option<String>,
    interval: u64,
) -> Option<u16> {
    // Discord lets a heartbeat be late, and then closes.
    let patience = Duration::from_millis(interval * 2 + 5000);
    let mut last = Instant::now();
    loop {
        let late = tokio::time::sleep(patience.saturating_sub(last.elapsed()));
        let next = tokio::select! {
            out = outbox.recv() => match out? {
                Out::Say(payload) => Next::Say(payload),
                Out::Close(code) => {
                    close(socket, code).await;
                    return code;
                }
                Out::Cut => return None,
            },
            () = late => Next::Close(4009),
            read = socket.next() => match read?.ok()? {
                Message::Text(text) => {
                    last = Instant::now();
                    match serde_json::from_str::<Value>(&text) {
                        Ok(payload) => shared.with(|state| state.hears(&payload, line, session)),
                        Err(_) => Next::Close(4002),
                    }
                }
                Message::Close(frame) => return frame.map(|frame| u16::from(frame.code)),
                _ => Next::Go,
            },
        };
        match next {
            Next::Go => {}
            Next::Say(payload) => say(socket, &payload).await.ok()?,
            Next::Close(code) => {
                close(socket, Some(code)).await;
                return Some(code);
            }
        }
    }
}

/// The line is down. After some codes there is no resume, and who closes with 1000 or 1001 wants none.
fn left(state: &mut State, session: Option<&str>, code: Option<u16>) {
    if matches!(code, Some(1000 | 1001 | 4004 | 4007 | 4009..=4014)) {
        state.gateway.sessions.retain(|known| Some(known.id.as_str()) != session);
    } else if let Some(known) = state.gateway.sessions.iter_mut().find(|known| Some(known.id.as_str()) == session) {
        // Unless it was resumed meanwhile, on another line.
        if known.line.as_ref().is_some_and(mpsc::UnboundedSender::is_closed) {
            known.line = None;
            known.left = Some(state.now);
        }
    }
}

async fn say(socket: &mut WebSocketStream<TcpStream>, payload: &Value) -> Result<(), ()> {
    socket.send(Message::Text(payload.to_string())).await.map_err(|_| ())
}

async fn close(socket: &mut WebSocketStream<TcpStream>, code: Option<u16>) {
    let frame = code.map(|code| CloseFrame { code: CloseCode::from(code), reason: "".into() });
    socket.close(frame).await.ok();
    // The client's own closing frame, so that it reads ours rather than a cut line.
    tokio::time::timeout(Duration::from_secs(1), async {
        while socket.next().await.is_some_and(|read| read.is_ok()) {}
    })
    .await
    .ok();
}

impl State {
    fn hears(&mut self, payload: &Value, line: &mpsc::UnboundedSender<Out>, session: &mut Option<String>) -> Next {
        match payload["op"].as_u64() {
            Some(1) => {
                if let Some(known) = self.gateway.sessions.iter_mut().find(|known| Some(&known.id) == session.as_ref())
                {
                    known.heard = payload["d"].as_u64().unwrap_or_default();
                }
                if self.gateway.acks { Next::Say(json!({"op": 11, "s": null, "t": null, "d": null})) } else { Next::Go }
            }
            Some(2 | 6) if session.is_some() => Next::Close(4005),
            Some(2) => self.identify(&payload["d"], line, session),
            Some(6) => self.resume(&payload["d"], line, session),
            Some(3 | 4 | 8) if session.is_none() => Next::Close(4003),
            Some(3 | 4 | 8) => Next::Go,
            _ => Next::Close(4001),
        }
    }

    /// Whether a gateway's token, with or without `Bot `, is the bot's.
    fn token_holds(&self, token: &Value) -> bool {
        let token = token.as_str().unwrap_or_default();
        !self.revoked && token.strip_prefix("Bot ").unwrap_or(token) == self.token
    }

    fn identify(&mut self, data: &Value, line: &mpsc::UnboundedSender<Out>, session: &mut Option<String>) -> Next {
        if !self.token_holds(&data["token"]) {
            return Next::Close(4004);
        }
        let Some(intents) = data["intents"].as_u64().filter(|intents| intents & !KNOWN_INTENTS == 0) else {
            return Next::Close(4013);
        };
        let granted = if self.message_content { MESSAGE_CONTENT } else { 0 };
        if intents & (GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT) & !granted != 0 {
            return Next::Close(4014);
        }
        let number = data["shard"][0].as_u64().unwrap_or(0);
        let shards = data["shard"][1].as_u64().unwrap_or(1);
        if number >= shards {
            return Next::Close(4010);
        }
        let (now, bucket) = (Instant::now(), number % self.max_concurrency);
        let before = self.gateway.identifies.iter().rev().find(|(_, other)| *other == bucket);
        if before.is_some_and(|(before, _)| now.duration_since(*before) < Duration::from_secs(5)) {
            self.gateway.hasty += 1;
        }
        self.gateway.identifies.push((now, bucket));
        self.gateway.intents = intents;
        self.gateway.numbers += 1;
        let id = format!("session{:04}", self.gateway.numbers);
        *session = Some(id.clone());
        let line = Some(line.clone());
        self.gateway.sessions.push(Session {
            id,
            intents,
            shard: number,
            shards,
            seq: 0,
            told: Vec::new(),
            line,
            heard: 0,
            left: None,
        });
        self.greet(self.gateway.sessions.len() - 1);
        Next::Go
    }

    fn resume(&mut self, data: &Value, line: &mpsc::UnboundedSender<Out>, session: &mut Option<String>) -> Next {
        if !self.token_holds(&data["token"]) {
            return Next::Close(4004);
        }
        self.gateway.resumes += 1;
        let invalid = json!({"op": 9, "s": null, "t": null, "d": false});
        let forgets = std::mem::take(&mut self.gateway.forgets);
        let Some(place) = self.gateway.sessions.iter().position(|known| data["session_id"] == known.id.as_str()) else {
            return Next::Say(invalid);
        };
        let left = self.gateway.sessions[place].left;
        let gone = left.is_some_and(|left| self.now.duration_since(left) > KEPT);
        if forgets || gone {
            self.gateway.sessions.remove(place);
            return Next::Say(invalid);
        }
        let known = &mut self.gateway.sessions[place];
        let seq = data["seq"].as_u64().unwrap_or_default();
        if seq > known.seq {
            return Next::Close(4007);
        }
        known.line = Some(line.clone());
        known.left = None;
        *session = Some(known.id.clone());
        let missed: Vec<Value> =
            known.told.iter().filter(|payload| payload["s"].as_u64() > Some(seq)).cloned().collect();
        for payload in missed {
            known.say(payload);
        }
        known.dispatch("RESUMED", &json!({}));
        Next::Go
    }
}
