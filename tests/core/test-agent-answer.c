/* test-agent-answer.c: the answer that is given by a tool, and the choice of tools
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "agent-harness.h"
#include "rnl-final-answer.h"

#define END                                                                                        \
  {                                                                                                \
    PLAY_END, 0, NULL, NULL                                                                        \
  }

static TestModel *model;

static Turn *
start (const Play *const *script, guint n, const char *choice, gboolean final)
{
  g_autoptr (RnlAgent) agent = NULL;
  g_autoptr (TestTool) one = test_tool_new ("one", RNL_TOOL_SAFE);

  model = test_model_new (script, n);
  agent = rnl_agent_new (RNL_CHAT_MODEL (model), NULL, NULL);
  rnl_agent_add_tool (agent, RNL_TOOL (one));
  rnl_agent_set_tool_choice (agent, choice);
  rnl_agent_set_final_answer_tool (agent, final);

  return turn_start (agent, "What?");
}

static void
end (Turn *turn)
{
  turn_free (turn);
  g_assert_finalize_object (model);
}

static RnlMessage *
message_of (Turn *turn)
{
  return rnl_agent_run_get_message (turn->run);
}

static guint
count_calls (Turn *turn)
{
  guint n = 0;

  while (turn_get_call (turn, n) != NULL)
    n++;

  return n;
}

static void
test_streams (void)
{
  static const Play answer[] = { { PLAY_CALL, 0, NULL, "final_answer" },
                                 { PLAY_ARGS, 0, "{\"answer\": \"10 + 10", NULL },
                                 { PLAY_ARGS, 0, " is \\u003", NULL },
                                 { PLAY_ARGS, 0, "c<20>>.\\n\", \"tools_used\": [\"ad", NULL },
                                 { PLAY_ARGS, 0, "d\"]}", NULL },
                                 { PLAY_FINISH, 0, "tool_calls", NULL },
                                 END };
  static const Play *const script[] = { answer };
  Turn *turn = start (script, 1, "any", TRUE);
  RnlPart *part;
  g_auto (GStrv) used = NULL;

  turn_wait (turn);
  part = rnl_message_get_part (message_of (turn), 0);
  used = rnl_final_answer_dup_tools_used (part);

  g_assert_cmpstr (turn->text->str, ==, "10 + 10 is <<20>>.\n");
  g_assert_cmpstr (turn->groups->str, ==, "started 0\nanswer 10 + 10 is <<20>>.\n\n");
  g_assert_cmpuint (rnl_message_get_n_parts (message_of (turn)), ==, 1);
  g_assert_cmpint (rnl_part_get_part_type (part), ==, RNL_PART_TEXT);
  g_assert_true (rnl_part_get_complete (part));
  g_assert_cmpstr (used[0], ==, "add");
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_STOP);
  g_assert_cmpuint (test_model_get_n_requests (model), ==, 1);
  end (turn);
}

/* The answer is not the first call of its message: nothing looks at the first only. */
static void
test_second_of_two (void)
{
  static const Play both[] = { { PLAY_TEXT, 0, "Let me see.", NULL },
                               { PLAY_CALL, 0, "{\"v\": ", "one" },
                               { PLAY_CALL, 1, NULL, "final_answer" },
                               { PLAY_ARGS, 1, "{\"answer\": \"Don", NULL },
                               { PLAY_ARGS, 0, "1}", NULL },
                               { PLAY_ARGS, 1, "e\"}", NULL },
                               END };
  static const Play *const script[] = { both };
  Turn *turn = start (script, 1, NULL, TRUE);

  turn_wait (turn);

  g_assert_cmpstr (turn->text->str, ==, "Let me see.\n\nDone");
  g_assert_cmpstr (turn->groups->str, ==, "started 11\naction 1\nobservation 1\nanswer Done\n");
  g_assert_cmpuint (count_calls (turn), ==, 1);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_FAILED);
  g_assert_cmpuint (test_model_get_n_requests (model), ==, 1);
  end (turn);
}

/* What is no answer is a failed step that the model hears of. */
static void
test_not_an_answer (void)
{
  static const Play wrong[] = { { PLAY_CALL, 0, "{\"answer\": 7}", "final_answer" }, END };
  static const Play right[] = { { PLAY_CALL, 0, "{\"answer\": \"Seven\"}", "final_answer" },
                                { PLAY_CALL, 1, "{\"answer\": \"Eight\"}", "final_answer" },
                                END };
  static const Play *const script[] = { wrong, right };
  Turn *turn = start (script, 2, "any", TRUE);

  turn_wait (turn);

  g_assert_cmpuint (count_calls (turn), ==, 2);
  g_assert_cmpint (rnl_part_get_state (turn_get_call (turn, 0)), ==, RNL_TOOL_FAILED);
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 0)), "/answer"));
  g_assert_nonnull (strstr (rnl_part_get_result (turn_get_call (turn, 1)), "already"));
  g_assert_cmpstr (turn->text->str, ==, "Seven");
  g_assert_true (g_str_has_suffix (turn->groups->str, "answer Seven\n"));
  g_assert_cmpuint (test_model_get_n_requests (model), ==, 2);
  end (turn);
}

