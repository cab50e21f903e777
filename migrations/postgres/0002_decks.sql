-- The decks that hosts gave a space, beside those that the process loads. The file beside this in migrations/sqlite says the same.
CREATE TABLE decks (
    space    TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,                       -- from 1; counts on, also over a removal
    added_by TEXT NOT NULL,                         -- who added this version; empty where their data was deleted
    added_at BIGINT NOT NULL,
    content  TEXT,                                  -- the deck file; NULL where the deck was removed
    PRIMARY KEY (space, name)
);
CREATE INDEX decks_added_by ON decks (added_by);
