/* test-long-chat.c: thousands of messages, of which a few are there
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "chat-fixture.h"
#include "rnl-answer-view.h"
#include "rnl-message-list.h"
#include "rnl-message-outline.h"

#define N_MESSAGES 10000

/* Of a window as high as the test's: far more than it shows, far less than there are. */
#define MAX_ROWS 80

typedef struct
{
  ChatFixture fixture;
  GListStore *messages;
  RnlMessageList *list;
  GtkAdjustment *vadjustment;
  GRand *rand;
  GPtrArray *wanted; /* nullable: what waits for its content */
  guint n_filled;
  guint n_asked;
} Test;

static void
add_text (Test *test, GString *text)
{
  guint n = (guint) g_rand_int_range (test->rand, 1, 60);

  for (guint i = 0; i < n; i++)
    g_string_append (text,
                     g_rand_int_range (test->rand, 0, 12) == 0 ? "\n\nA paragraph " : "word ");
}

/* What the store would say: nothing that the length of the outline foretells. */
static void
fill (Test *test, RnlMessage *message)
{
  g_autoptr (GString) text = g_string_new ("It is ");
  g_autoptr (RnlMessage) whole = NULL;

  add_text (test, text);
  whole = rnl_message_new_text (rnl_message_get_role (message), text->str);
  rnl_message_fill (message, whole);
  test->n_filled++;
}

static gboolean
fill_cb (gpointer user_data)
{
  Test *test = user_data;
  g_autoptr (GPtrArray) wanted = g_steal_pointer (&test->wanted);

  for (guint i = 0; i < wanted->len; i++)
    fill (test, g_ptr_array_index (wanted, i));
  rnl_message_list_filled (test->list);

  return G_SOURCE_REMOVE;
}

static void
wanted_cb (RnlMessageList *list, GPtrArray *messages, Test *test)
{
  g_assert_null (test->wanted);
  test->wanted = g_ptr_array_ref (messages);
  test->n_asked++;
  g_idle_add (fill_cb, test);
}

static void
dropped_cb (RnlMessageList *list, RnlMessage *message)
{
  rnl_message_empty (message);
}

static void
test_init (Test *test, guint n)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  *test = (Test){ 0 };
  test->rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  test->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  test->list = RNL_MESSAGE_LIST (rnl_message_list_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (test->list));
  test->vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("message-%u", i);

      g_ptr_array_add (messages,
                       rnl_message_new_outline (i % 2 == 0 ? RNL_ROLE_USER : RNL_ROLE_ASSISTANT, id,
                                                (gsize) g_rand_int_range (test->rand, 1, 600)));
    }
  g_list_store_splice (test->messages, 0, 0, messages->pdata, messages->len);
  g_signal_connect (test->list, "wanted", G_CALLBACK (wanted_cb), test);
  g_signal_connect (test->list, "dropped", G_CALLBACK (dropped_cb), NULL);
  rnl_message_list_set_model (test->list, G_LIST_MODEL (test->messages));
  chat_fixture_show (&test->fixture, scrolled);
}

static gboolean
is_whole (gpointer user_data)
{
  Test *test = user_data;

  return test->wanted == NULL && gtk_adjustment_get_page_size (test->vadjustment) > 0
         && rnl_message_list_is_whole (test->list);
}

/* Everything in view is there, and nothing is on its way any more. */
static void
settle (Test *test)
{
  rnl_test_wait_for (is_whole, test);
  chat_fixture_wait_frames (&test->fixture, 3);
  rnl_test_wait_for (is_whole, test);
}

static void
test_done (Test *test)
{
  settle (test);
  g_object_add_weak_pointer (G_OBJECT (test->list), (gpointer *) &test->list);
  chat_fixture_done (&test->fixture);
  g_assert_null (test->list);
  g_assert_finalize_object (test->messages);
  g_rand_free (test->rand);
}

