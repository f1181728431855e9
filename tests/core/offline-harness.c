/* offline-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "offline-harness.h"

#include <string.h>

#include "rnl-builtin-tools.h"
#include "rnl-function-tool.h"
#include "rnl-model-call.h"
#include "rnl-test.h"
#include "tool-harness.h"

#define MAX_STEPS 40

static char *
canned (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const char *result = user_data;

  if (result != NULL)
    return g_strdup (result);
  g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "it is broken");

  return NULL;
}

/* A tool that takes anything and returns @result, or fails when that is NULL. */
void
offline_tools_add_fake (RnlToolRegistry *tools, const char *name, const char *result)
{
  RnlToolSpec *spec = rnl_tool_spec_new (name, name, "A fake for a test", "{\"type\": \"object\"}");
  g_autoptr (RnlTool) tool = rnl_function_tool_new_quick (spec, RNL_TOOL_SAFE, "x-symbolic", canned,
                                                          g_strdup (result), g_free);

  rnl_tool_registry_add (tools, tool);
}

/* The tools that come with Runnel. */
RnlToolRegistry *
offline_tools_new (void)
{
  RnlToolRegistry *tools = rnl_tool_registry_new ();
  const RnlToolScope scope = { 0 };

  rnl_builtin_tools_add (tools, &scope);

  return tools;
}

/* One request of the turn, folded into its message. */
void
offline_turn_ask (RnlChatModel *model,
                  RnlToolRegistry *tools,
                  const char *prompt,
                  OfflineTurn *turn)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt (prompt);
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RnlMessage) answer = NULL;
  g_autoptr (GError) error = NULL;

  rnl_chat_request_add_message (request, turn->message);
  for (guint i = 0; tools != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (tools)); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (G_LIST_MODEL (tools), i);

      rnl_chat_request_add_tool (request, rnl_tool_get_spec (tool));
    }

  rnl_model_call_async (model, request, run, turn->message, turn->steps, NULL, NULL, NULL,
                        rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  answer = rnl_model_call_finish (result, &error);
  g_assert_no_error (error);
  g_assert_true (answer == turn->message);
}

static void
append_value (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = g_strdup (json_node_get_string (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    text = g_strdup_printf ("%.15g", json_node_get_double (node));
  else
    text = json_to_string (node, FALSE);
  g_ptr_array_add (user_data, g_steal_pointer (&text));
}

static void
log_call (OfflineTurn *turn, RnlPart *call, gboolean parallel)
{
  g_autoptr (JsonNode) node = json_from_string (rnl_part_get_text (call), NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  g_assert_nonnull (node);
  json_object_foreach_member (json_node_get_object (node), append_value, values);
  g_ptr_array_add (values, NULL);
  joined = g_strjoinv (", ", (char **) values->pdata);
  g_string_append_printf (turn->calls, "%s%s(%s)",
                          turn->calls->len == 0 ? ""
                          : parallel            ? "|"
                                                : " ",
                          rnl_part_get_name (call), joined);
}

static void
run_call (RnlChatModel *model, RnlToolRegistry *tools, RnlPart *call)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_TOOL, rnl_part_get_name (call), NULL, NULL);
  g_autoptr (RnlToolContext) context = rnl_tool_context_new (run, call, model);
  RnlTool *tool = rnl_tool_registry_find (tools, rnl_part_get_name (call));
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;

  g_assert_nonnull (tool);
  rnl_run_start (run, NULL);
  result = tool_call (tool, rnl_part_get_text (call), context, NULL, &error);
  rnl_part_set_result (call, result != NULL ? result : error->message);
  rnl_part_set_state (call, result != NULL ? RNL_TOOL_DONE : RNL_TOOL_FAILED);
  rnl_run_end (run, NULL);
}

/* Runs the calls of the newest step; FALSE when there were none. */
static gboolean
run_calls (RnlChatModel *model, RnlToolRegistry *tools, OfflineTurn *turn)
{
  guint found = 0;

  for (guint i = 0; i < rnl_message_get_n_parts (turn->message); i++)
    {
      RnlPart *part = rnl_message_get_part (turn->message, i);

      if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL
          || rnl_part_get_step (part) != turn->steps)
        continue;
      g_assert_nonnull (rnl_part_get_call_id (part));
      log_call (turn, part, found > 0);
      run_call (model, tools, part);
      found++;
    }
  g_assert_cmpint (rnl_message_get_finish_reason (turn->message), ==,
                   found > 0 ? RNL_FINISH_TOOL_CALLS : RNL_FINISH_STOP);

  return found > 0;
}

static void
collect_text (OfflineTurn *turn)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rnl_message_get_n_parts (turn->message); i++)
    {
      RnlPart *part = rnl_message_get_part (turn->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TEXT && rnl_part_get_step (part) == turn->steps)
        g_string_append (text, rnl_part_get_text (part));
    }
  turn->text = g_string_free (text, FALSE);
}

/* Asks, runs the tools, asks again, until there is an answer without calls. */
OfflineTurn *
offline_turn_run (RnlChatModel *model, RnlToolRegistry *tools, const char *prompt)
{
  OfflineTurn *turn = g_new0 (OfflineTurn, 1);

  turn->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  turn->calls = g_string_new (NULL);
  for (turn->steps = 0;; turn->steps++)
    {
      g_assert_cmpuint (turn->steps, <, MAX_STEPS);
      offline_turn_ask (model, tools, prompt, turn);
      if (!run_calls (model, tools, turn))
        break;
    }
  collect_text (turn);
  if (g_utf8_validate (prompt, -1, NULL) && strlen (prompt) < 200)
    g_test_message ("%s -> [%s] %s", prompt, turn->calls->str, turn->text);

  return turn;
}

void
offline_turn_free (OfflineTurn *turn)
{
  g_object_unref (turn->message);
  g_string_free (turn->calls, TRUE);
  g_free (turn->text);
  g_free (turn);
}
