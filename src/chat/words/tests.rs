//! Wording, read as it is sent. A line break that shows is written `⏎`.
