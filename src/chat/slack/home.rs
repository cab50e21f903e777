//! A person's own page beside the chat: Slack's App Home.

#[cfg(test)]
mod tests;

use slack_morphism::prelude::{SlackBlock, SlackDividerBlock, SlackHomeView, SlackView};

use super::{
    modal::BLOCKS,
    render::{Room, told},
    rich::Names,
};
use crate::chat::Reply;

/// The page: each section with its text and controls, and a line between two. What does not fit any more is left out.
pub fn home(sections: &[Reply], names: Names) -> SlackView {
    let mut room = Room::default();
    let mut blocks: Vec<SlackBlock> = Vec::new();
    for section in sections {
        let between = (!blocks.is_empty()).then(|| SlackDividerBlock::new().into());
        if room.is_full() {
            break;
        }
        blocks.extend(between.into_iter().chain(told(section, names, &mut room)));
    }
    blocks.truncate(BLOCKS);
    SlackView::Home(SlackHomeView::new(blocks))
}
