/* test-agent-approval.c: a person's word: yes, no, and "like this"
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

typedef struct
{
  TestModel *model;
  TestTool *tools[3];
  RnlAgent *agent;
  Turn *turn;
} Fixture;

static const Play call_three[] = { { PLAY_CALL, 0, "{\"v\":\"a\"}", "one" },
                                   { PLAY_CALL, 1, "{\"v\":\"b\"}", "two" },
                                   { PLAY_CALL, 2, "{\"v\":\"c\"}", "three" },
                                   END };
static const Play say_done[] = { { PLAY_TEXT, 0, "Done.", NULL }, END };
static const Play *const script[] = { call_three, say_done };

static gboolean
all_wait (gpointer user_data)
{
  return ((Turn *) user_data)->n_approvals == 3;
}

static void
fixture_init (Fixture *fixture)
{
  static const char *const names[] = { "one", "two", "three" };

  fixture->model = test_model_new (script, 2);
  fixture->agent = rnl_agent_new (RNL_CHAT_MODEL (fixture->model), NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      fixture->tools[i] = test_tool_new (names[i], RNL_TOOL_ASKS);
      rnl_agent_add_tool (fixture->agent, RNL_TOOL (fixture->tools[i]));
    }
  fixture->turn = turn_start (fixture->agent, "three");
  rnl_test_wait_for (all_wait, fixture->turn);
}

static void
fixture_clear (Fixture *fixture)
{
  turn_free (fixture->turn);
  g_assert_finalize_object (fixture->agent);
  g_assert_finalize_object (fixture->model);
  for (guint i = 0; i < 3; i++)
    g_assert_finalize_object (fixture->tools[i]);
}

static gboolean
decide (Fixture *fixture, guint call, RnlDecision decision, const char *edited, GError **error)
{
  g_autoptr (JsonNode) node = edited != NULL ? rnl_json_strict_parse (edited, -1, NULL) : NULL;

  return rnl_agent_run_decide_full (fixture->turn->run, turn_get_call (fixture->turn, call),
                                    decision, node != NULL ? json_node_get_object (node) : NULL,
                                    NULL, error);
}

static RnlToolState
state_of (Fixture *fixture, guint call)
{
  return rnl_part_get_state (turn_get_call (fixture->turn, call));
}

/* One batch, three answers: who may, runs at once, whatever the others wait for. */
static void
test_mixed (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  RnlPart *edited;

  fixture_init (&fixture);
  g_assert_true (decide (&fixture, 2, RNL_DECISION_ALLOW_ONCE, NULL, &error));
  g_assert_cmpint (state_of (&fixture, 2), ==, RNL_TOOL_RUNNING);
  g_assert_cmpuint (test_tool_get_n_running (fixture.tools[2]), ==, 1);
  test_tool_finish (fixture.tools[2], "third", NULL);

  g_assert_true (decide (&fixture, 0, RNL_DECISION_REFUSE, NULL, &error));
  g_assert_cmpint (state_of (&fixture, 0), ==, RNL_TOOL_REFUSED);

  g_assert_true (decide (&fixture, 1, RNL_DECISION_EDIT, "{\"v\":\"better\"}", &error));
  g_assert_cmpint (state_of (&fixture, 1), ==, RNL_TOOL_RUNNING);
  g_assert_cmpstr (test_tool_get_last_value (fixture.tools[1]), ==, "better");
  test_tool_finish (fixture.tools[1], "second", NULL);
  turn_wait (fixture.turn);

  edited = turn_get_call (fixture.turn, 1);
  g_assert_cmpstr (rnl_part_get_call_id (edited), ==, "call_two");
  g_assert_cmpstr (rnl_part_get_text (edited), ==, "{\"v\":\"b\"}");
  g_assert_cmpstr (rnl_part_get_extra_string (edited, RNL_PART_EXTRA_EDITED), ==,
                   "{\"v\":\"better\"}");
  g_assert_cmpstr (rnl_part_get_result (edited), ==, "second");
  g_assert_cmpstr (fixture.turn->groups->str, ==, "action 3\nobservation 3\nanswer Done.\n");
  fixture_clear (&fixture);
}

