//! What must hold within a deck file beyond its shape: options that differ, aliases that name one thing, commands that
//! parse, versions in order. Reads the tree leniently: what is misshapen `shape` has said, here it is passed over.

use std::collections::HashMap;

use super::{
    node::{Node, Value},
    report::Faults,
    shape::cut,
};
use crate::quiz::grade;

/// Most options of a question: there are nine number reactions.
const MAX_OPTIONS: usize = 9;

/// Says what is wrong with the cards of a file.
pub(super) fn check(file: &Node, faults: &mut Faults<'_>) {
    for card in file.list("cards") {
        if faults.is_full() {
            return;
        }
        versions(card, faults);
        for question in card.list("questions") {
            for (kind, right) in [("choice", "answer"), ("multiple", "answers")] {
                if let Some(question) = question.get(kind) {
                    options(question, right, faults);
                }
            }
            if let Some(list) = question.get("list") {
                items_or_sides(question, list, faults);
                let sides = list.list("sides").iter();
                let of_sides = sides.flat_map(|side| side.get("name").into_iter().chain(side.list("items")));
                terms(list.list("items").iter().chain(of_sides), list.list("wrong"), faults);
            }
            if let Some(text) = question.get("text") {
                terms(text.get("accept"), text.list("wrong"), faults);
            }
            for command in question.get("command").into_iter().flat_map(|command| command.list("accept")) {
                parses(command, faults);
            }
        }
    }
}

/// `since` does not come after `until`.
fn versions(card: &Node, faults: &mut Faults<'_>) {
    let version = |name| {
        let node = card.get(name)?;
        let (major, minor) = node.text()?.split_once('.')?;
        Some((node, major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    if let (Some((_, major, minor)), Some((until, last_major, last_minor))) = (version("since"), version("until"))
        && (major, minor) > (last_major, last_minor)
    {
        let wrong = format!("true since {major}.{minor}, but only until {last_major}.{last_minor}");
        faults.say(until.at.clone(), wrong, "`until` names the last version for which the card was true");
    }
}

/// Options differ from each other, and there are not more than can be picked.
fn options(question: &Node, right: &str, faults: &mut Faults<'_>) {
    let right = question.get(right).into_iter().flat_map(Node::texts);
    let options: Vec<_> = right.chain(question.list("others").iter().flat_map(Node::texts)).collect();
    let mut seen = HashMap::new();
    for (node, text) in &options {
        if let Some(first) = seen.insert(read_aloud(text), &node.at) {
            let first = faults.place(first.clone());
            let wrong = format!("the option `{}` comes twice", cut(text));
            faults.say_twice(node.at.clone(), first, wrong, "write another one");
        }
    }
    if let Some((node, _)) = options.get(MAX_OPTIONS) {
        let wrong = format!("{} options are too many", options.len());
        faults.say(node.at.clone(), wrong, format!("at most {MAX_OPTIONS}, right and wrong ones together"));
    }
}

/// A list has items, or sides with theirs.
fn items_or_sides(question: &Node, list: &Node, faults: &mut Faults<'_>) {
    let Value::Keys(keys) = &list.value else { return };
    if let (Some(_), Some(sides)) = (list.get("items"), list.get("sides")) {
        faults.say(sides.point(), "a list has items or sides", "move each of the items below the side it is said of");
    } else if keys.iter().all(|(key, _)| matches!(key.text(), Some("ask" | "wrong" | "why"))) {
        faults.say(question.point(), "this list has nothing to name", "add `items:`, or `sides:` with items for each");
    }
}

/// No form names two terms. Within one term, forms that are marked alike are only superfluous.
fn terms<'n>(right: impl IntoIterator<Item = &'n Node>, wrong: &'n [Node], faults: &mut Faults<'_>) {
    let mut seen: HashMap<String, (usize, &Node)> = HashMap::new();
    for (term, node) in right.into_iter().chain(wrong).enumerate() {
        for (node, text) in node.texts() {
            let key = grade::key(text);
            if key.is_empty() && !text.trim().is_empty() {
                let wrong = format!("`{}` has neither letters nor digits", cut(text));
                faults.say(node.at.clone(), wrong, "marking drops punctuation: ask for this as a choice");
                continue;
            }
            match seen.get(&key) {
                Some((other, first)) if *other != term => {
                    let first = faults.place(first.at.clone());
                    let wrong = format!("`{}` names two different terms", cut(text));
                    faults.say_twice(node.at.clone(), first, wrong, "marking reads both alike: take one away");
                }
                _ => _ = seen.insert(key, (term, node)),
            }
        }
    }
}

/// A command is read as marking reads it.
fn parses(command: &Node, faults: &mut Faults<'_>) {
    if command.text().is_some_and(|command| !grade::command::reads(command)) {
        faults.say(
            command.at.clone(),
            "this command does not parse",
            "close its quotes, and end it without a backslash",
        );
    }
}

/// An option as it is told from others: case and spacing do not tell two apart.
fn read_aloud(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
