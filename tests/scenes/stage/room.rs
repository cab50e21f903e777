//! A channel of the chat: what an admin does there, and what it shows.

use kcard::quiz::id::ChannelId;

use super::Stage;

/// A channel of the chat.
pub struct Room<'s> {
    stage: &'s Stage,
    name: String,
    pub channel: ChannelId,
}

impl<'s> Room<'s> {
    pub fn new(stage: &'s Stage, name: &str) -> Self {
        Self { stage, name: name.to_owned(), channel: ChannelId::new(format!("town:{name}")) }
    }

    /// An admin has this card asked.
    pub async fn asks(&self, card: &str) {
        let admin = self.stage.player_in("root", &self.name).admin();
        assert_eq!(admin.types(&format!("/kquiz ask card:{card}")).await, "A question is on its way.");
    }

    /// An admin closes the latest round.
    pub async fn closes(&self) {
        let admin = self.stage.player_in("root", &self.name).admin();
        let said = admin.types("/kquiz round close").await;
        assert!(said.contains("is closed"), "{said}");
    }

    /// What the channel shows.
    pub fn shows(&self) -> String {
        self.stage.platform.shows(&self.channel)
    }

    /// How many questions were posted.
    pub fn questions(&self) -> usize {
        self.stage.platform.posts(&self.channel, "q")
    }

    /// The leaderboard as somebody without points reads it.
    pub async fn leaderboard(&self) -> String {
        self.stage.player_in("zoe", &self.name).types("/kquiz leaderboard").await.replace("  \n", "\n")
    }
}
