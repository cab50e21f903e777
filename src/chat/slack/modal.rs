//! Slack's modals: forms, what was said there, and what a message's shortcut opens. A field's block and action carry its name.

mod fields;
#[cfg(test)]
mod tests;
mod values;

use slack_morphism::prelude::{SlackBlock, SlackCallbackId, SlackModalView, SlackSectionBlock, SlackView};

pub use self::values::{file, values};
use super::{
    render::{self, LABELS, Room, controls, label},
    rich::Names,
};
use crate::{
    chat::{
        Control, ControlId, FormSpec, Reply,
        command::{Lacking, definition::Opt},
    },
    quiz::id::RoundId,
};

/// The most blocks of a view.
pub const BLOCKS: usize = 100;
/// The most characters of a title and of its buttons.
const TITLE: usize = 24;
/// The most characters of what a view remembers.
const METADATA: usize = 3_000;
/// The most characters of a callback's id.
const CALLBACK: usize = 255;
/// What the view of [`shortcut`] is for, and its one field: a command line.
pub const LINE: &str = "line";

/// A form to fill in. `metadata` comes back with it: at most 3,000 characters.
pub fn form(form: &FormSpec, metadata: &str) -> SlackView {
    let fields = form.fields.iter().take(BLOCKS).map(fields::field).collect();
    asking(&form.title, fields, &form.id, "Send", metadata)
}

/// The form of a command that lacks something, or that was not done for the reason that stands on top: a field for each of its options,
/// with what was given already. `offers` says what can be completed. Its submission is that of [`ControlId::Command`].
pub fn command(
    Lacking { spec, given }: &Lacking,
    why_not: Option<(&Reply, Names)>,
    offers: impl Fn(&Opt) -> Vec<String>,
    metadata: &str,
) -> SlackView {
    let on_top = match why_not {
        Some((reply, names)) => {
            let text = Reply { controls: Vec::new(), ..reply.clone() };
            render::told(&text, names, &mut Room::default())
        }
        None => vec![SlackSectionBlock::new().with_text(label(spec.about, 3_000).into()).into()],
    };
    let value = |option: &Opt| given.get(option.name).map_or("", |value| value.trim());
    let fields = spec.options.iter().map(|option| fields::option(option, value(option), offers(option)));
    let blocks = on_top.into_iter().chain(fields).take(BLOCKS).collect();
    let title = spec.form.map_or_else(|| spec.line(), str::to_owned);
    asking(&title, blocks, &String::from(ControlId::Command(spec.words.join(" "))), "Send", metadata)
}

/// A reply with its controls. `metadata` comes back when one of them is pressed.
pub fn told(reply: &Reply, names: Names, metadata: &str) -> SlackView {
    let mut blocks = render::told(reply, names, &mut Room::default());
    blocks.truncate(BLOCKS);
    SlackView::Modal(view("kcard", blocks, metadata).with_close(label("Close", TITLE)))
}

/// What stands there until an answer is known.
pub fn wait() -> SlackView {
    let wait = SlackSectionBlock::new().with_text(label("One moment…", TITLE).into());
    SlackView::Modal(view("kcard", vec![wait.into()], "").with_close(label("Close", TITLE)))
}

/// What a message's shortcut opens: the ways to what slash commands do not reach in a thread, and an answer to the message where it is an
/// open question.
pub fn shortcut(open: Option<RoundId>, metadata: &str) -> SlackView {
    let run = |line: &str, label: &str| Control::Button { id: ControlId::Run(line.into()), label: label.into() };
    let answer = open.map(|round| Control::Form { id: ControlId::Form(round), label: "Answer this question".into() });
    let ways = [
        run("kcard", "Show me a card"),
        run("kquiz mine", "My open answers"),
        run("kquiz leaderboard", "Leaderboard"),
        run("kquiz help", "Help"),
    ];
    let mut blocks = controls(&answer.into_iter().chain(ways).collect::<Vec<_>>(), &mut LABELS.clone());
    blocks.push(fields::line());
    asking("kcard", blocks, LINE, "Run", metadata)
}

/// A view that is submitted.
fn asking(title: &str, blocks: Vec<SlackBlock>, callback: &str, submit: &str, metadata: &str) -> SlackView {
    let callback = SlackCallbackId(callback.chars().take(CALLBACK).collect());
    let view = view(title, blocks, metadata).with_close(label("Cancel", TITLE)).with_submit(label(submit, TITLE));
    SlackView::Modal(view.with_callback_id(callback))
}

fn view(title: &str, blocks: Vec<SlackBlock>, metadata: &str) -> SlackModalView {
    // Half of what was to be remembered is worth nothing.
    let metadata = Some(metadata).filter(|metadata| !metadata.is_empty() && metadata.chars().count() <= METADATA);
    SlackModalView::new(label(title, TITLE), blocks).opt_private_metadata(metadata.map(str::to_owned))
}
