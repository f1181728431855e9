/* bench-live.c: the text of an answer while it comes, ends, opens and unfolds
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures one case and prints one JSON object. `live.py` runs all of them beside what GTK can do
 * and judges. A stall is the longest time from one poll to the next, a frame what is between its
 * before-paint and its after-paint; both are CPU time of the main thread, so that they say the same
 * on a busy machine. The window is that of the yardstick: 900 x 700 with a header bar, the end of
 * the text in sight.
 *
 *   bench-live stream LENGTH [SECONDS]   so many tokens are there, then 200 more a second
 *   bench-live burst TEXT LENGTH         from nothing, as fast as the loop takes them
 *   bench-live open TEXT LENGTH          a text that was there before
 *   bench-live plain TEXT LENGTH         the same in one text view of GTK, without Markdown
 *   bench-live scroll TEXT LENGTH        through its end
 *
 * TEXT: a file of Markdown, or a name of `bench_text_new_named ()`. `stream` takes its file from
 * `RNL_BENCH_TEXT`. Tokens are equal parts of the text. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "bench.h"
#include "bench-text.h"
#include "rnl-answer-view.h"

#define TOKENS_PER_SECOND 200
#define TOKENS_PER_TURN   64
#define REST_MS           400
#define SCROLLS           240
#define SCROLL_STEP       24

typedef struct
{
  GtkWidget *window;
  GtkWidget *scroller;
  RnlAnswerView *view;
  GArray *frames; /* double, milliseconds */
  double frame_cpu;
  double phase_cpu;
  double phases[3]; /* CPU of all frames: text taken in, layout, painting */
  guint n_frames;

  GString *text;
  guint n_tokens; /* that the whole text is */
  guint fed;
  guint want;
  gint64 began;
  gboolean scrolling;
  gboolean moved; /* by the layout of this frame */
} Live;

/* {{{ The window and its frames */

static void
before_paint_cb (GdkFrameClock *clock, Live *live)
{
  live->frame_cpu = live->phase_cpu = rnl_test_cpu_ms ();
}

static void
end_phase (Live *live, guint phase)
{
  double now = rnl_test_cpu_ms ();

  live->phases[phase] += now - live->phase_cpu;
  live->phase_cpu = now;
}

static void
updated_cb (GdkFrameClock *clock, Live *live)
{
  end_phase (live, 0);
}

/* A viewport that was scrolled while it is laid out shows that a frame later; the list of a chat
 * does not. It is laid out once more. */
static void
laid_out_cb (GdkFrameClock *clock, Live *live)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (live->scroller));

  if (live->moved && GTK_IS_VIEWPORT (child))
    gtk_widget_queue_allocate (child);
  live->moved = FALSE;
  end_phase (live, 1);
}

static void
after_paint_cb (GdkFrameClock *clock, Live *live)
{
  double cost = rnl_test_cpu_ms () - live->frame_cpu;

  end_phase (live, 2);
  g_array_append_val (live->frames, cost);
  live->n_frames++;
}

/* A reader at the end stays there: with the layout that made it grow, as the chat has it. */
static void
follow_cb (GtkAdjustment *adjustment, Live *live)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (live->scrolling)
    return;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  live->moved = live->moved || gtk_adjustment_get_value (adjustment) != value;
}

static void
follow (Live *live)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (live->scroller));

  g_signal_connect (adjustment, "changed", G_CALLBACK (follow_cb), live);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (follow_cb), live);
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add (REST_MS, stop_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

/* Until there is nothing more to paint: a table that is unfolded takes many frames. */
static void
rest_long (Live *live)
{
  guint before;

  do
    {
      before = live->n_frames;
      rest ();
    }
  while (live->n_frames > before);
}

/* The next one, also if there is nothing new to paint. */
static void
wait_frame (Live *live)
{
  guint before = live->n_frames;

  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (live->window),
                                 GDK_FRAME_CLOCK_PHASE_PAINT);
  while (live->n_frames == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_window (Live *live)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GdkFrameClock *clock;

  live->frames = g_array_new (FALSE, FALSE, sizeof (double));
  live->window = adw_window_new ();
  live->scroller = gtk_scrolled_window_new ();
  live->view = RNL_ANSWER_VIEW (rnl_answer_view_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (live->scroller), GTK_WIDGET (live->view));
  gtk_window_set_default_size (GTK_WINDOW (live->window), 900, 700);
  gtk_widget_set_vexpand (live->scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), live->scroller);
  adw_window_set_content (ADW_WINDOW (live->window), box);
  gtk_widget_realize (live->window);
  clock = gtk_widget_get_frame_clock (live->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), live);
  g_signal_connect_after (clock, "update", G_CALLBACK (updated_cb), live);
  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), live);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), live);
  follow (live);
  gtk_window_present (GTK_WINDOW (live->window));
  wait_frame (live);
  rest ();
}

