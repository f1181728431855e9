/* bench-cards.c: what tool calls in a transcript cost the main thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints one JSON object a line. A stall is the longest time from one poll to the next, in CPU time
 * of the main thread, so that it says the same on a busy machine. Times are in milliseconds if not
 * said otherwise. `cards.py` judges them.
 *
 * bench-cards [--quick] [arguments] [output] [calls] [at-once] [depth] */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "bench.h"
#include "rnl-answer-parts.h"
#include "rnl-output-view.h"
#include "rnl-step-group.h"
#include "rnl-text-viewer.h"
#include "rnl-tool-card.h"
#include "rnl-transcript-view.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  GListStore *messages;
  RnlMessage *message;
  BenchFrames frames;
  double start;
} Bench;

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);

  return n;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_OBJECT_TYPE (widget) == type && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
rest (guint ms)
{
  gboolean rested = FALSE;

  g_timeout_add (ms, stop_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

/* With a header bar, as the program's: cairo has a slow way of its own for a window that is
 * repainted as a whole. */
static void
make_window (Bench *bench)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  bench->window = adw_window_new ();
  gtk_widget_set_vexpand (bench->view, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), bench->view);
  adw_window_set_content (ADW_WINDOW (bench->window), box);
}

static void
bench_open (Bench *bench)
{
  bench->messages = g_list_store_new (RNL_TYPE_MESSAGE);
  bench->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  bench->view = rnl_transcript_view_new ();
  make_window (bench);
  rnl_transcript_view_set_messages (RNL_TRANSCRIPT_VIEW (bench->view),
                                    G_LIST_MODEL (bench->messages));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 900, 700);
  gtk_window_present (GTK_WINDOW (bench->window));
  bench_frames_watch (&bench->frames, gtk_widget_get_frame_clock (bench->window));
  rest (300);
}

static void
bench_close (Bench *bench)
{
  bench_frames_unwatch (&bench->frames, gtk_widget_get_frame_clock (bench->window));
  gtk_window_destroy (GTK_WINDOW (bench->window));
  g_object_unref (bench->messages);
  g_object_unref (bench->message);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
begin (Bench *bench)
{
  rnl_test_loop_reset ();
  g_array_set_size (bench->frames.costs, 0);
  bench->start = rnl_test_cpu_ms ();
}

static void
report (Bench *bench, const char *name, guint n)
{
  double stall = rnl_test_loop_get_stall ().cpu_ms;
  guint widgets = count_widgets (bench->window);

  g_print ("{\"bench\":\"%s\",\"n\":%u,\"cpu_ms\":%.1f,\"cpu_us_each\":%.2f,\"stall_ms\":%.1f,"
           "\"frames\":%u,\"frame_p95_ms\":%.2f,\"widgets\":%u}\n",
           name, n, rnl_test_cpu_ms () - bench->start,
           (rnl_test_cpu_ms () - bench->start) * 1e3 / MAX (n, 1), stall, bench->frames.costs->len,
           bench_percentile (bench->frames.costs, 0.95), widgets);
}

static RnlPart *
add_call (Bench *bench, const char *name)
{
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, name, name);

  rnl_message_add_part (bench->message, call);

  return call;
}

static void
set_done (RnlPart *call, const char *result)
{
  rnl_part_set_complete (call, TRUE);
  rnl_part_set_result (call, result);
  rnl_part_set_duration (call, 120000);
  rnl_part_set_state (call, RNL_TOOL_DONE);
}

static void
click_header (Bench *bench)
{
  g_signal_emit_by_name (
    rnl_tool_card_get_header (RNL_TOOL_CARD (find (bench->window, RNL_TYPE_TOOL_CARD))), "clicked");
}

static void
append (RnlPart *part, const char *text)
{
  rnl_part_append (part, text, strlen (text));
}

