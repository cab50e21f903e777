//! How it is done on Slack what the scenes of all faces do.

use kcard::{
    chat::command::definition::Spec,
    decks::Decks,
    quiz::{
        id::{ChannelId, PlayerId},
        schedule::Plan,
    },
};

use crate::{
    away::{Platform, every_outage},
    faces::{
        Face, every_scene,
        permissions::{given, line},
        plain,
    },
    faults::{questions, reveals},
    scenes::button,
    stage::Stage,
    standin::{Fault, Msg},
};

every_scene!(Stage);
every_outage!(Stage);

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
        ChannelId::new(format!("slack:{}", self.daily.id))
    }

    fn player(&self, who: &str) -> PlayerId {
        Self::player(self, &self.slack.person(who))
    }

    async fn reacts(&self, who: &str, number: u8) {
        self.slack.person(who).reacts(&self.latest(), Self::NUMBERS[usize::from(number) - 1]);
    }

    async fn unreacts(&self, who: &str, number: u8) {
        self.slack.person(who).unreacts(&self.latest(), Self::NUMBERS[usize::from(number) - 1]);
    }

    async fn replies(&self, who: &str, text: &str) {
        self.slack.person(who).replies_in_thread(&self.latest(), text);
    }

    async fn presses(&self, who: &str, option: &str) -> String {
        let question = self.latest();
        self.slack.person(who).clicks(&question, &button(&question, option)).reads().await
    }

    async fn fills_in(&self, who: &str, text: &str) -> String {
        let (person, question) = (self.slack.person(who), self.latest());
        let form = person.clicks(&question, &button(&question, "Answer")).view().await;
        person.submits(&form, &[("answer", &[text])]);
        form.changed(2).await;
        form.shows()
    }

    async fn disputes(&self, who: &str, reason: &str) -> String {
        let person = self.slack.person(who);
        let reveal = reveals(&self.latest()).pop().expect("a reveal stands there");
        let form = person.clicks(&reveal, &button(&reveal, "Dispute")).view().await;
        person.submits(&form, &[("reason", &[reason])]);
        form.changed(2).await;
        form.shows()
    }

    async fn was_told(&self, who: &str) -> String {
        self.slack.person(who).direct().shows()
    }

    async fn types(&self, who: &str, line: &str) -> String {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        self.slack.person(who).slash(&self.daily, command, rest).reads().await
    }

    /// Slack completes nothing: of a command without options its form is asked for, whoever gives it.
    async fn gives(&self, who: &str, spec: &Spec) -> String {
        if !given(spec).is_empty() || spec.form.is_none() {
            return self.types(who, &line(spec)).await;
        }
        let (person, spoken) = (self.slack.person(who), spec.line());
        let (command, rest) = spoken.split_once(' ').expect("it has several words");
        let form = person.slash(&self.daily, command, rest).view().await;
        person.submits(&form, &[("text", &["deck: tea"])]);
        form.changed(2).await;
        form.shows()
    }

    fn rung(&self) -> usize {
        let said = self.daily.of_bot();
        said.iter()
            .flat_map(|message| message.replies().into_iter().chain([message.clone()]))
            .map(|message| message.pings().len())
            .sum()
    }

    async fn channel(&self) -> String {
        plain(&self.daily.shows())
    }

    async fn questions(&self) -> Vec<String> {
        questions(&self.daily).iter().map(Msg::shows).collect()
    }

    async fn reveals(&self) -> Vec<String> {
        questions(&self.daily).iter().flat_map(reveals).map(|reveal| reveal.shows()).collect()
    }

    fn hears_all_twice(&self) {
        self.slack.delivers_twice(true);
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
        self.slack.person(who).writes(&self.daily, text);
    }

    fn edits_reply(&self, who: &str, text: &str) {
        let person = self.slack.person(who);
        let reply = self.latest().replies().into_iter().rfind(|reply| reply.author() == person.id);
        person.edits(&reply.expect("they replied"), text);
    }

    fn loses_question(&self) {
        self.slack.owner("olga").deletes(&self.latest());
    }

    fn loses_posts_answer(&self) {
        self.slack.fails("chat.postMessage", Fault::AnswerLost);
    }

    fn loses_edits_answer(&self) {
        self.slack.fails("chat.update", Fault::AnswerLost);
    }

    fn posts(&self) -> usize {
        self.slack.calls_of("chat.postMessage").len()
    }
}
