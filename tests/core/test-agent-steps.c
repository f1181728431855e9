/* test-agent-steps.c: what an agent did: as records, in groups, and going on after a limit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-run-scope.h"

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

static const Play call_two[] = { { PLAY_TEXT, 0, "I look.", NULL },
                                 { PLAY_CALL, 0, "{\"v\":\"a\"}", "one" },
                                 { PLAY_CALL, 1, "{\"v\":\"b\"}", "nowhere" },
                                 END };
static const Play call_one[] = { { PLAY_CALL, 0, "{\"v\":\"c\"}", "one" }, END };
static const Play say_done[] = { { PLAY_TEXT, 0, "Done.", NULL }, END };
static const Play fail[] = { { PLAY_TEXT, 0, "Do", NULL }, { PLAY_FAIL, 0, "broken", NULL } };

typedef struct
{
  TestModel *model;
  TestTool *tool;
  RnlAgent *agent;
  Turn *turn;
} Fixture;

static void
fixture_init (Fixture *fixture, const Play *const *script, guint n)
{
  fixture->model = test_model_new (script, n);
  fixture->tool = test_tool_new ("one", RNL_TOOL_SAFE);
  fixture->agent = rnl_agent_new (RNL_CHAT_MODEL (fixture->model), NULL, NULL);
  rnl_agent_add_tool (fixture->agent, RNL_TOOL (fixture->tool));
  fixture->turn = NULL;
}

static void
fixture_clear (Fixture *fixture)
{
  if (fixture->turn != NULL)
    turn_free (fixture->turn);
  g_assert_finalize_object (fixture->agent);
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->tool);
}

static gboolean
tool_runs (gpointer user_data)
{
  return test_tool_get_n_running (user_data) > 0;
}

static void
serve_tool (Fixture *fixture, const char *result)
{
  rnl_test_wait_for (tool_runs, fixture->tool);
  test_tool_finish (fixture->tool, result, NULL);
}

static void
test_records (void)
{
  static const Play *const script[] = { call_two, say_done };
  Fixture fixture;
  GListModel *steps;
  g_autofree char *json = NULL;

  fixture_init (&fixture, script, 2);
  fixture.turn = turn_start (fixture.agent, "go");
  steps = rnl_agent_run_list_steps (fixture.turn->run);
  serve_tool (&fixture, "found");
  turn_wait (fixture.turn);

  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RnlAgentStep) step = g_list_model_get_item (steps, i);
      g_autoptr (JsonNode) node = rnl_agent_step_to_json (step);
      JsonObject *object = json_node_get_object (node);
      JsonArray *messages = json_object_get_array_member (object, "messages");

      g_assert_cmpstr (json_object_get_string_member (object, "tool"), ==,
                       i == 0 ? "one" : "nowhere");
      g_assert_cmpstr (
        json_object_get_string_member (json_object_get_object_member (object, "input"), "v"), ==,
        i == 0 ? "a" : "b");
      g_assert_cmpstr (json_object_get_string_member (object, "tool_call_id"), ==,
                       i == 0 ? "call_one" : "call_nowhere");
      g_assert_nonnull (strstr (json_object_get_string_member (object, "log"), "I look."));
      g_assert_cmpuint (json_array_get_length (messages), ==, 2);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                          json_array_get_object_element (messages, 0), "tool_calls")),
                        ==, 2);
      g_assert_cmpstr (
        json_object_get_string_member (json_array_get_object_element (messages, 1), "status"), ==,
        i == 0 ? "success" : "error");
      g_assert_cmpstr (json_object_get_string_member (object, "state"), ==,
                       i == 0 ? "done" : "failed");
      if (i == 0)
        g_assert_cmpstr (json_object_get_string_member (object, "observation"), ==, "found");
      else
        g_assert_nonnull (strstr (json_object_get_string_member (object, "observation"), "one"));
    }
  g_assert_cmpstr (fixture.turn->groups->str, ==, "action 2\nobservation 2\nanswer Done.\n");
  fixture_clear (&fixture);
}

typedef struct
{
  RnlAgentIteration *iteration;
  GError *error;
  gboolean done;
} Pulled;

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pulled *pulled = user_data;

  pulled->iteration
    = rnl_agent_run_next_iteration_finish (RNL_AGENT_RUN (source), result, &pulled->error);
  pulled->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Pulled *) user_data)->done;
}

/* Returns: (transfer full): what came, as a word or JSON */
static char *
pull (RnlAgentRun *run)
{
  Pulled pulled = { 0 };
  char *text;

  rnl_agent_run_next_iteration_async (run, NULL, pulled_cb, &pulled);
  rnl_test_wait_for (is_done, &pulled);
  if (pulled.error != NULL)
    text = g_strdup (pulled.error->message);
  else if (pulled.iteration == NULL)
    text = g_strdup ("end");
  else
    {
      g_autoptr (JsonNode) node = rnl_agent_iteration_to_json (pulled.iteration);

      text = json_to_string (node, FALSE);
    }
  g_clear_error (&pulled.error);
  g_clear_object (&pulled.iteration);

  return text;
}

