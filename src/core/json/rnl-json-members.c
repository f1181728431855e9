/* rnl-json-members.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-members.h"

#include <math.h>

/* Whole numbers that a double holds exactly. */
#define MAX_EXACT 9007199254740992.0

/**
 * rnl_json_node_get_object:
 * @node: (nullable): a value
 *
 * Returns: (transfer none) (nullable): the object, or `NULL` when @node is not one
 */
JsonObject *
rnl_json_node_get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * rnl_json_object_get_value:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the member's value, or `NULL` when it is not there or null
 */
JsonNode *
rnl_json_object_get_value (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonNode *
get_scalar (JsonObject *object, const char *name)
{
  JsonNode *node = rnl_json_object_get_value (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/**
 * rnl_json_object_get_string:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the string, or `NULL` when the member is not one
 */
const char *
rnl_json_object_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_scalar (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/**
 * rnl_json_object_get_int:
 * @object: (nullable): an object
 * @name: a member
 * @fallback: what to return when the member is not a whole number
 *
 * Returns: the number (`3.0` is whole)
 */
gint64
rnl_json_object_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_scalar (object, name);
  double value;

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;
  value = json_node_get_double (node);

  return fabs (value) <= MAX_EXACT && floor (value) >= value ? (gint64) value : fallback;
}

/**
 * rnl_json_object_get_double:
 * @object: (nullable): an object
 * @name: a member
 * @fallback: what to return when the member is not a number
 *
 * Returns: the number
 */
double
rnl_json_object_get_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = get_scalar (object, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : fallback;
}

/**
 * rnl_json_object_get_boolean:
 * @object: (nullable): an object
 * @name: a member
 * @fallback: what to return when the member is not `true` or `false`
 *
 * Returns: the value
 */
gboolean
rnl_json_object_get_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = get_scalar (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
           ? json_node_get_boolean (node)
           : fallback;
}

/**
 * rnl_json_object_get_object:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the object, or `NULL` when the member is not one
 */
JsonObject *
rnl_json_object_get_object (JsonObject *object, const char *name)
{
  return rnl_json_node_get_object (rnl_json_object_get_value (object, name));
}

/**
 * rnl_json_object_get_array:
 * @object: (nullable): an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the array, or `NULL` when the member is not one
 */
JsonArray *
rnl_json_object_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = rnl_json_object_get_value (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
