/* test-agent.c: the loop, every road through it and every end of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-builtin-tools.h"
#include "rnl-provider-error.h"

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

static RnlAgent *
make_agent (const Play *const *script, guint n_turns, RnlToolRegistry *tools, RnlApprove approve)
{
  g_autoptr (TestModel) model = test_model_new (script, n_turns);
  g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (approve);

  return rnl_agent_new (RNL_CHAT_MODEL (model), tools, policy);
}

static RnlMessage *
message_of (Turn *turn)
{
  return rnl_agent_run_get_message (turn->run);
}

static void
test_plain (void)
{
  static const Play answer[] = { { PLAY_REASONING, 0, "Hm.", NULL },
                                 { PLAY_TEXT, 0, "", NULL },
                                 { PLAY_TEXT, 0, "Hello, ", NULL },
                                 { PLAY_TEXT, 0, "world", NULL },
                                 { PLAY_USAGE, 7, NULL, NULL },
                                 { PLAY_FINISH, 0, "stop", NULL },
                                 END };
  static const Play *const script[] = { answer };
  g_autoptr (RnlAgent) agent = make_agent (script, 1, NULL, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = turn_start (agent, "hi");
  g_autofree char *log = NULL;

  g_assert_cmpuint (turn->events->len, ==, 0); /* nothing before this returned */
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_cmpstr (
    log, ==,
    "start agent agent\nstart chat_model test/model\nend chat_model test/model\nend agent agent\n");
  g_assert_cmpstr (turn->text->str, ==, "Hello, world");
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_STOP);
  g_assert_cmpint (rnl_message_get_usage (message_of (turn))->output, ==, 7);
  g_assert_cmpuint (rnl_message_get_n_parts (message_of (turn)), ==, 2);
  g_assert_cmpint (rnl_part_get_part_type (rnl_message_get_part (message_of (turn), 0)), ==,
                   RNL_PART_REASONING);
  g_assert_cmpint (rnl_message_get_first_token (message_of (turn)), >=, 0);
}

/* A last word that is no answer: the person is told, keeps what came, and no tool runs for it. */
static void
test_no_answer (void)
{
  static const Play filtered[] = { { PLAY_TEXT, 0, "He", NULL },
                                   { PLAY_CALL, 0, "{}", "one" },
                                   { PLAY_FINISH, 0, "content_filter", NULL },
                                   END };
  static const Play broken[] = { { PLAY_FINISH, 0, "error", NULL }, END };
  static const Play spent[]
    = { { PLAY_REASONING, 0, "Hm.", NULL }, { PLAY_FINISH, 0, "length", NULL }, END };
  static const Play cut[]
    = { { PLAY_TEXT, 0, "He", NULL }, { PLAY_FINISH, 0, "length", NULL }, END };
  static const struct
  {
    const Play *script[1];
    RnlProviderError code;
    RnlFinishReason reason;
  } ends[] = {
    { { filtered }, RNL_PROVIDER_ERROR_CONTENT_REFUSED, RNL_FINISH_CONTENT_FILTER },
    { { broken }, RNL_PROVIDER_ERROR_FAILED, RNL_FINISH_ERROR },
    { { spent }, RNL_PROVIDER_ERROR_FAILED, RNL_FINISH_LENGTH },
    { { cut }, RNL_PROVIDER_ERROR_FAILED, RNL_FINISH_LENGTH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (RnlAgent) agent = make_agent (ends[i].script, 1, NULL, RNL_APPROVE_ASK);
      g_autoptr (Turn) turn = turn_start (agent, "hi");
      const GError *error;

      turn_wait (turn);
      error = rnl_message_get_error (message_of (turn));
      g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, ends[i].reason);
      g_assert_cmpstr (rnl_message_get_raw_finish_reason (message_of (turn)), ==,
                       rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) ends[i].reason));
      /* What was cut off after a word is an answer, as far as it goes. */
      if (ends[i].script[0] == cut)
        {
          g_assert_no_error (error);
          g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
          continue;
        }
      g_assert_error (error, RNL_PROVIDER_ERROR, (gint) ends[i].code);
      g_assert_nonnull (
        strstr (error->message, rnl_message_get_raw_finish_reason (message_of (turn))));
      g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_FAILED);
      if (ends[i].script[0] == filtered)
        g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_CANCELLED);
    }
}