static void
assert_pulled (RnlAgentRun *run, const char *prefix)
{
  g_autofree char *text = pull (run);

  g_assert_true (g_str_has_prefix (text, prefix));
}

static gboolean
finish_soon (gpointer user_data)
{
  if (test_tool_get_n_running (user_data) > 0)
    {
      test_tool_finish (user_data, "found", NULL);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
test_iterations (void)
{
  static const Play *const script[] = { call_two, call_one, say_done };
  Fixture fixture;
  RnlAgentRun *run;

  fixture_init (&fixture, script, 3);
  fixture.turn = turn_start (fixture.agent, "go");
  run = fixture.turn->run;
  assert_pulled (run, "{\"actions\":[{\"tool\":\"one\"");
  g_idle_add (finish_soon, fixture.tool);
  assert_pulled (run, "{\"steps\":[{\"tool\":\"one\"");
  assert_pulled (run, "{\"actions\":[{\"tool\":\"one\"");
  g_idle_add (finish_soon, fixture.tool);
  assert_pulled (run, "{\"steps\":[");
  assert_pulled (run, "{\"output\":\"Done.\"");
  assert_pulled (run, "end");
  assert_pulled (run, "end");
  turn_wait (fixture.turn);
  fixture_clear (&fixture);
}

/* Who pulls only after the end misses nothing; the error is told once. */
static void
test_iterations_late (void)
{
  static const Play *const script[] = { call_one, fail };
  Fixture fixture;
  RnlAgentRun *run;

  fixture_init (&fixture, script, 2);
  fixture.turn = turn_start (fixture.agent, "go");
  run = fixture.turn->run;
  serve_tool (&fixture, "found");
  turn_wait (fixture.turn);
  assert_pulled (run, "{\"actions\":");
  assert_pulled (run, "{\"steps\":");
  assert_pulled (run, "broken");
  assert_pulled (run, "end");
  fixture_clear (&fixture);
}

static void
test_iterations_give_up (void)
{
  static const Play *const script[] = { call_one, say_done };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;
  Pulled given_up = { 0 }, second = { 0 };

  fixture_init (&fixture, script, 2);
  fixture.turn = turn_start (fixture.agent, "go");
  rnl_agent_run_next_iteration_async (fixture.turn->run, cancellable, pulled_cb, &given_up);
  rnl_agent_run_next_iteration_async (fixture.turn->run, NULL, pulled_cb, &second);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (is_done, &given_up);
  rnl_test_wait_for (is_done, &second);
  g_assert_error (given_up.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&given_up.error);
  g_clear_error (&second.error);

  assert_pulled (fixture.turn->run, "{\"actions\":");
  serve_tool (&fixture, "found");
  turn_wait (fixture.turn);
  fixture_clear (&fixture);
}

/* A turn that stopped at its limit goes on in the same message. */
static void
test_continue (void)
{
  static const Play *const script[] = { call_one, call_one, say_done };
  Fixture fixture;
  RnlAgentRun *more;
  RnlMessage *message;
  Turn *second;

  fixture_init (&fixture, script, 3);
  rnl_agent_set_max_steps (fixture.agent, 1);
  fixture.turn = turn_start (fixture.agent, "go");
  serve_tool (&fixture, "first");
  turn_wait (fixture.turn);
  message = rnl_agent_run_get_message (fixture.turn->run);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_TOOL_LIMIT);
  g_assert_cmpstr (fixture.turn->groups->str, ==, "action 1\nobservation 1\n");

  rnl_agent_set_max_steps (fixture.agent, 2);
  more = rnl_agent_run_continue (fixture.turn->run);
  g_assert_nonnull (more);
  g_assert_true (rnl_agent_run_get_message (more) == message);
  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_STREAMING);
  g_assert_true (rnl_agent_run_get_run (more) != fixture.turn->root);
  second = turn_watch (more);
  serve_tool (&fixture, "second");
  turn_wait (second);

  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpstr (second->groups->str, ==, "action 1\nobservation 1\nanswer Done.\n");
  g_assert_cmpstr (second->text->str, ==, "Done.");
  g_assert_cmpuint (test_model_get_request (fixture.model, 1)->messages->len, ==, 2);
  g_assert_null (rnl_agent_run_continue (more));
  turn_free (second);
  fixture_clear (&fixture);
}

