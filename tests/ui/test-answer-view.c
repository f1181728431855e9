/* test-answer-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "answer-fixture.h"
#include "rnl-answer-fold.h"
#include "rnl-code-block.h"
#include "rnl-table-view.h"
#include "rnl-text-segment.h"

#include <adwaita.h>
#include <string.h>

static const char sample[]
  = "# Title\n\nSome **bold** and `code` and a [link](https://example.org/x).\n\n"
    "1. one\n2. two\n   - nested\n\n```py\nprint (1)\nprint (2)\n```\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n---\n\nGrüße, 日本語.\n";

static const char sample_text[]
  = "Title\nSome bold and code and a link.\n1.\tone\n2.\ttwo\n◦\tnested\nprint (1)\nprint (2)\n"
    "a\tb\n1\t2\nquoted\n\nGrüße, 日本語.";

static GtkWidget *
find_child (RnlAnswerView *view, GType type)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !G_TYPE_CHECK_INSTANCE_TYPE (child, type))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static void
test_random_splits (AnswerFixture *fixture, gconstpointer data)
{
  for (guint32 seed = 0; seed < 20; seed++)
    {
      GRand *random = g_rand_new_with_seed (seed);
      g_autofree char *markdown = NULL;

      rnl_answer_view_set_text (fixture->view, "");
      gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
      g_assert_finalize_object (fixture->view);
      fixture->view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
      gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
      for (gsize pos = 0; pos < strlen (sample);)
        {
          gsize length = (gsize) g_rand_int_range (random, 1, 12);

          length = MIN (length, strlen (sample) - pos);
          rnl_answer_view_append (fixture->view, sample + pos, (gssize) length);
          pos += length;
          if (g_rand_boolean (random))
            rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
        }
      rnl_answer_view_set_complete (fixture->view, TRUE);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      answer_fixture_assert_text (fixture->view, sample_text);
      markdown = rnl_answer_view_dup_markdown (fixture->view);
      g_assert_cmpstr (markdown, ==, sample);
      g_rand_free (random);
    }
}

static void
test_set_text (AnswerFixture *fixture, gconstpointer data)
{
  rnl_answer_view_append (fixture->view, "Something **else", -1);
  rnl_answer_view_set_text (fixture->view, sample);
  g_assert_true (rnl_answer_view_get_complete (fixture->view));
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, sample_text);
  rnl_answer_view_set_text (fixture->view, "Short");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, "Short");
}

/* A button for the rest of a long text makes nothing wider: all of it would be laid out anew. */
static void
test_narrow (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RnlAnswerColumn *column = RNL_ANSWER_COLUMN (fixture->view);
  GtkWidget *child;
  guint n_folds = 0;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "- item\n");
  g_string_append (text, "\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "word ");
  rnl_answer_view_set_text (fixture->view, text->str);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);

  for (child = rnl_answer_column_get_first (column); child != NULL;
       child = rnl_answer_column_get_next (column, child))
    if (RNL_IS_ANSWER_FOLD (child))
      {
        int minimum, natural;

        n_folds++;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
        g_assert_cmpint (minimum, <=, 80);
        g_assert_cmpint (natural, >, 80);
      }
  g_assert_cmpuint (n_folds, ==, 2);
}

/* An answer that broke off goes on in the word, the list, the code it ended in, and what stands
 * before keeps its widget. */
static void
test_reopen (AnswerFixture *fixture, gconstpointer data)
{
  for (gsize cut = 1; cut < strlen (sample); cut++)
    {
      g_autofree char *half = g_strndup (sample, cut);
      g_autofree char *markdown = NULL;
      GtkWidget *first, *last;

      rnl_answer_view_set_text (fixture->view, half);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      first = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
      last = gtk_widget_get_last_child (GTK_WIDGET (fixture->view));
      rnl_answer_view_set_complete (fixture->view, FALSE);
      g_assert_false (rnl_answer_view_get_complete (fixture->view));
      if (first != last)
        g_assert_true (gtk_widget_get_first_child (GTK_WIDGET (fixture->view)) == first);
      rnl_answer_view_append (fixture->view, sample + cut, -1);
      rnl_answer_view_set_complete (fixture->view, TRUE);
      rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
      answer_fixture_assert_text (fixture->view, sample_text);
      markdown = rnl_answer_view_dup_markdown (fixture->view);
      g_assert_cmpstr (markdown, ==, sample);
    }
}

