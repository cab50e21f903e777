//! The store's promises, each held on SQLite and, where `TEST_POSTGRES_URL` names a server, on PostgreSQL.

mod kit;

mod across;
mod answers;
mod asking;
mod boards;
mod closing;
mod correcting;
mod decks;
mod migrating;
mod opening;
mod outbox;
mod players;
mod privacy;
mod room;
mod schedules;
mod seasons;
mod verifying;
