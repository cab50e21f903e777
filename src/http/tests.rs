use std::sync::Arc;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

use super::{ANSWER_TIMEOUT, BODY_TIMEOUT, Ready, WRITE_TIMEOUT, serve};

fn answers(ready: Result<(), &'static str>) -> Ready {
    Arc::new(move || Box::pin(async move { ready.map_err(str::to_owned) }))
}

async fn answer(path: &str, ready: Ready) -> (u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let stop = CancellationToken::new();
    let server = tokio::spawn(serve(listener, Vec::new(), ready, stop.clone()));
    let answer = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
    let got = (answer.status().as_u16(), answer.text().await.expect("text"));
    stop.cancel();
    server.await.expect("the server ends by itself");
    got
}

#[tokio::test]
async fn health_says_that_it_serves_and_readiness_why_it_is_not() {
    assert_eq!(answer("/healthz", answers(Err("no store"))).await, (200, "ok\n".to_owned()));
    assert_eq!(answer("/readyz", answers(Ok(()))).await, (200, "ready\n".to_owned()));
    assert_eq!(answer("/readyz", answers(Err("no store"))).await, (503, "not ready: no store\n".to_owned()));
}

#[tokio::test]
async fn an_idle_connection_does_not_keep_the_server_from_stopping() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let stop = CancellationToken::new();
    let server = tokio::spawn(serve(listener, Vec::new(), answers(Ok(())), stop.clone()));
    let mut idle = TcpStream::connect(address).await.expect("connected");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.expect("answered");
    assert_eq!(&first, b"HTTP/1.1 200");
    stop.cancel();
    server.await.expect("the server ends by itself");
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.expect("the connection was closed");
}

#[rstest::rstest]
#[case::head("POST / HTTP/1.1\r\nhost: x\r\n")]
#[case::body("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 100\r\n\r\nslow")]
#[tokio::test(start_paused = true)]
async fn who_never_ends_a_request_is_cut_off(#[case] beginning: &str) {
    let mut slow = connected(axum::Router::new().route("/", axum::routing::post(|body: String| async { body }))).await;
    slow.write_all(beginning.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).await.expect("the connection was closed");
    assert!(!String::from_utf8_lossy(&answer).contains(" 200 "));
}

/// A probe is answered before the rooms are open, and whoever comes for them is asked to come again.
#[tokio::test]
async fn health_and_figures_are_served_before_the_rooms_are_open() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let stop = CancellationToken::new();
    let (rooms, later) = super::later();
    let figures = super::metrics(async || "kcard_ready 0\n".to_owned());
    let server =
        tokio::spawn(serve(listener, vec![figures, later], answers(Err("the database is being opened")), stop.clone()));
    let client = reqwest::Client::new();
    let get = async |path: &str| {
        let answer = client.get(format!("http://{address}{path}")).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(get("/readyz").await, (503, "not ready: the database is being opened\n".to_owned()));
    assert_eq!(get("/metrics").await, (200, "kcard_ready 0\n".to_owned()));
    assert_eq!(get("/room?a=b").await, (503, "kcard is starting\n".to_owned()));
    let room =
        axum::Router::new().route("/room", axum::routing::get(|uri: axum::http::Uri| async move { uri.to_string() }));
    rooms.open([room].into_iter());
    // Also by a connection that was there before.
    assert_eq!(get("/room?a=b").await, (200, "/room?a=b".to_owned()));
    assert_eq!(get("/other").await.0, 404);
    stop.cancel();
    server.await.expect("the server ends by itself");
}

/// A byte now and then keeps no request alive.
#[tokio::test(start_paused = true)]
async fn who_sends_a_byte_now_and_then_is_cut_off() {
    let mut slow = connected(axum::Router::new().route("/", axum::routing::post(|body: String| async { body }))).await;
    slow.write_all(b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 100\r\n\r\n")
        .await
        .expect("sent");
    let mut sent = 0_u32;
    while slow.write_all(b"x").await.is_ok() && sent < 90 {
        sent += 1;
        tokio::time::sleep(BODY_TIMEOUT / 2).await;
    }
    assert!(BODY_TIMEOUT / 2 * sent <= ANSWER_TIMEOUT + BODY_TIMEOUT, "{sent} bytes were taken");
}

/// Who asks for much and reads nothing of it holds its connection no longer than that.
#[tokio::test(start_paused = true)]
async fn who_reads_nothing_is_cut_off() {
    const MUCH: usize = 64 * 1024 * 1024;
    let much = axum::Router::new().route("/", axum::routing::get(|| async { vec![b'x'; MUCH] }));
    let mut slow = connected(much).await;
    slow.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    tokio::time::sleep(2 * WRITE_TIMEOUT).await;
    let mut got = Vec::new();
    // A connection that was reset is closed too.
    let _ = slow.read_to_end(&mut got).await;
    assert!(got.len() < MUCH, "all of it was kept for it");
}

async fn connected(router: axum::Router) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(serve(listener, vec![router], answers(Ok(())), CancellationToken::new()));
    TcpStream::connect(address).await.expect("connected")
}
