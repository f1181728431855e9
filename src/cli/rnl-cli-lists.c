/* rnl-cli-lists.c: the models and the tools there are
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include "rnl-account.h"
#include "rnl-cli-models-server.h"
#include "rnl-chat-model.h"
#include "rnl-model-info.h"

static void
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  rnl_cli_print_json (node, TRUE);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
add_model (JsonArray *array, const char *id, const char *title)
{
  JsonObject *object;

  if (array == NULL)
    {
      g_print ("%s\n", id);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "title", title);
  json_array_add_object_element (array, object);
}

/* A server that does not answer is told about and does not hide the others. */
static void
add_account_models (JsonArray *array, RnlAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = NULL;

  rnl_account_fetch_models_async (account, NULL, store_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  models = rnl_account_fetch_models_finish (account, result, &error);
  if (models == NULL)
    {
      g_printerr ("runnel-cli: %s: %s\n", rnl_account_get_title (account), error->message);
      return;
    }
  for (guint i = 0; i < models->len; i++)
    {
      RnlModelInfo *info = g_ptr_array_index (models, i);
      g_autofree char *id
        = g_strdup_printf ("%s/%s", rnl_account_get_id (account), rnl_model_info_get_id (info));

      add_model (array, id, rnl_model_info_get_title (info));
    }
}

RnlExit
rnl_cli_models (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[]
    = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL }, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (RnlAccounts) accounts = NULL;
  JsonArray *array;

  if (argc > 1 && g_str_equal (argv[1], "pull"))
    return rnl_cli_models_pull (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "delete"))
    return rnl_cli_models_delete (argc - 1, argv + 1);
  if (!rnl_cli_parse ((GOptionEntry *) entries, "[pull NAME | delete NAME]", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  settings = rnl_cli_settings_new ();
  accounts = rnl_accounts_new (settings);
  array = json ? json_array_new () : NULL;
  add_model (array, "offline/helper", "Offline helper (rules, not AI)");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (RnlAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      add_account_models (array, account);
    }
  if (json)
    print_array (array);

  return RNL_EXIT_OK;
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
