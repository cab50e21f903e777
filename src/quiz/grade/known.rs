//! The terms that a question knows: what is right, what is wrong, and what only looks like it. Says which of them a run of
//! words is, so that no slip of the finger turns one into another.

use super::{
    fold::{Folded, Gap, Joint, fold},
    ordinary,
    typo::{is_verb_of, letters, singular, slip},
};
use crate::quiz::question::{Side, Term};

/// By how many characters a run can differ in length from the form it is: two slips, or a noun in `-ation` for its verb in `-e`.
const REACH: usize = 4;

/// Whose form it is; the number counts from 0 in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Right(usize),
    Wrong(usize),
    Near(usize),
    /// The name of a side that is compared.
    Side(usize),
}

/// How a run of words equals a form, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Same,
    Plural,
    /// With so many slips.
    Slip(usize),
}

/// A run of words taken for a term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) owner: Owner,
    pub(super) likeness: Likeness,
    /// How many characters the form has.
    pub(super) length: usize,
}

/// A run of whole words of an answer, with what tells at once that it cannot be a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    first: usize,
    end: usize,
    /// Characters.
    pub(super) length: usize,
    traits: u64,
    /// Whether a comma or the like stands within.
    pub(super) crosses: bool,
}

impl Run {
    /// The run of one word.
    pub(super) fn new(answer: &Folded, first: usize) -> Self {
        let word = answer.word(first);
        Self { first, end: first + 1, length: word.chars().count(), traits: traits(word), crosses: false }
    }

    /// The run with one word more, if there is one.
    pub(super) fn longer(self, answer: &Folded) -> Option<Self> {
        let more = answer.get(self.end)?;
        // Between two numbers stands a space.
        let space = usize::from(
            answer.run(self.first, self.end + 1).len() > answer.run(self.first, self.end).len() + more.len(),
        );
        Some(Self {
            end: self.end + 1,
            length: self.length + more.chars().count() + space,
            traits: self.traits | traits(more) | if space > 0 { traits(" ") } else { 0 },
            crosses: self.crosses || answer.gap(self.end) >= Gap::Comma,
            ..self
        })
    }
}

/// All known terms of a question.
pub(super) struct Known {
    /// By length.
    forms: Vec<Form>,
    /// The most words that a run can have and still be a term.
    pub(super) longest: usize,
    /// Whether a term has a comma or the like within.
    pub(super) crosses: bool,
}

struct Form {
    owner: Owner,
    folded: Folded,
    /// Characters.
    length: usize,
    letters: usize,
    traits: u64,
    crosses: bool,
    /// It is a name of three or more parts with dots between: `cluster.local` has two.
    is_dotted: bool,
}

impl Known {
    /// The terms of a question. A form that folds to nothing (`*`) cannot be known by its words.
    pub(super) fn new(right: &[Term], wrong: &[Term], near: &[String], sides: &[Side]) -> Self {
        let mut forms = Vec::new();
        for (at, term) in right.iter().enumerate() {
            forms.extend(term.forms().flat_map(|form| Form::new(Owner::Right(at), form)));
        }
        for (at, term) in wrong.iter().enumerate() {
            forms.extend(term.forms().flat_map(|form| Form::new(Owner::Wrong(at), form)));
        }
        for (at, term) in near.iter().enumerate() {
            forms.extend(Form::new(Owner::Near(at), term));
        }
        for (at, side) in sides.iter().enumerate() {
            forms.extend(side.name.forms().flat_map(|form| Form::new(Owner::Side(at), form)));
        }
        forms.sort_by_key(|form| form.length);
        // A word may be written as two or three: "kube api server" for "kube-apiserver".
        let longest = forms.iter().map(|form| form.folded.len() + 3).max().unwrap_or(0);
        let crosses = forms.iter().any(|form| form.crosses);
        Self { forms, longest, crosses }
    }

    /// The length in characters of the longest run that can be a term.
    pub(super) fn longest_run(&self) -> usize {
        self.forms.last().map_or(0, |form| form.length + REACH)
    }

    /// Which term the run is, if it is one and no other as well.
    pub(super) fn find(&self, answer: &Folded, run: Run) -> Option<Match> {
        let from = self.forms.partition_point(|form| form.length + REACH < run.length);
        let mut best: Option<Match> = None;
        let mut doubtful = false;
        for form in self.forms[from..].iter().take_while(|form| form.length <= run.length + REACH) {
            // Two slips change at most four traits, and so does a plural.
            if run.crosses && !form.crosses || (form.traits ^ run.traits).count_ones() > 4 {
                continue;
            }
            let Some(likeness) = form.likeness(answer, run.first, run.end) else { continue };
            let found = Match { owner: form.owner, likeness, length: form.length };
            match best {
                Some(other) if other.likeness < likeness => {}
                Some(other) if other.likeness == likeness => {
                    let right = |owner| matches!(owner, Owner::Right(_));
                    if !right(other.owner) && !right(form.owner) {
                        continue;
                    }
                    // Where the deck takes the same words for right and wrong, the player is believed.
                    let believed = likeness == Likeness::Same && right(other.owner) != right(form.owner);
                    doubtful |= other.owner != form.owner && !believed;
                    best = Some(if right(form.owner) { found } else { other });
                }
                _ => (best, doubtful) = (Some(found), false),
            }
        }
        best.filter(|_| !doubtful)
    }

