-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The words of scripts without spaces are found by the index, too (see rnl-store-tokenizer.c), and
-- it holds the beginnings of words of one length only: each costs at every message that is saved.

DROP TABLE part_index;
DROP TABLE title_index;

CREATE VIRTUAL TABLE part_index USING fts5 (text, content = 'searchable_parts', content_rowid = 'key',
  tokenize = 'runnel', prefix = '3');
CREATE VIRTUAL TABLE title_index USING fts5 (title, content = 'searchable_titles', content_rowid = 'key',
  tokenize = 'runnel', prefix = '3');

INSERT INTO part_index (part_index) VALUES ('rebuild');
INSERT INTO title_index (title_index) VALUES ('rebuild');
