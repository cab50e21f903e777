use jiff::{
    SignedDuration, Timestamp,
    tz::{AmbiguousOffset, TimeZone},
};
use proptest::prelude::*;
use rstest::rstest;

use super::{Pattern, PatternError};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// The next `count` firing times after this moment, in local time with the offset.
fn fires(text: &str, zone_name: &str, after: &str, count: usize) -> Vec<String> {
    let (pattern, zone) = (Pattern::parse(text).unwrap(), zone(zone_name));
    let first = pattern.next(after.parse().unwrap(), &zone);
    std::iter::successors(first, |slot| pattern.next(*slot, &zone))
        .take(count)
        .map(|slot| slot.to_zoned(zone.clone()).strftime("%m-%d %H:%M:%S %z").to_string())
        .collect()
}

#[rstest]
#[case("weekdays 09:00", "weekdays 09:00")]
#[case("  Weekdays   9:00 ", "weekdays 09:00")]
#[case("mon-fri 9:00", "weekdays 09:00")]
#[case("weekends at 10:00", "weekends 10:00")]
#[case("sunday, saturday 10:00", "weekends 10:00")]
#[case("daily 17:00, 09:00,17:00", "daily 09:00,17:00")]
#[case("every day at 18:30", "daily 18:30")]
#[case("mon-sun 00:00", "daily 00:00")]
#[case("Thursdays and mon 08:00", "mon,thu 08:00")]
#[case("fri-mon 23:59", "mon,fri,sat,sun 23:59")]
#[case("tues,thurs 08:00", "tue,thu 08:00")]
#[case("0  9 * *   1-5", "0 9 * * 1-5")]
#[case("*/20 * * * * *", "*/20 * * * * *")]
#[case("0 9 29 2 +MON", "0 9 29 2 +MON")]
#[case("@daily", "@daily")]
fn a_pattern_is_tidied_and_reads_the_same_again(#[case] text: &str, #[case] tidy: &str) {
    let pattern = Pattern::parse(text).unwrap();
    assert_eq!(pattern.as_str(), tidy);
    assert_eq!(Pattern::parse(tidy).unwrap(), pattern);
}

#[rstest]
fn what_is_neither_words_nor_cron_is_refused(
    #[values(
        "",
        "9am",
        "daily",
        "09:00",
        "daily 24:00",
        "daily 9:60",
        "daily 9:0",
        "daily 009:00",
        "daily +9:00",
        "mo 09:00",
        "someday 09:00",
        "mon-",
        "mon- 09:00",
        "09:00 daily",
        "mon 08:00 thu 09:00",
        "0 9 * *",
        "0 9 * * 1-5 2027 7",
        "61 * * * *",
        "@sometimes",
        "🕘 * * * *"
    )]
    text: &str,
) {
    assert_eq!(Pattern::parse(text), Err(PatternError::Unreadable(text.to_owned())));
}

#[rstest]
#[case("0 0 30 2 *")]
#[case("0 0 31 4,6,9,11 *")]
#[case(", 9 * * *")]
#[case("0 9 , * *")]
#[case("0 9 * , ,")]
fn a_pattern_that_never_fires_is_refused(#[case] text: &str) {
    assert_eq!(Pattern::parse(text), Err(PatternError::Never(text.to_owned())));
}

#[rstest]
#[case("* * * * * *")]
#[case("*/9 * * * * *")]
#[case("0,55 * * * * *")]
fn a_pattern_that_would_flood_a_channel_is_refused(#[case] text: &str) {
    assert_eq!(Pattern::parse(text), Err(PatternError::TooOften(text.to_owned())));
}

#[test]
fn a_refusal_says_what_to_write() {
    insta::assert_snapshot!(Pattern::parse("nine o'clock").unwrap_err(), @"cannot read `nine o'clock` as a time: write `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00` or a cron expression such as `0 9 * * 1-5`");
    insta::assert_snapshot!(Pattern::parse("0 0 30 2 *").unwrap_err(), @"`0 0 30 2 *` never fires: no day is on the calendar for it; `0 9 * * 1-5` fires on weekdays at 09:00");
    insta::assert_snapshot!(Pattern::parse("* 9 * * * *").unwrap_err(), @"`* 9 * * * *` fires more often than every 10 seconds: cron with six fields begins with the seconds; `*/20 * * * * *` fires every 20 seconds, `0 9 * * *` daily at 09:00");
    insta::assert_snapshot!(Pattern::parse(&"x".repeat(1_000_000)).unwrap_err(), @"cannot read `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` as a time: write `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00` or a cron expression such as `0 9 * * 1-5`");
}

