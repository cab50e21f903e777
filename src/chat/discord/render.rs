//! The bot's messages as Discord shows them: content, one embed, rows of buttons and menus, forms. Every limit of the platform is kept
//! here (developer documentation, "Message", "Component Reference"), whatever the words are.

#[cfg(test)]
mod tests;

use serenity::{
    builder::{
        CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter, CreateInputText,
        CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
        CreateSelectMenuOption, EditMessage,
    },
    model::{
        application::{ButtonStyle, InputTextStyle},
        channel::{MessageReference, Nonce},
        id::RoleId,
    },
};
use sha2::{Digest, Sha256};

use super::ids;
use crate::{
    chat::{
        Control, ControlId, FormSpec, Post, PostKey, Reply,
        words::{CONTENT, shorten},
    },
    quiz::id::ChannelId,
};

const BUTTON_LABEL: usize = 80;
const PLACEHOLDER: usize = 150;
const OPTION: usize = 100;
const FIELD_NAME: usize = 256;
const FIELD_VALUE: usize = 1_024;
const FIELDS: usize = 24;
const ROWS: usize = 5;
const BUTTONS_IN_A_ROW: usize = 5;
const TITLE: usize = 45;
/// The longest answer that a form takes; Discord's limit is 4,000.
const INPUT: u16 = 2_000;
/// The most characters of a nonce.
const NONCE: usize = 25;

/// A message to post. Nobody is ever mentioned but the one role that the post names.
pub fn message(channel: &ChannelId, post: &Post) -> CreateMessage {
    let role = post.mention.as_deref().and_then(ids::role_of);
    let call = role.map(|role| format!("<@&{role}>"));
    let message = CreateMessage::new()
        .content(content(&post.text, call.as_deref()))
        .embed(embed(post))
        .allowed_mentions(nobody().roles(role.map(RoleId::new)))
        .nonce(Nonce::String(nonce(channel, post)))
        .enforce_nonce(true);
    let rows = rows(&post.controls);
    let message = if rows.is_empty() { message } else { message.components(rows) };
    match post.reply_to.as_ref().and_then(ids::message_of) {
        // A question that was deleted keeps its reveal from nobody.
        Some(question) => message.reference_message(MessageReference::from(question).fail_if_not_exists(false)),
        None => message,
    }
}

/// What a message becomes.
pub fn edit(post: &Post) -> EditMessage {
    let message = EditMessage::new().content(content(&post.text, None)).embed(embed(post));
    message.allowed_mentions(nobody()).components(rows(&post.controls))
}

/// What one person is told, or all in the channel.
pub fn response(reply: &Reply) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new()
        .content(content(&reply.text, None))
        .allowed_mentions(nobody())
        .components(rows(&reply.controls));
    if reply.public { message } else { message.ephemeral(true) }
}

/// A form to fill in.
pub fn modal(form: &FormSpec) -> CreateModal {
    // A file comes with the command itself.
    let inputs = form.fields.iter().filter(|field| !field.file).take(ROWS).map(|field| {
        let style = if field.long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
        let input = CreateInputText::new(style, shorten(&field.label, TITLE), &field.name).required(!field.optional);
        let input = input.max_length(INPUT);
        let input = if field.hint.is_empty() { input } else { input.placeholder(shorten(&field.hint, OPTION)) };
        let input = if field.value.is_empty() { input } else { input.value(&field.value) };
        CreateActionRow::InputText(input)
    });
    CreateModal::new(&form.id, shorten(&form.title, TITLE)).components(inputs.collect())
}

/// Nobody is mentioned, not even who is replied to.
pub fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// How a post's key stands in the footer of its embed, where it is found again.
pub fn footer(key: &PostKey) -> String {
    format!("kcard · {}", key.0)
}

/// The words as Discord reads Markdown: a line break is a line break.
pub fn content(text: &str, call: Option<&str>) -> String {
    let text = text.replace("  \n", "\n");
    match call {
        None => shorten(&text, CONTENT),
        Some(call) => format!("{}\n{call}", shorten(&text, CONTENT - call.len() - 1)),
    }
}

/// The facts beside a message, when it closes in the reader's own time, and its key.
fn embed(post: &Post) -> CreateEmbed {
    let facts = post.facts.iter().take(FIELDS);
    let fields = facts.map(|fact| {
        let is_short = fact.value.chars().count() <= 30;
        (shorten(&fact.name, FIELD_NAME), content(&shorten(&fact.value, FIELD_VALUE), None), is_short)
    });
    let embed = CreateEmbed::new().footer(CreateEmbedFooter::new(footer(&post.key)));
    // What is short stands in a row.
    let (short, long): (Vec<_>, Vec<_>) = fields.partition(|(.., is_short)| *is_short);
    let closes = post.closes.map(|closes| {
        let seconds = closes.as_second();
        ("Closes".to_owned(), format!("<t:{seconds}:R>, <t:{seconds}:f>"), true)
    });
    embed.fields(short).fields(closes).fields(long)
}

/// Buttons in rows of five, each menu in a row of its own.
fn rows(controls: &[Control]) -> Vec<CreateActionRow> {
    let mut rows = Vec::new();
    let mut buttons = Vec::new();
    for control in controls {
        let button = match control {
            Control::Menu { id, label, options } => {
                rows.push(CreateActionRow::SelectMenu(menu(id, label, options)));
                continue;
            }
            Control::Button { id, label } => button(id, label).style(ButtonStyle::Secondary),
            Control::Form { id, label } => button(id, label).style(ButtonStyle::Primary),
        };
        buttons.push(button);
    }
    rows.extend(buttons.chunks(BUTTONS_IN_A_ROW).map(|row| CreateActionRow::Buttons(row.to_vec())));
    rows.truncate(ROWS);
    rows
}

fn button(id: &ControlId, label: &str) -> CreateButton {
    CreateButton::new(String::from(id.clone())).label(shorten(label, BUTTON_LABEL))
}

fn menu(id: &ControlId, label: &str, options: &[String]) -> CreateSelectMenu {
    let shown = (1u8..).zip(options.iter().take(25)).map(|(number, option)| {
        CreateSelectMenuOption::new(shorten(&format!("{number}. {option}"), OPTION), number.to_string())
    });
    let most = u8::try_from(options.len().min(25)).unwrap_or(25);
    CreateSelectMenu::new(String::from(id.clone()), CreateSelectMenuKind::String { options: shown.collect() })
        .placeholder(shorten(label, PLACEHOLDER))
        .min_values(1)
        .max_values(most)
}

/// The same post again within minutes is the same message: Discord makes no second one of the same nonce (developer documentation,
/// "Create Message"). What a message says is part of it, so that another store's message of the same key is another message.
fn nonce(channel: &ChannelId, post: &Post) -> String {
    let hash =
        Sha256::new().chain_update(channel.as_str()).chain_update(&post.key.0).chain_update(&post.text).finalize();
    let hex = hash.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    hex[..NONCE].to_owned()
}
