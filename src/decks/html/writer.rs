//! What was read of HTML, tag by tag, written as Markdown.

use std::fmt::Write as _;

use super::Converted;
use crate::decks::markup;

/// Deeper lists than this are not indented further.
const MAX_DEPTH: usize = 8;
/// The longest name of a picture or sound that is said.
const MAX_NAME: usize = 60;

/// Markdown as it is written.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    /// Text since the last tag, in which Markdown's signs are still to be escaped.
    text: String,
    /// The open emphases: the sign, how often it is open, and whether it stands in `out` yet.
    strong: Emphasis,
    emphasis: Emphasis,
    /// The open lists; the number of the next item where they have any.
    lists: Vec<Option<u32>>,
    /// The address of the open link, and where its words begin in `out`.
    link: Option<(String, usize)>,
    code: Option<Code>,
    /// Where the words of a new item begin in `out`: there no paragraph ends.
    item: usize,
    /// How many `style` and `script` are open; their text is none.
    hidden: usize,
    media: Vec<String>,
}

/// Code that is open.
#[derive(Default)]
struct Code {
    text: String,
    is_block: bool,
    language: String,
}

#[derive(Default)]
struct Emphasis {
    open: usize,
    written: bool,
}

impl Writer {
    pub fn char(&mut self, c: char) {
        if self.hidden > 0 {
            return;
        }
        match &mut self.code {
            Some(code) => code.text.push(c),
            None if c.is_whitespace() => {
                let before = if self.text.is_empty() { &self.out } else { &self.text };
                if !before.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
            None => self.text.push(c),
        }
    }

    /// Writes the text since the last tag.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let words = text.trim_start();
        if words.len() < text.len() && !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        if words.is_empty() {
            return;
        }
        for (emphasis, sign) in [(&mut self.strong, "**"), (&mut self.emphasis, "*")] {
            if emphasis.open > 0 && !emphasis.written {
                emphasis.written = true;
                self.out.push_str(sign);
            }
        }
        let is_line = self.out.len() == self.item || self.out.ends_with('\n');
        let trailing = if words.ends_with(' ') { " " } else { "" };
        self.out.push_str(&if is_line { markup::paragraph(words) } else { markup::escaped(words.trim_end()) });
        self.out.push_str(trailing);
    }

    pub fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '/', '\t', '\n', '\r']).next().unwrap_or_default().to_lowercase();
        if let "style" | "script" = name.as_str() {
            self.hidden = if closes { self.hidden.saturating_sub(1) } else { self.hidden + 1 };
            return;
        }
        if let Some(code) = &mut self.code {
            match name.as_str() {
                "br" | "div" | "p" if code.is_block && !(closes && name == "br") => code.text.push('\n'),
                "pre" if closes => self.end_code(),
                "code" | "tt" | "kbd" | "samp" if closes && !code.is_block => self.end_code(),
                "code" if !closes && code.text.is_empty() => {
                    let class = attribute(tag, "class").unwrap_or_default();
                    let language = class.strip_prefix("language-").unwrap_or_default();
                    code.language = language.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
                }
                _ => (),
            }
            return;
        }
        self.flush();
        match name.as_str() {
            "b" | "strong" => self.emphasize(true, closes),
            "i" | "em" => self.emphasize(false, closes),
            "code" | "tt" | "kbd" | "samp" if !closes => self.code = Some(Code::default()),
            "pre" if !closes => {
                self.block();
                self.code = Some(Code { is_block: true, ..Code::default() });
            }
            "br" | "tr" => self.out.push_str("  \n"),
            "td" | "th" if !closes && !self.out.ends_with('\n') => self.out.push_str(" | "),
            "ul" | "ol" if closes => {
                self.lists.pop();
                self.block();
            }
            "ul" | "ol" => {
                self.block();
                self.lists.push((name == "ol").then_some(1));
            }
            "li" if !closes => self.item(),
            "a" if closes => self.end_link(),
            "a" => self.link = attribute(tag, "href").map(|address| (address, self.out.len())),
            "img" | "audio" | "video" | "source" | "object" => {
                let name = attribute(tag, "src").or_else(|| attribute(tag, "data"));
                if let Some(name) = name.filter(|_| !closes) {
                    self.media(&name);
                }
            }
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "table" | "hr" | "section" => {
                self.block();
            }
            _ => (),
        }
    }

    /// Ends the paragraph.
    fn block(&mut self) {
        if self.out.len() > self.item {
            self.out.push_str("\n\n");
        }
    }

    fn item(&mut self) {
        let depth = self.lists.len().clamp(1, MAX_DEPTH) - 1;
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        if !self.out.ends_with("\n\n") {
            self.out.truncate(self.out.trim_end().len());
            self.out.push('\n');
        }
        self.out.push_str(&"   ".repeat(depth));
        self.out.push_str(&sign);
        self.item = self.out.len();
    }

    fn emphasize(&mut self, strong: bool, closes: bool) {
        let (emphasis, sign) = if strong { (&mut self.strong, "**") } else { (&mut self.emphasis, "*") };
        if !closes {
            emphasis.open += 1;
            return;
        }
        emphasis.open = emphasis.open.saturating_sub(1);
        if emphasis.open == 0 && std::mem::take(&mut emphasis.written) {
            let end = self.out.trim_end().len();
            self.out.insert_str(end, sign);
        }
    }

    fn end_code(&mut self) {
        let Some(Code { text: code, is_block, language }) = self.code.take() else { return };
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        if is_block {
            let fence = "`".repeat(longest.max(2) + 1);
            let _ = write!(self.out, "{fence}{language}\n{}\n{fence}\n\n", code.trim_matches('\n'));
        } else if !code.trim().is_empty() {
            let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
            let fence = "`".repeat(longest + 1);
            let pad = if longest > 0 { " " } else { "" };
            let _ = write!(self.out, "{fence}{pad}{code}{pad}{fence}");
        }
    }

    /// Makes a link of what was written since it opened, where it goes to the web.
    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let fits = is_web && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()".contains(c));
        let words = self.out.get(start..).unwrap_or_default().trim().to_owned();
        if !fits || words.contains('\n') {
            return;
        }
        self.out.truncate(start);
        if words.is_empty() || words.replace('\\', "") == address {
            let _ = write!(self.out, "<{address}>");
        } else {
            let _ = write!(self.out, "[{words}]({address})");
        }
    }

    pub fn media(&mut self, name: &str) {
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        self.media.push(name);
    }

    pub fn finish(mut self) -> Converted {
        self.flush();
        self.end_code();
        self.end_link();
        self.emphasize(true, true);
        self.emphasize(false, true);
        Converted { markdown: tidy(&self.out), media: self.media }
    }
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.to_ascii_lowercase().find(&format!(" {name}="))? + name.len() + 2;
    let value = tag.get(start..)?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split([' ', '\t', '\n']).next(),
    };
    value.map(|value| value.replace("&amp;", "&")).filter(|value| !value.is_empty())
}

/// At most one empty line between paragraphs, none at the ends, and no space at the end of a line that nothing follows.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        is_code ^= line.starts_with("```");
        let ends = lines.peek().is_none_or(|next| next.trim().is_empty()) || line.trim().is_empty();
        let line = if ends && !is_code { line.trim_end() } else { line };
        if !(line.is_empty() && !is_code && (out.is_empty() || out.ends_with("\n\n"))) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}
