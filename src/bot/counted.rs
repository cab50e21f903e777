//! What of the game is counted for those who look after kcard ([`crate::measure`]). Decides nothing.

use super::Inner;
use crate::{
    chat::Chat,
    measure::{ANSWERS, LIMITS_MET, POSTS, ROUNDS, SLOTS_SKIPPED},
    quiz::{
        answer::{Taken, Way},
        schedule::due::SkipReason,
        verdict::Credit,
    },
    store::{Answered, StoreError},
};

/// What becomes of a try to send.
pub(super) const SENT: &str = "sent";
pub(super) const LATER: &str = "later";
pub(super) const GIVEN_UP: &str = "given_up";

impl Inner {
    /// Faces begin with none of what must not happen, so that the first is seen as one more.
    pub(super) fn count_from_nothing(&self) {
        for face in &self.faces {
            for state in [SENT, LATER, GIVEN_UP] {
                POSTS.add(0, &[face.face(), state]);
            }
            LIMITS_MET.add(0, &[face.face()]);
        }
    }

    /// The face of that name; what is not configured is some other.
    pub(super) fn face_of(&self, name: &str) -> &'static str {
        self.chat(name).map_or("other", Chat::face)
    }

    /// A try to send ended.
    pub(super) fn count_post(&self, face: &str, state: &'static str) {
        POSTS.count(&[self.face_of(face), state]);
    }

    /// A round came into this state.
    pub(super) fn count_round(&self, face: &str, state: &'static str) {
        ROUNDS.count(&[self.face_of(face), state]);
    }

    /// Somebody did something to a question.
    pub(super) fn count_answer(&self, face: &str, way: Way, answered: &Result<Answered, StoreError>) {
        let verdict = match answered {
            Ok(Answered::Taken(_, taken)) => verdict(taken),
            Ok(Answered::Again(_)) => "again",
            Ok(Answered::Late(_)) => "late",
            Ok(Answered::Barred(_)) => "barred",
            Ok(Answered::Unknown) | Err(StoreError::Database(_)) => return,
            Err(StoreError::Busy(_)) => "busy",
        };
        ANSWERS.count(&[self.face_of(face), word(way), verdict]);
    }

    /// A read-back found an answer; most of what it finds is known.
    pub(super) fn count_found(&self, face: &str, way: Way, answered: &Answered) {
        if let Answered::Taken(_, taken) = answered {
            ANSWERS.count(&[self.face_of(face), word(way), verdict(taken)]);
        }
    }
}

/// Nothing is asked at some of a schedule's times.
pub(super) fn skipped(reason: SkipReason) {
    SLOTS_SKIPPED.count(&[match reason {
        SkipReason::Newer => "newer",
        SkipReason::TooLate => "too_late",
        SkipReason::SkipDate => "skip_date",
        SkipReason::Paused => "paused",
        SkipReason::NoCard => "no_card",
        SkipReason::Channel => "channel",
        SkipReason::Failed => "failed",
        SkipReason::Cancelled => "cancelled",
    }]);
}

fn verdict(taken: &Taken) -> &'static str {
    match taken {
        Taken::In { verdict, .. } if verdict.credit == Credit::FULL => "right",
        Taken::In { verdict, .. } if verdict.credit == Credit::NONE => "wrong",
        Taken::In { .. } => "partly",
        Taken::Nothing { .. } => "withdrawn",
        Taken::Refused(_) => "refused",
    }
}

fn word(way: Way) -> &'static str {
    match way {
        Way::Reaction => "reaction",
        Way::Reply => "reply",
        Way::Button => "button",
        Way::Menu => "menu",
        Way::Form => "form",
    }
}