static void
begin (Live *live)
{
  g_array_set_size (live->frames, 0);
  memset (live->phases, 0, sizeof live->phases);
  rnl_test_loop_reset ();
}

/* }}} */

/* {{{ The tokens */

static gsize
token_offset (Live *live, guint token)
{
  return (gsize) ((guint64) live->text->len * token / live->n_tokens);
}

static void
append_tokens (Live *live, guint n)
{
  gsize from = token_offset (live, live->fed);

  live->fed = MIN (live->fed + n, live->want);
  rnl_answer_view_append (live->view, live->text->str + from,
                          (gssize) (token_offset (live, live->fed) - from));
}

static gboolean
timed_cb (gpointer user_data)
{
  Live *live = user_data;
  gint64 passed = g_get_monotonic_time () - live->began;
  guint due = (guint) (passed * TOKENS_PER_SECOND / G_USEC_PER_SEC);

  due = MIN (due, live->want);
  while (live->fed < due)
    append_tokens (live, 1);

  return live->fed < live->want ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
burst_cb (gpointer user_data)
{
  Live *live = user_data;

  append_tokens (live, TOKENS_PER_TURN);

  return live->fed < live->want ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
feed (Live *live, guint want, gboolean timed)
{
  live->want = want;
  live->began = g_get_monotonic_time () - (gint64) live->fed * G_USEC_PER_SEC / TOKENS_PER_SECOND;
  if (timed)
    g_timeout_add (5, timed_cb, live);
  else
    g_idle_add (burst_cb, live);
  while (live->fed < want)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns after how many milliseconds what is there was painted. */
static double
wait_settled (Live *live)
{
  gint64 start = g_get_monotonic_time ();

  while (!rnl_answer_view_is_settled (live->view))
    g_main_context_iteration (NULL, TRUE);
  wait_frame (live);

  return (double) (g_get_monotonic_time () - start) / 1e3;
}

static void
load_text (Live *live, const char *name, guint n_tokens)
{
  g_autofree char *contents = NULL;
  gsize length;

  live->n_tokens = n_tokens;
  if (name != NULL && *name == '\0')
    name = NULL;
  if (name != NULL && g_file_get_contents (name, &contents, &length, NULL))
    live->text = g_string_new_len (contents, (gssize) length);
  else
    live->text = bench_text_new_named (name, n_tokens);
  g_assert_nonnull (live->text);
}

/* }}} */

static void
check_text (Live *live, gsize length)
{
  g_autofree char *markdown = rnl_answer_view_dup_markdown (live->view);

  g_assert_cmpuint (strlen (markdown), ==, length);
  g_assert_true (memcmp (markdown, live->text->str, length) == 0);
}

static void
print_rest (Live *live)
{
  RnlTestStall stall = rnl_test_loop_get_stall ();

  g_print (",\"frames\":%u,\"update_ms\":%.0f,\"layout_ms\":%.0f,\"paint_ms\":%.0f,"
           "\"frame_p95_ms\":%.2f,\"frame_max_ms\":%.1f,\"stall_ms\":%.1f,"
           "\"long_turns\":%u,\"turns\":%u}\n",
           live->frames->len, live->phases[0], live->phases[1], live->phases[2],
           bench_percentile (live->frames, 0.95), bench_percentile (live->frames, 1), stall.cpu_ms,
           stall.n_long, stall.n_turns);
}

static void
bench_stream (Live *live, guint length, guint seconds)
{
  guint more = seconds * TOKENS_PER_SECOND;
  double cpu, wall, last;
  RnlTestStall stall;

  load_text (live, g_getenv ("RNL_BENCH_TEXT"), length + more);
  feed (live, length, FALSE);
  wait_settled (live);
  rest ();
  begin (live);
  cpu = rnl_test_cpu_ms ();
  wall = (double) g_get_monotonic_time () / 1e3;
  feed (live, length + more, TRUE);
  last = wait_settled (live);
  cpu = rnl_test_cpu_ms () - cpu;
  wall = (double) g_get_monotonic_time () / 1e3 - wall;
  g_print ("{\"bench\":\"stream\",\"length\":%u,\"tokens\":%u,\"cpu_us_per_token\":%.1f,"
           "\"busy\":%.3f,\"last_token_ms\":%.1f",
           length, more, cpu * 1e3 / more, cpu / wall, last);
  stall = rnl_test_loop_get_stall ();
  g_print (",\"frame_p95_ms\":%.2f,\"frame_max_ms\":%.1f,\"stall_ms\":%.1f",
           bench_percentile (live->frames, 0.95), bench_percentile (live->frames, 1), stall.cpu_ms);
  begin (live);
  rnl_answer_view_set_complete (live->view, TRUE);
  wait_settled (live);
  rest ();
  g_print (",\"finish_stall_ms\":%.1f}\n", rnl_test_loop_get_stall ().cpu_ms);
  check_text (live, live->text->len);
}

static void
bench_burst (Live *live, const char *name, guint length)
{
  double cpu, last;

  load_text (live, name, length);
  begin (live);
  cpu = rnl_test_cpu_ms ();
  feed (live, length, FALSE);
  rnl_answer_view_set_complete (live->view, TRUE);
  last = wait_settled (live);
  wait_frame (live);
  cpu = rnl_test_cpu_ms () - cpu;
  rest ();
  check_text (live, live->text->len);
  g_print ("{\"bench\":\"burst\",\"text\":\"%s\",\"tokens\":%u,\"bytes\":%zu,"
           "\"cpu_us_per_token\":%.1f,\"last_token_ms\":%.1f",
           name, length, live->text->len, cpu * 1e3 / length, last);
  print_rest (live);
}

/* As the chat has it: what is below the button that was pressed makes room. */
static void
hold (Live *live, GtkWidget *button)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (live->scroller));
  graphene_rect_t bounds;

  if (live->scrolling || !gtk_widget_compute_bounds (button, live->scroller, &bounds))
    return;
  live->scrolling = TRUE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y
                                          - gtk_adjustment_get_page_size (adjustment) / 2);
}