static const Play call_add[]
  = { { PLAY_TEXT, 0, "Let me see.", NULL },  { PLAY_CALL, 0, NULL, "add" },
      { PLAY_ARGS, 0, "{\"x\": 1", NULL },    { PLAY_ARGS, 0, "0, \"y\": 10}", NULL },
      { PLAY_FINISH, 0, "tool_calls", NULL }, END };
static const Play say_twenty[]
  = { { PLAY_TEXT, 0, "It is 20.", NULL }, { PLAY_FINISH, 0, "stop", NULL }, END };

static void
test_tool (void)
{
  static const Play *const script[] = { call_add, say_twenty };
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  RnlToolScope scope = { 0 };
  g_autoptr (RnlAgent) agent = make_agent (script, 2, tools, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = NULL;
  g_autofree char *log = NULL;
  RnlPart *call;

  rnl_builtin_tools_add (tools, &scope);
  turn = turn_start (agent, "What is 10 + 10?");
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);
  call = turn_get_call (turn, 0);

  g_assert_cmpstr (log, ==,
                   "start agent agent\n"
                   "start chat_model test/model\nend chat_model test/model\n"
                   "start tool add\nend tool add\n"
                   "start chat_model test/model\nend chat_model test/model\n"
                   "end agent agent\n");
  g_assert_cmpstr (turn->text->str, ==, "Let me see.\n\nIt is 20.");
  g_assert_cmpint (rnl_part_get_state (call), ==, RNL_TOOL_DONE);
  g_assert_cmpstr (rnl_part_get_result (call), ==, "20");
  g_assert_cmpstr (rnl_part_get_text (call), ==, "{\"x\": 10, \"y\": 10}");
  g_assert_cmpstr (rnl_part_get_title (call), !=, "add");
  g_assert_cmpuint (turn->n_steps, ==, 2);
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
}

static const Play call_two[] = { { PLAY_CALL, 0, NULL, "one" },
                                 { PLAY_CALL, 1, NULL, "two" },
                                 { PLAY_ARGS, 0, "{\"v\":\"a\"}", NULL },
                                 { PLAY_ARGS, 1, "{\"v\":\"b\"}", NULL },
                                 END };
static const Play say_done[] = { { PLAY_TEXT, 0, "Done.", NULL }, END };
static const Play *const two_script[] = { call_two, say_done };

typedef struct
{
  RnlToolRegistry *tools;
  TestTool *one;
  TestTool *two;
} TwoTools;

static void
two_tools_init (TwoTools *two, RnlToolPermission permission)
{
  two->tools = rnl_tool_registry_new ();
  two->one = test_tool_new ("one", permission);
  two->two = test_tool_new ("two", permission);
  rnl_tool_registry_add (two->tools, RNL_TOOL (two->one));
  rnl_tool_registry_add (two->tools, RNL_TOOL (two->two));
}

static void
two_tools_clear (TwoTools *two)
{
  g_object_unref (two->tools);
  g_assert_finalize_object (two->one);
  g_assert_finalize_object (two->two);
}

static gboolean
both_run (gpointer user_data)
{
  TwoTools *two = user_data;

  return test_tool_get_n_running (two->one) == 1 && test_tool_get_n_running (two->two) == 1;
}

static void
test_parallel (void)
{
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;
  g_autofree char *log = NULL;

  two_tools_init (&two, RNL_TOOL_SAFE);
  agent = make_agent (two_script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "both");
  rnl_test_wait_for (both_run, &two);
  g_assert_cmpstr (rnl_part_get_output (turn_get_call (turn, 0)), ==, "working");
  test_tool_finish (two.two, "second", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_tool_finish (two.one, NULL,
                    g_error_new_literal (RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "no luck"));
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_cmpstr (log, ==,
                   "start agent agent\nstart chat_model test/model\nend chat_model test/model\n"
                   "start tool one\nstart tool two\nend tool two\nerror tool one\n"
                   "start chat_model test/model\nend chat_model test/model\nend agent agent\n");
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_FAILED);
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (turn, 0)), ==, "no luck");
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (turn, 1)), ==, "second");

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

