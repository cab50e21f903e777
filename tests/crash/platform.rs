//! What the crash test needs of a platform's stand-in and its people.

use std::time::Duration;

use jiff::Timestamp;
use rand::rngs::ChaCha8Rng;
use tokio::sync::oneshot;

/// How long a player waits for an answer; the platforms let no interaction wait longer.
pub const PATIENCE: Duration = Duration::from_millis(3_200);

/// The players.
pub const PLAYERS: [&str; 8] = ["ana", "bo", "cy", "dan", "eva", "fay", "gus", "hal"];

/// A question as it stands in a channel.
#[derive(Clone)]
pub struct Question<M> {
    pub message: M,
    /// The number in its key.
    pub round: i64,
    /// The channel's place among those of the platform.
    pub channel: usize,
    /// When the platform took it.
    pub at: Timestamp,
    /// What everybody reads.
    pub text: String,
    /// Only buttons and forms are open.
    pub is_contest: bool,
}

impl<M> Question<M> {
    /// Its round is over, as everybody reads.
    pub fn is_closed(&self) -> bool {
        self.text.contains("Closed.")
    }

    /// The number before an option.
    pub fn number(&self, option: &str) -> Option<u8> {
        let line = self.text.lines().find(|line| line.ends_with(option) && line.contains('\u{20e3}'))?;
        line.split('\u{fe0f}').next()?.chars().last()?.to_digit(10).and_then(|number| u8::try_from(number).ok())
    }
}

/// A reveal as it stands in a channel.
pub struct Revealed {
    /// The number in its key.
    pub round: i64,
    /// When the platform took it.
    pub at: Timestamp,
    /// What everybody reads.
    pub text: String,
}

/// A request that the stand-in has taken and not answered: it goes on once this is told, or dropped.
pub type Held = oneshot::Sender<()>;

/// A stand-in with its people. What people do either happens or cannot be done (any more), which is no failure.
#[allow(async_fn_in_trait, reason = "a world is played on one task")]
pub trait Platform {
    /// A message.
    type Msg: Clone;

    /// How the process is told of the stand-in.
    fn settings(&self) -> Vec<(&'static str, String)>;
    /// Whether the process hears what happens.
    fn is_connected(&self) -> bool;
    /// The channels in which questions are asked, as the configuration file names them.
    fn channels(&self) -> Vec<String>;
    /// A channel, as people name it in a command.
    fn mention(&self, channel: usize) -> String;
    /// The space, as `kcard leaderboard` names it.
    fn space(&self) -> String;

    /// The questions that stand in a channel, oldest first.
    fn questions(&self, channel: usize) -> Vec<Question<Self::Msg>>;
    /// The reveals of a channel.
    fn reveals(&self, channel: usize) -> Vec<Revealed>;
    /// What else the process told a channel.
    fn notes(&self, channel: usize) -> Vec<String>;
    /// What the process did that the platform forbids.
    fn violations(&self) -> Vec<String>;
    /// What happened last.
    fn story(&self) -> String;

    /// The next request of a kind that chance chooses is taken and held; the first tells when it is.
    fn holds(&self, chance: &mut ChaCha8Rng) -> (oneshot::Receiver<()>, Held);
    /// The next post or edit takes effect, and its answer is lost.
    fn loses_an_answer(&self, chance: &mut ChaCha8Rng);
    /// Everything is delivered twice, or is not.
    fn delivers_twice(&self, twice: bool);

    /// Somebody reacts with a number, or takes that away.
    fn reacts(&self, who: &str, question: &Self::Msg, number: u8, stands: bool);
    /// Somebody replies.
    fn replies(&self, who: &str, question: &Self::Msg, text: &str);
    /// Somebody presses the button of an option. What they read, where they read something in time; so it is below.
    async fn presses(&self, who: &str, question: &Self::Msg, option: &str) -> Option<String>;
    /// Somebody picks options of the question's menu.
    async fn picks(&self, who: &str, question: &Self::Msg, options: &[&str]) -> Option<String>;
    /// Somebody opens the question's form and sends it in with this. `None` where no form opened, so that nothing was sent in.
    async fn fills_in(&self, who: &str, question: &Self::Msg, text: &str) -> Option<Option<String>>;
    /// An admin gives a command: its words and its options.
    async fn commands(&self, channel: usize, words: &str, options: &[(&str, String)]) -> Option<String>;
}
