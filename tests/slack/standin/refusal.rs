//! What Slack says where it does not do what it was asked.

use serde_json::{Value, json};

/// `ok` is false. Most come with status 200.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub error: String,
    /// What else stands in the answer.
    pub more: Value,
}

impl From<&str> for Refusal {
    fn from(error: &str) -> Self {
        Self { status: 200, error: error.to_owned(), more: json!({}) }
    }
}

impl Refusal {
    /// Says what is wrong in `response_metadata.messages` and, as Slack does for blocks, in `errors`.
    pub fn with(error: &str, problems: &[String]) -> Self {
        let messages: Vec<String> = problems.iter().map(|problem| format!("[ERROR] {problem}")).collect();
        let more = json!({"errors": problems, "response_metadata": {"messages": messages}});
        Self { more, ..Self::from(error) }
    }

    pub fn body(&self) -> Value {
        let mut body = json!({"ok": false, "error": self.error});
        extend(&mut body, self.more.clone());
        body
    }

    /// Whether a careful bot never brings this upon itself, whatever happens in the workspace.
    pub fn is_of_its_making(&self) -> bool {
        let own = ["invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_arg_name", "invalid_name"];
        let texts = ["msg_too_long", "msg_blocks_too_long", "no_text", "metadata_too_large", "view_too_large"];
        let more = ["exchanged_trigger_id", "invalid_trigger_id", "invalid_metadata_format", "invalid_post_type"];
        let rest =
            ["unknown_method", "used_url", "json_not_object", "invalid_json", "already_reacted", "push_limit_reached"];
        [&own[..], &texts, &more, &rest].iter().any(|list| list.contains(&self.error.as_str()))
    }
}

/// Adds the fields of one object to another.
pub fn extend(body: &mut Value, more: Value) {
    if let (Value::Object(body), Value::Object(more)) = (body, more) {
        body.extend(more);
    }
}
