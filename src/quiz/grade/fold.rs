//! One shape for everything typed: case, accents, width, punctuation and articles fall away, and what is left is words
//! with the gaps between them. Knows nothing about what is right.
//!
//! Words stand in one string without spaces, so that a run of words is a slice of it: `kube-apiserver`, `Kube API server`
//! and `kubeapiserver` have the same letters and differ only in where their words end.

use caseless::Caseless;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How many characters of a text are looked at; a longer text is rambling.
pub(super) const LOOKED_AT: usize = 4_000;

/// What makes an emoji of a digit; "1️⃣3️⃣" are two numbers.
const KEYCAP: char = '\u{20e3}';

/// How many words of a text are looked at.
const MOST_WORDS: usize = 500;

/// What stands between a word and the one before it, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// A space, a hyphen, an underscore, a colon or dot without space.
    Joint,
    /// A slash or bar without spaces.
    Slash,
    /// A comma, a dash, a bracket, a bullet.
    Comma,
    /// A colon, or the end of a sentence or line.
    Stop,
}

/// What joins a word to the one before it, where nothing wider stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Loose,
    /// "spec.containers"
    Dot,
    /// "kube-proxy"
    Dash,
}

/// A word's place in [`Folded::letters`], in bytes.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    gap: Gap,
    joint: Joint,
    /// It stands in round brackets.
    bracketed: bool,
    /// A colon stands before it.
    announced: bool,
}

/// A folded text.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    letters: String,
    words: Vec<Word>,
}

/// Folds a text; articles are dropped.
pub(super) fn fold(text: &str) -> Folded {
    Folder::new(text).fold(true)
}

/// Folds a text in which "a" may be a letter that picks an option.
pub(super) fn fold_with_articles(text: &str) -> Folded {
    Folder::new(text).fold(false)
}

impl Folded {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// All letters, in one run.
    pub(super) fn key(&self) -> &str {
        &self.letters
    }

    /// One word.
    pub(super) fn word(&self, at: usize) -> &str {
        self.run(at, at + 1)
    }

    /// One word, if there is one at that place.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        (at < self.len()).then(|| self.word(at))
    }

    /// What stands before a word; the beginning and the end of the text are the widest gap.
    pub(super) fn gap(&self, at: usize) -> Gap {
        match self.words.get(at) {
            Some(word) if at > 0 => word.gap,
            _ => Gap::Stop,
        }
    }

    /// What joins a word to the one before it.
    pub(super) fn joint(&self, at: usize) -> Joint {
        self.words.get(at).filter(|_| at > 0).map_or(Joint::Loose, |word| word.joint)
    }

    /// Whether a word stands in round brackets.
    pub(super) fn bracketed(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.bracketed)
    }

    /// Whether a colon stands before a word: "The components are: etcd".
    pub(super) fn announced(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.announced)
    }

    /// The letters of the words from `first` up to, not including, `end`.
    pub(super) fn run(&self, first: usize, end: usize) -> &str {
        &self.letters[self.words[first].start..self.words[end - 1].end]
    }
}

struct Folder {
    chars: Vec<char>,
    folded: Folded,
    gap: Gap,
    joint: Joint,
    /// Which word is the first in a round bracket that is open in this line.
    open: Option<usize>,
    /// Whether a colon stands before the next word.
    announced: bool,
}