static void
test_bad_calls (void)
{
  static const Play unknown[] = { { PLAY_CALL, 0, "{}", "teleport" },
                                  { PLAY_CALL, 1, "{\"v\": 1}", "one" },
                                  { PLAY_CALL, 2, "{\"v\":", "two" },
                                  END };
  static const Play *const script[] = { unknown, say_done };
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_SAFE);
  agent = make_agent (script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "go");
  turn_wait (turn);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, i)), ==, RNL_TOOL_FAILED);
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 0)), "not a tool"));
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 0)), "one, two"));
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 1)), "/v"));
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 2)), "not valid JSON"));
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpuint (test_tool_get_n_running (two.one), ==, 0);

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

/* Collects the inputs of tool runs, and the agent's output. */
static void
collect_cb (RnlRun *root, const RnlEvent *event, GString *said)
{
  g_autoptr (JsonNode) data = NULL;
  g_autofree char *text = NULL;

  if (!(event->kind == RNL_EVENT_START && rnl_run_get_run_type (event->run) == RNL_RUN_TOOL)
      && !(event->kind == RNL_EVENT_END && event->run == root))
    return;

  data = rnl_event_data_to_json (event);
  text = json_to_string (data, FALSE);
  g_string_append_printf (said, "%s\n", text);
}

/* Calls start in their order, also those that cannot run; what was asked for is seen as it is. */
static void
test_call_order (void)
{
  static const Play mixed[] = { { PLAY_CALL, 0, "{\"v\":\"a\"}", "one" },
                                { PLAY_CALL, 2, "{\"x\":1}", "teleport" },
                                { PLAY_CALL, 3, "{\"v\":\"b\"}", "two" },
                                { PLAY_CALL, 5, "{\"v\":", "one" },
                                END };
  static const Play *const script[] = { mixed, say_done };
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *log = NULL;
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_SAFE);
  agent = make_agent (script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "go");
  g_signal_connect (turn->root, "event", G_CALLBACK (collect_cb), said);
  rnl_test_wait_for (both_run, &two);
  test_tool_finish (two.one, "1", NULL);
  test_tool_finish (two.two, "2", NULL);
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_nonnull (strstr (log, "start tool one\nstart tool teleport\nerror tool teleport\n"
                                 "start tool two\nstart tool one\nerror tool one\n"
                                 "end tool one\nend tool two\n"));
  g_assert_cmpstr (said->str, ==,
                   "{\"input\":{\"v\":\"a\"}}\n{\"input\":{\"x\":1}}\n"
                   "{\"input\":{\"v\":\"b\"}}\n{\"input\":\"{\\\"v\\\":\"}\n"
                   "{\"output\":{\"content\":\"Done.\",\"finish_reason\":\"stop\"}}\n");

  g_signal_handlers_disconnect_by_func (turn->root, collect_cb, said);
  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

static void
refuse_cb (RnlAgentRun *run, RnlPart *call, gpointer data)
{
  rnl_agent_run_decide (run, call, RNL_DECISION_REFUSE, NULL);
}

/* Who refuses while being asked has one run that failed for each call, and one next step. */
static void
test_refused_at_once (void)
{
  g_autofree char *log = NULL;
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_ASKS);
  agent = make_agent (two_script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "both");
  g_signal_connect (turn->run, "approval-needed", G_CALLBACK (refuse_cb), NULL);
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_cmpstr (log, ==,
                   "start agent agent\nstart chat_model test/model\nend chat_model test/model\n"
                   "start tool one\nerror tool one\nstart tool two\nerror tool two\n"
                   "start chat_model test/model\nend chat_model test/model\nend agent agent\n");

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

static void
test_max_steps (void)
{
  static const Play *const script[] = { call_add };
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  RnlToolScope scope = { 0 };
  g_autoptr (RnlAgent) agent = make_agent (script, 1, tools, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = NULL;

  rnl_builtin_tools_add (tools, &scope);
  rnl_agent_set_max_steps (agent, 3);
  turn = turn_start (agent, "for ever");
  turn_wait (turn);

  g_assert_cmpuint (rnl_agent_run_get_steps (turn->run), ==, 3);
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_LIMIT);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_TOOL_LIMIT);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 2)), ==, RNL_TOOL_DONE);
}

