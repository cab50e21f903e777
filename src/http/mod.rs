//! One web server: `/healthz`, `/readyz`, `/metrics`, and the routers that faces hand it.
//!
//! It accepts connections, bounds them (how many, how slow) and ends them when the process stops. What is served is
//! the routers' business: who may ask, and what is answered, it never decides.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Request},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

#[cfg(test)]
mod tests;

/// Connections at once; more wait to be accepted.
const MOST_CONNECTIONS: usize = 2_000;
/// How long a client may take to send a request's head; also how long an idle connection is kept.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);
/// How long a client may pause while it sends a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request may take from its head to the head of its answer, its body counted: who sends a byte now and then is cut off.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may read nothing of what it is sent. Streams say something more often than that.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests under way may take to end once the process stops.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);

/// Asks whether the process can do its work now; the error says in words why it cannot.
pub type Ready = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync>;

/// Serves the health routes and `routers` on `listener` until `stop` is cancelled; then requests under way have 3 s to end. Streams that
/// a router keeps open must end by themselves when the same token is cancelled.
pub async fn serve(listener: TcpListener, routers: Vec<Router>, ready: Ready, stop: CancellationToken) {
    let app = routers
        .into_iter()
        .fold(health(ready), Router::merge)
        .layer(RequestBodyTimeoutLayer::new(BODY_TIMEOUT))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWER_TIMEOUT));
    let open = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        let Ok(permit) = open.clone().acquire_owned().await else { break };
        let service = TowerToHyperService::new(app.clone().layer(Extension(ConnectInfo(peer))));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(Box::pin(patient(stream))), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that ends in an error was ended by its client or by a timeout; nobody is left to be told.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end within {} s and were cut", STOP_TIMEOUT.as_secs());
    }
}

/// A connection that ends once its client reads nothing for too long.
fn patient(stream: TcpStream) -> TimeoutStream<TcpStream> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    stream
}

async fn accept(listener: &TcpListener) -> (TcpStream, std::net::SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                // Out of file descriptors, most likely: what is open has to end before more can be accepted.
                tracing::warn!(%error, "cannot accept connections, trying again in 0.5 s");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

/// `/healthz`: the process serves. `/readyz`: it can do its work; else 503 and why not, in words that anyone may read. The log hears of it
/// once.
fn health(ready: Ready) -> Router {
    let said = Arc::new(Mutex::new(None::<String>));
    let readyz = async move || {
        let asked = tokio::time::timeout(Duration::from_secs(2), ready()).await;
        let why = asked.unwrap_or_else(|_| Err("no answer within 2 s".to_owned())).err();
        let before = std::mem::replace(&mut *said.lock().unwrap_or_else(PoisonError::into_inner), why.clone());
        match why {
            None => (StatusCode::OK, "ready\n".to_owned()),
            Some(why) => {
                if before.as_ref() != Some(&why) {
                    tracing::warn!(why, "not ready");
                }
                (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n"))
            }
        }
    };
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(readyz))
}

/// `/metrics`: figures, as Prometheus reads them.
pub fn metrics<F: Future<Output = String> + Send>(figures: impl Fn() -> F + Clone + Send + Sync + 'static) -> Router {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Router::new().route("/metrics", get(async move || (kind, figures().await)))
}

/// Rooms that open later.
pub struct Rooms(Arc<OnceLock<Router>>);

impl Rooms {
    /// They are open, once and for all.
    pub fn open(&self, routers: impl Iterator<Item = Router>) {
        // Who opens them twice has opened them.
        let _ = self.0.set(routers.fold(Router::new(), Router::merge));
    }
}

/// Rooms that are not open yet, and the router that leads to them: until they are, it asks to come again.
pub fn later() -> (Rooms, Router) {
    let rooms = Arc::new(OnceLock::<Router>::new());
    let door = Arc::clone(&rooms);
    let enter = async move |request: Request| match door.get() {
        Some(rooms) => rooms.clone().oneshot(request).await.into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], "kcard is starting\n").into_response(),
    };
    (Rooms(rooms), Router::new().fallback(enter))
}
