//! Durable answers a second through the store, and through a bare SQLite loop that commits the same rows in the same batches. Goal:
//! at least half as many (docs/benchmarks.md).

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use kcard::{
    quiz::{
        answer::{Change, Entry, Input, Way},
        asked::{Asked, Form},
        deck::Level,
        id::{CardId, ChannelId, DeckId, MessageRef, PlayerId, RoundId, SpaceId},
        points::Weights,
        question::Term,
        round::{Feedback, Reveal, Rules, Style, Ways},
    },
    store::{Answered, AskOutcome, Draft, NewAnswer, NewAsk, Store, Which},
};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tempfile::TempDir;
use tokio::{runtime::Runtime, task::JoinSet};

/// Rounds that are answered at the same time, each by all players. All together are as many answers as the store lets wait.
const ROUNDS: u64 = 4;
const PLAYERS: u64 = 1_024;
/// What the store commits together.
const BATCH: usize = 256;

/// How a question is asked and answered.
struct Question {
    name: &'static str,
    form: Form,
    input: Input,
}

fn questions() -> [Question; 2] {
    let terms = |names: &[&str]| names.iter().map(|name| Term(vec![(*name).to_owned()])).collect::<Vec<_>>();
    let options = vec!["etcd".into(), "kube-scheduler".into(), "kubelet".into(), "kube-proxy".into()];
    let items = terms(&["kube-apiserver", "etcd", "kube-scheduler", "kube-controller-manager"]);
    let text = "kube-apiserver, etcd, the kube-scheduler and kube-controller-manager";
    [
        Question { name: "a choice", form: Form::Choice { options, right: 2 }, input: Input::Options([2].into()) },
        Question {
            name: "a list, typed",
            form: Form::List { items, sides: Vec::new(), wrong: terms(&["kubelet", "kube-proxy"]), near: Vec::new() },
            input: Input::Text(text.into()),
        },
    ]
}

impl Question {
    fn draft(&self) -> Draft {
        let asked = Asked {
            deck: DeckId::new("kubernetes"),
            card: CardId::new("control-plane-components"),
            topic: "architecture".into(),
            level: Level::new(1).expect("a level"),
            number: 0,
            ask: "What are the components of the Kubernetes control plane?".into(),
            back: "Whatever is shown at the close.".into(),
            why: None,
            sources: Vec::new(),
            form: self.form.clone(),
            also: BTreeSet::new(),
        };
        let rules = Rules {
            style: Style::Social,
            ways: Ways::default_for(Style::Social),
            attempts: 3,
            feedback: Feedback::Close,
            window_ms: 3_600_000,
            weights: Weights::default(),
            thread: false,
            mention: None,
            reveal: Reveal::default(),
        };
        Draft { asked, rules, cycle: 1 }
    }

    /// A first answer of every player to every round.
    fn answers(&self, rounds: &[RoundId]) -> Vec<NewAnswer> {
        let places = rounds.iter().flat_map(|round| (0..PLAYERS).map(move |player| (*round, player)));
        let answer = |(round, player): (RoundId, u64)| NewAnswer {
            key: format!("web:{round}/{player}"),
            which: Which::Round(round),
            player: PlayerId::new(format!("web:p{player}")),
            name: Some(format!("p{player}")),
            way: Way::Button,
            change: Change::Set(self.input.clone()),
            at: Timestamp::UNIX_EPOCH,
        };
        places.map(answer).collect()
    }

    /// The rows that an answer leaves behind.
    fn rows(&self, answer: &NewAnswer) -> Rows {
        let Draft { asked, rules, .. } = self.draft();
        let mut entry = Entry::default();
        entry.take(&asked, &rules, answer.way, &answer.change, answer.at);
        let Which::Round(round) = answer.which else { panic!("all answers name their round") };
        Rows {
            key: answer.key.clone(),
            round,
            player: answer.player.to_string(),
            change: serde_json::to_string(&answer.change).expect("JSON"),
            entry: serde_json::to_string(&entry).expect("JSON"),
        }
    }
}

struct Rows {
    key: String,
    round: RoundId,
    player: String,
    change: String,
    entry: String,
}