/* A fence that was open stays so. */
static void
test_reopen_fence (AnswerFixture *fixture, gconstpointer data)
{
  GtkWidget *code;

  rnl_answer_view_set_text (fixture->view, "Look:\n\n```c\nint a");
  code = find_child (fixture->view, RNL_TYPE_CODE_BLOCK);
  rnl_answer_view_set_complete (fixture->view, FALSE);
  rnl_answer_view_append (fixture->view, " = 1;\nint b;\n```\n", -1);
  rnl_answer_view_set_complete (fixture->view, TRUE);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  g_assert_true (find_child (fixture->view, RNL_TYPE_CODE_BLOCK) == code);
  g_assert_cmpstr (rnl_code_block_get_text (RNL_CODE_BLOCK (code)), ==, "int a = 1;\nint b;");
}

/* Without a frame clock text is taken in all the same. */
static void
test_unmapped (void)
{
  RnlAnswerView *view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));

  for (gsize pos = 0; pos < strlen (sample); pos++)
    rnl_answer_view_append (view, sample + pos, 1);
  rnl_answer_view_set_complete (view, TRUE);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  answer_fixture_assert_text (view, sample_text);
  g_assert_finalize_object (view);
}

static void
test_open_fence (AnswerFixture *fixture, gconstpointer data)
{
  RnlCodeBlock *code;
  g_autofree char *shown = NULL;

  rnl_answer_view_append (fixture->view, "Text\n```c\nint x;\nint", -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  code = RNL_CODE_BLOCK (find_child (fixture->view, RNL_TYPE_CODE_BLOCK));
  g_assert_nonnull (code);
  g_assert_cmpstr (rnl_code_block_get_text (code), ==, "int x;\nint");
  rnl_answer_view_append (fixture->view, " y;\n```\nmore", -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  g_assert_true (find_child (fixture->view, RNL_TYPE_CODE_BLOCK) == GTK_WIDGET (code));
  shown = rnl_code_block_dup_shown (code);
  g_assert_cmpstr (shown, ==, "int x;\nint y;");
}

typedef struct
{
  char *text;
  gboolean done;
} Paste;

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;

  paste->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  paste->done = TRUE;
}

static gboolean
is_pasted (Paste *paste)
{
  return paste->done;
}

static void
test_copy (AnswerFixture *fixture, gconstpointer data)
{
  GtkWidget *code;
  Paste paste = { 0 };

  rnl_answer_view_set_text (fixture->view, "```\na < b\n\n  c\n```");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  code = find_child (fixture->view, RNL_TYPE_CODE_BLOCK);
  g_assert_true (gtk_widget_activate_action (code, "code.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (code), NULL, read_text_cb, &paste);
  rnl_test_wait_for (is_pasted, &paste);
  g_assert_cmpstr (paste.text, ==, "a < b\n\n  c");
  g_free (paste.text);
}

static void
test_wrap (AnswerFixture *fixture, gconstpointer data)
{
  RnlCodeBlock *code;

  rnl_answer_view_set_text (fixture->view, "```\na\n```");
  code = RNL_CODE_BLOCK (find_child (fixture->view, RNL_TYPE_CODE_BLOCK));
  g_assert_false (rnl_code_block_get_wrap (code));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (code), "code.wrap", NULL));
  g_assert_true (rnl_code_block_get_wrap (code));
}

static gboolean
shows_all (RnlCodeBlock *code)
{
  g_autofree char *shown = rnl_code_block_dup_shown (code);

  return g_str_equal (shown, rnl_code_block_get_text (code));
}

static void
test_long_code (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("```c\n");
  g_autofree char *shown = NULL;
  g_autofree char *all = NULL;
  RnlCodeBlock *code;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "call (%u);\n", i);
  rnl_answer_view_append (fixture->view, text->str, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  code = RNL_CODE_BLOCK (find_child (fixture->view, RNL_TYPE_CODE_BLOCK));
  shown = rnl_code_block_dup_shown (code);
  g_assert_true (g_str_has_suffix (shown, "call (159);"));
  g_assert_true (g_str_has_suffix (rnl_code_block_get_text (code), "call (999);"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (code), "code.show-all", NULL));
  rnl_test_wait_for (shows_all, code);
  all = rnl_code_block_dup_shown (code);
  g_assert_cmpstr (all, ==, rnl_code_block_get_text (code));
}

static void
link_activated_cb (RnlAnswerView *view, const char *address, char **activated)
{
  g_free (*activated);
  *activated = g_strdup (address);
  g_signal_stop_emission_by_name (view, "link-activated");
}

static void
test_links (AnswerFixture *fixture, gconstpointer data)
{
  RnlTextSegment *segment;
  g_autofree char *activated = NULL;

  g_signal_connect (fixture->view, "link-activated", G_CALLBACK (link_activated_cb), &activated);
  rnl_answer_view_append (fixture->view, "A [b](https://b.org) and https://c.org/ and ", -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  rnl_answer_view_append (fixture->view, "[d](javascript:d) <e@f.org>\n\nend", -1);
  rnl_answer_view_set_complete (fixture->view, TRUE);
  segment = RNL_TEXT_SEGMENT (find_child (fixture->view, RNL_TYPE_TEXT_SEGMENT));
  g_assert_cmpuint (rnl_text_segment_get_n_links (segment), ==, 3);
  g_assert_cmpstr (rnl_text_segment_get_link_address (segment, 0), ==, "https://b.org");
  g_assert_cmpstr (rnl_text_segment_get_link_address (segment, 1), ==, "https://c.org/");
  g_assert_cmpstr (rnl_text_segment_get_link_address (segment, 2), ==, "mailto:e@f.org");

  /* By keyboard: Tab selects one link after the other. */
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (segment)));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (segment), GTK_DIR_TAB_FORWARD));
  g_signal_emit_by_name (segment, "link-activated", rnl_text_segment_get_link_address (segment, 0));
  g_assert_cmpstr (activated, ==, "https://b.org");
}

