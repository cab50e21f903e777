//! `kcard manifest slack`: read back by a YAML parser and by the Slack client's own model.

use kcard::chat::slack::manifest::SCOPES;
use rstest::rstest;
use serde_json::{Value, json};
use slack_morphism::prelude::SlackAppManifest;

use crate::{
    kit::refused,
    process::{Home, Said, run},
};

fn manifest(words: &[&str]) -> (Value, SlackAppManifest) {
    let Said { code, out, err } = run(&mut Home::new().kcard(&[&["manifest", "slack"], words].concat()));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let model = serde_saphyr::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
    (serde_saphyr::from_str(&out).expect("YAML"), model)
}

#[test]
fn the_manifest_is_what_slack_reads() {
    let (yaml, model) = manifest(&[]);
    // All but what the client does not know stands in its model.
    let mut known = yaml.clone();
    known["settings"].as_object_mut().expect("settings").remove("token_rotation_enabled");
    assert_eq!(serde_json::to_value(&model).expect("JSON"), known);
    let scopes: Vec<&str> = SCOPES.iter().map(|(scope, _)| *scope).collect();
    assert_eq!(yaml["oauth_config"]["scopes"]["bot"], json!(scopes));
    assert_eq!(yaml["settings"]["socket_mode_enabled"], true);
    assert!(!yaml.to_string().contains("http"), "nothing is called: {yaml}");
    let commands = yaml["features"]["slash_commands"].as_array().expect("commands");
    let hints = commands.iter().map(|command| format!("{} {}", command["command"], command["usage_hint"]));
    insta::assert_snapshot!(
        hints.collect::<Vec<_>>().join("\n").replace('"', ""),
        @"
    /kcard [topic] [deck] [public]
    /kquiz ask | schedule | leaderboard | mine | stats | season | deck | settings | round | dispute | player | privacy | help
    "
    );
}

/// Slack's documentation, "App manifest reference".
#[test]
fn the_manifest_keeps_the_limits() {
    let (yaml, _) = manifest(&["--url", "https://quiz.example.org"]);
    let length = |text: &Value, most: usize| {
        let length = text.as_str().map_or(0, |text| text.chars().count());
        assert!((1..=most).contains(&length), "{length}: {text}");
    };
    let (about, features) = (&yaml["display_information"], &yaml["features"]);
    length(&about["name"], 35);
    length(&about["description"], 140);
    length(&features["bot_user"]["display_name"], 80);
    length(&features["shortcuts"][0]["name"], 24);
    length(&features["shortcuts"][0]["description"], 150);
    for command in features["slash_commands"].as_array().expect("commands") {
        length(&command["command"], 32);
        length(&command["description"], 2_000);
        length(&command["usage_hint"], 1_000);
    }
}

#[rstest]
#[case("https://quiz.example.org")]
#[case("https://quiz.example.org/")]
#[case("https://example.org:8443/quiz")]
fn with_an_address_slack_calls_it(#[case] address: &str) {
    let (yaml, _) = manifest(&["--url", address]);
    let address = address.trim_end_matches('/');
    assert_eq!(yaml["settings"]["socket_mode_enabled"], false);
    assert_eq!(yaml["settings"]["event_subscriptions"]["request_url"], format!("{address}/slack/events"));
    assert_eq!(yaml["settings"]["interactivity"]["request_url"], format!("{address}/slack/interactions"));
    for command in yaml["features"]["slash_commands"].as_array().expect("commands") {
        assert_eq!(command["url"], format!("{address}/slack/commands"));
    }
}

#[rstest]
#[case("http://quiz.example.org")]
#[case("quiz.example.org")]
#[case("https://")]
#[case("https:///x")]
#[case("https://a b")]
#[case("https://a\"\nb: c")]
#[case("https://a/?x#y")]
fn an_address_that_slack_cannot_call_is_refused(#[case] address: &str) {
    let err = refused(&Home::new(), &["manifest", "slack", "--url", address]);
    assert!(err.contains("https://quiz.example.org"), "{err}");
}

/// Whoever makes the app is told what for.
#[test]
fn the_guide_names_every_scope() {
    let guide = include_str!("../../docs/slack.md");
    for (scope, _) in SCOPES {
        assert!(guide.contains(&format!("`{scope}`")), "docs/slack.md does not say what {scope} is for");
    }
}
