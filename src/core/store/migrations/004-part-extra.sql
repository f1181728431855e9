-- SPDX-License-Identifier: LGPL-2.1-or-later
-- What only some parts have: a JSON object, see rnl-part-extra.h; NULL when there is nothing.

ALTER TABLE parts ADD COLUMN extra TEXT;