    /// Which term the whole answer is, whatever stands between its words.
    pub(super) fn whole(&self, answer: &Folded) -> Option<Owner> {
        let same = |form: &&Form| {
            form.folded.key() == answer.key() && answer.len() > 0 && !form.is_other_name(answer, 0, answer.len())
        };
        self.forms.iter().filter(same).map(|form| form.owner).min_by_key(|owner| !matches!(owner, Owner::Right(_)))
    }
}

impl Form {
    /// The form, and for a small number the same in words or figures.
    fn new(owner: Owner, text: &str) -> impl Iterator<Item = Self> {
        let folded = fold(text);
        let spoken = (folded.len() > 0).then(|| ordinary::other_figure(folded.word(0))).flatten();
        let rest = |at: usize| if at < folded.len() { folded.run(at, folded.len()) } else { "" };
        let spoken = spoken.map(|figure| fold(&format!("{figure} {}", rest(1))));
        let ranges = as_ranges(&folded);
        [Some(folded), spoken].into_iter().flatten().chain(ranges).filter(|folded| folded.len() > 0).map(
            move |folded| Self {
                owner,
                length: folded.key().chars().count(),
                letters: letters(folded.key()),
                traits: traits(folded.key()),
                crosses: (1..folded.len()).any(|at| folded.gap(at) >= Gap::Comma),
                is_dotted: (1..folded.len()).filter(|&at| folded.joint(at) == Joint::Dot).count() > 1,
                folded,
            },
        )
    }

    fn likeness(&self, answer: &Folded, first: usize, end: usize) -> Option<Likeness> {
        let (meant, typed) = (self.folded.key(), answer.run(first, end));
        if self.is_other_name(answer, first, end) {
            return None;
        }
        if meant == typed {
            return Some(Likeness::Same);
        }
        if self.edges_differ(answer, first, end) {
            return None;
        }
        if self.letters >= 3 && self.is_plural(answer, first, end) {
            return Some(Likeness::Plural);
        }
        let slips = slip(&self.folded, self.letters, answer, first, end)?;
        let is_another_word = end - first == 1 && ordinary::is_word(typed);
        (!is_another_word).then_some(Likeness::Slip(slips))
    }

    /// Whether the form is a name with dots that the run writes with a dash in place of one: `cart-shop.svc.cluster.local`.
    fn is_other_name(&self, answer: &Folded, first: usize, end: usize) -> bool {
        let dashed = |text: &Folded, first: usize, end: usize| (first..end).any(|at| text.joint(at) == Joint::Dash);
        self.is_dotted && dashed(answer, first + 1, end) && !dashed(&self.folded, 1, self.folded.len())
    }

    /// Whether the run begins or ends with a small word ("in", "no", "or") that the form has not.
    fn edges_differ(&self, answer: &Folded, first: usize, end: usize) -> bool {
        let (opens, closes) = (answer.word(first), answer.word(end - 1));
        let key = self.folded.key();
        end - first > 1 && (opens.len() <= 2 && !key.starts_with(opens) || closes.len() <= 2 && !key.ends_with(closes))
    }

    fn is_plural(&self, answer: &Folded, first: usize, end: usize) -> bool {
        let typed = answer.run(first, end);
        if singular(self.folded.key()) == singular(typed)
            || self.folded.len() == 1 && end - first == 1 && is_verb_of(self.folded.key(), typed)
        {
            return true;
        }
        let count = self.folded.len();
        count > 1
            && count == end - first
            && (0..count).all(|at| singular(self.folded.word(at)) == singular(answer.word(first + at)))
    }
}

/// The other ways to say a range of two numbers: "30000 to 32767".
fn as_ranges(form: &Folded) -> Vec<Folded> {
    let is_number = |at: usize| form.word(at).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if form.len() != 2 || !is_number(0) || !is_number(1) {
        return Vec::new();
    }
    ["to", "up to", "through", "until", "till", "and"]
        .iter()
        .map(|between| fold(&format!("{} {between} {}", form.word(0), form.word(1))))
        .collect()
}

/// Which letters occur, a bit each.
pub(super) fn traits(text: &str) -> u64 {
    text.chars().fold(0, |traits, c| traits | 1 << (u32::from(c) % 64))
}
