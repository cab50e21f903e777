//! Where a scene's store is: a fresh SQLite file, or a fresh database on the server of `TEST_POSTGRES_URL`, dropped at the end.

use std::io::{self, Write as _};

use sqlx::{Connection, Executor, PgConnection};

/// Which store a scene is played on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

pub struct Database {
    pub url: String,
    place: Place,
}

enum Place {
    Directory { _kept: tempfile::TempDir },
    Server { admin: String, name: String },
}

impl Database {
    /// `None`, said on standard error, where there is no such server.
    pub async fn fresh(on: On) -> Option<Self> {
        if on == On::Sqlite {
            let directory = tempfile::tempdir().expect("a temporary directory can be made");
            let url = format!("sqlite://{}", directory.path().join("kcard.db").display());
            return Some(Self { url, place: Place::Directory { _kept: directory } });
        }
        let Ok(admin) = std::env::var("TEST_POSTGRES_URL") else {
            // Not `eprintln!`, which is kept back while the test passes.
            writeln!(io::stderr(), "skipped: a scene on PostgreSQL, because TEST_POSTGRES_URL is not set").ok();
            return None;
        };
        let name = format!("kcard_scene_{:x}", rand::random::<u64>());
        let (server, _) = admin.rsplit_once('/').expect("the URL names a database");
        let url = format!("{server}/{name}");
        let mut connection = PgConnection::connect(&admin).await.expect("PostgreSQL answers");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(sqlx::query(create)).await.expect("a database can be made");
        Some(Self { url, place: Place::Server { admin, name } })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Place::Server { admin, name } = &self.place else { return };
        let (admin, name) = (admin.clone(), name.clone());
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let drop = sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                let mut connection = PgConnection::connect(&admin).await.expect("PostgreSQL answers");
                connection.execute(sqlx::query(drop)).await.expect("the database can be dropped");
            });
        });
        dropped.join().expect("the database was dropped");
    }
}
