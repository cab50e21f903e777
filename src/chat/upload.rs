//! A file that somebody hands over with a command.

/// A file from outside: nothing of it is to be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// As they named it; its ending says what it is.
    pub name: String,
    /// At most [`Upload::LARGEST`] bytes, where the face could see to it.
    pub content: Vec<u8>,
}

impl Upload {
    /// The largest file that is taken, in bytes. A face fetches no more of one.
    pub const LARGEST: usize = 2_000_000;

    /// A deck file that was pasted into a form.
    pub fn pasted(text: String) -> Self {
        Self { name: "pasted.yaml".into(), content: text.into_bytes() }
    }
}
