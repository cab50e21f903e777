//! What a test turns on the stand-in itself: addresses, privileges, limits, faults and the gateway.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{Discord, Fault, Id, Limits, Out};

impl Discord {
    /// What the bot is told to call: REST stands below `/api/v10`, as it does at Discord.
    pub fn api_url(&self) -> String {
        self.shared.sees(|state| state.api_url.clone())
    }

    /// The bot's token, without `Bot `.
    pub fn token(&self) -> String {
        self.shared.sees(|state| state.token.clone())
    }

    pub fn application(&self) -> Id {
        self.shared.sees(|state| state.application)
    }

    /// The bot's user id.
    pub fn bot(&self) -> Id {
        self.shared.sees(|state| state.bot)
    }

    /// Whether the application may read what people write.
    pub fn with_message_content(&self, granted: bool) {
        self.shared.with(|state| state.message_content = granted);
    }

    /// The token holds no more: REST answers 401, and the gateway closes with 4004.
    pub fn revokes_the_token(&self) {
        self.shared.with(|state| {
            state.revoked = true;
            state.gateway.everyone(|| Out::Close(Some(4004)));
        });
    }

    /// REST's `Date` says this from now on.
    pub fn tells_the_time(&self, date: Timestamp) {
        self.shared.with(|state| state.date = Some(date));
    }

    /// Other rate limits, for a test under load.
    pub fn limits(&self, limits: Limits) {
        self.shared.with(|state| state.rates.limits = limits);
    }

    /// Each request is so long on its way, there and back.
    pub fn is_far(&self, distance: Duration) {
        self.shared.with(|state| state.distance = distance);
    }

    /// How long a first answer may take; three seconds unless set.
    pub fn patience(&self, patience: Duration) {
        self.shared.with(|state| state.patience = patience);
    }

    /// What befalls the next request such as `POST /channels/*/messages` (`*`: one step, or any method; `**`: the rest).
    pub fn fails(&self, request: &str, fault: Fault) {
        self.shared.with(|state| state.faults.add(request, fault));
    }

    /// The next such request takes effect, which the first of these tells, and its answer waits until the second is told.
    pub fn holds(&self, request: &str) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (reached, told) = oneshot::channel();
        let (go_on, waited) = oneshot::channel();
        self.fails(request, Fault::Held(reached, waited));
        (told, go_on)
    }

    /// How many faults still wait for their requests.
    pub fn faults_left(&self) -> usize {
        self.shared.sees(|state| state.faults.left())
    }

    /// Discord is down, with all its connections, while people act on (as when only the bot cannot reach it); or is back.
    pub fn is_away(&self, away: bool) {
        self.shared.with(|state| {
            state.away = away;
            if away {
                state.gateway.everyone(|| Out::Cut);
            }
        });
    }

    /// All gateway connections close, with a code or without one.
    pub fn drops_gateway(&self, code: Option<u16>) {
        self.shared.with(|state| state.gateway.everyone(|| Out::Close(code)));
    }

    /// The gateway's lines are cut, without any closing.
    pub fn cuts_gateway(&self) {
        self.shared.with(|state| state.gateway.everyone(|| Out::Cut));
    }

    /// The gateway asks everyone to reconnect.
    pub fn asks_to_reconnect(&self) {
        let payload = || Out::Say(serde_json::json!({"op": 7, "s": null, "t": null, "d": null}));
        self.shared.with(|state| state.gateway.everyone(payload));
    }

    /// The gateway says that the session is invalid; one that cannot be resumed is forgotten.
    pub fn invalidates_sessions(&self, resumable: bool) {
        let payload = move || Out::Say(serde_json::json!({"op": 9, "s": null, "t": null, "d": resumable}));
        self.shared.with(|state| {
            state.gateway.everyone(payload);
            if !resumable {
                state.gateway.sessions.clear();
            }
        });
    }

    /// The next resume is refused with an invalid session.
    pub fn refuses_resume(&self) {
        self.shared.with(|state| state.gateway.forgets = true);
    }

    /// Heartbeats are no more answered, or are again.
    pub fn acknowledges_heartbeats(&self, acks: bool) {
        self.shared.with(|state| state.gateway.acks = acks);
    }

    /// The heartbeat interval that the next connections are told.
    pub fn heartbeat_interval(&self, interval: Duration) {
        let interval = u64::try_from(interval.as_millis()).expect("an interval");
        self.shared.with(|state| state.gateway.heartbeat_interval = interval);
    }

    /// New gateway connections are refused, or are taken again.
    pub fn refuses_connections(&self, refuses: bool) {
        self.shared.with(|state| state.gateway.refuses = refuses);
    }

    /// Every event is delivered twice.
    pub fn delivers_twice(&self, twice: bool) {
        self.shared.with(|state| state.gateway.twice = twice);
    }

    /// What `GET /gateway/bot` advises.
    pub fn advises(&self, shards: u64, max_concurrency: u64) {
        self.shared.with(|state| (state.shards, state.max_concurrency) = (shards, max_concurrency));
    }

    /// The commands are these, as another version had written them.
    pub fn has_commands(&self, commands: Vec<serde_json::Value>) {
        self.shared.with(|state| state.world.commands = commands);
    }
}
