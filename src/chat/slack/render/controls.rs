//! Buttons and boxes under a message.

use std::collections::HashSet;

use slack_morphism::prelude::{
    SlackActionBlockElement, SlackActionId, SlackActionsBlock, SlackBlock, SlackBlockButtonElement,
    SlackBlockButtonStyle, SlackBlockCheckboxesElement, SlackBlockChoiceItem, SlackBlockText, SlackSectionBlock,
    SlackSectionBlockElement,
};

use super::label;
use crate::chat::{Control, ControlId, slack::pressed::State};

/// The most characters of a label.
const LABEL: usize = 75;
/// The most boxes of one group.
const BOXES: usize = 10;
/// The most buttons of one block.
const BUTTONS: usize = 25;
/// The most characters of all labels of a message or a view.
pub const LABELS: usize = 2_900;
/// Before the id of a menu: its boxes.
const TICKS: &str = "ticks:";

/// The controls as blocks: buttons in rows, and for each menu its boxes, with a button among the others. What their labels take is taken
/// from `room`; those that do not fit are left out.
///
/// A menu is boxes and a button, because Slack tells of every single tick (its documentation, "`block_actions` payload"): without the
/// button the first tick would be the answer, and with it n right options are n + 1 clicks and one answer.
pub fn controls(controls: &[Control], room: &mut usize) -> Vec<SlackBlock> {
    let mut ids = HashSet::new();
    let mut blocks = Vec::new();
    let mut buttons = Vec::new();
    for control in controls {
        let (id, label, options) = match control {
            Control::Menu { id, label, options } => (id, label, Some(options.as_slice())),
            Control::Button { id, label } | Control::Form { id, label } => (id, label, None),
        };
        // A menu's label, its boxes and its button.
        let labels = options.map_or(1, |options| options.len().min(BOXES) + 2);
        let Some(left) = room.checked_sub(labels * LABEL) else { break };
        // Slack refuses two of one id, and boxes that are none.
        if options.is_some_and(<[_]>::is_empty) || !ids.insert(String::from(id.clone())) {
            continue;
        }
        *room = left;
        buttons.push(match (control, options) {
            (_, Some(options)) => {
                blocks.push(boxes(id, label, options));
                button(id, "Answer").with_style(SlackBlockButtonStyle::Primary)
            }
            (Control::Form { .. }, _) => button(id, label).with_style(SlackBlockButtonStyle::Primary),
            _ => button(id, label),
        });
    }
    let buttons: Vec<SlackActionBlockElement> = buttons.into_iter().map(Into::into).collect();
    blocks.extend(buttons.chunks(BUTTONS).map(|row| SlackActionsBlock::new(row.to_vec()).into()));
    blocks
}

/// Whether an action is only a tick in a box: to be acknowledged, and nothing else.
pub fn is_tick(action_id: &str) -> bool {
    action_id.starts_with(TICKS)
}

/// The numbers of the options that are ticked where this menu's button was pressed.
pub fn picked(menu: &ControlId, state: &State) -> Vec<u8> {
    let id = ticks(menu);
    let values = state.values.values().filter_map(|block| block.get(&id)?.selected_options.as_ref());
    values.flatten().filter_map(|option| option.value.parse().ok()).collect()
}

/// What people see of the controls, as text: `[a button]`, `☐ a box`.
pub fn seen(block: &SlackBlock) -> String {
    let words = |text: SlackBlockText| match text {
        SlackBlockText::Plain(plain) => plain.text,
        SlackBlockText::MarkDown(marked) => marked.text,
    };
    match block {
        SlackBlock::Actions(row) => {
            let shown = row.elements.iter().filter_map(|element| match element {
                SlackActionBlockElement::Button(button) => Some(format!("[{}]", words(button.text.clone().into()))),
                _ => None,
            });
            shown.collect::<Vec<_>>().join(" ")
        }
        SlackBlock::Section(section) => {
            let boxes = match &section.accessory {
                Some(SlackSectionBlockElement::Checkboxes(boxes)) => boxes.options.as_slice(),
                _ => &[],
            };
            let boxes = boxes.iter().map(|option| format!("☐ {}", words(option.text.clone())));
            section.text.clone().map(words).into_iter().chain(boxes).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

fn ticks(menu: &ControlId) -> String {
    format!("{TICKS}{}", String::from(menu.clone()))
}

fn button(id: &ControlId, words: &str) -> SlackBlockButtonElement {
    SlackBlockButtonElement::new(label(words, LABEL)).with_action_id(SlackActionId(id.clone().into()))
}

fn boxes(menu: &ControlId, words: &str, options: &[String]) -> SlackBlock {
    let options = (1..).zip(options.iter().take(BOXES)).map(|(number, option)| {
        SlackBlockChoiceItem::new(label(&format!("{number}. {option}"), LABEL).into(), number.to_string())
    });
    let boxes = SlackBlockCheckboxesElement::new(options.collect()).with_action_id(SlackActionId(ticks(menu)));
    SlackSectionBlock::new().with_text(label(words, LABEL).into()).with_accessory(boxes.into()).into()
}
