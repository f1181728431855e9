/* rnl-cli-ask.c: one question, watched
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rnl-cli-approval.h"
#include "rnl-cli-ask-options.h"
#include "rnl-cli-attach.h"
#include "rnl-cli-console.h"
#include "rnl-cli-retry.h"
#include "rnl-conversation.h"
#include "rnl-final-answer.h"
#include "rnl-http-model.h"
#include "rnl-offline-helper.h"
#include "rnl-json-value.h"
#include "rnl-message-export.h"
#include "rnl-run-patcher.h"
#include "rnl-run-recorder.h"

typedef struct
{
  /* owned */
  RnlAskOptions *options;
  GSettings *settings;
  RnlAccounts *accounts;
  RnlLibrary *library;
  RnlToolRegistry *tools;
  RnlConversation *conversation;
  RnlMessage *question;
  RnlRun *run;
  RnlRunPatcher *patcher;
  RnlRunRecorder *recorder;
  RnlCliRetry *retry; /* NULL where nobody watches */
  GMainLoop *loop;

  RnlExit status;
  gboolean interrupted;
  gboolean broken_pipe;
  gboolean in_line;
} Ask;

static void
ask_clear (Ask *ask)
{
  g_clear_object (&ask->conversation);
  g_clear_object (&ask->question);
  g_clear_pointer (&ask->patcher, rnl_run_patcher_free);
  g_clear_object (&ask->recorder);
  g_clear_pointer (&ask->retry, rnl_cli_retry_free);
  g_clear_object (&ask->run);
  g_clear_object (&ask->tools);
  g_clear_object (&ask->library);
  g_clear_object (&ask->accounts);
  g_clear_object (&ask->settings);
  g_clear_pointer (&ask->options, rnl_ask_options_free);
  g_clear_pointer (&ask->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ask, ask_clear)

/* Setting up. */

static RnlChatModel *
choose_model (Ask *ask, GError **error)
{
  RnlAskOptions *options = ask->options;
  g_autofree char *configured = NULL;
  const char *id = options->model;

  if (options->base_url != NULL)
    return rnl_http_model_new (options->protocol, options->base_url, id != NULL ? id : "default",
                               options->api_key, error);
  if (id == NULL && ask->settings != NULL)
    id = configured = g_settings_get_string (ask->settings, "model");
  if (id == NULL || *id == '\0')
    id = "offline/helper";

  return rnl_accounts_create_model (ask->accounts, id, error);
}

/* Asked for by its option or among the tools; the offline helper shows by itself how it is done. */
static gboolean
wants_final_answer (Ask *ask, RnlChatModel *model)
{
  const char *wanted = ask->options->tools;
  g_auto (GStrv) names = g_strsplit (wanted != NULL ? wanted : "all", ",", -1);

  return ask->options->final_answer
         || g_strv_contains ((const char *const *) names, RNL_FINAL_ANSWER_TOOL)
         || (RNL_IS_OFFLINE_HELPER (model) && g_strcmp0 (names[0], "all") == 0);
}

static gboolean
check_tool_name (Ask *ask, const char *name, GError **error)
{
  g_autofree char *all = NULL;

  if (rnl_tool_registry_find (ask->tools, name) != NULL
      || g_str_equal (name, RNL_FINAL_ANSWER_TOOL))
    return TRUE;

  all = rnl_tool_registry_dup_names (ask->tools);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "\"%s\" is not a tool; there are: %s", name, all);

  return FALSE;
}

/* Either one of the words, or a tool. */
static gboolean
check_tool_choice (Ask *ask, GError **error)
{
  static const char *const words[] = { "auto", "none", "any", NULL };
  const char *choice = ask->options->params.tool_choice;

  return choice == NULL || g_strv_contains (words, choice) || check_tool_name (ask, choice, error);
}

