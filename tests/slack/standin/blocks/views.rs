//! Forms and the App Home, by <https://docs.slack.dev/reference/views>.

use serde_json::Value;

use super::{list, problems::Problems};

/// What is wrong with a view; pointers begin with `/view`.
pub fn check(view: &Value, home: bool) -> Vec<String> {
    let mut problems = Problems::default();
    let shared = ["callback_id", "external_id", "private_metadata"];
    let form = ["close", "submit", "clear_on_close", "notify_on_close"];
    let wanted = if home { "home" } else { "modal" };
    if view["type"] != wanted {
        problems.add("/view/type", format!("must be {wanted}"));
    }
    if home {
        problems.fields("/view", view, &["type", "blocks"], &shared);
    } else {
        problems.fields("/view", view, &["type", "blocks", "title"], &[&shared[..], &form].concat());
        for field in ["title", "close", "submit"] {
            problems.text(&format!("/view/{field}"), &view[field], true, 24);
        }
        problems.flags("/view", view, &["clear_on_close", "notify_on_close"]);
        let asks = view["blocks"].as_array().is_some_and(|blocks| blocks.iter().any(|block| block["type"] == "input"));
        if asks && view["submit"].is_null() {
            problems.add("/view/submit", "missing required field: submit");
        }
    }
    problems.string("/view/private_metadata", &view["private_metadata"], 0, 3000);
    problems.string("/view/callback_id", &view["callback_id"], 0, 255);
    problems.string("/view/external_id", &view["external_id"], 0, 255);
    list(&mut problems, "/view/blocks", &view["blocks"], 100);
    problems.found()
}
