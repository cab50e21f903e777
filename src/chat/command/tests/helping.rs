use insta::assert_snapshot;

use super::{super::help::help, *};

#[test]
fn the_overview_shows_what_the_caller_may() {
    assert_snapshot!(help(None, Who::Everyone).replace("  \n", "\n"), @r"
    **What I can do**

    `/kcard [topic] [deck] [public]` — Show a card: its question first, then the answer. Never scored
    `/kquiz schedule list` — When this space gets questions
    `/kquiz leaderboard [period] [season] [page]` — Places and points, and your own
    `/kquiz mine` — Your own answers in open rounds
    `/kquiz stats` — Your own figures, by topic
    `/kquiz season list|show` — Competitions with a start and an end
    `/kquiz deck list|show` — What there is to learn
    `/kquiz round show` — One question that was asked
    `/kquiz privacy export|delete|hide|show` — Your own data: export, delete, hide, show
    `/kquiz help [command]` — What there is, or one command in full

    `/kquiz help schedule` tells more of one. Questions are answered where they stand: no command needed.
    ");
    let everyone = help(None, Who::Everyone);
    let (host, admin) = (help(None, Who::Host), help(None, Who::Admin));
    assert!(!everyone.contains("ask`") && host.contains("/kquiz ask"));
    assert!(!host.contains("hosts`") && admin.contains("hosts`"));
}

#[test]
fn one_command_in_full() {
    assert_snapshot!(help(Some("/kquiz schedule pause"), Who::Host), @r"
    `/kquiz schedule pause NAME [until]`

    Let a schedule ask nothing until a date, or until resumed. For hosts and admins.

    - `name`, must be given: Which schedule
    - `until`: First day on which it asks again: 2026-12-24

    For example: `/kquiz schedule pause daily until:2026-12-24`
    ");
}

#[test]
fn a_group_lists_its_commands() {
    assert_snapshot!(help(Some("round"), Who::Everyone).replace("  \n", "\n"), @r"
    `/kquiz round show [round]` — A question that was asked, and where it stands
    `/kquiz round close [round]` — Close an open question now
    `/kquiz round cancel [round]` — Take a question back: it counts for nothing
    `/kquiz round remark ROUND ANSWER [as:…] [why:…]` — Count another answer as right, and mark a closed question anew for all
    ");
}

#[test]
fn a_typo_is_met_with_what_was_meant() {
    assert_snapshot!(help(Some("leaderbord"), Who::Everyone), @"There is no command `leaderbord`; did you mean `leaderboard`? `/kquiz help` tells what there is.");
    assert_snapshot!(help(Some("shedule"), Who::Everyone), @"There is no command `shedule`; did you mean `schedule`? `/kquiz help` tells what there is.");
}

#[test]
fn help_fits_one_message() {
    for spec in COMMANDS {
        let text = help(Some(&spec.words.join(" ")), Who::Admin);
        assert!(text.chars().count() <= 2_000 && text.contains(spec.example), "{text}");
    }
    assert!(help(None, Who::Admin).chars().count() <= 2_000);
}
