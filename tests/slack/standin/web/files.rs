//! Files, in three steps: `files.getUploadURLExternal`, the upload itself, `files.completeUploadExternal`; and their way back.

use serde_json::{Value, json};

use super::super::{
    refusal::Refusal,
    state::State,
    world::{File, Message},
};
use super::{Answer, body::Call};

impl State {
    pub fn upload_url(&mut self, call: &Call) -> Answer {
        let (name, length) = (call.text("filename").to_owned(), call.number("length").unwrap_or(0));
        if name.is_empty() || length == 0 {
            return Err(Refusal::with("invalid_arguments", &["missing required field: filename, length".to_owned()]));
        }
        let id = self.world.id('F');
        let alt = Some(call.text("alt_txt")).filter(|alt| !alt.is_empty()).map(str::to_owned);
        let file = File { id: id.clone(), title: name.clone(), name, alt, length, bytes: None, shared: false };
        self.world.files.insert(id.clone(), file);
        Ok(json!({"upload_url": format!("{}/upload/{id}", self.base), "file_id": id}))
    }

    /// The upload; its address is all the authority that it needs.
    pub fn takes_file(&mut self, call: &Call) -> Result<Vec<u8>, Refusal> {
        let gone = || Refusal { status: 404, ..Refusal::from("file_not_found") };
        let file = self.world.files.get_mut(call.text("file")).filter(|file| file.bytes.is_none()).ok_or_else(gone)?;
        if call.bytes.len() != file.length {
            let (id, said, came) = (file.id.clone(), file.length, call.bytes.len());
            self.violation(format!("the file {id} was said to have {said} bytes, and has {came}"));
            return Err(Refusal { status: 400, ..Refusal::from("invalid_length") });
        }
        file.bytes = Some(call.bytes.clone());
        Ok(format!("OK - {}", call.bytes.len()).into_bytes())
    }

    pub fn complete_upload(&mut self, call: &Call) -> Answer {
        let given = call.args["files"].as_array().filter(|files| !files.is_empty()).ok_or("invalid_arguments")?;
        let mut ids = Vec::new();
        for entry in given {
            let file = entry["id"].as_str().and_then(|id| self.world.files.get_mut(id)).ok_or("file_not_found")?;
            if file.bytes.is_none() || file.shared {
                return Err("file_update_failed".into());
            }
            if let Some(title) = entry["title"].as_str() {
                title.clone_into(&mut file.title);
            }
            ids.push(file.id.clone());
        }
        let channel = call.text("channel_id").to_owned();
        if !channel.is_empty() {
            self.own_channel(&channel)?;
            let thread = Some(call.text("thread_ts")).filter(|ts| !ts.is_empty()).map(str::to_owned);
            if thread.as_ref().is_some_and(|ts| self.standing(&channel, ts).is_err()) {
                return Err("thread_not_found".into());
            }
            let text = call.text("initial_comment").to_owned();
            let files = ids.clone();
            self.posts(Message { channel, user: self.bot.clone(), text, thread, files, ..Message::default() });
        }
        for id in &ids {
            if let Some(file) = self.world.files.get_mut(id) {
                file.shared = true;
            }
        }
        Ok(json!({"files": ids.iter().map(|id| self.file_json(id)).collect::<Vec<Value>>()}))
    }

    pub fn file_info(&self, call: &Call) -> Answer {
        let file = self.world.files.get(call.text("file")).ok_or("file_not_found")?;
        Ok(json!({"file": self.file_json(&file.id), "comments": [], "response_metadata": {"next_cursor": ""}}))
    }

    /// A download needs the bot's token.
    pub fn gives_file(&self, call: &Call) -> Result<Vec<u8>, Refusal> {
        let refused = |status: u16, error: &str| Refusal { status, ..Refusal::from(error) };
        if call.token.as_deref() != Some(&self.bot_token) || self.revoked.is_some() {
            return Err(refused(403, "invalid_auth"));
        }
        self.has_scope("files:read").map_err(|refusal| Refusal { status: 403, ..refusal })?;
        let id = call.text("file").split_once('-').map_or("", |(_, id)| id);
        let file = self.world.files.get(id).and_then(|file| file.bytes.clone());
        file.ok_or_else(|| refused(404, "file_not_found"))
    }
}
