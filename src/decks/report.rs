//! Mistakes and warnings, gathered with their places and shown as a compiler shows them. Decides nothing about what is one.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{DeckErrors, Mistake, Severity};

/// More mistakes, or more warnings, than this in one file are not looked for.
const MAX_FAULTS: usize = 100;

/// Of a very long line, how many bytes before and after a mistake's beginning are shown.
const NEAR: usize = 120;

/// A file as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// As it was named.
    pub name: String,
    /// Its text, as far as it could be read.
    pub text: String,
    /// Why it could not be read to its end, and what to do.
    pub unread: Option<(String, &'static str)>,
}

/// Bytes of a file.
#[derive(Debug, Clone)]
pub(super) struct Place<'s> {
    pub source: &'s Source,
    /// `None` where the whole file is meant.
    pub at: Option<Range<usize>>,
}

/// One thing that is wrong, or that looks wrong.
#[derive(Debug)]
pub(super) struct Fault<'s> {
    pub severity: Severity,
    pub place: Place<'s>,
    pub wrong: String,
    /// What would be right; said after `wrong`.
    pub right: String,
    /// Another place that it has to do with, and how.
    pub also: Option<(Place<'s>, &'static str)>,
}

/// The faults of one file, all of one severity.
#[derive(Debug)]
pub(super) struct Faults<'s> {
    source: &'s Source,
    severity: Severity,
    list: Vec<Fault<'s>>,
}

impl<'s> Faults<'s> {
    pub fn new(source: &'s Source, severity: Severity) -> Self {
        Self { source, severity, list: Vec::new() }
    }

    /// The file's text.
    pub fn text(&self) -> &'s str {
        &self.source.text
    }

    /// That place in the file.
    pub fn place(&self, at: Range<usize>) -> Place<'s> {
        Place { source: self.source, at: Some(at) }
    }

    /// Notes a mistake at these bytes.
    pub fn say(&mut self, at: Range<usize>, wrong: impl Into<String>, right: impl Into<String>) {
        self.push(self.place(at), wrong.into(), right.into(), None);
    }

    /// Notes that what stands at these bytes stood before.
    pub fn say_twice(
        &mut self,
        at: Range<usize>,
        first: Place<'s>,
        wrong: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.say_of_both(at, (first, "it stands here first"), wrong, right);
    }

    /// Notes a mistake at these bytes that has to do with another place, and how.
    pub fn say_of_both(
        &mut self,
        at: Range<usize>,
        other: (Place<'s>, &'static str),
        wrong: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.push(self.place(at), wrong.into(), right.into(), Some(other));
    }

    /// Notes a mistake of the whole file.
    pub fn say_whole(&mut self, wrong: impl Into<String>, right: impl Into<String>) {
        self.push(Place { source: self.source, at: None }, wrong.into(), right.into(), None);
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether so much is wrong that looking on is no use.
    pub fn is_full(&self) -> bool {
        self.list.len() > MAX_FAULTS
    }

    fn push(&mut self, place: Place<'s>, wrong: String, right: String, also: Option<(Place<'s>, &'static str)>) {
        if !self.is_full() {
            self.list.push(Fault { severity: self.severity, place, wrong, right, also });
        }
    }

    /// The faults in the order of the file.
    pub fn finish(mut self) -> Vec<Fault<'s>> {
        let full = self.is_full();
        self.list.truncate(MAX_FAULTS);
        self.list.sort_by_key(|fault| fault.place.at.as_ref().map(|at| at.start));
        if full {
            let place = Place { source: self.source, at: None };
            let what = if self.severity == Severity::Error { "mistakes" } else { "warnings" };
            let (wrong, right) = (format!("there are more {what} in this file"), "mend these and look again".into());
            self.list.push(Fault { severity: self.severity, place, wrong, right, also: None });
        }
        self.list
    }
}

impl From<Vec<Fault<'_>>> for DeckErrors {
    fn from(faults: Vec<Fault<'_>>) -> Self {
        Self { mistakes: faults.iter().map(Mistake::from).collect(), rendered: render(&faults) }
    }
}

impl From<&Fault<'_>> for Mistake {
    fn from(fault: &Fault<'_>) -> Self {
        let (line, column) = fault.place.line_and_column();
        let message = format!("{}: {}", fault.wrong, fault.right);
        Self { severity: fault.severity, file: fault.place.source.name.clone(), line, column, message }
    }
}

impl Place<'_> {
    /// Both from 1, the column in characters; 0 for a whole file.
    fn line_and_column(&self) -> (usize, usize) {
        let Some(at) = &self.at else { return (0, 0) };
        let before = &self.source.text[..at.start];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
    }

    /// Where it is and the line that it begins on, pointed at; of a very long line what is near.
    fn elements(&self, kind: AnnotationKind, label: &str) -> Vec<Element<'_>> {
        let origin = Origin::path(&self.source.name);
        let Some(at) = &self.at else { return vec![origin.into()] };
        let (number, column) = self.line_and_column();
        let text = &self.source.text;
        let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at.start..].find(['\r', '\n']).map_or(text.len(), |end| at.start + end);
        let start = text.ceil_char_boundary(line.max(at.start.saturating_sub(NEAR)));
        let shown = &text[start..text.floor_char_boundary(end.min(at.start + NEAR))];
        let span = at.start - start..(at.end - start).min(shown.len());
        let snippet = Snippet::source(shown).line_start(number).annotation(kind.span(span).label(label.to_owned()));
        if start == line {
            vec![snippet.path(&self.source.name).into()]
        } else {
            vec![origin.line(number).char_column(column).into(), snippet.into()]
        }
    }
}

/// All of them, with an empty line between.
pub(super) fn render(faults: &[Fault<'_>]) -> String {
    faults.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn one(fault: &Fault<'_>) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&fault.wrong))
        .elements(fault.place.elements(AnnotationKind::Primary, &fault.right));
    if let Some((place, how)) = &fault.also {
        group = group.elements(place.elements(AnnotationKind::Context, how));
    }
    if fault.place.at.is_none() {
        group = group.element(Level::HELP.message(&fault.right));
    }
    Renderer::plain().render(&[group])
}
