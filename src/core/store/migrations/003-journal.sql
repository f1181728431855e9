-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What a growing message said since its parts were last written whole. Rows are only ever added,
-- until the message is folded and all of them go.

CREATE TABLE journal (
  key      INTEGER PRIMARY KEY,
  message  INTEGER NOT NULL REFERENCES messages (key) ON DELETE CASCADE,
  part     INTEGER NOT NULL REFERENCES parts (key) ON DELETE CASCADE,
  stream   INTEGER NOT NULL,   -- 0: text, 1: output
  start    INTEGER NOT NULL,   -- where it begins in the stream, in bytes
  text     TEXT NOT NULL
);
CREATE INDEX journal_message ON journal (message);
CREATE INDEX journal_part ON journal (part);

-- The processes that write. Each holds a lock on the byte of the lock file that its key names, for
-- as long as it lives: who cannot be found there is gone, and what it left streaming is over.
CREATE TABLE writers (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  started  INTEGER NOT NULL
);
