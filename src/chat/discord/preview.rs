//! What Discord is sent, without a token or a server: for who writes decks, and to hold it against Discord's contract.

use serde_json::Value;
use serenity::builder::CreateInteractionResponse;

use super::render;
use crate::{
    chat::{Post, Reply, words::keycap},
    quiz::id::ChannelId,
};

/// The request body that posts a message (developer documentation, "Create Message").
pub fn body(post: &Post) -> Value {
    serde_json::to_value(render::message(&ChannelId::new("discord:0"), post)).unwrap_or_default()
}

/// The request body that answers a command or a button (developer documentation, "Create Interaction Response").
pub fn reply_body(reply: &Reply) -> Value {
    serde_json::to_value(CreateInteractionResponse::Message(render::response(reply))).unwrap_or_default()
}

/// A message as plain text: its words, a bar before what stands in the embed, buttons in brackets, menus in braces.
pub fn preview(post: &Post) -> String {
    let body = body(post);
    let mut parts = vec![text(&body["content"])];
    let embed = &body["embeds"][0];
    let fields = list(&embed["fields"]).map(|field| format!("│ {}: {}", text(&field["name"]), text(&field["value"])));
    parts.push(fields.chain([format!("│ {}", text(&embed["footer"]["text"]))]).collect::<Vec<_>>().join("\n"));
    parts.extend(
        list(&body["components"]).map(|row| list(&row["components"]).map(control).collect::<Vec<_>>().join(" ")),
    );
    parts.push((1..=usize::from(post.reactions)).map(keycap).collect::<Vec<_>>().join(" "));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn control(control: &Value) -> String {
    if control["options"].is_null() {
        return format!("[{}]", text(&control["label"]));
    }
    let options: Vec<String> = list(&control["options"]).map(|option| text(&option["label"])).collect();
    format!("{{{}: {}}}", text(&control["placeholder"]), options.join(" | "))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        chat::{Control, ControlId, PostKey},
        quiz::id::RoundId,
    };

    #[test]
    fn a_menu_shows_its_options_and_a_long_label_as_discord_cuts_it() {
        let menu = Control::Menu {
            id: ControlId::Menu(RoundId(1)),
            label: "Pick".into(),
            options: vec!["a".into(), "long ".repeat(30)],
        };
        let form = Control::Form { id: ControlId::Form(RoundId(1)), label: "Answer".into() };
        let post = Post { controls: vec![form, menu], ..Post::new(PostKey::question(RoundId(1)), "Which?  \nNow?") };
        assert_snapshot!(preview(&post), @"
        Which?
        Now?

        │ kcard · q1

        {Pick: 1. a | 2. long long long long long long long long long long long long long long long long long long long…}

        [Answer]
        ");
    }
}
