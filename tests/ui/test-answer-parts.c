/* test-answer-parts.c: what an answer is made of, as it comes, folds and is opened again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-step-fold.h"
#include "rnl-answer-parts.h"
#include "rnl-fold-memory.h"
#include "rnl-nested-run.h"
#include "rnl-reasoning-block.h"
#include "rnl-run-list.h"
#include "rnl-step-group.h"

/* Of one answer, however many steps it took. */
#define MAX_WIDGETS 600
#define MAX_CARDS   (RNL_STEP_FOLD_LOOSE + 1)

typedef struct
{
  ChatFixture fixture;
  RnlMessage *message;
  GtkWidget *parts;
} PartsTest;

static void
parts_test_show (PartsTest *test)
{
  test->parts = rnl_answer_parts_new (test->message);
  chat_fixture_show (&test->fixture, test->parts);
}

static void
parts_test_done (PartsTest *test)
{
  chat_fixture_done (&test->fixture);
  g_assert_finalize_object (test->message);
}

static RnlPart *
add_part (PartsTest *test, RnlPart *part)
{
  rnl_message_add_part (test->message, part);
  g_object_unref (part);

  return part;
}

static RnlPart *
add_call (PartsTest *test, RnlToolState state)
{
  RnlPart *call = rnl_part_new_tool_call (0, "c", "add");

  rnl_part_set_state (call, state);

  return add_part (test, call);
}

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);

  return n;
}

static guint
count (GtkWidget *widget, GType type)
{
  guint n = G_OBJECT_TYPE (widget) == type ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);

  return n;
}

typedef struct
{
  PartsTest *test;
  guint cards;
  guint steps;
} Shown;

static RnlStepGroup *
get_group (PartsTest *test)
{
  return RNL_STEP_GROUP (chat_fixture_find (test->parts, RNL_TYPE_STEP_GROUP, 0));
}

static gboolean
is_shown (gpointer user_data)
{
  const Shown *shown = user_data;
  RnlStepGroup *group = get_group (shown->test);

  return count (shown->test->parts, RNL_TYPE_TOOL_CARD) == shown->cards
         && (group != NULL ? rnl_step_group_get_size (group) : 0) == shown->steps;
}

/* Waits until there are so many cards, and so many calls in the group. */
static void
wait_shown (PartsTest *test, guint cards, guint steps)
{
  Shown shown = { test, cards, steps };

  rnl_test_wait_for (is_shown, &shown);
}

/* Two hundred steps, eight at once: few cards at any time, and none is lost. */
static void
test_many_steps (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *calls[200];

  parts_test_show (&test);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      calls[i] = add_call (&test, RNL_TOOL_RUNNING);
      if (i % 8 == 7)
        for (guint k = i - 7; k <= i; k++)
          rnl_part_set_state (calls[k], RNL_TOOL_DONE);
      if (i % 4 == 3)
        chat_fixture_wait_frames (&test.fixture, 1);
      g_assert_cmpuint (count (test.parts, RNL_TYPE_TOOL_CARD), <=, MAX_CARDS);
    }
  g_assert_cmpuint (count_widgets (test.parts), <=, MAX_WIDGETS);

  /* The answer takes the rest of them in. */
  add_part (&test, rnl_part_new_text ("Done."));
  wait_shown (&test, 0, G_N_ELEMENTS (calls));
  g_assert_null (chat_fixture_find (test.parts, RNL_TYPE_STEP_GROUP, 1));

  g_signal_emit_by_name (rnl_step_group_get_header (get_group (&test)), "clicked");
  chat_fixture_wait_frames (&test.fixture, 20);
  g_assert_cmpuint (count_widgets (test.parts), <=, MAX_WIDGETS);
  parts_test_done (&test);
}

/* Forty calls that wait for their arguments at once get a few cards, a few a frame; the others come
 * when the person asks, or when one of them asks the person. */
static void
test_held_back (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *calls[40];

  parts_test_show (&test);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = add_call (&test, RNL_TOOL_PREPARING);
  g_assert_cmpuint (count (test.parts, RNL_TYPE_TOOL_CARD), <, MAX_CARDS);
  wait_shown (&test, MAX_CARDS, 0);
  g_assert_nonnull (chat_fixture_find_button (test.parts, "Show 27 more"));

  rnl_part_set_state (calls[20], RNL_TOOL_WAITING);
  wait_shown (&test, 21, 0);
  rnl_part_set_state (calls[20], RNL_TOOL_RUNNING);
  g_signal_emit_by_name (chat_fixture_find_button (test.parts, "Show 19 more"), "clicked");
  wait_shown (&test, G_N_ELEMENTS (calls), 0);
  g_assert_null (chat_fixture_find_button (test.parts, "Show 19 more"));
  parts_test_done (&test);
}

/* They all end in one turn of the loop: none needs a card any more but the last ones. */
static void
test_end_at_once (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *calls[200];

  parts_test_show (&test);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = add_call (&test, RNL_TOOL_RUNNING);
  wait_shown (&test, MAX_CARDS, 0);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    rnl_part_set_state (calls[i], RNL_TOOL_DONE);
  wait_shown (&test, RNL_STEP_FOLD_KEPT, G_N_ELEMENTS (calls) - RNL_STEP_FOLD_KEPT);
  g_assert_null (chat_fixture_find (test.parts, RNL_TYPE_STEP_GROUP, 1));
  parts_test_done (&test);
}

