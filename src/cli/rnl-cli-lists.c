/* rnl-cli-lists.c: the tools there are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

static void
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  rnl_cli_print_json (node, TRUE);
}

static JsonObject *
tool_to_json (RnlToolRegistry *tools, RnlTool *tool)
{
  JsonObject *object = json_object_new ();
  RnlToolSpec *spec = rnl_tool_get_spec (tool);

  json_object_set_string_member (object, "name", spec->name);
  json_object_set_string_member (object, "title", spec->title);
  json_object_set_string_member (object, "description", spec->description);
  json_object_set_string_member (object, "permission",
                                 rnl_tool_get_permission (tool) == RNL_TOOL_SAFE ? "safe" : "asks");
  json_object_set_boolean_member (object, "enabled",
                                  rnl_tool_registry_get_enabled (tools, spec->name));
  json_object_set_member (object, "parameters", json_node_copy (spec->parameters));

  return object;
}

RnlExit
rnl_cli_tools (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[]
    = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL }, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (RnlToolRegistry) tools = NULL;
  JsonArray *array;

  if (!rnl_cli_parse ((GOptionEntry *) entries, NULL, &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  settings = rnl_cli_settings_new ();
  tools = rnl_cli_tools_new (settings, NULL);
  array = json ? json_array_new () : NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tools)); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (G_LIST_MODEL (tools), i);

      if (json)
        json_array_add_object_element (array, tool_to_json (tools, tool));
      else
        g_print ("%-26s %-5s %s\n", rnl_tool_get_name (tool),
                 rnl_tool_get_permission (tool) == RNL_TOOL_SAFE ? "safe" : "asks",
                 rnl_tool_get_title (tool));
    }
  if (json)
    print_array (array);

  return RNL_EXIT_OK;
}
