//! Reads a call: which method, its token, and its arguments from the query, a form or JSON.

use std::time::Instant;

use axum::{body::Body, http::header};
use hyper::{Method, body::Incoming};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

/// A call, read.
pub struct Call {
    pub method: String,
    /// The arguments; those of forms and queries are text, except where they hold JSON by their nature.
    pub args: Value,
    pub token: Option<String>,
    pub is_json: bool,
    /// The body is not what its content type says.
    pub broken: bool,
    pub bytes: Vec<u8>,
    /// Of a response URL: the interaction.
    pub place: usize,
    /// When it came; what is late is judged by this.
    pub at: Instant,
}

impl Call {
    /// A text argument, empty where it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.args[name].as_str().unwrap_or_default()
    }

    /// A flag, which forms write as `true` or `1`.
    pub fn flag(&self, name: &str) -> bool {
        self.args[name] == true || matches!(self.text(name), "true" | "1")
    }

    /// A number, which forms write as text.
    pub fn number(&self, name: &str) -> Option<usize> {
        match &self.args[name] {
            Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A list, which forms write with commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        match &self.args[name] {
            Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => {
                self.text(name).split(',').filter(|item| !item.is_empty()).map(|item| item.trim().to_owned()).collect()
            }
        }
    }
}

pub async fn read(request: hyper::Request<Incoming>) -> Result<Call, axum::Error> {
    let (head, body) = request.into_parts();
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = axum::body::to_bytes(Body::new(body), 32 << 20).await?.to_vec();
    let at = Instant::now();
    let path: Vec<&str> = head.uri.path().trim_matches('/').split('/').collect();
    let (method, place) = match path[..] {
        ["api", method] => (method, 0),
        ["actions" | "commands", _, place, _] => ("response_url", place.parse().unwrap_or(usize::MAX)),
        ["upload", _] => ("upload", 0),
        ["files", _, _] => ("download", 0),
        _ => ("", 0),
    };
    let kind = header(header::CONTENT_TYPE);
    let is_json = head.method == Method::POST && kind.starts_with("application/json");
    let query = pairs(head.uri.query().unwrap_or_default());
    let (mut args, broken) = match method {
        "upload" | "download" => (json!({"file": path[path.len() - if method == "upload" { 1 } else { 2 }]}), false),
        _ if head.method == Method::GET => (Value::Object(query), false),
        "response_url" => parsed(&bytes),
        _ if is_json && bytes.is_empty() => (json!({}), false),
        _ if is_json => parsed(&bytes),
        _ => (Value::Object(pairs(&String::from_utf8_lossy(&bytes))), false),
    };
    let bearer = header(header::AUTHORIZATION).strip_prefix("Bearer ").map(str::to_owned);
    // In a body of JSON, a token is not read.
    let written = args["token"].as_str().filter(|_| !is_json).map(str::to_owned);
    if let Value::Object(args) = &mut args {
        args.remove("token");
    }
    Ok(Call { method: method.to_owned(), args, token: bearer.or(written), is_json, broken, bytes, place, at })
}

fn parsed(bytes: &[u8]) -> (Value, bool) {
    serde_json::from_slice(bytes).map_or((json!({}), true), |args| (args, false))
}

/// `a=1&b=2`. What holds JSON by its nature is read as JSON, where it is.
fn pairs(text: &str) -> Map<String, Value> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        let (name, value) = (decoded(name), decoded(value));
        let nested = matches!(name.as_str(), "blocks" | "view" | "metadata" | "files" | "attachments");
        let read = nested.then(|| serde_json::from_str(&value).ok()).flatten();
        Some((name, read.unwrap_or(Value::String(value))))
    };
    text.split('&').filter_map(pair).collect()
}
