/* rnl-run-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-run-text.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"

static void
append_calls (GString *text, JsonObject *message)
{
  JsonArray *calls = rnl_json_object_get_array (message, "tool_calls");

  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *call = rnl_json_node_get_object (json_array_get_element (calls, i));
      const char *name = rnl_json_object_get_string (call, "name");
      JsonNode *args = rnl_json_object_get_value (call, "args");
      g_autofree char *json = args != NULL ? rnl_json_to_string (args, FALSE) : g_strdup ("");

      g_string_append_printf (text, "%s→ %s %s", text->len > 0 ? "\n" : "",
                              name != NULL ? name : "?", json);
    }
}

static void
append_files (GString *text, JsonObject *message)
{
  JsonArray *files = rnl_json_object_get_array (message, "files");

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *file = rnl_json_node_get_object (json_array_get_element (files, i));
      const char *name = rnl_json_object_get_string (file, "name");
      const char *type = rnl_json_object_get_string (file, "mime_type");

      g_string_append_printf (text, "%s[%s, %s]", text->len > 0 ? "\n" : "",
                              name != NULL ? name : "?", type != NULL ? type : "?");
    }
}

/* What one side said: text, calls, files. */
static GString *
make_message (JsonObject *message)
{
  GString *text = g_string_new (rnl_json_object_get_string (message, "content"));

  append_calls (text, message);
  append_files (text, message);

  return text;
}

static void
append_said (GString *text, const char *role, const char *said)
{
  g_string_append_printf (text, "%s%s:\n%s", text->len > 0 ? "\n\n" : "", role, said);
}

static JsonObject *
get_params (JsonNode *input)
{
  return rnl_json_object_get_object (rnl_json_node_get_object (input), "params");
}

static char *
make_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return rnl_json_to_string (node, TRUE);
}

/**
 * rnl_run_text_messages:
 * @input: what went into a run
 *
 * Returns: (transfer full): the messages one below the other, each below who said it; of anything
 *   else its JSON
 */
char *
rnl_run_text_messages (JsonNode *input)
{
  JsonArray *messages = rnl_json_object_get_array (rnl_json_node_get_object (input), "messages");
  const char *system = rnl_json_object_get_string (get_params (input), "system");
  GString *text;

  if (messages == NULL)
    return make_text (input);

  text = g_string_new (NULL);
  if (system != NULL)
    append_said (text, "system", system);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = rnl_json_node_get_object (json_array_get_element (messages, i));
      const char *role = rnl_json_object_get_string (message, "role");
      GString *said = make_message (message);

      append_said (text, role != NULL ? role : "?", said->str);
      g_string_free (said, TRUE);
    }

  return g_string_free (text, FALSE);
}

/**
 * rnl_run_text_tools:
 * @input: what went into a run
 *
 * Returns: (transfer full) (nullable): the tools that a model was offered, a line each
 */
char *
rnl_run_text_tools (JsonNode *input)
{
  JsonArray *tools = rnl_json_object_get_array (rnl_json_node_get_object (input), "tools");
  guint n = tools != NULL ? json_array_get_length (tools) : 0;
  GString *text;

  if (n == 0)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *tool = rnl_json_node_get_object (json_array_get_element (tools, i));
      const char *name = rnl_json_object_get_string (tool, "name");
      const char *description = rnl_json_object_get_string (tool, "description");

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", name != NULL ? name : "?",
                              description != NULL ? description : "");
    }

  return g_string_free (text, FALSE);
}

/**
 * rnl_run_text_params:
 * @input: what went into a run
 *
 * Returns: (transfer full) (nullable): the parameters of a request, a line each, without the system
 *   prompt, which is a message
 */
char *
rnl_run_text_params (JsonNode *input)
{
  JsonObject *params = get_params (input);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (params == NULL)
    return NULL;

  json_object_iter_init_ordered (&iter, params);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!g_str_equal (name, "system"))
      {
        g_autofree char *words = make_text (value);

        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, words);
      }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * rnl_run_text_output:
 * @output: what came out of a run
 *
 * Returns: (transfer full): what a model said and called; of anything else its text or its JSON
 */
char *
rnl_run_text_output (JsonNode *output)
{
  JsonObject *object = rnl_json_node_get_object (output);

  if (rnl_json_object_get_string (object, "content") == NULL)
    return make_text (output);

  return g_string_free (make_message (object), FALSE);
}
