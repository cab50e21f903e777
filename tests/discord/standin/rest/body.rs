//! Reads a request: its path, query, and a body of JSON or of several parts.

use std::{collections::BTreeMap, time::Instant};

use axum::{body::Body, http::header};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::Call;

/// Stands in the place of a body that cannot be read.
pub const NOT_JSON: &str = "not JSON";

pub async fn read(request: hyper::Request<Incoming>) -> Result<Call, axum::Error> {
    let (head, body) = request.into_parts();
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = axum::body::to_bytes(Body::new(body), 32 << 20).await?;
    let at = Instant::now();
    let kind = header(header::CONTENT_TYPE);
    let (body, files) = match kind.split_once("boundary=") {
        Some((_, boundary)) => parts(&bytes, boundary.trim_matches('"')),
        None if bytes.is_empty() => (Value::Null, Vec::new()),
        None => (serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(NOT_JSON)), Vec::new()),
    };
    let path = head.uri.path().strip_prefix("/api/v10").unwrap_or("/not/the/tenth/version");
    let token = Some(header(header::AUTHORIZATION)).filter(|token| !token.is_empty());
    Ok(Call {
        method: head.method.to_string(),
        path: path.trim_matches('/').split('/').map(decoded).collect(),
        query: head.uri.query().unwrap_or_default().split('&').filter_map(pair).collect::<BTreeMap<_, _>>(),
        body,
        files,
        token,
        at,
    })
}

fn pair(text: &str) -> Option<(String, String)> {
    text.split_once('=').map(|(name, value)| (decoded(name), decoded(value)))
}

/// `%20` and the like, undone.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The JSON of a form of several parts, and the names of its files.
fn parts(bytes: &[u8], boundary: &str) -> (Value, Vec<String>) {
    // Files are bytes of any kind; as text they may be mangled, but only their names are asked for.
    let text = String::from_utf8_lossy(bytes);
    let (mut body, mut files) = (Value::Null, Vec::new());
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else { continue };
        let named = |field: &str| head.split(&format!("{field}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        if head.contains("name=\"payload_json\"") {
            body = serde_json::from_str(content.trim_end()).unwrap_or_else(|_| json!(NOT_JSON));
        } else if let Some(name) = named("filename") {
            files.push(name.to_owned());
        }
    }
    (body, files)
}
