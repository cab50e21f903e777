//! The page and its files: nothing foreign, nothing that could become HTML, and headers that hold it to that.

use std::{fs, path::Path};

use reqwest::Method;

use crate::kit::Room;

fn files() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chat/web/page");
    let entries = fs::read_dir(page).expect("the page's directory");
    entries
        .map(|entry| {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("text"))
        })
        .collect()
}

#[test]
fn no_script_makes_html_of_text() {
    for (name, content) in files() {
        for way in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "srcdoc",
            "eval(",
            "Function(",
            "createContextualFragment",
            "setHTML",
            "onclick=\"",
            "javascript:",
        ] {
            assert!(!content.contains(way), "{name} has {way}");
        }
    }
}

#[test]
fn no_file_comes_from_another_host() {
    for (name, content) in files() {
        let content = content.replace("http://www.w3.org/2000/svg", "").replace("startsWith(\"https://\")", "");
        assert!(!content.contains("http://") && !content.contains("https://"), "{name} names another host");
        assert!(!content.contains("@import") && !content.contains("url("), "{name} fetches something");
    }
}

#[tokio::test]
async fn every_file_of_the_page_is_served_under_the_policy() {
    let room = Room::open().await;
    let browser = room.stranger();
    let paths = files().into_iter().map(|(name, _)| format!("/{}", name.replace("index.html", "")));
    for path in paths.chain(["/api/room".to_owned(), "/api/messages?channel=x".to_owned(), "/?admin=wrong".to_owned()])
    {
        let answer = browser.request(Method::GET, &path).send().await.expect("an answer");
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let policy = header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]
        {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        if !path.contains('?') {
            assert_eq!(answer.status(), 200, "{path}");
        }
    }
}
