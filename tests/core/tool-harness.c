/* tool-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "tool-harness.h"

#include <string.h>

#include "rnl-test.h"

/* Runs TOOL to its end on the default main context. */
char *
tool_call (RnlTool *tool,
           const char *arguments,
           RnlToolContext *context,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (arguments, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (node);
  rnl_tool_call_async (tool, json_node_get_object (node), context, cancellable, rnl_test_result_cb,
                       &result);
  g_assert_null (result);
  rnl_test_wait_for (rnl_test_has_result, &result);

  return rnl_tool_call_finish (tool, result, error);
}

static gboolean
matches (const char *pattern, const char *text)
{
  gsize length = strlen (pattern);

  if (length > 0 && pattern[length - 1] == '*')
    return strncmp (pattern, text, length - 1) == 0;

  return strcmp (pattern, text) == 0;
}

void
tool_check (RnlTool *tool, const ToolCase *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *result = tool_call (tool, expected->arguments, NULL, NULL, &error);

  g_test_message ("%s %.200s -> %.2000s", rnl_tool_get_name (tool), expected->arguments,
                  result != NULL ? result : error->message);
  if (expected->result == NULL)
    {
      g_assert_null (result);
      g_assert_error (error, RNL_TOOL_ERROR, (gint) expected->code);
      if (expected->message != NULL)
        g_assert_nonnull (strstr (error->message, expected->message));
      return;
    }

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (result, -1, NULL));
  if (!matches (expected->result, result))
    g_assert_cmpstr (result, ==, expected->result);
}

static void
check_property (JsonObject *properties, const char *name, JsonNode *node, gpointer user_data)
{
  JsonObject *schema = json_node_get_object (node);

  g_assert_nonnull (schema);
  g_assert_nonnull (json_object_get_string_member_with_default (schema, "type", NULL));
  g_assert_nonnull (json_object_get_string_member_with_default (schema, "description", NULL));
}

/* What every provider asks of a tool: a plain name, a description, a closed object schema whose
 * required members exist. */
void
tool_check_spec (RnlTool *tool)
{
  RnlToolSpec *spec = rnl_tool_get_spec (tool);
  JsonObject *schema = json_node_get_object (spec->parameters);
  JsonObject *properties = json_object_get_object_member (schema, "properties");
  JsonArray *required = json_object_get_array_member (schema, "required");

  g_test_message ("%s: %s", spec->name, spec->title);
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9_-]{1,64}$", spec->name, 0, 0));
  g_assert_cmpstr (spec->title, !=, "");
  g_assert_cmpstr (spec->title, !=, spec->name);
  g_assert_cmpuint (strlen (spec->description), >, 10);
  g_assert_true (g_str_has_suffix (rnl_tool_get_icon_name (tool), "-symbolic"));

  g_assert_cmpstr (json_object_get_string_member (schema, "type"), ==, "object");
  g_assert_false (
    json_object_get_boolean_member_with_default (schema, "additionalProperties", TRUE));
  json_object_foreach_member (properties, check_property, NULL);
  for (guint i = 0; i < json_array_get_length (required); i++)
    g_assert_true (
      json_object_has_member (properties, json_array_get_string_element (required, i)));
}