static const Play say_later[]
  = { { PLAY_TEXT, 0, "I search.", NULL }, { PLAY_FINISH, 0, "paused", NULL }, END };

/* A server that paused is asked again with what there is: a step like any other. */
static void
test_paused (void)
{
  static const Play *const script[] = { say_later, say_later, say_done };
  Fixture fixture;
  RnlChatRequest *request;
  RnlMessage *message;

  fixture_init (&fixture, script, 3);
  fixture.turn = turn_start (fixture.agent, "go");
  turn_wait (fixture.turn);

  message = rnl_agent_run_get_message (fixture.turn->run);
  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_NONE);
  g_assert_cmpstr (fixture.turn->text->str, ==, "I search.\n\nI search.\n\nDone.");
  g_assert_cmpuint (test_model_get_n_requests (fixture.model), ==, 3);
  g_assert_cmpuint (rnl_agent_run_get_steps (fixture.turn->run), ==, 3);
  request = test_model_get_request (fixture.model, 1);
  g_assert_cmpuint (request->messages->len, ==, 2);
  g_assert_true (g_ptr_array_index (request->messages, 1) == message);
  fixture_clear (&fixture);
}

/* One that never does anything else comes to the limit of steps. */
static void
test_paused_for_ever (void)
{
  static const Play *const script[] = { say_later };
  Fixture fixture;
  RnlMessage *message;

  fixture_init (&fixture, script, 1);
  rnl_agent_set_max_steps (fixture.agent, 2);
  fixture.turn = turn_start (fixture.agent, "go");
  turn_wait (fixture.turn);

  message = rnl_agent_run_get_message (fixture.turn->run);
  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_LIMIT);
  g_assert_cmpint (rnl_message_get_finish_reason (message), ==, RNL_FINISH_TOOL_LIMIT);
  g_assert_cmpuint (test_model_get_n_requests (fixture.model), ==, 2);
  fixture_clear (&fixture);
}

static void
test_raise (void)
{
  static const Play *const script[] = { call_one, say_done };
  Fixture fixture;
  RnlMessage *message;

  fixture_init (&fixture, script, 2);
  rnl_agent_set_raise_tool_errors (fixture.agent, TRUE);
  fixture.turn = turn_start (fixture.agent, "go");
  rnl_test_wait_for (tool_runs, fixture.tool);
  test_tool_finish (fixture.tool, NULL,
                    g_error_new_literal (RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "no luck"));
  turn_wait (fixture.turn);
  message = rnl_agent_run_get_message (fixture.turn->run);

  g_assert_cmpint (rnl_message_get_state (message), ==, RNL_MESSAGE_FAILED);
  g_assert_error (rnl_message_get_error (message), RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (fixture.turn, 0)), ==, RNL_TOOL_FAILED);
  g_assert_cmpstr (fixture.turn->groups->str, ==, "action 1\nobservation 1\n");
  g_assert_cmpuint (test_model_get_n_requests (fixture.model), ==, 1);
  fixture_clear (&fixture);
}

