//! How the bot answered what somebody asked for: at once, later, and with a form.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{
    Answered, First, Id, Shared,
    interaction::{Asked, Interaction},
    state::State,
};
use super::{Channel, Member, Msg, interacts::Wish};

/// Something that was asked for, and its answers. What waits fails the test when no answer comes in five seconds.
#[derive(Clone)]
pub struct Ask {
    pub(crate) shared: Arc<Shared>,
    pub id: Id,
}

impl Ask {
    async fn wait<T>(&self, for_what: &str, look: impl Fn(&State, &Interaction) -> Option<T>) -> T {
        let what = self.shared.sees(|state| state.interactions[&self.id].what.clone());
        let look = |state: &State| look(state, &state.interactions[&self.id]);
        self.shared.wait(&format!("{for_what} to `{what}`"), look).await
    }

    /// The first answer, if it came by now.
    pub fn answered(&self) -> Option<First> {
        self.shared.sees(|state| state.interactions[&self.id].first.clone())
    }

    /// The first answer: how, when, and what.
    pub async fn first(&self) -> First {
        self.wait("the first answer", |_, interaction| interaction.first.clone()).await
    }

    /// The message that answers, once it is there: after a deferral, once "… is thinking" has become one.
    pub async fn message(&self) -> Msg {
        let id = self.wait("an answer", |state, interaction| {
            let first = interaction.first.as_ref()?;
            let edited = first.kind != Answered::DeferredUpdate || interaction.edits > 0;
            let original = interaction.original.filter(|_| edited);
            let said = original.and_then(|original| state.world.messages.get(&original)).filter(|said| !said.thinking);
            said.map(|said| said.id).or(interaction.follow_ups.first().copied())
        });
        Msg { shared: Arc::clone(&self.shared), id: id.await }
    }

    /// What the person reads in answer.
    pub async fn reads(&self) -> String {
        self.message().await.shows()
    }

    /// The further message of that number, from 0.
    pub async fn follow_up(&self, number: usize) -> Msg {
        let id = self.wait("a further message", |_, interaction| interaction.follow_ups.get(number).copied()).await;
        Msg { shared: Arc::clone(&self.shared), id }
    }

    /// The message that completes what was put off, if it came by now.
    pub fn said(&self) -> Option<Msg> {
        let id = self.shared.sees(|state| {
            let original = state.interactions[&self.id].original?;
            state.world.messages.get(&original).filter(|said| !said.thinking).map(|said| said.id)
        });
        id.map(|id| Msg { shared: Arc::clone(&self.shared), id })
    }

    /// How many further messages there are.
    pub fn follow_ups(&self) -> usize {
        self.shared.sees(|state| state.interactions[&self.id].follow_ups.len())
    }

    /// Waits until the answer was edited that often.
    pub async fn edited(&self, times: usize) -> Msg {
        let look = |_: &State, interaction: &Interaction| (interaction.edits >= times).then_some(interaction.original);
        let id = self.wait("an edit of the answer", look).await.expect("it was edited");
        Msg { shared: Arc::clone(&self.shared), id }
    }

    /// The choices that complete an option: their names and values.
    pub async fn choices(&self) -> Vec<(String, Value)> {
        let first = self.first().await;
        assert_eq!(first.kind, Answered::Choices, "an autocompletion is answered with choices");
        let choices = first.data["choices"].as_array().cloned().unwrap_or_default();
        choices
            .into_iter()
            .map(|choice| (choice["name"].as_str().unwrap_or_default().to_owned(), choice["value"].clone()))
            .collect()
    }

    /// The form that opens.
    pub async fn modal(&self) -> Modal {
        let first = self.first().await;
        assert_eq!(first.kind, Answered::Form, "a form opens; what came was {}", first.data);
        Modal { ask: self.clone(), data: first.data }
    }
}

/// A form that stands open before a person.
pub struct Modal {
    ask: Ask,
    data: Value,
}

impl Modal {
    pub fn title(&self) -> &str {
        self.data["title"].as_str().unwrap_or_default()
    }

    /// The text inputs, as the bot sent them; the label stands in each.
    pub fn inputs(&self) -> Vec<Value> {
        let rows = self.data["components"].as_array().cloned().unwrap_or_default();
        let input = |row: Value| {
            let mut input = if row["type"] == 18 { row["component"].clone() } else { row["components"][0].clone() };
            if row["type"] == 18 {
                input["label"] = row["label"].clone();
            }
            input
        };
        rows.into_iter().map(input).collect()
    }

    /// What the person sees: the title, then each input with its placeholder and what is filled in.
    pub fn shows(&self) -> String {
        let input = |input: &Value| {
            let text = |field: &str| input[field].as_str().unwrap_or_default().to_owned();
            let must = if input["required"] == false { " (optional)" } else { "" };
            format!("\n{}{must}: [{}] {}", text("label"), text("placeholder"), text("value")).trim_end().to_owned()
        };
        format!("{}{}", self.title(), self.inputs().iter().map(input).collect::<String>())
    }

    /// Sends the form in; fields are named by their custom id or label, and the others stay as they were filled in.
    pub fn submits(&self, fields: &[(&str, &str)]) -> Ask {
        let inputs = self.inputs();
        for (name, _) in fields {
            let known = inputs.iter().any(|input| input["custom_id"] == *name || input["label"] == *name);
            assert!(known, "the form has no field `{name}`: {inputs:#?}");
        }
        let filled = inputs.iter().map(|input| {
            let typed = fields.iter().find(|(name, _)| input["custom_id"] == *name || input["label"] == *name);
            let value = typed.map_or_else(|| input["value"].as_str().unwrap_or_default(), |(_, text)| text);
            let length = value.chars().count() as u64;
            let max = input["max_length"].as_u64().unwrap_or(4000);
            let min = input["min_length"].as_u64().unwrap_or(u64::from(input["required"] != false));
            let empty = length == 0 && input["required"] == false;
            assert!(empty || (min..=max).contains(&length), "the form takes {min} to {max} characters here, not {length}: {input}");
            json!({"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": input["custom_id"], "value": value}]})
        });
        let data = json!({"custom_id": self.data["custom_id"], "components": filled.collect::<Vec<_>>()});
        let id = self.ask.shared.with(|state| {
            let asked = &state.interactions[&self.ask.id];
            let (person, channel) = (asked.person, asked.channel);
            let source = asked.source.filter(|source| state.world.messages.contains_key(source));
            let what = format!("the form {}", self.data["custom_id"]);
            state.interacts(Wish { person, channel, asked: Asked::Form, what, data, source })
        });
        Ask { shared: Arc::clone(&self.ask.shared), id }
    }

    /// Where it was opened.
    pub fn channel(&self) -> Channel {
        let id = self.ask.shared.sees(|state| state.interactions[&self.ask.id].channel);
        Channel { shared: Arc::clone(&self.ask.shared), id }
    }

    /// Before whom it stands.
    pub fn person(&self) -> Member {
        let id = self.ask.shared.sees(|state| state.interactions[&self.ask.id].person);
        Member { shared: Arc::clone(&self.ask.shared), id }
    }
}
