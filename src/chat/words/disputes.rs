//! Disputes: what a player hears, and what hosts decide on.

use super::text::{BREAK, code, count, entries, int, list as join, name, paragraphs, plain, shorten, typed};
use crate::{
    chat::{
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::{
        asked::Asked,
        id::{CaseId, ChannelId, RoundId},
        points::Points,
        question::Kind,
    },
};

/// The most characters of a case.
const CASE: usize = 1_500;
/// Cases that one list shows in full.
const LISTED: usize = 5;
/// The most characters of an answer or a reason in a list.
const SHORT: usize = 300;

/// A case as hosts see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView<'a> {
    /// Its number.
    pub id: CaseId,
    /// Of which round.
    pub round: RoundId,
    /// The question as asked.
    pub asked: &'a Asked,
    /// What is disputed.
    pub answer: &'a str,
    /// Who disputes it and why, the first first.
    pub disputes: Vec<(&'a str, &'a str)>,
    /// Whether its card is not asked until a host has looked.
    pub holds: bool,
}

/// It is before the hosts.
pub fn filed(case: CaseId, others: usize) -> Reply {
    let also = match others {
        0 => String::new(),
        others => format!(" {} had disputed the same answer.", capital(others)),
    };
    Reply::private(format!(
        "⚖️ Thank you: your answer is before the hosts as case {case}.{also} You will hear what they decide; if they accept it, it \
         counts for everybody who gave it."
    ))
}

fn capital(others: usize) -> String {
    count(int(others), "other player")
}

/// They disputed it before, and no host has looked yet.
pub fn waiting(case: CaseId) -> Reply {
    Reply::private(format!("Your answer is before the hosts as case {case}. You will hear what they decide."))
}

/// It was decided on before.
pub fn decided(case: CaseId, accepted: bool, why: Option<&str>) -> Reply {
    let outcome = if accepted { "and it counts" } else { "and it stays as it was marked" };
    Reply::private(format!("A host has looked at this answer (case {case}), {outcome}.{}", because(why)))
}

/// The round is not over.
pub fn not_closed() -> Reply {
    Reply::private("That question is not closed, so nothing is marked for good yet.")
}

/// There is no answer of theirs to dispute.
pub fn not_answered() -> Reply {
    Reply::private("You gave no answer to this question that could be marked otherwise. The next one is yours!")
}

/// Nothing is missing.
pub fn full() -> Reply {
    Reply::private("Your answer counts in full already.")
}

/// A host voided it.
pub fn voided(reason: &str) -> Reply {
    Reply::private(format!("A host let your answer to this question count for nothing: {}", said(reason)))
}

/// The form came without a reason.
pub fn no_reason() -> Reply {
    Reply::private("Say in a sentence why your answer is right: that is what the hosts go by.")
}

/// What hosts are told of a new case.
pub fn for_hosts(channel: &ChannelId, case: &CaseView<'_>) -> String {
    let held = if case.holds { " Its card is not asked until one of you has looked." } else { "" };
    format!(
        "⚖️ Somebody disputes how an answer was marked in {}.{held}\n\n{}\n\n`/kquiz dispute list` shows what waits, with buttons to \
         decide.",
        super::text::channel(channel),
        lines(case)
    )
}

