/* rnl-log-patch.c: the operations of one patch
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-run-patcher-private.h"

#include "rnl-json-value.h"

void
rnl_log_patch_add (RnlLogPatch *patch, const char *op, const char *member, JsonNode *value)
{
  JsonObject *operation = json_object_new ();
  g_autofree char *path = g_strconcat (patch->entry->path, member, NULL);

  json_object_set_string_member (operation, "op", op);
  json_object_set_string_member (operation, "path", path);
  json_object_set_member (operation, "value", value);
  json_array_add_object_element (patch->operations, operation);
}

void
rnl_log_patch_add_string (RnlLogPatch *patch, const char *member, const char *value)
{
  rnl_log_patch_add (patch, "add", member, json_node_init_string (json_node_alloc (), value));
}

void
rnl_log_patch_add_int (RnlLogPatch *patch, const char *member, gint64 value)
{
  rnl_log_patch_add (patch, "add", member, json_node_init_int (json_node_alloc (), value));
}

void
rnl_log_patch_add_copy (RnlLogPatch *patch, const char *member, JsonNode *value)
{
  if (value != NULL)
    rnl_log_patch_add (patch, "add", member, rnl_json_value_copy (value));
}

void
rnl_log_patch_add_object (RnlLogPatch *patch, const char *member, JsonObject *object)
{
  rnl_log_patch_add (patch, "add", member, json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

/* The last operation of a patch says which event it was. */
void
rnl_log_patch_sign (RnlLogPatch *patch)
{
  guint n = json_array_get_length (patch->operations);
  JsonObject *last = json_array_get_object_element (patch->operations, n - 1);

  json_object_set_int_member (last, "seq", (gint64) patch->event->seq);
  json_object_set_int_member (last, "time", patch->event->time);
}
