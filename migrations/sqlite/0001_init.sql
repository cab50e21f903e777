-- The whole schema of kcard. The file beside it in migrations/postgres says the same in PostgreSQL's words; keep them alike.
-- Times are milliseconds since 1970 UTC, flags are 0 and 1, credits are ten-thousandths, JSON is text. Ids that are text are the
-- platform's own; ids that are numbers are given here and never used twice.

-- A guild, a workspace, the web room: its settings.
CREATE TABLE spaces (
    id       TEXT PRIMARY KEY,
    timezone TEXT,                                  -- IANA name; the configuration's default holds where NULL
    hosts    TEXT NOT NULL                          -- JSON: player, role and group ids
) WITHOUT ROWID;

CREATE TABLE players (
    id     TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0,
    seen   INTEGER NOT NULL                         -- when first seen
) WITHOUT ROWID;

CREATE TABLE schedules (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    space        TEXT NOT NULL,
    name         TEXT NOT NULL,
    plan         TEXT NOT NULL,                     -- JSON
    source       TEXT NOT NULL CHECK (source IN ('file', 'chat')),
    paused_until INTEGER,
    settled      INTEGER NOT NULL,                  -- slots up to this are asked or skipped
    problem      TEXT,
    retired      INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX schedules_name ON schedules (space, name) WHERE retired = 0;

-- A question asked in a channel, with all that marking it needs.
CREATE TABLE rounds (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    space           TEXT NOT NULL,
    channel         TEXT NOT NULL,
    schedule        INTEGER REFERENCES schedules (id),
    deck            TEXT NOT NULL,
    card            TEXT NOT NULL,
    topic           TEXT NOT NULL,
    number          INTEGER NOT NULL,               -- which of the card's questions
    cycle           INTEGER NOT NULL,               -- the round after which the draw's cycle began
    asked           TEXT NOT NULL,                  -- JSON: the question as asked
    rules           TEXT NOT NULL,                  -- JSON: how it is played
    state           TEXT NOT NULL CHECK (state IN ('posting', 'open', 'closed', 'cancelled')),
    created         INTEGER NOT NULL,
    message_channel TEXT,
    message         TEXT,
    opened          INTEGER,
    closes          INTEGER,
    ended           INTEGER
);
CREATE UNIQUE INDEX rounds_message ON rounds (message_channel, message);
CREATE INDEX rounds_state ON rounds (state, closes);
CREATE INDEX rounds_channel ON rounds (channel, id);
CREATE INDEX rounds_drawn ON rounds (channel, deck, card, id);
CREATE INDEX rounds_schedule ON rounds (schedule, id);

-- One round or one skip for every slot of a schedule. Slot 0 is the question that `ask_on_start` asks.
CREATE TABLE slots (
    schedule INTEGER NOT NULL REFERENCES schedules (id),
    slot     INTEGER NOT NULL,
    round    INTEGER REFERENCES rounds (id),
    skipped  TEXT,                                  -- the reason
    PRIMARY KEY (schedule, slot)
) WITHOUT ROWID;
CREATE INDEX slots_round ON slots (round);

-- What players did, in the order it was taken in: the truth.
CREATE TABLE answers (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    key    TEXT NOT NULL UNIQUE,                    -- the platform's event, so that a redelivery is nothing
    round  INTEGER NOT NULL REFERENCES rounds (id),
    player TEXT NOT NULL REFERENCES players (id),
    way    TEXT NOT NULL,
    change TEXT NOT NULL,                           -- JSON
    at     INTEGER NOT NULL
);
CREATE INDEX answers_round ON answers (round, player);

-- What follows from a player's answers to a round.
CREATE TABLE entries (
    round  INTEGER NOT NULL REFERENCES rounds (id),
    player TEXT NOT NULL REFERENCES players (id),
    entry  TEXT NOT NULL,                           -- JSON
    credit INTEGER,                                 -- of what counts; NULL where nothing stands
    at     INTEGER NOT NULL,                        -- when what counts was given
    PRIMARY KEY (round, player)
) WITHOUT ROWID;
CREATE INDEX entries_player ON entries (player, round);

-- What a closed round earned its players: the truth.
CREATE TABLE awards (
    round  INTEGER NOT NULL REFERENCES rounds (id),
    player TEXT NOT NULL REFERENCES players (id),
    points INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (round, player)
) WITHOUT ROWID;
CREATE INDEX awards_player ON awards (player, round);

-- In which periods a closed round counts: `d2026-11-23`, `w2026-48`, `m2026-11`, `s7`, `a`.
CREATE TABLE counted (
    round  INTEGER NOT NULL REFERENCES rounds (id),
    period TEXT NOT NULL,
    PRIMARY KEY (round, period)
) WITHOUT ROWID;

-- Sums of awards. Name and hidden are the player's, so that one index gives a page in order and counts a rank.
CREATE TABLE standings (
    space    TEXT NOT NULL,
    period   TEXT NOT NULL,
    player   TEXT NOT NULL REFERENCES players (id),
    name     TEXT NOT NULL,
    hidden   INTEGER NOT NULL,
    points   INTEGER NOT NULL,
    credit   INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    rate     INTEGER NOT NULL,                      -- credit * 1,000,000 / answered, rounded down
    PRIMARY KEY (space, period, player)
) WITHOUT ROWID;
CREATE INDEX standings_rank ON standings (space, period, hidden, points DESC, rate DESC, name, player);
CREATE INDEX standings_player ON standings (player);

-- How many players that are not hidden have how many points: ranks without counting everybody.
CREATE TABLE tallies (
    space   TEXT NOT NULL,
    period  TEXT NOT NULL,
    points  INTEGER NOT NULL,
    players INTEGER NOT NULL,
    PRIMARY KEY (space, period, points)
) WITHOUT ROWID;

CREATE TABLE seasons (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    space    TEXT NOT NULL,
    name     TEXT NOT NULL,
    starts   INTEGER NOT NULL,
    ends     INTEGER NOT NULL,
    channels TEXT NOT NULL,                         -- JSON; all of the space where empty
    frozen   INTEGER,
    UNIQUE (space, name)
);

-- How a season ended.
CREATE TABLE season_standings (
    season   INTEGER NOT NULL REFERENCES seasons (id),
    place    INTEGER NOT NULL,                      -- 1, 2, 3, 4, …: the order of the list
    rank     INTEGER NOT NULL,
    player   TEXT NOT NULL,                         -- empty where the player's data was deleted, as is the name
    name     TEXT NOT NULL,
    points   INTEGER NOT NULL,
    credit   INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (season, place)
) WITHOUT ROWID;
CREATE INDEX season_standings_player ON season_standings (player);

-- What has to be said on a platform, each channel in order.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('question', 'ending', 'reveal', 'amended', 'note')),
    round      INTEGER REFERENCES rounds (id),
    body       TEXT,                                -- a note's Markdown, until it is sent
    once       TEXT UNIQUE,                         -- a note's key
    since      INTEGER NOT NULL,
    expires    INTEGER,
    not_before INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    lease      INTEGER,                             -- the attempt under way counts as lost from then on
    unsure     INTEGER NOT NULL DEFAULT 0,
    message_channel TEXT,
    message    TEXT,                                -- what a reveal became
    settled    INTEGER,                             -- sent, or given up
    trouble    TEXT                                 -- why it was put off or given up, last
);
CREATE INDEX outbox_waiting ON outbox (channel, id) WHERE settled IS NULL;
CREATE INDEX outbox_round ON outbox (round);

