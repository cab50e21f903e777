//! What is asked of Discord.

use reqwest::Method;
use serde_json::Value;

use super::RestError;
use crate::chat::discord::pace::{Route, Urgency};

/// A request that counts against the limits.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) method: Method,
    /// What follows `/api/v10/`, with its query.
    pub(super) path: String,
    pub(super) route: Route,
    pub(super) urgency: Urgency,
    pub(super) body: Option<Value>,
}

impl Call {
    /// What the bot has to know.
    pub fn get(path: String, route: Route) -> Self {
        Self { method: Method::GET, path, route, urgency: Urgency::Read, body: None }
    }

    /// Anything else.
    pub fn new(method: Method, path: String, route: Route) -> Self {
        Self { method, path, route, urgency: Urgency::Post, body: None }
    }

    /// With this body.
    pub fn body(self, body: &impl serde::Serialize) -> Result<Self, RestError> {
        let body = serde_json::to_value(body).map_err(|error| RestError::Wrong(error.to_string()))?;
        Ok(Self { body: Some(body), ..self })
    }

    /// One of many, which would be read for nothing were this one given up.
    pub fn pages(self) -> Self {
        Self { urgency: Urgency::Pages, ..self }
    }

    /// Before everything else.
    pub fn first(self) -> Self {
        Self { urgency: Urgency::First, ..self }
    }

    /// Nice to have.
    pub fn extra(self) -> Self {
        Self { urgency: Urgency::Extra, ..self }
    }

    /// Doing it twice does no harm.
    pub(super) fn is_idempotent(&self) -> bool {
        self.method != Method::POST
    }
}
