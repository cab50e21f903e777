//! How Discord says no.

use serde_json::{Value, json};

/// An answer that is not a success.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub status: u16,
    pub body: Value,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, body: json!({"message": message, "code": code}) }
    }

    pub fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or_default()
    }
}

pub fn unauthorized() -> Refusal {
    Refusal::new(401, 0, "401: Unauthorized")
}

pub fn no_route() -> Refusal {
    Refusal::new(404, 0, "404: Not Found")
}

pub fn unknown_channel() -> Refusal {
    Refusal::new(404, 10003, "Unknown Channel")
}

pub fn unknown_guild() -> Refusal {
    Refusal::new(404, 10004, "Unknown Guild")
}

pub fn unknown_member() -> Refusal {
    Refusal::new(404, 10007, "Unknown Member")
}

pub fn unknown_message() -> Refusal {
    Refusal::new(404, 10008, "Unknown Message")
}

pub fn unknown_user() -> Refusal {
    Refusal::new(404, 10013, "Unknown User")
}

pub fn unknown_emoji() -> Refusal {
    Refusal::new(400, 10014, "Unknown Emoji")
}

pub fn unknown_webhook() -> Refusal {
    Refusal::new(404, 10015, "Unknown Webhook")
}

pub fn unknown_interaction() -> Refusal {
    Refusal::new(404, 10062, "Unknown interaction")
}

pub fn acknowledged() -> Refusal {
    Refusal::new(400, 40060, "Interaction has already been acknowledged.")
}

pub fn missing_access() -> Refusal {
    Refusal::new(403, 50001, "Missing Access")
}

pub fn not_the_author() -> Refusal {
    Refusal::new(403, 50005, "Cannot edit a message authored by another user")
}

pub fn empty_message() -> Refusal {
    Refusal::new(400, 50006, "Cannot send an empty message")
}

pub fn cannot_send_to_user() -> Refusal {
    Refusal::new(403, 50007, "Cannot send messages to this user")
}

pub fn missing_permissions() -> Refusal {
    Refusal::new(403, 50013, "Missing Permissions")
}

/// What is wrong with a body, gathered by path, as Discord lists it under code 50035.
#[derive(Default)]
pub struct Problems(Vec<(String, &'static str, String)>);

impl Problems {
    /// A problem at a path such as `embeds.0.title`.
    pub fn add(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.0.push((path.into(), code, message.into()));
    }

    /// A text that must be so long, in characters.
    pub fn text(&mut self, path: impl Into<String>, text: &Value, min: usize, max: usize) {
        let path = path.into();
        match text {
            Value::Null => {
                if min > 0 {
                    self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
                }
            }
            Value::String(text) => {
                let length = text.chars().count();
                if length > max {
                    self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
                } else if length < min {
                    self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
                }
            }
            _ => self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string."),
        }
    }

    /// How many there may be.
    pub fn count(&mut self, path: impl Into<String>, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
        }
    }

    /// Nothing, or the refusal that names all of them.
    pub fn verdict(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut errors = json!({});
        for (path, code, message) in self.0 {
            let place = path.split('.').fold(&mut errors, |place, step| &mut place[step]);
            if place["_errors"].is_null() {
                place["_errors"] = json!([]);
            }
            if let Some(listed) = place["_errors"].as_array_mut() {
                listed.push(json!({"code": code, "message": message}));
            }
        }
        Err(Refusal { status: 400, body: json!({"message": "Invalid Form Body", "code": 50035, "errors": errors}) })
    }
}
