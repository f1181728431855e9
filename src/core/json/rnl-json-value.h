/* rnl-json-value.h: JSON values as json-glib's nodes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-json-error.h"

G_BEGIN_DECLS

JsonNode *rnl_json_strict_parse (const char *text, gssize len, GError **error);
char *rnl_json_to_string (JsonNode *node, gboolean pretty);
JsonNode *rnl_json_value_copy (JsonNode *node);
gboolean rnl_json_value_equal (JsonNode *a, JsonNode *b);

G_END_DECLS