static void
test_max_parallel (void)
{
  static const Play three[] = { { PLAY_CALL, 0, "{\"v\":\"a\"}", "one" },
                                { PLAY_CALL, 1, "{\"v\":\"b\"}", "one" },
                                { PLAY_CALL, 2, "{\"v\":\"c\"}", "one" },
                                END };
  static const Play *const script[] = { three, say_done };
  Fixture fixture;

  fixture_init (&fixture, script, 2);
  rnl_agent_set_max_parallel (fixture.agent, 1);
  fixture.turn = turn_start (fixture.agent, "go");
  for (guint i = 0; i < 3; i++)
    {
      const char value[] = { (char) ('a' + i), '\0' };

      rnl_test_wait_for (tool_runs, fixture.tool);
      g_assert_cmpuint (test_tool_get_n_running (fixture.tool), ==, 1);
      g_assert_cmpstr (test_tool_get_last_value (fixture.tool), ==, value);
      test_tool_finish (fixture.tool, value, NULL);
    }
  turn_wait (fixture.turn);
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (fixture.turn, 2)), ==, "c");
  fixture_clear (&fixture);
}

static void
tagged_cb (RnlRun *root, const RnlEvent *event, GString *log)
{
  if (event->kind != RNL_EVENT_CUSTOM && rnl_run_has_tag (event->run, "internal"))
    g_string_append_printf (log, "%s %d;", rnl_run_get_name (event->run), (int) event->kind);
}

/* A model call that is nobody's to read: in the events, not in the answer. */
static void
test_hidden_model (void)
{
  static const Play standalone[] = { { PLAY_TEXT, 0, " Is water wet? ", NULL }, END };
  static const Play *const script[] = { standalone, say_done };
  Fixture fixture;
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) log = g_string_new (NULL);
  RnlChatRequest *request;
  g_autofree char *asked = NULL, *first = NULL;

  fixture_init (&fixture, script, 2);
  rnl_agent_set_condense_questions (fixture.agent, TRUE);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "What is water?"));
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_ASSISTANT, "A liquid."));
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Is it wet?"));
  fixture.turn = turn_watch (rnl_agent_start (fixture.agent, history, NULL));
  g_signal_connect (fixture.turn->root, "event", G_CALLBACK (tagged_cb), log);
  turn_wait (fixture.turn);
  g_signal_handlers_disconnect_by_data (fixture.turn->root, log);

  g_assert_cmpstr (log->str, ==, "condense_question 0;condense_question 1;condense_question 2;");
  g_assert_cmpstr (fixture.turn->text->str, ==, "Done.");
  g_assert_cmpuint (rnl_message_get_n_parts (rnl_agent_run_get_message (fixture.turn->run)), ==, 1);
  request = test_model_get_request (fixture.model, 0);
  first = rnl_message_dup_text (g_ptr_array_index (request->messages, 0));
  g_assert_nonnull (strstr (first, "assistant: A liquid."));
  request = test_model_get_request (fixture.model, 1);
  g_assert_cmpuint (request->messages->len, ==, 1);
  asked = rnl_message_dup_text (g_ptr_array_index (request->messages, 0));
  g_assert_cmpstr (asked, ==, "Is water wet?");
  fixture_clear (&fixture);
}

static void
own_cb (RnlRun *root, const RnlEvent *event, guint *count)
{
  g_assert_true (rnl_run_get_root (event->run) == root);
  (*count)++;
}

/* Two turns of one agent at the same time: each hears of itself alone. */
static void
test_two_turns (void)
{
  static const Play first[] = { { PLAY_TEXT, 0, "o", NULL }, { PLAY_TEXT, 0, "ne", NULL }, END };
  static const Play second[] = { { PLAY_TEXT, 0, "t", NULL }, { PLAY_TEXT, 0, "wo", NULL }, END };
  static const Play *const script[] = { first, second };
  Fixture fixture;
  Turn *other;
  guint n_first = 0, n_second = 0;

  fixture_init (&fixture, script, 2);
  fixture.turn = turn_start (fixture.agent, "first");
  other = turn_start (fixture.agent, "second");
  g_assert_true (fixture.turn->run != other->run);
  g_signal_connect (fixture.turn->root, "event", G_CALLBACK (own_cb), &n_first);
  g_signal_connect (other->root, "event", G_CALLBACK (own_cb), &n_second);
  turn_wait (fixture.turn);
  turn_wait (other);
  g_assert_cmpstr (fixture.turn->text->str, ==, "one");
  g_assert_cmpstr (other->text->str, ==, "two");
  g_assert_cmpuint (n_first, ==, 6);
  g_assert_cmpuint (n_second, ==, 6);
  turn_free (other);
  fixture_clear (&fixture);
}

