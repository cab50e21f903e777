//! What only the writing connection can be told: how much space there is.

use super::Database;
use crate::store::StoreError;

/// On a full disk SQLite rolls back by itself. That is said, and when there is space again all goes on.
#[tokio::test]
async fn a_full_disk_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
    let db = Database::open(&url).await.expect("it opens");
    let write = async |value: &str| -> sqlx::Result<()> {
        let mut tx = db.begin().await?;
        sqlx::query("INSERT INTO shown (player, asked, at) VALUES ($1, $1, 0)").bind(value).execute(&mut *tx).await?;
        tx.commit().await
    };
    write("there is space").await.expect("written");
    // The limit is this connection's own: not a page more than there are.
    sqlx::query("PRAGMA max_page_count = 1").fetch_all(&db.write).await.expect("limited");
    let refused = StoreError::from(write(&"x".repeat(1_000_000)).await.expect_err("there is no space"));
    assert!(refused.to_string().contains("the disk is full; free some space"), "{refused}");
    write("there is space again").await.expect("a new connection knows no limit");
    db.close().await;
}
