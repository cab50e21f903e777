//! A channel in words, for snapshots: no ids, no times, and nothing that a reader of the channel would not see.

use std::fmt::Write as _;

use serde_json::Value;

use super::{id::Id, state::State, world::Message};

impl State {
    /// What everybody reads in a channel, oldest first.
    pub fn shows(&self, channel: Id) -> String {
        let shown: Vec<String> = self.world.history(channel).map(|message| self.message_shows(message.id)).collect();
        shown.join("\n\n")
    }

    /// One message: who, in answer to what, and all that it carries.
    pub fn message_shows(&self, id: Id) -> String {
        let Some(message) = self.world.messages.get(&id) else { return "(deleted)".to_owned() };
        let guild = self.world.guild_of(message.channel);
        let mut shown = self.world.name_of(message.author, guild);
        match message.reply_to.map(|to| self.world.messages.get(&to)) {
            Some(Some(to)) => {
                let said = self.named(to.content.lines().next().unwrap_or_default());
                let said: String = said.chars().take(40).collect();
                write!(shown, " to {} “{said}”", self.world.name_of(to.author, guild)).ok();
            }
            Some(None) => shown.push_str(" to a deleted message"),
            None => {}
        }
        if let Some(person) = message.ephemeral {
            write!(shown, " (to {} alone)", self.world.name_of(person, guild)).ok();
        }
        if message.edited.is_some() {
            shown.push_str(" (edited)");
        }
        if message.thinking {
            shown.push_str(" is thinking…");
        } else {
            writeln!(shown, ": {}", self.named(&message.content)).ok();
        }
        message.embeds.iter().for_each(|embed| shown.push_str(&self.embed(embed)));
        for file in &message.attachments {
            writeln!(shown, "📎 {}", file["filename"].as_str().unwrap_or_default()).ok();
        }
        shown.push_str(&controls(message));
        let reactions = message.reactions.iter().map(|(emoji, users)| format!("{emoji}×{}", users.len()));
        shown.push_str(&reactions.collect::<Vec<_>>().join(" "));
        if let Some(thread) = self.world.channels.get(&message.id) {
            write!(shown, "\n🧵 {}", thread.name).ok();
        }
        shown.trim_end().replace("\n\n\n", "\n\n")
    }

    /// A text with names in the place of ids.
    fn named(&self, text: &str) -> String {
        let mut named = text.to_owned();
        for user in self.world.users.values() {
            named = named.replace(&format!("<@{}>", user.id), &format!("@{}", user.name));
        }
        for channel in self.world.channels.values() {
            named = named.replace(&format!("<#{}>", channel.id), &format!("#{}", channel.name));
        }
        for role in self.world.guilds.values().flat_map(|guild| &guild.roles) {
            named = named.replace(&format!("<@&{}>", role.id), &format!("@{}", role.name));
        }
        named
    }

    /// An embed, a bar before each of its lines.
    fn embed(&self, embed: &Value) -> String {
        let text = |value: &Value| value.as_str().map(|text| self.named(text));
        let mut lines = Vec::new();
        lines.extend(text(&embed["author"]["name"]));
        lines.extend(text(&embed["title"]).map(|title| format!("# {title}")));
        lines.extend(text(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            let (name, value) = (text(&field["name"]).unwrap_or_default(), text(&field["value"]).unwrap_or_default());
            lines.push(format!("{name}: {value}"));
        }
        lines.extend(embed["image"]["url"].as_str().map(|url| format!("🖼 {url}")));
        lines.extend(text(&embed["footer"]["text"]).map(|footer| format!("— {footer}")));
        lines.join("\n").lines().fold(String::new(), |all, line| all + format!("│ {line}").trim_end() + "\n")
    }
}

/// Buttons in brackets, menus in braces, a row a line; `x` marks what is disabled.
fn controls(message: &Message) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let control = |control: &Value| {
        let off = if control["disabled"] == true { "x " } else { "" };
        let emoji = text(&control["emoji"]["name"]);
        let label = format!("{emoji} {}", text(&control["label"]));
        if control["type"] == 2 {
            return format!("[{off}{}]", label.trim());
        }
        let options = control["options"].as_array().cloned().unwrap_or_default();
        let options: Vec<String> = options
            .iter()
            .map(|option| {
                let picked = if option["default"] == true { "✓" } else { "" };
                format!("{picked}{}", text(&option["label"]))
            })
            .collect();
        format!("{{{off}{}: {}}}", text(&control["placeholder"]), options.join(" | "))
    };
    message.components.iter().fold(String::new(), |all, row| {
        let row: Vec<String> = row["components"].as_array().into_iter().flatten().map(control).collect();
        all + &row.join(" ") + "\n"
    })
}
