-- Who left their space, as its platform says. They are off boards and reveals until they are back. The file beside this in migrations/sqlite says the same.
ALTER TABLE players ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;
-- A reveal without a round is a season's podium.
ALTER TABLE outbox ADD COLUMN season BIGINT REFERENCES seasons (id);