static const Play half_then_hang[]
  = { { PLAY_TEXT, 0, "half", NULL }, { PLAY_HANG, 0, NULL, NULL } };
static const Play *const hang_script[] = { half_then_hang };

static gboolean
has_text (gpointer user_data)
{
  return ((Turn *) user_data)->text->len > 0;
}

static void
test_time_limit (void)
{
  g_autoptr (RnlAgent) agent = make_agent (hang_script, 1, NULL, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = NULL;

  rnl_agent_set_time_limit (agent, 1);
  turn = turn_start (agent, "slow");
  turn_wait (turn);

  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_LIMIT);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_TIME_LIMIT);
  g_assert_cmpstr (turn->text->str, ==, "half");
}

static void
test_cancel_model (void)
{
  g_autoptr (RnlAgent) agent = make_agent (hang_script, 1, NULL, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = turn_start (agent, "slow");
  g_autofree char *log = NULL;

  rnl_test_wait_for (has_text, turn);
  rnl_agent_run_cancel (turn->run);
  g_assert_cmpuint (turn->n_ended, ==, 1);
  rnl_agent_run_cancel (turn->run);
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_cmpstr (log, ==,
                   "start agent agent\nstart chat_model test/model\ncancel chat_model test/model\n"
                   "cancel agent agent\n");
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_STOPPED);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_CANCELLED);
  g_assert_cmpstr (turn->text->str, ==, "half");
}

static void
test_cancel_at_once (void)
{
  g_autoptr (RnlAgent) agent = make_agent (hang_script, 1, NULL, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = turn_start (agent, "never mind");

  rnl_agent_run_cancel (turn->run);
  turn_wait (turn);
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_STOPPED);
}

/* A tool that does not care that it was cancelled holds nobody up, and its late result is dropped.
 */
static void
test_cancel_tool (void)
{
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_SAFE);
  agent = make_agent (two_script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "both");
  rnl_test_wait_for (both_run, &two);
  rnl_agent_run_cancel (turn->run);
  turn_wait (turn);
  test_tool_finish (two.one, "late", NULL);
  test_tool_finish (two.two, "late", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_CANCELLED);
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (turn, 0)), !=, "late");
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 1)), ==, RNL_TOOL_CANCELLED);

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

static void
test_error (void)
{
  static const Play broken[] = { { PLAY_TEXT, 0, "ten tokens", NULL },
                                 { PLAY_CALL, 0, "{\"x\": 1", "add" },
                                 { PLAY_FAIL, 0, "the connection broke", NULL } };
  static const Play *const script[] = { broken };
  g_autoptr (RnlAgent) agent = make_agent (script, 1, NULL, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = turn_start (agent, "hi");
  g_autofree char *log = NULL;

  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);

  g_assert_cmpstr (log, ==,
                   "start agent agent\nstart chat_model test/model\nerror chat_model test/model\n"
                   "error agent agent\n");
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_FAILED);
  g_assert_cmpstr (rnl_message_get_error (message_of (turn))->message, ==, "the connection broke");
  g_assert_cmpstr (turn->text->str, ==, "ten tokens");
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_CANCELLED);
}

static gboolean
both_wait (gpointer user_data)
{
  return ((Turn *) user_data)->n_approvals == 2;
}

static gboolean
second_runs (gpointer user_data)
{
  return test_tool_get_n_running (((TwoTools *) user_data)->two) == 1;
}

static void
test_approval (void)
{
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_ASKS);
  agent = make_agent (two_script, 2, two.tools, RNL_APPROVE_ASK);
  turn = turn_start (agent, "both");
  rnl_test_wait_for (both_wait, turn);
  g_assert_cmpuint (test_tool_get_n_running (two.one) + test_tool_get_n_running (two.two), ==, 0);

  rnl_agent_run_decide (turn->run, turn_get_call (turn, 0), RNL_DECISION_REFUSE, "too dangerous");
  rnl_agent_run_decide (turn->run, turn_get_call (turn, 0), RNL_DECISION_ALLOW_ONCE, NULL);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_REFUSED);
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 0)), "too dangerous"));

  rnl_agent_run_decide (turn->run, turn_get_call (turn, 1), RNL_DECISION_ALLOW_CHAT, NULL);
  rnl_test_wait_for (second_runs, &two);
  test_tool_finish (two.two, "fine", NULL);
  turn_wait (turn);
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (turn, 1)), ==, "fine");
  g_assert_cmpuint (test_tool_get_n_running (two.one), ==, 0);
  g_assert_cmpint (rnl_permission_policy_check (rnl_agent_get_policy (agent), RNL_TOOL (two.two)),
                   ==, RNL_PERMISSION_ALLOW);
  g_assert_cmpint (rnl_permission_policy_check (rnl_agent_get_policy (agent), RNL_TOOL (two.one)),
                   ==, RNL_PERMISSION_ASK);

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

