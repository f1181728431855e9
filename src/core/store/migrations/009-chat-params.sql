-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What a chat asks of its model besides its words: a JSON object by the names of a run's parameters.

ALTER TABLE chats ADD COLUMN params TEXT;
