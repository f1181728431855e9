/* test-answer-cost.c: what one more token costs, and what a text that is hard may cost
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The short form of bench-live: counts and ratios, which are the same on every machine, and bounds
 * in CPU time of the main thread that only a mistake can miss. */
#include "config.h"

#include "rnl-answer-fold.h"
#include "rnl-answer-view.h"
#include "rnl-code-block.h"
#include "rnl-markdown-stream.h"
#include "rnl-selectable.h"
#include "rnl-table-view.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"
#include "rnl-text-segment.h"

#include <adwaita.h>
#include <string.h>

#define BYTES_OF_A_TOKEN 4
#define N_TOKENS         40
#define MAX_RATIO        1.3
#define MAX_STALL_MS     60.0
#define MIN_ROUNDS       3
#define MAX_ROUNDS       10

/* However busy the machine is; the bound is in CPU time. */
#define SETTLED_WITHIN_MS 90000

typedef struct
{
  GtkWidget *window;
  RnlAnswerView *view;
  GdkFrameClock *clock;
  guint n_frames;
} Cost;

static void
after_paint_cb (GdkFrameClock *clock, Cost *cost)
{
  cost->n_frames++;
}

static void
follow_cb (GtkAdjustment *adjustment)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
cost_set_up (Cost *cost, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  cost->window = gtk_window_new ();
  cost->view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (cost->view));
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                    G_CALLBACK (follow_cb), NULL);
  gtk_window_set_default_size (GTK_WINDOW (cost->window), 700, 500);
  gtk_window_set_child (GTK_WINDOW (cost->window), scroller);
  gtk_window_present (GTK_WINDOW (cost->window));
  rnl_test_wait_for (gtk_widget_get_mapped, cost->view);
  cost->clock = g_object_ref (gtk_widget_get_frame_clock (cost->window));
  cost->n_frames = 0;
  g_signal_connect (cost->clock, "after-paint", G_CALLBACK (after_paint_cb), cost);
}

static void
cost_tear_down (Cost *cost, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (cost->clock, cost);
  g_clear_object (&cost->clock);
  gtk_window_destroy (GTK_WINDOW (cost->window));
  g_assert_finalize_object (cost->view);
}

/* A sanitizer looks at each allocation of the toolkit: less of the same for it. */
static guint
scaled (guint n)
{
  return rnl_test_get_slowdown () > 1 ? n / 20 : n;
}

/* Markdown of many kinds; its last paragraph is open. */
static char *
dup_text (guint n_tokens)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; text->len < (gsize) n_tokens * BYTES_OF_A_TOKEN; i++)
    {
      g_string_append_printf (text,
                              "## Part %u\n\nSome **bold** words and `code`, with a "
                              "[link](https://example.org/%u), and a few more of them that fill "
                              "a line or two of the window.\n\n",
                              i, i);
      if (i % 4 == 1)
        g_string_append (text, "- one\n- two *things*\n- three\n\n");
      if (i % 8 == 3)
        g_string_append (text, "```c\nint x = 1; /* one */\nreturn \"text\";\n```\n\n");
      if (i % 16 == 7)
        g_string_append (text, "| a | b |\n|---|---|\n| 1 | 2 |\n\n");
    }
  g_string_append (text, "The end of it:");

  return g_string_free (text, FALSE);
}

static void
show_tokens (Cost *cost, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      rnl_answer_view_append (cost->view, i % 8 == 7 ? " a\n\n" : " abc", -1);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
    }
}

/* {{{ How much is touched */

static gsize n_inserted; /* bytes */
static gsize n_deleted;  /* characters */
static guint n_tags;

static gboolean
inserted_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  n_inserted += (gsize) g_value_get_int (&values[3]);

  return TRUE;
}

static gboolean
deleted_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  const GtkTextIter *start = g_value_get_boxed (&values[1]);
  const GtkTextIter *end = g_value_get_boxed (&values[2]);

  n_deleted += (gsize) (gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (start));

  return TRUE;
}

