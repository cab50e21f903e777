//! The names that people pick in the room: what can be one, and which two are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// The longest name, in characters.
const LONGEST: usize = 32;

/// A name that may be used: 1 to 32 visible characters, single spaces between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As shown.
    pub shown: String,
    /// What makes two names the same: case, width, accents' encoding and spaces do not count.
    pub folded: String,
}

/// Why a name cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// Nothing to see.
    #[error("pick a name of 1 to {LONGEST} characters")]
    Empty,
    /// Too long.
    #[error("a name has at most {LONGEST} characters")]
    Long,
    /// It has something that cannot be seen, or that changes how its neighbours are shown.
    #[error("this name has characters that cannot be seen: type it with letters, digits and spaces")]
    Invisible,
    /// It has letters of two alphabets that look alike.
    #[error("this name has letters of two alphabets that look alike: type it with one of them")]
    Mixed,
    /// It has a character that ids need for themselves.
    #[error("a name cannot have a slash or a colon")]
    Reserved,
    /// It is the bot's.
    #[error("this name is taken: it is the quiz bot's")]
    Bots,
}

impl Name {
    /// Reads what was typed; spaces around it are dropped, those within are made single.
    pub fn parse(typed: &str) -> Result<Self, BadName> {
        let shown: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        if shown.is_empty() {
            return Err(BadName::Empty);
        }
        if shown.chars().count() > LONGEST {
            return Err(BadName::Long);
        }
        if shown.chars().any(is_invisible) {
            return Err(BadName::Invisible);
        }
        if mixes_alphabets(&shown) {
            return Err(BadName::Mixed);
        }
        let folded = fold(&shown);
        if folded.chars().all(unicode_normalization::char::is_combining_mark) {
            return Err(BadName::Invisible);
        }
        // Also what looks like one of them once it is folded (a full-width colon).
        if folded.contains(['/', ':']) {
            return Err(BadName::Reserved);
        }
        if folded == "kcard" {
            return Err(BadName::Bots);
        }
        Ok(Self { shown, folded })
    }
}

fn fold(name: &str) -> String {
    let compatible: String = name.nfkc().collect();
    let caseless: String = caseless::default_case_fold_str(&compatible).nfkc().collect();
    caseless.chars().filter(|c| !c.is_whitespace() && !is_variation_selector(*c)).collect()
}

/// Whether letters of two alphabets stand in it that are drawn alike (а and a): it would be taken for another person's name. After the
/// "Moderately Restrictive" level of Unicode's UTS #39, which lets Latin stand beside any other alphabet than these.
fn mixes_alphabets(name: &str) -> bool {
    let alike = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Armenian, Script::Cherokee, Script::Coptic];
    alike.into_iter().filter(|alphabet| name.chars().any(|c| c.script() == *alphabet)).count() > 1
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Control and format characters and those that are drawn as nothing (Unicode 16: Cc, Cf, private use, `Default_Ignorable_Code_Point` and the
/// blank Braille pattern), except the variation selectors that emoji carry.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{BadName, Name};

    #[rstest]
    #[case("ana", "ana")]
    #[case("  ana \n bo  ", "ana bo")]
    #[case("<script>", "<script>")]
    #[case("אנה", "אנה")]
    #[case("安娜", "安娜")]
    #[case("안나 Kim", "안나 Kim")]
    #[case("Анна", "Анна")]
    #[case("Άννα 2", "Άννα 2")]
    #[case("e\u{301}", "é")]
    fn can_be_used(#[case] typed: &str, #[case] shown: &str) {
        assert_eq!(Name::parse(typed).map(|name| name.shown), Ok(shown.to_owned()));
    }

    #[rstest]
    #[case("", BadName::Empty)]
    #[case(" \t\n", BadName::Empty)]
    #[case("123456789 123456789 123456789 1234", BadName::Long)]
    #[case("a\u{202e}na", BadName::Invisible)]
    #[case("a\u{200b}na", BadName::Invisible)]
    #[case("a\u{0}na", BadName::Invisible)]
    #[case("\u{301}", BadName::Invisible)]
    #[case("\u{2800}", BadName::Invisible)]
    #[case("\u{430}na", BadName::Mixed)]
    #[case("b\u{3bf}", BadName::Mixed)]
    #[case("Ann Анна", BadName::Mixed)]
    #[case("k\u{441}ard", BadName::Mixed)]
    #[case("a/b", BadName::Reserved)]
    #[case("web:ana", BadName::Reserved)]
    #[case("web：ana", BadName::Reserved)]
    #[case("KCard", BadName::Bots)]
    fn cannot_be_used(#[case] typed: &str, #[case] why: BadName) {
        assert_eq!(Name::parse(typed), Err(why));
    }

    #[rstest]
    #[case("ana", "ANA")]
    #[case("ana", "ａｎａ")]
    #[case("ana bo", "anabo")]
    #[case("straße", "STRASSE")]
    #[case("é", "E\u{301}")]
    fn are_the_same(#[case] one: &str, #[case] other: &str) {
        let folded = |typed| Name::parse(typed).map(|name| name.folded);
        assert_eq!(folded(one), folded(other));
    }
}
