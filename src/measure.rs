//! What kcard counts and measures, each thing once: its name, what it tells and by which labels. Rooms count by these constants, the web
//! server shows them as Prometheus reads them, and tests hold dashboards, alerts and docs/operations.md against this list.
//!
//! A label has few values, all of them words of this program: never a person, a channel or a text. Who counts where nobody collects
//! (a test, `kcard deck`) counts for nothing.
//!
//! ```
//! kcard::measure::ANSWERS.count(&["web", "button", "right"]);
//! ```

use std::time::{Duration, Instant};

use metrics::{Label, Unit, with_recorder};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// One thing that is counted or measured.
#[derive(Debug)]
pub struct Metric {
    /// Its name, after Prometheus' conventions.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it tells, in a sentence.
    pub help: &'static str,
    /// What it is told apart by.
    pub labels: &'static [&'static str],
}

/// What a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only goes up.
    Counter,
    /// Goes up and down.
    Gauge,
    /// How long something takes, in seconds.
    Duration,
}

macro_rules! metrics {
    ($($constant:ident: $kind:ident $name:literal [$($label:literal),*] $help:literal;)+) => {
        $(
            #[doc = $help]
            pub const $constant: Metric =
                Metric { name: $name, kind: Kind::$kind, help: $help, labels: &[$($label),*] };
        )+

        /// All of them.
        pub const ALL: &[&Metric] = &[$(&$constant),+];
    };
}

metrics! {
    INFO: Gauge "kcard_info" ["version"]
        "1; the label tells the version that runs.";
    STARTED: Gauge "kcard_start_time_seconds" []
        "When the process started, in seconds since 1970.";
    READY: Gauge "kcard_ready" []
        "1 while kcard can do its work (as /readyz says), else 0.";
    CONNECTED: Gauge "kcard_connected" ["face"]
        "1 while kcard hears what happens on a chat platform, else 0.";
    ROUNDS: Counter "kcard_rounds_total" ["face", "state"]
        "Rounds by what became of them: asked, open, closed, cancelled.";
    SLOTS_SKIPPED: Counter "kcard_slots_skipped_total" ["reason"]
        "Times of schedules at which nothing was asked, by the reason.";
    ANSWERS: Counter "kcard_answers_total" ["face", "way", "verdict"]
        "What players did to questions, by the way and by how it was marked: right, partly, wrong, withdrawn, refused, late, barred, again, busy.";
    COMMANDS: Counter "kcard_commands_total" ["face"]
        "Commands that people gave.";
    POSTS: Counter "kcard_posts_total" ["face", "state"]
        "Tries to post or edit a message: sent, later (tried again), given up for good.";
    ACKNOWLEDGE: Duration "kcard_acknowledge_seconds" ["face"]
        "From a click, a command or a form to its acknowledgement; platforms wait 3 s.";
    LIMITS_MET: Counter "kcard_limits_met_total" ["face"]
        "Times a limit was met: a platform answered 429, or the room told a browser that it is too fast.";
    OUTBOX_WAITING: Gauge "kcard_outbox_waiting" []
        "Messages that wait to be posted.";
    OUTBOX_OLDEST: Gauge "kcard_outbox_oldest_seconds" []
        "How long the oldest of them has waited; 0 where none waits.";
    STORE_QUEUE: Gauge "kcard_store_queue" []
        "Answers that wait to be stored; at 4096 the next is told to try again.";
    STORE_COMMIT: Duration "kcard_store_commit_seconds" []
        "How long storing a batch of answers takes.";
    STEPS_FAILED: Counter "kcard_steps_failed_total" ["step"]
        "Steps of kcard's own work that failed and are tried again, such as tick or outbox; mostly because of the database.";
    DATABASE_BYTES: Gauge "kcard_database_bytes" []
        "The size of the database.";
    DISK_FREE_BYTES: Gauge "kcard_disk_free_bytes" []
        "Free space where the SQLite file is.";
}

/// Where waiting is felt, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0];

impl Metric {
    /// Once more; with a value for each label.
    pub fn count(&self, values: &[&'static str]) {
        self.add(1, values);
    }

    /// So many more.
    pub fn add(&self, times: usize, values: &[&'static str]) {
        let times = u64::try_from(times).unwrap_or(u64::MAX);
        metrics::counter!(self.name, self.labelled(values)).increment(times);
    }

    /// It is so now.
    #[expect(clippy::cast_precision_loss, reason = "a figure for people; it is far from where it matters")]
    pub fn set(&self, value: i64, values: &[&'static str]) {
        metrics::gauge!(self.name, self.labelled(values)).set(value as f64);
    }

    /// It took so long.
    pub fn took(&self, time: Duration, values: &[&'static str]) {
        metrics::histogram!(self.name, self.labelled(values)).record(time);
    }

    /// It took as long as it is since then.
    pub fn took_since(&self, began: Instant, values: &[&'static str]) {
        self.took(began.elapsed(), values);
    }

    fn labelled(&self, values: &[&'static str]) -> Vec<Label> {
        debug_assert_eq!(self.labels.len(), values.len(), "{} has other labels", self.name);
        self.labels.iter().zip(values).map(|(label, value)| Label::from_static_parts(label, value)).collect()
    }
}

/// What was collected so far, as Prometheus reads it.
#[derive(Clone)]
pub struct Collected(PrometheusHandle);

impl Collected {
    /// Begins to collect what this whole process counts; once in its life.
    pub fn begin() -> Result<Self, BuildError> {
        let collected = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS)?
            .install_recorder()?;
        for metric in ALL {
            with_recorder(|recorder| {
                let (name, help) = (metric.name.into(), metric.help.into());
                match metric.kind {
                    Kind::Counter => recorder.describe_counter(name, None, help),
                    Kind::Gauge => recorder.describe_gauge(name, None, help),
                    Kind::Duration => recorder.describe_histogram(name, Some(Unit::Seconds), help),
                }
            });
        }
        Ok(Self(collected))
    }

    /// All of it, in Prometheus' text format.
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Has to be called now and then, so that what nobody reads takes no space.
    pub fn tidy(&self) {
        self.0.run_upkeep();
    }
}
