//! Answers: stored and marked before anybody is told that they are in.

use jiff::SignedDuration;

use super::{Inner, commands::trouble, scheduler::later};
use crate::{
    chat::{Caller, Given, Reply, port::Target, words},
    quiz::{
        answer::{Change, Entry, Input, Taken, Way},
        asked::Asked,
        grade::is_typed,
        id::{MessageRef, PlayerId, RoundId},
        round::State,
    },
    store::{Answered, NewAnswer, Round, StoreError, Which},
};

/// No press is delivered later than this. A platform's time from further back is that of a clock that is not ours.
const DELIVERED_WITHIN: SignedDuration = SignedDuration::from_secs(3);

impl Inner {
    /// Takes a reaction, a reply or what a component gave. `None` where there is nothing to say.
    pub(super) async fn answer(&self, given: Given) -> Option<Reply> {
        let Given { key, target, player, name, way, change, at, aside } = given;
        let now = self.clock.now();
        let by_message = matches!(target, Target::Message(_));
        let which = match target {
            Target::Message(message) => Which::Message(message),
            Target::Round(round) => Which::Round(round),
        };
        if aside && let Which::Message(message) = &which {
            match self.is_talk(message, &change).await {
                Ok(false) => {}
                Ok(true) => return Some(words::answers::aside()),
                Err(error) => return Some(trouble("answer", &error)),
            }
        }
        if let (Way::Reaction, Which::Message(message)) = (way, &which) {
            self.back.reacted(message, &player).await;
        }
        let at = at.unwrap_or(now).min(now);
        let stored = NewAnswer { key, which, player: player.clone(), name, way, change: change.clone(), at };
        let answered = self.store.answer(stored).await;
        self.count_answer(player.face(), way, &answered);
        match answered {
            Ok(Answered::Taken(round, taken)) => {
                self.there.learn(player.clone(), now);
                tracing::info!(round = round.id.0, %player, ?way, in_ = matches!(taken, Taken::In { .. }), "an answer");
                Some(self.heard(&round, &taken, &player, &change).await)
            }
            Ok(Answered::Again(_) | Answered::Unknown) if by_message => None,
            Ok(Answered::Again(_)) => Some(words::answers::again()),
            Ok(Answered::Late(_) | Answered::Barred(_)) if matches!(change, Change::Remove(_)) => None,
            Ok(Answered::Late(_)) => Some(words::answers::late()),
            Ok(Answered::Barred(reason)) => Some(words::players::you_are_barred(&reason)),
            Ok(Answered::Unknown) => Some(words::answers::unknown()),
            Err(error @ StoreError::Busy(_)) => {
                tracing::warn!(%player, %error, "an answer was not taken");
                Some(words::answers::busy())
            }
            Err(error) => Some(trouble("answer", &error)),
        }
    }

    /// Whether what was said aside is only talk: typed answers have tries, which talk must not use up.
    async fn is_talk(&self, question: &MessageRef, change: &Change) -> Result<bool, StoreError> {
        let Change::Set(Input::Text(_)) = change else { return Ok(false) };
        let round = self.store.round_of(question).await?;
        Ok(round.is_some_and(|round| round.state == State::Open && is_typed(round.asked.kind())))
    }

    /// What a component of a round gave.
    pub(super) async fn component(&self, caller: Caller, round: RoundId, way: Way, input: Input) -> Reply {
        let earliest = later(self.clock.now(), -DELIVERED_WITHIN);
        let given = Given {
            key: caller.key,
            target: Target::Round(round),
            player: caller.player,
            name: Some(caller.name),
            way,
            change: Change::Set(input),
            at: caller.at.map(|at| at.max(earliest)),
            aside: false,
        };
        self.answer(given).await.unwrap_or_else(words::answers::unknown)
    }

    /// What the player hears.
    async fn heard(&self, round: &Round, taken: &Taken, player: &PlayerId, change: &Change) -> Reply {
        let Round { asked, rules, .. } = round;
        let shown = match change {
            // Which attempt is the best would tell what is right.
            Change::Set(Input::Text(text)) if is_typed(asked.kind()) => Some(text.clone()),
            _ => match self.store.entry(round.id, player).await {
                Ok(entry) => entry.and_then(|entry| shown(&entry, asked)),
                Err(error) => {
                    tracing::warn!(round = round.id.0, %error, "an answer is in and could not be read again");
                    None
                }
            },
        };
        words::answers::taken(asked, rules, taken, shown.as_deref())
    }
}

/// What a player gave, in words for themselves; never which of several attempts is the best.
pub(super) fn shown(entry: &Entry, asked: &Asked) -> Option<String> {
    if !is_typed(asked.kind()) {
        return entry.shown(asked);
    }
    let tries: Vec<&str> = entry.tries.iter().map(|attempt| attempt.text.as_str()).collect();
    (!tries.is_empty()).then(|| tries.join(" · "))
}
