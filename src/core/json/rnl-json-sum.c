/* rnl-json-sum.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-sum.h"

/**
 * rnl_json_sum_new: (skip)
 * @kind: what it is
 *
 * Returns: (transfer full): an empty, zero or false value
 */
RnlJsonSum *
rnl_json_sum_new (RnlJsonSumKind kind)
{
  RnlJsonSum *sum = g_new0 (RnlJsonSum, 1);

  sum->kind = kind;
  if (kind == RNL_JSON_SUM_STRING)
    {
      sum->string = g_string_new (NULL);
    }
  else if (kind == RNL_JSON_SUM_LIST)
    {
      sum->list = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_json_sum_free);
    }
  else if (kind == RNL_JSON_SUM_DICT)
    {
      sum->dict.names = g_ptr_array_new_with_free_func (g_free);
      sum->dict.values = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_json_sum_free);
      sum->dict.places = g_hash_table_new (g_str_hash, g_str_equal);
    }

  return sum;
}

static RnlJsonSum *
new_from_scalar (JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  RnlJsonSum *sum;

  if (type == G_TYPE_STRING)
    {
      sum = rnl_json_sum_new (RNL_JSON_SUM_STRING);
      g_string_assign (sum->string, json_node_get_string (node));
    }
  else if (type == G_TYPE_INT64)
    {
      sum = rnl_json_sum_new (RNL_JSON_SUM_INT);
      sum->integer = json_node_get_int (node);
    }
  else if (type == G_TYPE_DOUBLE)
    {
      sum = rnl_json_sum_new (RNL_JSON_SUM_DOUBLE);
      sum->number = json_node_get_double (node);
    }
  else
    {
      sum = rnl_json_sum_new (RNL_JSON_SUM_BOOLEAN);
      sum->boolean = json_node_get_boolean (node);
    }

  return sum;
}

/**
 * rnl_json_sum_new_from_node: (skip)
 * @node: (nullable): a value; `NULL` is null
 *
 * Returns: (transfer full): the same
 */
RnlJsonSum *
rnl_json_sum_new_from_node (JsonNode *node)
{
  RnlJsonSum *sum;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return rnl_json_sum_new (RNL_JSON_SUM_NULL);
  if (JSON_NODE_HOLDS_VALUE (node))
    return new_from_scalar (node);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      sum = rnl_json_sum_new (RNL_JSON_SUM_LIST);
      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (sum->list, rnl_json_sum_new_from_node (json_array_get_element (array, i)));
    }
  else
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      sum = rnl_json_sum_new (RNL_JSON_SUM_DICT);
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        rnl_json_sum_take (sum, name, rnl_json_sum_new_from_node (value));
    }

  return sum;
}

/**
 * rnl_json_sum_copy: (skip)
 * @sum: a value
 *
 * Returns: (transfer full): a copy that shares nothing with it
 */
RnlJsonSum *
rnl_json_sum_copy (const RnlJsonSum *sum)
{
  RnlJsonSum *copy = rnl_json_sum_new (sum->kind);

  switch (sum->kind)
    {
    case RNL_JSON_SUM_BOOLEAN:
      copy->boolean = sum->boolean;
      break;
    case RNL_JSON_SUM_INT:
      copy->integer = sum->integer;
      break;
    case RNL_JSON_SUM_DOUBLE:
      copy->number = sum->number;
      break;
    case RNL_JSON_SUM_STRING:
      g_string_append_len (copy->string, sum->string->str, (gssize) sum->string->len);
      break;
    case RNL_JSON_SUM_LIST:
      for (guint i = 0; i < sum->list->len; i++)
        g_ptr_array_add (copy->list, rnl_json_sum_copy (g_ptr_array_index (sum->list, i)));
      break;
    case RNL_JSON_SUM_DICT:
      for (guint i = 0; i < sum->dict.names->len; i++)
        rnl_json_sum_take (copy, g_ptr_array_index (sum->dict.names, i),
                           rnl_json_sum_copy (g_ptr_array_index (sum->dict.values, i)));
      break;
    case RNL_JSON_SUM_NULL:
    default:
      break;
    }

  return copy;
}

/**
 * rnl_json_sum_free: (skip)
 * @sum: (transfer full) (nullable): a value
 */