/* The text of an open block is replaced piece by piece; its tags must be those of the whole. */
static char *
dump_tags (RnlAnswerView *view)
{
  GtkWidget *segment = find_child (view, RNL_TYPE_TEXT_SEGMENT);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (segment));
  GString *out = g_string_new (NULL);
  GtkTextIter iter;

  for (gtk_text_buffer_get_start_iter (buffer, &iter); !gtk_text_iter_is_end (&iter);
       gtk_text_iter_forward_char (&iter))
    {
      g_autoptr (GSList) list = gtk_text_iter_get_tags (&iter);

      g_string_append_unichar (out, gtk_text_iter_get_char (&iter));
      for (GSList *node = list; node != NULL; node = node->next)
        g_string_append_printf (out, " %p", node->data);
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

static void
test_tags (void)
{
  static const char text[] = "# A `b`\n\np **q *r* s** t\nu [v](https://w.org) x\n\n- a **b**\n  "
                             "c\n- d\n\n> e\n> *f*\n\ng";
  RnlAnswerView *whole = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
  RnlAnswerView *pieces = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));
  g_autofree char *expected = NULL;
  g_autofree char *actual = NULL;

  rnl_answer_view_set_text (whole, text);
  for (gsize pos = 0; pos < strlen (text); pos++)
    {
      rnl_answer_view_append (pieces, text + pos, 1);
      rnl_test_wait_for (rnl_answer_view_is_settled, pieces);
    }
  rnl_answer_view_set_complete (pieces, TRUE);
  expected = dump_tags (whole);
  actual = dump_tags (pieces);
  g_assert_cmpstr (actual, ==, expected);
  g_assert_finalize_object (whole);
  g_assert_finalize_object (pieces);
}