/* An answer that is read again folds before any card is made; who waits or failed is told of. */
static void
test_read_again (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };

  for (guint i = 0; i < 50; i++)
    add_call (&test, i == 7 ? RNL_TOOL_FAILED : RNL_TOOL_DONE);
  add_part (&test, rnl_part_new_text ("Done."));
  parts_test_show (&test);
  g_assert_cmpuint (count (test.parts, RNL_TYPE_TOOL_CARD), ==, 0);
  g_assert_cmpstr (rnl_step_group_get_title (
                     RNL_STEP_GROUP (chat_fixture_find (test.parts, RNL_TYPE_STEP_GROUP, 0))),
                   ==, "50 steps");
  parts_test_done (&test);
}

/* Steps that were left open are open again, with the cards that one frame has time for at first. */
static void
test_read_again_open (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *first = add_call (&test, RNL_TOOL_DONE);
  g_autofree char *key = g_strconcat (rnl_part_get_id (first), "/steps", NULL);

  for (guint i = 1; i < 50; i++)
    add_call (&test, RNL_TOOL_DONE);
  add_part (&test, rnl_part_new_text ("Done."));
  rnl_fold_memory_set (key, TRUE);
  test.parts = rnl_answer_parts_new (test.message);
  g_assert_cmpuint (count (test.parts, RNL_TYPE_TOOL_CARD), >, 0);
  g_assert_cmpuint (count (test.parts, RNL_TYPE_TOOL_CARD), <, 4);
  chat_fixture_show (&test.fixture, test.parts);
  wait_shown (&test, RNL_RUN_LIST_SHOWN, 50);
  parts_test_done (&test);
}

/* What looks for something opens everything around it, and gets what shows it. */
static void
test_reveal (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *reasoning = add_part (&test, rnl_part_new (RNL_PART_REASONING, 0));
  RnlPart *first = add_call (&test, RNL_TOOL_DONE);
  RnlPart *second = add_call (&test, RNL_TOOL_DONE);
  RnlPart *text = add_part (&test, rnl_part_new_text ("Done."));
  g_autoptr (RnlPart) inner = rnl_part_new_tool_call (0, "i", "inner");
  g_autoptr (RnlPart) model = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (RnlPart) stranger = rnl_part_new_text ("Elsewhere");
  GtkWidget *shown;

  rnl_part_add_child (second, inner);
  rnl_part_add_child (inner, model);
  parts_test_show (&test);
  shown = rnl_answer_parts_reveal (RNL_ANSWER_PARTS (test.parts), model);
  g_assert_true (RNL_IS_NESTED_RUN (shown));
  g_assert_true (gtk_widget_is_ancestor (shown, test.parts));
  shown = rnl_answer_parts_reveal (RNL_ANSWER_PARTS (test.parts), first);
  g_assert_true (rnl_tool_card_is_kept_open (RNL_TOOL_CARD (shown)));
  shown = rnl_answer_parts_reveal (RNL_ANSWER_PARTS (test.parts), reasoning);
  g_assert_true (rnl_reasoning_block_get_open (RNL_REASONING_BLOCK (shown)));
  g_assert_nonnull (rnl_answer_parts_reveal (RNL_ANSWER_PARTS (test.parts), text));
  g_assert_null (rnl_answer_parts_reveal (RNL_ANSWER_PARTS (test.parts), stranger));
  parts_test_done (&test);
}

/* From the first word on screen to the last one; no widget needs to outlive that. */
static void
test_drawing_time (void)
{
  PartsTest test = { .message = rnl_message_new (RNL_ROLE_ASSISTANT) };
  RnlPart *text = add_part (&test, rnl_part_new (RNL_PART_TEXT, 0));
  GtkWidget *again;
  gint64 time;

  parts_test_show (&test);
  chat_fixture_wait_frames (&test.fixture, 2);
  g_assert_cmpint (rnl_answer_parts_get_drawing_time (RNL_ANSWER_PARTS (test.parts)), ==, 0);
  chat_fixture_append (text, "one ");
  chat_fixture_wait_frames (&test.fixture, 2);
  g_assert_cmpint (rnl_answer_parts_get_drawing_time (RNL_ANSWER_PARTS (test.parts)), ==, 0);
  chat_fixture_append (text, "two");
  chat_fixture_wait_frames (&test.fixture, 2);
  time = rnl_answer_parts_get_drawing_time (RNL_ANSWER_PARTS (test.parts));
  g_assert_cmpint (time, >, 0);
  again = g_object_ref_sink (rnl_answer_parts_new (test.message));
  g_assert_cmpint (rnl_answer_parts_get_drawing_time (RNL_ANSWER_PARTS (again)), ==, time);
  g_clear_object (&again);
  parts_test_done (&test);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/answer-parts/many-steps", test_many_steps);
  g_test_add_func ("/answer-parts/held-back", test_held_back);
  g_test_add_func ("/answer-parts/end-at-once", test_end_at_once);
  g_test_add_func ("/answer-parts/read-again", test_read_again);
  g_test_add_func ("/answer-parts/read-again-open", test_read_again_open);
  g_test_add_func ("/answer-parts/reveal", test_reveal);
  g_test_add_func ("/answer-parts/drawing-time", test_drawing_time);

  return g_test_run ();
}