impl Folder {
    fn new(text: &str) -> Self {
        let looked_at = text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| &text[..end]).trim();
        let chars = if looked_at.is_ascii() {
            looked_at.chars().map(|c| c.to_ascii_lowercase()).collect()
        } else {
            looked_at.nfkd().default_case_fold().nfkd().filter(|&c| !vanishes(c)).take(LOOKED_AT).collect()
        };
        Self { chars, folded: Folded::default(), gap: Gap::Stop, joint: Joint::Loose, open: None, announced: false }
    }

    fn fold(mut self, drop_articles: bool) -> Folded {
        self.folded.letters.reserve(self.chars.len());
        let mut at = 0;
        let mut line_starts = true;
        while at < self.chars.len() && self.folded.len() < MOST_WORDS {
            if line_starts {
                at += self.numbering(at);
            }
            line_starts = self.chars[at] == '\n';
            if !is_letter(self.chars[at]) {
                self.separate(at);
                at += 1;
                continue;
            }
            let end = self.word_end(at);
            if !(drop_articles && self.is_article(at, end)) {
                self.push_word(at, end);
            }
            at = end;
        }
        self.folded
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn letter_at(&self, at: usize) -> bool {
        self.char(at).is_some_and(is_letter)
    }

    fn space_at(&self, at: usize) -> bool {
        self.char(at).is_none_or(char::is_whitespace)
    }

    /// The length of "1. " or "2) " at the start of a line, if an item follows.
    fn numbering(&self, at: usize) -> usize {
        let digits = self.chars[at..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let mark = at + digits;
        let numbers = (1..=2).contains(&digits) && matches!(self.char(mark), Some('.' | ')'));
        if numbers && self.space_at(mark + 1) && mark + 2 < self.chars.len() { digits + 1 } else { 0 }
    }

    /// A word goes on over an apostrophe, and a number over a dot: `isn't`, `1.24`.
    fn word_end(&self, start: usize) -> usize {
        let mut end = start + 1;
        loop {
            let goes_on = match self.char(end) {
                Some('\'' | '’' | '‘') => self.letter_at(end + 1),
                Some('.') => self.digit_at(end - 1) && self.digit_at(end + 1),
                Some(c) => is_letter(c),
                None => false,
            };
            if !goes_on {
                return end;
            }
            end += 1;
        }
    }

    fn digit_at(&self, at: usize) -> bool {
        self.char(at).is_some_and(|c| c.is_ascii_digit())
    }

    /// An article stands free before another word: "a Pod", but not the flag `-a` nor the last word.
    fn is_article(&self, start: usize, end: usize) -> bool {
        let free = start == 0 || self.chars[start - 1].is_whitespace() || "([\"'“*".contains(self.chars[start - 1]);
        let next_is_word = self.char(end) == Some(' ')
            && self.chars[end..]
                .iter()
                .find(|c| !c.is_whitespace())
                .is_some_and(|&c| is_letter(c) || "`*\"'“".contains(c));
        free && next_is_word && matches!(self.chars[start..end], ['a'] | ['a', 'n'] | ['t', 'h', 'e'])
    }

    fn push_word(&mut self, start: usize, end: usize) {
        let letters = &mut self.folded.letters;
        let numbers_meet = letters.ends_with(|c: char| c.is_ascii_digit()) && self.chars[start].is_ascii_digit();
        let gap = if numbers_meet && self.groups_thousands(start, end) {
            Gap::Joint
        } else {
            if numbers_meet {
                self.folded.letters.push(' ');
            }
            self.gap
        };
        let first = self.folded.letters.len();
        self.folded.letters.extend(self.chars[start..end].iter().filter(|c| !matches!(c, '\'' | '’' | '‘')));
        self.push(first, gap);
    }

    /// "10,000": three digits after a comma that follows a digit.
    fn groups_thousands(&self, start: usize, end: usize) -> bool {
        start >= 2 && end - start == 3 && self.chars[start - 1] == ',' && (start..end).all(|at| self.digit_at(at))
    }

    fn push_spoken(&mut self, word: &str) {
        let start = self.folded.letters.len();
        self.folded.letters.push_str(word);
        self.push(start, self.gap);
    }

    /// Ends a word whose letters are there.
    fn push(&mut self, start: usize, gap: Gap) {
        let (end, joint) = (self.folded.letters.len(), self.joint);
        let (bracketed, announced) = (false, self.announced);
        self.folded.words.push(Word { start, end, gap, joint, bracketed, announced });
        (self.gap, self.joint, self.announced) = (Gap::Joint, Joint::Loose, false);
    }

    /// Takes a character that is no letter: it widens the gap, or says a word ("&" is "and").
    fn separate(&mut self, at: usize) {
        let after_letter = at > 0 && self.letter_at(at - 1);
        let before_letter = self.letter_at(at + 1);
        let tight = after_letter && before_letter;
        let spaced = at > 0 && self.space_at(at - 1) && self.space_at(at + 1);
        match self.chars[at] {
            '(' => self.open = Some(self.folded.len()),
            '\n' => self.open = None,
            ')' => {
                if let Some(open) = self.open.take() {
                    self.folded.words[open..].iter_mut().for_each(|word| word.bracketed = true);
                }
            }
            ':' => self.announced |= !tight,
            '.' if before_letter && at > 0 && !self.space_at(at - 1) => self.joint = Joint::Dot,
            '-' if tight => self.joint = Joint::Dash,
            '[' if tight => self.joint = Joint::Dot,
            _ => {}
        }
        let gap = match self.chars[at] {
            c if c == '&' || c == '+' && spaced => return self.push_spoken("and"),
            '/' | '|' if spaced => return self.push_spoken("or"),
            '!' if before_letter && !after_letter => return self.push_spoken("not"),
            '.' if before_letter || at == 0 => Gap::Joint,
            '/' | '|' | '\\' if tight => Gap::Slash,
            '-' | ':' | '–' | '(' | ')' | '[' | ']' if tight => Gap::Joint,
            // "containers[].args", "containers[*].args"
            '[' | ']' | '*' if !spaced && at > 0 && !self.space_at(at - 1) && !self.space_at(at + 1) => Gap::Joint,
            '-' | '*' if !spaced && at > 0 => Gap::Joint,
            '\n' | '\r' | '.' | ':' | ';' | '?' | '!' => Gap::Stop,
            ',' | '(' | ')' | '[' | ']' | '{' | '}' | '-' | '–' | '—' | '*' | '•' | '·' | '‣' | '●' | '、' | '→' => {
                Gap::Comma
            }
            _ => Gap::Joint,
        };
        self.gap = self.gap.max(gap);
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c != KEYCAP && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Accents and signs that nobody sees. Marks that make another letter in their script stay.
fn vanishes(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20e2}' | '\u{20e4}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