static gboolean
tagged_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  n_tags++;

  return TRUE;
}

static gulong
watch (const char *signal, GSignalEmissionHook hook)
{
  g_type_ensure (GTK_TYPE_TEXT_BUFFER);

  return g_signal_add_emission_hook (g_signal_lookup (signal, GTK_TYPE_TEXT_BUFFER), 0, hook, NULL,
                                     NULL);
}

static void
unwatch (const char *signal, gulong hook)
{
  g_signal_remove_emission_hook (g_signal_lookup (signal, GTK_TYPE_TEXT_BUFFER), hook);
}

static guint
count_widgets (GtkWidget *widget, GType type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child, type);

  return n;
}

/* A token touches its own bytes and not much more, at the end of any message. */
static void
test_touched (Cost *cost, gconstpointer data)
{
  static const guint lengths[] = { 500, 4000 };
  gsize inserted[2], deleted[2];
  guint tags[2], widgets[2];

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = dup_text (lengths[i]);
      gulong hooks[3];
      guint before;

      rnl_answer_view_set_text (cost->view, "");
      gtk_scrolled_window_set_child (
        GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (cost->window))), NULL);
      g_assert_finalize_object (cost->view);
      cost->view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
      gtk_scrolled_window_set_child (
        GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (cost->window))),
        GTK_WIDGET (cost->view));
      rnl_answer_view_append (cost->view, text, -1);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
      before = count_widgets (GTK_WIDGET (cost->view), GTK_TYPE_WIDGET);
      n_inserted = n_deleted = n_tags = 0;
      hooks[0] = watch ("insert-text", inserted_cb);
      hooks[1] = watch ("delete-range", deleted_cb);
      hooks[2] = watch ("apply-tag", tagged_cb);
      show_tokens (cost, N_TOKENS);
      unwatch ("insert-text", hooks[0]);
      unwatch ("delete-range", hooks[1]);
      unwatch ("apply-tag", hooks[2]);
      inserted[i] = n_inserted;
      deleted[i] = n_deleted;
      tags[i] = n_tags;
      widgets[i] = count_widgets (GTK_WIDGET (cost->view), GTK_TYPE_WIDGET) - before;
    }
  g_test_message ("%zu and %zu bytes inserted, %zu and %zu characters deleted, %u and %u tags, "
                  "%u and %u new widgets",
                  inserted[0], inserted[1], deleted[0], deleted[1], tags[0], tags[1], widgets[0],
                  widgets[1]);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (inserted[i], >=, N_TOKENS * 3);
      g_assert_cmpuint (inserted[i], <=, N_TOKENS * BYTES_OF_A_TOKEN * 2);
      g_assert_cmpuint (deleted[i], <=, N_TOKENS * BYTES_OF_A_TOKEN);
      g_assert_cmpuint (tags[i], <=, N_TOKENS * 4);
      g_assert_cmpuint (widgets[i], <=, N_TOKENS / 8);
    }
}

/* }}} */

static double
measure_tokens (Cost *cost)
{
  double start = rnl_test_cpu_ms ();

  show_tokens (cost, N_TOKENS);

  return rnl_test_cpu_ms () - start;
}

/* The growth of the cost of a token with the length of the message. The cheapest of at least three
 * rounds: whatever else the machine does makes a round dearer, never cheaper. */
