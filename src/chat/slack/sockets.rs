//! Socket Mode: connections by which Slack tells what happens, without an address of kcard's own (Slack's documentation, "Socket Mode").
//! Several at the same time: an event comes by any one of them, and by another again where it was not acknowledged.
//!
//! slack-morphism's own listener is not used for it. It ends a connection as soon as Slack says that it will close in some seconds, tells
//! nobody when it cannot connect, writes the connection's address, which is a secret, to the log, and leaves out of an edited message
//! which thread it is in.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use slack_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error as WsError, Message as Frame},
};
use tokio::{
    net::TcpStream,
    time::{Instant, interval, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Slack, api::ApiError, ids, take::Delivery};
use crate::{bot::Bot, measure::ACKNOWLEDGE};

/// How long connecting may take, and what follows until Slack says hello.
const CONNECT_WITHIN: Duration = Duration::from_secs(20);
/// The longest pause between two tries to connect.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long a connection is heard that Slack is about to close.
const CLOSES_WITHIN: Duration = Duration::from_mins(1);

/// Why a dead connection is left.
const SILENT: &str = "the connection is silent";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What comes by a socket.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "envelope_id")]
    id: Option<String>,
    #[serde(default)]
    payload: Value,
    /// Why Slack will close the connection.
    reason: Option<String>,
}

/// How the hearing of a connection went on.
enum Ended {
    /// The process stops.
    Stop,
    /// Slack will close it soon: another is opened, and this one heard until then.
    Closing(Box<Socket>),
    /// Socket Mode was turned off.
    Off,
    /// Anything else, in words.
    Lost(String),
}

/// Why there is no connection, and how long Slack asks to wait, if it does.
struct NoSocket {
    why: String,
    after: Duration,
}

impl From<String> for NoSocket {
    fn from(why: String) -> Self {
        Self { why, after: Duration::ZERO }
    }
}

impl From<ApiError> for NoSocket {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Token(code) => Self::from(format!(
                "Slack refuses SLACK_APP_TOKEN ({code}): make one with connections:write (api.slack.com/apps, your app, Basic \
                 Information, App-Level Tokens)"
            )),
            ApiError::Later { after, unsure: false, .. } | ApiError::Limited(after) => {
                Self { why: error.to_string(), after }
            }
            error => Self::from(error.to_string()),
        }
    }
}

impl Slack {
    /// Keeps connections open until `stop` is cancelled.
    pub(super) async fn keep_sockets(self: &Arc<Self>, bot: &Bot, sockets: &super::Sockets, stop: &CancellationToken) {
        let all = TaskTracker::new();
        for number in 0..sockets.count {
            let (slack, bot, sockets, stop) = (Arc::clone(self), bot.clone(), sockets.clone(), stop.clone());
            all.spawn(async move { Box::pin(slack.keep_socket(number, &bot, &sockets, &stop)).await });
        }
        all.close();
        all.wait().await;
    }

