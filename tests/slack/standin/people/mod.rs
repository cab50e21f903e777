//! The people of the workspace: handles on channels, messages and persons, what they can do, and what they see.

mod ask;
mod chat;
mod elements;
mod forms;
mod founding;
mod press;
mod seen;

use std::sync::Arc;

pub use ask::Ask;
pub use forms::View;

use super::{
    Shared,
    world::{Id, Ts},
};

/// Somebody in the workspace.
#[derive(Clone)]
pub struct Person {
    pub(crate) shared: Arc<Shared>,
    pub id: Id,
}

#[derive(Clone)]
pub struct Channel {
    pub(crate) shared: Arc<Shared>,
    pub id: Id,
}

/// A message, wherever it stands.
#[derive(Clone)]
pub struct Msg {
    pub(crate) shared: Arc<Shared>,
    pub channel: Id,
    pub ts: Ts,
}

/// A user group.
#[derive(Clone)]
pub struct Group {
    pub(crate) shared: Arc<Shared>,
    pub id: Id,
}
