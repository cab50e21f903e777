//! What turns Slack on, and what is refused.

use std::path::Path;

use rstest::rstest;
use secrecy::ExposeSecret;

use super::*;
use crate::config::Config;

fn read(bot: &str, app: &str, secret: &str, api: &str) -> Result<Config, ConfigError> {
    let set = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let slack = Over { bot_token: set(bot), app_token: set(app), signing_secret: set(secret), api_url: set(api) };
    let over = crate::config::Over { slack, ..Default::default() };
    Config::parse("[slack]\nadmins = [\"U012AB3CD\"]\n", Path::new("kcard.toml"), over)
}

#[test]
fn tokens_turn_slack_on_and_are_shown_to_nobody() {
    let config = read(" xoxb-secret\n", "xapp-secret", "", "http://127.0.0.1:8080/api/").expect("it can be read");
    assert!(!format!("{config:?}").contains("secret"));
    let slack = config.slack.expect("it is turned on");
    assert_eq!(slack.token.secret().expose_secret(), "xoxb-secret");
    assert!(matches!(slack.hears, Hears::Sockets(_)));
    assert_eq!(slack.api.as_deref(), Some("http://127.0.0.1:8080/api"));
    assert_eq!(slack.admins, ["U012AB3CD"]);
}

#[test]
fn a_signing_secret_does_where_there_is_no_app_token() {
    let hears =
        |app, secret| read("xoxb-1", app, secret, "").expect("it can be read").slack.expect("it is turned on").hears;
    assert!(matches!(hears("", "8f2a"), Hears::Requests(_)));
    assert!(matches!(hears("xapp-1", "8f2a"), Hears::Sockets(_)), "connections are opened where both are there");
    assert_eq!(read("", "", "", "http://127.0.0.1:1/api").expect("it can be read").slack, None);
}

#[rstest]
#[case::nothing_is_heard("xoxb-1", "", "", "", "no way to hear")]
#[case::no_bot("", "xapp-1", "", "", "SLACK_BOT_TOKEN is not set")]
#[case::no_bot_either("", "", "8f2a", "", "SLACK_BOT_TOKEN is not set")]
#[case::exchanged("xapp-1", "xoxb-1", "", "", "SLACK_APP_TOKEN is not what it should be, which begins with xapp-")]
#[case::a_users("xoxp-1", "xapp-1", "", "", "SLACK_BOT_TOKEN is not what it should be, which begins with xoxb-")]
#[case::two_lines("xoxb-1\n2", "xapp-1", "", "", "SLACK_BOT_TOKEN is not")]
#[case::not_the_api("xoxb-1", "xapp-1", "", "http://127.0.0.1:8080", "/api at the end")]
#[case::no_scheme("xoxb-1", "xapp-1", "", "127.0.0.1:8080/api", "a scheme")]
fn what_cannot_reach_slack_is_refused(
    #[case] bot: &str,
    #[case] app: &str,
    #[case] secret: &str,
    #[case] api: &str,
    #[case] says: &str,
) {
    let said = read(bot, app, secret, api).expect_err("it is refused").to_string();
    assert!(said.contains(says), "{said}");
}

#[rstest]
#[case("[slack]\nadmins = [\"ana\"]\n", "Copy member ID")]
#[case("[slack]\ntoken = \"xoxb-1\"\n", "token")]
fn a_mistake_in_the_file_is_told_at_its_line(#[case] text: &str, #[case] says: &str) {
    let said = Config::parse(text, Path::new("kcard.toml"), crate::config::Over::default())
        .expect_err("it is refused")
        .to_string();
    assert!(said.contains(says) && said.contains("kcard.toml:2"), "{said}");
}
