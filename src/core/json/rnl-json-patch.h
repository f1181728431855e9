/* rnl-json-patch.h: what changed between two values (RFC 6902)
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-json-error.h"

G_BEGIN_DECLS

void rnl_json_patch_append_name (GString *path, const char *name);
JsonNode *rnl_json_patch_diff (JsonNode *from, JsonNode *to);
JsonNode *rnl_json_patch_apply (JsonNode *document, JsonNode *patch, GError **error);
gboolean rnl_json_patch_apply_in_place (JsonNode **document, JsonNode *patch, GError **error);

G_END_DECLS