static gboolean
choose_tools (Ask *ask, GError **error)
{
  const char *wanted = ask->options->tools;
  g_auto (GStrv) names = NULL;
  GListModel *list = G_LIST_MODEL (ask->tools);

  if (!check_tool_choice (ask, error))
    return FALSE;
  if (wanted == NULL || g_str_equal (wanted, "all"))
    return TRUE;

  names = g_strsplit (g_str_equal (wanted, "none") ? "" : wanted, ",", -1);
  for (gsize i = 0; names[i] != NULL; i++)
    if (!check_tool_name (ask, names[i], error))
      return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (list, i);
      const char *name = rnl_tool_get_name (tool);

      rnl_tool_registry_set_enabled (ask->tools, name,
                                     g_strv_contains ((const char *const *) names, name));
    }

  return TRUE;
}

static gboolean
open_chat (Ask *ask, RnlChatModel *model, GError **error)
{
  RnlAskOptions *options = ask->options;
  gboolean keep = options->save || options->chat_id != NULL;
  g_autoptr (RnlChat) chat = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (options->chat_id != NULL)
    {
      RnlChat *found = rnl_library_find_chat (ask->library, options->chat_id);

      if (found == NULL)
        {
          g_set_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND,
                       "There is no chat %s; \"runnel-cli chats list\" shows them",
                       options->chat_id);
          return FALSE;
        }
      chat = g_object_ref (found);
    }
  else
    chat = rnl_chat_new ();

  ask->conversation = rnl_conversation_new (keep ? ask->library : NULL, chat, model, ask->tools);
  rnl_conversation_load_async (ask->conversation, G_MAXUINT, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);

  return rnl_conversation_load_finish (ask->conversation, result, error);
}

/* Watching. */

static void
write_out (Ask *ask, const char *text)
{
  if (ask->broken_pipe)
    return;
  if (fputs (text, stdout) == EOF || fflush (stdout) == EOF)
    {
      ask->broken_pipe = TRUE;
      rnl_conversation_stop (ask->conversation);
    }
}

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, Ask *ask)
{
  ask->in_line = TRUE; /* the end gives the answer its last newline, whatever it ends with */
  write_out (ask, text);
}

static void
write_json_line (Ask *ask, JsonNode *node)
{
  g_autofree char *text = rnl_json_to_string (node, FALSE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  write_out (ask, line);
}

static void
event_cb (RnlRun *run, const RnlEvent *event, Ask *ask)
{
  g_autoptr (JsonNode) node = NULL;

  if (!rnl_event_filter_matches (&ask->options->filter, event))
    return;
  node = rnl_event_to_json (event);
  write_json_line (ask, node);
}

static void
log_event_cb (RnlRun *run, const RnlEvent *event, Ask *ask)
{
  g_autoptr (JsonNode) patch = rnl_run_patcher_take_event (ask->patcher, event);

  if (patch != NULL)
    write_json_line (ask, patch);
}

static void
trace_failed_cb (RnlRunRecorder *recorder, const GError *error, gpointer user_data)
{
  g_printerr ("runnel-cli: the trace is incomplete: %s\n", error->message);
}

static gboolean
was_refused (RnlMessage *message)
{
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
          && rnl_part_get_state (part) == RNL_TOOL_REFUSED)
        return TRUE;
    }

  return FALSE;
}

static RnlExit
exit_status (Ask *ask, RnlMessage *message)
{
  if (ask->interrupted)
    return RNL_EXIT_INTERRUPTED;

  switch (rnl_message_get_state (message))
    {
    case RNL_MESSAGE_COMPLETE:
      return was_refused (message) ? RNL_EXIT_REFUSED : RNL_EXIT_OK;
    case RNL_MESSAGE_LIMIT:
      return RNL_EXIT_LIMIT;
    case RNL_MESSAGE_STREAMING:
    case RNL_MESSAGE_STOPPED:
    case RNL_MESSAGE_FAILED:
    case RNL_MESSAGE_INTERRUPTED:
    default:
      return RNL_EXIT_FAILED;
    }
}

