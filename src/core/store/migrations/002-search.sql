-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Full-text search over titles and over what was said: the text parts at the top of a message, not
-- the thinking, the arguments or what ran inside a tool. The index keeps no copy of the text. A row
-- without text is not indexed, so the delete triggers must not mention it either.

CREATE VIEW searchable_parts AS
  SELECT key, text FROM parts WHERE type = 0 AND parent IS NULL AND text <> '';
CREATE VIEW searchable_titles AS
  SELECT key, title FROM chats WHERE title <> '';

CREATE VIRTUAL TABLE part_index USING fts5 (text, content = 'searchable_parts', content_rowid = 'key',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE VIRTUAL TABLE title_index USING fts5 (title, content = 'searchable_titles', content_rowid = 'key',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');

CREATE TRIGGER part_index_insert AFTER INSERT ON parts
WHEN new.type = 0 AND new.parent IS NULL AND new.text <> ''
BEGIN
  INSERT INTO part_index (rowid, text) VALUES (new.key, new.text);
END;
CREATE TRIGGER part_index_update_old BEFORE UPDATE OF text ON parts
WHEN old.type = 0 AND old.parent IS NULL AND old.text <> '' AND old.text IS NOT new.text
BEGIN
  INSERT INTO part_index (part_index, rowid, text) VALUES ('delete', old.key, old.text);
END;
CREATE TRIGGER part_index_update_new AFTER UPDATE OF text ON parts
WHEN new.type = 0 AND new.parent IS NULL AND new.text <> '' AND old.text IS NOT new.text
BEGIN
  INSERT INTO part_index (rowid, text) VALUES (new.key, new.text);
END;
CREATE TRIGGER part_index_delete BEFORE DELETE ON parts
WHEN old.type = 0 AND old.parent IS NULL AND old.text <> ''
BEGIN
  INSERT INTO part_index (part_index, rowid, text) VALUES ('delete', old.key, old.text);
END;

CREATE TRIGGER title_index_insert AFTER INSERT ON chats WHEN new.title <> ''
BEGIN
  INSERT INTO title_index (rowid, title) VALUES (new.key, new.title);
END;
CREATE TRIGGER title_index_update_old BEFORE UPDATE OF title ON chats
WHEN old.title <> '' AND old.title IS NOT new.title
BEGIN
  INSERT INTO title_index (title_index, rowid, title) VALUES ('delete', old.key, old.title);
END;
CREATE TRIGGER title_index_update_new AFTER UPDATE OF title ON chats
WHEN new.title <> '' AND old.title IS NOT new.title
BEGIN
  INSERT INTO title_index (rowid, title) VALUES (new.key, new.title);
END;
CREATE TRIGGER title_index_delete BEFORE DELETE ON chats WHEN old.title <> ''
BEGIN
  INSERT INTO title_index (title_index, rowid, title) VALUES ('delete', old.key, old.title);
END;

INSERT INTO part_index (part_index) VALUES ('rebuild');
INSERT INTO title_index (title_index) VALUES ('rebuild');
