/* test-agent-continue.c: an answer that broke off goes on where it stopped
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-offline-helper.h"

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

static const Play hang[] = { { PLAY_TEXT, 0, "Hal", NULL }, { PLAY_HANG, 0, NULL, NULL } };
static const Play say_done[] = { { PLAY_TEXT, 0, "Done.", NULL }, END };

typedef struct
{
  TestModel *model;
  TestTool *tool;
  RnlAgent *agent;
  Turn *first;
  Turn *second;
  RnlMessage *message;
  GString *outputs; /* what the model calls said, by their runs */
} Fixture;

static gboolean
has_text (gpointer user_data)
{
  guint n = rnl_message_get_n_parts (user_data);

  return n > 0 && rnl_part_get_part_type (rnl_message_get_part (user_data, n - 1)) == RNL_PART_TEXT;
}

static void
event_cb (RnlRun *root, const RnlEvent *event, Fixture *fixture)
{
  if (event->kind == RNL_EVENT_END && rnl_run_get_run_type (event->run) == RNL_RUN_CHAT_MODEL)
    g_string_append_printf (
      fixture->outputs, "%s|",
      json_object_get_string_member (json_node_get_object (event->data), "content"));
}

/* Has asked, and been stopped when the first words had come. */
static void
fixture_init (Fixture *fixture, const Play *const *script, guint n)
{
  fixture->model = test_model_new (script, n);
  fixture->tool = test_tool_new ("one", RNL_TOOL_SAFE);
  fixture->agent = rnl_agent_new (RNL_CHAT_MODEL (fixture->model), NULL, NULL);
  rnl_agent_add_tool (fixture->agent, RNL_TOOL (fixture->tool));
  fixture->outputs = g_string_new (NULL);
  fixture->first = turn_start (fixture->agent, "go");
  fixture->message = rnl_agent_run_get_message (fixture->first->run);
}

static void
fixture_go_on (Fixture *fixture)
{
  fixture->second = turn_watch (rnl_agent_run_continue (fixture->first->run));
  g_signal_connect (fixture->second->root, "event", G_CALLBACK (event_cb), fixture);
}

static void
fixture_stop_and_go_on (Fixture *fixture)
{
  rnl_test_wait_for (has_text, fixture->message);
  rnl_agent_run_cancel (fixture->first->run);
  fixture_go_on (fixture);
}

static const char *
fixture_get_text (Fixture *fixture, guint part)
{
  return rnl_part_get_text (rnl_message_get_part (fixture->message, part));
}

static void
fixture_clear (Fixture *fixture)
{
  turn_free (fixture->second);
  turn_free (fixture->first);
  g_string_free (fixture->outputs, TRUE);
  g_assert_finalize_object (fixture->agent);
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->tool);
}

static gboolean
tool_runs (gpointer user_data)
{
  return test_tool_get_n_running (user_data) > 0;
}

/* After a stop in the middle of a word the new words join it. */
static void
test_in_the_middle (void)
{
  static const Play rest[] = { { PLAY_TEXT, 0, "f d", NULL }, { PLAY_TEXT, 0, "one.", NULL }, END };
  static const Play *const script[] = { hang, rest };
  Fixture fixture;

  fixture_init (&fixture, script, 2);
  fixture_stop_and_go_on (&fixture);
  turn_wait (fixture.second);
  g_assert_cmpuint (rnl_message_get_n_parts (fixture.message), ==, 1);
  g_assert_cmpstr (fixture_get_text (&fixture, 0), ==, "Half done.");
  g_assert_true (rnl_part_get_complete (rnl_message_get_part (fixture.message, 0)));
  g_assert_cmpstr (fixture.second->text->str, ==, "Half done.");
  g_assert_cmpstr (fixture.outputs->str, ==, "f done.|");
  fixture_clear (&fixture);
}