static void
test_growth (Cost *cost, gconstpointer data)
{
  Cost other = { 0 };
  g_autofree char *some = dup_text (scaled (2000));
  g_autofree char *much = dup_text (scaled (10000));
  double at_some = G_MAXDOUBLE, at_much = G_MAXDOUBLE;

  rnl_answer_view_append (cost->view, some, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
  cost_set_up (&other, NULL);
  rnl_answer_view_append (other.view, much, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, other.view);
  measure_tokens (cost);
  measure_tokens (&other);
  for (guint i = 0; i < MAX_ROUNDS && (i < MIN_ROUNDS || at_much / at_some > MAX_RATIO); i++)
    {
      at_some = MIN (at_some, measure_tokens (cost));
      at_much = MIN (at_much, measure_tokens (&other));
    }
  g_test_message ("a token takes %.2f ms at first and %.2f ms after five times as many: %.2f",
                  at_some / N_TOKENS, at_much / N_TOKENS, at_much / at_some);
  g_assert_cmpfloat (at_much / at_some, <=, MAX_RATIO);
  cost_tear_down (&other, NULL);
}

/* What is appended now is painted with the next frame. */
static void
test_next_frame (Cost *cost, gconstpointer data)
{
  g_autofree char *text = dup_text (4000);

  rnl_answer_view_append (cost->view, text, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
  for (guint i = 0; i < 5; i++)
    {
      guint before = cost->n_frames;

      rnl_answer_view_append (cost->view, " word", -1);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
      g_assert_cmpuint (cost->n_frames - before, <=, 1);
    }
}

/* {{{ Texts that are hard */

static char *
dup_long_line (guint n)
{
  GString *text = g_string_new (NULL);

  while (text->len < n)
    g_string_append (text, "words and **more** words, ");

  return g_string_free (text, FALSE);
}

static char *
dup_long_code_line (guint n)
{
  GString *text = g_string_new ("```js\n");

  while (text->len < n)
    g_string_append (text, "{\"name\": [1, 2]},");
  g_string_append (text, "\n```\n");

  return g_string_free (text, FALSE);
}

static char *
dup_items (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "- item %u\n", i);

  return g_string_free (text, FALSE);
}

static char *
dup_table (guint n)
{
  GString *text = g_string_new ("| a | b | c |\n|---|--:|---|\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "| row %u | %u | **c** |\n", i, i);

  return g_string_free (text, FALSE);
}

static char *
dup_code (guint n)
{
  GString *text = g_string_new ("```c\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "  if (x == %u) return \"text\"; // line\n", i);
  g_string_append (text, "```\n");

  return g_string_free (text, FALSE);
}

static char *
dup_nested (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < i % 40; k++)
        g_string_append (text, i / 40 % 2 == 0 ? "  " : "> ");
      g_string_append_printf (text, "- depth %u\n", i % 40);
    }

  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  char *(*dup) (guint n);
  guint n;
} hard[] = {
  { "line", dup_long_line, 100000 }, { "code-line", dup_long_code_line, 100000 },
  { "list", dup_items, 3000 },       { "table", dup_table, 500 },
  { "code", dup_code, 4000 },        { "nested", dup_nested, 1000 },
};

/* Nothing of it holds the main loop, nothing of it is lost. */
static void
test_hard (Cost *cost, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hard); i++)
    {
      g_autofree char *text = hard[i].dup (scaled (hard[i].n));
      g_autofree char *markdown = NULL;
      RnlTestStall stall;

      rnl_test_loop_reset ();
      rnl_answer_view_set_text (cost->view, text);
      g_assert_true (rnl_test_run_until ((RnlTestCondition) rnl_answer_view_is_settled, cost->view,
                                         SETTLED_WITHIN_MS));
      stall = rnl_test_loop_get_stall ();
      markdown = rnl_answer_view_dup_markdown (cost->view);
      g_test_message ("%s: %.1f ms", hard[i].name, stall.cpu_ms);
      g_assert_cmpstr (markdown, ==, text);
      g_assert_cmpfloat (stall.cpu_ms, <=, MAX_STALL_MS * rnl_test_get_slowdown ());
    }
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

static gboolean
shows_all (RnlCodeBlock *code)
{
  g_autofree char *shown = rnl_code_block_dup_shown (code);

  return g_str_equal (shown, rnl_code_block_get_text (code));
}

/* What a block of code shows of a long text. */
#define MAX_SHOWN (16 * 1024)

