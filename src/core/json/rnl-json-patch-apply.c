/* rnl-json-patch-apply.c: the way from one value to the other
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-patch.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"

/* Where a path leads: to @name in @parent, or, without a parent, to the whole document. */
typedef struct
{
  JsonNode *parent;
  char *name;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
bad_patch (GError **error, const char *what, const char *path)
{
  g_set_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_PATCH, "%s: \"%s\"", what,
               path != NULL ? path : "");

  return FALSE;
}

static gboolean
no_such_place (GError **error, const char *path)
{
  return bad_patch (error, "this path is not in the document", path);
}

/* (nullable): a name as it is; `~` begins an escape, which is `~0` or `~1`. */
static char *
unescape (const char *token)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p == '~' && p[1] != '0' && p[1] != '1')
        return NULL;
      if (*p == '~')
        g_string_append_c (name, *++p == '0' ? '~' : '/');
      else
        g_string_append_c (name, *p);
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
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

/* (nullable) */
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
find_place (JsonNode *document, const char *path, Place *place, GError **error)
{
  g_auto (GStrv) tokens = NULL;

  if (*path == '\0')
    return TRUE;
  if (*path != '/' || document == NULL)
    return no_such_place (error, path);
  /* The first is what stands before the first slash: nothing. */
  tokens = g_strsplit (path, "/", -1);
  for (gsize i = 1; tokens[i] != NULL; i++)
    {
      place->parent = i == 1 ? document : step_into (place->parent, place->name);
      g_free (place->name);
      place->name = unescape (tokens[i]);
      if (place->parent == NULL || place->name == NULL)
        return no_such_place (error, path);
    }

  return TRUE;
}

/* (nullable) (transfer none) */
static JsonNode *
get_value (JsonNode *document, const char *path, GError **error)
{
  g_auto (Place) place = { NULL, NULL };
  JsonNode *value;

  if (!find_place (document, path, &place, error))
    return NULL;
  value = place.parent != NULL ? step_into (place.parent, place.name) : document;
  if (value == NULL)
    no_such_place (error, path);

  return value;
}

/* json-glib cannot insert, so the elements behind are taken off and put back. */
static void
insert_element (JsonArray *array, guint index, JsonNode *value)
{
  g_autoptr (GPtrArray) behind = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  guint n = json_array_get_length (array);

  for (guint i = index; i < n; i++)
    g_ptr_array_add (behind, json_node_ref (json_array_get_element (array, i)));
  for (guint i = n; i > index; i--)
    json_array_remove_element (array, i - 1);
  json_array_add_element (array, value);
  for (guint i = 0; i < behind->len; i++)
    json_array_add_element (array, json_node_ref (g_ptr_array_index (behind, i)));
}

static gboolean
remove_value (JsonNode *document, const char *path, GError **error)
{
  g_auto (Place) place = { NULL, NULL };
  guint index;

  if (!find_place (document, path, &place, error))
    return FALSE;
  if (place.parent == NULL)
    return bad_patch (error, "the whole document cannot be removed", path);
  if (step_into (place.parent, place.name) == NULL)
    return no_such_place (error, path);
  if (JSON_NODE_HOLDS_OBJECT (place.parent))
    {
      json_object_remove_member (json_node_get_object (place.parent), place.name);
      return TRUE;
    }
  parse_index (place.name, G_MAXUINT, G_MAXUINT, &index);
  json_array_remove_element (json_node_get_array (place.parent), index);

  return TRUE;
}

/* (transfer full) @value */
static gboolean
add_value (JsonNode **document, const char *path, JsonNode *value, GError **error)
{
  g_autoptr (JsonNode) owned = value;
  g_auto (Place) place = { NULL, NULL };
  JsonArray *array;
  guint index, n;

  if (!find_place (*document, path, &place, error))
    return FALSE;
  if (place.parent == NULL)
    {
      g_clear_pointer (document, json_node_unref);
      *document = g_steal_pointer (&owned);
      return TRUE;
    }
  if (JSON_NODE_HOLDS_OBJECT (place.parent))
    {
      json_object_set_member (json_node_get_object (place.parent), place.name,
                              g_steal_pointer (&owned));
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (place.parent))
    return no_such_place (error, path);
  array = json_node_get_array (place.parent);
  n = json_array_get_length (array);
  if (!parse_index (place.name, n + 1, n, &index))
    return no_such_place (error, path);
  insert_element (array, index, g_steal_pointer (&owned));

  return TRUE;
}

