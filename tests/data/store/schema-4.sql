-- SPDX-License-Identifier: LGPL-2.1-or-later
-- A database of version 4: its tables as migrations 1 to 4 left them, two chats written in turns,
-- one of them with an answer that was being made when the program died.
PRAGMA application_id = 1382968369;
PRAGMA user_version = 4;
CREATE TABLE chats ( key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT
  NOT NULL DEFAULT '', snippet TEXT NOT NULL DEFAULT '', model TEXT, draft TEXT, created INTEGER
  NOT NULL, updated INTEGER NOT NULL, deleted INTEGER, deleter INTEGER );
CREATE INDEX chats_deleted ON chats (deleted) WHERE deleted IS NOT NULL;
CREATE TABLE chat_tools ( chat INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE, name
  TEXT NOT NULL, PRIMARY KEY (chat, name) ) WITHOUT ROWID;
CREATE TABLE messages ( key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, chat
  INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE, role INTEGER NOT NULL, state INTEGER
  NOT NULL, finish_reason INTEGER NOT NULL DEFAULT 0, raw_finish_reason TEXT, model TEXT, created
  INTEGER NOT NULL, first_token INTEGER NOT NULL DEFAULT -1, duration INTEGER NOT NULL DEFAULT -1,
  usage_input INTEGER NOT NULL DEFAULT -1, usage_output INTEGER NOT NULL DEFAULT -1, usage_total
  INTEGER NOT NULL DEFAULT -1, usage_cached_input INTEGER NOT NULL DEFAULT -1, usage_cache_write
  INTEGER NOT NULL DEFAULT -1, usage_reasoning INTEGER NOT NULL DEFAULT -1, error_domain TEXT,
  error_code INTEGER, error_nick TEXT, error_message TEXT, error_status INTEGER, error_retry_after
  INTEGER, error_request_id TEXT, error_server_code TEXT, error_body TEXT, writer INTEGER );
CREATE INDEX messages_chat ON messages (chat);
CREATE INDEX messages_streaming ON messages (state) WHERE state = 0;
CREATE TABLE parts ( key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, message
  INTEGER NOT NULL REFERENCES messages (key) ON DELETE CASCADE, parent INTEGER REFERENCES parts
  (key) ON DELETE CASCADE, position INTEGER NOT NULL, type INTEGER NOT NULL, step INTEGER NOT NULL
  DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0, title TEXT, started INTEGER NOT NULL, duration
  INTEGER NOT NULL DEFAULT -1, call_id TEXT, name TEXT, state INTEGER NOT NULL DEFAULT 0, result
  TEXT, text TEXT NOT NULL DEFAULT '', output TEXT NOT NULL DEFAULT '' , extra TEXT);
CREATE INDEX parts_message ON parts (message);
CREATE INDEX parts_parent ON parts (parent) WHERE parent IS NOT NULL;
CREATE VIEW searchable_parts AS SELECT key, text FROM parts WHERE type = 0 AND parent IS NULL AND
  text <> '';
CREATE VIEW searchable_titles AS SELECT key, title FROM chats WHERE title <> '';
CREATE VIRTUAL TABLE part_index USING fts5 (text, content = 'searchable_parts', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE VIRTUAL TABLE title_index USING fts5 (title, content = 'searchable_titles', content_rowid = 'key', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
CREATE TRIGGER part_index_insert AFTER INSERT ON parts WHEN new.type = 0 AND new.parent IS NULL
  AND new.text <> '' BEGIN INSERT INTO part_index (rowid, text) VALUES (new.key, new.text); END;
CREATE TRIGGER part_index_update_old BEFORE UPDATE OF text ON parts WHEN old.type = 0 AND
  old.parent IS NULL AND old.text <> '' AND old.text IS NOT new.text BEGIN INSERT INTO part_index
  (part_index, rowid, text) VALUES ('delete', old.key, old.text); END;
CREATE TRIGGER part_index_update_new AFTER UPDATE OF text ON parts WHEN new.type = 0 AND
  new.parent IS NULL AND new.text <> '' AND old.text IS NOT new.text BEGIN INSERT INTO part_index
  (rowid, text) VALUES (new.key, new.text); END;
CREATE TRIGGER part_index_delete BEFORE DELETE ON parts WHEN old.type = 0 AND old.parent IS NULL
  AND old.text <> '' BEGIN INSERT INTO part_index (part_index, rowid, text) VALUES ('delete',
  old.key, old.text); END;
CREATE TRIGGER title_index_insert AFTER INSERT ON chats WHEN new.title <> '' BEGIN INSERT INTO
  title_index (rowid, title) VALUES (new.key, new.title); END;
CREATE TRIGGER title_index_update_old BEFORE UPDATE OF title ON chats WHEN old.title <> '' AND
  old.title IS NOT new.title BEGIN INSERT INTO title_index (title_index, rowid, title) VALUES
  ('delete', old.key, old.title); END;
CREATE TRIGGER title_index_update_new AFTER UPDATE OF title ON chats WHEN new.title <> '' AND
  old.title IS NOT new.title BEGIN INSERT INTO title_index (rowid, title) VALUES (new.key,
  new.title); END;
CREATE TRIGGER title_index_delete BEFORE DELETE ON chats WHEN old.title <> '' BEGIN INSERT INTO
  title_index (title_index, rowid, title) VALUES ('delete', old.key, old.title); END;
CREATE TABLE journal ( key INTEGER PRIMARY KEY, message INTEGER NOT NULL REFERENCES messages (key)
  ON DELETE CASCADE, part INTEGER NOT NULL REFERENCES parts (key) ON DELETE CASCADE, stream
  INTEGER NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL );
CREATE INDEX journal_message ON journal (message);
CREATE INDEX journal_part ON journal (part);
CREATE TABLE writers ( key INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL );
INSERT INTO chats (key, id, title, created, updated) VALUES
  (1, 'chat-1', 'Numbers', 1700000000000000, 1700000005000000),
  (2, 'chat-2', 'Letters', 1700000001000000, 1700000006000000),
  (3, 'chat-3', 'Nothing yet', 1700000002000000, 1700000002000000);
INSERT INTO messages (key, id, chat, role, state, finish_reason, created) VALUES
  (1, 'one', 1, 1, 1, 0, 1700000000000000),
  (3, 'a', 2, 1, 1, 0, 1700000001000000),
  (4, 'two', 1, 2, 1, 1, 1700000002000000),
  (5, 'b', 2, 2, 1, 1, 1700000003000000),
  (9, 'three', 1, 1, 1, 0, 1700000004000000),
  (10, 'four', 1, 2, 0, 0, 1700000005000000),
  (11, 'c', 2, 1, 1, 0, 1700000006000000);
INSERT INTO parts (key, id, message, position, type, complete, started, text) VALUES
  (1, 'part-1', 1, 0, 0, 1, 1700000000000000, 'One?'),
  (2, 'part-2', 3, 0, 0, 1, 1700000001000000, 'A?'),
  (3, 'part-3', 4, 0, 0, 1, 1700000002000000, 'Two.'),
  (4, 'part-4', 5, 0, 0, 1, 1700000003000000, 'B.'),
  (5, 'part-5', 9, 0, 0, 1, 1700000004000000, 'Three?'),
  (6, 'part-6', 10, 0, 0, 0, 1700000005000000, ''),
  (7, 'part-7', 11, 0, 0, 1, 1700000006000000, 'C?');
INSERT INTO journal (message, part, stream, start, text) VALUES
  (10, 6, 0, 0, 'Fo'), (10, 6, 0, 2, 'ur'), (10, 6, 0, 4, '.');
