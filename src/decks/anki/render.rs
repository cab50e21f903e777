//! Markdown to the HTML of a note's field. Raw HTML in it becomes text, and links go to the web or are only their words.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// The HTML of a text.
pub(super) fn html(markdown: &str) -> String {
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(dest_url.starts_with("https://") || dest_url.starts_with("http://"));
            links.last().is_some_and(|is_web| *is_web).then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or(false).then_some(event),
        Event::Start(Tag::Image { .. } | Tag::HtmlBlock) | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => None,
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    let out = out.trim();
    // One paragraph stands in its field as it would be typed there.
    let inner =
        out.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|inner| !inner.contains("<p>"));
    inner.unwrap_or(out).to_owned()
}

/// Links to these addresses, a line each.
pub(super) fn links(addresses: &[String]) -> String {
    let links: Vec<_> = addresses.iter().map(|address| html(&format!("<{address}>"))).collect();
    links.join("<br>")
}
