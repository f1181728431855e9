/* rnl-archive-json.h: chats in our own format
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-archive-chat.h"

G_BEGIN_DECLS

/**
 * RNL_ARCHIVE_FORMAT:
 *
 * What the member "format" of an archive of ours says.
 */
#define RNL_ARCHIVE_FORMAT "runnel-chats"

/**
 * RNL_ARCHIVE_VERSION:
 *
 * The newest version of our format that is known, and the one that is written.
 */
#define RNL_ARCHIVE_VERSION 1

JsonNode *rnl_archive_chat_to_json (const RnlArchiveChat *chat);
RnlArchiveChat *rnl_archive_chat_from_json (JsonObject *object, GError **error);

G_END_DECLS