/* What does not fit the tool never runs; the call waits on. */
static void
test_edit_is_checked (void)
{
  static const char *const bad[] = { "{}", "{\"v\": 1}", "{\"v\": null}" };
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (decide (&fixture, 0, RNL_DECISION_EDIT, bad[i], &error));
      g_assert_nonnull (error);
      g_assert_cmpint (state_of (&fixture, 0), ==, RNL_TOOL_WAITING);
    }
  g_assert_cmpuint (test_tool_get_n_running (fixture.tools[0]), ==, 0);

  /* The same arguments in other clothes are no edit. */
  g_assert_true (decide (&fixture, 0, RNL_DECISION_EDIT, "{ \"v\" : \"a\" }", NULL));
  g_assert_null (
    rnl_part_get_extra_string (turn_get_call (fixture.turn, 0), RNL_PART_EXTRA_EDITED));
  /* A second word about the same call comes too late, and changes nothing. */
  g_assert_true (decide (&fixture, 0, RNL_DECISION_REFUSE, NULL, NULL));
  g_assert_cmpint (state_of (&fixture, 0), ==, RNL_TOOL_RUNNING);

  rnl_agent_run_cancel (fixture.turn->run);
  test_tool_finish (fixture.tools[0], "late", NULL);
  turn_wait (fixture.turn);
  g_assert_cmpint (state_of (&fixture, 1), ==, RNL_TOOL_CANCELLED);
  g_assert_cmpstr (fixture.turn->groups->str, ==, "action 3\nobservation 3\n");
  fixture_clear (&fixture);
}

/* The tool's run shows what ran, and what was asked for. */
static void
input_cb (RnlRun *root, const RnlEvent *event, GString *log)
{
  JsonObject *metadata = rnl_run_get_metadata (event->run);
  g_autofree char *input = NULL;

  if (event->kind != RNL_EVENT_START || rnl_run_get_run_type (event->run) != RNL_RUN_TOOL)
    return;
  input = json_to_string (event->data, FALSE);
  g_string_append_printf (
    log, "%s %s\n", input,
    json_object_get_string_member_with_default (metadata, "original_arguments", "-"));
}

static void
test_edit_is_seen (void)
{
  Fixture fixture;
  g_autoptr (GString) log = g_string_new (NULL);

  fixture_init (&fixture);
  g_signal_connect (fixture.turn->root, "event", G_CALLBACK (input_cb), log);
  decide (&fixture, 0, RNL_DECISION_EDIT, "{\"v\":\"x\"}", NULL);
  decide (&fixture, 1, RNL_DECISION_ALLOW_ONCE, NULL, NULL);
  rnl_agent_run_cancel (fixture.turn->run);
  test_tool_finish (fixture.tools[0], "late", NULL);
  test_tool_finish (fixture.tools[1], "late", NULL);
  turn_wait (fixture.turn);

  g_assert_cmpstr (log->str, ==, "{\"v\":\"x\"} {\"v\":\"a\"}\n{\"v\":\"b\"} -\n");
  g_signal_handlers_disconnect_by_data (fixture.turn->root, log);
  fixture_clear (&fixture);
}

static gboolean
allow_shown (Fixture *fixture, guint call, RnlDecision decision, const char *digest)
{
  return rnl_agent_run_decide_shown (fixture->turn->run, turn_get_call (fixture->turn, call),
                                     decision, digest, NULL, NULL, NULL);
}