static guint
count_children (Test *test)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (test->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;

  return n;
}

static guint
count_whole (Test *test)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (test->messages)); i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (G_LIST_MODEL (test->messages), i);

      n += !rnl_message_is_outline (message);
    }

  return n;
}

static void
scroll_to (Test *test, double part)
{
  gtk_adjustment_set_value (test->vadjustment, part * gtk_adjustment_get_upper (test->vadjustment));
  settle (test);
}

/* Wherever one goes, there is what can be seen and a little around it. */
static void
test_bounded (void)
{
  Test test;
  guint whole;

  test_init (&test, N_MESSAGES);
  settle (&test);
  g_assert_cmpuint (test.n_asked, <=, 4);
  g_assert_cmpuint (count_children (&test), >, 2);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i <= 6; i++)
      {
        scroll_to (&test, i / 6.0);
        g_assert_cmpuint (count_children (&test), <, MAX_ROWS);
        g_assert_cmpuint (count_children (&test), ==, rnl_message_list_count_rows (test.list));
      }
  whole = count_whole (&test);
  g_assert_cmpuint (whole, <, 30 * 64);

  /* To and fro: what was left has gone. */
  scroll_to (&test, 0.5);
  whole = count_whole (&test);
  for (guint i = 0; i < 40; i++)
    {
      gtk_adjustment_set_value (test.vadjustment, gtk_adjustment_get_value (test.vadjustment)
                                                    + (i < 20 ? 240 : -240));
      chat_fixture_wait_frames (&test.fixture, 1);
    }
  settle (&test);
  g_assert_cmpuint (count_children (&test), <, MAX_ROWS);
  g_assert_cmpuint (count_whole (&test), <, whole + 3 * 64);
  test_done (&test);
}

/* The row at the top of the viewport, and where it stands. */
static GtkWidget *
get_top_row (Test *test, double *y)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (test->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (test->list), &bounds));
      if (bounds.origin.y + bounds.size.height <= 0)
        continue;
      *y = bounds.origin.y;
      return row;
    }

  return NULL;
}

/* Where the row of MESSAGE stands. */
static double
get_y (Test *test, RnlMessage *message)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (test->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_point_t point;

      if (rnl_message_row_get_message (RNL_MESSAGE_ROW (row)) != message)
        continue;
      g_assert_true (
        gtk_widget_compute_point (row, GTK_WIDGET (test->list), graphene_point_zero (), &point));
      return point.y;
    }
  g_assert_not_reached ();
}

static void
stream (Test *test, RnlPart *part)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_text (test, text);
  rnl_part_append (part, text->str, text->len);
}

static void
insert_above (Test *test)
{
  g_autoptr (RnlMessage) message = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  add_text (test, text);
  message = rnl_message_new_text (RNL_ROLE_ASSISTANT, text->str);
  g_list_store_insert (test->messages, (guint) g_rand_int_range (test->rand, 0, 20), message);
}

/* Something else changes, wherever; then nothing has moved. */
static void
disturb (Test *test, RnlPart *part)
{
  GtkWindow *window = GTK_WINDOW (test->fixture.window);

  switch (g_rand_int_range (test->rand, 0, 4))
    {
    case 0:
      stream (test, part);
      break;
    case 1:
      insert_above (test);
      break;
    case 2:
      /* What the text above turns out to need is known when its rows are made. */
      rnl_message_list_get_row (test->list, 0);
      break;
    default:
      gtk_window_set_default_size (window, g_rand_int_range (test->rand, 420, 760), 480);
    }
}