static void
print_result (Ask *ask, RnlAgentRun *run)
{
  RnlMessage *message = rnl_agent_run_get_message (run);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (ask->options->format == RNL_FORMAT_TEXT && ask->in_line)
    write_out (ask, "\n");
  if (ask->options->format != RNL_FORMAT_JSON)
    return;

  node = json_node_new (JSON_NODE_OBJECT);
  object = rnl_message_to_json (message);
  json_object_set_int_member (object, "steps", rnl_agent_run_get_steps (run));
  json_node_take_object (node, object);
  rnl_cli_print_json (node, TRUE);
}

static void
tell_limit (Ask *ask, RnlMessage *message)
{
  gboolean time = rnl_message_get_finish_reason (message) == RNL_FINISH_TIME_LIMIT;
  RnlChat *chat = rnl_conversation_get_chat (ask->conversation);

  g_printerr ("runnel-cli: a limit was reached: %s\n", time ? "--time-limit" : "--max-steps");
  if (ask->options->save || ask->options->chat_id != NULL)
    g_printerr ("runnel-cli: to go on: runnel-cli ask --chat %s \"Go on.\"\n",
                rnl_chat_get_id (chat));
}

/* What came is an answer, and not all of one. */
static void
tell_cut (RnlMessage *message)
{
  if (rnl_message_is_cut_off (message))
    g_printerr ("runnel-cli: the answer is cut off: it is as long as it may be (--max-tokens)\n");
}

/* Only an answer that is whole can fit. */
static void
check_answer (Ask *ask, RnlAgentRun *run)
{
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (ask->status != RNL_EXIT_OK)
    return;
  answer = rnl_agent_run_dup_answer (run);
  if (!rnl_cli_params_check_answer (&ask->options->params, answer, &error))
    ask->status = rnl_cli_fail_error (RNL_EXIT_SCHEMA, error);
}

static void
ended_cb (RnlAgentRun *run, Ask *ask)
{
  RnlMessage *message = rnl_agent_run_get_message (run);
  const GError *error = rnl_message_get_error (message);

  print_result (ask, run);
  ask->status = exit_status (ask, message);
  tell_cut (message);
  if (error != NULL)
    g_printerr ("runnel-cli: %s\n", error->message);
  else if (ask->status == RNL_EXIT_LIMIT)
    tell_limit (ask, message);
  else if (ask->status == RNL_EXIT_REFUSED)
    g_printerr ("runnel-cli: a tool was not allowed to run; see --approve\n");
  check_answer (ask, run);
  g_main_loop_quit (ask->loop);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Ask *ask = user_data;

  ask->interrupted = TRUE;
  rnl_conversation_stop (ask->conversation);

  return G_SOURCE_CONTINUE;
}

static void
make_run (Ask *ask)
{
  RnlAskOptions *options = ask->options;
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  rnl_run_config_set_scope (config, rnl_conversation_get_scope (ask->conversation));
  rnl_run_config_set_name (config, options->run_name);
  for (gsize i = 0; options->tags != NULL && options->tags[i] != NULL; i++)
    rnl_run_config_add_tag (config, options->tags[i]);
  for (gsize i = 0; options->metadata != NULL && options->metadata[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (options->metadata[i], "=", 2);

      rnl_run_config_set_metadata (config, pair[0], pair[1]);
    }
  rnl_cli_params_apply (&options->params, config);
  ask->run = rnl_run_new_configured (RNL_RUN_AGENT, NULL, config, "agent");
  ask->retry = rnl_cli_retry_new (ask->run);
  if (options->format == RNL_FORMAT_EVENTS)
    g_signal_connect (ask->run, "event", G_CALLBACK (event_cb), ask);
  if (options->format == RNL_FORMAT_LOG)
    {
      ask->patcher = rnl_run_patcher_new (ask->run, &options->filter);
      g_signal_connect (ask->run, "event", G_CALLBACK (log_event_cb), ask);
    }
  if (options->verbose)
    g_signal_connect (ask->run, "event", G_CALLBACK (rnl_cli_console_cb), &ask->in_line);
}

static void
record_run (Ask *ask)
{
  if (ask->options->no_trace
      || (ask->settings != NULL && !g_settings_get_boolean (ask->settings, "trace")))
    return;
  ask->recorder = rnl_run_recorder_new (NULL);
  g_signal_connect (ask->recorder, "failed", G_CALLBACK (trace_failed_cb), NULL);
  rnl_run_recorder_observe (ask->recorder, rnl_run_scope_get_default ());
}

static void
write_failed_cb (RnlLibrary *library, const GError *error, gpointer user_data)
{
  g_printerr ("runnel-cli: the chat could not be saved: %s\n", error->message);
}

static void
flush_library (Ask *ask)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (ask->library == NULL)
    return;
  rnl_library_flush_async (ask->library, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
  if (!rnl_library_flush_finish (ask->library, result, &error))
    ask->status = rnl_cli_fail_error (RNL_EXIT_FAILED, error);
}

static void
flush_recorder (Ask *ask)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (ask->recorder == NULL)
    return;
  rnl_run_recorder_flush_async (ask->recorder, NULL, rnl_cli_result_cb, &result);
  rnl_cli_wait (&result);
}

