-- The whole schema of kcard. The file beside it in migrations/sqlite says the same in SQLite's words; keep them alike.
-- Times are milliseconds since 1970 UTC, flags are 0 and 1, credits are ten-thousandths, JSON is text. Ids
-- that are text are the platform's own; ids that are numbers are given here and never used twice. Names and players sort by
-- their bytes (COLLATE "C"), as they do in SQLite.

-- A guild, a workspace, the web room: its settings.
CREATE TABLE spaces (
    id       TEXT PRIMARY KEY,
    timezone TEXT,                                  -- IANA name; the configuration's default holds where NULL
    hosts    TEXT NOT NULL                          -- JSON: player, role and group ids
);

CREATE TABLE players (
    id     TEXT COLLATE "C" PRIMARY KEY,
    name   TEXT COLLATE "C" NOT NULL,
    hidden BIGINT NOT NULL DEFAULT 0,
    seen   BIGINT NOT NULL                          -- when first seen
);

CREATE TABLE schedules (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space        TEXT NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    plan         TEXT NOT NULL,                     -- JSON
    source       TEXT NOT NULL CHECK (source IN ('file', 'chat')),
    paused_until BIGINT,
    settled      BIGINT NOT NULL,                   -- slots up to this are asked or skipped
    problem      TEXT,
    retired      BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX schedules_name ON schedules (space, name) WHERE retired = 0;

-- A question asked in a channel, with all that marking it needs.
CREATE TABLE rounds (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space           TEXT NOT NULL,
    channel         TEXT NOT NULL,
    schedule        BIGINT REFERENCES schedules (id),
    deck            TEXT NOT NULL,
    card            TEXT NOT NULL,
    topic           TEXT NOT NULL,
    number          BIGINT NOT NULL,                -- which of the card's questions
    cycle           BIGINT NOT NULL,                -- the round after which the draw's cycle began
    asked           TEXT NOT NULL,                  -- JSON: the question as asked
    rules           TEXT NOT NULL,                  -- JSON: how it is played
    state           TEXT NOT NULL CHECK (state IN ('posting', 'open', 'closed', 'cancelled')),
    created         BIGINT NOT NULL,
    message_channel TEXT,
    message         TEXT,
    opened          BIGINT,
    closes          BIGINT,
    ended           BIGINT
);
CREATE UNIQUE INDEX rounds_message ON rounds (message_channel, message);
CREATE INDEX rounds_state ON rounds (state, closes);
CREATE INDEX rounds_channel ON rounds (channel, id);
CREATE INDEX rounds_drawn ON rounds (channel, deck, card, id);
CREATE INDEX rounds_schedule ON rounds (schedule, id);

-- One round or one skip for every slot of a schedule. Slot 0 is the question that `ask_on_start` asks.
CREATE TABLE slots (
    schedule BIGINT NOT NULL REFERENCES schedules (id),
    slot     BIGINT NOT NULL,
    round    BIGINT REFERENCES rounds (id),
    skipped  TEXT,                                  -- the reason
    PRIMARY KEY (schedule, slot)
);
CREATE INDEX slots_round ON slots (round);

-- What players did, in the order it was taken in: the truth.
CREATE TABLE answers (
    id     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE,                    -- the platform's event, so that a redelivery is nothing
    round  BIGINT NOT NULL REFERENCES rounds (id),
    player TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    way    TEXT NOT NULL,
    change TEXT NOT NULL,                           -- JSON
    at     BIGINT NOT NULL
);
CREATE INDEX answers_round ON answers (round, player);

-- What follows from a player's answers to a round.
CREATE TABLE entries (
    round  BIGINT NOT NULL REFERENCES rounds (id),
    player TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    entry  TEXT NOT NULL,                           -- JSON
    credit BIGINT,                                  -- of what counts; NULL where nothing stands
    at     BIGINT NOT NULL,                         -- when what counts was given
    PRIMARY KEY (round, player)
);
CREATE INDEX entries_player ON entries (player, round);

-- What a closed round earned its players: the truth.
CREATE TABLE awards (
    round  BIGINT NOT NULL REFERENCES rounds (id),
    player TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    points BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    reason TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (round, player)
);
CREATE INDEX awards_player ON awards (player, round);

-- In which periods a closed round counts: `d2026-11-23`, `w2026-48`, `m2026-11`, `s7`, `a`.
CREATE TABLE counted (
    round  BIGINT NOT NULL REFERENCES rounds (id),
    period TEXT NOT NULL,
    PRIMARY KEY (round, period)
);

-- Sums of awards. Name and hidden are the player's, so that one index gives a page in order and counts a rank.
CREATE TABLE standings (
    space    TEXT NOT NULL,
    period   TEXT NOT NULL,
    player   TEXT COLLATE "C" NOT NULL REFERENCES players (id),
    name     TEXT COLLATE "C" NOT NULL,
    hidden   BIGINT NOT NULL,
    points   BIGINT NOT NULL,
    credit   BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    rate     BIGINT NOT NULL,                       -- credit * 1,000,000 / answered, rounded down
    PRIMARY KEY (space, period, player)
);
CREATE INDEX standings_rank ON standings (space, period, hidden, points DESC, rate DESC, name, player);
CREATE INDEX standings_player ON standings (player);

-- How many players that are not hidden have how many points: ranks without counting everybody.
CREATE TABLE tallies (
    space   TEXT NOT NULL,
    period  TEXT NOT NULL,
    points  BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (space, period, points)
);

CREATE TABLE seasons (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space    TEXT NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    starts   BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    channels TEXT NOT NULL,                         -- JSON; all of the space where empty
    frozen   BIGINT,
    UNIQUE (space, name)
);

-- How a season ended.
CREATE TABLE season_standings (
    season   BIGINT NOT NULL REFERENCES seasons (id),
    place    BIGINT NOT NULL,                       -- 1, 2, 3, 4, …: the order of the list
    rank     BIGINT NOT NULL,
    player   TEXT COLLATE "C" NOT NULL,             -- empty where the player's data was deleted, as is the name
    name     TEXT COLLATE "C" NOT NULL,
    points   BIGINT NOT NULL,
    credit   BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (season, place)
);
CREATE INDEX season_standings_player ON season_standings (player);

-- What has to be said on a platform, each channel in order.
CREATE TABLE outbox (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel    TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('question', 'ending', 'reveal', 'amended', 'note')),
    round      BIGINT REFERENCES rounds (id),
    body       TEXT,                                -- a note's Markdown, until it is sent
    once       TEXT UNIQUE,                         -- a note's key
    since      BIGINT NOT NULL,
    expires    BIGINT,
    not_before BIGINT NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    lease      BIGINT,                              -- the attempt under way counts as lost from then on
    unsure     BIGINT NOT NULL DEFAULT 0,
    message_channel TEXT,
    message    TEXT,                                -- what a reveal became
    settled    BIGINT,                              -- sent, or given up
    trouble    TEXT                                 -- why it was put off or given up, last
);
CREATE INDEX outbox_waiting ON outbox (channel, id) WHERE settled IS NULL;
CREATE INDEX outbox_round ON outbox (round);

