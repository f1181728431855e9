/* test-answer-opening.c: an answer that was there before
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "answer-fixture.h"
#include "rnl-answer-fold.h"

#include <adwaita.h>
#include <string.h>

static const char sample[]
  = "# Title\n\nSome **bold** and `code` and a [link](https://example.org/x).\n\n"
    "1. one\n2. two\n   - nested\n\n```py\nprint (1)\nprint (2)\n```\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n---\n\nGrüße, 日本語.\n";

static const char sample_text[]
  = "Title\nSome bold and code and a link.\n1.\tone\n2.\ttwo\n◦\tnested\nprint (1)\nprint (2)\n"
    "a\tb\n1\t2\nquoted\n\nGrüße, 日本語.";

#define N_SECTIONS 100

/* Of every kind, 40 KB, with lists of which a part is folded away, and a mark in its middle. */
static char *
dup_long_text (void)
{
  GString *text = g_string_new ("The beginning.\n\n");

  for (guint i = 0; i < N_SECTIONS; i++)
    {
      g_string_append_printf (text, "## Section %u\n\n%s", i, sample);
      for (guint k = 0; k < 8; k++)
        g_string_append (text, "a few more words ");
      g_string_append (text, "\n\n");
      for (guint k = 0; k < 260 && (i == N_SECTIONS / 3 || i == N_SECTIONS - 1); k++)
        g_string_append_printf (text, "- item %u\n", k);
      if (i == N_SECTIONS / 2)
        g_string_append (text, "The middle.\n\n");
    }
  g_string_append (text, "\n\nThe end.");

  return g_string_free (text, FALSE);
}

/* As it looks when it came piece by piece. */
static char *
dup_streamed (const char *markdown)
{
  RnlAnswerView *view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
  char *text;

  rnl_answer_view_append (view, markdown, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  rnl_answer_view_set_complete (view, TRUE);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  text = rnl_answer_view_dup_text (view);
  g_assert_finalize_object (view);

  return text;
}

/* A window cannot be as high as it gets. */
static void
scroll_view (AnswerFixture *fixture)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  rnl_test_wait_for (gtk_widget_get_mapped, fixture->view);
}

static gboolean
shows_end (gpointer view)
{
  g_autofree char *text = rnl_answer_view_dup_text (view);

  return g_str_has_suffix (text, "The end.");
}

/* Its end is there before what stands between, and in the end it is the same. */
static void
test_opened (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  g_autofree char *expected = dup_streamed (markdown);
  g_autofree char *early = NULL;

  scroll_view (fixture);
  rnl_answer_view_set_text (fixture->view, markdown);
  rnl_test_wait_for (shows_end, fixture->view);
  early = rnl_answer_view_dup_text (fixture->view);
  g_assert_null (strstr (early, "The beginning."));
  g_assert_null (strstr (early, "The middle."));
  g_assert_false (rnl_answer_view_is_settled (fixture->view));
  g_assert_cmpuint (strlen (early), <, strlen (expected) / 2);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, expected);
}

typedef struct
{
  GtkAdjustment *adjustment;
  guint n_frames;
  guint n_moves;
} Watch;

static void
follow_cb (GtkAdjustment *adjustment, Watch *watch)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  watch->n_moves++;
}

static void
count_frame_cb (GdkFrameClock *clock, Watch *watch)
{
  watch->n_frames++;
}

/* Who reads the end has it in view while the rest comes in, and it does not move for that: there
 * is room already. Both count from when the end fills the view. */
static void
test_still (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  Watch watch = { 0 };
  GdkFrameClock *clock;
  guint n_early, n_frames;

  scroll_view (fixture);
  clock = gtk_widget_get_frame_clock (fixture->window);
  watch.adjustment = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (fixture->window))));
  g_signal_connect (watch.adjustment, "changed", G_CALLBACK (follow_cb), &watch);
  g_signal_connect (clock, "after-paint", G_CALLBACK (count_frame_cb), &watch);
  rnl_answer_view_set_text (fixture->view, markdown);
  rnl_test_wait_for (shows_end, fixture->view);
  n_early = watch.n_moves;
  n_frames = watch.n_frames;
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  g_test_message ("%u moves in %u frames, %u before", watch.n_moves - n_early,
                  watch.n_frames - n_frames, n_early);
  g_assert_cmpuint (watch.n_frames - n_frames, >=, 20);
  g_assert_cmpuint (watch.n_moves - n_early, <=, (watch.n_frames - n_frames) / 3);
  g_signal_handlers_disconnect_by_data (watch.adjustment, &watch);
  g_signal_handlers_disconnect_by_data (clock, &watch);
}