static void
count_cb (GdkFrameClock *clock, guint *count)
{
  (*count)++;
}

static gboolean
is_true (gboolean *flag)
{
  return *flag;
}

static gboolean
set_true_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* With nothing to do no frame is drawn: an idle answer costs nothing. */
static void
test_idle (AnswerFixture *fixture, gconstpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->view));
  guint frames = 0;
  gboolean waited = FALSE;

  rnl_answer_view_append (fixture->view, sample, -1);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  g_timeout_add (500, set_true_cb, &waited); /* layout and the window's own first frames */
  rnl_test_wait_for (is_true, &waited);
  waited = FALSE;
  g_signal_connect (clock, "update", G_CALLBACK (count_cb), &frames);
  g_timeout_add (300, set_true_cb, &waited);
  rnl_test_wait_for (is_true, &waited);
  g_signal_handlers_disconnect_by_func (clock, count_cb, &frames);
  g_assert_cmpuint (frames, ==, 0);
}

/* A view that goes away with text still queued takes its callbacks along. */
static void
test_dispose_busy (AnswerFixture *fixture, gconstpointer data)
{
  RnlAnswerView *view = RNL_ANSWER_VIEW (g_object_ref_sink (rnl_answer_view_new ()));

  rnl_answer_view_append (view, sample, -1);
  g_assert_finalize_object (view);
  rnl_answer_view_append (fixture->view, sample, -1);
}

/* Code and tables that are followed by text before they are shown whole still get there. */
static void
test_behind (AnswerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) markdown = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 6; i++)
    {
      g_string_append (markdown, "|a|b|\n|---|---|\n");
      g_string_append (expected, "a\tb");
      for (guint row = 0; row < 30; row++)
        {
          g_string_append_printf (markdown, "|%u|%u|\n", i, row);
          g_string_append_printf (expected, "\n%u\t%u", i, row);
        }
      g_string_append_printf (markdown, "\ntext %u\n```c\nint x%u;\n```\n", i, i);
      g_string_append_printf (expected, "\ntext %u\nint x%u;%s", i, i, i < 5 ? "\n" : "");
    }
  rnl_answer_view_set_text (fixture->view, markdown->str);
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  answer_fixture_assert_text (fixture->view, expected->str);
}

static void
test_accessible (AnswerFixture *fixture, gconstpointer data)
{
  GtkWidget *code;

  rnl_answer_view_set_text (fixture->view, "```frob\nx\n```\n\n| a |\n|---|\n| b |\n");
  rnl_test_wait_for (rnl_answer_view_is_settled, fixture->view);
  code = find_child (fixture->view, RNL_TYPE_CODE_BLOCK);
  gtk_test_accessible_assert_role (code, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (code, GTK_ACCESSIBLE_PROPERTY_LABEL, "Code, frob");
  gtk_test_accessible_assert_property (find_child (fixture->view, RNL_TYPE_TABLE_VIEW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Table");
}

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

  ADD ("/answer-view/accessible", test_accessible);
  ADD ("/answer-view/behind", test_behind);
  ADD ("/answer-view/copy", test_copy);
  ADD ("/answer-view/dispose-busy", test_dispose_busy);
  ADD ("/answer-view/idle", test_idle);
  ADD ("/answer-view/links", test_links);
  ADD ("/answer-view/long-code", test_long_code);
  ADD ("/answer-view/narrow", test_narrow);
  ADD ("/answer-view/open-fence", test_open_fence);
  ADD ("/answer-view/random-splits", test_random_splits);
  ADD ("/answer-view/reopen", test_reopen);
  ADD ("/answer-view/reopen/fence", test_reopen_fence);
  ADD ("/answer-view/set-text", test_set_text);
  g_test_add_func ("/answer-view/tags", test_tags);
  g_test_add_func ("/answer-view/unmapped", test_unmapped);
  ADD ("/answer-view/wrap", test_wrap);

  return g_test_run ();
}
