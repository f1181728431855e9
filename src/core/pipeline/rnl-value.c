/* rnl-value.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-value.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-pipeline-error.h"

/* How many members of an object a message for people names. */
#define MAX_NAMED 4

/**
 * rnl_value_new_text:
 * @text: UTF-8
 *
 * Returns: (transfer full): a string
 */
JsonNode *
rnl_value_new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/**
 * rnl_value_take_object:
 * @object: (transfer full): members
 *
 * Returns: (transfer full): a node that holds it
 */
JsonNode *
rnl_value_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_value_take_array:
 * @array: (transfer full): elements
 *
 * Returns: (transfer full): a node that holds it
 */
JsonNode *
rnl_value_take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);

  return node;
}

/**
 * rnl_value_get_text:
 * @value: (nullable): any value
 *
 * Returns: (transfer none) (nullable): the text of a string, `NULL` for anything else
 */
const char *
rnl_value_get_text (JsonNode *value)
{
  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value)
      || json_node_get_value_type (value) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (value);
}

/**
 * rnl_value_get_message_text:
 * @value: (nullable): any value
 *
 * Returns: (transfer none) (nullable): a string's text, or that of a message or a piece of one (an
 *   object; one without a "content" that is text has an empty one), `NULL` for anything else
 */
const char *
rnl_value_get_message_text (JsonNode *value)
{
  const char *text;

  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return rnl_value_get_text (value);

  text = rnl_json_object_get_string (json_node_get_object (value), "content");

  return text != NULL ? text : "";
}

/* A document's text, or a message's with who said it. */
static void
render_element (JsonNode *element, GString *into)
{
  JsonObject *object = rnl_json_node_get_object (element);
  const char *text = object != NULL ? rnl_json_object_get_string (object, "text") : NULL;
  const char *content = object != NULL ? rnl_json_object_get_string (object, "content") : NULL;
  const char *role = object != NULL ? rnl_json_object_get_string (object, "role") : NULL;

  if (text != NULL)
    g_string_append_printf (into, "%s%s", into->len > 0 ? "\n\n" : "", text);
  else if (content != NULL)
    g_string_append_printf (into, "%s%s%s%s", into->len > 0 ? "\n" : "", role != NULL ? role : "",
                            role != NULL ? ": " : "", content);
  else
    {
      g_autofree char *rendered = rnl_value_dup_rendered (element);

      g_string_append_printf (into, "%s%s", into->len > 0 ? "\n" : "", rendered);
    }
}

/**
 * rnl_value_dup_rendered:
 * @value: any value
 *
 * How a value stands in a prompt: text as it is, nothing for null, the elements of a list one
 * below the other (of documents their text, of messages who said what), anything else as JSON.
 *
 * Returns: (transfer full): text
 */
char *
rnl_value_dup_rendered (JsonNode *value)
{
  const char *text = rnl_value_get_text (value);
  GString *joined;
  JsonArray *list;

  if (text != NULL)
    return g_strdup (text);
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return rnl_json_to_string (value, FALSE);

  joined = g_string_new (NULL);
  list = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (list); i++)
    render_element (json_array_get_element (list, i), joined);

  return g_string_free (joined, FALSE);
}

static char *
describe_object (JsonObject *object)
{
  g_autoptr (GString) text = g_string_new ("an object");
  JsonObjectIter iter;
  const char *name;
  guint n = 0;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL) && n < MAX_NAMED)
    g_string_append_printf (text, "%s“%.40s”", n++ == 0 ? " with " : ", ", name);
  if (json_object_get_size (object) > MAX_NAMED)
    g_string_append (text, ", …");
  if (n == 0)
    g_string_append (text, " without members");

  return g_utf8_make_valid (text->str, (gssize) text->len);
}

/**
 * rnl_value_describe:
 * @value: (nullable): any value
 *
 * Returns: (transfer full): its type in words: "text", "an object with “topic”", "a list"
 */
char *
rnl_value_describe (JsonNode *value)
{
  if (value == NULL)
    return g_strdup ("nothing");
  if (JSON_NODE_HOLDS_OBJECT (value))
    return describe_object (json_node_get_object (value));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return g_strdup ("a list");
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("null");
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup ("text");
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup ("a boolean");

  return g_strdup ("a number");
}

/**
 * rnl_value_refuse:
 * @value: (nullable): what was given
 * @taker: who was given it, "a model"
 * @taken: what it takes instead, "text"
 * @error: return location for an error
 *
 * Errors: `RNL_PIPELINE_ERROR_INPUT_TYPE`, naming the type of @value.
 *
 * Returns: `FALSE`
 */
gboolean
rnl_value_refuse (JsonNode *value, const char *taker, const char *taken, GError **error)
{
  g_autofree char *type = rnl_value_describe (value);

  g_set_error (error, RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_INPUT_TYPE,
               "Invalid input type: %s was given %s; it takes %s.", taker, type, taken);

  return FALSE;
}
