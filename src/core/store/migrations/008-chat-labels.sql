-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Labels rather than folders: a chat can be about two things. What waits to be said is a JSON array
-- of texts. A chat that is being imported belongs to the writer that imports it, and counts as
-- deleted until the whole import is there.

ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN queue TEXT;
ALTER TABLE chats ADD COLUMN importer INTEGER;

CREATE TABLE chat_labels (
  chat  INTEGER NOT NULL REFERENCES chats (key) ON DELETE CASCADE,
  name  TEXT NOT NULL,
  PRIMARY KEY (chat, name)
) WITHOUT ROWID;
