//! The small change of wording: escaping, shortening, numbers with units, times.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::quiz::id::ChannelId;

/// The most characters of one message's text: Discord's limit for content (developer documentation, "Create Message").
pub const CONTENT: usize = 2_000;

/// The most characters shown of a player's, deck's or schedule's name.
const NAME: usize = 40;

/// A line break that shows.
pub const BREAK: &str = "  \n";

/// Escapes a text that is data, so that it reads as written and is never Markdown structure. Line breaks become spaces; control and
/// direction-changing characters go.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut only_digits = true; // so far: `1.` and `1)` begin a list
    for c in one_line(text).chars() {
        let structure = match c {
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '$' | '^' => true,
            '-' | '+' | '=' => out.is_empty(),
            '.' | ')' => only_digits && !out.is_empty(),
            _ => false,
        };
        if structure {
            out.push('\\');
        }
        out.push(c);
        only_digits &= c.is_ascii_digit();
    }
    out
}

/// The text on one line without what does not show: runs of white space become one space.
pub fn one_line(text: &str) -> String {
    let shown: String = text.chars().filter(|&c| c.is_whitespace() || !hidden(c)).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters and those that change the direction of what follows.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A name to show: escaped, at most 40 characters of it.
pub fn name(text: &str) -> String {
    let short = plain(&shorten(&one_line(text), NAME));
    if short.is_empty() { "(no name)".into() } else { short }
}

/// A channel: by its name in the room, elsewhere by its id, in the words that both Discord and Slack show as its name.
pub fn channel(channel: &ChannelId) -> String {
    match channel.face() {
        "web" => format!("\\#{}", name(channel.local())),
        _ if channel.local().chars().all(char::is_alphanumeric) => format!("<#{}>", channel.local()),
        _ => format!("\\#{}", name(channel.local())),
    }
}

/// A person, a role or a group by the id that lists of hosts hold (`discord:GUILD/USER`, `discord:ROLE`, `slack:TEAM/USER`,
/// `slack:GROUP`), in the words that the platform shows as their name. Nobody is called by it.
pub fn who(id: &str) -> String {
    let (face, local) = id.split_once(':').unwrap_or_default();
    let (space, local) = local.split_once('/').map_or((None, local), |(space, user)| (Some(space), user));
    let known = !local.is_empty() && local.chars().all(|c| c.is_ascii_alphanumeric());
    match (face, space) {
        ("discord" | "slack", Some(_)) if known => format!("<@{local}>"),
        ("discord", None) if known => format!("<@&{local}>"),
        ("slack", None) if known => format!("<!subteam^{local}>"),
        _ => name(id),
    }
}

/// What somebody typed, quoted as code on one line, at most 100 characters of it.
pub fn typed(text: &str) -> String {
    code(&shorten(&one_line(text), 100))
}

/// Inline code that holds this text, whatever backticks are in it.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "(nothing)".into();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// At most `max` characters: cut between words where it can be, with `…` at the end, and with code closed that the cut left open.
pub fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let has_code = text.contains('`');
    let room = max.saturating_sub(if has_code { "…\n```".chars().count() } else { 1 });
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let mut cut = &text[..end];
    if !text[end..].starts_with(char::is_whitespace)
        && let Some(space) = cut.rfind(char::is_whitespace)
        && cut[..space].chars().count() >= room / 2
    {
        cut = &cut[..space];
    }
    let cut = cut.trim_end().trim_end_matches('\\');
    let odd = |text: &str, mark: &str| text.matches(mark).count() % 2 == 1;
    let close = if has_code && odd(cut, "```") {
        "\n```"
    } else if has_code && cut.rsplit("\n\n").next().is_some_and(|paragraph| odd(paragraph, "`")) {
        "`"
    } else {
        ""
    };
    format!("{cut}…{close}")
}

/// Paragraphs with an empty line between them; empty ones fall out.
pub fn paragraphs(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The most characters that entries of a list take of a message, beside its title and what follows them.
const ENTRIES: usize = CONTENT - 300;

/// Entries one after another, as many as fit a message, and how many more there are.
pub fn entries(entries: &[String], between: &str) -> String {
    let mut text = String::new();
    for (at, entry) in entries.iter().enumerate() {
        if text.chars().count() + entry.chars().count() > ENTRIES {
            return format!("{text}{between}and {} more", entries.len() - at);
        }
        if at > 0 {
            text.push_str(between);
        }
        text.push_str(entry);
    }
    text
}

/// `1 point`, `3 points`, `2 tries`.
pub fn count(number: i64, unit: &str) -> String {
    let unit = match (number, unit.strip_suffix('y')) {
        (1 | -1, _) => unit.to_owned(),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{unit}s"),
    };
    format!("{number} {unit}")
}

/// How much of the whole, in whole percent, rounded half up: `60%`.
pub fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 { "0%".into() } else { format!("{}%", (200 * part + whole) / (2 * whole)) }
}

/// A bar of ten blocks.
pub fn bar(part: usize, whole: usize) -> String {
    let full = if whole == 0 { 0 } else { ((20 * part + whole) / (2 * whole)).min(10) };
    format!("{}{}", "▰".repeat(full), "▱".repeat(10 - full))
}

/// `1️⃣` to `9️⃣`.
pub fn keycap(number: usize) -> String {
    format!("{number}\u{fe0f}\u{20e3}")
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{} {last} {tail}", head.join(", ")),
    }
}

/// A moment on a zone's clock, to the minute: `Mon 23 Nov 2026, 09:00 (Europe/Berlin)`.
pub fn when(at: Timestamp, zone: &TimeZone) -> String {
    let zone_name = zone.iana_name().unwrap_or("UTC");
    format!("{} ({})", at.to_zoned(zone.clone()).strftime("%a %-d %b %Y, %H:%M"), zone_name)
}

/// A date: `Thu 24 Dec 2026`.
pub fn day(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// A length of time by its two largest units: `20 s`, `30 min`, `1 h 30 min`, `2 d`. Seconds are rounded down.
pub fn span(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    let units = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let shown: Vec<String> = units
        .iter()
        .skip_while(|(number, _)| *number == 0)
        .take(2)
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    if shown.is_empty() { "0 s".into() } else { shown.join(" ") }
}

/// Links to where it is written; what is no web address is shown as text. Nothing where there is none.
pub fn sources(addresses: &[String]) -> String {
    let shown: Vec<String> = addresses.iter().map(|address| link(address)).collect();
    match shown.len() {
        0 => String::new(),
        1 => format!("Source: {}", shown[0]),
        _ => format!("Sources: {}", shown.join(", ")),
    }
}

fn link(address: &str) -> String {
    let web = address.starts_with("https://") || address.starts_with("http://");
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
    if web && !address.contains(odd) { format!("<{address}>") } else { plain(address) }
}

/// A number of things, for [`count`].
pub fn int(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
