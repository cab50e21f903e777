//! Deck files' texts to decks, or everything that is wrong with all of them. A syntax error in one card does not hide the
//! mistakes of the others. Reads no files.

use std::{collections::HashMap, ops::Range};

use super::{
    DeckErrors, Decks, Severity, format,
    node::{Node, Value},
    report::{Fault, Faults, Place, Source},
    rules,
    schema::SCHEMA,
    shape,
    yaml::{self, NotYaml},
};
use crate::quiz::{
    deck::{Card, Deck},
    id::DeckId,
    question::Question,
};

/// What was made of deck files.
#[derive(Debug, Default)]
pub(super) struct Read<'s> {
    /// The cards of the files without mistakes.
    pub decks: Decks,
    /// The files without mistakes.
    pub files: Vec<Good<'s>>,
    /// The mistakes of the others.
    pub mistakes: Vec<Fault<'s>>,
}

/// A file without mistakes.
#[derive(Debug)]
pub(super) struct Good<'s> {
    pub source: &'s Source,
    pub tree: Node,
    /// The deck that it names, and which of that deck's cards are its own.
    pub deck: DeckId,
    pub cards: Range<usize>,
}

impl<'s> Read<'s> {
    /// The cards of a good file, each with its tree.
    pub fn cards<'r>(&'r self, file: &'r Good<'s>) -> impl Iterator<Item = (&'r Card, &'r Node)> {
        let cards = self.decks.0.get(&file.deck).map_or(&[][..], |deck| &deck.cards[file.cards.clone()]);
        cards.iter().zip(file.tree.list("cards"))
    }
}

/// The questions of a card, each with what stands behind its kind.
pub(super) fn questions<'r>(card: &'r Card, tree: &'r Node) -> impl Iterator<Item = (&'r Question, &'r Node)> {
    card.questions.iter().zip(tree.list("questions").iter().filter_map(Node::only))
}

/// The decks of these files, whole and good, or every mistake.
pub(super) fn decks(sources: &[Source]) -> Result<Decks, DeckErrors> {
    let Read { decks, mistakes, .. } = read(sources);
    if mistakes.is_empty() { Ok(decks) } else { Err(mistakes.into()) }
}

/// The good files of these, and every mistake of the others.
pub(super) fn read(sources: &[Source]) -> Read<'_> {
    let mut read = Read::default();
    let mut ids = HashMap::new();
    for source in sources {
        let mut faults = Faults::new(source, Severity::Error);
        if let Some(tree) = tree(source, &mut faults) {
            shape::check(&tree, &tree.point(), &SCHEMA, &mut faults);
            rules::check(&tree, &mut faults);
            unique(&tree, &mut ids, &mut faults);
            if faults.is_empty() {
                take(source, tree, &mut read, &mut faults);
            }
        }
        read.mistakes.extend(faults.finish());
    }
    read
}

/// Adds a file without faults and its cards.
fn take<'s>(source: &'s Source, tree: Node, read: &mut Read<'s>, faults: &mut Faults<'_>) {
    match serde_json::from_value::<format::File>(tree.to_json()) {
        Ok(file) => {
            let (id, cards) = file.into_cards();
            let deck = read.decks.0.entry(id.clone()).or_insert(Deck::new(id.clone(), Vec::new()));
            let first = deck.cards.len();
            deck.cards.extend(cards);
            read.files.push(Good { source, tree, deck: id, cards: first..deck.cards.len() });
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