#[rstest]
// 2026-11-20 is a Friday.
#[case("weekdays 09:00", "2026-11-20T08:59:59.999Z", &["11-20 09:00:00 +0000", "11-23 09:00:00 +0000"])]
#[case("weekdays 09:00", "2026-11-20T09:00:00Z", &["11-23 09:00:00 +0000", "11-24 09:00:00 +0000"])]
#[case("weekends 10:00", "2026-11-20T09:00:00Z", &["11-21 10:00:00 +0000", "11-22 10:00:00 +0000", "11-28 10:00:00 +0000"])]
#[case("mon,thu 08:00,17:30", "2026-11-20T09:00:00Z", &["11-23 08:00:00 +0000", "11-23 17:30:00 +0000", "11-26 08:00:00 +0000"])]
#[case("*/20 * * * * *", "2026-11-20T09:00:00.001Z", &["11-20 09:00:20 +0000", "11-20 09:00:40 +0000", "11-20 09:01:00 +0000"])]
#[case("0 0 29 2 *", "2096-02-29T00:00:00Z", &["02-29 00:00:00 +0000"])]
#[case("0 9 * * MON#1", "2026-11-20T09:00:00Z", &["12-07 09:00:00 +0000", "01-04 09:00:00 +0000"])]
#[case("@hourly", "2026-11-20T09:00:00Z", &["11-20 10:00:00 +0000"])]
fn it_fires_when_it_says(#[case] text: &str, #[case] after: &str, #[case] expected: &[&str]) {
    assert_eq!(fires(text, "UTC", after, expected.len()), expected);
}

#[rstest]
// New York: 02:00 EST becomes 03:00 EDT on 2026-03-08; 02:00 EDT becomes 01:00 EST on 2026-11-01.
#[case("daily 02:30", "America/New_York", "2026-03-07T00:00:00-05", &["03-07 02:30:00 -0500", "03-08 03:00:00 -0400", "03-09 02:30:00 -0400"])]
#[case("daily 02:00,02:59", "America/New_York", "2026-03-08T00:00:00-05", &["03-08 03:00:00 -0400", "03-09 02:00:00 -0400"])]
#[case("30 1-3 * * *", "America/New_York", "2026-03-08T00:00:00-05", &["03-08 01:30:00 -0500", "03-08 03:00:00 -0400", "03-08 03:30:00 -0400"])]
#[case("*/30 2 * * *", "America/New_York", "2026-03-08T00:00:00-05", &["03-09 02:00:00 -0400", "03-09 02:30:00 -0400"])]
#[case("0-59/30 1-2 * * *", "America/New_York", "2026-03-08T01:15:00-05", &["03-08 01:30:00 -0500", "03-09 01:00:00 -0400"])]
#[case("*/30 * * * *", "America/New_York", "2026-03-08T01:15:00-05", &["03-08 01:30:00 -0500", "03-08 03:00:00 -0400", "03-08 03:30:00 -0400"])]
#[case("daily 01:30", "America/New_York", "2026-11-01T00:00:00-04", &["11-01 01:30:00 -0400", "11-02 01:30:00 -0500"])]
#[case("daily 01:30,10:00", "America/New_York", "2026-11-01T00:00:00-04", &["11-01 01:30:00 -0400", "11-01 10:00:00 -0500"])]
#[case("daily 01:45", "America/New_York", "2026-11-01T01:40:00-05", &["11-02 01:45:00 -0500"])]
#[case("*/30 1 * * *", "America/New_York", "2026-11-01T01:15:00-04", &["11-01 01:30:00 -0400", "11-01 01:00:00 -0500", "11-01 01:30:00 -0500", "11-02 01:00:00 -0500"])]
// Berlin: the same an hour later, on 2026-03-29 and 2026-10-25.
#[case("daily 02:30", "Europe/Berlin", "2026-03-29T00:00:00+01", &["03-29 03:00:00 +0200", "03-30 02:30:00 +0200"])]
#[case("daily 02:30", "Europe/Berlin", "2026-10-25T00:00:00+02", &["10-25 02:30:00 +0200", "10-26 02:30:00 +0100"])]
#[case("0 * * * *", "Europe/Berlin", "2026-10-25T01:30:00+02", &["10-25 02:00:00 +0200", "10-25 02:00:00 +0100", "10-25 03:00:00 +0100"])]
// Lord Howe moves by half an hour: 02:00 becomes 02:30 on 2026-10-04, and 01:30 again on 2026-04-05.
#[case("daily 02:15", "Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", &["10-04 02:30:00 +1100", "10-05 02:15:00 +1100"])]
#[case("*/10 * * * *", "Australia/Lord_Howe", "2026-10-04T01:45:00+10:30", &["10-04 01:50:00 +1030", "10-04 02:30:00 +1100"])]
#[case("daily 01:45", "Australia/Lord_Howe", "2026-04-05T00:00:00+11", &["04-05 01:45:00 +1100", "04-06 01:45:00 +1030"])]
#[case("*/15 * * * *", "Australia/Lord_Howe", "2026-04-05T01:40:00+11", &["04-05 01:45:00 +1100", "04-05 01:30:00 +1030", "04-05 01:45:00 +1030"])]
// Apia left out 2011-12-30 whole.
#[case("daily 09:00", "Pacific/Apia", "2011-12-29T00:00:00-10", &["12-29 09:00:00 -1000", "12-31 00:00:00 +1400", "12-31 09:00:00 +1400"])]
#[case("*/20 * * * * *", "Pacific/Apia", "2011-12-29T23:59:30-10", &["12-29 23:59:40 -1000", "12-31 00:00:00 +1400", "12-31 00:00:20 +1400"])]
// Casablanca goes back an hour for Ramadan: 03:00 becomes 02:00 on 2026-02-15, and 02:00 becomes 03:00 on 2026-03-22.
#[case("daily 02:30", "Africa/Casablanca", "2026-02-15T00:00:00+01", &["02-15 02:30:00 +0100", "02-16 02:30:00 +0000"])]
#[case("daily 02:30", "Africa/Casablanca", "2026-03-22T00:00:00+00", &["03-22 03:00:00 +0100", "03-23 02:30:00 +0100"])]
fn a_clock_change_neither_loses_nor_doubles_a_fixed_time(
    #[case] text: &str,
    #[case] zone: &str,
    #[case] after: &str,
    #[case] expected: &[&str],
) {
    assert_eq!(fires(text, zone, after, expected.len()), expected);
}

