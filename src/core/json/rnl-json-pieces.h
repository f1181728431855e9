/* rnl-json-pieces.h: JSON text with long texts in it that are not copied
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GPtrArray *rnl_json_to_pieces (JsonNode *node, GHashTable *tails);

G_END_DECLS
