//! `[[schedule]]`: what a channel is asked, and when.

use jiff::{SignedDuration, civil::Date};

use super::fields::{self, Fields, Mistake, Mistakes, Value, list, word};
use crate::quiz::{
    draw::Filter,
    id::{ChannelId, DeckId},
    nearest::nearest,
    points::Weights,
    question::Kind,
    round::{Feedback, OpenWay, Reveal, Style, Ways},
    schedule::{DEFAULT_ATTEMPTS, DEFAULT_CATCH_UP, Pattern, Plan, PlanError, window::parse_duration},
};

/// The name and the channel of the schedule of a kcard that was told nothing.
const DEFAULT_CHANNEL: &str = "daily-quiz";
const DEFAULT_DECK: &str = "kubernetes";
const FACES: [&str; 3] = ["web", "discord", "slack"];

/// The schedule of a kcard that was told nothing.
pub fn default() -> Plan {
    let channel = ChannelId::new(format!("web:{DEFAULT_CHANNEL}"));
    let pattern = Pattern::parse("weekdays 09:00").expect("the words are a pattern");
    Plan { ask_on_start: true, ..Plan::new(DEFAULT_CHANNEL, channel, DeckId::new(DEFAULT_DECK), pattern) }
}

/// Reads all schedules; mistakes inside them are noted, and those schedules left out.
pub fn read(value: &Value<'_>, mistakes: &Mistakes) -> Result<Vec<Plan>, Mistake> {
    let mut plans: Vec<Plan> = Vec::new();
    let tables = fields::list(value, |table| Ok((table.span(), plan(table, mistakes))))?;
    for (span, plan) in tables {
        let Some(plan) = plan else { continue };
        if plans.iter().any(|other| other.name == plan.name) {
            let message = format!("there are two schedules named `{}`: give each a name of its own", plan.name);
            mistakes.add(Mistake { span, message });
        }
        plans.push(plan);
    }
    Ok(plans)
}

fn plan(value: &Value<'_>, mistakes: &Mistakes) -> Option<Plan> {
    let mut fields = Fields::of("[[schedule]]", value, mistakes)?;
    let name = fields.need("name", "\"daily\"", fields::text);
    let channel = fields.need("channel", "\"web:daily-quiz\"", channel);
    let pattern = pattern(&mut fields);
    let feedback = |value: &_| word(value, &Feedback::ALL.map(|feedback| (feedback.word(), feedback)));
    let style = |value: &_| word(value, &Style::ALL.map(|style| (style.word(), style)));
    let reveal = |value: &_| word(value, &Reveal::ALL.map(|reveal| (reveal.word(), reveal)));
    let plan = Plan {
        deck: fields.read("deck", fields::text).map_or_else(|| DeckId::new(DEFAULT_DECK), DeckId::new),
        filter: Filter {
            topic: fields.read("topic", fields::text),
            exam: fields.read("exam", fields::text),
            level: fields.read("level", fields::number),
            kinds: fields.read("kinds", |value| list(value, kind)).unwrap_or_default(),
        },
        timezone: fields.read("timezone", super::zone).map(|(name, _)| name),
        window_ms: fields.read("window", duration),
        style: fields.read("style", style),
        ways: fields.read("answers", |value| list(value, way)).map(|ways| Ways(ways.into_iter().collect())),
        attempts: fields.read("attempts", fields::number).unwrap_or(DEFAULT_ATTEMPTS),
        feedback: fields.read("feedback", feedback).unwrap_or_default(),
        weights: fields.read("weights", |value| Ok(weights(value, mistakes))).unwrap_or_default(),
        catch_up_ms: fields.read("catch_up", duration).unwrap_or_else(|| milliseconds(DEFAULT_CATCH_UP)),
        skip: fields.read("skip", |value| list(value, date)).unwrap_or_default(),
        ask_on_start: fields.read("ask_on_start", fields::flag).unwrap_or(false),
        thread: fields.read("thread", fields::flag).unwrap_or(false),
        mention: fields.read("mention", fields::text),
        reveal: fields.read("reveal", reveal).unwrap_or_default(),
        ..default()
    };
    fields.finish();
    let plan = Plan { name: name?, channel: channel?, pattern: pattern?, ..plan };
    if let Err(wrong) = plan.check() {
        fields.note(key(&wrong), &wrong.to_string());
    }
    Some(plan)
}

