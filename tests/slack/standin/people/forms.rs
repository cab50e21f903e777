//! Forms and App Homes, as people see and use them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{Shared, interactions::Wish, state::State, world};
use super::{
    Ask, Person,
    elements::{element, elements, state_of},
};

/// A form that stands before somebody, or their App Home.
#[derive(Clone)]
pub struct View {
    pub(crate) shared: Arc<Shared>,
    pub id: world::Id,
}

impl View {
    fn look<T>(&self, look: impl FnOnce(&world::View) -> T) -> T {
        self.shared.sees(|state| look(&state.world.views[&self.id]))
    }

    pub fn title(&self) -> String {
        self.look(|view| view.given["title"]["text"].as_str().unwrap_or_default().to_owned())
    }

    /// Its blocks, as the bot sent them, with their ids.
    pub fn blocks(&self) -> Vec<Value> {
        self.look(|view| view.given["blocks"].as_array().cloned().unwrap_or_default())
    }

    /// A field of the view, as the bot sent it: `callback_id`, `private_metadata`.
    pub fn field(&self, name: &str) -> String {
        self.look(|view| view.given[name].as_str().unwrap_or_default().to_owned())
    }

    /// What it shows, in words.
    pub fn shows(&self) -> String {
        self.shared.sees(|state| state.view_shows(&state.world.views[&self.id]))
    }

    pub fn is_open(&self) -> bool {
        self.look(|view| view.open)
    }

    /// What is said to be wrong with an input, by its block's id.
    pub fn error(&self, block: &str) -> Option<String> {
        self.look(|view| view.errors.get(block).cloned())
    }

    /// Waits until it was changed that often.
    pub async fn changed(&self, times: usize) {
        let look = |state: &State| (state.world.views[&self.id].updates >= times).then_some(());
        self.shared.wait(&format!("change {times} of a view"), look).await;
    }

    /// Waits until something is said to be wrong, and what it shows then.
    pub async fn is_refused(&self) -> String {
        let look = |state: &State| (!state.world.views[&self.id].errors.is_empty()).then_some(());
        self.shared.wait("a form to be refused", look).await;
        self.shows()
    }

    /// Waits until it is closed.
    pub async fn closes(&self) {
        let look = |state: &State| (!state.world.views[&self.id].open).then_some(());
        self.shared.wait("a form to close", look).await;
    }
}

impl State {
    /// Fills inputs in, named by block id, action id or label; the others stay as they are.
    fn fills(&mut self, view: &str, values: &[(&str, &[&str])]) {
        let blocks = self.world.views[view].given["blocks"].as_array().cloned().unwrap_or_default();
        let named = |name: &str| {
            let labelled = blocks.iter().find(|block| block["label"]["text"] == name);
            labelled.and_then(|block| block["block_id"].as_str()).unwrap_or(name).to_owned()
        };
        let filled = values.iter().map(|(name, values)| {
            let (block, element) = element(&blocks, &named(name));
            takes(&element, values);
            let state = match element["type"].as_str() {
                Some("file_input") => {
                    json!({"type": "file_input", "files": values.iter().map(|id| self.file_json(id)).collect::<Vec<_>>()})
                }
                _ => state_of(&element, values),
            };
            (block, element["action_id"].as_str().unwrap_or_default().to_owned(), state)
        });
        let filled: Vec<_> = filled.collect();
        let entered = &mut self.world.views.get_mut(view).expect("it stands").entered;
        // What is offered at first, then what is entered.
        for (block, element) in elements(&blocks) {
            let action = element["action_id"].as_str().unwrap_or_default();
            let place = entered.entry(block).or_default().entry(action.to_owned());
            place.or_insert_with(|| initial(element));
        }
        for (block, action, state) in filled {
            entered.entry(block).or_default().insert(action, state);
        }
        entered.retain(|_, actions| {
            actions.retain(|_, state| state["type"] != "button");
            !actions.is_empty()
        });
        let needs = |block: &&Value| block["type"] == "input" && block["optional"] != true;
        for block in blocks.iter().filter(needs) {
            let id = block["block_id"].as_str().unwrap_or_default();
            let empty = |state: &Value| {
                let chosen = state.as_object().into_iter().flatten().filter(|(name, _)| *name != "type");
                chosen.into_iter().all(|(_, value)| value.is_null() || value == "" || *value == json!([]))
            };
            let missing = entered.get(id).is_none_or(|actions| actions.values().all(empty));
            assert!(!missing, "the form is not sent in without `{}`", block["label"]["text"]);
        }
    }

    fn sends_view(&mut self, person: &str, view: &str, payload: Value) -> usize {
        let what = format!("the form {}", self.world.views[view].given["callback_id"]);
        let view = Some(view.to_owned());
        self.interacts(
            "interactive",
            Wish { what, person: person.to_owned(), channel: None, source: None, view, payload },
        )
    }
}