static void
test_nothing_moves (void)
{
  g_autoptr (RnlMessage) last = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);
  Test test;

  test_init (&test, 400);
  rnl_message_add_part (last, part);
  g_list_store_append (test.messages, last);
  settle (&test);
  for (guint i = 0; i < 12; i++)
    {
      RnlMessage *top;
      double y = 0;

      scroll_to (&test, g_rand_double_range (test.rand, 0.1, 0.8));
      top = rnl_message_row_get_message (RNL_MESSAGE_ROW (get_top_row (&test, &y)));
      for (guint j = 0; j < 4; j++)
        {
          disturb (&test, part);
          settle (&test);
          g_assert_cmpfloat (fabs (get_y (&test, top) - y), <=, 1);
        }
    }
  rnl_message_set_state (last, RNL_MESSAGE_COMPLETE);
  test_done (&test);
}

static void
realized_cb (GtkWidget *list, guint *n_rows)
{
  *n_rows = rnl_message_list_count_rows (RNL_MESSAGE_LIST (list));
}

/* The first frame of a chat has a new page, a new style and a new layout: of the rows only the last
 * one. */
static void
test_first_frame (void)
{
  ChatFixture fixture;
  GtkWidget *list = rnl_message_list_new ();
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);
  guint n_rows = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_ASSISTANT, "A few words.");

      g_list_store_append (messages, message);
    }
  g_signal_connect_after (list, "realize", G_CALLBACK (realized_cb), &n_rows);
  rnl_message_list_set_model (RNL_MESSAGE_LIST (list), G_LIST_MODEL (messages));
  g_assert_cmpuint (rnl_message_list_count_rows (RNL_MESSAGE_LIST (list)), ==, 0);
  chat_fixture_show (&fixture, list);
  g_assert_cmpuint (n_rows, ==, 1);
  chat_fixture_done (&fixture);
}

/* A long answer that opens has its end first. Who reads there meanwhile, and not at the very end,
 * stays where they are. */

static RnlAnswerView *
find_answer (GtkWidget *widget)
{
  RnlAnswerView *found = NULL;

  if (RNL_IS_ANSWER_VIEW (widget))
    return RNL_ANSWER_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_answer (child);

  return found;
}

static RnlMessage *
make_long_answer (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text,
                            "## Part %u\n\nA few words, and a few more, that fill a line or two "
                            "of the window that they are in.\n\n",
                            i);
  g_string_append (text, "The end.");

  return rnl_message_new_text (RNL_ROLE_ASSISTANT, text->str);
}

static gboolean
shows_end (gpointer list)
{
  RnlAnswerView *view = find_answer (list);
  g_autofree char *text = view != NULL ? rnl_answer_view_dup_text (view) : NULL;

  return text != NULL && g_str_has_suffix (text, "The end.");
}

static double
get_top (GtkWidget *widget, GtkWidget *list)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (widget, list, graphene_point_zero (), &point));

  return point.y;
}

typedef struct
{
  ChatFixture fixture;
  GtkWidget *list;
  GtkAdjustment *vadjustment;
  GListStore *messages;

  double end; /* of the answer, from the top of the list, in the frame before; -1: none yet */
  guint n_frames;
  guint n_moved;
} Opening;

static void
opening_init (Opening *opening)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autoptr (RnlMessage) message = make_long_answer ();

  *opening = (Opening){ .end = -1 };
  opening->list = rnl_message_list_new ();
  opening->vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  opening->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  g_list_store_append (opening->messages, message);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), opening->list);
  rnl_message_list_set_model (RNL_MESSAGE_LIST (opening->list), G_LIST_MODEL (opening->messages));
  chat_fixture_show (&opening->fixture, scrolled);
  rnl_test_wait_for (shows_end, opening->list);
  chat_fixture_wait_frames (&opening->fixture, 12); /* all of the end */
}

static void
opening_done (Opening *opening)
{
  chat_fixture_done (&opening->fixture);
  g_assert_finalize_object (opening->messages);
}

static void
opening_frame_cb (GdkFrameClock *clock, Opening *opening)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (find_answer (opening->list)));
  double end = get_top (last, opening->list) + gtk_widget_get_height (last);

  if (opening->end >= 0 && fabs (end - opening->end) > 1)
    {
      g_test_message ("moved from %g to %g", opening->end, end);
      opening->n_moved++;
    }
  opening->end = end;
  opening->n_frames++;
}