#[test]
fn it_ends_with_time_itself() {
    for text in ["daily 09:00", "*/20 * * * * *"] {
        let pattern = Pattern::parse(text).unwrap();
        assert_eq!(pattern.next(Timestamp::MAX, &zone("Pacific/Apia")), None);
        assert!(pattern.next(Timestamp::MIN, &zone("Pacific/Apia")).is_some());
    }
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let fixed = (0..24u8, 0..60u8).prop_map(|(hour, minute)| format!("daily {hour}:{minute:02}"));
    let cron = prop::sample::select(vec![
        "*/20 * * * * *",
        "*/15 * * * *",
        "0 1-3 * * *",
        "30 */2 * * *",
        "15,45 2 * * 0",
        "0 0 29 2 *",
        "59 23 L * *",
    ]);
    prop_oneof![fixed, cron.prop_map(str::to_owned)].prop_map(|text| Pattern::parse(&text).unwrap())
}

fn zones() -> impl Strategy<Value = TimeZone> {
    let names =
        ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC"];
    prop::sample::select(names.to_vec()).prop_map(zone)
}

/// Moments from 2011 on, many of them right at a change of clocks.
fn moments() -> impl Strategy<Value = Timestamp> {
    (0..31_000_000_i64, 0..1_000_i64).prop_map(|(half_minutes, ms)| {
        Timestamp::from_millisecond(1_293_840_000_000 + half_minutes * 30_000 + ms).unwrap()
    })
}

proptest! {
    #[test]
    fn the_next_slot_is_strictly_after_now_and_nothing_lies_between(
        pattern in pattern(), zone in zones(), now in moments(), part in 0..1_000_i128,
    ) {
        let next = pattern.next(now, &zone).unwrap();
        prop_assert!(next > now);
        let between = (next.as_nanosecond() - now.as_nanosecond()) * part / 1_000 + now.as_nanosecond();
        let between = Timestamp::from_nanosecond(between).unwrap();
        prop_assert_eq!(pattern.next(between, &zone), Some(next));
    }

    #[test]
    fn around_a_clock_change_slots_still_come_one_after_the_other(pattern in pattern(), zone in zones(), now in moments()) {
        let change = zone.following(now).next().map_or(now, |change| change.timestamp());
        let mut before = change - SignedDuration::from_hours(3);
        for _ in 0..40 {
            let next = pattern.next(before, &zone).unwrap();
            prop_assert!(next > before);
            before = next;
        }
    }

    #[test]
    fn a_daily_time_fires_once_on_every_local_date(hour in 0..24_i8, minute in 0..60_i8, zone in zones(), now in moments()) {
        let pattern = Pattern::parse(&format!("daily {hour:02}:{minute:02}")).unwrap();
        let change = zone.following(now).next().map_or(now, |change| change.timestamp());
        let mut date = zone.to_datetime(change).date().yesterday().unwrap();
        let mut slot = date.at(0, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp() - SignedDuration::from_millis(1);
        for _ in 0..4 {
            slot = pattern.next(slot, &zone).unwrap();
            let wall = date.at(hour, minute, 0, 0);
            if matches!(zone.to_ambiguous_timestamp(wall).offset(), AmbiguousOffset::Gap { .. }) {
                prop_assert_eq!(slot, change);
            } else {
                prop_assert_eq!(zone.to_datetime(slot), wall);
            }
            date = date.tomorrow().unwrap();
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in r"[-*/,0-9LW#?+@:A-Za-z ]{0,30}|\PC{0,30}") {
        if let Ok(pattern) = Pattern::parse(&text) {
            prop_assert_eq!(Pattern::parse(pattern.as_str()), Ok(pattern));
        }
    }
}
