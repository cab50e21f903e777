-- Disputes, what hosts decided on them, and what hosts took from players. The file beside this in migrations/sqlite says the same.

-- What is disputed: an answer to a round, however many dispute it.
CREATE TABLE cases (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space      TEXT NOT NULL,
    round      BIGINT NOT NULL REFERENCES rounds (id),
    deck       TEXT NOT NULL,
    card       TEXT NOT NULL,
    folded     TEXT NOT NULL,                       -- the answer as marking sees it: alike is the same case
    answer     TEXT NOT NULL,                       -- as who disputed first gave it
    state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    opened     BIGINT NOT NULL,
    decided_by TEXT,                                -- empty where their data was deleted
    decided    BIGINT,
    why        TEXT,
    UNIQUE (round, folded)
);
CREATE INDEX cases_open ON cases (space, deck, card) WHERE state = 'open';
CREATE INDEX cases_decided_by ON cases (decided_by);

CREATE TABLE disputes (
    round   BIGINT NOT NULL REFERENCES rounds (id),
    player  TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    of_case BIGINT NOT NULL REFERENCES cases (id),
    reason  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (round, player)
);
CREATE INDEX disputes_case ON disputes (of_case);
CREATE INDEX disputes_player ON disputes (player);

-- What a space accepts beside what a deck says, as aliases are.
CREATE TABLE accepted (
    space       TEXT NOT NULL,
    deck        TEXT NOT NULL,
    card        TEXT NOT NULL,
    likeness    BIGINT NOT NULL,                    -- which question of the card
    answer      TEXT NOT NULL,
    item        TEXT NOT NULL,                      -- of a list, which item; else empty
    accepted_by TEXT NOT NULL,                      -- empty where their data was deleted
    at          BIGINT NOT NULL,
    PRIMARY KEY (space, deck, card, likeness, answer, item)
);
CREATE INDEX accepted_by ON accepted (accepted_by);

-- What was changed afterwards, by whom and why.
CREATE TABLE corrections (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space        TEXT NOT NULL,
    round        BIGINT REFERENCES rounds (id),
    season       BIGINT REFERENCES seasons (id),
    what         TEXT NOT NULL,
    corrected_by TEXT NOT NULL,                     -- empty where their data was deleted
    why          TEXT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX corrections_round ON corrections (round);
CREATE INDEX corrections_by ON corrections (corrected_by);

-- Whose answers are not taken. Known by a hash, so that deleting one's data lifts nothing.
CREATE TABLE bars (
    hash      TEXT PRIMARY KEY,
    player    TEXT COLLATE "C" NOT NULL,            -- empty where their data was deleted
    barred_by TEXT NOT NULL,
    reason    TEXT NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX bars_player ON bars (player);

-- Whose answer to a round earns nothing, however it is marked.
CREATE TABLE voids (
    round     BIGINT NOT NULL REFERENCES rounds (id),
    player    TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    voided_by TEXT NOT NULL,
    reason    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (round, player)
);
CREATE INDEX voids_player ON voids (player);

-- What a player is to be told, until they were.
CREATE TABLE notices (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    player TEXT COLLATE "C" NOT NULL,
    text   TEXT NOT NULL,                           -- Markdown
    at     BIGINT NOT NULL,
    of_case BIGINT                                  -- what a host is told of; it goes with whose answer it holds
);
CREATE INDEX notices_player ON notices (player, id);
CREATE INDEX notices_case ON notices (of_case);
