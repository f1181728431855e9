/* rnl-json-value.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-value.h"

#include <string.h>

#include "rnl-json-tree-private.h"

/**
 * rnl_json_strict_parse:
 * @text: a whole JSON document
 * @len: its length in bytes, or -1 when it is NUL-terminated
 * @error: return location for an error
 *
 * Parses by the letter of RFC 8259: no comments, no commas at the end, nothing before or after. Of
 * members with the same name the last counts.
 *
 * Errors: `RNL_JSON_ERROR`, with the place in bytes.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
rnl_json_strict_parse (const char *text, gssize len, GError **error)
{
  g_auto (RnlJsonReader) reader;
  g_auto (RnlJsonTree) tree;
  RnlJsonToken token;

  rnl_json_tree_init (&tree);
  rnl_json_reader_init_static (&reader, text, len < 0 ? strlen (text) : (gsize) len);
  while (rnl_json_reader_next (&reader, &token) != RNL_JSON_DONE)
    {
      if (!rnl_json_reader_check (&reader, error))
        return NULL;
      (void) rnl_json_tree_push (&tree, &token);
    }

  return rnl_json_tree_steal (&tree);
}

/**
 * rnl_json_value_copy:
 * @node: a value
 *
 * Returns: (transfer full): a copy that shares nothing with @node, unlike that of
 *   [method@Json.Node.copy]
 */
JsonNode *
rnl_json_value_copy (JsonNode *node)
{
  JsonNode *copy = json_node_alloc ();

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        json_object_set_member (object, name, rnl_json_value_copy (value));
      json_node_take_object (json_node_init (copy, JSON_NODE_OBJECT), object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node), *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (from); i++)
        json_array_add_element (array, rnl_json_value_copy (json_array_get_element (from, i)));
      json_node_take_array (json_node_init (copy, JSON_NODE_ARRAY), array);
    }
  else if (JSON_NODE_HOLDS_NULL (node))
    {
      json_node_init_null (copy);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      json_node_init_string (copy, json_node_get_string (node));
    }
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      json_node_init_int (copy, json_node_get_int (node));
    }
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      json_node_init_double (copy, json_node_get_double (node));
    }
  else
    {
      json_node_init_boolean (copy, json_node_get_boolean (node));
    }

  return copy;
}

static gboolean
objects_equal (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (b, name);

      if (other == NULL || !rnl_json_value_equal (value, other))
        return FALSE;
    }

  return TRUE;
}

static gboolean
arrays_equal (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!rnl_json_value_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
scalars_equal (JsonNode *a, JsonNode *b)
{
  GType type_a = json_node_get_value_type (a), type_b = json_node_get_value_type (b);

  if (type_a == G_TYPE_INT64 && type_b == G_TYPE_INT64)
    return json_node_get_int (a) == json_node_get_int (b);
  if ((type_a == G_TYPE_INT64 || type_a == G_TYPE_DOUBLE)
      && (type_b == G_TYPE_INT64 || type_b == G_TYPE_DOUBLE))
    return !(json_node_get_double (a) < json_node_get_double (b))
           && !(json_node_get_double (a) > json_node_get_double (b));
  if (type_a != type_b)
    return FALSE;
  if (type_a == G_TYPE_STRING)
    return strcmp (json_node_get_string (a), json_node_get_string (b)) == 0;

  return json_node_get_boolean (a) == json_node_get_boolean (b);
}

/**
 * rnl_json_value_equal:
 * @a: (nullable): a value
 * @b: (nullable): another
 *
 * Returns: whether they are equal: numbers by value (`1` is `1.0`), members in any order; `NULL`
 *   equals only `NULL`
 */
gboolean
rnl_json_value_equal (JsonNode *a, JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  switch (json_node_get_node_type (a))
    {
    case JSON_NODE_OBJECT:
      return objects_equal (json_node_get_object (a), json_node_get_object (b));
    case JSON_NODE_ARRAY:
      return arrays_equal (json_node_get_array (a), json_node_get_array (b));
    case JSON_NODE_VALUE:
      return scalars_equal (a, b);
    case JSON_NODE_NULL:
    default:
      return TRUE;
    }
}
