//! Decks that hosts attach to a command, or paste into a form.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    deck::{file, only},
    stage::Stage,
    standin::{Answered, Channel, Fault, Guild, Pings},
};

const GREEN: (&str, &str, &str) = ("green", "How hot is the water for green tea?", "eighty degrees");
const FETCH: &str = "GET /attachments/*/*";

fn tea() -> String {
    file("tea", "brewing", &[GREEN])
}

async fn stage() -> Stage {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    stage
}

fn with(file: Value) -> [(&'static str, Value); 1] {
    [("file", file)]
}

#[tokio::test]
async fn a_deck_by_an_attached_file() {
    let stage = stage().await;
    let (admin, ana) = (stage.team.admin("root"), stage.team.member("ana"));
    let added = with(admin.attaches("tea.yaml", tea().as_bytes()));
    let reads = async |command, options: &[(&str, Value)]| {
        let said = admin.commands(&stage.daily, command, options).message().await;
        assert!(said.is_ephemeral() && said.pings() == Pings::default());
        said.shows().replace(&admin.id.to_string(), "ROOT")
    };
    assert_snapshot!(reads("kquiz deck check", &added).await, @"
    kcard (to root alone): 🗂 **Deck tea** is in order.

    1 card, 1 question (1 text)
    1 topic: brewing
    First question: How hot is the water for green tea?

    Nothing is stored; `/kquiz deck add` adds it.
    ");
    assert_snapshot!(reads("kquiz deck add", &added).await, @"
    kcard (to root alone): 🗂 **Deck tea** is added, version 1.

    1 card, 1 question (1 text)
    1 topic: brewing
    First question: How hot is the water for green tea?

    `/kquiz ask deck:tea` asks from it now, `/kquiz schedule add` regularly.
    ");
    assert_snapshot!(reads("kquiz deck list", &[]).await, @"
    kcard (to root alone): 🗂 **Decks**

    **cluster** — 1 card; 1 topic: architecture
    **tea** — 1 card; 1 topic: brewing; version 1, added by @root on Mon 23 Nov 2026, 08:00 (Europe/Berlin)
    ");
    let broken = with(admin.attaches("tea.yaml", tea().replace("level: 1", "level: 9").as_bytes()));
    assert_snapshot!(reads("kquiz deck add", &broken).await, @"
    kcard (to root alone): Nothing is changed. 1 mistake in `tea.yaml`:

    line 5, column 12: 9 is out of range: a whole number from 1 to 5
    ");
    let question = stage.asks("green").await;
    assert!(question.content().contains("green tea"));

    let choices = async |guild: &Guild, channel: &Channel| {
        let offered = guild.admin("root").autocompletes(channel, "kquiz ask", &[], "deck", "").choices().await;
        offered.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let other = stage.discord.guild("Other");
    assert_eq!(choices(&stage.team, &stage.daily).await, ["cluster", "tea"]);
    assert_eq!(choices(&other, &other.channel("there")).await, ["cluster"]);
    assert_eq!(stage.discord.fetched(), 3);
    let mine = with(ana.attaches("tea.yaml", b"deck: mine"));
    let said = ana.commands(&stage.daily, "kquiz deck add", &mine).message().await;
    assert!(said.content().starts_with("That is for hosts and admins."));
    assert_eq!(stage.discord.fetched(), 3, "nothing is fetched for who may not");
    assert_snapshot!(reads("kquiz deck remove", &[("deck", json!("tea"))]).await, @"kcard (to root alone): **Deck tea** is removed. What it asked stays in the standings, and its open questions are played to their end.");
}

#[tokio::test]
async fn a_deck_pasted_into_the_form() {
    let stage = stage().await;
    let admin = stage.team.admin("root");
    let form = admin.commands(&stage.daily, "kquiz deck add", &[]).modal().await;
    assert_snapshot!(form.shows(), @"
    Add a deck
    Its text, pasted (optional): [for a short deck; a long one comes as a file]
    ");
    assert_snapshot!(form.submits(&[("text", "")]).reads().await, @"kcard (to root alone): Attach the deck file, or paste its text. It is YAML; kcard's documentation shows one.");
    let added = form.submits(&[("text", &tea())]).message().await.content();
    assert!(added.contains("**Deck tea** is added, version 1."), "{added}");
}

#[tokio::test]
async fn no_more_is_fetched_than_is_taken() {
    let stage = stage().await;
    let admin = stage.team.admin("root");
    let large = vec![b'#'; 2_100_000];
    for (size, fetched) in [(large.len(), 0), (1, 1)] {
        let file = with(admin.attaches_as("tea.yaml", &large, size));
        let said = admin.commands(&stage.daily, "kquiz deck add", &file).message().await.content();
        assert_eq!(said, "Nothing is changed: a deck file has at most 2 MB. Make two decks of it.");
        assert_eq!(stage.discord.fetched(), fetched);
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_or_comes_late() {
    let stage = stage().await;
    let admin = stage.team.admin("root");
    let file = with(admin.attaches("tea.yaml", tea().as_bytes()));
    stage.discord.fails(FETCH, Fault::Status(404));
    assert_snapshot!(admin.commands(&stage.daily, "kquiz deck add", &file).reads().await, @"kcard (to root alone): Nothing is changed: I could not fetch the file. Please attach it again in a moment.");

    let (asked, go_on) = stage.discord.holds(FETCH);
    let ask = admin.commands(&stage.daily, "kquiz deck add", &file);
    asked.await.expect("it is fetched");
    assert_eq!(ask.first().await.kind, Answered::Deferred, "within Discord's time");
    go_on.send(()).expect("it still waits");
    let said = ask.message().await.content();
    assert!(said.contains("**Deck tea** is added"), "{said}");
}

#[tokio::test]
async fn what_a_deck_says_calls_nobody() {
    let stage = stage().await;
    let admin = stage.team.admin("root");
    let loud = ("loud", "@everyone @here <@1> **who** `shouts`?", "@everyone");
    let file = with(admin.attaches("@everyone.yaml", file("loud", "noise", &[loud]).as_bytes()));
    let said = admin.commands(&stage.daily, "kquiz deck add", &file).message().await;
    assert!(said.content().contains("First question: @everyone"), "{}", said.content());
    assert_eq!(said.pings(), Pings::default());
    let question = stage.asks("loud").await;
    stage.closes().await;
    let spoken = stage.daily.of_bot();
    assert!(spoken.len() >= 2 && spoken.iter().all(|message| message.pings() == Pings::default()));
    assert!(question.content().contains("@everyone"));
}
