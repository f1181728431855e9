/* rnl-json-members.h: members of objects from outside, which may be of any type
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A member that is not there, is null, or is of another type is `NULL`, or the fallback. */
JsonObject *rnl_json_node_get_object (JsonNode *node);
JsonNode *rnl_json_object_get_value (JsonObject *object, const char *name);
const char *rnl_json_object_get_string (JsonObject *object, const char *name);
gint64 rnl_json_object_get_int (JsonObject *object, const char *name, gint64 fallback);
double rnl_json_object_get_double (JsonObject *object, const char *name, double fallback);
gboolean rnl_json_object_get_boolean (JsonObject *object, const char *name, gboolean fallback);
JsonObject *rnl_json_object_get_object (JsonObject *object, const char *name);
JsonArray *rnl_json_object_get_array (JsonObject *object, const char *name);

G_END_DECLS
