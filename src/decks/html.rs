//! HTML as Anki stores it in a note's fields, to Markdown. Reads tags one after the other and builds no tree, so that no nesting
//! is too deep; what it does not know it passes over, and text stays.

mod writer;

use writer::Writer;

/// A text that was HTML.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Converted {
    pub markdown: String,
    /// The pictures and sounds that are left out, by file name.
    pub media: Vec<String>,
}

/// The Markdown of a field.
pub(super) fn to_markdown(html: &str) -> Converted {
    // Where no tag and no sound can end any more, none begins: nothing is searched to the end more than once.
    let [last_tag, last_sound] = ['>', ']'].map(|end| html.rfind(end).unwrap_or(0));
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let at = html.len() - rest.len();
        if let Some((tag, after)) = (at < last_tag).then(|| tag(rest)).flatten() {
            writer.tag(tag);
            rest = after;
        } else if let Some((name, after)) = (at < last_sound).then(|| sound(rest)).flatten() {
            writer.media(name);
            rest = after;
        } else if let Some((c, after)) = entity(rest) {
            writer.char(c);
            rest = after;
        } else {
            writer.char(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    writer.finish()
}

/// What stands between `<` and `>` at the beginning of a text, and what follows.
fn tag(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        return Some(("", comment.split_once("-->").map_or("", |(_, after)| after)));
    }
    let is_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    is_tag.then(|| inner.split_once('>')).flatten()
}

/// The name of a sound at the beginning of a text, and what follows.
fn sound(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("[sound:")?.split_once(']')
}

/// The character that a name such as `&amp;` at the beginning of a text stands for, and what follows.
fn entity(text: &str) -> Option<(char, &str)> {
    const NAMED: [(&str, char); 22] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("rarr", '→'),
        ("larr", '←'),
        ("times", '×'),
        ("le", '≤'),
        ("ge", '≥'),
        ("ne", '≠'),
        ("bull", '•'),
    ];
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(10).position(|c| c == b';')?;
    let (name, after) = (&inner[..end], &inner[end + 1..]);
    let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    };
    let c = match name.strip_prefix('#') {
        Some(digits) => number(digits).and_then(char::from_u32)?,
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((if c == '\u{a0}' { ' ' } else { c }, after))
}
