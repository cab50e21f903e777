//! A page of a leaderboard with one's own rank, over 1,000,000 answers of 100,000 players. Goal: under 5 ms (docs/benchmarks.md).

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{Timestamp, tz::TimeZone};
use kcard::{
    quiz::{
        id::{PlayerId, SpaceId},
        standing::Period,
    },
    store::Store,
};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tokio::runtime::Runtime;

const PLAYERS: u32 = 100_000;

/// A thousand rounds with a thousand answers each; every player answers ten, with luck and skill of their own. The sums that the
/// store keeps are made from the awards at once.
const FILL: &str = r#"
    BEGIN;
    CREATE TEMP TABLE n AS WITH RECURSIVE n (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM n WHERE n < 99999) SELECT n FROM n;
    INSERT INTO players (id, name, seen) SELECT printf('web:p%05d', n), printf('p%05d', n), 0 FROM n;
    INSERT INTO rounds (id, space, channel, deck, card, topic, number, cycle, asked, rules, state, created)
        SELECT n + 1, 'web', 'web:quiz', 'd', 'c' || n, 't', 0, 1, '{}', '{}', 'closed', 0 FROM n WHERE n < 1000;
    CREATE TEMP TABLE played AS
        SELECT r.n + 1 AS round, printf('web:p%05d', p.n) AS player,
               ((p.n * 2654435761 + r.n * 40503) >> 9) % (2 + p.n % 5) AS luck
        FROM n p JOIN n r ON r.n < 1000 AND r.n % 100 = p.n % 100;
    INSERT INTO answers (key, round, player, way, change, at)
        SELECT round || '/' || player, round, player, 'button', '{"set":{"options":[2]}}', 0 FROM played;
    INSERT INTO entries (round, player, entry, credit, at)
        SELECT round, player, '{"marks":[{"reaction":false,"options":[2],"ordered":true}],"tries":[]}', 10000, 0 FROM played;
    INSERT INTO awards (round, player, points, credit, reason, at)
        SELECT round, player, 10 - 10 * MIN(luck, 3) / 3, 10000 - 10000 * MIN(luck, 3) / 3, '', 0 FROM played;
    INSERT INTO counted (round, period) SELECT id, 'a' FROM rounds;
    INSERT INTO standings (space, period, player, name, hidden, points, credit, answered, rate)
        SELECT 'web', 'a', player, substr(player, 5), 0, SUM(points), SUM(credit), COUNT(*), SUM(credit) * 1000000 / COUNT(*)
        FROM awards GROUP BY player;
    INSERT INTO tallies (space, period, points, players)
        SELECT space, period, points, COUNT(*) FROM standings GROUP BY space, period, points;
    COMMIT"#;

async fn filled(url: &str) -> Store {
    Store::open(url).await.expect("the database opens").close().await;
    let mut connection = SqliteConnection::connect(url).await.expect("the database opens");
    connection.execute(sqlx::raw_sql(FILL)).await.expect("the data can be made");
    connection.close().await.expect("the connection closes");
    Store::open(url).await.expect("the database opens")
}

fn leaderboard(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let store = runtime.block_on(filled(&format!("sqlite://{}", folder.path().join("kcard.db").display())));
    let space = SpaceId::new("web");
    let key = Period::All.key(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
    let page = |offset: u32, limit: u32, own: &PlayerId| {
        runtime
            .block_on(store.board(&space, &key, offset.into(), limit.into(), Some(own)))
            .expect("the board can be read")
    };

    let whole = page(0, PLAYERS, &PlayerId::new("web:p00000"));
    assert_eq!((whole.players, whole.rows.len()), (i64::from(PLAYERS), PLAYERS as usize));
    let mut group = criterion.benchmark_group("leaderboard");
    for (name, offset) in [("first page", 0), ("middle page", PLAYERS / 2), ("last page", PLAYERS - 10)] {
        for (whose, place) in [("the median player", PLAYERS / 2), ("the last player", PLAYERS - 1)] {
            let own = &whole.rows[place as usize];
            assert_eq!(page(offset, 10, &own.player).own.as_ref(), Some(own));
            group.bench_function(format!("{name}, own rank of {whose}"), |bencher| {
                bencher.iter(|| black_box(page(offset, 10, &own.player)));
            });
        }
    }
    group.finish();
    runtime.block_on(store.close());
}

criterion_group!(benches, leaderboard);
criterion_main!(benches);
