//! Calls of a platform that may never come back: after a while they count as unanswered.

use std::{future::Future, time::Duration};

use tokio::time::timeout;

use crate::chat::ChatError;

/// How long one call of a platform may take; then nobody knows what became of it.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// A platform's answer, or that it did not come within `patience`.
pub(super) async fn in_time<T>(
    patience: Duration,
    call: impl Future<Output = Result<T, ChatError>>,
) -> Result<T, ChatError> {
    timeout(patience, call).await.unwrap_or_else(|_| {
        let why = "the platform did not answer in time".to_owned();
        Err(ChatError::Again { after: Duration::from_secs(1), unsure: true, why })
    })
}
