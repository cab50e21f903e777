//! Files that people attach to commands.

use serde_json::{Value, json};

use super::super::{Id, world::Upload};
use super::Member;

impl Upload {
    /// As an interaction tells of it.
    pub fn json(&self, id: Id) -> Value {
        json!({
            "id": id, "filename": self.name, "size": self.size, "url": self.url, "proxy_url": self.url,
            "content_type": "application/octet-stream", "ephemeral": true,
        })
    }
}

impl Member {
    /// Takes a file up, for an option of a command.
    pub fn attaches(&self, name: &str, content: &[u8]) -> Value {
        self.attaches_as(name, content, content.len())
    }

    /// The same, where what is told of its size is this.
    pub fn attaches_as(&self, name: &str, content: &[u8], size: usize) -> Value {
        let base = self.shared.sees(|state| state.api_url.clone());
        self.shared.with(|state| {
            let id = state.id();
            let url = format!("{base}/attachments/{id}/{name}?ex=1&hm=2");
            state.world.uploads.insert(id, Upload { name: name.to_owned(), content: content.to_owned(), size, url });
            json!(id)
        })
    }
}