-- The card on demand that a player looks at.
CREATE TABLE shown (
    player TEXT COLLATE "C" PRIMARY KEY,
    asked  TEXT NOT NULL,                           -- JSON
    at     BIGINT NOT NULL
);

-- Who deleted their data while a round was open, as a hash: they cannot answer it again.
CREATE TABLE tombstones (
    round BIGINT NOT NULL REFERENCES rounds (id),
    hash  TEXT NOT NULL,
    PRIMARY KEY (round, hash)
);

-- The web room's own memory.
CREATE TABLE room_accounts (
    token_hash TEXT PRIMARY KEY,
    name       TEXT COLLATE "C" NOT NULL UNIQUE,
    folded     TEXT NOT NULL UNIQUE,
    admin      BIGINT NOT NULL,
    at         BIGINT NOT NULL
);

CREATE TABLE room_messages (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel  TEXT NOT NULL,
    author   TEXT,
    key      TEXT UNIQUE,
    body     TEXT NOT NULL,
    reply_to BIGINT,
    at       BIGINT NOT NULL,
    edited   BIGINT
);
CREATE INDEX room_messages_channel ON room_messages (channel, id);
CREATE INDEX room_messages_reply ON room_messages (reply_to, id);
CREATE INDEX room_messages_author ON room_messages (author);

CREATE TABLE room_reactions (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message BIGINT NOT NULL REFERENCES room_messages (id) ON DELETE CASCADE,
    name    TEXT COLLATE "C" NOT NULL,
    option  BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    UNIQUE (message, name, option)
);
CREATE INDEX room_reactions_name ON room_reactions (name);
