-- The decks that hosts gave a space, beside those that the process loads. The file beside this in migrations/postgres says the same.
CREATE TABLE decks (
    space    TEXT NOT NULL,
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,                      -- from 1; counts on, also over a removal
    added_by TEXT NOT NULL,                         -- who added this version; empty where their data was deleted
    added_at INTEGER NOT NULL,
    content  TEXT,                                  -- the deck file; NULL where the deck was removed
    PRIMARY KEY (space, name)
);
CREATE INDEX decks_added_by ON decks (added_by);