static gboolean
replace_value (JsonNode **document, const char *path, JsonNode *value, GError **error)
{
  g_auto (Place) place = { NULL, NULL };
  JsonArray *array;
  guint index;

  if (*path == '\0')
    return add_value (document, path, rnl_json_value_copy (value), error);
  if (get_value (*document, path, error) == NULL || !find_place (*document, path, &place, error))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (place.parent))
    {
      json_object_set_member (json_node_get_object (place.parent), place.name,
                              rnl_json_value_copy (value));
      return TRUE;
    }
  array = json_node_get_array (place.parent);
  parse_index (place.name, G_MAXUINT, G_MAXUINT, &index);
  json_array_remove_element (array, index);
  insert_element (array, index, rnl_json_value_copy (value));

  return TRUE;
}

static gboolean
test_value (JsonNode *document, const char *path, JsonNode *value, GError **error)
{
  JsonNode *present = get_value (document, path, error);

  if (present == NULL)
    return FALSE;

  return rnl_json_value_equal (present, value)
         || bad_patch (error, "the value here is another", path);
}

/* `move` and `copy` */
static gboolean
transfer_value (
  JsonNode **document, const char *from, const char *path, gboolean moves, GError **error)
{
  g_autofree char *inside = g_strconcat (from, "/", NULL);
  JsonNode *value = get_value (*document, from, error);
  JsonNode *copy;

  if (value == NULL)
    return FALSE;
  if (!moves)
    return add_value (document, path, rnl_json_value_copy (value), error);
  if (g_str_equal (from, path))
    return TRUE;
  if (g_str_has_prefix (path, inside))
    return bad_patch (error, "a value cannot be moved into itself", path);
  copy = rnl_json_value_copy (value);
  if (remove_value (*document, from, error))
    return add_value (document, path, copy, error);
  json_node_unref (copy);

  return FALSE;
}

static gboolean
apply_operation (JsonNode **document, JsonObject *operation, GError **error)
{
  const char *op = rnl_json_object_get_string (operation, "op");
  const char *path = rnl_json_object_get_string (operation, "path");
  const char *from = rnl_json_object_get_string (operation, "from");
  JsonNode *value = operation != NULL ? json_object_get_member (operation, "value") : NULL;

  if (op == NULL || path == NULL)
    return bad_patch (error, "an operation has an op and a path", path);
  if (strcmp (op, "remove") == 0)
    return remove_value (*document, path, error);
  if (from != NULL && (strcmp (op, "move") == 0 || strcmp (op, "copy") == 0))
    return transfer_value (document, from, path, *op == 'm', error);
  if (value != NULL && strcmp (op, "add") == 0)
    return add_value (document, path, rnl_json_value_copy (value), error);
  if (value != NULL && strcmp (op, "replace") == 0)
    return replace_value (document, path, value, error);
  if (value != NULL && strcmp (op, "test") == 0)
    return test_value (*document, path, value, error);

  return bad_patch (error, "this is not an operation that is known", path);
}

/**
 * rnl_json_patch_apply_in_place:
 * @document: (inout) (nullable): a value; it is changed, or replaced
 * @patch: an array of operations as in RFC 6902; nothing of it is shared with @document afterwards
 * @error: return location for an error
 *
 * For documents that grow: an operation costs what it adds, not what is there. When one fails,
 * those before it stay.
 *
 * Errors: `RNL_JSON_ERROR_PATCH` when an operation is not known, its path is not there, or a test
 *   fails; the message says which operation, counted from 0.
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
      {
        g_prefix_error (error, "operation %u: ", i);
        return FALSE;
      }

  return *document != NULL || bad_patch (error, "there is no document", NULL);
}

/**
 * rnl_json_patch_apply:
 * @document: (nullable): a value, left alone
 * @patch: an array of operations as in RFC 6902
 * @error: return location for an error
 *
 * Errors: as [func@Runnel.json_patch_apply_in_place].
 *
 * Returns: (transfer full) (nullable): the changed value
 */
JsonNode *
rnl_json_patch_apply (JsonNode *document, JsonNode *patch, GError **error)
{
  g_autoptr (JsonNode) result = document != NULL ? rnl_json_value_copy (document) : NULL;

  return rnl_json_patch_apply_in_place (&result, patch, error) ? g_steal_pointer (&result) : NULL;
}
