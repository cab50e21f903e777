//! What Slack tells the app, on a socket or by signed HTTP, and how the app acknowledges it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    socket::{Out, Socket},
    state::State,
};

/// What is told: its kind is the envelope's.
pub struct Delivery {
    pub envelope: String,
    /// `events_api`, `slash_commands` or `interactive`.
    pub kind: &'static str,
    pub payload: Value,
    /// When it was sent, each time.
    pub sent: Vec<Instant>,
    pub acknowledged: Vec<Instant>,
    /// The statuses that HTTP answered with.
    pub statuses: Vec<u16>,
    pub retries: u32,
    pub interaction: Option<usize>,
}

/// How a delivery fared, for tests to look at.
#[derive(Debug, Clone)]
pub struct Delivered {
    pub kind: &'static str,
    pub payload: Value,
    /// How often it was sent.
    pub sent: usize,
    /// How often it was acknowledged.
    pub acknowledged: usize,
    /// From the first sending to the first acknowledgement.
    pub took: Option<Duration>,
    pub statuses: Vec<u16>,
}

impl Delivery {
    pub fn looks(&self) -> Delivered {
        let took = self.acknowledged.first().zip(self.sent.first()).map(|(ack, sent)| ack.duration_since(*sent));
        Delivered {
            kind: self.kind,
            payload: self.payload.clone(),
            sent: self.sent.len(),
            acknowledged: self.acknowledged.len(),
            took,
            statuses: self.statuses.clone(),
        }
    }

    pub fn told(&self) -> String {
        let payload: String = self.payload.to_string().chars().take(200).collect();
        format!(
            "{} {} sent {}, acknowledged {}: {payload}",
            self.envelope,
            self.kind,
            self.sent.len(),
            self.acknowledged.len()
        )
    }

    /// As it goes over a socket.
    fn frame(&self) -> Value {
        let mut frame = json!({
            "envelope_id": self.envelope, "type": self.kind, "payload": self.payload,
            "accepts_response_payload": self.kind != "events_api",
        });
        if self.kind == "events_api" {
            frame["retry_attempt"] = json!(self.retries);
            frame["retry_reason"] = json!(if self.retries > 0 { "timeout" } else { "" });
        }
        frame
    }
}

impl State {
    /// Tells the app something; its place among the deliveries.
    pub fn delivers(&mut self, kind: &'static str, payload: Value, interaction: Option<usize>) -> usize {
        let place = self.deliveries.len();
        self.deliveries.push(Delivery {
            envelope: format!("{:08x}-0000-4000-8000-{place:012x}", 0x5eed_0000_usize + place),
            kind,
            payload,
            sent: Vec::new(),
            acknowledged: Vec::new(),
            statuses: Vec::new(),
            retries: 0,
            interaction,
        });
        for _ in 0..=usize::from(self.twice) {
            self.sends(place);
        }
        place
    }

    /// To the app's address, or to one of its sockets, each in turn. Where nobody listens nothing is sent; what goes over a silent line is
    /// lost, and comes again over another if there is one.
    pub fn sends(&mut self, place: usize) {
        let frame = self.deliveries[place].frame();
        let heard = if let Some(address) = &self.address {
            address.calls.send(place).is_ok()
        } else {
            let again = self.deliveries[place].retries > 0;
            let hears = |socket: &&Socket| !(socket.line.is_closed() || again && socket.deaf);
            let open: Vec<&Socket> = self.sockets.iter().filter(hears).collect();
            self.turn += 1;
            let chosen = open.get(self.turn % open.len().max(1));
            chosen.is_some_and(|chosen| chosen.deaf || chosen.line.send(Out::Say(frame)).is_ok())
        };
        if heard {
            self.deliveries[place].sent.push(Instant::now());
        }
    }

    /// Sends what was not acknowledged once more, as Slack does after 3 s, after a minute and after five: events alone.
    pub fn redelivers(&mut self) -> usize {
        let open = |delivery: &Delivery| {
            delivery.kind == "events_api" && delivery.acknowledged.is_empty() && delivery.retries < 3
        };
        let places: Vec<usize> = (0..self.deliveries.len()).filter(|place| open(&self.deliveries[*place])).collect();
        for place in &places {
            self.deliveries[*place].retries += 1;
            self.sends(*place);
        }
        places.len()
    }

    /// An envelope came back.
    pub fn acknowledged(&mut self, frame: &Value, at: Instant) {
        let envelope = frame["envelope_id"].as_str().unwrap_or_default();
        let Some(place) = self.deliveries.iter().position(|delivery| delivery.envelope == envelope) else {
            return self.violation(format!("acknowledged what Slack never sent: {frame}"));
        };
        let payload = &frame["payload"];
        if !payload.is_null() && self.deliveries[place].kind == "events_api" {
            self.violation(format!("an event takes no answer: {frame}"));
        }
        self.settles(place, payload, at);
    }

    /// What was delivered is acknowledged, with an answer or without.
    pub fn settles(&mut self, place: usize, answer: &Value, at: Instant) {
        let patience = self.patience;
        let delivery = &mut self.deliveries[place];
        delivery.acknowledged.push(at);
        let (acks, sent) = (delivery.acknowledged.len(), delivery.sent.len());
        let late = delivery.sent.last().is_some_and(|sent| at.duration_since(*sent) > patience);
        let (interaction, told) = (delivery.interaction, delivery.told());
        if acks > sent {
            self.violation(format!("acknowledged more often than it was sent: {told}"));
        }
        if late {
            self.violation(format!("acknowledged only after {patience:?}: {told}"));
        }
        if let Some(interaction) = interaction.filter(|_| acks == 1) {
            self.answered(interaction, answer);
        }
    }
}
