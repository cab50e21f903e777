//! Decks that hosts add to their space: new versions of them, their limits, and what stays when a card goes.

use std::{
    future::ready,
    sync::atomic::{AtomicBool, Ordering},
};

use kcard::{
    chat::{ControlId, Reply, Upload, command::Command},
    quiz::id::SpaceId,
};
use rstest::rstest;

use crate::stage::{On, Stage, fields, file, only, plan};

const GREEN: (&str, &str, &str) = ("green", "How hot is the water for green tea?", "eighty degrees");
const BLACK: (&str, &str, &str) = ("black", "How long does black tea steep?", "four minutes");

fn tea() -> String {
    file("tea", "brewing", &[GREEN, BLACK])
}

#[rstest]
#[tokio::test]
async fn a_deck_is_added_replaced_and_removed(#[values(On::Sqlite, On::Postgres)] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let (admin, ana) = (stage.player("root").admin(), stage.player("ana"));
    reads!(admin.attaches("/kquiz deck check", "tea.yaml", &tea()).await, @"
    🗂 **Deck tea** is in order.

    2 cards, 2 questions (2 text)  
    1 topic: brewing  
    First question: How hot is the water for green tea?

    Nothing is stored; `/kquiz deck add` adds it.
    ");
    reads!(ana.types("/kquiz deck list").await, @"
    🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture
    ");
    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await, @"
    🗂 **Deck tea** is added, version 1.

    2 cards, 2 questions (2 text)  
    1 topic: brewing  
    First question: How hot is the water for green tea?

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await, @"Nothing is changed: this very file is **deck tea**, version 1.");
    reads!(ana.types("/kquiz deck list").await, @"
    🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture  
    **tea** — 2 cards; 1 topic: brewing; version 1, added by town:root on Mon 23 Nov 2026, 08:00 (Europe/Berlin)
    ");
    reads!(ana.types("/kquiz deck show tea").await, @"
    🗂 **Deck tea**: 2 cards, page 1 of 1

    How hot is the water for green tea? (level 1, brewing)  
    How long does black tea steep? (level 1, brewing)
    ");
    reads!(ana.types("/kcard deck:tea").await, @"How hot is the water for green tea?");
    assert_eq!(admin.types("/kquiz ask deck:tea card:green").await, "A question is on its way.");
    ana.replies("eighty degrees").await;

    // The card that is asked goes, and another says something else.
    let longer =
        file("tea", "steeping", &[(BLACK.0, BLACK.1, "five minutes"), ("white", "Who grows white tea?", "Fujian")]);
    reads!(admin.attaches("/kquiz deck check", "tea.yml", &longer).await, @"
    🗂 **Deck tea** is in order.

    2 cards, 2 questions (2 text)  
    1 topic: steeping  
    First question: How long does black tea steep?

    Nothing is stored; `/kquiz deck add` would make it the next version: 1 new card (white), 1 changed (black) and 1 gone (green); answers to what was asked before stay.
    ");
    reads!(admin.attaches("/kquiz deck add", "tea.yml", &longer).await, @"
    🗂 **Deck tea** is version 2 now: 1 new card (white), 1 changed (black) and 1 gone (green); answers to what was asked before stay.

    2 cards, 2 questions (2 text)  
    1 topic: steeping  
    First question: How long does black tea steep?

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
    reads!(admin.types("/kquiz ask deck:tea card:green").await, @"There is no card named `green`. What there is: black, white.");
    stage.room().closes().await;
    reads!(stage.room().shows(), @"
    [q1 (edited)] How hot is the water for green tea?

    ✅ **eighty degrees** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    **Closed.** 1 player answered, and was right.

    [r1 to m1] ✅ The answer: **eighty degrees**

    It is eighty degrees.

    Source: <https://example.org/>

    1 player answered, and was right.
    ✅ **eighty degrees** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    🏅 **ana** 10 points
    ");
    reads!(stage.room().leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    ");
    reads!(admin.types("/kquiz deck remove tea").await, @"**Deck tea** is removed. What it asked stays in the standings, and its open questions are played to their end.");
    reads!(admin.types("/kquiz deck remove tea").await, @"There is no deck named `tea`.");
    reads!(ana.types("/kquiz deck list").await, @"
    🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture
    ");
    reads!(ana.types("/kquiz stats").await, @"
    📈 **Your figures**

    10 points from 1 round, 1st place; 1 fully right. Accuracy: 100%.

    By topic, the weakest first:  
    brewing — 100% over 1 round
    ");
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await, @"
    🗂 **Deck tea** is added, version 3.

    2 cards, 2 questions (2 text)  
    1 topic: brewing  
    First question: How hot is the water for green tea?

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
}

#[rstest]
#[tokio::test]
async fn another_space_knows_nothing_of_it(#[values(On::Sqlite, On::Postgres)] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let (red, blue) = (stage.player_in("root", "red_daily").admin(), stage.player_in("root", "blue_daily").admin());
    red.attaches("/kquiz deck add", "tea.yaml", &tea()).await;
    let mut said = Vec::new();
    for line in [
        "/kquiz deck list",
        "/kquiz deck show tea",
        "/kquiz deck remove tea",
        "/kquiz ask deck:tea",
        "/kquiz ask topic:brewing",
        "/kquiz ask card:green",
        "/kcard deck:tea",
        "/kcard topic:brewing",
        "/kquiz schedule add name:tea at:\"daily 10:00\" deck:tea",
    ] {
        said.push(format!("{line}: {}", blue.types(line).await));
    }
    reads!(said.join("\n"), @r#"
    /kquiz deck list: 🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture
    /kquiz deck show tea: There is no deck named `tea`. What there is: cluster.
    /kquiz deck remove tea: There is no deck named `tea`.
    /kquiz ask deck:tea: There is no deck named `tea`. What there is: cluster.
    /kquiz ask topic:brewing: There is no topic named `brewing`. What there is: architecture.
    /kquiz ask card:green: There is no card named `green`. What there is: scheduler.
    /kcard deck:tea: There is no deck named `tea`. What there is: cluster.
    /kcard topic:brewing: There is no topic named `brewing`. What there is: architecture.
    /kquiz schedule add name:tea at:"daily 10:00" deck:tea: There is no deck named `tea`. What there is: cluster.
    "#);
    reads!(red.outside().types("/kcard deck:tea").await, @"There is no deck named `tea`. What there is: cluster.");
    let bot = stage.bot().expect("it runs");
    let offered = |space: &str, words: &str, option: &str| bot.offers(&SpaceId::new(space), words, option, "");
    assert_eq!(offered("town:red", "kquiz ask", "deck"), ["cluster", "tea"]);
    assert_eq!(offered("town:red", "kquiz ask", "topic"), ["architecture", "brewing"]);
    assert_eq!(offered("town:red", "kquiz ask", "card"), ["black", "green", "scheduler"]);
    assert_eq!(
        offered("town:red", "kquiz deck remove", "deck"),
        ["tea"],
        "the process's decks are not theirs to remove"
    );
    assert_eq!(offered("town:blue", "kquiz ask", "deck"), ["cluster"]);
    assert_eq!(offered("town:blue", "kquiz ask", "topic"), ["architecture"]);
    assert_eq!(offered("town:blue", "kquiz ask", "card"), ["scheduler"]);
    assert_eq!(offered("town:blue", "kquiz deck remove", "deck"), [""; 0]);

    // The same name is another deck there.
    let theirs = file("tea", "leaves", &[("oolong", "What lies between green and black?", "oolong")]);
    assert!(blue.attaches("/kquiz deck add", "tea.yaml", &theirs).await.contains("is added, version 1"));
    assert!(red.types("/kquiz deck show tea").await.contains("green tea"));
    assert!(blue.types("/kquiz deck show tea").await.contains("What lies between"));
    blue.types("/kquiz ask deck:tea").await;
    reads!(stage.room_of("blue_daily").shows(), @"[q1] What lies between green and black?");
    assert_eq!(stage.room_of("red_daily").questions(), 0);
}

#[tokio::test]
async fn who_may_not_is_refused_and_their_file_is_not_even_fetched() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (admin, ana) = (stage.player("root").admin(), stage.player("ana"));
    let bot = stage.bot().expect("it runs");
    let fetched = AtomicBool::new(false);
    let fetch = || async {
        fetched.store(true, Ordering::SeqCst);
        Ok(Upload { name: "tea.yaml".into(), content: tea().into_bytes() })
    };
    for command in [Command::DeckAdd(None), Command::DeckCheck(None)] {
        let said = bot.upload(ana.caller(), command.clone(), fetch()).await;
        assert_eq!(said.text, "That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
        let said = bot.upload(admin.outside().caller(), command, fetch()).await;
        assert!(said.text.starts_with("That is about one server or workspace"), "{}", said.text);
    }
    assert!(!fetched.load(Ordering::SeqCst));
    reads!(ana.types("/kquiz deck remove tea").await, @"That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    ana.types("/kcard").await;
    admin.types("/kquiz settings hosts add:@ana").await;
    let said = bot.upload(ana.caller(), Command::DeckAdd(None), fetch()).await;
    assert!(fetched.load(Ordering::SeqCst) && said.text.contains("is added"), "{}", said.text);
    let lost = bot.upload(ana.caller(), Command::DeckAdd(None), ready(Err(Reply::private("It is lost.")))).await;
    assert_eq!(lost.text, "It is lost.");
}

#[tokio::test]
async fn a_deck_by_a_form() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let asked = admin.runs("/kquiz deck add").await;
    reads!(asked.text, @"Attach the deck file, or paste its text. It is YAML; kcard's documentation shows one.");
    let form = asked.form.expect("it asks for the file");
    let shown: Vec<_> = form.fields.iter().map(|field| (field.label.as_str(), field.file, field.long)).collect();
    assert_eq!(shown, [("The deck file", true, false), ("Its text, pasted", false, true)]);
    let id = ControlId::try_from(form.id).expect("it is a control");
    reads!(admin.submits(id.clone(), fields(&[("text", "")])).await, @"Attach the deck file, or paste its text. It is YAML; kcard's documentation shows one.");
    let said = admin.submits(id, fields(&[("text", &tea())])).await;
    assert!(said.contains("**Deck tea** is added, version 1."), "{said}");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_changes_nothing() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let broken = tea()
        .replace("level: 1", "level: 9")
        .replace("questions:", "qestions:")
        .replace("deck: tea", "deck: \"@everyone\"");
    let many: Vec<String> = (0..5_001).map(|n| format!("c{n}")).collect();
    let many: Vec<_> = many.iter().map(|id| (id.as_str(), "Which?", "that")).collect();
    let wrong = [
        ("tea.yaml", broken),
        ("<@1> **tea**.apkg", tea()),
        ("tea.yaml", String::new()),
        ("tea.yaml", "deck: [".into()),
        ("tea.yaml", "a".repeat(2_000_001)),
        ("many.yaml", file("many", "numbers", &many)),
        ("mine.yaml", file("cluster", "mine", &[GREEN])),
    ];
    let mut said = Vec::new();
    for (name, content) in &wrong {
        let added = admin.attaches("/kquiz deck add", name, content).await;
        let checked = admin.attaches("/kquiz deck check", name, content).await;
        assert!(added == checked || *name == "mine.yaml", "{checked}");
        said.push(added);
    }
    reads!(said.join("\n\n"), @r"
    Nothing is changed. 5 mistakes in `tea.yaml`:

    line 1, column 7: \`@everyone\` will not do: write lower-case letters and digits with single dashes between them, like \`pod-limits\`  
    line 5, column 12: 9 is out of range: a whole number from 1 to 5  
    line 9, column 5: unknown key \`qestions\`: did you mean \`questions\`?  
    line 13, column 12: 9 is out of range: a whole number from 1 to 5  
    line 17, column 5: unknown key \`qestions\`: did you mean \`questions\`?

    Nothing is changed. 1 mistake in `<@1> **tea**.apkg`:

    this is no deck file by its name: a deck file is YAML and ends in .yaml or .yml

    Nothing is changed. 1 mistake in `tea.yaml`:

    there is nothing in this file: begin with \`deck:\`, \`topic:\` and \`cards:\`

    Nothing is changed. 1 mistake in `tea.yaml`:

    line 1, column 7: not valid YAML: unclosed bracket '\[': close the bracket

    Nothing is changed: a deck file has at most 2 MB. Make two decks of it.

    Nothing is changed: these are 5001 cards, and a deck has at most 5000. Make two decks of it.

    Nothing is changed: **cluster** is a deck that kcard came with or was started with, and chat does not change those. Give this one another name, in its line `deck:`.
    ");
    reads!(admin.attaches("/kquiz deck check", "mine.yaml", &wrong[6].1).await, @"
    🗂 **Deck cluster** is in order.

    1 card, 1 question (1 text)  
    1 topic: mine  
    First question: How hot is the water for green tea?

    It cannot be added, though: **cluster** is a deck that kcard came with or was started with, and chat does not change those. Give this one another name, in its line `deck:`.
    ");
    assert_eq!(stage.store.decks().await.expect("the store answers"), []);
    reads!(admin.types("/kquiz deck remove cluster").await, @"Nothing is changed: **cluster** is a deck that kcard came with or was started with, and chat does not change those.");
    reads!(admin.types("/kquiz deck remove tae").await, @"There is no deck named `tae`.");
}

#[tokio::test]
async fn a_space_has_twenty_decks_of_its_own() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    for n in 0..20 {
        let said = admin.attaches("/kquiz deck add", "tea.yaml", &file(&format!("tea{n}"), "brewing", &[GREEN])).await;
        assert!(said.contains("is added, version 1"), "{said}");
    }
    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await, @"Nothing is changed: this space has 20 decks of its own, and no more are taken. `/kquiz deck remove` makes room.");
    let newer = file("tea7", "brewing", &[BLACK]);
    assert!(admin.attaches("/kquiz deck add", "tea.yaml", &newer).await.contains("is version 2 now"));
    let list = admin.types("/kquiz deck list").await;
    assert!(list.chars().count() <= 2_000 && list.contains("more"), "{list}");
    admin.types("/kquiz deck remove tea7").await;
    assert!(admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await.contains("is added"));
}

#[tokio::test]
async fn schedules_ask_from_it_and_keep_it() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await;
    let added = admin.types("/kquiz schedule add name:tea at:\"daily 10:00\" deck:tea topic:brewing").await;
    assert!(added.contains("from deck tea"), "{added}");
    reads!(admin.types("/kquiz deck remove tea").await, @"Nothing is changed: the schedule **tea** asks from deck **tea**. Remove what asks first.");
    stage.until("2026-11-23 10:00").await;
    assert_eq!(stage.room().questions(), 1);

    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &file("tea", "leaves", &[GREEN])).await, @r"
    🗂 **Deck tea** is version 2 now: 1 changed (green) and 1 gone (black); answers to what was asked before stay.

    1 card, 1 question (1 text)  
    1 topic: leaves  
    First question: How hot is the water for green tea?

    ⚠️ Schedule **tea** cannot ask from it: deck \`tea\` has no topic \`brewing\`; its topics are \`leaves\`.

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
    let list = admin.types("/kquiz schedule list").await;
    assert!(list.contains("⚠️ deck \\`tea\\` has no topic \\`brewing\\`"), "{list}");
    stage.until("2026-11-24 10:00").await;
    assert_eq!(stage.room().questions(), 1);
    admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await;
    stage.until("2026-11-25 10:00").await;
    assert_eq!(stage.room().questions(), 2);
    admin.types("/kquiz schedule remove tea").await;
    reads!(admin.types("/kquiz deck remove tea").await, @"**Deck tea** is removed. What it asked stays in the standings, and its open questions are played to their end.");
}

#[rstest]
#[tokio::test]
async fn a_restart_and_another_process_know_it(#[values(On::Sqlite, On::Postgres)] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let admin = stage.player("root").admin();
    admin.attaches("/kquiz deck add", "tea.yaml", &tea()).await;
    stage.dies();
    stage.starts().await;
    assert_eq!(admin.types("/kquiz ask deck:tea card:green").await, "A question is on its way.");

    let first = stage.bot().expect("it runs");
    let town = SpaceId::new("town");
    let offered = || first.offers(&town, "kquiz ask", "card", "");
    stage.starts().await;
    admin.attaches("/kquiz deck add", "tea.yaml", &file("tea", "brewing", &[BLACK])).await;
    assert_eq!(offered(), ["black", "green", "scheduler"]);
    first.tick().await.expect("tick works");
    assert_eq!(offered(), ["black", "scheduler"]);
    admin.types("/kquiz deck remove tea").await;
    first.tick().await.expect("tick works");
    assert_eq!(offered(), ["scheduler"]);
}

#[tokio::test]
async fn a_deck_of_the_process_takes_a_name_and_one_that_cannot_be_read_harms_nothing_else() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    let (admin, town) = (stage.player("root").admin(), SpaceId::new("town"));
    let caller = admin.caller();
    for (name, file) in [("cluster", file("cluster", "theirs", &[GREEN])), ("old", "deck: old".into()), ("tea", tea())]
    {
        let name = kcard::quiz::id::DeckId::new(name);
        stage
            .store
            .add_deck(&town, &name, &file, &caller.player, caller.at.unwrap_or_default(), 9)
            .await
            .expect("stored");
    }
    stage.work().await;
    reads!(admin.types("/kquiz deck list").await, @"
    🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture  
    **cluster** — not asked from, as kcard has a deck of this name itself; version 1, added by town:root on Thu 1 Jan 1970, 01:00 (Europe/Berlin)  
    **old** — ⚠️ this kcard cannot read it; add its file again to see what is wrong; version 1, added by town:root on Thu 1 Jan 1970, 01:00 (Europe/Berlin)  
    **tea** — 2 cards; 1 topic: brewing; version 1, added by town:root on Thu 1 Jan 1970, 01:00 (Europe/Berlin)
    ");
    assert!(admin.types("/kquiz deck show cluster").await.contains("picks a node"));
    assert!(admin.types("/kquiz deck show old").await.contains("There is no deck named `old`"));
    assert_eq!(admin.types("/kquiz ask deck:tea").await, "A question is on its way.");
    reads!(admin.types("/kquiz deck remove cluster").await, @"**Deck cluster** is removed. What it asked stays in the standings, and its open questions are played to their end.");
    reads!(admin.types("/kquiz deck remove old").await, @"**Deck old** is removed. What it asked stays in the standings, and its open questions are played to their end.");
    stage.until("2026-11-23 09:00").await;
    assert_eq!(stage.room().questions(), 2, "the schedule asks from kcard's own");
}

#[tokio::test]
async fn what_a_file_says_is_no_structure_and_calls_nobody() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let loud = ("loud", "# @everyone **shout** <@1> [x](http://a.b) `code`", "@here <@&2>");
    reads!(admin.attaches("/kquiz deck add", "loud.yaml", &file("loud", "noise", &[loud])).await, @r"
    🗂 **Deck loud** is added, version 1.

    1 card, 1 question (1 text)  
    1 topic: noise  
    First question: \# @everyone \*\*shout\*\* \<@1\> \[x\](http://a.b) \`code\`

    `/kquiz ask deck:loud` asks from it now, `/kquiz schedule add` regularly.
    ");
    reads!(admin.types("/kquiz deck show loud").await, @r"
    🗂 **Deck loud**: 1 card, page 1 of 1

    \# @everyone \*\*shout\*\* \<@1\> \[x\](http://a.b) \`code\` (level 1, noise)
    ");
}

#[tokio::test]
async fn what_only_looks_wrong_is_named_and_cards_without_questions_are_taken() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let admin = stage.player("root").admin();
    let twice = file("tea", "brewing", &[GREEN, ("again", GREEN.1, GREEN.2)]);
    reads!(admin.attaches("/kquiz deck check", "tea.yaml", &twice).await, @r"
    🗂 **Deck tea** is in order.

    2 cards, 2 questions (2 text)  
    1 topic: brewing  
    First question: How hot is the water for green tea?

    ⚠️ 1 place that you may want to look at:  
    line 14, column 12: this asks nearly the same as a question of the card \`green\`: ask for something else, or take one of the two away

    Nothing is stored; `/kquiz deck add` adds it.
    ");
    assert!(admin.attaches("/kquiz deck add", "tea.yaml", &twice).await.contains("asks nearly the same"));
    let (bare, _) =
        tea().split_once("    questions:").map(|(head, rest)| (head.to_owned(), rest.to_owned())).expect("two");
    reads!(admin.attaches("/kquiz deck add", "tea.yaml", &bare).await, @"
    🗂 **Deck tea** is version 2 now: 1 changed (green) and 1 gone (again); answers to what was asked before stay.

    1 card, 0 questions: only `/kcard` shows them  
    1 topic: brewing

    ⚠️ 1 place that you may want to look at:  
    line 4, column 9: this card has no question: write one: until then it is never asked, and only /kcard shows it

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
    reads!(admin.types("/kquiz ask deck:tea").await, @"There is no card to ask: none passes the filter and can be answered in an open way. Widen topic, exam, level or kinds, or open more ways.");
    reads!(admin.types("/kcard deck:tea").await, @"How hot is the water for green tea?");
}
