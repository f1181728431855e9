-- SPDX-License-Identifier: LGPL-2.1-or-later
-- Where the person was reading when they left the chat; NULL: at its end.

ALTER TABLE chats ADD COLUMN place TEXT;
