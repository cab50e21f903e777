use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;

const QUICK: Patience = Patience { wait: Duration::from_millis(300), pause: Duration::from_millis(1), again: 2 };

/// A server of pages, each with what it answers to HEAD and to GET; an answer of 0 never comes. It notes what it was asked.
struct Site {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    async fn start(pages: &'static [(&'static str, u16, u16)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("it listens"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let notes = Arc::clone(&notes);
                tokio::spawn(async move {
                    let mut request = Vec::new();
                    while !request.ends_with(b"\r\n\r\n") {
                        let Ok(byte) = stream.read_u8().await else { return };
                        request.push(byte);
                    }
                    let line = String::from_utf8_lossy(&request).lines().next().unwrap_or_default().to_owned();
                    let mut words = line.split(' ');
                    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                    notes.lock().expect("nobody panics").push(format!("{method} {path}"));
                    let page = pages.iter().find(|(name, ..)| *name == path);
                    let status = page.map_or(404, |(_, head, get)| if method == "HEAD" { *head } else { *get });
                    if status == 0 {
                        std::future::pending::<()>().await;
                    }
                    let to = if (300..400).contains(&status) { "Location: /well\r\n" } else { "" };
                    let answer = format!("HTTP/1.1 {status} So\r\n{to}Content-Length: 0\r\nConnection: close\r\n\r\n");
                    stream.write_all(answer.as_bytes()).await.ok();
                });
            }
        });
        Self { base, asked }
    }

    async fn dead(&self, paths: &[&str]) -> BTreeMap<String, String> {
        let links = paths.iter().map(|path| format!("{}{path}", self.base));
        let dead = dead(links, QUICK).await.expect("a client");
        dead.into_iter().map(|(link, why)| (link.replace(&self.base, ""), why)).collect()
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().expect("nobody panics").clone();
        asked.sort();
        asked
    }
}

#[tokio::test]
async fn what_answers_is_well_whatever_the_way() {
    let site = Site::start(&[("/well", 200, 500), ("/no-head", 405, 200), ("/moved", 301, 301)]).await;
    assert_eq!(site.dead(&["/well", "/no-head", "/moved"]).await, BTreeMap::new());
    assert_eq!(site.asked(), ["GET /no-head", "HEAD /moved", "HEAD /no-head", "HEAD /well", "HEAD /well"]);
}

#[tokio::test]
async fn what_is_gone_is_said_at_once_and_what_may_come_back_is_asked_again() {
    let site = Site::start(&[("/gone", 410, 410), ("/broken", 503, 503), ("/slow", 0, 0)]).await;
    let dead = site.dead(&["/gone", "/lost", "/broken", "/slow"]).await;
    let said: Vec<_> = dead.iter().map(|(path, why)| format!("{path}: {why}")).collect();
    assert_eq!(
        said,
        [
            "/broken: the server says 503 Service Unavailable",
            "/gone: the server says 410 Gone",
            "/lost: the server says 404 Not Found",
            "/slow: it takes too long",
        ]
    );
    let times = |line: &str| site.asked().iter().filter(|asked| *asked == line).count();
    assert_eq!((times("HEAD /gone"), times("GET /gone"), times("GET /broken"), times("HEAD /slow")), (1, 1, 3, 3));
}

#[tokio::test]
async fn where_nobody_listens_the_reason_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("it listens"));
    drop(listener);
    let dead = dead([base.clone(), "https://".into()].into_iter(), QUICK).await.expect("a client");
    assert!(dead[&base].contains("refused"), "{dead:?}");
    assert_eq!(dead.len(), 2, "what is no address is dead too: {dead:?}");
}
