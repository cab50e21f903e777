//! What a test turns and reads on the stand-in itself: addresses, faults, limits, the gateway, and what the bot did.

use std::{fmt::Write as _, time::Duration};

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::oneshot;

use super::{
    Discord, Fault, Id, Limits, Out, Request,
    faults::{Faults, matches},
    gateway::Gateway,
    rates::Rates,
    state::State,
    world::World,
};

impl State {
    pub fn new(now: Timestamp, gateway_url: String) -> Self {
        let mut world = World::default();
        let bot = world.user(now, "kcard", true);
        Self {
            now,
            world,
            gateway: Gateway::default(),
            rates: Rates::default(),
            faults: Faults::default(),
            interactions: std::collections::BTreeMap::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            bot,
            // Of a bot of our days the two are the same.
            application: bot,
            token: format!("MTIz.stand-in.{bot}"),
            revoked: false,
            message_content: false,
            away: false,
            too_many: 0,
            too_many_injected: 0,
            invalid: 0,
            patience: Duration::from_secs(3),
            nonces: Vec::new(),
            shards: 1,
            max_concurrency: 1,
            gateway_url,
        }
    }

    /// What happened last, for who waited in vain.
    pub fn story(&self) -> String {
        let mut told = format!("{} connected; the last requests:\n", self.gateway.connected());
        for request in self.requests.iter().rev().take(12).rev() {
            let body: String = request.body.to_string().chars().take(200).collect();
            writeln!(told, "  {} {} {} {body}", request.status, request.method, request.path).ok();
        }
        self.violations.iter().for_each(|violation| writeln!(told, "  violation: {violation}").unwrap_or(()));
        told
    }
}

impl Discord {
    /// What the bot is told to call: REST stands below `/api/v10`, as it does at Discord.
    pub fn api_url(&self) -> String {
        self.shared.api_url.clone()
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

    /// Other rate limits, for a test under load.
    pub fn limits(&self, limits: Limits) {
        self.shared.with(|state| state.rates.limits = limits);
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

    /// Waits until that many gateway connections have said who they are.
    pub async fn connected(&self, connections: usize) {
        let look = |state: &State| (state.gateway.connected() == connections).then_some(());
        self.shared.wait(&format!("{connections} connections to the gateway"), look).await;
    }

    /// Waits until every connected client has read all that it was told: it is asked for a heartbeat, which names the last event.
    pub async fn all_heard(&self) {
        self.shared.with(|state| {
            for session in &state.gateway.sessions {
                if let Some(line) = &session.line {
                    line.send(Out::Say(serde_json::json!({"op": 1, "s": null, "t": null, "d": null}))).ok();
                }
            }
        });
        let heard = |state: &State| {
            let mut live = state.gateway.sessions.iter().filter(|session| session.line.is_some());
            live.all(|session| session.heard >= session.seq).then_some(())
        };
        self.shared.wait("the bot to read its events", heard).await;
    }

    /// Waits until something can be seen; `what` names it where it never comes.
    pub async fn until<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        let mut changed = self.shared.changed.subscribe();
        let found = async {
            loop {
                if let Some(found) = look(self) {
                    return found;
                }
                changed.changed().await.expect("the stand-in lives");
            }
        };
        match tokio::time::timeout(super::PATIENCE, found).await {
            Ok(found) => found,
            Err(_) => panic!("waited {:?} for {what}\n{}", super::PATIENCE, self.shared.sees(State::story)),
        }
    }

    /// The intents of the last IDENTIFY.
    pub fn intents(&self) -> u64 {
        self.shared.sees(|state| state.gateway.intents)
    }

    /// How often a client said who it is.
    pub fn identifies(&self) -> usize {
        self.shared.sees(|state| state.gateway.identifies.len())
    }

    /// IDENTIFYs within five seconds of the one before, in one bucket of `max_concurrency`. A restarted process makes one too.
    pub fn hasty_identifies(&self) -> usize {
        self.shared.sees(|state| state.gateway.hasty)
    }

    /// How often a client tried to resume.
    pub fn resumes(&self) -> usize {
        self.shared.sees(|state| state.gateway.resumes)
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.sees(|state| state.requests.clone())
    }

    /// The requests such as `POST /channels/*/messages`.
    pub fn requests_to(&self, request: &str) -> Vec<Request> {
        let fits = |made: &Request| matches(request, &made.method, &made.path[1..].split('/').collect::<Vec<_>>());
        self.requests().into_iter().filter(fits).collect()
    }

    /// What happened last, for who waited in vain.
    pub fn last_requests(&self) -> String {
        self.shared.sees(State::story)
    }

    /// Answers of 429 that the bot brought upon itself.
    pub fn too_many(&self) -> usize {
        self.shared.sees(|state| state.too_many)
    }

    /// Answers of 401, 403 and 429, injected ones too: Discord bans who collects 10,000 in ten minutes.
    pub fn invalid_requests(&self) -> usize {
        self.shared.sees(|state| state.invalid)
    }

    /// The registered commands.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.sees(|state| state.world.commands.clone())
    }

    /// What the bot did that Discord forbids, or that its contract does not know.
    pub fn violations(&self) -> Vec<String> {
        self.shared.sees(|state| state.violations.clone())
    }

    /// Takes back what was meant: there must be violations that contain this.
    pub fn forgives(&self, part: &str) {
        let forgiven = self.shared.with(|state| {
            let before = state.violations.len();
            state.violations.retain(|violation| !violation.contains(part));
            before - state.violations.len()
        });
        assert!(forgiven > 0, "no violation says `{part}`: {:#?}", self.violations());
    }

    /// Fails the test if the bot broke a rule.
    pub fn assert_clean(&self) {
        let violations = self.violations();
        assert!(violations.is_empty(), "the bot broke Discord's rules:\n{}", violations.join("\n"));
    }
}
