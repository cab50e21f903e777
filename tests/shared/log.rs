//! What an admin reads in the log.

use std::{
    io,
    sync::{Arc, Mutex, Once},
};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// What is logged from now on, as long as this is held. A test runs on one thread, so nobody else writes here.
pub struct Log {
    lines: Lines,
    _kept: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn keeps() -> Self {
        // While one thread's log comes and another's goes, tracing could take it that nobody listens: somebody always does.
        static SOMEBODY: Once = Once::new();
        SOMEBODY.call_once(|| {
            let listens = tracing_subscriber::fmt().with_env_filter("kcard=info").with_writer(io::sink);
            tracing::subscriber::set_global_default(listens.finish()).expect("nobody did before");
        });
        let lines = Lines::default();
        let kept = tracing_subscriber::fmt()
            .with_env_filter("kcard=info")
            .with_ansi(false)
            .without_time()
            .with_target(false)
            .with_writer(lines.clone())
            .finish();
        Self { lines, _kept: tracing::subscriber::set_default(kept) }
    }

    /// The lines that contain this.
    pub fn says(&self, part: &str) -> Vec<String> {
        let all = String::from_utf8_lossy(&self.lines.0.lock().expect("free")).into_owned();
        all.lines().filter(|line| line.contains(part)).map(str::to_owned).collect()
    }

    /// The errors.
    pub fn errors(&self) -> Vec<String> {
        self.says("ERROR")
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("free").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
