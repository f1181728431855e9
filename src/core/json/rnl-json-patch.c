/* rnl-json-patch.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-patch.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

static void
add_operation (JsonArray *patch, const char *op, const char *path, JsonNode *value)
{
  JsonObject *operation = json_object_new ();

  json_object_set_string_member (operation, "op", op);
  json_object_set_string_member (operation, "path", path);
  if (value != NULL)
    json_object_set_member (operation, "value", rnl_json_value_copy (value));
  json_array_add_object_element (patch, operation);
}

static void diff_values (JsonArray *patch, GString *path, JsonNode *from, JsonNode *to);

/**
 * rnl_json_patch_append_name:
 * @path: a path
 * @name: the name of a member
 *
 * Makes @path lead to the member: appends a slash and @name, escaped.
 */
void
rnl_json_patch_append_name (GString *path, const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    if (*name == '~')
      g_string_append (path, "~0");
    else if (*name == '/')
      g_string_append (path, "~1");
    else
      g_string_append_c (path, *name);
}

static gsize
enter_member (GString *path, const char *name)
{
  gsize before = path->len;

  rnl_json_patch_append_name (path, name);

  return before;
}

static gsize
enter_element (GString *path, guint index)
{
  gsize before = path->len;

  g_string_append_printf (path, "/%u", index);

  return before;
}

static void
diff_objects (JsonArray *patch, GString *path, JsonObject *from, JsonObject *to)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      gsize before = enter_member (path, name);

      if (!json_object_has_member (to, name))
        add_operation (patch, "remove", path->str, NULL);
      g_string_truncate (path, before);
    }
  json_object_iter_init_ordered (&iter, to);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      gsize before = enter_member (path, name);

      if (json_object_has_member (from, name))
        diff_values (patch, path, json_object_get_member (from, name), value);
      else
        add_operation (patch, "add", path->str, value);
      g_string_truncate (path, before);
    }
}

/* Elements are compared where they stand: what streams grows at its end. */
static void
diff_arrays (JsonArray *patch, GString *path, JsonArray *from, JsonArray *to)
{
  guint n_from = json_array_get_length (from), n_to = json_array_get_length (to);

  for (guint i = 0; i < MAX (n_from, n_to); i++)
    {
      guint at = i < n_to ? i : n_from - 1 - (i - n_to);
      gsize before = enter_element (path, at);

      if (i >= n_to)
        add_operation (patch, "remove", path->str, NULL);
      else if (i >= n_from)
        add_operation (patch, "add", path->str, json_array_get_element (to, i));
      else
        diff_values (patch, path, json_array_get_element (from, i), json_array_get_element (to, i));
      g_string_truncate (path, before);
    }
}

static void
diff_values (JsonArray *patch, GString *path, JsonNode *from, JsonNode *to)
{
  if (JSON_NODE_HOLDS_OBJECT (from) && JSON_NODE_HOLDS_OBJECT (to))
    diff_objects (patch, path, json_node_get_object (from), json_node_get_object (to));
  else if (JSON_NODE_HOLDS_ARRAY (from) && JSON_NODE_HOLDS_ARRAY (to))
    diff_arrays (patch, path, json_node_get_array (from), json_node_get_array (to));
  else if (!rnl_json_value_equal (from, to))
    add_operation (patch, "replace", path->str, to);
}

/**
 * rnl_json_patch_diff:
 * @from: (nullable): a value; `NULL` when there was none
 * @to: another
 *
 * Returns: (transfer full): an array of operations that make @to of @from; empty when they are
 *   equal, one `replace` of everything when there is no @from
 */
JsonNode *
rnl_json_patch_diff (JsonNode *from, JsonNode *to)
{
  g_autoptr (GString) path = g_string_new (NULL);
  JsonArray *patch = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  if (from == NULL)
    add_operation (patch, "replace", "", to);
  else
    diff_values (patch, path, from, to);
  json_node_take_array (node, patch);

  return node;
}