/// A new database that knows the players.
async fn opened(folder: &TempDir) -> (Store, String) {
    let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
    let store = Store::open(&url).await.expect("the database opens");
    for player in 0..PLAYERS {
        let id = PlayerId::new(format!("web:p{player}"));
        store.see(&id, &format!("p{player}"), Timestamp::UNIX_EPOCH).await.expect("seen");
    }
    (store, url)
}

/// New rounds, open.
async fn rounds(store: &Store, question: &Question) -> Vec<RoundId> {
    let now = Timestamp::UNIX_EPOCH;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let channel = ChannelId::new("web:quiz");
        let (space, deck) = (SpaceId::new("web"), DeckId::new("kubernetes"));
        let ask = NewAsk { space, channel: channel.clone(), deck, slot: None, expires: now };
        let outcome = store.ask(&ask, now, |_| Some(question.draft())).await.expect("asked");
        let AskOutcome::Asked(round) = outcome else { panic!("{outcome:?}") };
        for parcel in store.claim(now, SignedDuration::from_mins(1), 1).await.expect("claimed") {
            let message = MessageRef { channel: channel.clone(), id: format!("m{round}") };
            store.sent(parcel.id, &message, now).await.expect("sent");
        }
        rounds.push(round);
    }
    rounds
}

/// Hands answers to the store all at once; how long until all are durable.
async fn through_the_store(store: &Store, answers: Vec<NewAnswer>) -> Duration {
    let started = Instant::now();
    let mut waiting = JoinSet::new();
    for answer in answers {
        let store = store.clone();
        waiting.spawn(async move { store.answer(answer).await });
    }
    while let Some(answered) = waiting.join_next().await {
        assert!(matches!(answered, Ok(Ok(Answered::Taken(..)))), "{answered:?}");
    }
    started.elapsed()
}

/// Writes rows that are ready made, a statement each, and commits as the store does; how long it takes.
async fn through_a_bare_loop(connection: &mut SqliteConnection, rows: Vec<Rows>) -> Duration {
    let started = Instant::now();
    for batch in rows.chunks(BATCH) {
        connection.execute("BEGIN IMMEDIATE").await.expect("begun");
        for row in batch {
            sqlx::query(
                "INSERT INTO answers (key, round, player, way, change, at) VALUES ($1, $2, $3, 'button', $4, 0)",
            )
            .bind(row.key.as_str())
            .bind(row.round.0)
            .bind(row.player.as_str())
            .bind(row.change.as_str())
            .execute(&mut *connection)
            .await
            .expect("stored");
            sqlx::query("INSERT INTO entries (round, player, entry, credit, at) VALUES ($1, $2, $3, 10000, 0)")
                .bind(row.round.0)
                .bind(row.player.as_str())
                .bind(row.entry.as_str())
                .execute(&mut *connection)
                .await
                .expect("stored");
        }
        connection.execute("COMMIT").await.expect("committed");
    }
    started.elapsed()
}

fn answers(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    for question in questions() {
        let mut group = criterion.benchmark_group(format!("durable answers to {}", question.name));
        group.throughput(Throughput::Elements(ROUNDS * PLAYERS)).sample_size(20);
        let folder = tempfile::tempdir().expect("a folder");
        let (store, url) = runtime.block_on(opened(&folder));
        group.bench_function("through the store", |bencher| {
            bencher.iter_custom(|times| {
                let once = |_| {
                    let answers = question.answers(&runtime.block_on(rounds(&store, &question)));
                    runtime.block_on(through_the_store(&store, answers))
                };
                (0..times).map(once).sum()
            });
        });

        let mut connection = runtime.block_on(async {
            let mut connection = SqliteConnection::connect(&url).await.expect("the database opens");
            let session = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";
            connection.execute(session).await.expect("it is told");
            connection
        });
        group.bench_function("through a bare loop", |bencher| {
            bencher.iter_custom(|times| {
                let once = |_| {
                    let answers = question.answers(&runtime.block_on(rounds(&store, &question)));
                    let rows = answers.iter().map(|answer| question.rows(answer)).collect();
                    runtime.block_on(through_a_bare_loop(&mut connection, rows))
                };
                (0..times).map(once).sum()
            });
        });
        group.finish();
        runtime.block_on(store.close());
    }
}

criterion_group!(benches, answers);
criterion_main!(benches);
