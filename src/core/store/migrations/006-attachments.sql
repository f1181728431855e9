-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The content of a file part (type 3) may lie beside the database, named by the part's id. These
-- are the ids of parts that are gone: what lies there may go, too, once that is on disk.

CREATE TABLE left_attachments (
  id  TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER parts_attachment_delete AFTER DELETE ON parts WHEN old.type = 3
BEGIN
  INSERT OR IGNORE INTO left_attachments (id) VALUES (old.id);
END;