/* Whatever happens to it meanwhile, at any time. */
static void
test_changed (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  g_autofree char *more = g_strconcat (markdown, " And more.\n\nA last word.", NULL);
  g_autofree char *expected = dup_streamed (more);

  scroll_view (fixture);
  for (guint turns = 0; turns < 30; turns = turns * 2 + 3)
    {
      rnl_answer_view_set_text (fixture->view, markdown);
      for (guint i = 0; i < turns && !rnl_answer_view_is_settled (fixture->view); i++)
        g_main_context_iteration (NULL, TRUE);
      rnl_answer_view_set_complete (fixture->view, FALSE);
      rnl_answer_view_append (fixture->view, " And more.\n\nA last", -1);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      rnl_answer_view_append (fixture->view, " word.", -1);
      rnl_answer_view_set_complete (fixture->view, TRUE);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      answer_fixture_assert_text (fixture->view, expected);

      rnl_answer_view_set_text (fixture->view, markdown);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      rnl_answer_view_set_text (fixture->view, sample);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      answer_fixture_assert_text (fixture->view, sample_text);
    }
  rnl_answer_view_set_text (fixture->view, markdown);
  rnl_test_wait_for (shows_end, fixture->view);
}

/* {{{ What is painted of it */

typedef struct
{
  RnlAnswerView *view;
  guint n_frames;  /* that had something to paint, or would have */
  guint n_painted; /* before it was settled */
  guint first;     /* of those */
} Painting;

/* Whether a node draws text. */
static gboolean
has_text (GskRenderNode *node)
{
  switch ((guint) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        if (has_text (gsk_container_node_get_child (node, i)))
          return TRUE;
      return FALSE;
    case GSK_TRANSFORM_NODE:
      return has_text (gsk_transform_node_get_child (node));
    case GSK_CLIP_NODE:
      return has_text (gsk_clip_node_get_child (node));
    default:
      return gsk_render_node_get_node_type (node) == GSK_TEXT_NODE;
    }
}

static gboolean
is_painted (RnlAnswerView *view)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (view));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);

  return node != NULL && has_text (node);
}

static void
painted_cb (GdkFrameClock *clock, Painting *painting)
{
  painting->n_frames++;
  if (rnl_answer_view_is_settled (painting->view) || !is_painted (painting->view))
    return;
  if (painting->n_painted++ == 0)
    painting->first = painting->n_frames;
}

/* Who opens a chat is at its end. */
static void
follow_end (AnswerFixture *fixture)
{
  static Watch watch;

  scroll_view (fixture);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (
                      GTK_SCROLLED_WINDOW (gtk_window_get_child (GTK_WINDOW (fixture->window)))),
                    "changed", G_CALLBACK (follow_cb), &watch);
}

/* Until @markdown is settled and painted. */
static Painting
watch_painting (AnswerFixture *fixture, const char *markdown, gboolean streamed)
{
  Painting painting = { .view = fixture->view };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);

  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painting);
  if (streamed)
    rnl_answer_view_append (fixture->view, markdown, -1);
  else
    rnl_answer_view_set_text (fixture->view, markdown);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  rnl_test_wait_for (is_painted, fixture->view);
  g_signal_handlers_disconnect_by_data (clock, &painting);
  g_test_message ("%u frames, %u of them with text, from %u on", painting.n_frames,
                  painting.n_painted, painting.first);

  return painting;
}

/* What takes a few frames is painted once, when it is all there. */
static void
test_veil (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) markdown = g_string_new (NULL);
  Painting painting;

  for (guint i = 0; i < 4; i++)
    g_string_append (markdown, sample);
  follow_end (fixture);
  painting = watch_painting (fixture, markdown->str, FALSE);
  g_assert_cmpuint (painting.n_frames, >, 1);
  g_assert_cmpuint (painting.n_painted, ==, 0);
}

/* A page of a long one is painted long before it is all there. */
static void
test_veil_long (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  Painting painting;

  follow_end (fixture);
  painting = watch_painting (fixture, markdown, FALSE);
  g_assert_cmpuint (painting.first, >, 1);
  g_assert_cmpuint (painting.first, <, painting.n_frames / 2);
}

/* Who is not at the end scrolls through a chat, and sees what there is of a text that comes. */
static void
test_veil_elsewhere (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *below = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  Painting painting;

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  gtk_widget_set_size_request (below, -1, 4000);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  gtk_box_append (GTK_BOX (box), below);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  rnl_test_wait_for (gtk_widget_get_mapped, fixture->view);
  rnl_test_wait_for (gtk_widget_get_height, below);
  painting = watch_painting (fixture, markdown, FALSE);
  g_assert_cmpuint (painting.first, >, 0);
  g_assert_cmpuint (painting.first, <=, 3);
}

/* What grows is seen to grow. */
static void
test_veil_streamed (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *markdown = dup_long_text ();
  Painting painting;

  follow_end (fixture);
  painting = watch_painting (fixture, markdown, TRUE);
  g_assert_cmpuint (painting.first, <=, 4);
  g_assert_cmpuint (painting.n_painted, >, painting.n_frames / 2);
}

