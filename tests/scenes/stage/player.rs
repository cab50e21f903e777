//! A person in the chat. What they do happens on the platform, and the bot hears of it if it runs.

use std::collections::BTreeMap;

use kcard::{
    chat::{Caller, Control, ControlId, Given, Reply, Upload, command::parse, port::Target},
    clock::Clock,
    quiz::{
        answer::{Change, Way},
        id::{ChannelId, PlayerId, SpaceId},
    },
};

use super::{Event, Stage, platform};

/// A person, where they are, and which question they mean.
#[derive(Clone)]
pub struct Player<'s> {
    stage: &'s Stage,
    pub id: PlayerId,
    name: String,
    space: SpaceId,
    pub channel: ChannelId,
    question: Option<String>,
    admin: bool,
    outside: bool,
}

impl<'s> Player<'s> {
    pub fn new(stage: &'s Stage, name: &str, channel: &str) -> Self {
        let space = match channel.split_once('_') {
            Some((part, _)) => format!("town:{part}"),
            None => "town".to_owned(),
        };
        let id = if channel.contains('_') { format!("{space}/{name}") } else { format!("{space}:{name}") };
        Self {
            stage,
            id: PlayerId::new(id),
            name: name.to_owned(),
            space: SpaceId::new(space),
            channel: ChannelId::new(format!("town:{channel}")),
            question: None,
            admin: false,
            outside: false,
        }
    }

    /// They are in a direct message, outside any space.
    pub fn outside(&self) -> Self {
        let space = SpaceId::new("town");
        Self { id: self.id.in_space(&space), space, outside: true, ..self.clone() }
    }

    /// The platform says they are an admin of their space.
    pub fn admin(self) -> Self {
        Self { admin: true, ..self }
    }

    /// They mean that question, not the latest.
    pub fn on(&self, question: &str) -> Self {
        Self { question: Some(question.to_owned()), ..self.clone() }
    }

    /// Who they are, as the platform says it.
    pub fn caller(&self) -> Caller {
        Caller {
            key: self.stage.next_key(),
            player: self.id.clone(),
            name: self.name.clone(),
            space: self.space.clone(),
            channel: (!self.outside).then(|| self.channel.clone()),
            admin: self.admin,
            roles: Vec::new(),
            at: None,
            unsure: false,
            lacks: None,
        }
    }

    /// Puts the reaction of that option under the question.
    pub async fn reacts(&self, option: &str) -> String {
        let number = self.number(option);
        self.at_question(|message| message.reactions.entry(self.id.clone()).or_default().insert(number));
        self.gives(Way::Reaction, Change::Add(number)).await
    }

    /// Takes the reaction of that option away.
    pub async fn takes_back(&self, option: &str) -> String {
        let number = self.number(option);
        self.at_question(|message| message.reactions.entry(self.id.clone()).or_default().remove(&number));
        self.gives(Way::Reaction, Change::Remove(number)).await
    }

    /// Replies to the question.
    pub async fn replies(&self, text: &str) -> String {
        let (key, now) = (self.stage.next_key(), self.stage.clock.now());
        let given = self.at_question(|message| {
            let given = platform::reply(key, message.at.clone(), self.id.clone(), self.name.clone(), text, now);
            message.replies.push(given.clone());
            given
        });
        self.stage.hands(Event::Answer(given)).await
    }

    /// Presses the option's button, or picks the options from the menu.
    pub async fn presses(&self, options: &[&str]) -> String {
        let numbers: Vec<u8> = options.iter().map(|option| self.number(option)).collect();
        let control = self.at_question(|message| {
            message.post.controls.iter().find_map(|control| match control {
                Control::Button { id: id @ ControlId::Option(_, number), .. } if numbers == [*number] => {
                    Some(id.clone())
                }
                Control::Menu { id, .. } => Some(id.clone()),
                _ => None,
            })
        });
        let control = control.expect("the question has such a button");
        self.stage.hands(Event::Press(self.caller(), control, numbers)).await
    }

    /// Fills in the question's form.
    pub async fn fills_in(&self, text: &str) -> String {
        let control = self.at_question(|message| {
            message.post.controls.iter().find_map(|control| match control {
                Control::Form { id, .. } => Some(id.clone()),
                _ => None,
            })
        });
        let fields = BTreeMap::from([("answer".to_owned(), text.to_owned())]);
        self.submits(control.expect("the question has a form"), fields).await
    }

    /// Fills in the form under the latest reveal.
    pub async fn disputes(&self, reason: &str) -> String {
        let controls = self.stage.platform.last(&self.channel, "r").controls;
        let Some(Control::Form { id, .. }) = controls.first() else { panic!("the reveal has a form") };
        self.submits(id.clone(), fields(&[("reason", reason)])).await
    }

    /// Submits a form.
    pub async fn submits(&self, control: ControlId, fields: BTreeMap<String, String>) -> String {
        self.stage.hands(Event::Submit(self.caller(), control, fields)).await
    }

    /// Submits a form, and looks at the whole reply.
    pub async fn sends_off(&self, control: ControlId, fields: BTreeMap<String, String>) -> Reply {
        self.stage.asks_bot(Event::Submit(self.caller(), control, fields)).await.unwrap_or_default()
    }

    /// Presses a button that is not on a question.
    pub async fn clicks(&self, control: &ControlId) -> Reply {
        self.stage.asks_bot(Event::Press(self.caller(), control.clone(), Vec::new())).await.unwrap_or_default()
    }

    /// Types a command.
    pub async fn types(&self, line: &str) -> String {
        self.runs(line).await.text
    }

    /// Types a command, and looks at the whole reply.
    pub async fn runs(&self, line: &str) -> Reply {
        self.stage.asks_bot(Event::Line(self.caller(), line.to_owned())).await.unwrap_or_default()
    }

    /// Gives a command with a file.
    pub async fn attaches(&self, line: &str, name: &str, content: &str) -> String {
        let command = parse(line, "town").expect("it is a command");
        let file = Upload { name: name.to_owned(), content: content.as_bytes().to_owned() };
        self.stage.hands(Event::Upload(self.caller(), command, file)).await
    }

    async fn gives(&self, way: Way, change: Change) -> String {
        let message = self.at_question(|message| message.at.clone());
        let given = Given {
            key: self.stage.next_key(),
            target: Target::Message(message),
            player: self.id.clone(),
            name: Some(self.name.clone()),
            way,
            change,
            at: None,
            aside: false,
        };
        self.stage.hands(Event::Answer(given)).await
    }

    fn at_question<T>(&self, act: impl FnOnce(&mut platform::Message) -> T) -> T {
        self.stage.platform.question(&self.channel, self.question.as_deref(), act)
    }

    /// The number of the option that reads so in the question.
    fn number(&self, option: &str) -> u8 {
        let text = self.at_question(|message| message.post.text.clone());
        let keycap = "\u{fe0f}\u{20e3} ";
        let line =
            text.lines().map(str::trim).find(|line| line.split_once(keycap).is_some_and(|(_, shown)| shown == option));
        let digits = line.and_then(|line| line.split_once(keycap)).map(|(number, _)| number);
        digits
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("no option reads `{option}` in:\n{text}"))
    }
}

/// Fields of a form.
pub fn fields(given: &[(&str, &str)]) -> BTreeMap<String, String> {
    given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
