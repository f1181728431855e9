/* rnl-value.h: what flows through a pipeline
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *rnl_value_new_text (const char *text);
JsonNode *rnl_value_take_object (JsonObject *object);
JsonNode *rnl_value_take_array (JsonArray *array);
const char *rnl_value_get_text (JsonNode *value);
const char *rnl_value_get_message_text (JsonNode *value);
char *rnl_value_dup_rendered (JsonNode *value);
char *rnl_value_describe (JsonNode *value);
gboolean rnl_value_refuse (JsonNode *value, const char *taker, const char *taken, GError **error);

G_END_DECLS
