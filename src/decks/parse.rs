//! Deck files' texts to decks, or everything that is wrong with all of them. A syntax error in one card does not hide the
//! mistakes of the others. Reads no files.

use std::{collections::HashMap, ops::Range};

use super::{
    DeckErrors, Decks, format,
    node::{Node, Value},
    report::{Faults, Place, Source},
    rules,
    schema::SCHEMA,
    shape,
    yaml::{self, NotYaml},
};
use crate::quiz::deck::Deck;

/// The decks of these files, whole and good, or every mistake.
pub(super) fn decks(sources: &[Source]) -> Result<Decks, DeckErrors> {
    let mut decks = Decks::default();
    let mut mistakes = Vec::new();
    let mut ids = HashMap::new();
    for source in sources {
        let mut faults = Faults::new(source);
        if let Some(tree) = tree(source, &mut faults) {
            shape::check(&tree, &tree.point(), &SCHEMA, &mut faults);
            rules::check(&tree, &mut faults);
            unique(&tree, &mut ids, &mut faults);
            if faults.is_empty() {
                take(&tree, &mut decks, &mut faults);
            }
        }
        mistakes.extend(faults.finish());
    }
    if mistakes.is_empty() { Ok(decks) } else { Err(mistakes.into()) }
}

/// Adds the cards of a file without faults.
fn take(tree: &Node, decks: &mut Decks, faults: &mut Faults<'_>) {
    match serde_json::from_value::<format::File>(tree.to_json()) {
        Ok(file) => {
            let (id, cards) = file.into_cards();
            let deck = decks.0.entry(id.clone()).or_insert(Deck { id, cards: Vec::new() });
            deck.cards.extend(cards);
        }
        // The schema comes from these very types, so this is a gap of ours; said rather than died of.
        Err(error) => faults.say_whole(error.to_string(), "please report this message"),
    }
}

/// No card of a deck has the id of another, in whatever file.
fn unique<'s>(tree: &Node, ids: &mut HashMap<(String, String), Place<'s>>, faults: &mut Faults<'s>) {
    let Some(deck) = tree.get("deck").and_then(Node::text) else { return };
    for node in tree.list("cards").iter().filter_map(|card| card.get("id")) {
        let Some(id) = node.text() else { continue };
        let place = faults.place(node.at.clone());
        if let Some(first) = ids.insert((deck.to_owned(), id.to_owned()), place) {
            let wrong = format!("the id `{}` is taken", shape::cut(id));
            faults.say_twice(node.at.clone(), first, wrong, "give this card another one");
        }
    }
}

/// A file's tree, without the cards that are not YAML; `None` where nothing is left to check.
fn tree(source: &Source, faults: &mut Faults<'_>) -> Option<Node> {
    if let Some((wrong, right)) = &source.unread {
        match source.text.len() {
            0 => faults.say_whole(wrong, *right),
            end => faults.say(end..end, wrong, *right),
        }
        return None;
    }
    let whole = match yaml::parse(&source.text, 0) {
        Ok(Node { value: Value::Nothing, .. }) => {
            faults.say_whole("there is nothing in this file", "begin with `deck:`, `topic:` and `cards:`");
            return None;
        }
        Ok(tree) => return Some(tree),
        Err(error) => error,
    };
    let (tree, errors) = mend(&source.text).unwrap_or_default();
    let errors = if errors.is_empty() { vec![whole] } else { errors };
    for NotYaml { at, wrong, right } in errors {
        faults.say(at, wrong, right);
    }
    tree
}

/// Reads a file that is not YAML piece by piece: its head, then each card alone. `None` where its head is broken.
fn mend(text: &str) -> Option<(Option<Node>, Vec<NotYaml>)> {
    let (head, pieces) = pieces(text)?;
    let mut head = yaml::parse(&text[head], 0).ok()?;
    let (mut cards, mut errors) = (Vec::new(), Vec::new());
    for piece in pieces {
        match yaml::parse(&text[piece.clone()], piece.start) {
            Ok(Node { value: Value::List(card), .. }) => cards.extend(card),
            Ok(_) => (),
            Err(error) => errors.push(error),
        }
    }
    let Value::Keys(keys) = &mut head.value else { return None };
    keys.last_mut()?.1.value = Value::List(cards);
    let left = !head.list("cards").is_empty();
    Some((left.then_some(head), errors))
}

/// A file's head, up to its line `cards:`, and the lines of each card.
fn pieces(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    });
    let (start, line) = lines.find(|(_, line)| line.trim_end() == "cards:")?;
    let head = 0..start + line.len();
    let mut lines =
        lines.skip_while(|(_, line)| line.trim().is_empty() || line.trim_start().starts_with('#')).peekable();
    let (_, first) = lines.peek()?;
    let indent = first.len() - first.trim_start_matches(' ').len();
    let starts = lines.filter(|(_, line)| {
        line.get(..indent).is_some_and(|before| before.trim().is_empty())
            && line.get(indent..).is_some_and(|rest| rest.starts_with('-') && rest[1..].starts_with([' ', '\n', '\r']))
    });
    let starts: Vec<usize> = starts.map(|(start, _)| start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    Some((head, starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()))
}
