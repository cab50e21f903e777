use std::sync::Arc;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

use super::{Ready, serve};

fn answers(ready: Result<(), &'static str>) -> Ready {
    Arc::new(move || Box::pin(async move { ready.map_err(str::to_owned) }))
}

async fn get(path: &str, ready: Ready) -> (u16, String) {
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
async fn health_says_that_it_serves_and_readiness_keeps_the_cause_to_the_log() {
    assert_eq!(get("/healthz", answers(Err("no store"))).await, (200, "ok\n".to_owned()));
    assert_eq!(get("/readyz", answers(Ok(()))).await, (200, "ready\n".to_owned()));
    assert_eq!(get("/readyz", answers(Err("no store"))).await, (503, "not ready\n".to_owned()));
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
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    let address = listener.local_addr().expect("bound");
    let reads = axum::Router::new().route("/", axum::routing::post(|body: String| async { body }));
    tokio::spawn(serve(listener, vec![reads], answers(Ok(())), CancellationToken::new()));
    let mut slow = TcpStream::connect(address).await.expect("connected");
    slow.write_all(beginning.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).await.expect("the connection was closed");
    assert!(!String::from_utf8_lossy(&answer).contains(" 200 "));
}
