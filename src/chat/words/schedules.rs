//! Schedules: what asks when, and what became of a change to it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::text::{self, BREAK, channel, code, count, day, name, span, when, who};
use crate::{
    chat::{
        command::quoted,
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::{
        id::{ChannelId, ScheduleId},
        round::{Reveal, Style, Ways},
        schedule::{Plan, due::SkipReason},
    },
};

/// What the wording needs to know of a schedule.
#[derive(Debug, Clone, Copy)]
pub struct ScheduleView<'a> {
    /// What it asks, and when.
    pub plan: &'a Plan,
    /// It stands in the configuration file.
    pub from_file: bool,
    /// Slots before this are not asked; `Timestamp::MAX` is "until resumed".
    pub paused_until: Option<Timestamp>,
    /// The next slot it asks for, where there is one.
    pub next: Option<Timestamp>,
    /// The zone it goes by: its own or the space's.
    pub zone: &'a TimeZone,
    /// Its latest slot, where that was skipped; `None` also where the reader is no admin or host.
    pub skipped: Option<(Timestamp, SkipReason)>,
    /// What keeps it from asking; `None` also where the reader is no admin or host.
    pub problem: Option<&'a str>,
}

/// The space's schedules, and those of the file that have found no space, with the reason.
pub fn list(schedules: &[ScheduleView<'_>], homeless: &[(Plan, String)]) -> Reply {
    if schedules.is_empty() && homeless.is_empty() {
        return Reply::private("There is no schedule yet. A host makes one with `/kquiz schedule add`.");
    }
    let entries: Vec<String> = schedules.iter().map(entry).chain(homeless.iter().map(homeless_entry)).collect();
    Reply::private(format!(
        "📅 **{}**\n\n{}",
        count(text::int(entries.len()), "schedule"),
        text::entries(&entries, "\n\n")
    ))
}

fn entry(schedule: &ScheduleView<'_>) -> String {
    let plan = schedule.plan;
    let mut lines = vec![format!(
        "**{}** — {} from deck {} in {}{}",
        name(&plan.name),
        code(plan.pattern.as_str()),
        name(plan.deck.as_str()),
        channel(&plan.channel),
        if schedule.from_file { ", set in the configuration file" } else { "" },
    )];
    let only = only(plan);
    if !only.is_empty() {
        lines.push(format!("Only {only}"));
    }
    lines.push(played(plan));
    lines.push(next_words(schedule));
    if let Some((slot, skipped)) = schedule.skipped {
        lines.push(format!("⏭ Skipped: {}; {}", when(slot, schedule.zone), reason(skipped)));
    }
    if let Some(problem) = schedule.problem {
        lines.push(format!("⚠️ {}", text::plain(problem)));
    }
    lines.join(BREAK)
}

fn homeless_entry((plan, problem): &(Plan, String)) -> String {
    let what = format!(
        "**{}** — {} in {}, set in the configuration file, asks nowhere yet",
        name(&plan.name),
        code(plan.pattern.as_str()),
        code(plan.channel.as_str())
    );
    format!("{what}{BREAK}⚠️ {}", text::plain(problem))
}

fn reason(skipped: SkipReason) -> &'static str {
    match skipped {
        SkipReason::Newer => "a newer one was due as well",
        SkipReason::TooLate => "it was too late to ask it",
        SkipReason::SkipDate => "nothing is asked on that date",
        SkipReason::Paused => "the schedule was paused",
        SkipReason::NoCard => "there was no card to ask",
        SkipReason::Channel => "the channel could not be posted to",
        SkipReason::Failed => "kcard failed at it, and its log says how",
        SkipReason::Cancelled => "a host cancelled it before it was posted",
    }
}