static void
test_truncated (void)
{
  static const Play cut[] = { { PLAY_CALL, 0, "{\"answer\": \"It is tw", "final_answer" },
                              { PLAY_FINISH, 0, "length", NULL },
                              END };
  static const Play *const script[] = { cut };
  Turn *turn = start (script, 1, "any", TRUE);

  turn_wait (turn);

  g_assert_cmpstr (turn->text->str, ==, "It is tw");
  g_assert_cmpuint (count_calls (turn), ==, 0);
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
  g_assert_cmpint (rnl_message_get_finish_reason (message_of (turn)), ==, RNL_FINISH_LENGTH);
  end (turn);
}

/* Later turns see the answer, not the way to it. */
static void
test_history (void)
{
  static const Play find[] = { { PLAY_TEXT, 0, "Hm.", NULL }, { PLAY_CALL, 0, "{}", "one" }, END };
  static const Play answer[]
    = { { PLAY_CALL, 0, "{\"answer\": \"Twenty\"}", "final_answer" }, END };
  static const Play *const script[] = { find, answer, answer };
  Turn *turn = start (script, 3, NULL, TRUE);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RnlAgent) agent = rnl_agent_new (RNL_CHAT_MODEL (model), NULL, NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  Turn *later;
  RnlChatRequest *request;

  turn_wait (turn);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "What?"));
  g_ptr_array_add (history, g_object_ref (message_of (turn)));
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Sure?"));
  later = turn_watch (rnl_agent_start (agent, history, NULL));
  turn_wait (later);
  request = test_model_get_request (model, 2);
  for (guint i = 0; i < request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (request->messages, i);
      g_autofree char *text = rnl_message_dup_text (message);

      g_string_append_printf (seen, "%s|%u;", text, rnl_message_get_n_parts (message));
    }

  g_assert_cmpstr (seen->str, ==, "What?|1;Twenty|1;Sure?|1;");
  turn_free (later);
  g_clear_object (&agent);
  g_clear_pointer (&history, g_ptr_array_unref);
  end (turn);
}

static void
assert_choices (const char *choice, gboolean final, const char *first, const char *second)
{
  static const Play call[] = { { PLAY_CALL, 0, "{}", "one" }, END };
  static const Play text[] = { { PLAY_TEXT, 0, "<<DONE>> <<STEP_END>> <<DONE>>", NULL }, END };
  static const Play *const script[] = { call, text };
  Turn *turn = start (script, 2, choice, final);

  turn_wait (turn);
  g_assert_cmpstr (test_model_get_request (model, 0)->tool_choice, ==, first);
  g_assert_cmpstr (test_model_get_request (model, 1)->tool_choice, ==, second);
  g_assert_cmpuint (test_model_get_request (model, 1)->tools->len, ==, final ? 2 : 1);
  /* Text alone is an answer, whatever was asked for; no text is a sign of anything. */
  g_assert_cmpstr (turn->text->str, ==, "<<DONE>> <<STEP_END>> <<DONE>>");
  g_assert_cmpuint (turn->n_ended, ==, 1);
  g_assert_cmpint (rnl_message_get_state (message_of (turn)), ==, RNL_MESSAGE_COMPLETE);
  end (turn);
}

static void
test_choice (void)
{
  assert_choices (NULL, FALSE, NULL, NULL);
  assert_choices ("none", FALSE, "none", "none");
  assert_choices ("any", FALSE, "any", "auto");
  assert_choices ("one", FALSE, "one", "auto");
  assert_choices ("any", TRUE, "any", "any");
  assert_choices ("one", TRUE, "one", "auto");
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/agent-answer/streams", test_streams);
  g_test_add_func ("/agent-answer/second-of-two", test_second_of_two);
  g_test_add_func ("/agent-answer/not-an-answer", test_not_an_answer);
  g_test_add_func ("/agent-answer/truncated", test_truncated);
  g_test_add_func ("/agent-answer/history", test_history);
  g_test_add_func ("/agent-answer/choice", test_choice);

  return g_test_run ();
}