void
rnl_json_sum_free (RnlJsonSum *sum)
{
  if (sum == NULL)
    return;
  if (sum->kind == RNL_JSON_SUM_STRING)
    {
      g_string_free (sum->string, TRUE);
    }
  else if (sum->kind == RNL_JSON_SUM_LIST)
    {
      g_ptr_array_unref (sum->list);
    }
  else if (sum->kind == RNL_JSON_SUM_DICT)
    {
      g_hash_table_unref (sum->dict.places);
      g_ptr_array_unref (sum->dict.names);
      g_ptr_array_unref (sum->dict.values);
    }
  g_free (sum);
}

static JsonNode *
list_to_node (const RnlJsonSum *sum)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < sum->list->len; i++)
    json_array_add_element (array, rnl_json_sum_to_node (g_ptr_array_index (sum->list, i)));
  json_node_take_array (node, array);

  return node;
}

static JsonNode *
dict_to_node (const RnlJsonSum *sum)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < sum->dict.names->len; i++)
    json_object_set_member (object, g_ptr_array_index (sum->dict.names, i),
                            rnl_json_sum_to_node (g_ptr_array_index (sum->dict.values, i)));
  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_json_sum_to_node: (skip)
 * @sum: a value
 *
 * Returns: (transfer full): the same, as it is now
 */
JsonNode *
rnl_json_sum_to_node (const RnlJsonSum *sum)
{
  switch (sum->kind)
    {
    case RNL_JSON_SUM_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), sum->boolean);
    case RNL_JSON_SUM_INT:
      return json_node_init_int (json_node_alloc (), sum->integer);
    case RNL_JSON_SUM_DOUBLE:
      return json_node_init_double (json_node_alloc (), sum->number);
    case RNL_JSON_SUM_STRING:
      return json_node_init_string (json_node_alloc (), sum->string->str);
    case RNL_JSON_SUM_LIST:
      return list_to_node (sum);
    case RNL_JSON_SUM_DICT:
      return dict_to_node (sum);
    case RNL_JSON_SUM_NULL:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

/**
 * rnl_json_sum_is_empty: (skip)
 * @sum: (nullable): a value
 *
 * Returns: whether it is nothing, null, or an empty string, list or dict
 */
gboolean
rnl_json_sum_is_empty (const RnlJsonSum *sum)
{
  if (sum == NULL || sum->kind == RNL_JSON_SUM_NULL)
    return TRUE;
  if (sum->kind == RNL_JSON_SUM_STRING)
    return sum->string->len == 0;
  if (sum->kind == RNL_JSON_SUM_LIST)
    return sum->list->len == 0;

  return sum->kind == RNL_JSON_SUM_DICT && sum->dict.names->len == 0;
}

/**
 * rnl_json_sum_get: (skip)
 * @dict: any value
 * @name: a member
 *
 * Returns: (transfer none) (nullable): its value, `NULL` when it is not there or @dict is no dict
 */
RnlJsonSum *
rnl_json_sum_get (const RnlJsonSum *dict, const char *name)
{
  guint place = 0;

  if (dict->kind == RNL_JSON_SUM_DICT)
    place = GPOINTER_TO_UINT (g_hash_table_lookup (dict->dict.places, name));

  return place > 0 ? g_ptr_array_index (dict->dict.values, place - 1) : NULL;
}

/**
 * rnl_json_sum_get_string: (skip)
 * @dict: any value
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the string, `NULL` when the member is not one
 */
const char *
rnl_json_sum_get_string (const RnlJsonSum *dict, const char *name)
{
  const RnlJsonSum *value = rnl_json_sum_get (dict, name);

  return value != NULL && value->kind == RNL_JSON_SUM_STRING ? value->string->str : NULL;
}

/**
 * rnl_json_sum_take: (skip)
 * @dict: a dict
 * @name: a member
 * @value: (transfer full): its value from now on
 *
 * Returns: (transfer none): @value
 */
RnlJsonSum *
rnl_json_sum_take (RnlJsonSum *dict, const char *name, RnlJsonSum *value)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (dict->dict.places, name));

  if (place > 0)
    {
      rnl_json_sum_free (g_ptr_array_index (dict->dict.values, place - 1));
      dict->dict.values->pdata[place - 1] = value;
    }
  else
    {
      char *key = g_strdup (name);

      g_ptr_array_add (dict->dict.names, key);
      g_ptr_array_add (dict->dict.values, value);
      g_hash_table_insert (dict->dict.places, key, GUINT_TO_POINTER (dict->dict.names->len));
    }

  return value;
}
