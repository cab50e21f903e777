//! What the players do: each answers questions as they come up, by one way each, while there is time.

use std::{cell::Cell, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rand::{
    RngExt, SeedableRng,
    rngs::ChaCha8Rng,
    seq::{IndexedRandom, SliceRandom},
};
use tokio::{sync::Notify, time::sleep};

use crate::{
    deck::{self, Card, Kind},
    platform::{Platform, Question},
    records::{Answer, Deed, Records, Told},
};

/// How long a round is open at least; the schedules' window.
pub const WINDOW: SignedDuration = SignedDuration::from_secs(12);
/// The tries of who types.
pub const ATTEMPTS: u8 = 3;
/// Nobody answers in a round's last seconds: whether it was in time would be a question of who looks at which clock.
const LAST: SignedDuration = SignedDuration::from_secs(3);

/// What the players share.
#[derive(Default)]
pub struct Game {
    pub records: Records,
    /// Told when somebody presses or sends in: a good moment to die.
    pub acted: Notify,
    /// Nobody plays any more.
    pub over: Cell<bool>,
}

/// One player, until the game is over.
pub struct Player<'a, P: Platform> {
    who: &'static str,
    chance: ChaCha8Rng,
    platform: &'a P,
    game: &'a Game,
}

impl<'a, P: Platform> Player<'a, P> {
    pub fn new(who: &'static str, seed: u64, platform: &'a P, game: &'a Game) -> Self {
        Self { who, chance: ChaCha8Rng::seed_from_u64(seed), platform, game }
    }

    pub async fn plays(mut self) {
        let channels = self.platform.channels().len();
        while !self.game.over.get() {
            self.waits(20..200).await;
            let channel = self.chance.random_range(0..channels);
            let Some(question) = self.platform.questions(channel).pop() else { continue };
            if in_time(&question) && !question.is_closed() && !self.game.records.answered(question.round, self.who) {
                self.answers(&question).await;
            }
        }
    }

    async fn waits(&mut self, milliseconds: std::ops::Range<u64>) {
        sleep(Duration::from_millis(self.chance.random_range(milliseconds))).await;
    }

    async fn answers(&mut self, question: &Question<P::Msg>) {
        let card = deck::of(&question.text);
        let way = if question.is_contest { 2 } else { self.chance.random_range(0..3) };
        match (card.kind, way) {
            (Kind::Choice, 0) => self.reacts(question, card).await,
            (Kind::Choice | Kind::Multiple, 1) => self.replies(question, card).await,
            (Kind::Choice, _) => self.presses(question, card).await,
            (Kind::Multiple, _) => self.picks(question, card).await,
            (Kind::Text, 0 | 1) => self.types(question, card).await,
            (Kind::Text, _) => self.fills_in(question, card).await,
        }
    }

    /// Whether the next answer is right, and what it is.
    fn chooses(&mut self, card: &Card) -> (bool, &'static str) {
        let right = self.chance.random_bool(0.5);
        let from = if right { card.right } else { card.wrong };
        (right, from.choose(&mut self.chance).expect("a card has right and wrong answers"))
    }

    /// Some texts to type, each another: the same again takes no try.
    fn texts(&mut self, card: &Card) -> Vec<(bool, &'static str)> {
        let right = card.right.iter().map(|text| (true, *text));
        let mut texts: Vec<_> = right.chain(card.wrong.iter().map(|text| (false, *text))).collect();
        texts.shuffle(&mut self.chance);
        texts.truncate(self.chance.random_range(1..=ATTEMPTS.into()));
        texts
    }

    fn notes(&self, question: &Question<P::Msg>, answer: Answer) {
        self.game.records.notes(question.round, self.who, answer);
    }

    /// One reaction, perhaps another in its place, perhaps taken away.
    async fn reacts(&mut self, question: &Question<P::Msg>, card: &Card) {
        let mut before = None;
        for _ in 0..self.chance.random_range(1..=3) {
            if !in_time(question) {
                return;
            }
            if let Some(number) = before {
                self.platform.reacts(self.who, &question.message, number, false);
                self.notes(question, Answer::Standing(None));
            }
            let (right, option) = self.chooses(card);
            let number = question.number(option).expect("the option is offered");
            if before == Some(number) {
                before = None;
            } else {
                self.platform.reacts(self.who, &question.message, number, true);
                self.notes(question, Answer::Standing(Some(right)));
                before = Some(number);
            }
            self.waits(50..900).await;
        }
    }

    /// Replies with options; the last one counts.
    async fn replies(&mut self, question: &Question<P::Msg>, card: &Card) {
        for _ in 0..self.chance.random_range(1..=2) {
            if !in_time(question) {
                return;
            }
            let (right, text) = match card.kind {
                Kind::Multiple if self.chance.random_bool(0.5) => (true, card.right.join(", ")),
                Kind::Multiple => (false, card.wrong[0].to_owned()),
                _ => {
                    let (right, option) = self.chooses(card);
                    (right, option.to_owned())
                }
            };
            self.platform.replies(self.who, &question.message, &text);
            self.notes(question, Answer::Standing(Some(right)));
            self.waits(50..900).await;
        }
    }

    /// Typed replies; the best counts.
    async fn types(&mut self, question: &Question<P::Msg>, card: &Card) {
        let mut tries = Vec::new();
        for (right, text) in self.texts(card) {
            if !in_time(question) {
                return;
            }
            self.platform.replies(self.who, &question.message, text);
            tries.push(right);
            self.notes(question, Answer::Typed(tries.clone()));
            self.waits(50..900).await;
        }
    }

    /// Presses buttons, one after the other.
    async fn presses(&mut self, question: &Question<P::Msg>, card: &Card) {
        let mut deeds = Vec::new();
        for _ in 0..self.chance.random_range(1..=3) {
            if !in_time(question) {
                return;
            }
            let (right, option) = self.chooses(card);
            self.game.acted.notify_waiters();
            let said = self.platform.presses(self.who, &question.message, option).await;
            deeds.push(Deed { right, told: Told::read(said.as_deref()) });
            self.notes(question, Answer::Pressed(deeds.clone()));
            self.waits(20..300).await;
        }
    }

    /// Picks from the menu, once or twice.
    async fn picks(&mut self, question: &Question<P::Msg>, card: &Card) {
        let mut deeds = Vec::new();
        for _ in 0..self.chance.random_range(1..=2) {
            if !in_time(question) {
                return;
            }
            let right = self.chance.random_bool(0.5);
            let picked = if right { card.right } else { &card.wrong[..1] };
            self.game.acted.notify_waiters();
            let said = self.platform.picks(self.who, &question.message, picked).await;
            deeds.push(Deed { right, told: Told::read(said.as_deref()) });
            self.notes(question, Answer::Pressed(deeds.clone()));
            self.waits(20..300).await;
        }
    }

    /// Sends forms in, as many as there are tries.
    async fn fills_in(&mut self, question: &Question<P::Msg>, card: &Card) {
        let mut deeds = Vec::new();
        for (right, text) in self.texts(card) {
            if !in_time(question) {
                return;
            }
            self.game.acted.notify_waiters();
            if let Some(said) = self.platform.fills_in(self.who, &question.message, text).await {
                deeds.push(Deed { right, told: Told::read(said.as_deref()) });
            }
            self.notes(question, Answer::Forms(deeds.clone()));
            self.waits(20..300).await;
        }
    }
}

fn in_time<M>(question: &Question<M>) -> bool {
    Timestamp::now().duration_since(question.at) < WINDOW - LAST
}
