//! The real binary, started, read and ended by tests.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// A directory of its own, in which kcard is started without any of this process's settings.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(TempDir::new().expect("there is a directory for tests"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it stands in the directory")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// What stands in the directory now, by name.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("it can be read");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// `kcard` with these words, not started yet; it listens on a free port.
    pub fn kcard(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kcard"));
        command.args(words);
        self.settle(&mut command);
        command
    }

    /// A shell script with the binary as `$0`.
    pub fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_kcard")]);
        self.settle(&mut command);
        command
    }

    fn settle(&self, command: &mut Command) {
        let kcards = ["KCARD_CONFIG", "KCARD_DATA", "KCARD_LOG", "KCARD_LOG_FORMAT", "DATABASE_URL"];
        let discords = ["DISCORD_TOKEN", "DISCORD_API_URL"];
        let slacks = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"];
        for name in [&kcards[..], &discords, &slacks].concat() {
            command.env_remove(name);
        }
        command.env("KCARD_LISTEN", "127.0.0.1:0").current_dir(self.0.path());
    }
}

/// What a command said and how it ended.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Said {
    run_with(command, "")
}

/// Runs a command with this input to its end.
pub fn run_with(command: &mut Command, input: &str) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kcard can be started");
    // Who reads nothing has closed it; that is no failure.
    let _ = child.stdin.take().expect("the input is a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = within(Duration::from_mins(1), child);
    let text = |bytes| String::from_utf8(bytes).expect("kcard speaks UTF-8");
    Said { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// Waits for the end of a process, and ends it where it takes longer than it may.
fn within(time: Duration, child: Child) -> Output {
    let id = child.id();
    let (ended, wait) = mpsc::channel();
    thread::spawn(move || ended.send(child.wait_with_output()));
    wait.recv_timeout(time).map_or_else(
        |_| {
            signal(id, "KILL");
            panic!("kcard did not end within {time:?}")
        },
        |output| output.expect("the process can be waited for"),
    )
}

fn signal(id: u32, name: &str) {
    Command::new("kill").args([&format!("-{name}"), &id.to_string()]).status().expect("there is `kill`");
}

/// A kcard that runs; killed where a test forgets it.
pub struct Running {
    child: Option<Child>,
    pub link: String,
    pub admin_link: String,
}

impl Running {
    /// Starts it and reads its two links.
    pub fn start(command: &mut Command) -> Self {
        Self::start_logging(command.stderr(Stdio::piped()))
    }

    /// The same, with its log where the command says.
    pub fn start_logging(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("kcard can be started");
        let mut spoken = BufReader::new(child.stdout.take().expect("the output is a pipe")).lines();
        let links: Option<Vec<String>> = (0..2).map(|_| Some(link(&spoken.next()?.ok()?))).collect();
        let Some([link, admin_link]) = links.as_deref() else {
            let mut err = String::new();
            let _ = child.stderr.take().map(|mut log| log.read_to_string(&mut err));
            panic!("kcard did not start:\n{err}");
        };
        Self { link: link.clone(), admin_link: admin_link.clone(), child: Some(child) }
    }

    /// Starts it, and does not wait until it has come up.
    pub fn starting(command: &mut Command) -> Self {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("kcard can be started");
        Self { child: Some(child), link: String::new(), admin_link: String::new() }
    }

    /// Closes the pipe that its log goes to.
    pub fn unread(mut self) -> Self {
        drop(self.child.as_mut().expect("it runs").stderr.take());
        self
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        let address = self.link.strip_prefix("http://").expect("it is a link").trim_end_matches('/');
        address.parse().expect("it is an address")
    }

    /// The status line and the body of a page.
    pub fn get(&self, path: &str) -> (String, String) {
        get(self.address(), path)
    }

    /// Tells it to stop by this signal; it has the 5 s that it promises.
    pub fn stop(mut self, name: &str) -> Said {
        let child = self.child.take().expect("it runs");
        signal(child.id(), name);
        let Output { status, stderr, .. } = within(Duration::from_secs(5), child);
        Said { code: status.code(), out: String::new(), err: String::from_utf8_lossy(&stderr).into_owned() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The status line and the body of a page.
pub fn get(address: SocketAddr, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("it is an answer");
    (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
}

fn link(line: &str) -> String {
    line.split_whitespace().find(|word| word.starts_with("http://")).unwrap_or_default().to_owned()
}

/// Waits until something is so; far longer than it ever takes.
pub fn until(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "it never came to be");
        thread::sleep(Duration::from_millis(20));
    }
}