static void
test_nobody_to_ask (void)
{
  g_autofree char *log = NULL;
  TwoTools two;
  RnlAgent *agent;
  Turn *turn;

  two_tools_init (&two, RNL_TOOL_ASKS);
  agent = make_agent (two_script, 2, two.tools, RNL_APPROVE_SAFE);
  turn = turn_start (agent, "both");
  turn_wait (turn);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_REFUSED);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 1)), ==, RNL_TOOL_REFUSED);
  g_assert_cmpstr (turn->text->str, ==, "Done.");
  log = turn_dup_log (turn, FALSE);
  g_assert_nonnull (strstr (
    log, "start tool one\nerror tool one\nstart tool two\nerror tool two\nstart chat_model"));

  turn_free (turn);
  g_object_unref (agent);
  two_tools_clear (&two);
}

/* A tool that asks a model: its run is inside the tool's, its tokens stream in the tool's card. */
static void
test_nested (void)
{
  static const Play call_cat[] = { { PLAY_CALL, 0, "{}", "where_is_the_cat_hiding" }, END };
  static const Play place[]
    = { { PLAY_TEXT, 0, "The Fuzzy ", NULL }, { PLAY_TEXT, 0, "Fortress", NULL }, END };
  static const Play *const script[] = { call_cat, place, say_done };
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  RnlToolScope scope = { 0 };
  g_autoptr (RnlAgent) agent = make_agent (script, 3, tools, RNL_APPROVE_ASK);
  g_autoptr (Turn) turn = NULL;
  g_autoptr (RnlPart) child = NULL;
  g_autofree char *log = NULL;

  rnl_builtin_tools_add (tools, &scope);
  turn = turn_start (agent, "Where is the cat?");
  turn_wait (turn);
  log = turn_dup_log (turn, FALSE);
  child = g_list_model_get_item (rnl_part_list_children (turn_get_call (turn, 0)), 0);

  g_assert_nonnull (strstr (log, "start tool where_is_the_cat_hiding\n"
                                 "start chat_model where_cat_at\nend chat_model where_cat_at\n"
                                 "end tool where_is_the_cat_hiding\n"));
  g_assert_cmpstr (rnl_part_get_text (child), ==, "The Fuzzy Fortress");
  g_assert_cmpstr (rnl_part_get_title (child), ==, "where_cat_at");
  g_assert_cmpstr (rnl_part_get_result (turn_get_call (turn, 0)), ==, "The Fuzzy Fortress");
  g_assert_cmpstr (turn->text->str, ==, "Done.");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/agent/plain", test_plain);
  g_test_add_func ("/agent/no-answer", test_no_answer);
  g_test_add_func ("/agent/tool", test_tool);
  g_test_add_func ("/agent/parallel", test_parallel);
  g_test_add_func ("/agent/bad-calls", test_bad_calls);
  g_test_add_func ("/agent/call-order", test_call_order);
  g_test_add_func ("/agent/refused-at-once", test_refused_at_once);
  g_test_add_func ("/agent/max-steps", test_max_steps);
  g_test_add_func ("/agent/time-limit", test_time_limit);
  g_test_add_func ("/agent/cancel/model", test_cancel_model);
  g_test_add_func ("/agent/cancel/at-once", test_cancel_at_once);
  g_test_add_func ("/agent/cancel/tool", test_cancel_tool);
  g_test_add_func ("/agent/error", test_error);
  g_test_add_func ("/agent/approval", test_approval);
  g_test_add_func ("/agent/nobody-to-ask", test_nobody_to_ask);
  g_test_add_func ("/agent/nested", test_nested);

  return g_test_run ();
}