static void
test_opening_end (void)
{
  Opening opening;
  GdkFrameClock *clock;

  opening_init (&opening);
  g_assert_false (rnl_answer_view_is_settled (find_answer (opening.list)));
  clock = gtk_widget_get_frame_clock (opening.list);
  g_signal_connect (clock, "after-paint", G_CALLBACK (opening_frame_cb), &opening);
  rnl_test_wait_for (rnl_answer_view_is_settled, find_answer (opening.list));
  chat_fixture_wait_frames (&opening.fixture, 2);
  g_signal_handlers_disconnect_by_data (clock, &opening);
  g_assert_cmpuint (opening.n_frames, >, 3);
  g_assert_cmpuint (opening.n_moved, ==, 0);
  opening_done (&opening);
}

static void
test_opening_near_end (void)
{
  Opening opening;
  RnlAnswerView *view;
  GtkWidget *part;
  double y;

  opening_init (&opening);
  gtk_adjustment_set_value (opening.vadjustment,
                            gtk_adjustment_get_value (opening.vadjustment) - 150);
  chat_fixture_wait_frames (&opening.fixture, 1);
  g_assert_false (rnl_scroll_follower_get_following (
    rnl_message_list_get_follower (RNL_MESSAGE_LIST (opening.list))));
  g_assert_false (rnl_answer_view_is_settled (find_answer (opening.list)));
  view = find_answer (opening.list);
  part = rnl_answer_view_find (view, 20 - get_top (GTK_WIDGET (view), opening.list));
  y = get_top (part, opening.list);
  rnl_test_wait_for (rnl_answer_view_is_settled, find_answer (opening.list));
  chat_fixture_wait_frames (&opening.fixture, 2);
  g_assert_cmpfloat (fabs (get_top (part, opening.list) - y), <=, 1);
  opening_done (&opening);
}

static GtkWidget *
find_read (Opening *opening)
{
  RnlAnswerView *view = find_answer (opening->list);

  return rnl_answer_view_find (view, 20 - get_top (GTK_WIDGET (view), opening->list));
}

static gboolean
is_read (gpointer user_data)
{
  Opening *opening = user_data;

  return get_top (find_read (opening), opening->list) <= 20;
}

/* Who goes where nothing is yet reads there as soon as something is, and stays there when the room
 * that was kept turns out to be too much. */
static void
test_opening_middle (void)
{
  Opening opening;
  RnlAnswerView *view;
  GtkWidget *part;
  double y;

  opening_init (&opening);
  view = find_answer (opening.list);
  gtk_adjustment_set_value (opening.vadjustment,
                            gtk_adjustment_get_upper (opening.vadjustment) / 2);
  chat_fixture_wait_frames (&opening.fixture, 2);
  g_assert_false (is_read (&opening));
  rnl_test_wait_for (is_read, &opening);
  chat_fixture_wait_frames (&opening.fixture, 2);
  g_assert_false (rnl_answer_view_is_settled (view));
  part = find_read (&opening);
  y = get_top (part, opening.list);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  chat_fixture_wait_frames (&opening.fixture, 2);
  g_assert_cmpfloat (fabs (get_top (part, opening.list) - y), <=, 1);
  opening_done (&opening);
}

/* Step by step through rows whose heights nobody knew: each step is as long as the others. */
static void
test_even_steps (void)
{
  Test test;

  test_init (&test, 1000);
  settle (&test);
  scroll_to (&test, 0.5);
  for (guint i = 0; i < 40; i++)
    {
      int step = i < 20 ? 60 : -60;
      double before = 0;
      GtkWidget *row = get_top_row (&test, &before);
      RnlMessage *top = rnl_message_row_get_message (RNL_MESSAGE_ROW (row));

      gtk_adjustment_set_value (test.vadjustment,
                                gtk_adjustment_get_value (test.vadjustment) + step);
      settle (&test);
      g_assert_cmpfloat (fabs (before - get_y (&test, top) - step), <=, 1);
    }
  test_done (&test);
}

