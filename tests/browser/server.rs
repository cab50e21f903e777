//! The real `kcard run`, on a directory and a port of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

const CONFIG: &str = r#"
decks = ["deck.yaml"]

[[schedule]]
name = "live"
channel = "web:daily-quiz"
deck = "browser"
at = "daily 03:00"
timezone = "UTC"
window = "30m"
ask_on_start = true
"#;

/// The deck that it runs with.
pub const DECK: &str = "\
deck: browser
topic: architecture
cards:
  - id: scheduling
    level: 1
    front: What picks a node for a new Pod?
    back: The scheduler **binds** each new Pod to a node.
    sources: [https://kubernetes.io/docs/concepts/scheduling-eviction/]
    questions:
      - choice:
          ask: Which component picks a node for a new Pod?
          answer: kube-scheduler
          others: [etcd, kube-apiserver, kube-controller-manager]
";

/// A running kcard.
pub struct Server {
    /// Where the room is.
    pub link: String,
    /// What makes its opener the admin.
    pub admin_link: String,
    directory: TempDir,
    port: u16,
    process: Child,
}

impl Server {
    /// Starts one with a question that is asked at once.
    pub fn start() -> Self {
        let directory = TempDir::new().expect("a directory");
        fs::write(directory.path().join("kcard.toml"), CONFIG).expect("written");
        fs::write(directory.path().join("deck.yaml"), DECK).expect("written");
        let free = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let (process, links) = run(&directory, port);
        let [link, admin_link] = links;
        Self { link, admin_link, directory, port, process }
    }

    /// Stops it as a service manager does; it has 5 s.
    pub fn stop(&mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        let since = Instant::now();
        while self.process.try_wait().expect("a process").is_none() {
            assert!(since.elapsed() < Duration::from_secs(5), "it takes more than 5 s to stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Starts it on the same data and port.
    pub fn start_again(&mut self) {
        (self.process, _) = run(&self.directory, self.port);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the process; the two links that it prints.
fn run(directory: &TempDir, port: u16) -> (Child, [String; 2]) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_kcard"))
        .arg("--config")
        .arg(directory.path().join("kcard.toml"))
        .arg("--data")
        .arg(directory.path().join("data"))
        .args(["--listen", &format!("127.0.0.1:{port}"), "run"])
        .env_remove("DATABASE_URL")
        .stdout(Stdio::piped())
        .spawn()
        .expect("kcard starts");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    let mut next = || {
        let line = lines.next().expect("kcard prints two links, and its log says why it did not").expect("text");
        line.split_whitespace().find(|word| word.starts_with("http://")).expect("a link").to_owned()
    };
    let printed = [next(), next()];
    (process, printed)
}
