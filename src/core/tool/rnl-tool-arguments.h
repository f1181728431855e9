/* rnl-tool-arguments.h: what a model gave, read with sentences instead of criticals
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RnlNumber:
 * @is_integer: whether @integer holds the exact value
 * @integer: the value, when it is a whole number of 64 bits
 * @real: the value, always
 */
typedef struct
{
  gboolean is_integer;
  gint64 integer;
  double real;
} RnlNumber;

gboolean rnl_tool_arguments_get_number (JsonObject *arguments,
                                        const char *name,
                                        RnlNumber *number,
                                        GError **error);
const char *rnl_tool_arguments_get_string (JsonObject *arguments, const char *name, GError **error);
gboolean rnl_tool_arguments_get_optional_string (JsonObject *arguments,
                                                 const char *name,
                                                 const char **value,
                                                 GError **error);
gboolean rnl_tool_arguments_get_optional_integer (
  JsonObject *arguments, const char *name, gint64 min, gint64 max, gint64 *value, GError **error);

G_END_DECLS
