-- SPDX-License-Identifier: LGPL-2.1-or-later
-- A database of version 1: its tables as migration 1 left them, and a few rows.
PRAGMA application_id = 1382968369;
PRAGMA user_version = 1;
CREATE TABLE chats (
  key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '',
  snippet TEXT NOT NULL DEFAULT '', model TEXT, draft TEXT, created INTEGER NOT NULL,
  updated INTEGER NOT NULL, deleted INTEGER, deleter INTEGER
);
CREATE INDEX chats_deleted ON chats (deleted) WHERE deleted IS NOT NULL;
CREATE TABLE chat_tools (
  chat INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE, name TEXT NOT NULL,
  PRIMARY KEY (chat, name)
) WITHOUT ROWID;
CREATE TABLE messages (
  key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  chat INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE, role INTEGER NOT NULL,
  state INTEGER NOT NULL, finish_reason INTEGER NOT NULL DEFAULT 0, raw_finish_reason TEXT,
  model TEXT, created INTEGER NOT NULL, first_token INTEGER NOT NULL DEFAULT -1,
  duration INTEGER NOT NULL DEFAULT -1, usage_input INTEGER NOT NULL DEFAULT -1,
  usage_output INTEGER NOT NULL DEFAULT -1, usage_total INTEGER NOT NULL DEFAULT -1,
  usage_cached_input INTEGER NOT NULL DEFAULT -1, usage_cache_write INTEGER NOT NULL DEFAULT -1,
  usage_reasoning INTEGER NOT NULL DEFAULT -1, error_domain TEXT, error_code INTEGER,
  error_nick TEXT, error_message TEXT, error_status INTEGER, error_retry_after INTEGER,
  error_request_id TEXT, error_server_code TEXT, error_body TEXT, writer INTEGER
);
CREATE INDEX messages_chat ON messages (chat);
CREATE INDEX messages_streaming ON messages (state) WHERE state = 0;
CREATE TABLE parts (
  key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  message INTEGER NOT NULL REFERENCES messages (key) ON DELETE CASCADE,
  parent INTEGER REFERENCES parts (key) ON DELETE CASCADE, position INTEGER NOT NULL,
  type INTEGER NOT NULL, step INTEGER NOT NULL DEFAULT 0, complete INTEGER NOT NULL DEFAULT 0,
  title TEXT, started INTEGER NOT NULL, duration INTEGER NOT NULL DEFAULT -1, call_id TEXT,
  name TEXT, state INTEGER NOT NULL DEFAULT 0, result TEXT, text TEXT NOT NULL DEFAULT '',
  output TEXT NOT NULL DEFAULT ''
);
CREATE INDEX parts_message ON parts (message);
CREATE INDEX parts_parent ON parts (parent) WHERE parent IS NOT NULL;
INSERT INTO chats (key, id, title, created, updated) VALUES
  (1, 'chat-1', 'Hiding places', 1700000000000000, 1700000001000000),
  (2, 'chat-2', '', 1700000002000000, 1700000002000000);
INSERT INTO chat_tools VALUES (1, 'read_file');
INSERT INTO messages (key, id, chat, role, state, finish_reason, created) VALUES
  (1, 'message-1', 1, 1, 1, 0, 1700000000000000),
  (2, 'message-2', 1, 2, 1, 1, 1700000001000000),
  (3, 'message-3', 2, 2, 0, 0, 1700000002000000);
INSERT INTO parts (key, id, message, parent, position, type, complete, started, call_id, name, state, result, text) VALUES
  (1, 'part-1', 1, NULL, 0, 0, 1, 1700000000000000, NULL, NULL, 0, NULL, 'Where is the café cat?'),
  (2, 'part-2', 2, NULL, 0, 2, 1, 1700000000000000, 'call_1', 'look', 3, 'bed', '{"where": "hidden arguments"}'),
  (3, 'part-3', 2, 2, 0, 0, 1, 1700000000000000, NULL, NULL, 0, NULL, 'nested thought'),
  (4, 'part-4', 2, NULL, 1, 0, 1, 1700000000000000, NULL, NULL, 0, NULL, 'Under the bed.'),
  (5, 'part-5', 3, NULL, 0, 0, 0, 1700000002000000, NULL, NULL, 0, NULL, 'half an ans');
