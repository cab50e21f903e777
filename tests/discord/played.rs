//! How it is done on Discord what the scenes of all faces do.

use kcard::{
    chat::command::definition::{Opt, OptKind, Spec},
    decks::Decks,
    quiz::{
        id::{ChannelId, PlayerId},
        schedule::Plan,
    },
};
use serde_json::json;

use crate::{
    away::{Platform, every_outage},
    faces::{Face, every_scene, permissions::given, plain},
    faults::{label, posts, questions, reveals},
    stage::Stage,
    standin::{Fault, Msg},
};

every_scene!(Stage);
every_outage!(Stage);

fn keycap(number: u8) -> String {
    format!("{number}\u{fe0f}\u{20e3}")
}

impl Stage {
    fn latest(&self) -> Msg {
        self.question(&self.daily)
    }
}

impl Face for Stage {
    async fn sets(decks: Decks, change: fn(Plan) -> Plan) -> Self {
        Self::with(decks, change).await
    }

    fn place(&self) -> ChannelId {
        ChannelId::new(format!("discord:{}", self.daily.id))
    }

    fn player(&self, who: &str) -> PlayerId {
        Self::player(self, &self.team, &self.team.member(who))
    }

    async fn reacts(&self, who: &str, number: u8) {
        self.team.member(who).reacts(&self.latest(), &keycap(number));
    }

    async fn unreacts(&self, who: &str, number: u8) {
        self.team.member(who).unreacts(&self.latest(), &keycap(number));
    }

    async fn replies(&self, who: &str, text: &str) {
        self.team.member(who).replies(&self.latest(), text);
    }

    async fn presses(&self, who: &str, option: &str) -> String {
        let question = self.latest();
        self.team.member(who).clicks(&question, &label(&question, option)).reads().await
    }

    async fn fills_in(&self, who: &str, text: &str) -> String {
        let form = self.team.member(who).clicks(&self.latest(), "Answer").modal().await;
        form.submits(&[("answer", text)]).reads().await
    }

    async fn disputes(&self, who: &str, reason: &str) -> String {
        let reveal = reveals(&self.daily).pop().expect("a reveal stands there");
        let form = self.team.member(who).clicks(&reveal, "Dispute").modal().await;
        form.submits(&[("reason", reason)]).reads().await
    }

    async fn was_told(&self, who: &str) -> String {
        self.team.member(who).direct().shows()
    }

    async fn types(&self, who: &str, line: &str) -> String {
        self.team.member(who).commands(&self.daily, line.trim_start_matches('/'), &[]).reads().await
    }

    async fn gives(&self, who: &str, spec: &Spec) -> String {
        let (team, bo) = (&self.team, self.team.member("bo").id);
        let value = |option: &Opt, value: &str| match option.kind {
            OptKind::Number(..) => json!(value.parse::<i64>().expect("a number")),
            OptKind::Flag => json!(true),
            OptKind::People => json!(bo),
            _ => json!(value),
        };
        let given: Vec<_> =
            given(spec).into_iter().map(|(option, typed)| (option.name, value(option, typed))).collect();
        team.member(who).commands(&self.daily, &spec.words.join(" "), &given).reads().await
    }

    fn lets_the_bot_ring(&self) {
        // Mention Everyone.
        self.team.grants_bot(1 << 17);
    }

    fn rung(&self) -> usize {
        self.daily.of_bot().iter().filter(|message| !message.pings().none()).count()
    }

    async fn channel(&self) -> String {
        plain(&self.daily.shows())
    }

    async fn questions(&self) -> Vec<String> {
        questions(&self.daily).iter().map(Msg::shows).collect()
    }

    async fn reveals(&self) -> Vec<String> {
        reveals(&self.daily).iter().map(Msg::shows).collect()
    }

    fn hears_all_twice(&self) {
        self.discord.delivers_twice(true);
    }
}

impl Platform for Stage {
    async fn revives(&self) {
        self.starts().await;
    }

    async fn is_killed(&self) {
        self.dies().await;
    }

    fn talks(&self, who: &str, text: &str) {
        self.team.member(who).says(&self.daily, text);
    }

    fn edits_reply(&self, who: &str, text: &str) {
        let person = self.team.member(who);
        let reply = self.daily.messages().into_iter().rfind(|message| message.author() == person.id);
        person.edits(&reply.expect("they replied"), text);
    }

    fn loses_question(&self) {
        self.team.owner().deletes(&self.latest());
    }

    fn loses_posts_answer(&self) {
        self.discord.fails(&posts(&self.daily), Fault::AnswerLost);
    }

    fn loses_edits_answer(&self) {
        self.discord.fails("PATCH /channels/*/messages/*", Fault::AnswerLost);
    }

    fn posts(&self) -> usize {
        self.discord.requests_to(&posts(&self.daily)).len()
    }
}