    async fn keep_socket(self: Arc<Self>, number: u32, bot: &Bot, sockets: &super::Sockets, stop: &CancellationToken) {
        let mut pause = sockets.pause;
        while !stop.is_cancelled() {
            let began = Instant::now();
            let ended = match stop.run_until_cancelled(Box::pin(self.connect(sockets))).await {
                None => return,
                Some(Ok(socket)) => {
                    tracing::info!(socket = number, "connected to Slack");
                    // What happened while this was not heard is read back.
                    bot.reconnected(ids::FACE);
                    self.open_sockets.fetch_add(1, Ordering::Relaxed);
                    self.was_connected.store(true, Ordering::Relaxed);
                    let ended = self.hear_socket(socket, sockets.dead_after, bot, stop).await;
                    self.open_sockets.fetch_sub(1, Ordering::Relaxed);
                    ended
                }
                Some(Err(NoSocket { why, after })) => {
                    pause = pause.max(after);
                    Ended::Lost(why)
                }
            };
            // One that Slack opens and closes again and again is no better than one that it does not open.
            if began.elapsed() > LONGEST_PAUSE {
                pause = sockets.pause;
            }
            match ended {
                Ended::Stop => return,
                Ended::Closing(old) => {
                    tracing::debug!(socket = number, "Slack will close a connection; opening another");
                    tokio::spawn(timeout(
                        CLOSES_WITHIN,
                        Arc::clone(&self).hear_to_the_end(*old, sockets.dead_after, bot.clone(), stop.clone()),
                    ));
                    if began.elapsed() > pause {
                        continue;
                    }
                }
                Ended::Off => {
                    tracing::error!(
                        "Socket Mode is turned off for the app: turn it on (api.slack.com/apps, your app, Socket Mode), or set \
                         SLACK_SIGNING_SECRET in place of SLACK_APP_TOKEN"
                    );
                    pause = LONGEST_PAUSE;
                }
                Ended::Lost(why) => {
                    tracing::warn!(socket = number, why, pause_s = pause.as_secs(), "lost Slack; connecting again");
                }
            }
            if stop.run_until_cancelled(sleep(pause)).await.is_none() {
                return;
            }
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    /// Hears a connection that Slack is about to close until it does.
    async fn hear_to_the_end(
        self: Arc<Self>,
        mut socket: Socket,
        dead_after: Duration,
        bot: Bot,
        stop: CancellationToken,
    ) {
        while let Ended::Closing(same) = self.hear_socket(socket, dead_after, &bot, &stop).await {
            socket = *same;
        }
    }

    /// Opens a connection and waits for Slack's hello on it.
    async fn connect(&self, sockets: &super::Sockets) -> Result<Socket, NoSocket> {
        let opened = timeout(CONNECT_WITHIN, async {
            let url = self.api.open_socket(&sockets.token).await?;
            // Its errors may quote the address.
            let (mut socket, _) = connect_async(url).await.map_err(|error| said_of(&error))?;
            loop {
                match socket.next().await {
                    Some(Ok(Frame::Text(text))) => match serde_json::from_str::<Envelope>(&text) {
                        Ok(envelope) if envelope.kind == "hello" => return Ok(socket),
                        _ => return Err("Slack did not say hello".to_owned().into()),
                    },
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(said_of(&error).into()),
                    None => return Err("Slack closed the connection at once".to_owned().into()),
                }
            }
        });
        opened.await.unwrap_or_else(|_| Err(format!("no connection within {} s", CONNECT_WITHIN.as_secs()).into()))
    }

    /// Hears a connection up to its end.
    async fn hear_socket(
        self: &Arc<Self>,
        mut socket: Socket,
        dead_after: Duration,
        bot: &Bot,
        stop: &CancellationToken,
    ) -> Ended {
        let mut look = interval(dead_after * 2 / 5);
        let mut heard = Instant::now();
        loop {
            let frame = tokio::select! {
                () = stop.cancelled() => {
                    let _ = timeout(Duration::from_secs(1), socket.close(None)).await;
                    return Ended::Stop;
                }
                _ = look.tick() => {
                    if heard.elapsed() > dead_after {
                        return Ended::Lost(SILENT.into());
                    }
                    if let Err(why) = say(&mut socket, Frame::Ping(Vec::new().into()), dead_after).await {
                        return Ended::Lost(why);
                    }
                    continue;
                }
                frame = socket.next() => frame,
            };
            heard = Instant::now();
            let text = match frame {
                Some(Ok(Frame::Text(text))) => text,
                Some(Ok(Frame::Close(_))) | None => return Ended::Lost("Slack closed the connection".into()),
                Some(Ok(_)) => continue,
                Some(Err(error)) => return Ended::Lost(said_of(&error)),
            };
            let Ok(envelope) = serde_json::from_str::<Envelope>(&text) else {
                tracing::debug!("Slack sent what kcard cannot read");
                continue;
            };
            match (envelope.id, envelope.kind.as_str()) {
                (Some(id), kind) => {
                    let answer = Delivery::read(kind, envelope.payload).and_then(|delivery| self.take(bot, delivery));
                    let ack = match answer {
                        Some(payload) => json!({ "envelope_id": id, "payload": payload }),
                        None => json!({ "envelope_id": id }),
                    };
                    let said = say(&mut socket, Frame::Text(ack.to_string().into()), dead_after).await;
                    ACKNOWLEDGE.took(heard.elapsed(), &[ids::FACE]);
                    if let Err(why) = said {
                        return Ended::Lost(why);
                    }
                }
                (None, "disconnect") if envelope.reason.as_deref() == Some("link_disabled") => return Ended::Off,
                (None, "disconnect") => return Ended::Closing(Box::new(socket)),
                (None, _) => {}
            }
        }
    }
}

/// Says something on a connection; one that takes nothing is as dead as one that says nothing.
async fn say(socket: &mut Socket, frame: Frame, within: Duration) -> Result<(), String> {
    match timeout(within, socket.send(frame)).await {
        Ok(said) => said.map_err(|error| said_of(&error)),
        Err(_) => Err(SILENT.into()),
    }
}

/// What went wrong with a connection, without its address, which is a secret.
fn said_of(error: &WsError) -> String {
    match error {
        WsError::Url(_) => "Slack gave an address that cannot be reached".into(),
        WsError::Http(answer) => format!("Slack answers {}", answer.status()),
        WsError::Io(error) => format!("Slack cannot be reached: {error}"),
        WsError::ConnectionClosed | WsError::AlreadyClosed => "the connection is closed".into(),
        _ => "the connection broke".into(),
    }
}
