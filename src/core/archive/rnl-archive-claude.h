/* rnl-archive-claude.h: conversations as Claude exports them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-archive-chat.h"
#include "rnl-archive-files.h"

G_BEGIN_DECLS

RnlArchiveChat *
rnl_archive_claude_read (JsonObject *object, RnlArchiveFiles *files, GError **error);

G_END_DECLS
