-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Which texts have which two words next to each other, for phrases: see rnl-store-pairs.c. It is
-- filled from the oldest text on, a piece now and then, and holds the texts up to `done`. Those are
-- kept right by triggers; what is newer is found by part_index alone.

CREATE TABLE pair_state (
  done  INTEGER NOT NULL   -- a key of parts
);
INSERT INTO pair_state (done) VALUES (0);

CREATE VIEW paired_parts AS
  SELECT key, text FROM searchable_parts WHERE key <= (SELECT done FROM pair_state);

CREATE VIRTUAL TABLE pair_index USING fts5 (text, content = 'paired_parts', content_rowid = 'key',
  tokenize = 'runnel_pairs', detail = none, columnsize = 0);
-- It is merged as it is filled: in pieces.
INSERT INTO pair_index (pair_index, rank) VALUES ('automerge', 0);

CREATE TRIGGER pair_index_update_old BEFORE UPDATE OF text ON parts
WHEN old.type = 0 AND old.parent IS NULL AND old.text <> '' AND old.text IS NOT new.text
  AND old.key <= (SELECT done FROM pair_state)
BEGIN
  INSERT INTO pair_index (pair_index, rowid, text) VALUES ('delete', old.key, old.text);
END;
CREATE TRIGGER pair_index_update_new AFTER UPDATE OF text ON parts
WHEN new.type = 0 AND new.parent IS NULL AND new.text <> '' AND old.text IS NOT new.text
  AND new.key <= (SELECT done FROM pair_state)
BEGIN
  INSERT INTO pair_index (rowid, text) VALUES (new.key, new.text);
END;
CREATE TRIGGER pair_index_delete BEFORE DELETE ON parts
WHEN old.type = 0 AND old.parent IS NULL AND old.text <> ''
  AND old.key <= (SELECT done FROM pair_state)
BEGIN
  INSERT INTO pair_index (pair_index, rowid, text) VALUES ('delete', old.key, old.text);
END;
