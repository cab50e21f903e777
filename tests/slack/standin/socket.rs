//! Socket Mode: the lines on which the app hears of things, by <https://docs.slack.dev/apis/events-api/using-socket-mode>.

use std::{sync::Arc, time::Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt, net::TcpStream, sync::mpsc};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request, Response},
        http::StatusCode,
    },
};

use super::{Shared, state::State};

/// How many sockets an app may have.
const MOST: usize = 10;

/// Why Slack asks a client to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// In about ten seconds the line is refreshed; it goes on until then.
    Warning,
    /// The line is refreshed: it closes now.
    Refresh,
    /// Socket Mode was switched off: it closes, and no other opens.
    Disabled,
}

impl Leave {
    fn reason(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Refresh => "refresh_requested",
            Self::Disabled => "link_disabled",
        }
    }
}

/// What a line is made to do.
#[derive(Debug)]
pub enum Out {
    Say(Value),
    Ping,
    Close,
    /// The line is cut.
    Cut,
    /// Nothing is said or answered on the line any more, not even a ping.
    Silence,
}

pub struct Socket {
    pub line: mpsc::UnboundedSender<Out>,
    /// It is connected, but what is sent to it goes nowhere.
    pub deaf: bool,
    /// How many of our pings came back.
    pub pongs: usize,
}

impl State {
    pub fn open_sockets(&self) -> usize {
        self.sockets.iter().filter(|socket| !socket.line.is_closed()).count()
    }

    /// Makes every line do something.
    pub fn every_socket(&mut self, out: impl Fn() -> Out) {
        self.sockets.iter().for_each(|socket| socket.line.send(out()).unwrap_or(()));
    }

    /// Asks the clients on all lines to leave.
    pub fn asks_to_leave(&mut self, why: Leave) {
        let frame = json!({"type": "disconnect", "reason": why.reason(), "debug_info": {"host": "applink-stand-in"}});
        self.every_socket(|| Out::Say(frame.clone()));
        if why != Leave::Warning {
            self.every_socket(|| Out::Close);
        }
        if why == Leave::Disabled {
            self.socket_mode = false;
        }
    }
}

/// Speaks with a client until it leaves or is sent away.
pub async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    if shared.sees(|state| state.away) {
        return;
    }
    #[allow(clippy::result_large_err, reason = "the library's own type")]
    let greet = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        let query = request.uri().query().unwrap_or_default();
        let ticket = query.split('&').find_map(|pair| pair.strip_prefix("ticket=")).unwrap_or_default();
        // A ticket opens one line.
        if shared.with(|state| state.tickets.remove(ticket) && state.open_sockets() < MOST) {
            return Ok(response);
        }
        let mut refused = ErrorResponse::new(None);
        *refused.status_mut() = StatusCode::FORBIDDEN;
        Err(refused)
    };
    let Ok(mut socket) = accept_hdr_async(stream, greet).await else { return };
    let (line, mut outbox) = mpsc::unbounded_channel();
    let place = shared.with(|state| {
        let connection = state.open_sockets() + 1;
        let hello = json!({
            "type": "hello", "num_connections": connection, "connection_info": {"app_id": state.app},
            "debug_info": {"host": "applink-stand-in", "build_number": 10, "approximate_connection_time": 18_060},
        });
        line.send(Out::Say(hello)).ok();
        state.sockets.push(Socket { line, deaf: false, pongs: 0 });
        state.sockets.len() - 1
    });
    talk(&shared, &mut socket, &mut outbox, place).await;
    outbox.close();
    // Whoever waits for the line to be down looks now.
    shared.with(|_| ());
}

async fn talk(
    shared: &Shared,
    socket: &mut WebSocketStream<TcpStream>,
    outbox: &mut mpsc::UnboundedReceiver<Out>,
    place: usize,
) -> Option<()> {
    loop {
        tokio::select! {
            out = outbox.recv() => match out? {
                Out::Say(frame) => socket.send(Message::Text(frame.to_string())).await.ok()?,
                Out::Ping => socket.send(Message::Ping(b"Ping from applink-stand-in".to_vec())).await.ok()?,
                Out::Close => {
                    socket.close(None).await.ok()?;
                    // The client's own closing frame, so that it reads ours rather than a cut line.
                    while socket.next().await?.is_ok() {}
                }
                Out::Cut => return None,
                Out::Silence => {
                    // Only that it is gone is noticed.
                    let mut ignored = [0; 1_024];
                    while socket.get_mut().read(&mut ignored).await.is_ok_and(|read| read > 0) {}
                    return None;
                }
            },
            read = socket.next() => match read?.ok()? {
                Message::Text(text) => {
                    let at = Instant::now();
                    shared.with(|state| match serde_json::from_str::<Value>(&text) {
                        Ok(frame) => state.acknowledged(&frame, at),
                        Err(_) => state.violation(format!("said what is no JSON on a socket: {text}")),
                    });
                }
                Message::Pong(_) => shared.with(|state| state.sockets[place].pongs += 1),
                Message::Close(_) => return None,
                _ => {}
            },
        }
    }
}
