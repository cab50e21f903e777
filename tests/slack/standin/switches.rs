//! What a test turns on the stand-in itself: tokens, scopes, limits, faults and the sockets.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{Fault, Leave, Limits, Slack, socket::Out};

impl Slack {
    /// What the bot is told to call: the Web API's base, without a slash at its end.
    pub fn api_url(&self) -> String {
        self.shared.sees(|state| format!("{}/api", state.base))
    }

    pub fn bot_token(&self) -> String {
        self.shared.sees(|state| state.bot_token.clone())
    }

    pub fn app_token(&self) -> String {
        self.shared.sees(|state| state.app_token.clone())
    }

    pub fn signing_secret(&self) -> String {
        self.shared.sees(|state| state.signing_secret.clone())
    }

    pub fn team(&self) -> String {
        self.shared.sees(|state| state.team.clone())
    }

    /// The bot's user id.
    pub fn bot(&self) -> String {
        self.shared.sees(|state| state.bot.clone())
    }

    /// The tokens have no such scope any more.
    pub fn takes_scope(&self, scope: &str) {
        assert!(self.shared.with(|state| state.scopes.remove(scope)), "there was no scope {scope}");
    }

    /// The app hears of these events alone: `message.channels`, `reaction_added`.
    pub fn subscribes(&self, events: &[&str]) {
        self.shared.with(|state| state.subscribed = events.iter().map(|event| (*event).to_owned()).collect());
    }

    /// No token holds any more, and this is Slack's word for it: `token_revoked`, `account_inactive`, `invalid_auth`.
    pub fn revokes_the_tokens(&self, error: &'static str) {
        self.shared.with(|state| {
            state.revoked = Some(error);
            state.every_socket(|| Out::Close);
        });
    }

    /// The Web API's `Date` says this from now on.
    pub fn tells_the_time(&self, date: Timestamp) {
        self.shared.with(|state| state.date = Some(date));
    }

    /// Other rate limits, for a test under load.
    pub fn limits(&self, limits: Limits) {
        self.shared.with(|state| state.rates.limits = limits);
    }

    /// How long an acknowledgement may take and a trigger holds; three seconds unless set.
    pub fn patience(&self, patience: Duration) {
        self.shared.with(|state| state.patience = patience);
    }

    /// What befalls the next call of a method (`*`: any; also `response_url`, `upload` and `download`).
    pub fn fails(&self, method: &str, fault: Fault) {
        self.shared.with(|state| state.faults.add(method, fault));
    }

    /// The next such call takes effect, which the first of these tells, and its answer waits until the second is told.
    pub fn holds(&self, method: &str) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (reached, told) = oneshot::channel();
        let (go_on, waited) = oneshot::channel();
        self.fails(method, Fault::Held(reached, waited));
        (told, go_on)
    }

    /// How many faults still wait for their calls.
    pub fn faults_left(&self) -> usize {
        self.shared.sees(|state| state.faults.left())
    }

    /// Every call of the Web API is refused with this error, or no more: `internal_error`.
    pub fn is_broken(&self, error: Option<&'static str>) {
        self.shared.with(|state| state.broken = error);
    }

    /// All that is about this channel is refused with this error, or no more.
    pub fn refuses(&self, channel: &super::Channel, error: Option<&'static str>) {
        self.shared.with(|state| match error {
            Some(error) => drop(state.refuses.insert(channel.id.clone(), error)),
            None => drop(state.refuses.remove(&channel.id)),
        });
    }

    /// Slack is down, with all its sockets, while people act (as when only the bot cannot reach it); or is back.
    pub fn is_away(&self, away: bool) {
        self.shared.with(|state| {
            state.away = away;
            if away {
                state.every_socket(|| Out::Cut);
            }
        });
    }

    /// Asks the clients on all sockets to leave.
    pub fn asks_to_leave(&self, why: Leave) {
        self.shared.with(|state| state.asks_to_leave(why));
    }

    /// All sockets close as they should.
    pub fn closes_sockets(&self) {
        self.shared.with(|state| state.every_socket(|| Out::Close));
    }

    /// The sockets' lines are cut, without a word.
    pub fn cuts_sockets(&self) {
        self.shared.with(|state| state.every_socket(|| Out::Cut));
    }

    /// The sockets that are open now stay so, but nothing is said on them any more.
    pub fn silences_sockets(&self) {
        self.shared.with(|state| {
            state.sockets.iter_mut().for_each(|socket| socket.deaf = true);
            state.every_socket(|| Out::Silence);
        });
    }

    /// Sends a ping on every socket.
    pub fn pings(&self) {
        self.shared.with(|state| state.every_socket(|| Out::Ping));
    }

    /// Everything is delivered twice.
    pub fn delivers_twice(&self, twice: bool) {
        self.shared.with(|state| state.twice = twice);
    }

    /// Sends the events that were not acknowledged once more, up to three times each; how many those were.
    pub fn redelivers(&self) -> usize {
        self.shared.with(super::state::State::redelivers)
    }
}
