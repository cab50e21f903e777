//! `kcard doctor slack`, the real binary against the stand-in.

use jiff::{SignedDuration, Timestamp};

use crate::{
    deck::only,
    process::{Home, Said, run},
    stage::Stage,
    standin::{Channel, Leave},
};

/// A workspace with what kcard needs, and a home that asks in `daily` there.
struct Clinic {
    stage: Stage,
    home: Home,
}

impl Clinic {
    async fn opens() -> Self {
        let clinic = Self { stage: Stage::set(only(&["scheduler"])).await, home: Home::new() };
        clinic.asks_in(&clinic.stage.daily);
        clinic
    }

    fn asks_in(&self, channel: &Channel) {
        self.asks(&channel.id);
    }

    fn asks(&self, channel: &str) {
        let schedule = format!("[[schedule]]\nname = \"daily\"\nchannel = \"slack:{channel}\"\nat = \"daily 09:00\"\n");
        self.home.write("kcard.toml", &schedule);
    }

    /// The lines of the table, without the padding, with the exit code.
    async fn examines(&self) -> (Option<i32>, String) {
        self.examines_with("", "").await
    }

    /// The same, where this stands in place of what a variable ought to be.
    async fn examines_with(&self, variable: &str, value: &str) -> (Option<i32>, String) {
        let slack = &self.stage.slack;
        let mut command = self.home.kcard(&["doctor", "slack", "--config", "kcard.toml", "--data", "data"]);
        command.env("SLACK_BOT_TOKEN", slack.bot_token()).env("SLACK_APP_TOKEN", slack.app_token());
        command.env("SLACK_API_URL", slack.api_url());
        if !variable.is_empty() {
            command.env(variable, value);
        }
        let Said { code, out, err } = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
        assert_eq!(err, "", "{out}");
        let words = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let table = words.collect::<Vec<_>>().join("\n");
        for secret in [&slack.bot_token(), &slack.app_token(), value] {
            assert!(secret.is_empty() || !table.contains(secret), "{table}");
        }
        (code, table)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_well() {
    let clinic = Clinic::opens().await;
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    assert!(!table.contains("WRONG") && !table.contains("could be better"), "{table}");
    for line in [
        "SLACK_BOT_TOKEN ok it is a bot of the workspace https://team.slack.com/",
        "scopes ok the app has all it needs",
        "clock ok",
        "SLACK_APP_TOKEN ok Socket Mode is on",
        "#daily ok kcard is in it",
    ] {
        assert!(table.contains(line), "no `{line}` in\n{table}");
    }
    assert_eq!(clinic.stage.slack.sockets_ever(), 0, "looking does not connect");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_scope_is_named_with_what_it_is_for() {
    let clinic = Clinic::opens().await;
    clinic.stage.slack.takes_scope("reactions:write");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("scopes WRONG missing: reactions:write (the number reactions"), "{table}");
    assert!(table.contains("kcard manifest slack"), "{table}");
    assert!(table.contains("#daily ok"), "the rest is looked at all the same:\n{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_token_that_is_refused() {
    let clinic = Clinic::opens().await;
    let (code, table) = clinic.examines_with("SLACK_BOT_TOKEN", "xoxb-of-another-app").await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("SLACK_BOT_TOKEN WRONG") && table.contains("invalid_auth"), "{table}");
    assert!(table.contains("OAuth & Permissions"), "it is told where to find the right one:\n{table}");
    clinic.stage.slack.revokes_the_tokens("account_inactive");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("account_inactive"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_token_that_is_refused() {
    let clinic = Clinic::opens().await;
    let (code, table) = clinic.examines_with("SLACK_APP_TOKEN", "xapp-of-another-app").await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("SLACK_BOT_TOKEN ok"), "{table}");
    assert!(table.contains("SLACK_APP_TOKEN WRONG") && table.contains("connections:write"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_it_hears_that_is_turned_off_or_not_allowed() {
    let clinic = Clinic::opens().await;
    clinic.stage.slack.takes_scope("connections:write");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("Socket Mode WRONG") && table.contains("connections:write"), "{table}");
    let clinic = Clinic::opens().await;
    clinic.stage.slack.asks_to_leave(Leave::Disabled);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("Socket Mode WRONG") && table.contains("turn it on"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_in_which_nothing_can_be_asked() {
    let clinic = Clinic::opens().await;
    let slack = &clinic.stage.slack;
    let (other, hidden) = (slack.channel_without_bot("other"), slack.private_channel("hidden"));
    let mut found = Vec::new();
    for channel in [&other.id, &hidden.id, "C0NOWHERE", "daily"] {
        clinic.asks(channel);
        let (code, table) = clinic.examines().await;
        assert_eq!(code, Some(1), "{table}");
        found.push(table);
    }
    assert!(found[0].contains("#other WRONG kcard is not in it"), "{}", found[0]);
    assert!(found[0].contains("/invite @kcard"), "{}", found[0]);
    for (table, channel) in found[1..3].iter().zip([&hidden.id, "C0NOWHERE"]) {
        assert!(table.contains(&format!("{channel} WRONG there is no such channel, or it is private")), "{table}");
    }
    assert!(found[3].contains("slack:daily WRONG"), "{}", found[3]);
    clinic.asks_in(&clinic.stage.daily);
    clinic.stage.daily.is_archived(true);
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("#daily WRONG it is archived"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_schedule_on_slack_could_be_better() {
    let clinic = Clinic::opens().await;
    clinic.home.write("kcard.toml", "");
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(0), "{table}");
    assert!(table.contains("schedules could be better none asks on Slack"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off() {
    let clinic = Clinic::opens().await;
    clinic.stage.slack.tells_the_time(Timestamp::now() - SignedDuration::from_mins(10));
    let (code, table) = clinic.examines().await;
    assert_eq!(code, Some(1), "{table}");
    assert!(table.contains("clock WRONG 6") && table.contains("NTP"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_requests_are_said_to_be_unproven() {
    let clinic = Clinic::opens().await;
    let mut command = clinic.home.kcard(&["doctor", "slack", "--config", "kcard.toml", "--data", "data"]);
    let slack = &clinic.stage.slack;
    command.env("SLACK_BOT_TOKEN", slack.bot_token()).env("SLACK_SIGNING_SECRET", slack.signing_secret());
    command.env("SLACK_API_URL", slack.api_url());
    let Said { code, out, .. } = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("SLACK_SIGNING_SECRET") && out.contains("Verified"), "{out}");
    assert!(!out.contains(&slack.signing_secret()), "{out}");
}

#[test]
fn nothing_is_set() {
    let home = Home::new();
    let Said { code, out, err } = run(&mut home.kcard(&["doctor", "slack"]));
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("SLACK_BOT_TOKEN is not set") && err.contains("docs/slack.md"), "{err}");
}
