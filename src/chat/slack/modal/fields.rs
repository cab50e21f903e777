//! The fields of a modal. What was typed already and a picker cannot show is typed on: nothing that somebody wrote is lost.

use jiff::civil::Date;
use slack_morphism::prelude::{
    SlackActionId, SlackBlock, SlackBlockCheckboxesElement, SlackBlockChoiceItem, SlackBlockConversationFilter,
    SlackBlockConversationsSelectElement, SlackBlockDatePickerElement, SlackBlockFileInputElement, SlackBlockId,
    SlackBlockMultiConversationsSelectElement, SlackBlockMultiUsersSelectElement, SlackBlockNumberInputElement,
    SlackBlockPlainTextInputElement, SlackBlockPlainTextOnly, SlackBlockStaticSelectElement,
    SlackConversationFilterInclude, SlackConversationId, SlackInputBlock, SlackInputBlockElement,
};

use super::LINE;
use crate::chat::{
    Field,
    command::definition::{BIGGEST, Opt, OptKind},
    slack::{ids, render::label, rich},
};

/// The most characters of a label and of a hint.
const LABEL: usize = 2_000;
/// The most characters that one may type, and of a text that is pasted, which is Slack's limit.
const TYPED: u64 = 2_000;
const PASTED: u64 = 3_000;
/// The most options of a menu, and the most characters of what one shows and of its value.
const OPTIONS: usize = 100;
const OPTION: usize = 75;
const VALUE: usize = 150;

/// A field of a form.
pub fn field(field: &Field) -> SlackBlock {
    let input =
        if field.file { attached(&field.name) } else { typed(&field.name, &field.value, field.long, TYPED).into() };
    input_block(&field.name, &field.label, &field.hint, field.optional, input)
}

/// The one field of a shortcut.
pub fn line() -> SlackBlock {
    let hint = "For example: kquiz leaderboard week";
    input_block(LINE, "Or type a command", hint, true, typed(LINE, "", false, TYPED).into())
}

/// An option of a command: its label is what stands before the colon in the table, its hint the rest.
pub fn option(option: &Opt, given: &str, offers: Vec<String>) -> SlackBlock {
    let (label, hint) = option.about.split_once(": ").unwrap_or((option.about, ""));
    let element = picker(option, given, offers).unwrap_or_else(|| match option.kind {
        OptKind::Pasted => typed(option.name, given, true, PASTED).into(),
        _ => typed(option.name, given, false, TYPED).into(),
    });
    input_block(option.name, label, hint, !option.required, element)
}

fn input_block(name: &str, words: &str, hint: &str, optional: bool, element: SlackInputBlockElement) -> SlackBlock {
    let hint = Some(hint).filter(|hint| !hint.is_empty()).map(|hint| label(hint, LABEL));
    let block = SlackInputBlock::new(label(words, LABEL), element).opt_hint(hint);
    block.with_optional(optional).with_block_id(SlackBlockId(name.to_owned())).into()
}