fn only(plan: &Plan) -> String {
    let filter = &plan.filter;
    let kinds: Vec<String> = filter.kinds.iter().map(|kind| kind.word().to_owned()).collect();
    let parts = [
        filter.topic.as_deref().map(|topic| format!("topic {}", name(topic))),
        filter.exam.as_deref().map(|exam| format!("exam {}", name(exam))),
        filter.level.map(|level| format!("level {level}")),
        (!kinds.is_empty()).then(|| text::list(&kinds, "and")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn played(plan: &Plan) -> String {
    let style = match plan.style {
        Some(Style::Social) => "Social",
        Some(Style::Contest) => "Contest",
        None => "Social, or contest in a season",
    };
    let ways = plan.ways.as_ref().map(|ways| format!(", answers by {}", ways_words(ways))).unwrap_or_default();
    let window = match plan.window_ms {
        Some(ms) => format!("each open for {}", span(jiff::SignedDuration::from_millis(ms))),
        None => "each open until the next, at most 24 h".into(),
    };
    let thread = if plan.thread { ", with a thread" } else { "" };
    let mention = plan.mention.as_deref().map(|mention| format!(", mentions {}", who(mention))).unwrap_or_default();
    let reveal = match plan.reveal {
        Reveal::Thread => "",
        Reveal::Channel => ", (Slack) the answer in the channel as well",
    };
    format!("{style}{ways}, {window}{thread}{mention}{reveal}")
}

fn ways_words(ways: &Ways) -> String {
    let words: Vec<String> = ways.0.iter().map(|way| way.word().to_owned()).collect();
    text::list(&words, "and")
}

fn next_words(schedule: &ScheduleView<'_>) -> String {
    match (schedule.paused_until, schedule.next) {
        (Some(until), _) if until == Timestamp::MAX => "⏸ Paused until resumed".into(),
        (Some(until), _) => format!("⏸ Paused until {}", when(until, schedule.zone)),
        (None, Some(next)) => format!("Next: {}", when(next, schedule.zone)),
        (None, None) => "It has no next time".into(),
    }
}

/// The same reply, with a button for each of these schedules: one that resumes it where it is paused, else one that pauses it.
pub fn to_switch<'n>(reply: Reply, schedules: impl IntoIterator<Item = (&'n str, bool)>) -> Reply {
    let button = |(schedule, paused)| {
        let (label, command) = if paused { ("Resume", "resume") } else { ("Pause", "pause") };
        Control::Button {
            id: ControlId::Run(format!("kquiz schedule {command} {}", quoted(schedule))),
            label: format!("{label} {schedule}"),
        }
    };
    Reply { controls: schedules.into_iter().map(button).collect(), ..reply }
}

/// It is stored; asks whether to ask one now.
pub fn added(id: ScheduleId, schedule: &ScheduleView<'_>) -> Reply {
    Reply {
        text: format!("Schedule added.\n\n{}\n\nAsk one now?", entry(schedule)),
        controls: vec![Control::Button { id: ControlId::AskNow(id), label: "Ask one now".into() }],
        ..Reply::default()
    }
}

/// It asks nothing before that date, or until resumed.
pub fn paused(schedule: &str, until: Option<Date>) -> Reply {
    let name = name(schedule);
    Reply::private(match until {
        Some(date) => format!("**{name}** is paused and asks again from {} on.", day(date)),
        None => format!("**{name}** is paused. {} wakes it.", code(&format!("/kquiz schedule resume {schedule}"))),
    })
}

/// It asks again; `next` is its next slot.
pub fn resumed(schedule: &str, next: Option<Timestamp>, zone: &TimeZone) -> Reply {
    let next = next.map(|next| format!(" Next: {}.", when(next, zone))).unwrap_or_default();
    Reply::private(format!("**{}** asks again.{next}", name(schedule)))
}

/// Nothing is asked on that local date.
pub fn skipped(schedule: &str, date: Date) -> Reply {
    Reply::private(format!("**{}** asks nothing on {}.", name(schedule), day(date)))
}

/// It is retired.
pub fn removed(schedule: &str) -> Reply {
    Reply::private(format!("**{}** is removed. What it asked stays in the standings.", name(schedule)))
}

/// What an admin is told once, when a schedule begins to fail, or fails in another way than before.
pub fn failed(plan: &Plan, problem: &str) -> String {
    format!(
        "⚠️ Schedule **{}** could not post into {}: {}.\n\nPlease look after it: see that the channel is there and that I may read \
         it and post in it, or remove the schedule. Its next question tries again; {} shows how it stands.",
        name(&plan.name),
        channel(&plan.channel),
        text::plain(&text::shorten(problem.trim_end_matches('.'), 500)),
        code("/kquiz schedule list"),
    )
}

/// What an admin is told once, when what a host asked cannot be posted.
pub fn not_asked(channel: &ChannelId, problem: &str) -> String {
    format!(
        "⚠️ What a host asked could not be posted into {}: {}.\n\nPlease see that the channel is there and that I may read it and post in \
         it; then {} asks anew.",
        text::channel(channel),
        text::plain(&text::shorten(problem.trim_end_matches('.'), 500)),
        code("/kquiz ask"),
    )
}

/// The same reply, with the channels in which what a host asked last could not be posted, and why.
pub fn with_unasked(reply: Reply, unasked: &[(ChannelId, String)]) -> Reply {
    let lines = unasked.iter().map(|(channel, why)| {
        let why = text::plain(&text::shorten(why.trim_end_matches('.'), 300));
        format!("\n\n⚠️ What a host asked in {} could not be posted: {why}", text::channel(channel))
    });
    Reply { text: reply.text + &lines.collect::<String>(), ..reply }
}

/// Everyone was to be mentioned.
pub fn not_everyone() -> Reply {
    Reply::private(
        "A question mentions a role or a group, never everyone. Make a role for those who want to be called.",
    )
}

/// Chat cannot change what stands in the file.
pub fn from_file(schedule: &str) -> Reply {
    Reply::private(format!("**{}** is set in the configuration file, so it is changed there.", name(schedule)))
}

/// A schedule of that name exists.
pub fn name_taken(schedule: &str) -> Reply {
    Reply::private(format!(
        "There is a schedule named **{}** already. Choose another name, or remove that one first.",
        name(schedule)
    ))
}

/// A setting of a new schedule cannot be, for this reason (a pattern, ways to answer, a window); nothing was stored.
pub fn refused(why: &str) -> Reply {
    let end = if why.ends_with(['.', '?', '!']) { "" } else { "." };
    Reply::private(format!("Nothing is changed: {}{end}", text::shorten(why, 1_500)))
}

/// A new schedule lacks its name or its times.
pub fn incomplete() -> Reply {
    Reply::private(
        "A schedule needs a name and its times: `/kquiz schedule add name:daily at:\"weekdays 09:00\"`. Given nothing, \
         `/kquiz schedule add` asks for what it needs.",
    )
}

/// A pause that would have ended by now.
pub fn pause_is_over(until: Date) -> Reply {
    Reply::private(format!("Nothing is changed: {} has begun, so there is no pause until then.", day(until)))
}

/// A question was put on its way by a host or by the button.
pub fn asking() -> Reply {
    Reply::private("A question is on its way.")
}

/// A question was put on its way, and will lack something here, for this reason.
pub fn asking_without(why: &str) -> Reply {
    Reply::private(format!("{} {why}", asking().text))
}

/// Nothing was asked: kcard may not post here, for this reason.
pub fn may_not_ask(why: &str) -> Reply {
    Reply::private(format!("I cannot ask here. {why}"))
}

/// kcard lacks these permissions in a channel.
pub fn permissions_missing(names: &str) -> String {
    format!("I lack **{names}** in this channel: give it to me or to my role in the channel's settings.")
}

/// kcard is not in a channel of Slack's.
pub fn not_invited() -> String {
    "I am not in this channel: type `/invite @kcard` here.".into()
}

/// Nothing could be drawn.
pub fn nothing_to_ask() -> Reply {
    Reply::private(
        "There is no card to ask: none passes the filter and can be answered in an open way. Widen topic, exam, level or kinds, or open more ways.",
    )
}
