//! Forms and App Homes: `views.…`.

use serde_json::{Value, json};

use super::super::{
    refusal::Refusal,
    state::State,
    world::{Id, View},
};
use super::{Answer, body::Call};

/// How many forms can lie on top of each other.
const MOST: usize = 3;

impl State {
    fn shown(&self, id: &str) -> Value {
        json!({"view": self.view_json(&self.world.views[id])})
    }

    pub fn open_view(&mut self, call: &Call) -> Answer {
        let view = &call.args["view"];
        self.view_is_right(view, false, None)?;
        let place = self.exchanges(call.text("trigger_id"))?;
        let person = self.interactions[place].person.clone();
        // A form that opens takes the place of those that stand there.
        if let Some(top) = self.top_view(&person).map(|top| top.id.clone()) {
            self.closes(&top, true);
        }
        let id = self.shows_view(&person, view, None);
        self.interactions[place].opened = Some(id.clone());
        Ok(self.shown(&id))
    }

    pub fn push_view(&mut self, call: &Call) -> Answer {
        let view = &call.args["view"];
        self.view_is_right(view, false, None)?;
        let place = self.exchanges(call.text("trigger_id"))?;
        let person = self.interactions[place].person.clone();
        let (top, depth) = self.top_view(&person).map(|top| (top.id.clone(), self.depth(top))).ok_or("not_found")?;
        if depth + 1 >= MOST {
            return Err("push_limit_reached".into());
        }
        let id = self.shows_view(&person, view, Some(top));
        self.interactions[place].opened = Some(id.clone());
        Ok(self.shown(&id))
    }

    pub fn update_view(&mut self, call: &Call) -> Answer {
        let view = &call.args["view"];
        let found = match (call.text("view_id"), call.text("external_id")) {
            ("", "") => {
                return Err(Refusal::with("invalid_arguments", &["missing required field: view_id".to_owned()]));
            }
            ("", external) => {
                self.world.views.values().find(|known| known.given["external_id"] == external && known.open)
            }
            (id, _) => self.world.views.get(id).filter(|known| known.open),
        };
        let known: &View = found.ok_or("not_found")?;
        let (id, home) = (known.id.clone(), known.given["type"] == "home");
        fits(call, known)?;
        self.view_is_right(view, home, Some(&id))?;
        self.changes_view(&id, view);
        Ok(self.shown(&id))
    }

    pub fn publish_view(&mut self, call: &Call) -> Answer {
        let (view, person) = (&call.args["view"], call.text("user_id"));
        self.world.users.get(person).filter(|user| !user.bot).ok_or("user_not_found")?;
        let known = self.home_of(person);
        if let Some(known) = known {
            fits(call, known)?;
        }
        let known: Option<Id> = known.map(|known| known.id.clone());
        self.view_is_right(view, true, known.as_deref())?;
        let id = if let Some(id) = known {
            self.changes_view(&id, view);
            id
        } else {
            self.shows_view(person, view, None)
        };
        Ok(self.shown(&id))
    }
}

/// Whether the view is still what the bot took it for.
fn fits(call: &Call, known: &View) -> Result<(), Refusal> {
    let hash = call.text("hash");
    if hash.is_empty() || hash == known.hash { Ok(()) } else { Err("hash_conflict".into()) }
}