/// The open cases, with buttons for the first of them.
pub fn list(cases: &[CaseView<'_>]) -> Reply {
    if cases.is_empty() {
        return Reply::private("No dispute waits for a host.");
    }
    let shown: Vec<String> = cases.iter().take(LISTED).map(lines).collect();
    let more = cases.len().saturating_sub(LISTED);
    let more = if more > 0 { format!("{} more after these.", count(int(more), "case")) } else { String::new() };
    let head = format!(
        "⚖️ {} for a host.",
        if cases.len() == 1 { "1 case waits".into() } else { format!("{} cases wait", cases.len()) }
    );
    let controls = cases.iter().take(LISTED).flat_map(|case| [accept_control(case), refuse_control(case)]);
    Reply { controls: controls.collect(), ..Reply::private(paragraphs([head, entries(&shown, "\n\n"), more])) }
}

fn lines(case: &CaseView<'_>) -> String {
    let asked = case.asked;
    let right = match asked.kind() {
        Kind::Command => asked.right().iter().map(|right| code(right)).collect::<Vec<_>>(),
        _ => asked.right().iter().map(|right| plain(&shorten(right, 150))).collect(),
    };
    let held = if case.holds { "Its card is not asked until this is decided." } else { "" };
    let mut lines = vec![
        format!("**Case {}**, round {}: {}", case.id, case.round, plain(&shorten(asked.ask.trim(), SHORT))),
        format!("Answered: {}", typed(&shorten(case.answer, SHORT))),
        format!("Right so far: {}", join(&right, "and")),
    ];
    let reasons = case.disputes.iter().take(3);
    lines.extend(reasons.map(|(who, why)| format!("{}: {}", name(who), plain(&shorten(why.trim(), SHORT)))));
    let more = case.disputes.len().saturating_sub(3);
    if more > 0 {
        lines.push(format!("{} more.", count(int(more), "player")));
    }
    lines.push(held.into());
    lines.retain(|line| !line.is_empty());
    shorten(&lines.join(BREAK), CASE)
}

/// Whether a host has to say which part of an answer is to count.
pub fn needs_part(kind: Kind) -> bool {
    matches!(kind, Kind::List | Kind::Multiple)
}

fn accept_control(case: &CaseView<'_>) -> Control {
    Control::Form { id: ControlId::Accept(case.id), label: format!("Accept case {}", case.id) }
}

fn refuse_control(case: &CaseView<'_>) -> Control {
    Control::Form { id: ControlId::Refuse(case.id), label: format!("Refuse case {}", case.id) }
}

/// The host has to say which part of an answer counts.
pub fn which_part(case: &CaseView<'_>) -> Reply {
    let what = match case.asked.kind() {
        Kind::List => "Say which words of the answer count, and for which item",
        _ => "Say which of the options counts as well",
    };
    Reply { controls: vec![accept_control(case)], ..Reply::private(format!("{what}.\n\n{}", lines(case))) }
}

/// A card is not asked, because of what is disputed of it.
pub fn held(case: CaseId) -> Reply {
    Reply::private(format!(
        "Players dispute an answer to this card (case {case}). It is not asked until that is decided: `/kquiz dispute list`."
    ))
}

/// There is no such case here.
pub fn none(case: CaseId) -> Reply {
    Reply::private(format!("There is no case {case} here. `/kquiz dispute list` shows those that wait."))
}

/// It stays as it was marked.
pub fn refused(case: CaseId, players: usize) -> Reply {
    Reply::private(format!(
        "Case {case} is refused. {} told.",
        if players == 1 { "1 player is".into() } else { format!("{players} players are") }
    ))
}

/// What a player is told whose dispute was accepted.
pub fn told_accepted(asked: &Asked, round: RoundId, points: Option<Points>, why: Option<&str>) -> String {
    let points = points.map(|points| format!(" It earns you {} now.", count(points.0, "point"))).unwrap_or_default();
    format!(
        "⚖️ A host accepted your answer to round {round} ({}).{points} Thank you for saying so!{}",
        ask(asked),
        because(why)
    )
}

/// What a player is told whose dispute was refused.
pub fn told_refused(asked: &Asked, round: RoundId, why: Option<&str>) -> String {
    format!(
        "⚖️ A host looked at your answer to round {round} ({}), and it stays as it was marked.{} Thank you for asking.",
        ask(asked),
        because(why)
    )
}

fn ask(asked: &Asked) -> String {
    format!("“{}”", plain(&shorten(asked.ask.trim(), 100)))
}

fn because(why: Option<&str>) -> String {
    why.map(|why| format!(" They say: {}", said(why))).unwrap_or_default()
}

/// What a person gave as a reason, closed by a full stop.
pub(super) fn said(reason: &str) -> String {
    let reason = plain(&shorten(reason.trim(), SHORT));
    if reason.ends_with(['.', '!', '?']) { reason } else { format!("{reason}.") }
}
