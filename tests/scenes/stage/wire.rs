//! The wire between the bot and PostgreSQL: it can break, and it can hold up what the bot has committed, as a slow disk would.

use std::sync::Arc;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::watch,
};
use url::Url;

/// A wire on this machine.
pub struct Wire(Arc<Switches>);

struct Switches {
    /// Nothing gets through, and what was connected is not any more.
    cut: watch::Sender<bool>,
    /// What commits waits.
    held: watch::Sender<bool>,
    /// How many commits have come so far.
    commits: watch::Sender<usize>,
}

impl Wire {
    /// To the server of that address; the address by which it is reached over the wire.
    pub async fn to(url: &str) -> (Self, String) {
        let mut url = Url::parse(url).expect("the address is one");
        let server = (url.host_str().expect("it names the server").to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let own = listener.local_addr().expect("it is bound");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(own.port())).expect("a port");
        // What is said on the wire has to be read.
        url.query_pairs_mut().append_pair("sslmode", "disable");
        let switches = Switches {
            cut: watch::Sender::new(false),
            held: watch::Sender::new(false),
            commits: watch::Sender::new(0),
        };
        let switches = Arc::new(switches);
        tokio::spawn({
            let switches = Arc::clone(&switches);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let (switches, server) = (Arc::clone(&switches), server.clone());
                    tokio::spawn(async move {
                        let mut cut = switches.cut.subscribe();
                        tokio::select! {
                            _ = cut.wait_for(|cut| *cut) => {}
                            () = carry(&switches, client, server) => {}
                        }
                    });
                }
            }
        });
        (Self(switches), url.into())
    }

    /// The wire breaks, or is whole again.
    pub fn is_cut(&self, cut: bool) {
        self.0.cut.send_replace(cut);
    }

    /// From here on commits do not come through, or do again.
    pub fn holds_commits(&self, holds: bool) {
        self.0.held.send_replace(holds);
    }

    /// How many commits have come so far.
    pub fn commits(&self) -> usize {
        *self.0.commits.borrow()
    }

    /// Waits until so many have come.
    pub async fn has_commits(&self, commits: usize) {
        self.0.commits.subscribe().wait_for(|come| *come >= commits).await.expect("the wire is there");
    }
}

async fn carry(switches: &Switches, client: TcpStream, server: (String, u16)) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (mut from_server, to_server) = server.into_split();
    let (from_client, mut to_client) = client.into_split();
    tokio::select! {
        _ = copy(&mut from_server, &mut to_client) => {}
        () = asks(switches, from_client, to_server) => {}
    }
}

async fn asks(switches: &Switches, mut client: OwnedReadHalf, mut server: OwnedWriteHalf) {
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = client.read(&mut chunk).await {
        if chunk[..read].windows(6).any(|word| word == b"COMMIT") {
            switches.commits.send_modify(|commits| *commits += 1);
            if switches.held.subscribe().wait_for(|held| !held).await.is_err() {
                return;
            }
        }
        if server.write_all(&chunk[..read]).await.is_err() {
            return;
        }
    }
}
