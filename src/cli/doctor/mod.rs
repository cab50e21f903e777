//! `kcard doctor`: what is fine, what is not, and how to mend it, as a table.

mod here;

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

use super::{Outcome, Settings, in_runtime};
use crate::{
    chat::{
        discord::Discord,
        finding::{Finding, Health},
        slack::Slack,
    },
    clock::{Clock, SystemClock},
    config::Config,
    quiz::schedule::Plan,
    store::Store,
};

/// What to look at.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One chat platform, instead of everything
    #[command(subcommand)]
    platform: Option<Platform>,
}

/// Which platform.
#[derive(Debug, Clone, Copy, clap::Subcommand)]
enum Platform {
    /// Discord: token, application, intents, clock, and what kcard may in every channel that has a schedule
    Discord,
    /// Slack: tokens, scopes, how kcard hears, clock, and whether kcard is in every channel that has a schedule
    Slack,
}

/// Examines, prints, and fails where something does not work.
pub(super) fn run(settings: Settings, args: &Args) -> anyhow::Result<Outcome> {
    let findings = match (args.platform, settings.load()) {
        (Some(Platform::Discord), config) => in_runtime(discord(&config?))?,
        (Some(Platform::Slack), config) => in_runtime(slack(&config?))?,
        (None, Ok(config)) => in_runtime(everything(&config))?,
        // Without a configuration nobody knows where to look.
        (None, Err(error)) => vec![Finding::failed("configuration", &error)],
    };
    writeln!(io::stdout(), "{}", table(&findings))?;
    let is_bad = findings.iter().any(|finding| finding.health == Health::Bad);
    Ok(if is_bad { Outcome::Failed } else { Outcome::Well })
}

/// What is here, then the platforms that are turned on.
async fn everything(config: &Config) -> anyhow::Result<Vec<Finding>> {
    let mut findings = here::examine(config, SystemClock.now()).await;
    let of = |platform: &'static str, findings: Vec<Finding>| {
        findings.into_iter().map(move |finding| Finding { what: format!("{platform}: {}", finding.what), ..finding })
    };
    if config.discord.is_some() {
        findings.extend(of("Discord", discord(config).await?));
    }
    if config.slack.is_some() {
        findings.extend(of("Slack", slack(config).await?));
    }
    Ok(findings)
}

async fn discord(config: &Config) -> anyhow::Result<Vec<Finding>> {
    let discord = Discord::new(super::discord(config)?);
    Ok(discord.examine(&plans(config).await, SystemClock.now()).await)
}

async fn slack(config: &Config) -> anyhow::Result<Vec<Finding>> {
    let slack = Slack::new(super::slack(config)?);
    Ok(slack.examine(&plans(config).await, SystemClock.now()).await)
}

/// The schedules of the file, and those made in chat where there is a store.
async fn plans(config: &Config) -> Vec<Plan> {
    let mut plans = config.schedules.clone();
    if let Ok(store) = Store::look(config.database.expose()).await {
        plans.extend(store.schedules(None).await.into_iter().flatten().map(|schedule| schedule.plan));
        store.close().await;
    }
    plans
}

fn table(findings: &[Finding]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    for Finding { what, health, found, mend } in findings {
        let mark = match health {
            Health::Fine => "ok",
            Health::Poor => "could be better",
            Health::Bad => "WRONG",
        };
        let said = if mend.is_empty() { found.clone() } else { format!("{found}\n→ {mend}") };
        table.add_row([what.as_str(), mark, said.as_str()]);
    }
    table
}
