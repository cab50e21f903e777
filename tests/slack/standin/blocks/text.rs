//! The text in blocks: how much of it there is, and whom it rings for.

use serde_json::Value;

/// How many characters of text the blocks hold together.
pub fn length(blocks: &Value) -> usize {
    texts(blocks).iter().map(|(text, _)| text.chars().count()).sum()
}

/// What in blocks makes somebody's client ring; plain text never does.
pub fn rings_in(blocks: &Value) -> Vec<String> {
    let marked = texts(blocks).into_iter().filter(|(_, marked)| *marked).flat_map(|(text, _)| rings(text));
    let mut elements = Vec::new();
    called(blocks, &mut elements);
    marked.chain(elements).collect()
}

/// Whom the elements of rich text ring for.
fn called(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| called(item, found)),
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
            match text("type") {
                "user" => found.push(format!("<@{}>", text("user_id"))),
                "usergroup" => found.push(format!("<!subteam^{}>", text("usergroup_id"))),
                "broadcast" => found.push(format!("<!{}>", text("range"))),
                _ => fields.values().for_each(|value| called(value, found)),
            }
        }
        _ => {}
    }
}

/// All the text that people read in blocks, and whether it is marked up.
fn texts(blocks: &Value) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    gather(blocks, &mut found);
    found
}

fn gather<'a>(value: &'a Value, found: &mut Vec<(&'a str, bool)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Object(fields) => {
            let marked = fields.get("type").is_some_and(|kind| kind == "mrkdwn" || kind == "markdown");
            for (name, value) in fields {
                match value.as_str() {
                    Some(text) if matches!(name.as_str(), "text" | "alt_text") => found.push((text, marked)),
                    _ => gather(value, found),
                }
            }
        }
        _ => {}
    }
}

/// What in a text makes somebody's client ring: `<!channel>`, `<!here>`, `<!everyone>`, `<!subteam^S1>` and `<@U1>`.
pub fn rings(text: &str) -> Vec<String> {
    let tags = text.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    let rings = |tag: &&str| {
        let tag = tag.split('|').next().unwrap_or_default();
        matches!(tag, "!channel" | "!here" | "!everyone" | "!group")
            || tag.starts_with("!subteam^")
            || tag.starts_with('@')
    };
    tags.filter(rings).map(|tag| format!("<{tag}>")).collect()
}
