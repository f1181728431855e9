-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The messages of a chat are a tree: each follows its parent, and those with the same parent are
-- versions of one another, in the order of their keys. A child is newer than its parent, so keys
-- grow along a path. What a chat shows is the path to its leaf.
-- No cascade along the parents: a long chat would be a tower of triggers.

ALTER TABLE messages ADD COLUMN parent INTEGER REFERENCES messages (key);
-- The child that goes on from here, where it is not the newest.
ALTER TABLE messages ADD COLUMN chosen INTEGER;
ALTER TABLE chats ADD COLUMN leaf INTEGER;

-- What was there is a chain.
UPDATE messages SET parent = (SELECT max (p.key) FROM messages p
                              WHERE p.chat = messages.chat AND p.key < messages.key);
UPDATE chats SET leaf = (SELECT max (key) FROM messages WHERE chat = chats.key);
CREATE INDEX messages_parent ON messages (parent, chat);

CREATE TRIGGER messages_insert AFTER INSERT ON messages
BEGIN
  UPDATE messages SET chosen = NULL WHERE key = new.parent AND chosen IS NOT NULL;
  UPDATE chats SET leaf = new.key WHERE key = new.chat;
END;
CREATE TRIGGER messages_delete AFTER DELETE ON messages
BEGIN
  UPDATE messages SET chosen = NULL WHERE key = old.parent AND chosen = old.key;
  UPDATE chats SET leaf = old.parent WHERE key = old.chat AND leaf = old.key;
END;
