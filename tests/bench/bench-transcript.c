/* bench-transcript.c: what the text of an answer costs the main thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints one JSON object a line. A stall is the longest time from one poll to the next, in CPU time
 * of the main thread, so that it says the same on a busy machine. Times are in milliseconds if not
 * said otherwise. Exits with 1 when a bar of the project is missed. */
#include "config.h"

#include <adwaita.h>

#include "bench.h"
#include "bench-text.h"
#include "rnl-answer-view.h"

#define MAX_STALL_MS 50.0
#define MAX_RATIO    1.15

static gboolean failed;

typedef struct
{
  GtkWidget *window;
  RnlAnswerView *view;
  GString *text;
  gsize pos;
  gsize end;
  gsize piece;
  guint pieces; /* in one turn of the loop */
  gboolean done;
} Bench;

static void
follow_cb (GtkAdjustment *adjustment)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
show_view (Bench *bench, GString *text)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  *bench = (Bench){ .window = gtk_window_new (), .text = text, .piece = 4, .pieces = 1 };
  bench->view = RNL_ANSWER_VIEW (rnl_answer_view_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (bench->view));
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                    G_CALLBACK (follow_cb), NULL);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (bench->window), scroller);
  gtk_window_present (GTK_WINDOW (bench->window));
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Runs the loop until the view has nothing to do and the layout has come to rest. */
static void
settle (Bench *bench)
{
  gboolean rested = FALSE;

  while (!rnl_answer_view_is_settled (bench->view))
    g_main_context_iteration (NULL, TRUE);
  g_timeout_add (400, stop_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

static void
close_view (Bench *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  g_string_free (bench->text, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
append_cb (gpointer user_data)
{
  Bench *bench = user_data;

  for (guint i = 0; i < bench->pieces && bench->pos < bench->end; i++)
    {
      gsize length = MIN (bench->piece, bench->end - bench->pos);

      rnl_answer_view_append (bench->view, bench->text->str + bench->pos, (gssize) length);
      bench->pos += length;
    }
  bench->done = bench->pos == bench->end;

  return bench->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
append_until (Bench *bench, gsize end, guint interval_ms)
{
  bench->end = end;
  bench->done = FALSE;
  if (interval_ms > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, interval_ms, append_cb, bench, NULL);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, append_cb, bench, NULL);
  while (!bench->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
check (gboolean ok)
{
  if (!ok)
    failed = TRUE;
}

/* A whole message as fast as it comes. */
static void
bench_burst (const char *kind, GString *text, guint pieces)
{
  Bench bench;
  g_autofree char *markdown = NULL;
  gsize tokens = text->len / 4;
  double start;

  show_view (&bench, text);
  settle (&bench);
  bench.pieces = pieces;
  rnl_test_loop_reset ();
  start = rnl_test_cpu_ms ();
  append_until (&bench, text->len, 0);
  rnl_answer_view_set_complete (bench.view, TRUE);
  settle (&bench);
  markdown = rnl_answer_view_dup_markdown (bench.view);
  check (g_str_equal (markdown, text->str) && rnl_test_loop_get_stall ().cpu_ms <= MAX_STALL_MS);
  g_print ("{\"bench\":\"burst\",\"kind\":\"%s\",\"tokens\":%" G_GSIZE_FORMAT
           ",\"cpu_us_per_token\":%.1f,\"stall_ms\":%.1f,\"stall_wall_ms\":%.1f,\"lost\":%s}\n",
           kind, tokens, (rnl_test_cpu_ms () - start) * 1e3 / tokens,
           rnl_test_loop_get_stall ().cpu_ms, rnl_test_loop_get_stall ().wall_ms,
           g_str_equal (markdown, text->str) ? "false" : "true");
  close_view (&bench);
}

/* A saved message shown at once. */
static void
bench_open (guint tokens)
{
  Bench bench;
  GString *text = bench_text_new (tokens);
  double start;

  show_view (&bench, text);
  settle (&bench);
  rnl_test_loop_reset ();
  start = rnl_test_cpu_ms ();
  rnl_answer_view_set_text (bench.view, text->str);
  settle (&bench);
  check (rnl_test_loop_get_stall ().cpu_ms <= MAX_STALL_MS);
  g_print ("{\"bench\":\"open\",\"tokens\":%u,\"cpu_ms\":%.1f,\"stall_ms\":%.1f}\n", tokens,
           rnl_test_cpu_ms () - start, rnl_test_loop_get_stall ().cpu_ms);
  close_view (&bench);
}

/* Main-thread milliseconds per token at 200 tokens a second, after @tokens of them. */
static double
bench_stream (guint tokens, guint more)
{
  Bench bench;
  GString *text = bench_text_new (tokens + more);
  double start, cost;

  show_view (&bench, text);
  settle (&bench);
  bench.pieces = 64;
  append_until (&bench, tokens * 4, 0);
  settle (&bench);
  bench.pieces = 1;
  rnl_test_loop_reset ();
  start = rnl_test_cpu_ms ();
  append_until (&bench, text->len, 5);
  cost = (rnl_test_cpu_ms () - start) / more;
  check (rnl_test_loop_get_stall ().cpu_ms <= MAX_STALL_MS);
  g_print ("{\"bench\":\"stream\",\"after\":%u,\"tokens\":%u,\"cpu_ms_per_token\":%.3f,"
           "\"stall_ms\":%.1f}\n",
           tokens, more, cost, rnl_test_loop_get_stall ().cpu_ms);
  close_view (&bench);

  return cost;
}

int
main (int argc, char **argv)
{
  gboolean quick = argc > 1 && g_str_equal (argv[1], "--quick");
  double at_2k, at_50k;

  if (!gtk_init_check ())
    return 77;
  adw_init ();
  rnl_test_loop_watch ();

  bench_burst ("warm-up", bench_text_new (2000), 16);
  bench_burst ("text", bench_text_new (20000), 1);
  bench_burst ("text-coarse", bench_text_new (20000), 500);
  bench_burst ("code", bench_text_new_code (20000), 16);
  bench_open (2000);
  bench_open (20000);
  if (quick)
    return failed ? 1 : 0;

  at_2k = bench_stream (2000, 1000);
  at_50k = bench_stream (50000, 1000);
  g_print ("{\"bench\":\"stream-ratio\",\"ratio\":%.2f}\n", at_50k / at_2k);
  check (at_50k / at_2k <= MAX_RATIO);
  bench_burst ("text-50k", bench_text_new (50000), 16);

  return failed ? 1 : 0;
}
