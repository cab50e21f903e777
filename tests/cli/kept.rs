//! `kcard backup` and `kcard restore`: what is copied while kcard runs, and what it takes to put it back.

use std::{fs, os::unix::fs::PermissionsExt};

use rstest::rstest;

use crate::{
    guests::{Guest, home, option, run_in},
    kit::{refused, sql, sql_in},
    process::{Home, Running, Said, run, until},
};

/// Runs a subcommand on the home's data; it must go well.
fn does(home: &Home, words: &[&str]) -> String {
    let Said { code, out, err } = run(&mut home.kcard(&[words, &["--data", "data"]].concat()));
    assert_eq!(code, Some(0), "{words:?}: {out}{err}");
    out
}

#[test]
fn a_backup_taken_while_people_play_brings_it_all_back() {
    let home = home();
    let running = run_in(&home);
    let (ana, bo) = (Guest::looks_after(&running, "ana"), Guest::enters(&running, "bo"));
    let question = ana.question();
    ana.reacts(&question, option(&question, "Salt")).unwrap();
    bo.reacts(&question, option(&question, "Bones")).unwrap();
    ana.says("/kquiz round close", None);
    until(|| sql(&home, "SELECT COUNT(*) FROM rounds WHERE state = 'closed'") == 1);
    let board = does(&home, &["leaderboard"]);
    assert!(board.contains("ana") && board.contains("10"), "{board}");

    let said = does(&home, &["backup", "kept.db"]);
    assert!(said.contains("a sound copy") && said.contains("All that is derived is as it should be."), "{said}");
    assert_eq!(fs::metadata(home.path("kept.db")).unwrap().permissions().mode() & 0o777, 0o600);
    let before = fs::read(home.path("kept.db")).unwrap();
    assert!(refused(&home, &["backup", "kept.db", "--data", "data"]).contains("is there already"));
    let err = refused(&home, &["restore", "kept.db", "--data", "data"]);
    assert!(err.contains("another kcard runs on"), "{err}");

    // What is played after the backup is lost with the restore, and what stood before it is kept beside.
    ana.says("/kquiz ask", None);
    until(|| sql(&home, "SELECT COUNT(*) FROM rounds WHERE state = 'open'") == 1);
    drop(running);
    let said = does(&home, &["restore", "kept.db"]);
    assert!(said.contains("What was there is kept as data/kcard.db.before-restore-"), "{said}");
    assert_eq!(sql(&home, "SELECT COUNT(*) FROM rounds"), 1);
    assert_eq!(does(&home, &["leaderboard"]), board);
    does(&home, &["store", "verify"]);
    let kept = fs::read_dir(home.path("data")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let kept: Vec<String> = kept.filter(|name| name.contains("before-restore")).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    fs::copy(home.path("data").join(&kept[0]), home.path("data/kcard.db")).unwrap();
    assert_eq!(
        sql(&home, "SELECT COUNT(*) FROM rounds"),
        2,
        "all of what was there is kept, also what only its log held"
    );

    let running = run_in(&home);
    assert_eq!(running.get("/readyz").0, "HTTP/1.1 200 OK");
    assert_eq!(running.stop("TERM").code, Some(0));
    assert_eq!(fs::read(home.path("kept.db")).unwrap(), before, "a backup stays as it was");
}

#[test]
fn a_backup_is_restored_where_nothing_was() {
    let first = home();
    run_in(&first).stop("TERM");
    does(&first, &["backup", "kept.db"]);
    let second = Home::new();
    fs::copy(first.path("kept.db"), second.path("kept.db")).unwrap();
    let said = does(&second, &["restore", "kept.db"]);
    assert!(!said.contains("What was there"), "{said}");
    does(&second, &["store", "verify"]);
    assert_eq!(sql(&second, "SELECT COUNT(*) FROM schedules"), 1);
}

/// Root restores what another user runs.
#[test]
fn what_root_restores_belongs_to_whom_it_belonged() {
    use std::os::unix::fs::{MetadataExt, chown};
    let home = home();
    run_in(&home).stop("TERM");
    does(&home, &["backup", "kept.db"]);
    let own = fs::metadata(home.path("data")).unwrap().uid();
    let owner = if own == 0 { 12_345 } else { own };
    for file in ["data", "data/kcard.db"] {
        chown(home.path(file), Some(owner), None).unwrap();
    }
    for is_there in [true, false] {
        if !is_there {
            fs::remove_file(home.path("data/kcard.db")).unwrap();
        }
        does(&home, &["restore", "kept.db"]);
        for file in ["data/kcard.db", "data/kcard.db.lock"] {
            assert_eq!(fs::metadata(home.path(file)).unwrap().uid(), owner, "{file}");
        }
    }
}

/// What SQLite left of a database that was moved away is read into no other one of its name.
#[test]
fn what_is_left_beside_a_database_is_kept_out_of_another() {
    let home = home();
    let running = run_in(&home);
    let ana = Guest::looks_after(&running, "ana");
    ana.question();
    does(&home, &["backup", "kept.db"]);
    ana.says("/kquiz round close", None);
    ana.says("/kquiz ask", None);
    until(|| sql(&home, "SELECT COUNT(*) FROM rounds") == 2);
    drop(running);
    assert!(fs::metadata(home.path("data/kcard.db-wal")).unwrap().len() > 0, "it was killed, and its log stays");
    fs::copy(home.path("data/kcard.db-wal"), home.path("other.db-wal")).unwrap();
    let err = refused(&home, &["backup", "other.db", "--data", "data"]);
    assert!(err.contains("other.db-wal is left of another database"), "{err}");
    fs::rename(home.path("data/kcard.db"), home.path("data/moved.db")).unwrap();
    does(&home, &["restore", "kept.db"]);
    assert_eq!(sql(&home, "SELECT COUNT(*) FROM rounds"), 1);
    does(&home, &["store", "verify"]);
}

#[test]
fn a_database_that_is_damaged_is_replaced_and_kept() {
    let home = home();
    run_in(&home).stop("TERM");
    does(&home, &["backup", "kept.db"]);
    home.write("data/kcard.db", &"damaged ".repeat(1_000));
    does(&home, &["restore", "kept.db"]);
    does(&home, &["store", "verify"]);
    let mut files = fs::read_dir(home.path("data")).unwrap().map(|file| file.unwrap().path());
    let kept = files.find(|path| path.to_string_lossy().contains("before-restore")).unwrap();
    assert!(fs::read_to_string(kept).unwrap().starts_with("damaged "));
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let home = Home::new();
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    does(&home, &["backup", "later.db"]);
    fs::copy(home.path("later.db"), home.path("short.db")).unwrap();
    let short = fs::OpenOptions::new().write(true).open(home.path("short.db")).unwrap();
    short.set_len(fs::metadata(home.path("short.db")).unwrap().len() / 2).unwrap();
    home.write("notes.txt", &"what is no database, however long it is".repeat(100));
    sql_in(&home.path("other.db"), "CREATE TABLE notes (id INTEGER)");
    let later =
        "UPDATE _sqlx_migrations SET version = 9999 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)";
    sql_in(&home.path("later.db"), later);
    let before = fs::read(home.path("data/kcard.db")).unwrap();
    for (file, says) in [
        ("-", "`-` is no file"),
        ("none.db", "there is no file none.db"),
        ("notes.txt", "name a SQLite file"),
        ("other.db", "holds nothing of kcard's"),
        ("later.db", "newer than this kcard: it has migration 9999"),
        ("short.db", "damaged"),
    ] {
        let err = refused(&home, &["restore", file, "--data", "data"]);
        assert!(err.contains(says), "{file}: {err}");
        assert!(fs::read(home.path("data/kcard.db")).unwrap() == before, "{file}: the database was changed");
        let mut left = fs::read_dir(home.path("data")).unwrap().map(|file| file.unwrap().file_name());
        assert!(left.all(|name| name == "kcard.db" || name == "kcard.db.lock"), "{file} left something behind");
    }
}

#[test]
fn nothing_is_copied_where_there_is_nothing_or_no_place() {
    let home = Home::new();
    assert!(refused(&home, &["backup", "kept.db"]).contains("its folder kcard-data does not exist"));
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    let err = refused(&home, &["backup", "none/kept.db", "--data", "data"]);
    assert!(err.contains("cannot write none/kept.db.partial"), "{err}");
    assert!(refused(&home, &["backup", "-", "--data", "data"]).contains("`-` is no file"));
}

#[rstest]
#[case::copied("backup", "pg_dump --format=custom --no-owner --file=kept.dump \"$DATABASE_URL\"")]
#[case::restored(
    "restore",
    "pg_restore --clean --if-exists --no-owner --single-transaction --dbname=\"$DATABASE_URL\" kept.dump"
)]
fn postgresql_is_left_to_its_own_tools(#[case] command: &str, #[case] tool: &str) {
    let home = Home::new();
    let Said { code, err, .. } =
        run(home.kcard(&[command, "kept.dump"]).env("DATABASE_URL", "postgres://kcard:secret@127.0.0.1:1/kcard"));
    assert_eq!(code, Some(2));
    assert!(err.contains(tool) && !err.contains("secret"), "{err}");
}
