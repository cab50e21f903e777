//! Forms before people, stacked up to three, and their App Homes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    blocks::views,
    messages::stamped,
    refusal::Refusal,
    state::State,
    world::{Id, View},
};

/// Slack's largest view, in bytes.
const LARGEST: usize = 250_000;

impl State {
    /// What is wrong with a view that the bot sent, as `views.…` says it. `own`: the view that it replaces.
    pub fn view_is_right(&self, view: &Value, home: bool, own: Option<&str>) -> Result<(), Refusal> {
        if view.to_string().len() > LARGEST {
            return Err("view_too_large".into());
        }
        let problems = views::check(view, home);
        if !problems.is_empty() {
            return Err(Refusal::with("invalid_arguments", &problems));
        }
        let named = view["external_id"].as_str().is_some_and(|id| !id.is_empty());
        let taken = |known: &View| {
            known.open && own != Some(known.id.as_str()) && known.given["external_id"] == view["external_id"]
        };
        if named && self.world.views.values().any(taken) { Err("duplicate_external_id".into()) } else { Ok(()) }
    }

    /// Puts a new view before somebody, on top of another or as the first.
    pub fn shows_view(&mut self, person: &str, given: &Value, previous: Option<Id>) -> Id {
        let id = self.world.id('V');
        let root = previous.as_ref().and_then(|previous| self.world.views.get(previous)).map(|view| view.root.clone());
        let view = View {
            root: root.unwrap_or_else(|| id.clone()),
            id: id.clone(),
            person: person.to_owned(),
            given: self.stamped_view(given),
            hash: self.hash(),
            previous,
            entered: BTreeMap::new(),
            open: true,
            updates: 0,
            errors: BTreeMap::new(),
        };
        self.world.views.insert(id.clone(), view);
        id
    }

    /// Replaces what a view shows; what was entered stays where its block and action are the same.
    pub fn changes_view(&mut self, id: &str, given: &Value) {
        let (given, hash) = (self.stamped_view(given), self.hash());
        if let Some(view) = self.world.views.get_mut(id) {
            view.entered.retain(|block, _| {
                let blocks = given["blocks"].as_array().into_iter().flatten();
                blocks.into_iter().any(|known| known["block_id"] == block.as_str())
            });
            (view.given, view.hash) = (given, hash);
            view.updates += 1;
            view.errors.clear();
        }
    }

    fn stamped_view(&mut self, given: &Value) -> Value {
        let ts = self.world.ts(self.now);
        let mut given = given.clone();
        given["blocks"] = json!(stamped(given["blocks"].as_array().cloned().unwrap_or_default(), &ts));
        given
    }

    fn hash(&mut self) -> String {
        let ts = self.world.ts(self.now);
        format!("{ts}.a{}", self.world.views.len())
    }

    /// The form on top of those before somebody.
    pub fn top_view(&self, person: &str) -> Option<&View> {
        let mut open: Vec<&View> = self.forms_of(person).collect();
        open.sort_by_key(|view| self.depth(view));
        open.pop()
    }

    /// How many forms lie below this one.
    pub fn depth(&self, view: &View) -> usize {
        let below = view.previous.as_ref().and_then(|previous| self.world.views.get(previous));
        below.map_or(0, |below| 1 + self.depth(below))
    }

    pub fn forms_of(&self, person: &str) -> impl Iterator<Item = &View> {
        self.world
            .views
            .values()
            .filter(move |view| view.person == person && view.open && view.given["type"] == "modal")
    }

    pub fn home_of(&self, person: &str) -> Option<&View> {
        self.world.views.values().find(|view| view.person == person && view.given["type"] == "home")
    }

    /// Closes one view, or all before that person.
    pub fn closes(&mut self, id: &str, all: bool) {
        let Some(person) = self.world.views.get(id).map(|view| view.person.clone()) else { return };
        for view in self.world.views.values_mut() {
            if view.id == id || (all && view.person == person && view.given["type"] == "modal") {
                view.open = false;
            }
        }
    }

    /// What the answer to a submission makes of the form.
    pub fn settles_submission(&mut self, id: &str, answer: &Value) {
        match answer["response_action"].as_str() {
            None => self.closes(id, false),
            Some("clear") => self.closes(id, true),
            Some("errors") => {
                let errors = answer["errors"].as_object().cloned().unwrap_or_default();
                let Some(view) = self.world.views.get_mut(id) else { return };
                let blocks = view.given["blocks"].as_array().cloned().unwrap_or_default();
                let known =
                    |name: &str| blocks.iter().any(|block| block["block_id"] == name && block["type"] == "input");
                let stray = errors.keys().find(|name| !known(name)).cloned();
                view.errors =
                    errors.iter().map(|(name, why)| (name.clone(), why.as_str().unwrap_or("").to_owned())).collect();
                if let Some(stray) = stray {
                    self.violation(format!("an error for `{stray}`, which is no input of the form: {answer}"));
                } else if errors.is_empty() {
                    self.violation(format!("a submission was refused without any error: {answer}"));
                }
            }
            Some(what @ ("update" | "push")) => {
                let given = &answer["view"];
                if let Err(refusal) = self.view_is_right(given, false, (what == "update").then_some(id)) {
                    return self
                        .violation(format!("the view that answers a submission is refused: {}", refusal.body()));
                }
                if what == "update" {
                    self.changes_view(id, given);
                } else if let Some(person) = self.world.views.get(id).map(|view| view.person.clone()) {
                    self.shows_view(&person, given, Some(id.to_owned()));
                }
            }
            Some(other) => self.violation(format!("no such response_action: {other}")),
        }
    }
}