/* Everything that is folded away. Returns how many there were. */
static guint
unfold (Live *live, GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget), *next; child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child); /* a button may go with its click */
      if (GTK_IS_BUTTON (child) && gtk_widget_get_mapped (child)
          && gtk_widget_has_css_class (child, "answer-more"))
        {
          hold (live, child);
          g_signal_emit_by_name (child, "clicked");
          n++;
        }
      else
        n += unfold (live, child);
    }

  return n;
}

static gboolean
open_cb (gpointer user_data)
{
  Live *live = user_data;

  rnl_answer_view_set_text (live->view, live->text->str);
  live->want = 0;

  return G_SOURCE_REMOVE;
}

static gboolean
unfold_cb (gpointer user_data)
{
  Live *live = user_data;

  live->want = unfold (live, GTK_WIDGET (live->view));
  live->fed = 1;

  return G_SOURCE_REMOVE;
}

static void
bench_open (Live *live, const char *name, guint length)
{
  double cpu, last;

  load_text (live, name, length);
  begin (live);
  cpu = rnl_test_cpu_ms ();
  live->want = 1;
  g_idle_add (open_cb, live);
  while (live->want > 0)
    g_main_context_iteration (NULL, TRUE);
  last = wait_settled (live);
  cpu = rnl_test_cpu_ms () - cpu;
  rest ();
  g_print ("{\"bench\":\"open\",\"text\":\"%s\",\"tokens\":%u,\"bytes\":%zu,\"cpu_ms\":%.1f,"
           "\"whole_ms\":%.1f",
           name, length, live->text->len, cpu, last);
  print_rest (live);

  begin (live);
  live->fed = 0;
  g_idle_add (unfold_cb, live);
  while (live->fed == 0)
    g_main_context_iteration (NULL, TRUE);
  if (live->want == 0)
    return;
  wait_settled (live);
  rest_long (live);
  g_print ("{\"bench\":\"unfold\",\"text\":\"%s\",\"buttons\":%u", name, live->want);
  print_rest (live);
}

