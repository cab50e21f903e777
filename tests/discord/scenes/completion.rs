//! What can be completed while a command is typed.

use insta::assert_snapshot;
use serde_json::json;

use crate::{deck::decks, stage::Stage};

#[tokio::test]
async fn every_option_that_is_known_at_run_time() {
    let stage = Stage::daily(decks()).await;
    let host = stage.team.admin("root");
    let start = [("name", json!("Autumn Cup")), ("ends", json!("2026-12-24"))];
    host.commands(&stage.daily, "kquiz season start", &start).message().await;
    let mut shown = Vec::new();
    for (command, option, typed) in [
        ("kcard", "topic", ""),
        ("kcard", "deck", "clu"),
        ("kquiz ask", "card", "s"),
        ("kquiz ask", "card", "nothing"),
        ("kquiz schedule add", "exam", ""),
        ("kquiz schedule add", "timezone", "berl"),
        ("kquiz schedule pause", "name", ""),
        ("kquiz leaderboard", "season", "cup"),
        ("kquiz settings timezone", "zone", "europe/b"),
        ("kquiz help", "command", "schedule"),
    ] {
        let choices = host.autocompletes(&stage.daily, command, &[], option, typed).choices().await;
        assert!(choices.iter().all(|(name, value)| *value == json!(name)));
        let names: Vec<String> = choices.into_iter().map(|(name, _)| name).collect();
        shown.push(format!("/{command} {option}:{typed} → {}", names.join(" | ")));
    }
    assert_snapshot!(shown.join("\n"), @"
    /kcard topic: → architecture | pods | tools
    /kcard deck:clu → cluster
    /kquiz ask card:s → scheduler | shared | smallest | list-pods
    /kquiz ask card:nothing → 
    /kquiz schedule add exam: → 
    /kquiz schedule add timezone:berl → Europe/Berlin
    /kquiz schedule pause name: → daily
    /kquiz leaderboard season:cup → Autumn Cup
    /kquiz settings timezone zone:europe/b → Europe/Belfast | Europe/Belgrade | Europe/Berlin | Europe/Bratislava | Europe/Brussels | Europe/Bucharest | Europe/Budapest | Europe/Busingen
    /kquiz help command:schedule → kquiz schedule add | kquiz schedule list | kquiz schedule pause | kquiz schedule resume | kquiz schedule skip | kquiz schedule remove
    ");
    let zones = host.autocompletes(&stage.daily, "kquiz settings timezone", &[], "zone", "").choices().await;
    assert_eq!(zones.len(), 25, "as many as Discord shows");
}

#[tokio::test]
async fn one_server_knows_nothing_of_another() {
    let stage = Stage::daily(decks()).await;
    let other = stage.discord.guild("Other");
    let ana = other.member("ana");
    let here = other.channel("general");
    let choices = ana.autocompletes(&here, "kquiz schedule pause", &[], "name", "").choices().await;
    assert_eq!(choices, []);
}

#[tokio::test]
async fn help_for_all_and_for_one() {
    let stage = Stage::daily(decks()).await;
    let ana = stage.team.member("ana");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz help", &[]).reads().await, @"
    kcard (to ana alone): **What I can do**

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
    let one = [("command", json!("kquiz schedule add"))];
    assert_snapshot!(ana.commands(&stage.daily, "kquiz help", &one).reads().await, @"
    kcard (to ana alone): `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`

    Ask regularly; given nothing, opens a form. For hosts and admins.

    - `name`: Name: daily
    - `at`: When: weekdays 09:00, daily 18:30, mon,thu 08:00 or cron
    - `timezone`: Time zone: Europe/Berlin; this space's if none is given
    - `deck`: Deck: kubernetes; may be left out where there is only one
    - `window`: How long each is open: 20s, 30m, 8h; until the next if none is given
    - `topic`: Only this topic
    - `exam`: Only cards for this exam
    - `level`: Only this level, 1 (first week) to 5 (years)
    - `kinds`: Only these kinds: choice, multiple, list, text, command
    - `style`: Social: answers are seen by all. Contest: secret until the close (social, contest)
    - `answers`: Open ways to answer: reactions, replies, buttons
    - `attempts`: Tries for typed answers; 3 if none is given
    - `feedback`: What players hear: at the close, or at once (close, instant)
    - `thread`: Open a thread on each question; not in a contest (yes, no)
    - `mention`: A role or group that each question mentions
    - `reveal`: (Slack) Where each answer is shown: in the question's thread, or in the channel as well (thread, channel)
    - `channel`: In another channel than this one

    For example: `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`
    ");
}
