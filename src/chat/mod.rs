//! The port to a chat platform ([`Chat`], [`Post`], [`Reply`], [`Given`]), the command language and the wording.
//!
//! What people read is worded once, in [`words`], as plain Markdown; a face only turns it into its markup. Knows the rules
//! (quiz) and no store, no bot, no SDK. The rooms below are the faces.

pub mod command;
pub mod control;
pub mod discord;
pub mod finding;
pub mod port;
pub mod post;
pub mod slack;
pub mod upload;
pub mod web;
pub mod words;

pub use control::{CardRef, Control, ControlId};
pub use port::{Caller, Chat, ChatError, Connection, Given, ReadBack};
pub use post::{Fact, Field, File, FormSpec, Post, PostKey, Reply, Role, Sign};
pub use upload::Upload;