static void
run_turn (Ask *ask)
{
  RnlAgentRun *run = rnl_conversation_send_message (ask->conversation, ask->question, ask->run);
  guint interrupt = g_unix_signal_add (SIGINT, interrupted_cb, ask);
  guint terminate = g_unix_signal_add (SIGTERM, interrupted_cb, ask);

  if (ask->options->format == RNL_FORMAT_TEXT)
    g_signal_connect (run, "text-delta", G_CALLBACK (text_delta_cb), ask);
  g_signal_connect (run, "approval-needed", G_CALLBACK (rnl_cli_approval_needed_cb), NULL);
  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), ask);
  g_main_loop_run (ask->loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  flush_library (ask);
  flush_recorder (ask);
}

/* The chats are needed for --chat and --save; otherwise only for search_chats, if they are there.
 */
static gboolean
open_library (Ask *ask, GError **error)
{
  g_autoptr (GError) local = NULL;

  ask->library = rnl_cli_library_open (&local);
  if (ask->library != NULL)
    {
      g_signal_connect (ask->library, "write-failed", G_CALLBACK (write_failed_cb), NULL);
      return TRUE;
    }
  if (!ask->options->save && ask->options->chat_id == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

RnlExit
rnl_cli_ask (int argc, char **argv)
{
  g_auto (Ask) ask = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) model = NULL;
  g_autoptr (RnlPermissionPolicy) policy = NULL;

  signal (SIGPIPE, SIG_IGN);
  ask.options = rnl_ask_options_parse (argc, argv, &error);
  if (ask.options == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  ask.question = rnl_cli_attach_make_question (ask.options, &error);
  if (ask.question == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);

  ask.settings = rnl_cli_settings_new ();
  ask.accounts = rnl_accounts_new (ask.settings);
  if (!open_library (&ask, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);
  ask.tools = rnl_cli_tools_new (ask.settings, ask.library);
  model = choose_model (&ask, &error);
  if (model == NULL || !choose_tools (&ask, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, error);
  if (!open_chat (&ask, model, &error))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, error);

  policy = rnl_permission_policy_new (ask.options->approve);
  rnl_conversation_set_policy (ask.conversation, policy);
  rnl_conversation_set_limits (ask.conversation, ask.options->max_steps, ask.options->time_limit);
  rnl_conversation_set_stream (ask.conversation, !ask.options->no_stream);
  rnl_conversation_set_final_answer_tool (ask.conversation, wants_final_answer (&ask, model));
  if (ask.options->system != NULL)
    rnl_conversation_set_system (ask.conversation, ask.options->system);
  make_run (&ask);
  record_run (&ask);
  run_turn (&ask);

  return ask.status;
}
