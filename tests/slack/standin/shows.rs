//! What people see, in words.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    state::State,
    world::{Message, View},
};

fn text_of(value: &Value) -> &str {
    value["text"].as_str().or(value.as_str()).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl State {
    /// A channel as somebody sees it: its threads below their parents, and what was said to them alone.
    pub fn channel_shows(&self, channel: &str, to: Option<&str>) -> String {
        let here = |message: &&Message| {
            message.channel == channel && message.ephemeral.as_deref().is_none_or(|only| Some(only) == to)
        };
        let shown: Vec<&Message> = self.world.messages.values().filter(here).collect();
        let mut parts = Vec::new();
        for message in shown.iter().filter(|message| message.thread.is_none() || message.broadcast) {
            let mut part = self.message_shows(message);
            for reply in shown.iter().filter(|reply| reply.thread.as_ref() == Some(&message.ts)) {
                write!(part, "\n  ↳ {}", self.message_shows(reply).replace('\n', "\n    ")).expect("memory");
            }
            parts.push(part);
        }
        parts.join("\n\n")
    }

    pub fn message_shows(&self, message: &Message) -> String {
        if message.tombstone {
            return "This message was deleted.".to_owned();
        }
        let mut shown = self.world.name_of(&message.user).to_owned();
        if let Some(person) = &message.ephemeral {
            write!(shown, " (to {} alone)", self.world.name_of(person)).expect("memory");
        }
        if message.broadcast {
            shown.push_str(" (also in the channel)");
        }
        if message.edits > 0 {
            shown.push_str(" (edited)");
        }
        shown.push(':');
        // Clients show the blocks instead of the text, where there are any.
        if message.blocks.is_empty() {
            write!(shown, " {}", self.plain(&message.text)).expect("memory");
        } else {
            shown.push('\n');
            shown.push_str(&self.blocks_show(&message.blocks));
        }
        for file in message.files.iter().filter_map(|file| self.world.files.get(file)) {
            write!(shown, "\n📎 {}", file.title).expect("memory");
        }
        if !message.reactions.is_empty() {
            let reaction = |(name, users): &(String, Vec<String>)| format!(":{name}:×{}", users.len());
            let reactions: Vec<String> = message.reactions.iter().map(reaction).collect();
            write!(shown, "\n{}", reactions.join(" ")).expect("memory");
        }
        shown
    }

    pub fn view_shows(&self, view: &View) -> String {
        let blocks = self.blocks_show(list(&view.given["blocks"]));
        let mut shown = blocks;
        if view.given["type"] == "modal" {
            let buttons: Vec<String> = ["close", "submit"]
                .iter()
                .filter(|field| !view.given[**field].is_null())
                .map(|field| format!("[{}]", text_of(&view.given[*field])))
                .collect();
            shown = format!("== {} ==\n{shown}\n{}", text_of(&view.given["title"]), buttons.join(" "));
        }
        for (block, why) in &view.errors {
            write!(shown, "\n! {block}: {why}").expect("memory");
        }
        shown.trim_end().to_owned()
    }

    fn blocks_show(&self, blocks: &[Value]) -> String {
        blocks
            .iter()
            .map(|block| format!("│ {}", self.block_shows(block).replace('\n', "\n│ ")))
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn block_shows(&self, block: &Value) -> String {
        match block["type"].as_str().unwrap_or_default() {
            "header" => format!("# {}", self.plain(text_of(&block["text"]))),
            "section" => {
                let mut lines = vec![self.plain(text_of(&block["text"]))];
                lines.extend(list(&block["fields"]).iter().map(|field| self.plain(text_of(field)).replace('\n', ": ")));
                if !block["accessory"].is_null() {
                    lines.push(self.element_shows(&block["accessory"]));
                }
                lines.retain(|line| !line.is_empty());
                lines.join("\n")
            }
            "divider" => "———".to_owned(),
            "context" => {
                let held: Vec<String> = list(&block["elements"]).iter().map(|held| self.element_shows(held)).collect();
                format!("({})", held.join(" · "))
            }
            "actions" => {
                list(&block["elements"]).iter().map(|held| self.element_shows(held)).collect::<Vec<_>>().join(" ")
            }
            "image" => format!("🖼 {}", text_of(&block["alt_text"])),
            "input" => {
                let must = if block["optional"] == true { " (optional)" } else { "" };
                format!("{}{must}: {}", text_of(&block["label"]), self.element_shows(&block["element"]))
            }
            "markdown" => self.plain(text_of(&block["text"])),
            "rich_text" => {
                list(&block["elements"]).iter().map(|part| self.rich_shows(part)).collect::<Vec<_>>().join("\n")
            }
            other => format!("({other})"),
        }
    }

    fn element_shows(&self, element: &Value) -> String {
        let options = |open: &str| {
            let option = |option: &Value| format!("{open} {}", self.plain(text_of(&option["text"])));
            list(&element["options"]).iter().map(option).collect::<Vec<_>>().join("  ")
        };
        match element["type"].as_str().unwrap_or_default() {
            "button" => format!("[{}]", text_of(&element["text"])),
            "plain_text" | "mrkdwn" => self.plain(text_of(element)),
            "image" => format!("🖼 {}", text_of(&element["alt_text"])),
            "checkboxes" => options("☐"),
            "radio_buttons" => options("○"),
            "overflow" => format!("[⋮ {}]", options("·")),
            kind if kind.ends_with("_input") => {
                let initial = element["initial_value"].as_str().unwrap_or_default();
                format!("[{}] {initial}", text_of(&element["placeholder"])).trim_end().to_owned()
            }
            _ => format!("[{} ▾]", text_of(&element["placeholder"])),
        }
    }

    /// Slack's markup as a client shows it: people and channels by their names, dates by their fallback, links by their label.
    pub fn plain(&self, text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            shown.push_str(before);
            let Some((tag, after)) = after.split_once('>') else {
                shown.push('<');
                rest = after;
                continue;
            };
            let (target, label) = tag.split_once('|').map_or((tag, None), |(target, label)| (target, Some(label)));
            match target.split_at_checked(1) {
                Some(("@", user)) => write!(shown, "@{}", self.world.name_of(user)).expect("memory"),
                Some(("#", channel)) => {
                    let name = self.world.channels.get(channel).map_or("private-channel", |channel| &channel.name);
                    write!(shown, "#{name}").expect("memory");
                }
                Some(("!", special)) => match special.split_once('^') {
                    Some(("subteam", group)) => {
                        let handle = self.world.groups.get(group).map_or("group", |group| &group.handle);
                        write!(shown, "@{handle}").expect("memory");
                    }
                    _ => shown.push_str(label.unwrap_or(&format!("@{special}"))),
                },
                _ => match label {
                    Some(label) => write!(shown, "{label} ({target})").expect("memory"),
                    None => shown.push_str(target),
                },
            }
            rest = after;
        }
        shown.push_str(rest);
        shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }
}
