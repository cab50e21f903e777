-- Who left their space, as its platform says. They are off boards and reveals until they are back. The file beside this in migrations/postgres says the same.
ALTER TABLE players ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
-- A reveal without a round is a season's podium.
ALTER TABLE outbox ADD COLUMN season INTEGER REFERENCES seasons (id);
