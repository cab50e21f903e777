//! What kcard needs to be allowed, and which channels can have a quiz.

use serenity::model::{Permissions, channel::ChannelType};

use crate::chat::{port::Lacks, words};

/// What kcard needs to be allowed in a channel; threads only where a schedule opens them.
pub fn needed(threads: bool) -> Permissions {
    let needed = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::ADD_REACTIONS
        | Permissions::READ_MESSAGE_HISTORY;
    let for_threads = Permissions::CREATE_PUBLIC_THREADS | Permissions::SEND_MESSAGES_IN_THREADS;
    if threads { needed | for_threads } else { needed }
}

/// Whether such a channel is a thread.
pub fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
}

/// What sending a message needs, in a thread and elsewhere.
pub fn to_send(is_thread: bool) -> Permissions {
    if is_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES }
}

/// Why a channel of this kind cannot have a quiz.
pub fn unfit(kind: ChannelType) -> Option<&'static str> {
    Some(match kind {
        ChannelType::Forum => "it is a forum, where nothing is posted but threads",
        ChannelType::Category => "it is a category, which holds channels and no messages",
        ChannelType::Directory => "it is a directory of servers, which holds no messages",
        // Media channels, which the library does not know.
        ChannelType::Unknown(16) => "it is a media channel, where nothing is posted but threads",
        _ => return None,
    })
}

/// What is missing of what a question needs. Without embeds it is asked all the same.
pub fn lacks(may: Permissions, is_thread: bool) -> Option<Lacks> {
    let to_post = Permissions::VIEW_CHANNEL | to_send(is_thread);
    let missing = (to_post | Permissions::EMBED_LINKS) - may;
    let lacks = || Lacks {
        why: words::schedules::permissions_missing(&missing.get_permission_names().join(", ")),
        can_post: may.contains(to_post),
    };
    (!missing.is_empty() && !may.administrator()).then(lacks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_messages_can_have_no_quiz() {
        for kind in [4, 14, 15, 16] {
            assert!(unfit(ChannelType::from(kind)).is_some(), "{kind}");
        }
        // Text, voice, announcements, threads, stages.
        for kind in [0, 2, 5, 10, 11, 12, 13] {
            assert_eq!(unfit(ChannelType::from(kind)), None, "{kind}");
        }
    }
}
