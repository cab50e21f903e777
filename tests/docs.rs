//! The pages that name tests: each test stands where they say, each row and each promise has one.

use std::{fs, path::Path};

use regex_lite::Regex;

const SECURITY: &str = include_str!("../SECURITY.md");
const PROMISES: &str = include_str!("../docs/promises.md");

/// The tests that a text names, as file and function: `tests/web/gate.rs::a_foreign_name_that_points_here_is_refused`.
fn named(text: &str) -> Vec<(String, String)> {
    let name = Regex::new(r"`([a-z_/]+\.rs)::([a-z0-9_]+)`").expect("a pattern");
    name.captures_iter(text).map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}

/// Whether a function of this name stands in the file.
fn stands((file, function): &(String, String)) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).unwrap_or_default();
    ["(", "<"].iter().any(|end| text.contains(&format!("fn {function}{end}")))
}

#[test]
fn every_test_that_is_named_is_there() {
    let all = [named(SECURITY), named(PROMISES)].concat();
    assert!(all.len() > 50, "the names are read: {}", all.len());
    let missing: Vec<_> = all.iter().filter(|test| !stands(test)).collect();
    assert_eq!(missing, Vec::<&(String, String)>::new(), "there is no such test");
    assert!(!stands(&("tests/docs.rs".into(), "no_such_test".into())), "and what is not there is found out");
}

#[test]
fn every_row_of_what_is_exposed_has_a_test() {
    let rows: Vec<&str> = SECURITY.lines().filter(|line| line.starts_with("| ")).collect();
    let rows: Vec<&&str> =
        rows.iter().filter(|row| !row.starts_with("| what ") && !row.starts_with("| --- ")).collect();
    assert!(rows.len() > 20, "the table is read");
    for row in rows {
        assert!(!named(row).is_empty(), "no test tries to get in here: {row}");
    }
}

#[test]
fn every_promise_has_a_test_and_a_mutation() {
    let promises: Vec<&str> =
        PROMISES.split("\n## ").skip(1).filter(|part| part.starts_with(char::is_numeric)).collect();
    assert_eq!(promises.len(), 9);
    for (number, promise) in (1..).zip(promises) {
        assert!(promise.starts_with(&format!("{number}. ")), "the promises stand in order: {promise}");
        assert!(!named(promise).is_empty(), "no test keeps it: {promise}");
        assert!(promise.contains("Taken out:"), "nobody has looked whether its test can fail: {promise}");
    }
}

/// What the table says of what is built and shipped.
#[test]
fn ci_looks_at_every_dependency_and_the_image_runs_as_nobody() {
    let check = include_str!("../.ci/check");
    assert!(check.lines().any(|line| line == "step cargo deny check licenses bans sources"), "{check}");
    let image = include_str!("../Dockerfile");
    let (_, shipped) = image.rsplit_once("\nFROM ").expect("it is built in two stages");
    let users: Vec<&str> = shipped.lines().filter_map(|line| line.strip_prefix("USER ")).collect();
    assert_eq!(users, ["10001:10001"], "a user by number, so that Kubernetes can see that it is not root");
}
