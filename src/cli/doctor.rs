//! `kcard doctor`: what is fine, what is not, and how to mend it, as a table.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

use super::{Outcome, in_runtime};
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

/// Which platform.
#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub(super) enum Command {
    /// Discord: token, application, intents, clock, and what kcard may in every channel that has a schedule
    Discord,
    /// Slack: tokens, scopes, how kcard hears, clock, and whether kcard is in every channel that has a schedule
    Slack,
}

/// Examines, prints, and fails where something does not work.
pub(super) fn run(config: &Config, command: Command) -> anyhow::Result<Outcome> {
    let findings = in_runtime(async {
        let (plans, now) = (plans(config).await, SystemClock.now());
        Ok(match command {
            Command::Discord => Discord::new(super::discord(config)?).examine(&plans, now).await,
            Command::Slack => Slack::new(super::slack(config)?).examine(&plans, now).await,
        })
    })?;
    writeln!(io::stdout(), "{}", table(&findings))?;
    let is_bad = findings.iter().any(|finding| finding.health == Health::Bad);
    Ok(if is_bad { Outcome::Failed } else { Outcome::Well })
}

/// The schedules of the file, and those made in chat where there is a store.
async fn plans(config: &Config) -> Vec<Plan> {
    let mut plans = config.schedules.clone();
    if let Ok(store) = Store::open_existing(config.database.expose()).await {
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
