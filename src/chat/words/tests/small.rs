use jiff::SignedDuration;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rstest::rstest;

use super::super::text::{bar, code, count, entries, list, name, percent, plain, shorten, span, typed, when, who};
use super::*;

/// The text of Markdown, if it is one paragraph of a list without any structure within.
fn flat(markdown: &str) -> Option<String> {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start(Tag::List(_) | Tag::Item) | Event::End(TagEnd::List(_) | TagEnd::Item) => {}
            _ => return None,
        }
    }
    Some(text)
}

proptest! {
    #[test]
    fn what_is_escaped_reads_as_written(text in "[\\PC]{0,30}|[-+*_~`#>|<&;:.!\\[\\]()\\\\a1 =$^]{0,20}|[0-9]{1,3}[.)] .{0,5}") {
        let escaped = plain(&text);
        let read = flat(&format!("- {escaped} 10 points"));
        let shown: String = text.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
        let kept = |c: &char| !matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        let shown = shown.chars().filter(kept).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(read, Some(format!("{shown} 10 points").trim_start().to_owned()), "{}", escaped);
    }

    #[test]
    fn code_holds_any_text(text in "[`a\\\\*< \n]{1,20}") {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!shown.is_empty());
        let markdown = format!("x {}", code(&text));
        let events: Vec<Event<'_>> = Parser::new(&markdown).collect();
        let held = events.iter().find_map(|event| match event {
            Event::Code(held) => Some(held.trim().to_owned()),
            _ => None,
        });
        prop_assert_eq!(held, Some(shown), "{}", markdown);
    }

    #[test]
    fn shortened_is_short_and_begins_alike(text in "[a-z `\n]{0,200}|\\PC{0,60}", max in 6usize..120) {
        let short = shorten(&text, max);
        prop_assert!(short.chars().count() <= max);
        let begin = short.trim_end_matches(['`', '\n']).trim_end_matches('…');
        prop_assert!(text.starts_with(begin), "{:?}", short);
        prop_assert!(text.chars().count() > max || short == text);
    }
}

#[rstest]
#[case("one two three", 13, "one two three")]
#[case("one two three", 12, "one two…")]
#[case("one two three", 8, "one two…")]
#[case("onetwothree", 6, "onetw…")]
#[case("a `b c d e f g h` i", 16, "a `b c d e…`")]
#[case("```\nkubectl get pods\n```\nafter", 20, "```\nkubectl get…\n```")]
fn shortened(#[case] text: &str, #[case] max: usize, #[case] short: &str) {
    assert_eq!(shorten(text, max), short);
}

#[rstest]
#[case("**ana**", "\\*\\*ana\\*\\*")]
#[case("1. ana", "1\\. ana")]
#[case("- ana", "\\- ana")]
#[case("a-b", "a-b")]
#[case("<@everyone>\n# hi", "\\<@everyone\\> \\# hi")]
#[case("\u{202e}ana\u{7}", "ana")]
#[case("  ", "(no name)")]
fn names(#[case] given: &str, #[case] shown: &str) {
    assert_eq!(name(given), shown);
}

#[test]
fn a_long_name_is_cut_before_it_is_escaped() {
    assert_eq!(name(&"_".repeat(60)), format!("{}…", "\\_".repeat(39)));
}

#[rstest]
#[case(0, "0 s")]
#[case(20, "20 s")]
#[case(60, "1 min")]
#[case(90, "1 min 30 s")]
#[case(3_600, "1 h")]
#[case(3_601, "1 h")]
#[case(5_400, "1 h 30 min")]
#[case(172_800, "2 d")]
#[case(-5, "0 s")]
fn lengths_of_time(#[case] seconds: i64, #[case] shown: &str) {
    assert_eq!(span(SignedDuration::from_secs(seconds)), shown);
}

#[test]
fn numbers_with_units() {
    assert_eq!(
        [count(1, "point"), count(0, "point"), count(2, "try"), count(1, "try"), count(2, "day")],
        ["1 point", "0 points", "2 tries", "1 try", "2 days"]
    );
    assert_eq!([percent(1, 3), percent(2, 3), percent(1, 2), percent(0, 0)], ["33%", "67%", "50%", "0%"]);
    assert_eq!([bar(0, 3), bar(1, 3), bar(3, 3)], ["▱▱▱▱▱▱▱▱▱▱", "▰▰▰▱▱▱▱▱▱▱", "▰▰▰▰▰▰▰▰▰▰"]);
    assert_eq!([1, 2, 3, 4, 11, 21, 112].map(board::ordinal), ["1st", "2nd", "3rd", "4th", "11th", "21st", "112th"]);
    assert_eq!(list(&texts(&["a", "b", "c"]), "and"), "a, b and c");
    assert_eq!(typed(&"x".repeat(200)), format!("`{}…`", "x".repeat(99)));
}

#[test]
fn moments_stand_on_the_clock_of_their_zone() {
    let berlin = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(when(now(), &berlin), "Mon 23 Nov 2026, 09:00 (Europe/Berlin)");
    assert_eq!(when(now(), &jiff::tz::TimeZone::UTC), "Mon 23 Nov 2026, 08:00 (UTC)");
}

#[test]
fn entries_that_do_not_fit_are_counted() {
    let few = texts(&["a", "b"]);
    assert_eq!(entries(&few, ", "), "a, b");
    let many = vec!["x".repeat(100); 40];
    let text = entries(&many, "\n");
    assert!(text.chars().count() <= 1_750 && text.ends_with("\nand 24 more"), "{text}");
}

#[rstest]
#[case("discord:7/9", "<@9>")]
#[case("discord:9", "<@&9>")]
#[case("slack:T1/U9", "<@U9>")]
#[case("slack:S9", "<!subteam^S9>")]
#[case("slack:T1/U9>", r"slack:T1/U9\>")]
#[case("slack:", "slack:")]
#[case("web:ana", "web:ana")]
#[case("ana", "ana")]
fn who_is_meant_by_an_id(#[case] id: &str, #[case] shown: &str) {
    assert_eq!(who(id), shown);
}