-- The card on demand that a player looks at.
CREATE TABLE shown (
    player TEXT PRIMARY KEY,
    asked  TEXT NOT NULL,                           -- JSON
    at     INTEGER NOT NULL
) WITHOUT ROWID;

-- Who deleted their data while a round was open, as a hash: they cannot answer it again.
CREATE TABLE tombstones (
    round INTEGER NOT NULL REFERENCES rounds (id),
    hash  TEXT NOT NULL,
    PRIMARY KEY (round, hash)
) WITHOUT ROWID;

-- The web room's own memory.
CREATE TABLE room_accounts (
    token_hash TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    folded     TEXT NOT NULL UNIQUE,
    admin      INTEGER NOT NULL,
    at         INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE room_messages (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    channel  TEXT NOT NULL,
    author   TEXT,
    key      TEXT UNIQUE,
    body     TEXT NOT NULL,
    reply_to INTEGER,
    at       INTEGER NOT NULL,
    edited   INTEGER
);
CREATE INDEX room_messages_channel ON room_messages (channel, id);
CREATE INDEX room_messages_reply ON room_messages (reply_to, id);
CREATE INDEX room_messages_author ON room_messages (author);

CREATE TABLE room_reactions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES room_messages (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    option  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    UNIQUE (message, name, option)
);
CREATE INDEX room_reactions_name ON room_reactions (name);
