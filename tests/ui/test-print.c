/* test-print.c: a chat as pages of a PDF file, of which nothing is cut
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>

#include "rnl-chat-print.h"
#include "rnl-print-table.h"
#include "window-fixture.h"

#define N_LINES 150

/* In points; what GTK leaves of them by rounding is not much. */
#define MARGIN 42.0

static RnlMessage *
make_message (RnlRole role, const char *text)
{
  RnlMessage *message = rnl_message_new_text (role, text);

  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);

  return message;
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* Returns: (transfer full): what TEXT comes to on paper */
static PopplerDocument *
print (const char *title, const char *text)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "runnel-print.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  PopplerDocument *document;
  gboolean done = FALSE;

  g_ptr_array_add (messages, make_message (RNL_ROLE_USER, "The question?"));
  g_ptr_array_add (messages, make_message (RNL_ROLE_ASSISTANT, text));
  operation = rnl_chat_print_new (title, messages);
  gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), &done);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  rnl_test_wait_for (is_true, &done);
  document = poppler_document_new_from_file (uri, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);

  return document;
}

static char *
dup_text (PopplerDocument *document)
{
  GString *all = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree char *text = poppler_page_get_text (page);

      g_string_append_printf (all, "%s\n", text);
      g_object_unref (page);
    }

  return g_string_free (all, FALSE);
}

/* Where the spaces in a line are depends on the font. */
static void
remove_spaces (char *text)
{
  char *to = text;

  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      *to++ = *text;
  *to = '\0';
}

/* Every letter stands inside of the margins, and no line stands on another one. */
static void
assert_not_cut (PopplerDocument *document)
{
  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree PopplerRectangle *letters = NULL;
      double width, height;
      guint n;

      poppler_page_get_size (page, &width, &height);
      poppler_page_get_text_layout (page, &letters, &n);
      g_assert_cmpuint (n, >, 0);
      for (guint k = 0; k < n; k++)
        {
          g_assert_cmpfloat (letters[k].x1, >=, MARGIN - 2);
          g_assert_cmpfloat (letters[k].x2, <=, width - MARGIN + 2);
          g_assert_cmpfloat (letters[k].y1, >=, MARGIN - 4);
          g_assert_cmpfloat (letters[k].y2, <=, height - MARGIN + 4);
        }
      g_object_unref (page);
    }
}

/* Many lines of code: all of them, once, in their order, over pages with numbers. */
static void
test_pages (void)
{
  g_autoptr (GString) text = g_string_new ("# A heading\n\nSome *words* first.\n\n```c\n");
  PopplerDocument *document;
  g_autofree char *all = NULL;
  g_autofree char *last = NULL;
  const char *at;
  int n_pages;

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (text, "line_%03u (\"of code\");\n", i);
  g_string_append (text, "```\n\nThe end.\n");
  document = print ("A title", text->str);
  n_pages = poppler_document_get_n_pages (document);
  g_assert_cmpint (n_pages, >=, 2);
  assert_not_cut (document);

  all = dup_text (document);
  at = strstr (all, "A heading");
  g_assert_nonnull (at);
  g_assert_nonnull (strstr (all, "The question?"));
  for (guint i = 0; i < N_LINES; i++)
    {
      g_autofree char *line = g_strdup_printf ("line_%03u (\"of code\");", i);

      at = strstr (at, line);
      g_assert_nonnull (at);
      g_assert_null (strstr (at + 1, line));
    }
  g_assert_nonnull (strstr (at, "The end."));
  last = g_strdup_printf ("Atitle%d/%d", n_pages, n_pages);
  remove_spaces (all);
  g_assert_nonnull (strstr (all, last));
  g_object_unref (document);
}

/* What is too wide for the paper goes on in the next line: words without an end, wide tables. */
static void
test_wide (void)
{
  g_autoptr (GString) text = g_string_new ("```\n");
  PopplerDocument *document;
  g_autofree char *all = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "wide%02u_", i);
  g_string_append (text, "\n```\n\n");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (text, "unbroken%02u", i);
  g_string_append (text, "\n\n- one\n  - two\n    1. three\n\n> quoted\n\n");
  g_string_append (text, "| Name | What it is good for |\n| --- | --- |\n| first | ");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "reason%02u ", i);
  g_string_append (text, "|\n");
  document = print ("Wide", text->str);
  assert_not_cut (document);
  all = dup_text (document);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *reason = g_strdup_printf ("reason%02u", i);

      g_assert_nonnull (strstr (all, reason));
    }
  g_assert_nonnull (strstr (all, "wide00"));
  g_assert_nonnull (strstr (all, "wide59"));
  g_assert_nonnull (strstr (all, "unbroken59"));
  g_assert_nonnull (strstr (all, "three"));
  g_object_unref (document);
}

/* Text of a chat is never markup of ours, and where a link leads is written out. */
static void
test_inline (void)
{
  PopplerDocument *document
    = print ("<b>Title</b> & more", "**bold** & `a < b` [here](https://example.org/x) <br> \\<i>");
  g_autofree char *all = dup_text (document);

  g_assert_nonnull (strstr (all, "<b>Title</b> & more"));
  g_assert_nonnull (strstr (all, "bold & a < b here <https://example.org/x>"));
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  g_object_unref (document);
}

static void
test_table (void)
{
  static const char text[] = "| Name | Count |\n| --- | ---: |\n| one | 1 |\n| 東京 | 1000 |\n";
  g_autoptr (GPtrArray) blocks = rnl_blocks_parse (text, strlen (text), TRUE);
  g_autofree char *table = rnl_print_table (blocks->pdata[0]);

  g_assert_cmpstr (table, ==,
                   "Name  Count\n"
                   "────  ─────\n"
                   "one       1\n"
                   "東京   1000");
}

int
main (int argc, char *argv[])
{
  if (!window_fixture_init (&argc, &argv))
    return 0;
  g_test_add_func ("/print/pages", test_pages);
  g_test_add_func ("/print/wide", test_wide);
  g_test_add_func ("/print/inline", test_inline);
  g_test_add_func ("/print/table", test_table);

  return g_test_run ();
}