/* {{{ What GTK needs for it */

#define STILL_FRAMES 20

static gboolean
plain_cb (gpointer user_data)
{
  Live *live = user_data;
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (live->scroller));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), live->text->str,
                            (int) live->text->len);
  live->want = 0;

  return G_SOURCE_REMOVE;
}

/* Until it is as high as it gets: a text view lays out a part at a time. */
static void
wait_still (Live *live)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (live->scroller));
  double height = -1;
  guint last = live->n_frames;

  while (live->n_frames < last + STILL_FRAMES)
    {
      if (gtk_adjustment_get_upper (adjustment) > height)
        last = live->n_frames;
      height = gtk_adjustment_get_upper (adjustment);
      wait_frame (live);
    }
}

static void
bench_plain (Live *live, const char *name, guint length)
{
  GtkWidget *view = gtk_text_view_new ();

  load_text (live, name, length);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (live->scroller), view);
  wait_frame (live);
  rest ();
  begin (live);
  live->want = 1;
  g_idle_add (plain_cb, live);
  while (live->want > 0)
    g_main_context_iteration (NULL, TRUE);
  wait_still (live);
  g_array_set_size (live->frames, live->frames->len - MIN (live->frames->len, STILL_FRAMES));
  g_print ("{\"bench\":\"plain\",\"text\":\"%s\",\"tokens\":%u,\"bytes\":%zu", name, length,
           live->text->len);
  print_rest (live);
}

/* }}} */

/* From the end towards the beginning, a line a frame. */
static void
bench_scroll (Live *live, const char *name, guint length)
{
  GtkAdjustment *adjustment
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (live->scroller));
  double cpu;

  load_text (live, name, length);
  rnl_answer_view_set_text (live->view, live->text->str);
  wait_settled (live);
  rest ();
  begin (live);
  live->scrolling = TRUE;
  cpu = rnl_test_cpu_ms ();
  for (guint i = 0; i < SCROLLS; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - SCROLL_STEP);
      wait_frame (live);
    }
  cpu = rnl_test_cpu_ms () - cpu;
  g_print ("{\"bench\":\"scroll\",\"text\":\"%s\",\"tokens\":%u,\"bytes\":%zu,\"cpu_ms\":%.1f",
           name, length, live->text->len, cpu);
  print_rest (live);
}

int
main (int argc, char **argv)
{
  Live live = { 0 };

  if (argc < 3 || !gtk_init_check ())
    return 77;
  adw_init ();
  rnl_test_loop_watch ();
  open_window (&live);
  if (g_str_equal (argv[1], "stream"))
    bench_stream (&live, (guint) atoi (argv[2]), argc > 3 ? (guint) atoi (argv[3]) : 5);
  else if (g_str_equal (argv[1], "burst") && argc > 3)
    bench_burst (&live, argv[2], (guint) atoi (argv[3]));
  else if (g_str_equal (argv[1], "open") && argc > 3)
    bench_open (&live, argv[2], (guint) atoi (argv[3]));
  else if (g_str_equal (argv[1], "plain") && argc > 3)
    bench_plain (&live, argv[2], (guint) atoi (argv[3]));
  else if (g_str_equal (argv[1], "scroll") && argc > 3)
    bench_scroll (&live, argv[2], (guint) atoi (argv[3]));
  else
    return 2;

  return 0;
}
