//! `kcard health`: asks a running kcard whether it is well, so that a container needs no other program for it.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use super::Outcome;
use crate::config::Config;

const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `/healthz` where the configuration says that kcard listens.
pub(super) fn run(config: &Config) -> Outcome {
    let address = reachable(config.listen);
    match ask(address, "/healthz") {
        Ok((status, _)) if status.contains(" 200 ") => return Outcome::Well,
        Ok((status, _)) => say(&format!("{address}/healthz answered `{status}`")),
        Err(error) => say(&format!("nothing answers at {address} ({error}); is kcard running there?")),
    }
    Outcome::Failed
}

fn say(what: &str) {
    // The exit code says it too.
    let _ = writeln!(io::stderr(), "kcard: {what}");
}

/// The first line of the answer, and its body.
pub(super) fn ask(address: SocketAddr, path: &str) -> io::Result<(String, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Ok((head.lines().next().unwrap_or_default().to_owned(), body.trim().to_owned()))
}

/// Who listens on all addresses is reached on this machine's own.
pub(super) fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