/* A long line is bounded as well as many lines; all of it is one click away. */
static void
test_code_bound (Cost *cost, gconstpointer data)
{
  static char *(*const dup[]) (guint n) = { dup_code, dup_long_code_line };
  static const guint sizes[] = { 4000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (dup); i++)
    {
      g_autofree char *text = dup[i](rnl_test_get_slowdown () > 1 ? sizes[i] / 4 : sizes[i]);
      g_autofree char *shown = NULL;
      GtkWidget *code;

      g_assert_cmpuint (strlen (text), >, MAX_SHOWN);
      rnl_answer_view_set_text (cost->view, text);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
      code = find_widget (GTK_WIDGET (cost->view), RNL_TYPE_CODE_BLOCK);
      shown = rnl_code_block_dup_shown (RNL_CODE_BLOCK (code));
      g_assert_cmpuint (strlen (shown), <=, MAX_SHOWN);
      g_assert_cmpuint (strlen (shown), >, 1000);
      g_assert_true (gtk_widget_activate_action (code, "code.show-all", NULL));
      rnl_test_wait_for (shows_all, code);
    }
}

static gboolean
has_all_rows (GtkWidget *table)
{
  return count_widgets (table, GTK_TYPE_LABEL) >= 3 * 101;
}

static void
test_table_bound (Cost *cost, gconstpointer data)
{
  g_autofree char *text = dup_table (100);
  GtkWidget *table;
  guint n_buttons;

  rnl_answer_view_set_text (cost->view, text);
  rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
  table = find_widget (GTK_WIDGET (cost->view), RNL_TYPE_TABLE_VIEW);
  g_assert_cmpuint (count_widgets (table, GTK_TYPE_LABEL), <=, 3 * 40 + 1);
  n_buttons = count_widgets (table, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_activate_action (table, "table.show-all", NULL));
  rnl_test_wait_for (has_all_rows, table);
  g_assert_cmpuint (count_widgets (table, GTK_TYPE_BUTTON), ==, n_buttons - 1);
}

static guint
count_shown (Cost *cost, guint *n_folds)
{
  RnlAnswerColumn *column = RNL_ANSWER_COLUMN (cost->view);
  GtkWidget *child = rnl_answer_column_get_first (column);
  guint n = 0;

  for (*n_folds = 0; child != NULL; child = rnl_answer_column_get_next (column, child))
    if (RNL_IS_TEXT_SEGMENT (child))
      n += rnl_text_segment_get_n_blocks (RNL_TEXT_SEGMENT (child));
    else
      *n_folds += RNL_IS_ANSWER_FOLD (child) ? 1 : 0;

  return n;
}

/* A place in what has just come is known when it was laid out. */
static void
wait_frame (Cost *cost)
{
  guint before = cost->n_frames;

  gdk_frame_clock_request_phase (cost->clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (cost->n_frames == before)
    g_main_context_iteration (NULL, TRUE);
}

/* Of a long list and a long line a part is laid out. What comes behind them is shown, and going to
 * a match in the rest opens it. */
static void
test_text_bound (Cost *cost, gconstpointer data)
{
  static char *(*const dup[]) (guint n) = { dup_items, dup_long_line };
  static const guint sizes[] = { 700, 60000 };
  static const guint limits[] = { 201, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (dup); i++)
    {
      g_autofree char *start = dup[i](sizes[i]);
      g_autofree char *text = g_strconcat (start, "\n\n# The end\n", NULL);
      RnlBlockRange found = { 0 };
      graphene_rect_t area;
      guint n_blocks, n_folds;

      rnl_answer_view_set_text (cost->view, text);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
      n_blocks = rnl_selectable_get_n_blocks (RNL_SELECTABLE (cost->view));
      g_assert_cmpuint (count_shown (cost, &n_folds), <=, limits[i]);
      g_assert_cmpuint (n_folds, ==, 1);
      found.from = (RnlBlockPoint){ n_blocks - 2, 0 };
      found.to = (RnlBlockPoint){ n_blocks - 2, 3 };
      g_assert_false (rnl_selectable_locate (RNL_SELECTABLE (cost->view), &found.from, &area));
      rnl_selectable_mark (RNL_SELECTABLE (cost->view), &found, 1, 0);
      rnl_selectable_reveal (RNL_SELECTABLE (cost->view), &found.from);
      rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
      g_assert_cmpuint (count_shown (cost, &n_folds), ==, n_blocks);
      g_assert_cmpuint (n_folds, ==, 0);
      wait_frame (cost);
      g_assert_true (rnl_selectable_locate (RNL_SELECTABLE (cost->view), &found.from, &area));
      rnl_selectable_mark (RNL_SELECTABLE (cost->view), NULL, 0, -1);
    }
}

static guint
count_text_nodes (GskRenderNode *node)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);
  guint n = type == GSK_TEXT_NODE ? 1 : 0;

  if (type == GSK_TRANSFORM_NODE)
    n = count_text_nodes (gsk_transform_node_get_child (node));
  else if (type == GSK_CLIP_NODE)
    n = count_text_nodes (gsk_clip_node_get_child (node));
  else if (type == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      n += count_text_nodes (gsk_container_node_get_child (node, i));

  return n;
}

