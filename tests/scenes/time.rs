//! Clock changes, outages, pauses and skip dates.

use jiff::{Timestamp, tz::TimeZone};
use rstest::rstest;

use crate::stage::{On, Stage, only, plan};

/// The slots of the first schedule, newest first, as Berlin's clock shows them: asked, or why not.
async fn slots(stage: &Stage) -> String {
    let schedules = stage.store.schedules(None).await.expect("the store answers");
    let slots = stage.store.slots(schedules[0].id, 20).await.expect("the store answers");
    let berlin = TimeZone::get("Europe/Berlin").expect("the zone is known");
    let shown = |at: Timestamp| at.to_zoned(berlin.clone()).strftime("%a %d %b %H:%M").to_string();
    let lines = slots.into_iter().map(|(at, skipped)| match skipped {
        Some(reason) => format!("{} skipped: {reason:?}", shown(at)),
        None => format!("{} asked", shown(at)),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[rstest]
#[case::skipped("2027-03-27 12:00", "2027-03-29 12:00", "Mon 29 Mar 02:30 asked\nSun 28 Mar 03:00 asked")]
#[case::twice("2027-10-30 12:00", "2027-11-01 12:00", "Mon 01 Nov 02:30 asked\nSun 31 Oct 02:30 asked")]
#[tokio::test]
async fn a_time_that_a_clock_change_skips_or_repeats_asks_once(
    #[case] from: &str,
    #[case] to: &str,
    #[case] asked: &str,
) {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("night", "daily", "daily 02:30")]).await;
    stage.sleeps_until(from);
    stage.work().await;
    let before = stage.room().questions();
    stage.until(to).await;
    assert_eq!(stage.room().questions() - before, 2);
    assert_eq!(slots(&stage).await.lines().take(2).collect::<Vec<_>>().join("\n"), asked);
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn an_outage_asks_only_the_newest_slot_in_time(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await else {
        return;
    };
    stage.until("2026-11-23 09:30").await;
    stage.dies();
    stage.sleeps_until("2026-11-26 10:59");
    stage.starts().await;
    stage.work().await;
    assert_eq!(stage.room().questions(), 2, "no burst");

    stage.dies();
    stage.sleeps_until("2026-11-28 11:01");
    stage.starts().await;
    stage.work().await;
    assert_eq!(stage.room().questions(), 2, "older than catch_up");
    reads!(slots(&stage).await, @"
    Sat 28 Nov 09:00 skipped: TooLate
    Fri 27 Nov 09:00 skipped: Newer
    Thu 26 Nov 09:00 asked
    Wed 25 Nov 09:00 skipped: Newer
    Tue 24 Nov 09:00 skipped: Newer
    Mon 23 Nov 09:00 asked
    ");
}

#[tokio::test]
async fn a_platform_away_at_the_slot_gets_its_question_within_catch_up() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    stage.platform.is_away(true);
    stage.until("2026-11-23 10:00").await;
    assert_eq!(stage.room().questions(), 0);
    stage.platform.is_away(false);
    stage.until("2026-11-23 10:05").await;
    assert_eq!(stage.room().questions(), 1);

    stage.platform.is_away(true);
    stage.until("2026-11-24 12:00").await;
    stage.platform.is_away(false);
    stage.until("2026-11-24 13:00").await;
    assert_eq!(stage.room().questions(), 1, "two hours late is too late");
    reads!(slots(&stage).await, @"
    Tue 24 Nov 09:00 skipped: TooLate
    Mon 23 Nov 09:00 asked
    ");
}

#[tokio::test]
async fn a_pause_and_a_skip_date() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let host = stage.player("ana").admin();
    host.types("/kquiz schedule add name:daily at:\"daily 09:00\"").await;
    reads!(host.types("/kquiz schedule skip daily 2026-11-24").await, @"**daily** asks nothing on Tue 24 Nov 2026.");
    reads!(host.types("/kquiz schedule pause daily until:2026-11-27").await, @"**daily** is paused and asks again from Fri 27 Nov 2026 on.");
    stage.until("2026-11-23 10:00").await;
    host.types("/kquiz schedule resume daily").await;
    stage.until("2026-11-25 10:00").await;
    host.types("/kquiz schedule pause daily until:2026-11-27").await;
    stage.until("2026-11-27 10:00").await;
    reads!(slots(&stage).await, @"
    Fri 27 Nov 09:00 asked
    Thu 26 Nov 09:00 skipped: Paused
    Wed 25 Nov 09:00 asked
    Tue 24 Nov 09:00 skipped: SkipDate
    Mon 23 Nov 09:00 skipped: Paused
    ");
}
