//! Scenes that are the same on every face, each written once: what people do, and what comes of it, in the words of the game. How it is
//! done on a face, that face's tests say.

mod disputes;
mod names;
pub mod permissions;
mod rounds;

use std::ops::Deref;

use kcard::{
    chat::command::definition::Spec,
    quiz::{
        id::{ChannelId, PlayerId},
        round::Style,
        schedule::Plan,
    },
};

pub use disputes::*;
pub use names::*;
pub use permissions::what_is_for_hosts_no_player_can_do;
pub use rounds::*;

use crate::{deck::only, whole::Whole};

/// How long a question is open, in milliseconds.
const HOUR: i64 = 3_600_000;

/// A stage on a face: one channel in which a schedule asks at 09:00 on weekdays. People go by their names, options by their numbers
/// or what they say.
pub trait Face: Deref<Target = Whole> {
    /// 08:00 on a Monday, and the bot runs.
    async fn sets(decks: kcard::decks::Decks, change: fn(Plan) -> Plan) -> Self;

    /// The channel.
    fn place(&self) -> ChannelId;

    /// Somebody as the store knows them.
    fn player(&self, who: &str) -> PlayerId;

    /// Puts the reaction of that number under the question.
    async fn reacts(&self, who: &str, number: u8);

    /// Takes it away.
    async fn unreacts(&self, who: &str, number: u8);

    /// Answers the question in words that all can read.
    async fn replies(&self, who: &str, text: &str);

    /// Presses the button of an option; what they alone read then.
    async fn presses(&self, who: &str, option: &str) -> String;

    /// Fills in the question's form; what they alone read then.
    async fn fills_in(&self, who: &str, text: &str) -> String;

    /// Fills in the form under the latest reveal; what they alone read then.
    async fn disputes(&self, who: &str, reason: &str) -> String;

    /// What they were told alone of late, without having done anything: by the platform, or with what they do next.
    async fn was_told(&self, who: &str) -> String;

    /// Gives a command: `/kquiz mine`; what they read then.
    async fn types(&self, who: &str, line: &str) -> String;

    /// Gives a command with the options of [`permissions::given`]; what they read then.
    async fn gives(&self, who: &str, spec: &Spec) -> String {
        self.types(who, &permissions::line(spec)).await
    }

    /// Lets the bot ring for everyone, where a platform has that.
    fn lets_the_bot_ring(&self) {}

    /// How many people's devices rang for what the bot has said.
    fn rung(&self) -> usize;

    /// All that stands in the channel and under its messages, as somebody else reads it.
    async fn channel(&self) -> String;

    /// The questions that stand in the channel, oldest first.
    async fn questions(&self) -> Vec<String>;

    /// The reveals, oldest first.
    async fn reveals(&self) -> Vec<String>;

    /// From now on the bot is told everything twice.
    fn hears_all_twice(&self);
}

/// One test for each scene that any face can play.
macro_rules! every_scene {
    ($face:ty) => {
        $crate::faces::plays! { $face: faces:
            a_day_with_every_way_to_answer
            a_change_of_mind_and_a_withdrawal
            several_toggle_where_several_are_right
            the_last_of_all_ways_counts
            typed_tries_until_none_is_left
            what_comes_after_the_close_counts_for_nothing
            everything_twice_counts_once
            who_hid_is_not_named
            a_contest_in_which_nobody_sees_anothers_answer
            what_is_for_hosts_no_player_can_do
            a_name_is_only_a_name
            a_dispute_that_a_host_accepts
        }
    };
}

macro_rules! plays {
    ($face:ty: $room:ident: $($scene:ident)*) => {
        $(
            #[tokio::test]
            async fn $scene() {
                $crate::$room::$scene::<$face>().await;
            }
        )*
    };
}

pub(crate) use {every_scene, plays};

/// A face on which one of these cards is asked at 09:00 and closed at 10:00; the question stands there.
pub async fn asked<F: Face>(cards: &[&str]) -> F {
    asked_so(cards, |plan| Plan { window_ms: Some(HOUR), ..plan }).await
}

/// The same in a contest.
async fn in_a_contest<F: Face>(cards: &[&str]) -> F {
    asked_so(cards, |plan| Plan { window_ms: Some(HOUR), style: Some(Style::Contest), ..plan }).await
}

async fn asked_so<F: Face>(cards: &[&str], change: fn(Plan) -> Plan) -> F {
    let face = F::sets(only(cards), change).await;
    face.until("2026-11-23 09:00").await;
    assert_eq!(face.questions().await.len(), 1);
    face
}

/// Waits until this is what counts of somebody's answer to the latest question; `None` where nothing stands.
pub async fn counts<F: Face>(face: &F, who: &str, answer: Option<&str>) {
    let rounds = face.store.recent_rounds(&face.place(), 1).await.expect("the store answers");
    face.counts_in(&rounds[0], &face.player(who), answer).await;
}

/// The window passes; the one reveal.
pub async fn closes<F: Face>(face: &F) -> String {
    face.until("2026-11-23 10:01").await;
    let mut reveals = face.reveals().await;
    assert_eq!((face.questions().await.len(), reveals.len()), (1, 1));
    assert_eq!(face.store.verify().await.expect("the store answers"), []);
    reveals.remove(0)
}

/// The words alone, without what makes them bold, code or a block.
pub fn plain(shown: &str) -> String {
    shown.replace("│ ", "").replace(['*', '`', '\\'], "")
}