/* }}} */

/* {{{ What happens before all of it is there */

static void
add_paragraphs (GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "Paragraph %u, with a few more words than it needs to be one.\n\n", i);
}

static guint
count_children (RnlAnswerView *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;

  return n;
}

/* Another text comes when nothing of the first is shown, and when two long ones were. */
static void
test_replaced (AnswerFixture *fixture, gconstpointer data)
{
  g_autofree char *empty = g_strnfill (4096, '\n');
  g_autofree char *blank = g_strconcat (empty, "x", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  scroll_view (fixture);
  rnl_answer_view_set_text (fixture->view, blank);
  rnl_answer_view_set_text (fixture->view, "y");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "y");

  add_paragraphs (text, 300);
  rnl_answer_view_set_text (fixture->view, text->str);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  rnl_answer_view_set_complete (fixture->view, FALSE);
  rnl_answer_view_append (fixture->view, text->str, (gssize) text->len);
  rnl_answer_view_set_complete (fixture->view, TRUE);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  rnl_answer_view_set_text (fixture->view, "y");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "y");
  g_assert_cmpuint (count_children (fixture->view), ==, 1);
}

/* Returns: (nullable): what stands for the rest of a list */
static RnlAnswerFold *
find_fold (RnlAnswerView *view)
{
  RnlAnswerColumn *column = RNL_ANSWER_COLUMN (view);
  GtkWidget *child = rnl_answer_column_get_first (column);

  while (child != NULL && !RNL_IS_ANSWER_FOLD (child))
    child = rnl_answer_column_get_next (column, child);

  return child != NULL ? RNL_ANSWER_FOLD (child) : NULL;
}

static gboolean
has_fold (gpointer view)
{
  return find_fold (view) != NULL;
}

/* The rest of a list is asked for before its beginning is there. */
static void
test_unfolded (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = NULL;
  const char *at;

  add_paragraphs (text, 300);
  for (guint i = 0; i < 260; i++)
    g_string_append_printf (text, "- item %u.\n", i);
  g_string_append (text, "\n```c\nint a;\n```\n");
  scroll_view (fixture);
  rnl_answer_view_set_text (fixture->view, text->str);
  rnl_test_wait_for (has_fold, fixture->view);
  g_assert_false (rnl_answer_view_is_settled (fixture->view));
  rnl_answer_fold_open (find_fold (fixture->view));
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);

  shown = rnl_answer_view_dup_text (fixture->view);
  at = shown;
  for (guint i = 0; i < 260; i++)
    {
      g_autofree char *item = g_strdup_printf ("item %u.", i);

      at = strstr (at, item);
      g_assert_nonnull (at);
    }
  g_assert_nonnull (strstr (at, "int a;"));
}

/* What the end says of the beginning, which was shown before the end had come. */
static void
test_defined_late (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("The [docs] say more.\n\n");
  g_autofree char *expected = NULL;
  gsize head;

  add_paragraphs (text, 20);
  head = text->len;
  add_paragraphs (text, 300);
  g_string_append (text, "[docs]: https://example.org/docs\n");
  scroll_view (fixture);
  rnl_answer_view_append (fixture->view, text->str, (gssize) head);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  rnl_answer_view_append (fixture->view, text->str + head, -1);
  rnl_answer_view_set_complete (fixture->view, TRUE);
  g_assert_false (rnl_answer_view_is_settled (fixture->view));
  while (!rnl_answer_view_is_settled (fixture->view))
    {
      g_autofree char *before = rnl_answer_view_dup_text (fixture->view);
      g_autofree char *after = NULL;

      g_main_context_iteration (NULL, TRUE);
      after = rnl_answer_view_dup_text (fixture->view);
      g_assert_cmpuint (strlen (after), <, strlen (before) + text->len / 2);
    }
  expected = dup_streamed (text->str);
  answer_fixture_assert_text (fixture->view, expected);
}

/* }}} */

#define ADD(name, test)                                                                            \
  g_test_add (name, AnswerFixture, NULL, answer_fixture_set_up, test, answer_fixture_tear_down)

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

  ADD ("/answer-opening/changed", test_changed);
  ADD ("/answer-opening/defined-late", test_defined_late);
  ADD ("/answer-opening/opened", test_opened);
  ADD ("/answer-opening/replaced", test_replaced);
  ADD ("/answer-opening/still", test_still);
  ADD ("/answer-opening/unfolded", test_unfolded);
  ADD ("/answer-opening/veil", test_veil);
  ADD ("/answer-opening/veil/elsewhere", test_veil_elsewhere);
  ADD ("/answer-opening/veil/long", test_veil_long);
  ADD ("/answer-opening/veil/streamed", test_veil_streamed);

  return g_test_run ();
}
