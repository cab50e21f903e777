//! Slack: a workspace is a space, its channels are channels; one workspace for each process.

#[allow(dead_code, reason = "the rest of this room follows")]
mod ids;