static void
set_param (RnlRunConfig *config, const char *name, double value)
{
  g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), value);

  rnl_run_config_set_param (config, name, node);
}

static void
scope_cb (RnlRunScope *scope, const RnlEvent *event, guint *count)
{
  (*count)++;
}

/* What one turn is asked with goes over the agent's own, and leaves it as it was. */
static void
test_ask_configured (void)
{
  static const Play *const script[] = { say_done };
  Fixture fixture;
  g_autoptr (RnlRunConfig) defaults = rnl_run_config_new ();
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  RnlRunScope *scope = rnl_run_scope_new ("test", NULL);
  RnlChatRequest *request;
  guint n_seen = 0;
  Turn *plain;

  fixture_init (&fixture, script, 1);
  set_param (defaults, "temperature", 0.25);
  set_param (defaults, "max_tokens", 7);
  rnl_run_config_add_tag (defaults, "ours");
  rnl_agent_set_config (fixture.agent, defaults);
  set_param (config, "temperature", 0.5);
  rnl_run_config_set_name (config, "mine");
  rnl_run_config_add_tag (config, "special");
  rnl_run_config_set_metadata (config, "who", "me");
  rnl_run_config_set_stream (config, RNL_RUN_STREAM_NO);
  rnl_run_config_set_scope (config, scope);
  g_signal_connect (scope, "event", G_CALLBACK (scope_cb), &n_seen);

  fixture.turn = turn_watch (rnl_agent_ask (fixture.agent, "hi", config));
  turn_wait (fixture.turn);
  request = test_model_get_request (fixture.model, 0);
  g_assert_cmpfloat (request->temperature, ==, 0.5);
  g_assert_cmpuint (request->max_tokens, ==, 7);
  g_assert_false (request->stream);
  g_assert_cmpstr (rnl_run_get_name (fixture.turn->root), ==, "mine");
  g_assert_true (rnl_run_has_tag (fixture.turn->root, "ours"));
  g_assert_true (rnl_run_has_tag (fixture.turn->root, "special"));
  g_assert_cmpstr (json_object_get_string_member (rnl_run_get_metadata (fixture.turn->root), "who"),
                   ==, "me");
  g_assert_cmpuint (n_seen, ==, fixture.turn->events->len);

  plain = turn_watch (rnl_agent_ask (fixture.agent, "hi", NULL));
  turn_wait (plain);
  request = test_model_get_request (fixture.model, 1);
  g_assert_cmpfloat (request->temperature, ==, 0.25);
  g_assert_true (request->stream);
  g_assert_cmpstr (rnl_run_get_name (plain->root), ==, "agent");
  g_assert_false (rnl_run_has_tag (plain->root, "special"));
  g_assert_cmpuint (n_seen, ==, fixture.turn->events->len);
  turn_free (plain);
  fixture_clear (&fixture);
  g_clear_pointer (&config, rnl_run_config_unref);
  g_signal_handlers_disconnect_by_data (scope, &n_seen);
  g_assert_finalize_object (scope);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/agent-steps/records", test_records);
  g_test_add_func ("/agent-steps/iterations", test_iterations);
  g_test_add_func ("/agent-steps/paused", test_paused);
  g_test_add_func ("/agent-steps/paused/for-ever", test_paused_for_ever);
  g_test_add_func ("/agent-steps/iterations/late", test_iterations_late);
  g_test_add_func ("/agent-steps/iterations/give-up", test_iterations_give_up);
  g_test_add_func ("/agent-steps/continue", test_continue);
  g_test_add_func ("/agent-steps/raise", test_raise);
  g_test_add_func ("/agent-steps/max-parallel", test_max_parallel);
  g_test_add_func ("/agent-steps/hidden-model", test_hidden_model);
  g_test_add_func ("/agent-steps/two-turns", test_two_turns);
  g_test_add_func ("/agent-steps/ask-configured", test_ask_configured);

  return g_test_run ();
}