/// The key that a mistake is about.
fn key(wrong: &PlanError) -> &'static str {
    match wrong {
        PlanError::Name(_) => "name",
        PlanError::Zone(_) => "timezone",
        PlanError::Window(_) => "window",
        PlanError::CatchUp(_) => "catch_up",
        PlanError::Attempts(_) => "attempts",
        PlanError::Level(_) => "level",
        PlanError::Ways(_) => "answers",
        PlanError::Thread => "thread",
        PlanError::Mention { .. } => "mention",
        PlanError::Topic { .. } => "topic",
        PlanError::NoCard(_) => "deck",
    }
}

/// When it fires: `at` or `cron`, one of them.
fn pattern(fields: &mut Fields<'_, '_>) -> Option<Pattern> {
    let parse =
        |value: &Value<'_>| Pattern::parse(fields::str(value)?).map_err(|wrong| Mistake::at(value, wrong.to_string()));
    let (has_at, has_cron) = (fields.has("at"), fields.has("cron"));
    let (at, cron) = (fields.read("at", parse), fields.read("cron", parse));
    match (has_at, has_cron) {
        (true, true) => fields.note("cron", "a schedule has either `at` or `cron`: take one of them away"),
        (false, false) => {
            fields.note("at", "a schedule needs its times: add `at = \"weekdays 09:00\"` or `cron = \"0 9 * * 1-5\"`");
        }
        _ => {}
    }
    at.or(cron)
}

fn channel(value: &Value<'_>) -> Result<ChannelId, Mistake> {
    let id = ChannelId::new(fields::str(value)?);
    let wrong = |message| Err(Mistake::at(value, message));
    if id.local().is_empty() {
        return wrong(format!(
            "`{id}` is no channel: write `web:daily-quiz`, `discord:CHANNEL_ID` or `slack:CHANNEL_ID`"
        ));
    }
    match nearest(id.face(), FACES) {
        Some(face) if face == id.face() => {
            let named = format!("`{id}`");
            id.check().map_err(|bad| Mistake::at(value, format!("{named} is no channel: {bad}")))
        }
        Some(near) => wrong(format!("there is no face `{}`; did you mean `{near}:{}`?", id.face(), id.local())),
        None => {
            wrong(format!("there is no face `{}`: a channel begins with `web:`, `discord:` or `slack:`", id.face()))
        }
    }
}

fn kind(value: &Value<'_>) -> Result<Kind, Mistake> {
    word(value, &Kind::ALL.map(|kind| (kind.word(), kind)))
}

fn way(value: &Value<'_>) -> Result<OpenWay, Mistake> {
    word(value, &OpenWay::ALL.map(|way| (way.word(), way)))
}

fn weights(value: &Value<'_>, mistakes: &Mistakes) -> Weights {
    let Some(mut fields) = Fields::of("weights", value, mistakes) else { return Weights::default() };
    let weights = Weights {
        level: fields.read("level", fields::flag).unwrap_or(false),
        speed: fields.read("speed", fields::flag).unwrap_or(false),
        streak: fields.read("streak", fields::flag).unwrap_or(false),
    };
    fields.finish();
    weights
}

/// A duration, in milliseconds.
fn duration(value: &Value<'_>) -> Result<i64, Mistake> {
    let duration = parse_duration(fields::str(value)?);
    duration.map(milliseconds).map_err(|wrong| Mistake::at(value, wrong.to_string()))
}

/// A local date, as TOML's own or in quotes.
fn date(value: &Value<'_>) -> Result<Date, Mistake> {
    let written = value.get_ref().as_datetime().map(ToString::to_string);
    let written = written.as_deref().or(value.get_ref().as_str()).unwrap_or_default();
    let wrong = |_| Mistake::at(value, format!("`{written}` is no date: write the day as `2026-12-25`"));
    written.parse().map_err(wrong)
}

fn milliseconds(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