/// What picks a value of this kind; `None` where it is typed.
fn picker(option: &Opt, given: &str, offers: Vec<String>) -> Option<SlackInputBlockElement> {
    let id = SlackActionId(option.name.to_owned());
    Some(match option.kind {
        OptKind::Number(least, most) => {
            let number = given.parse().ok().filter(|number: &i64| (least..=most).contains(number));
            let most_taken = (most < BIGGEST).then(|| most.to_string());
            let input = SlackBlockNumberInputElement::new(false).with_action_id(id).with_min_value(least.to_string());
            input.opt_max_value(most_taken).opt_initial_value(number.map(|number| number.to_string())).into()
        }
        OptKind::Flag => {
            let yes = || SlackBlockChoiceItem::new(label("Yes", OPTION).into(), "yes".to_owned());
            let is_on = ["yes", "true", "on", "1"].iter().any(|word| given.eq_ignore_ascii_case(word));
            let boxes = SlackBlockCheckboxesElement::new(vec![yes()]).with_action_id(id);
            boxes.opt_initial_options(is_on.then(|| vec![yes()])).into()
        }
        OptKind::Choice(choices) => menu(id, choices.iter().map(|choice| (*choice).to_owned()).collect(), given)?,
        OptKind::Date => {
            // As it was read: Slack takes no `2026-1-5`.
            let day = Date::strptime("%Y-%m-%d", given).ok().map(|day| day.to_string());
            SlackBlockDatePickerElement::new().with_action_id(id).opt_initial_date(day).into()
        }
        OptKind::Channel => {
            let channel = things(given, "<#")?.pop().map(SlackConversationId);
            let picker = SlackBlockConversationsSelectElement::new().with_action_id(id).with_filter(channels());
            picker.opt_initial_conversation(channel).into()
        }
        OptKind::Channels => {
            let given: Vec<_> = things(given, "<#")?.into_iter().map(SlackConversationId).collect();
            let picker = SlackBlockMultiConversationsSelectElement::new().with_action_id(id).with_filter(channels());
            picker.opt_initial_conversations(Some(given).filter(|given| !given.is_empty())).into()
        }
        OptKind::People => {
            let given = Some(things(given, "<@")?).filter(|given| !given.is_empty());
            SlackBlockMultiUsersSelectElement::new().with_action_id(id).opt_initial_users(given).into()
        }
        OptKind::Known(_) | OptKind::Text if option.is_completed() => menu(id, offers, given)?,
        OptKind::File => attached(option.name),
        OptKind::Known(_) | OptKind::Text | OptKind::Name | OptKind::Group | OptKind::Pasted => return None,
    })
}

/// A menu of these; `None` where they do not fit into one, or what was given is none of them.
fn menu(id: SlackActionId, mut values: Vec<String>, given: &str) -> Option<SlackInputBlockElement> {
    let mut known = std::collections::HashSet::new();
    values.retain(|value| known.insert(value.clone()));
    let fits = |value: &String| (1..=VALUE).contains(&value.chars().count());
    if !(1..=OPTIONS).contains(&values.len()) || !values.iter().all(fits) {
        return None;
    }
    let item = |value: &String| -> SlackBlockChoiceItem<SlackBlockPlainTextOnly> {
        SlackBlockChoiceItem::new(label(value, OPTION), value.clone())
    };
    let initial = values.iter().find(|value| value.eq_ignore_ascii_case(given)).map(item);
    if initial.is_none() && !given.is_empty() {
        return None;
    }
    let options = values.iter().map(item).collect();
    Some(
        SlackBlockStaticSelectElement::new()
            .with_action_id(id)
            .with_options(options)
            .opt_initial_option(initial)
            .into(),
    )
}

fn typed(name: &str, value: &str, is_long: bool, most: u64) -> SlackBlockPlainTextInputElement {
    let room = usize::try_from(most).unwrap_or(usize::MAX);
    let value = Some(value).filter(|value| !value.is_empty()).map(|value| rich::cut(value, room));
    SlackBlockPlainTextInputElement::new()
        .with_action_id(SlackActionId(name.to_owned()))
        .with_multiline(is_long)
        .with_max_length(most)
        .opt_initial_value(value)
}

/// One file.
fn attached(name: &str) -> SlackInputBlockElement {
    SlackBlockFileInputElement::new().with_action_id(SlackActionId(name.to_owned())).with_max_files(1).into()
}

/// Slack's ids in `<#C1|general>, <#C2>`; `None` where something else stands there too.
fn things(given: &str, begins: &str) -> Option<Vec<String>> {
    let words = given.split([',', ' ']).filter(|word| !word.is_empty());
    let id = |word: &str| {
        let id = word.strip_prefix(begins)?.strip_suffix('>')?;
        let id = id.split_once('|').map_or(id, |(id, _)| id);
        ids::is_id(id).then(|| id.to_owned())
    };
    words.map(id).collect()
}

/// Channels only, public and private.
fn channels() -> SlackBlockConversationFilter {
    let kinds = vec![SlackConversationFilterInclude::Public, SlackConversationFilterInclude::Private];
    SlackBlockConversationFilter::new().with_include(kinds)
}
