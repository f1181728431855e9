/* rnl-archive-members.h: members of strange objects, whatever they are
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Each gives what is there when it is of that type, and nothing (or the other value) otherwise. */
const char *rnl_archive_string (JsonObject *object, const char *name);
JsonObject *rnl_archive_object (JsonObject *object, const char *name);
JsonArray *rnl_archive_array (JsonObject *object, const char *name);
guint rnl_archive_length (JsonArray *array);
JsonObject *rnl_archive_element (JsonArray *array, guint i);
const char *rnl_archive_text (JsonArray *array, guint i);
gint64 rnl_archive_int (JsonObject *object, const char *name, gint64 other);
gboolean rnl_archive_flag (JsonObject *object, const char *name);
gint64 rnl_archive_time (JsonObject *object, const char *name, gint64 other);
int rnl_archive_enum (JsonObject *object, const char *name, GType type, int other);

G_END_DECLS
