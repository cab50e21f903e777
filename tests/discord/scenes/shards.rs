//! More than one shard: each hears of its own servers only.

use std::time::Duration;

use crate::{
    deck::only,
    stage::{Stage, kcard_needs},
    standin::Guild,
};

#[tokio::test]
async fn servers_on_two_shards() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.advises(2, 1);
    let other = stage.discord.guild("Other");
    other.grants_bot(kcard_needs());
    let there = other.channel("daily");
    let shard = |guild: &Guild| (guild.id.0 >> 22) % 2;
    assert_ne!(shard(&stage.team), shard(&other));
    stage
        .plans(vec![stage.plan("here", &stage.daily, "weekdays 09:00"), stage.plan("there", &there, "weekdays 09:00")]);
    stage.starts_unconnected().await;
    // One shard says who it is five seconds after the other.
    let both = |discord: &crate::standin::Discord| (discord.identifies() == 2).then_some(());
    stage.discord.within(Duration::from_secs(10), "both shards", both).await;
    stage.discord.connected(2).await;
    stage.until("2026-11-23 09:00").await;
    let questions = [stage.question(&stage.daily), stage.question(&there)];
    let people = [stage.team.member("ana"), other.member("ana")];
    for (question, person) in questions.iter().zip(&people) {
        let reply = person.replies(question, "kube-scheduler");
        stage.signed(&reply, "📥").await;
        let first =
            question.content().lines().nth(2).and_then(|line| line.split_once(' ')).expect("options").1.to_owned();
        assert!(person.clicks(question, &format!("1. {first}")).reads().await.contains(&first));
    }
}
