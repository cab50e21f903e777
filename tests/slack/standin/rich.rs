//! Rich text as people see it, in words: `*bold*`, `` `code` ``, people and channels by their names, dates by their fallback.

use serde_json::Value;

use super::state::State;

impl State {
    pub fn rich_shows(&self, part: &Value) -> String {
        let held = |part: &Value| part["elements"].as_array().cloned().unwrap_or_default();
        let words = |part: &Value| held(part).iter().map(|word| self.word_shows(word)).collect::<String>();
        match part["type"].as_str().unwrap_or_default() {
            "rich_text_list" => {
                let indent = "  ".repeat(usize::try_from(part["indent"].as_u64().unwrap_or(0)).unwrap_or(0));
                let first = part["offset"].as_u64().unwrap_or(0) + 1;
                let mark = |number| if part["style"] == "ordered" { format!("{number}.") } else { "•".to_owned() };
                let items = (first..).zip(held(part));
                items
                    .map(|(number, item)| format!("{indent}{} {}", mark(number), words(&item)))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            "rich_text_preformatted" => format!("```\n{}\n```", words(part)),
            "rich_text_quote" => format!("> {}", words(part).replace('\n', "\n> ")),
            _ => words(part),
        }
    }

    fn word_shows(&self, word: &Value) -> String {
        let text = |name: &str| word[name].as_str().unwrap_or_default();
        let shown = match text("type") {
            "text" => text("text").to_owned(),
            "link" if text("text").is_empty() => text("url").to_owned(),
            "link" => format!("{} ({})", text("text"), text("url")),
            "user" => format!("@{}", self.world.name_of(text("user_id"))),
            "usergroup" => {
                format!("@{}", self.world.groups.get(text("usergroup_id")).map_or("group", |group| &group.handle))
            }
            "broadcast" => format!("@{}", text("range")),
            "channel" => {
                format!(
                    "#{}",
                    self.world.channels.get(text("channel_id")).map_or("private-channel", |channel| &channel.name)
                )
            }
            "emoji" => format!(":{}:", text("name")),
            "date" => text("fallback").to_owned(),
            other => format!("({other})"),
        };
        let styled = |name: &str| word["style"][name] == true;
        [("code", "`"), ("bold", "*"), ("italic", "_"), ("strike", "~")]
            .iter()
            .filter(|(name, _)| styled(name))
            .fold(shown, |shown, (_, mark)| format!("{mark}{shown}{mark}"))
    }
}
