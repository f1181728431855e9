-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Chats, messages and their parts. Ids are UUIDs that mean the same everywhere; keys are this
-- file's own, growing in the order of writing, and what rows point at.
-- Numbers of roles, states, types and reasons are those of rnl-message-enums.h.
-- Times are microseconds since 1970, durations microseconds (-1: unknown), counts -1 when unknown.

CREATE TABLE chats (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL UNIQUE,
  title    TEXT NOT NULL DEFAULT '',
  snippet  TEXT NOT NULL DEFAULT '',
  model    TEXT,
  draft    TEXT,
  created  INTEGER NOT NULL,
  updated  INTEGER NOT NULL,
  deleted  INTEGER,
  deleter  INTEGER
);
CREATE INDEX chats_deleted ON chats (deleted) WHERE deleted IS NOT NULL;

-- Tools a person has allowed for good in one chat.
CREATE TABLE chat_tools (
  chat  INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE,
  name  TEXT NOT NULL,
  PRIMARY KEY (chat, name)
) WITHOUT ROWID;

CREATE TABLE messages (
  key                INTEGER PRIMARY KEY AUTOINCREMENT,
  id                 TEXT NOT NULL UNIQUE,
  chat               INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE,
  role               INTEGER NOT NULL,
  state              INTEGER NOT NULL,
  finish_reason      INTEGER NOT NULL DEFAULT 0,
  raw_finish_reason  TEXT,
  model              TEXT,
  created            INTEGER NOT NULL,
  first_token        INTEGER NOT NULL DEFAULT -1,
  duration           INTEGER NOT NULL DEFAULT -1,
  usage_input        INTEGER NOT NULL DEFAULT -1,
  usage_output       INTEGER NOT NULL DEFAULT -1,
  usage_total        INTEGER NOT NULL DEFAULT -1,
  usage_cached_input INTEGER NOT NULL DEFAULT -1,
  usage_cache_write  INTEGER NOT NULL DEFAULT -1,
  usage_reasoning    INTEGER NOT NULL DEFAULT -1,
  error_domain       TEXT,
  error_code         INTEGER,
  error_nick         TEXT,
  error_message      TEXT,
  error_status       INTEGER,
  error_retry_after  INTEGER,
  error_request_id   TEXT,
  error_server_code  TEXT,
  error_body         TEXT,
  writer             INTEGER
);
CREATE INDEX messages_chat ON messages (chat);
CREATE INDEX messages_streaming ON messages (state) WHERE state = 0;

CREATE TABLE parts (
  key       INTEGER PRIMARY KEY AUTOINCREMENT,
  id        TEXT NOT NULL UNIQUE,
  message   INTEGER NOT NULL REFERENCES messages (key) ON DELETE CASCADE,
  parent    INTEGER REFERENCES parts (key) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  type      INTEGER NOT NULL,
  step      INTEGER NOT NULL DEFAULT 0,
  complete  INTEGER NOT NULL DEFAULT 0,
  title     TEXT,
  started   INTEGER NOT NULL,
  duration  INTEGER NOT NULL DEFAULT -1,
  call_id   TEXT,
  name      TEXT,
  state     INTEGER NOT NULL DEFAULT 0,
  result    TEXT,
  text      TEXT NOT NULL DEFAULT '',
  output    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX parts_message ON parts (message);
CREATE INDEX parts_parent ON parts (parent) WHERE parent IS NOT NULL;
