//! A server that kcard is invited to.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn its_owner_hears_how_to_begin() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    stage.discord.all_heard().await;
    let new = stage.discord.guild("Night **Owls**");
    let owner = new.owner();
    assert_snapshot!(owner.direct().hears(1).await.shows(), @r"kcard: **Night \*\*Owls\*\***: Thank you for the invitation! Go to the channel that is to have a quiz and type `/kquiz ask`: there is your first question. `/kquiz schedule add` asks one every day, and `/kquiz help` tells the rest.");
    assert_eq!(stage.team.owner().direct().messages().len(), 0, "this server was known before");

    // After an outage a server is told anew, and after a restart all are.
    new.is_unavailable();
    new.is_available();
    stage.discord.all_heard().await;
    stage.dies().await;
    stage.starts().await;
    stage.discord.all_heard().await;
    stage.team.member("ana").commands(&stage.daily, "kquiz help", &[]).message().await;
    assert_eq!(owner.direct().messages().len(), 1);

    // Who throws kcard out and invites it again is greeted again.
    new.kicks_bot();
    new.invites_bot();
    owner.direct().hears(2).await;
}

#[tokio::test]
async fn an_owner_without_direct_messages_reads_it_in_the_system_channel() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    stage.discord.all_heard().await;
    let new = stage.discord.guild_without_bot("Night Owls");
    let hall = new.channel("hall");
    new.system_channel(&hall);
    new.owner().closes_direct_messages();
    new.invites_bot();
    assert_snapshot!(hall.hears(1).await.shows(), @"kcard: **Night Owls**: Thank you for the invitation! Go to the channel that is to have a quiz and type `/kquiz ask`: there is your first question. `/kquiz schedule add` asks one every day, and `/kquiz help` tells the rest.");
}
