//! In which channels kcard is, as far as that is known.

use std::{
    collections::{BTreeSet, HashSet},
    sync::{Mutex, PoisonError},
};

use serde::Deserialize;

use super::{
    Slack,
    api::{
        Paging,
        method::{CHANNEL, CHANNELS_OF},
    },
    ids,
};
use crate::quiz::id::ChannelId;

/// Pages of somebody's channels that are read: 1,000 channels.
const PAGES: usize = 5;

/// The channels that kcard is known to be in.
#[derive(Default)]
pub struct Places(Mutex<HashSet<String>>);

impl Places {
    /// kcard is in this channel.
    pub fn joined(&self, channel: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(channel.to_owned());
    }

    /// It is not, or not any more.
    pub fn left(&self, channel: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(channel);
    }

    fn is_in(&self, channel: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(channel)
    }
}

impl Slack {
    /// The channels that both somebody and kcard are in, as far as Slack says: what is asked in a private channel is for those in it.
    pub(super) async fn channels_of(&self, user: &str) -> BTreeSet<ChannelId> {
        #[derive(Deserialize)]
        struct Page {
            channels: Vec<Known>,
            #[serde(flatten)]
            paging: Paging,
        }
        #[derive(Deserialize)]
        struct Known {
            id: String,
        }
        let (mut channels, mut cursor) = (BTreeSet::new(), String::new());
        for _ in 0..PAGES {
            let params =
                [("user", user), ("types", "public_channel,private_channel"), ("limit", "200"), ("cursor", &cursor)];
            let page: Page = match self.api.get(CHANNELS_OF, &params).await {
                Ok(page) => page,
                Err(error) => {
                    tracing::debug!(%error, "could not ask which channels somebody is in");
                    break;
                }
            };
            channels.extend(page.channels.iter().map(|channel| ids::channel(&channel.id)));
            cursor = page.paging.next();
            if cursor.is_empty() {
                break;
            }
        }
        channels
    }

    /// Whether kcard is in a channel. Where Slack does not say, it is tried.
    pub(super) async fn is_member(&self, channel: &str) -> bool {
        #[derive(Deserialize)]
        struct Found {
            channel: Info,
        }
        #[derive(Deserialize)]
        struct Info {
            #[serde(default)]
            is_member: bool,
        }
        if self.places.is_in(channel) {
            return true;
        }
        match self.api.get::<Found>(CHANNEL, &[("channel", channel)]).await {
            Ok(Found { channel: Info { is_member: true } }) => {
                self.places.joined(channel);
                true
            }
            Ok(_) | Err(super::ApiError::Gone { .. }) => false,
            Err(_) => true,
        }
    }
}