/* What is read stays when what comes in above it is not as high as was thought: nothing of that is
 * there yet. */
static void
test_sudden_step (void)
{
  for (guint i = 0; i < 8; i++)
    {
      Test test;
      RnlMessage *top;
      double before = 0, step;

      test_init (&test, 1000);
      settle (&test);
      gtk_adjustment_set_value (test.vadjustment,
                                gtk_adjustment_get_upper (test.vadjustment) * (i + 1) / 10);
      rnl_test_wait_for (is_whole, &test);
      chat_fixture_wait_frames (&test.fixture, 1);
      top = rnl_message_row_get_message (RNL_MESSAGE_ROW (get_top_row (&test, &before)));
      step = gtk_adjustment_get_page_size (test.vadjustment) * 0.7;
      gtk_adjustment_set_value (test.vadjustment,
                                gtk_adjustment_get_value (test.vadjustment) - step);
      settle (&test);
      g_assert_cmpfloat (fabs (get_y (&test, top) - before - step), <=, 1);
      test_done (&test);
    }
}

/* A message that is far away, and has no content, is shown and gets the focus. */
static void
test_show_message (void)
{
  Test test;
  RnlMessageRow *row;
  double y = 0;

  test_init (&test, N_MESSAGES);
  settle (&test);
  g_assert_null (rnl_message_list_get_row (test.list, 1234));
  rnl_message_list_show_message (test.list, 1234);
  settle (&test);
  row = rnl_message_list_get_row (test.list, 1234);
  g_assert_nonnull (row);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (test.fixture.window)) == GTK_WIDGET (row));
  get_top_row (&test, &y);
  g_assert_cmpuint (count_children (&test), <, MAX_ROWS);

  rnl_message_list_scroll_to_end (test.list);
  settle (&test);
  g_assert_nonnull (rnl_message_list_get_row (test.list, N_MESSAGES - 1));
  test_done (&test);
}

typedef struct
{
  GdkFrameClock *clock;
  gint64 frame;
  gint64 since;
} Rest;

/* No frame in a fifth of a second. */
static gboolean
rests (gpointer user_data)
{
  Rest *self = user_data;
  gint64 frame = gdk_frame_clock_get_frame_counter (self->clock);
  gint64 now = g_get_monotonic_time ();

  if (frame != self->frame)
    self->since = now;
  self->frame = frame;
  g_usleep (1000);

  return now - self->since > G_USEC_PER_SEC / 5;
}

/* Nothing is drawn any more when all is there. */
static void
test_idle (void)
{
  Test test;
  Rest rest = { 0 };

  test_init (&test, N_MESSAGES);
  settle (&test);
  chat_fixture_wait_frames (&test.fixture, 10);
  rest.clock = gtk_widget_get_frame_clock (test.fixture.window);
  rnl_test_wait_for (rests, &rest);
  test_done (&test);
}

int
main (int argc, char **argv)
{
  if (!chat_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/long-chat/bounded", test_bounded);
  g_test_add_func ("/long-chat/nothing-moves", test_nothing_moves);
  g_test_add_func ("/long-chat/even-steps", test_even_steps);
  g_test_add_func ("/long-chat/sudden-step", test_sudden_step);
  g_test_add_func ("/long-chat/show-message", test_show_message);
  g_test_add_func ("/long-chat/first-frame", test_first_frame);
  g_test_add_func ("/long-chat/opening/end", test_opening_end);
  g_test_add_func ("/long-chat/opening/middle", test_opening_middle);
  g_test_add_func ("/long-chat/opening/near-end", test_opening_near_end);
  g_test_add_func ("/long-chat/idle", test_idle);

  return g_test_run ();
}
