//! The room in real Chromium: two browsers play a round, the keyboard alone is enough, a phone's width fits, and a restart of the
//! server is survived. Drives the real `kcard run`.
//!
//! Needs `CHROMIUM` (the browser's path) and chromedriver (`CHROMEDRIVER`, or on the path); says so and passes where the first is not
//! set. What a page does takes the time it takes, so these tests look again and again until it is so, or a deadline is over.

mod browser;
mod server;

use std::io::Write;

use browser::Driver;
use fantoccini::key::Key;
use server::Server;

/// Chromium is large: one test at a time.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A driver, or `None` where there is no browser to drive.
fn driver() -> Option<Driver> {
    if std::env::var_os("CHROMIUM").is_none() {
        // Not by a macro: what those print is only shown of tests that fail.
        let _ =
            writeln!(std::io::stderr(), "skipped: in a browser, because CHROMIUM is not set to the path of a Chromium");
        return None;
    }
    Some(Driver::start())
}

const QUESTION: &str = ".message.question.open";

#[tokio::test]
async fn two_browsers_play_a_round_by_reaction_reply_and_button() {
    let _turn = TURN.lock().await;
    let Some(driver) = driver() else { return };
    let server = Server::start();
    let (ana, bo) = (driver.opens(&server.admin_link).await, driver.opens(&server.link).await);
    ana.enters("ana").await;
    bo.enters("bo").await;
    ana.sees("#me .badge", "admin").await;
    ana.sees(QUESTION, "picks a node").await;
    bo.sees(QUESTION, "picks a node").await;

    ana.clicks(&format!("{QUESTION} .reaction[data-option='1']")).await;
    ana.sees(&format!("{QUESTION} .whisper"), "It is in").await;
    ana.sees(&format!("{QUESTION} .reaction[aria-pressed='true'] .count"), "1").await;
    bo.sees(&format!("{QUESTION} .reaction[data-option='1'] .count"), "1").await;
    bo.lacks(".whisper").await;

    bo.clicks(&format!("{QUESTION} .reply")).await;
    bo.types("kube-scheduler", Key::Enter).await;
    bo.sees(&format!("{QUESTION} .whisper"), "It is in").await;
    ana.sees(".message.said", "kube-scheduler").await;

    ana.clicks_text(&format!("{QUESTION} .controls button"), "kube-scheduler").await;
    ana.sees(&format!("{QUESTION} .whisper"), "kube-scheduler").await;

    ana.clicks("#say").await;
    ana.types("/kquiz round close", Key::Enter).await;
    for page in [&ana, &bo] {
        page.sees(".message.reveal", "kube-scheduler").await;
        page.sees(".standing", "ana").await;
        page.sees(".standing.mine", "you").await;
        page.lacks(QUESTION).await;
        page.has_no_complaints().await;
    }
    ana.photograph("round").await;
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let _turn = TURN.lock().await;
    let Some(driver) = driver() else { return };
    let server = Server::start();
    let ana = driver.opens(&server.link).await;
    ana.is_true("document.activeElement.id === 'name'", "the name field has the focus").await;
    ana.types("ana", Key::Enter).await;
    ana.sees(QUESTION, "picks a node").await;

    ana.tabs_to("document.activeElement.matches('.reaction')").await;
    ana.is_true("getComputedStyle(document.activeElement).outlineStyle !== 'none'", "the focus is visible").await;
    ana.types(" ", Key::Null).await;
    ana.sees(&format!("{QUESTION} .whisper"), "It is in").await;
    ana.types("2", Key::Null).await;
    ana.sees(&format!("{QUESTION} .reaction[data-option='2'][aria-pressed='true'] .count"), "1").await;
    ana.types("2", Key::Null).await;

    ana.tabs_to("document.activeElement.matches('.reply')").await;
    ana.types("", Key::Enter).await;
    ana.is_true("document.activeElement.id === 'say' && !document.querySelector('#replying').hidden", "replying").await;
    ana.types("kube-scheduler", Key::Enter).await;
    ana.sees(".message.said", "kube-scheduler").await;

    ana.types("/kq", Key::Null).await;
    ana.sees("#complete [role=option]", "/kquiz").await;
    ana.types("", Key::Down).await;
    ana.is_true("document.activeElement.getAttribute('aria-activedescendant') === 'complete-0'", "one is chosen").await;
    ana.types("", Key::Escape).await;
    ana.is_true("document.querySelector('#complete').hidden", "the list is closed").await;
    ana.types("uiz mi", Key::Null).await;
    ana.sees("#complete [role=option]", "mine").await;
    ana.types("", Key::Tab).await;
    ana.is_true("document.querySelector('#say').value.trim() === '/kquiz mine'", "it is completed").await;
    ana.types("", Key::Enter).await;
    ana.sees(".aside .whisper", "kube-scheduler").await;
    ana.has_no_complaints().await;
}

