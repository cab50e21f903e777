//! What a parcel of the outbox says, worded from the stored round at the moment it is sent.

use std::collections::BTreeMap;

use super::{Inner, close::settle};
use crate::{
    chat::{
        Post, PostKey,
        words::{self, RoundView, Score},
    },
    quiz::{
        id::{MessageRef, PlayerId, SeasonId},
        points::Points,
        round::State,
    },
    store::{AwardRow, Entered, Parcel, Round, StoreError, What},
};

/// What a platform is asked to do.
pub(super) enum Message {
    /// Post this.
    Post(Post),
    /// Replace that message's content by this.
    Edit(MessageRef, Post),
}

impl Message {
    /// The key by which a parcel's message can be found.
    pub(super) fn key(parcel: &Parcel) -> PostKey {
        match parcel.what {
            What::Question(round) | What::Ending(round) => PostKey::question(round),
            What::Reveal(round) | What::Amended(round) => PostKey::reveal(round),
            What::Podium(season) | What::PodiumAmended(season) => PostKey::podium(season),
            What::Note(_) => PostKey::note(parcel.id.0),
        }
    }
}

impl Inner {
    /// What this parcel says; `None` where there is nothing to say any more (a cancelled round's question, the ending of one that was
    /// never posted).
    pub(super) async fn message(&self, parcel: &Parcel) -> Result<Option<Message>, StoreError> {
        if let What::Podium(season) | What::PodiumAmended(season) = parcel.what {
            return self.podium(parcel, season).await;
        }
        let (What::Question(id) | What::Ending(id) | What::Reveal(id) | What::Amended(id)) = parcel.what else {
            let What::Note(markdown) = &parcel.what else { return Ok(None) };
            return Ok(Some(Message::Post(Post::new(Message::key(parcel), markdown))));
        };
        let Some(round) = self.store.round(id).await? else { return Ok(None) };
        let mut view = view(&round);
        Ok(match parcel.what {
            What::Question(_) if round.state == State::Posting => {
                view.closes = self.clock.now().saturating_add(round.rules.window()).ok();
                Some(Message::Post(Post { last: self.last(&round).await, ..words::question(&view) }))
            }
            What::Question(_) | What::Podium(_) | What::PodiumAmended(_) | What::Note(_) => None,
            What::Ending(_) => {
                let (entered, awards) = (self.store.entries(id).await?, self.store.awards(id).await?);
                let scores = scores(&round, &entered, &awards);
                let post = words::ending(&view, &scores, round.state == State::Cancelled);
                round.message.clone().map(|message| Message::Edit(message, post))
            }
            What::Reveal(_) | What::Amended(_) => {
                let (entered, awards) = (self.store.entries(id).await?, self.store.awards(id).await?);
                let post = words::reveal(&view, &scores(&round, &entered, &awards));
                match parcel.what {
                    What::Amended(_) => self.store.revealed(id).await?.map(|message| Message::Edit(message, post)),
                    _ => Some(Message::Post(post)),
                }
            }
        })
    }

    /// A season's podium, as it is to be read now.
    async fn podium(&self, parcel: &Parcel, season: SeasonId) -> Result<Option<Message>, StoreError> {
        let Some(podium) = self.store.podium(season).await? else { return Ok(None) };
        let text = words::seasons::announcement(&podium.season, &podium.best, podium.players);
        let post = Post::new(Message::key(parcel), text);
        if let What::Podium(_) = parcel.what {
            return Ok(Some(Message::Post(post)));
        }
        let message = self.store.podium_message(season, &parcel.channel).await?;
        Ok(message.map(|message| Message::Edit(message, post)))
    }

    /// The web address of a round's question, where its face has one.
    pub(super) fn link(&self, round: &Round) -> Option<String> {
        let message = round.message.as_ref()?;
        self.chat(message.channel.face())?.link(message)
    }

    /// A line about the latest closed round before this one in its channel. None where that asked the same card, whose answer the line
    /// would give away; and none where it cannot be read, which keeps no question from being asked.
    async fn last(&self, round: &Round) -> Option<String> {
        let line = async {
            let Some(before) = self.store.closed_before(round).await? else { return Ok(None) };
            if (&before.asked.deck, &before.asked.card) == (&round.asked.deck, &round.asked.card) {
                return Ok(None);
            }
            let entered = self.store.entries(before.id).await?;
            let link = self.link(&before);
            Ok(Some(words::last(&view(&before), &scores(&before, &entered, &[]), link.as_deref())))
        };
        line.await.unwrap_or_else(|error: StoreError| {
            tracing::warn!(round = round.id.0, %error, "nothing is said of the round before");
            None
        })
    }
}

/// What the wording needs to know of a round.
pub(super) fn view(round: &Round) -> RoundView<'_> {
    RoundView {
        id: round.id,
        asked: &round.asked,
        rules: &round.rules,
        closes: round.closes,
        message: round.message.as_ref(),
    }
}

/// How everyone did whose answer stands and was not voided, given what was awarded; what a hidden player earned is not among the awards, and is reckoned
/// again.
pub(super) fn scores<'e>(round: &Round, entered: &'e [Entered], awards: &[(AwardRow, String)]) -> Vec<Score<'e>> {
    let reckoned = settle(round, entered);
    let all = reckoned.iter().chain(awards.iter().map(|(row, _)| row));
    let points: BTreeMap<&PlayerId, Points> = all.map(|row| (&row.player, row.award.points)).collect();
    let score = |entered: &'e Entered| {
        let verdict = entered.verdict.as_ref().filter(|_| !entered.voided)?;
        let points = points.get(&entered.player).copied().unwrap_or_default();
        Some(Score { name: &entered.name, hidden: entered.hidden, verdict, points })
    };
    entered.iter().filter_map(score).collect()
}