/* What begins a sentence of its own stands apart, in the same text; its tools come behind. */
static void
test_behind_a_sentence (void)
{
  static const Play half[] = { { PLAY_TEXT, 0, "I look.", NULL }, { PLAY_HANG, 0, NULL, NULL } };
  static const Play rest[] = { { PLAY_TEXT, 0, "Now", NULL },
                               { PLAY_TEXT, 0, " it comes.", NULL },
                               { PLAY_CALL, 0, "{\"v\": \"a\"}", "one" },
                               END };
  static const Play *const script[] = { half, rest, say_done };
  Fixture fixture;

  fixture_init (&fixture, script, 3);
  fixture_stop_and_go_on (&fixture);
  rnl_test_wait_for (tool_runs, fixture.tool);
  test_tool_finish (fixture.tool, "found", NULL);
  turn_wait (fixture.second);
  g_assert_cmpuint (rnl_message_get_n_parts (fixture.message), ==, 3);
  g_assert_cmpstr (fixture_get_text (&fixture, 0), ==, "I look.\n\nNow it comes.");
  g_assert_cmpstr (fixture.second->text->str, ==, "I look.\n\nNow it comes.\n\nDone.");
  g_assert_cmpstr (fixture.outputs->str, ==, "Now it comes.|Done.|");
  fixture_clear (&fixture);
}

/* Who thinks again before going on says something new. */
static void
test_after_a_thought (void)
{
  static const Play rest[]
    = { { PLAY_REASONING, 0, "Hm.", NULL }, { PLAY_TEXT, 0, "Half done.", NULL }, END };
  static const Play *const script[] = { hang, rest };
  Fixture fixture;

  fixture_init (&fixture, script, 2);
  fixture_stop_and_go_on (&fixture);
  turn_wait (fixture.second);
  g_assert_cmpuint (rnl_message_get_n_parts (fixture.message), ==, 3);
  g_assert_cmpstr (fixture.second->text->str, ==, "Hal\n\nHalf done.");
  g_assert_cmpstr (fixture.outputs->str, ==, "Half done.|");
  fixture_clear (&fixture);
}

/* Nothing runs twice: a text behind a call is not gone on with in its step. */
static void
test_behind_a_call (void)
{
  static const Play call[] = { { PLAY_CALL, 0, "{\"v\": \"a\"}", "one" },
                               { PLAY_TEXT, 0, "Hal", NULL },
                               { PLAY_HANG, 0, NULL, NULL } };
  static const Play rest[] = { { PLAY_TEXT, 0, "f done.", NULL }, END };
  static const Play *const script[] = { call, rest };
  Fixture fixture;

  fixture_init (&fixture, script, 2);
  fixture_stop_and_go_on (&fixture);
  turn_wait (fixture.second);
  g_assert_cmpuint (test_tool_get_n_running (fixture.tool), ==, 0);
  g_assert_cmpint (rnl_message_get_state (fixture.message), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpuint (rnl_message_get_n_parts (fixture.message), ==, 3);
  fixture_clear (&fixture);
}

static RnlMessage *
make_answer (const char *text)
{
  RnlMessage *message = rnl_message_new_text (RNL_ROLE_ASSISTANT, text);

  rnl_message_set_state (message, RNL_MESSAGE_INTERRUPTED);

  return message;
}

/* The offline helper goes on where it stopped, wherever that was. */
static void
test_helper (void)
{
  g_autoptr (RnlChatModel) model = rnl_offline_helper_new ();
  g_autoptr (RnlAgent) agent = rnl_agent_new (model, NULL, NULL);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *whole = NULL;
  Turn *turn;

  rnl_offline_helper_set_pace (RNL_OFFLINE_HELPER (model), 0);
  g_ptr_array_add (
    history, rnl_message_new_text (RNL_ROLE_USER, "Which keyboard shortcuts does Runnel have?"));
  turn = turn_watch (rnl_agent_start (agent, history, NULL));
  turn_wait (turn);
  whole = rnl_message_dup_text (rnl_agent_run_get_message (turn->run));
  turn_free (turn);
  g_assert_cmpuint (strlen (whole), >, 200);

  for (gsize cut = 1; cut <= strlen (whole); cut += 7)
    {
      g_autofree char *half = g_strndup (whole, cut);
      g_autoptr (RnlMessage) message = make_answer (half);
      g_autofree char *text = NULL;

      turn = turn_watch (rnl_agent_continue (agent, history, message, NULL));
      turn_wait (turn);
      text = rnl_message_dup_text (message);
      g_assert_cmpstr (text, ==, whole);
      turn_free (turn);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/agent-continue/in-the-middle", test_in_the_middle);
  g_test_add_func ("/agent-continue/behind-a-sentence", test_behind_a_sentence);
  g_test_add_func ("/agent-continue/after-a-thought", test_after_a_thought);
  g_test_add_func ("/agent-continue/behind-a-call", test_behind_a_call);
  g_test_add_func ("/agent-continue/helper", test_helper);

  return g_test_run ();
}