/* A file is written: its text is one argument, read while it comes. */
static void
bench_arguments (guint tokens)
{
  Bench bench;
  RnlPart *call;

  bench_open (&bench);
  g_list_store_append (bench.messages, bench.message);
  call = add_call (&bench, "write_file");
  append (call, "{\"path\": \"/home/ada/story.txt\", \"text\": \"");
  rest (100);
  click_header (&bench);
  rest (400);
  begin (&bench);
  for (guint i = 0; i < tokens; i++)
    {
      append (call, i % 12 == 11 ? "end\\n" : "wor ");
      if (i % 16 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  append (call, "\"}");
  rest (200);
  report (&bench, "arguments", tokens);
  begin (&bench);
  set_done (call, "Written.");
  rest (200);
  report (&bench, "arguments-end", 1);
  bench_close (&bench);
}

/* A tool prints very many lines: while they come, when the card is opened, and all of them. */
static void
bench_output (guint lines)
{
  Bench bench;
  RnlPart *call;
  GtkWidget *button;

  bench_open (&bench);
  g_list_store_append (bench.messages, bench.message);
  call = add_call (&bench, "run");
  append (call, "{}");
  rnl_part_set_complete (call, TRUE);
  rnl_part_set_state (call, RNL_TOOL_RUNNING);
  rest (100);
  begin (&bench);
  for (guint i = 0; i < lines; i++)
    {
      rnl_part_append_output (call, "2026-11-21 12:00:00 another line of output\n", 43);
      if (i % 16 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  rest (200);
  report (&bench, "output", lines);
  set_done (call, "Printed.");
  click_header (&bench);
  rest (400);
  begin (&bench);
  click_header (&bench);
  rest (400);
  report (&bench, "output-open", lines);

  button = find (find (bench.window, RNL_TYPE_OUTPUT_VIEW), GTK_TYPE_BUTTON);
  begin (&bench);
  g_signal_emit_by_name (button, "clicked");
  rest (400);
  report (&bench, "output-viewer", lines);
  bench_close (&bench);
}

/* In a turn of the loop, as a chat is chosen. */
static gboolean
read_again_cb (gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GListStore) messages = g_list_store_new (RNL_TYPE_MESSAGE);

  g_list_store_append (messages, bench->message);
  rnl_transcript_view_set_messages (RNL_TRANSCRIPT_VIEW (bench->view), G_LIST_MODEL (messages));

  return G_SOURCE_REMOVE;
}

/* Very many calls in one turn, so many at once: as they come and end, when the answer begins, when
 * the steps are opened, and when the chat is read again. */
static void
bench_calls (const char *name, guint n, guint at_once)
{
  Bench bench;
  GPtrArray *calls = g_ptr_array_new ();
  RnlPart *text;

  bench_open (&bench);
  g_list_store_append (bench.messages, bench.message);
  begin (&bench);
  for (guint i = 0; i < n; i += at_once)
    {
      for (guint k = i; k < MIN (i + at_once, n); k++)
        {
          g_ptr_array_add (calls, add_call (&bench, "add"));
          append (g_ptr_array_index (calls, k), "{\"a\": 1, \"b\": 2}");
          rest (1);
        }
      for (guint k = i; k < MIN (i + at_once, n); k++)
        {
          rnl_part_set_state (g_ptr_array_index (calls, k), RNL_TOOL_RUNNING);
          set_done (g_ptr_array_index (calls, k), "3");
          rest (1);
        }
    }
  rest (200);
  report (&bench, name, n);
  begin (&bench);
  text = rnl_part_new_text ("The sum is 600.");
  rnl_message_add_part (bench.message, text);
  g_object_unref (text);
  rest (300);
  report (&bench, "calls-answer", n);
  begin (&bench);
  g_signal_emit_by_name (
    rnl_step_group_get_header (RNL_STEP_GROUP (find (bench.window, RNL_TYPE_STEP_GROUP))),
    "clicked");
  rest (500);
  report (&bench, "calls-open", n);
  begin (&bench);
  click_header (&bench);
  rest (400);
  report (&bench, "card-open", 1);

  begin (&bench);
  g_idle_add (read_again_cb, &bench);
  rest (500);
  report (&bench, "calls-read-again", n);
  g_ptr_array_unref (calls);
  bench_close (&bench);
}

/* A tool in a tool in a tool, and a model that speaks at the bottom. */
static void
bench_depth (guint depth, guint tokens)
{
  Bench bench;
  g_autoptr (RnlPart) model = rnl_part_new (RNL_PART_TEXT, 0);
  RnlPart *call;

  bench_open (&bench);
  g_list_store_append (bench.messages, bench.message);
  begin (&bench);
  call = add_call (&bench, "outer");
  rnl_part_set_state (call, RNL_TOOL_RUNNING);
  for (guint i = 1; i < depth; i++)
    {
      g_autoptr (RnlPart) inner = rnl_part_new_tool_call (0, "inner", "inner");

      rnl_part_set_state (inner, RNL_TOOL_RUNNING);
      rnl_part_add_child (call, inner);
      call = inner;
      rest (5);
    }
  rnl_part_add_child (call, model);
  rest (300);
  report (&bench, "depth", depth);
  begin (&bench);
  rnl_answer_parts_reveal (RNL_ANSWER_PARTS (find (bench.window, RNL_TYPE_ANSWER_PARTS)), model);
  rest (400);
  report (&bench, "depth-open", depth);
  begin (&bench);
  for (guint i = 0; i < tokens; i++)
    {
      append (model, i % 10 == 9 ? "word.\n" : "word ");
      if (i % 16 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  rest (200);
  report (&bench, "depth-stream", tokens);
  bench_close (&bench);
}

/* Without names all of them run. */
static gboolean
wants (int argc, char **argv, const char *name)
{
  gboolean named = FALSE;

  for (int i = 1; i < argc; i++)
    {
      named |= argv[i][0] != '-';
      if (g_str_equal (argv[i], name))
        return TRUE;
    }

  return !named;
}

int
main (int argc, char **argv)
{
  gboolean quick = argc > 1 && g_str_equal (argv[1], "--quick");

  if (!gtk_init_check ())
    {
      g_print ("no display\n");
      return 77;
    }
  adw_init ();
  bench_init ();
  rnl_test_loop_watch ();
  if (wants (argc, argv, "arguments"))
    bench_arguments (quick ? 5000 : 50000);
  if (wants (argc, argv, "output"))
    bench_output (quick ? 20000 : 200000);
  if (wants (argc, argv, "calls"))
    bench_calls ("calls", quick ? 50 : 200, 8);
  if (wants (argc, argv, "at-once"))
    bench_calls ("calls-at-once", 50, 50);
  if (wants (argc, argv, "depth"))
    bench_depth (20, quick ? 500 : 5000);

  return 0;
}