/// The state of an element that nobody touched.
fn initial(element: &Value) -> Value {
    let kind = element["type"].as_str().unwrap_or_default();
    let text = |option: &Value| option["value"].as_str().unwrap_or_default().to_owned();
    let chosen: Vec<String> = match (&element["initial_options"], &element["initial_option"]) {
        (Value::Array(options), _) => options.iter().map(text).collect(),
        (_, Value::Object(_)) => vec![text(&element["initial_option"])],
        _ => {
            ["initial_value", "initial_date", "initial_time", "initial_user", "initial_channel", "initial_conversation"]
                .iter()
                .filter_map(|field| element[*field].as_str().map(str::to_owned))
                .collect()
        }
    };
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    match kind {
        "button" => json!({"type": "button"}),
        "file_input" => json!({"type": kind, "files": []}),
        "multi_static_select"
        | "checkboxes"
        | "plain_text_input"
        | "number_input"
        | "multi_users_select"
        | "multi_channels_select"
        | "multi_conversations_select" => state_of(element, &chosen),
        _ if chosen.is_empty() => {
            let what = kind.strip_suffix("_select").unwrap_or(kind);
            let field = match what {
                "static" | "radio_buttons" => "option",
                "datepicker" => "date",
                "timepicker" => "time",
                "users" => "user",
                "channels" => "channel",
                _ => "conversation",
            };
            json!({"type": kind, format!("selected_{field}"): null})
        }
        _ => state_of(element, &chosen),
    }
}

/// Slack's clients let nobody type more, or less, than an input takes.
fn takes(element: &Value, values: &[&str]) {
    if element["type"] == "file_input" {
        let most = element["max_files"].as_u64().unwrap_or(10);
        assert!(values.len() as u64 <= most, "the form takes {most} files, not {}", values.len());
    }
    if element["type"] == "plain_text_input" {
        let length = values.first().map_or(0, |text| text.chars().count()) as u64;
        let (min, max) = (element["min_length"].as_u64().unwrap_or(0), element["max_length"].as_u64().unwrap_or(3000));
        assert!(
            (min..=max).contains(&length),
            "the form takes {min} to {max} characters here, not {length}: {element}"
        );
    }
}

impl Person {
    /// Sends a form in; inputs are named by block id, action id or label, and the others stay as they were filled in.
    pub fn submits(&self, view: &View, values: &[(&str, &[&str])]) -> Ask {
        let place = self.shared.with(|state| {
            let known = &state.world.views[&view.id];
            assert!(known.open && known.person == self.id, "this form does not stand before them");
            assert!(!known.given["submit"].is_null(), "this form cannot be sent in");
            state.fills(&view.id, values);
            let known = state.world.views.get_mut(&view.id).expect("it stands");
            known.errors.clear();
            let known = known.clone();
            let payload = json!({"type": "view_submission", "view": state.view_json(&known), "response_urls": []});
            state.sends_view(&self.id, &view.id, payload)
        });
        Ask { shared: Arc::clone(&self.shared), place }
    }

    /// Uploads a file, as a form's input does before the form is sent in: its id.
    pub fn attaches(&self, name: &str, bytes: &[u8]) -> world::Id {
        self.shared.with(|state| {
            let (id, name, bytes) = (state.world.id('F'), name.to_owned(), bytes.to_vec());
            let file = world::File {
                id: id.clone(),
                title: name.clone(),
                name,
                alt: None,
                length: bytes.len(),
                bytes: Some(bytes),
                shared: false,
            };
            state.world.files.insert(id.clone(), file);
            id
        })
    }

    /// Closes a form without sending it in; the app hears of it where it asked for that.
    pub fn closes(&self, view: &View) -> Option<Ask> {
        let place = self.shared.with(|state| {
            state.closes(&view.id, false);
            let known = state.world.views[&view.id].clone();
            (known.given["notify_on_close"] == true).then(|| {
                let payload = json!({"type": "view_closed", "view": state.view_json(&known), "is_cleared": false});
                state.sends_view(&self.id, &view.id, payload)
            })
        });
        place.map(|place| Ask { shared: Arc::clone(&self.shared), place })
    }

    /// Opens the App Home; it shows what the bot published before.
    pub fn opens_home(&self) {
        self.shared.with(|state| state.tells_home(&self.id));
    }

    /// Waits until the bot has published their App Home.
    pub async fn home(&self) -> View {
        let look = |state: &State| state.home_of(&self.id).map(|view| view.id.clone());
        View { id: self.shared.wait("an App Home", look).await, shared: Arc::clone(&self.shared) }
    }

    /// The form on top of those before them.
    pub fn form(&self) -> Option<View> {
        let id = self.shared.sees(|state| state.top_view(&self.id).map(|view| view.id.clone()));
        id.map(|id| View { shared: Arc::clone(&self.shared), id })
    }
}
