//! A person's own page beside the chat, made of what commands answer.

use std::collections::BTreeSet;

use super::{named::Stop, said};
use crate::{
    bot::Inner,
    chat::{
        Caller, Reply,
        command::{BoardPeriod, Who},
        words,
    },
    quiz::id::ChannelId,
    store::Source,
};

impl Inner {
    /// The page's sections from the top. What fails is said in its place, and ends the page.
    pub(in crate::bot) async fn home(&self, caller: &Caller, channels: &BTreeSet<ChannelId>) -> Vec<Reply> {
        if caller.is_outside() {
            return vec![words::trouble::outside()];
        }
        let mut page = Vec::new();
        if let Err(stop) = self.fill(&mut page, caller, channels).await {
            page.push(said("home", Err(stop)));
        }
        page
    }

    async fn fill(&self, page: &mut Vec<Reply>, caller: &Caller, channels: &BTreeSet<ChannelId>) -> Result<(), Stop> {
        page.push(self.stats(caller).await?);
        page.push(self.open(caller, channels).await?);
        let running = self.running_season(&caller.space).await?;
        let season = running.map(|season| season.name);
        page.push(self.leaderboard(caller, Some(BoardPeriod::All), season, 1).await?);
        page.push(words::card::offer());
        if self.may(caller, Who::Host) {
            page.push(self.schedules_to_switch(caller).await?);
        }
        Ok(())
    }

    /// The list of schedules, with a button to pause or resume each that chat may change.
    async fn schedules_to_switch(&self, caller: &Caller) -> Result<Reply, Stop> {
        let list = self.schedule_list(caller).await?;
        let now = self.clock.now();
        let schedules = self.store.schedules(Some(&caller.space)).await?;
        let of_chat = schedules.iter().filter(|schedule| schedule.source == Source::Chat);
        let paused = of_chat
            .map(|schedule| (schedule.plan.name.as_str(), schedule.paused_until.is_some_and(|until| until > now)));
        Ok(words::schedules::to_switch(list, paused))
    }
}