static gboolean
is_high (GtkWidget *widget)
{
  return gtk_widget_get_height (widget) > 700;
}

/* Of a text that is higher than the window the lines are painted that are seen. */
static void
test_painted (Cost *cost, gconstpointer data)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autofree char *text = dup_items (38);

  rnl_answer_view_set_text (cost->view, text);
  rnl_test_wait_for (rnl_answer_view_is_settled, cost->view);
  rnl_test_wait_for (is_high, cost->view);
  g_assert_cmpuint (count_widgets (GTK_WIDGET (cost->view), RNL_TYPE_TEXT_SEGMENT), ==, 1);
  GTK_WIDGET_GET_CLASS (cost->view)->snapshot (GTK_WIDGET (cost->view), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_test_message ("%u of 76 nodes", count_text_nodes (node));
  g_assert_cmpuint (count_text_nodes (node), >=, 2 * 10);
  g_assert_cmpuint (count_text_nodes (node), <=, 2 * 28);
}

/* A text that comes into a window is laid out once it has a width, and not before. */
static void
test_realize (Cost *cost, gconstpointer data)
{
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  g_autofree char *text = dup_long_line (7000);
  GtkWidget *scroller = gtk_window_get_child (GTK_WINDOW (cost->window));
  GtkWidget *segment;
  GtkTextView *view;
  double start, realized;

  rnl_markdown_stream_feed (stream, text, -1);
  rnl_markdown_stream_end (stream);
  segment = rnl_text_segment_new (rnl_markdown_stream_get_block (stream, 0), FALSE);
  view = GTK_TEXT_VIEW (segment);
  start = rnl_test_cpu_ms ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), segment);
  realized = rnl_test_cpu_ms () - start;
  g_assert_false (gtk_widget_get_mapped (segment));
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)), ==, 0);
  start = rnl_test_cpu_ms ();
  wait_frame (cost);
  g_test_message ("%.1f ms, then %.1f ms", realized, rnl_test_cpu_ms () - start);
  g_assert_cmpfloat (realized, <, rnl_test_cpu_ms () - start);
  g_assert_true (gtk_widget_get_mapped (segment));
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)), >, 1000);
}

/* }}} */

#define ADD(name, test) g_test_add (name, Cost, NULL, cost_set_up, test, cost_tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  rnl_test_loop_watch ();

  ADD ("/answer-cost/code-bound", test_code_bound);
  ADD ("/answer-cost/growth", test_growth);
  ADD ("/answer-cost/hard", test_hard);
  ADD ("/answer-cost/next-frame", test_next_frame);
  ADD ("/answer-cost/painted", test_painted);
  ADD ("/answer-cost/realize", test_realize);
  ADD ("/answer-cost/table-bound", test_table_bound);
  ADD ("/answer-cost/text-bound", test_text_bound);
  ADD ("/answer-cost/touched", test_touched);

  return g_test_run ();
}
