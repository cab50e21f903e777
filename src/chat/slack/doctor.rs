//! Whether all is as it should be on Slack, and how to mend what is not.

use jiff::Timestamp;
use serde::Deserialize;

use super::{
    ApiError, Hears, Slack,
    api::{CHANNEL_NOT_FOUND, method::CHANNEL},
    ids,
    manifest::SCOPES,
};
use crate::{
    chat::finding::{Finding, Health},
    quiz::schedule::Plan,
};

impl Slack {
    /// Looks at everything that can be wrong: tokens, scopes, how kcard hears, clock, and the channels of these schedules.
    pub async fn examine(&self, plans: &[Plan], now: Timestamp) -> Vec<Finding> {
        let me = match self.me().await {
            Ok(me) => me,
            Err(error) => return vec![Finding::failed("SLACK_BOT_TOKEN", &error)],
        };
        let mut findings = vec![Finding::fine("SLACK_BOT_TOKEN", format!("it is a bot of the workspace {}", me.url))];
        match self.api.heads().await {
            Ok(heads) => {
                let head = |name: &str| heads.get(name).and_then(|head| head.to_str().ok());
                findings.push(scopes(head("x-oauth-scopes")));
                findings.push(Finding::clock("Slack", head("date"), now));
            }
            Err(error) => findings.push(Finding::failed("scopes", &error)),
        }
        findings.push(self.examine_hearing().await);
        let mut channels: Vec<_> =
            plans.iter().map(|plan| &plan.channel).filter(|channel| channel.face() == ids::FACE).collect();
        channels.sort();
        channels.dedup();
        if channels.is_empty() {
            findings.push(Finding::not(
                "schedules",
                Health::Poor,
                "none asks on Slack",
                "in a channel, `/kquiz schedule add`; or a [[schedule]] with channel = \"slack:CHANNEL_ID\"",
            ));
        }
        for channel in channels {
            findings.push(match ids::channel_of(channel) {
                Some(id) => self.examine_channel(id).await,
                None => Finding::not(
                    channel.to_string(),
                    Health::Bad,
                    "this is no channel's id",
                    "in Slack, open the channel's details; its id (C…) stands at the bottom of About",
                ),
            });
        }
        findings
    }

    async fn examine_hearing(&self) -> Finding {
        match &self.hears {
            Hears::Sockets(sockets) => match self.api.open_socket(&sockets.token).await {
                Ok(_) => Finding::fine("SLACK_APP_TOKEN", "Socket Mode is on"),
                Err(error @ ApiError::Token(_)) => Finding::not(
                    "SLACK_APP_TOKEN",
                    Health::Bad,
                    error.to_string(),
                    "api.slack.com/apps, your app, Basic Information, App-Level Tokens: make one with connections:write",
                ),
                Err(error) => Finding::not(
                    "Socket Mode",
                    Health::Bad,
                    error.to_string(),
                    "api.slack.com/apps, your app, Socket Mode: turn it on; the token needs connections:write",
                ),
            },
            Hears::Requests { .. } => Finding::fine(
                "SLACK_SIGNING_SECRET",
                "set; only a request of Slack's shows whether it is right: api.slack.com/apps, your app, Event Subscriptions must \
                 say Verified beside the address",
            ),
        }
    }

    async fn examine_channel(&self, id: &str) -> Finding {
        #[derive(Deserialize)]
        struct Found {
            channel: Info,
        }
        #[derive(Deserialize)]
        struct Info {
            #[serde(default)]
            name: String,
            #[serde(default)]
            is_member: bool,
            #[serde(default)]
            is_archived: bool,
        }
        let invite = "in the channel, type /invite @kcard";
        match self.api.get::<Found>(CHANNEL, &[("channel", id)]).await {
            Ok(Found { channel }) => {
                let what = format!("#{}", channel.name);
                match channel {
                    Info { is_archived: true, .. } => {
                        Finding::not(what, Health::Bad, "it is archived", "unarchive it, or name another one")
                    }
                    Info { is_member: false, .. } => Finding::not(what, Health::Bad, "kcard is not in it", invite),
                    Info { .. } => Finding::fine(what, "kcard is in it"),
                }
            }
            Err(error) if error.is(CHANNEL_NOT_FOUND) => Finding::not(
                id,
                Health::Bad,
                "there is no such channel, or it is private and kcard is not in it",
                invite,
            ),
            Err(error) => Finding::failed(id, &error),
        }
    }
}

/// What the app may, by the head of Slack's answer, against what kcard needs.
fn scopes(granted: Option<&str>) -> Finding {
    let Some(granted) = granted else { return Finding::fine("scopes", "Slack did not say which the app has") };
    let granted: Vec<&str> = granted.split(',').map(str::trim).collect();
    let missing: Vec<String> = SCOPES
        .iter()
        .filter(|(scope, _)| !granted.contains(scope))
        .map(|(scope, why)| format!("{scope} ({why})"))
        .collect();
    if missing.is_empty() {
        return Finding::fine("scopes", "the app has all it needs");
    }
    Finding::not(
        "scopes",
        Health::Bad,
        format!("missing: {}", missing.join(", ")),
        "api.slack.com/apps, your app, App Manifest: paste what `kcard manifest slack` prints, save, and install the app again",
    )
}
