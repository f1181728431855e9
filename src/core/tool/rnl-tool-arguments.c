/* rnl-tool-arguments.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-arguments.h"

#include <errno.h>
#include <math.h>

#include "rnl-tool.h"

/* Whole doubles up to here stand for themselves only. */
#define MAX_EXACT_DOUBLE 9007199254740992.0

static JsonNode *
get_member (JsonObject *arguments, const char *name)
{
  JsonNode *node = json_object_get_member (arguments, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
set_wrong_type (const char *name, const char *wanted, GError **error)
{
  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS, "The argument “%s” must be %s.",
               name, wanted);

  return FALSE;
}

static gboolean
set_missing (const char *name, GError **error)
{
  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS, "The argument “%s” is missing.",
               name);

  return FALSE;
}

/* Models now and then quote a number. The text must be the number and nothing else. */
static gboolean
parse_number (const char *text, RnlNumber *number)
{
  char *end;

  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number->integer, NULL))
    {
      number->is_integer = TRUE;
      number->real = (double) number->integer;
      return TRUE;
    }

  number->is_integer = FALSE;
  number->real = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && isfinite (number->real);
}

static gboolean
node_to_number (JsonNode *node, RnlNumber *number)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      number->integer = json_node_get_int (node);
      number->real = (double) number->integer;
      number->is_integer = TRUE;
      return TRUE;
    case G_TYPE_DOUBLE:
      number->real = json_node_get_double (node);
      number->is_integer
        = number->real == trunc (number->real) && fabs (number->real) <= MAX_EXACT_DOUBLE;
      number->integer = number->is_integer ? (gint64) number->real : 0;
      return isfinite (number->real);
    case G_TYPE_STRING:
      return parse_number (json_node_get_string (node), number);
    default:
      return FALSE;
    }
}

/**
 * rnl_tool_arguments_get_number:
 * @arguments: a tool's arguments
 * @name: a member that must be there
 * @number: (out): the number
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS` when it is missing or not a finite number.
 *
 * Returns: whether @number was set
 */
gboolean
rnl_tool_arguments_get_number (JsonObject *arguments,
                               const char *name,
                               RnlNumber *number,
                               GError **error)
{
  JsonNode *node = get_member (arguments, name);

  if (node == NULL)
    return set_missing (name, error);
  if (!node_to_number (node, number))
    return set_wrong_type (name, "a number", error);

  return TRUE;
}

/**
 * rnl_tool_arguments_get_optional_string:
 * @arguments: a tool's arguments
 * @name: a member that may be missing or null
 * @value: (out) (transfer none) (nullable): the text, or `NULL` when it was not given
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS` when it is there and not text.
 *
 * Returns: whether @value was set
 */
gboolean
rnl_tool_arguments_get_optional_string (JsonObject *arguments,
                                        const char *name,
                                        const char **value,
                                        GError **error)
{
  JsonNode *node = get_member (arguments, name);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return set_wrong_type (name, "text", error);
  *value = json_node_get_string (node);

  return TRUE;
}

/**
 * rnl_tool_arguments_get_string:
 * @arguments: a tool's arguments
 * @name: a member that must be there
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS` when it is missing, empty, or not text.
 *
 * Returns: (transfer none) (nullable): the text, owned by @arguments, or `NULL` with @error set
 */
const char *
rnl_tool_arguments_get_string (JsonObject *arguments, const char *name, GError **error)
{
  const char *value;

  if (!rnl_tool_arguments_get_optional_string (arguments, name, &value, error))
    return NULL;
  if (value == NULL || *value == '\0')
    {
      set_missing (name, error);
      return NULL;
    }

  return value;
}

/**
 * rnl_tool_arguments_get_optional_integer:
 * @arguments: a tool's arguments
 * @name: a member that may be missing or null
 * @min: the least it may be
 * @max: the most it may be
 * @value: (inout): holds the default; set when the member is there
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS` when it is not a whole number from @min to @max.
 *
 * Returns: whether @value is good
 */
gboolean
rnl_tool_arguments_get_optional_integer (
  JsonObject *arguments, const char *name, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node = get_member (arguments, name);
  RnlNumber number;

  if (node == NULL)
    return TRUE;
  if (!node_to_number (node, &number) || !number.is_integer || number.integer < min
      || number.integer > max)
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS,
                   "The argument “%s” must be a whole number from %" G_GINT64_FORMAT
                   " to %" G_GINT64_FORMAT ".",
                   name, min, max);
      return FALSE;
    }
  *value = number.integer;

  return TRUE;
}