/* What runs is what was shown, to the byte: anything else is refused, and allows nothing. */
static void
test_shown_is_what_runs (void)
{
  Fixture fixture;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (GStrv) allowed = NULL;

  fixture_init (&fixture);
  first = rnl_agent_run_dup_digest (turn_get_call (fixture.turn, 0));
  second = rnl_agent_run_dup_digest (turn_get_call (fixture.turn, 1));
  g_assert_cmpstr (first, !=, second);

  /* Changed behind the person's back, though it means the same. */
  rnl_part_set_text (turn_get_call (fixture.turn, 0), "{\"v\": \"a\"}");
  g_assert_true (allow_shown (&fixture, 0, RNL_DECISION_ALLOW_CHAT, first));
  g_assert_cmpint (state_of (&fixture, 0), ==, RNL_TOOL_REFUSED);
  g_assert_nonnull (
    strstr (rnl_part_get_result (turn_get_call (fixture.turn, 0)), "changed after it was shown"));
  allowed = rnl_permission_policy_dup_allowed (rnl_agent_get_policy (fixture.agent));
  g_assert_cmpuint (g_strv_length (allowed), ==, 0);

  /* Another one was shown. */
  g_assert_true (allow_shown (&fixture, 2, RNL_DECISION_ALLOW_ONCE, second));
  g_assert_cmpint (state_of (&fixture, 2), ==, RNL_TOOL_REFUSED);

  g_assert_true (allow_shown (&fixture, 1, RNL_DECISION_ALLOW_ONCE, second));
  g_assert_cmpint (state_of (&fixture, 1), ==, RNL_TOOL_RUNNING);
  g_assert_cmpstr (test_tool_get_last_value (fixture.tools[1]), ==, "b");
  g_assert_cmpuint (test_tool_get_n_running (fixture.tools[0]), ==, 0);
  g_assert_cmpuint (test_tool_get_n_running (fixture.tools[2]), ==, 0);
  test_tool_finish (fixture.tools[1], "second", NULL);
  turn_wait (fixture.turn);
  fixture_clear (&fixture);
}

/* Said without a digest, it still is what began to wait. */
static void
test_changed_while_waiting (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < 3; i++)
    rnl_part_set_text (turn_get_call (fixture.turn, i), "{\"v\":\"other\"}");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (decide (&fixture, i, RNL_DECISION_ALLOW_ONCE, NULL, NULL));
      g_assert_cmpint (state_of (&fixture, i), ==, RNL_TOOL_REFUSED);
    }
  turn_wait (fixture.turn);
  fixture_clear (&fixture);
}

/* Always, in any chat: the registry knows, and what waits already is freed. */
static void
test_always (void)
{
  Fixture fixture;
  RnlToolRegistry *tools;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  tools = rnl_agent_get_tools (fixture.agent);
  test_tool_set_effects (fixture.tools[1], RNL_TOOL_EFFECT_DESTROYS);
  g_assert_true (decide (&fixture, 0, RNL_DECISION_ALLOW_ALWAYS, NULL, &error));
  g_assert_cmpint (state_of (&fixture, 0), ==, RNL_TOOL_RUNNING);
  g_assert_true (rnl_tool_registry_get_always_allowed (tools, "one"));
  g_assert_false (rnl_tool_registry_get_always_allowed (tools, "two"));

  g_assert_false (decide (&fixture, 1, RNL_DECISION_ALLOW_ALWAYS, NULL, &error));
  g_assert_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);
  g_assert_cmpint (state_of (&fixture, 1), ==, RNL_TOOL_WAITING);
  rnl_tool_registry_set_always_allowed (tools, "two", TRUE);
  g_assert_false (rnl_tool_registry_get_always_allowed (tools, "two"));

  rnl_agent_run_cancel (fixture.turn->run);
  test_tool_finish (fixture.tools[0], "late", NULL);
  turn_wait (fixture.turn);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/agent-approval/mixed", test_mixed);
  g_test_add_func ("/agent-approval/edit/is-checked", test_edit_is_checked);
  g_test_add_func ("/agent-approval/edit/is-seen", test_edit_is_seen);
  g_test_add_func ("/agent-approval/shown-is-what-runs", test_shown_is_what_runs);
  g_test_add_func ("/agent-approval/changed-while-waiting", test_changed_while_waiting);
  g_test_add_func ("/agent-approval/always", test_always);

  return g_test_run ();
}
