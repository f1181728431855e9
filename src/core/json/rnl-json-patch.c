/* rnl-json-patch.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-patch.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* Differences */

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

static gsize
enter_member (GString *path, const char *name)
{
  gsize before = path->len;

  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    if (*name == '~')
      g_string_append (path, "~0");
    else if (*name == '/')
      g_string_append (path, "~1");
    else
      g_string_append_c (path, *name);

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

/* Application */

static gboolean
bad_patch (GError **error, const char *what, const char *path)
{
  g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_PATCH, "%s: \"%s\"", what,
               path != NULL ? path : "");

  return FALSE;
}

static char *
unescape (const char *token)
{
  g_autoptr (GString) name = g_string_new (token);

  g_string_replace (name, "~1", "/", 0);
  g_string_replace (name, "~0", "~", 0);

  return g_strdup (name->str);
}

/* An index below @limit, or `-` for @end. */
static gboolean
parse_index (const char *token, guint limit, guint end, guint *index)
{
  guint64 value;

  if (strcmp (token, "-") == 0)
    {
      *index = end;
      return end < limit;
    }
  if ((token[0] == '0' && token[1] != '\0')
      || !g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, &value, NULL) || value >= limit)
    return FALSE;
  *index = (guint) value;

  return TRUE;
}

static gboolean
apply_to_object (JsonObject *object, const char *op, const char *name, JsonNode *value)
{
  if (strcmp (op, "add") != 0 && !json_object_has_member (object, name))
    return FALSE;
  if (strcmp (op, "remove") == 0)
    json_object_remove_member (object, name);
  else
    json_object_set_member (object, name, rnl_json_value_copy (value));

  return TRUE;
}

/* json-glib cannot insert, so the elements behind are taken off and put back. */
static void
insert_element (JsonArray *array, guint index, JsonNode *value)
{
  g_autoptr (GPtrArray) behind = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  while (json_array_get_length (array) > index)
    {
      g_ptr_array_add (behind, json_node_ref (json_array_get_element (array, index)));
      json_array_remove_element (array, index);
    }
  json_array_add_element (array, value);
  for (guint i = 0; i < behind->len; i++)
    json_array_add_element (array, json_node_ref (behind->pdata[i]));
}

static gboolean
apply_to_array (JsonArray *array, const char *op, const char *token, JsonNode *value)
{
  guint n = json_array_get_length (array), index;
  gboolean adds = strcmp (op, "add") == 0;

  if (!parse_index (token, adds ? n + 1 : n, n, &index))
    return FALSE;
  if (!adds)
    json_array_remove_element (array, index);
  if (strcmp (op, "remove") != 0)
    insert_element (array, index, rnl_json_value_copy (value));

  return TRUE;
}

static JsonNode *
step_into (JsonNode *node, const char *name)
{
  guint index;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (JSON_NODE_HOLDS_ARRAY (node)
      && parse_index (name, json_array_get_length (json_node_get_array (node)), G_MAXUINT, &index))
    return json_array_get_element (json_node_get_array (node), index);

  return NULL;
}

static gboolean
apply_operation (JsonNode **document, JsonObject *operation, GError **error)
{
  const char *op = rnl_json_object_get_string (operation, "op");
  const char *path = rnl_json_object_get_string (operation, "path");
  JsonNode *value = operation != NULL ? json_object_get_member (operation, "value") : NULL;
  JsonNode *node = *document;
  g_auto (GStrv) tokens = NULL;
  gboolean removes = g_strcmp0 (op, "remove") == 0, done = FALSE;

  if (op == NULL || path == NULL || (!removes && value == NULL)
      || (!removes && strcmp (op, "add") != 0 && strcmp (op, "replace") != 0))
    return bad_patch (error, "this is not an operation that is known", path);
  if (*path == '\0' && !removes)
    {
      JsonNode *whole = rnl_json_value_copy (value);

      g_clear_pointer (document, json_node_unref);
      *document = whole;
      return TRUE;
    }
  if (*path != '/' || node == NULL)
    return bad_patch (error, "this path is not in the document", path);

  tokens = g_strsplit (path + 1, "/", -1);
  for (gsize i = 0; tokens[i] != NULL && node != NULL; i++)
    {
      g_autofree char *name = unescape (tokens[i]);

      if (tokens[i + 1] != NULL)
        node = step_into (node, name);
      else if (JSON_NODE_HOLDS_OBJECT (node))
        done = apply_to_object (json_node_get_object (node), op, name, value);
      else if (JSON_NODE_HOLDS_ARRAY (node))
        done = apply_to_array (json_node_get_array (node), op, name, value);
    }

  return done || bad_patch (error, "this path is not in the document", path);
}

/**
 * rnl_json_patch_apply_in_place:
 * @document: (inout) (nullable): a value; it is changed, or replaced
 * @patch: an array of `add`, `replace` and `remove` operations; nothing of it is shared with
 *   @document afterwards
 * @error: return location for an error
 *
 * For documents that grow: an operation costs what it adds, not what is there. When one fails,
 * those before it stay.
 *
 * Errors: `RNL_JSON_ERROR_PATCH` when an operation is not known or its path is not there.
 *
 * Returns: whether every operation was applied
 */
gboolean
rnl_json_patch_apply_in_place (JsonNode **document, JsonNode *patch, GError **error)
{
  JsonArray *operations;

  if (!JSON_NODE_HOLDS_ARRAY (patch))
    return bad_patch (error, "a patch is an array", NULL);
  operations = json_node_get_array (patch);
  for (guint i = 0; i < json_array_get_length (operations); i++)
    if (!apply_operation (document,
                          rnl_json_node_get_object (json_array_get_element (operations, i)), error))
      return FALSE;

  return *document != NULL || bad_patch (error, "there is no document", NULL);
}

/**
 * rnl_json_patch_apply:
 * @document: (nullable): a value, left alone
 * @patch: an array of `add`, `replace` and `remove` operations
 * @error: return location for an error
 *
 * Errors: `RNL_JSON_ERROR_PATCH` when an operation is not known or its path is not there.
 *
 * Returns: (transfer full) (nullable): the changed value
 */
JsonNode *
rnl_json_patch_apply (JsonNode *document, JsonNode *patch, GError **error)
{
  g_autoptr (JsonNode) result = document != NULL ? rnl_json_value_copy (document) : NULL;

  return rnl_json_patch_apply_in_place (&result, patch, error) ? g_steal_pointer (&result) : NULL;
}