#[tokio::test]
async fn an_admin_adds_a_deck_by_its_file() {
    let _turn = TURN.lock().await;
    let Some(driver) = driver() else { return };
    let (server, folder) = (Server::start(), tempfile::tempdir().expect("a directory"));
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let tea = server::DECK.replace("deck: browser", "deck: tea");
    let root = driver.opens(&server.admin_link).await;
    root.enters("root").await;
    let add = async |file: std::path::PathBuf| {
        root.clicks("#say").await;
        root.types("/kquiz deck add", Key::Enter).await;
        root.is_true("document.querySelector('#sheet').open", "the form opens").await;
        root.picks("#sheet input[type=file]", &file).await;
        root.clicks("#sheet [type=submit]").await;
    };
    add(write("large.yaml", &"#".repeat(2_000_001))).await;
    root.sees("#sheet-wrong", "at most 2 MB").await;
    root.clicks("#sheet-cancel").await;
    add(write("broken.yaml", &tea.replace("level: 1", "level: 9"))).await;
    root.sees("#sheet-wrong", "line 5, column 12: 9 is out of range").await;
    root.is_true("document.querySelector('#sheet').open", "the form stays as it was filled in").await;
    root.picks("#sheet input[type=file]", &write("tea.yaml", &tea)).await;
    root.clicks("#sheet [type=submit]").await;
    root.sees(".aside .whisper", "Deck tea is added, version 1.").await;
    root.is_true("!document.querySelector('#sheet').open", "the form is closed").await;
    root.has_no_complaints().await;
}

#[tokio::test]
async fn a_phones_width_fits() {
    let _turn = TURN.lock().await;
    let Some(driver) = driver() else { return };
    let server = Server::start();
    let ana = driver.opens(&server.link).await;
    for width in [320, 360, 400] {
        ana.is_wide(width).await;
        if width == 320 {
            ana.enters("ana").await;
            ana.sees(QUESTION, "picks a node").await;
            ana.clicks("#say").await;
            ana.types(&"averylongwordwithoutaspace".repeat(10), Key::Enter).await;
            ana.sees(".message.said", "averylongword").await;
        }
        ana.is_true("document.documentElement.scrollWidth <= innerWidth", "nothing is wider than the screen").await;
        ana.is_true(
            "[...document.querySelectorAll('.chat *')].every((e) => e.closest('.unseen, pre') \
             || e.getBoundingClientRect().right <= innerWidth + 1)",
            "nothing is cut off",
        )
        .await;
        ana.photograph(&format!("phone-{width}")).await;
        ana.clicks("#show-board").await;
        ana.is_true("document.activeElement.id === 'close-board'", "the leaderboard opens").await;
        ana.types("", Key::Escape).await;
        ana.is_true("document.activeElement.id === 'show-board'", "and closes").await;
    }
    ana.has_no_complaints().await;
}

#[tokio::test]
async fn a_restart_of_the_server_is_survived_by_open_pages() {
    let _turn = TURN.lock().await;
    let Some(driver) = driver() else { return };
    let mut server = Server::start();
    let (ana, bo) = (driver.opens(&server.link).await, driver.opens(&server.link).await);
    ana.enters("ana").await;
    bo.enters("bo").await;
    ana.sees(QUESTION, "picks a node").await;
    ana.clicks(&format!("{QUESTION} .reaction[data-option='1']")).await;
    bo.sees(&format!("{QUESTION} .reaction[data-option='1'] .count"), "1").await;

    server.stop();
    ana.sees("#status", "Reconnecting").await;
    bo.clicks("#say").await;
    bo.types("said while the server was away", Key::Enter).await;
    bo.sees("#status", "Sending").await;

    server.start_again();
    ana.sees(".message.said", "said while the server was away").await;
    for page in [&ana, &bo] {
        page.is_true("document.querySelector('#status').textContent === ''", "connected again").await;
        page.sees(&format!("{QUESTION} .reaction[data-option='1'] .count"), "1").await;
        page.is_true("document.querySelectorAll('.message.said').length === 1", "said once").await;
    }
    ana.clicks(&format!("{QUESTION} .reaction[data-option='1']")).await;
    bo.is_true(
        "document.querySelector('.reaction[data-option=\"1\"] .count').textContent === ''",
        "live again: the reaction is gone",
    )
    .await;
}
