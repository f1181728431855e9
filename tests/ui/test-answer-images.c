/* test-answer-images.c: images in an answer: of the chat, in the text, on servers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "chat-fixture.h"
#include "rnl-answer-parts.h"
#include "rnl-answer-view.h"
#include "rnl-attachment.h"
#include "rnl-block-writer.h"
#include "rnl-image-block.h"
#include "rnl-image-cache.h"
#include "rnl-image-view.h"
#include "rnl-markdown-stream.h"
#include "rnl-selectable.h"
#include "rnl-test-server.h"
#include "rnl-text-segment.h"

/* A few pixels. */
#define PNG                                                                                        \
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEUlEQVR4nGMwaLiAFTEMpAQA+"                      \
  "8JIAUxyPw4AAAAASUVORK5CYII="

typedef struct
{
  ChatFixture fixture;
  RnlTestServer *server;
  RnlMessage *message;
  GtkWidget *parts;
  guchar *png;
  gsize length;
} ImageTest;

static void
set_up (ImageTest *test, gconstpointer data)
{
  rnl_image_cache_clear ();
  test->server = rnl_test_server_new ();
  test->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  test->png = g_base64_decode (PNG, &test->length);
}

static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&((GObject *) object)->ref_count) == 1;
}

static void
tear_down (ImageTest *test, gconstpointer data)
{
  chat_fixture_done (&test->fixture);
  rnl_image_cache_clear ();
  /* The threads that read images let go of it when they end. */
  rnl_test_wait_for (is_last, test->message);
  g_assert_finalize_object (test->message);
  rnl_test_server_free (test->server);
  g_free (test->png);
}

static void
push_png (ImageTest *test)
{
  rnl_test_server_push (test->server, &(RnlTestReply){ .content_type = "image/png",
                                                       .body = (const char *) test->png,
                                                       .length = test->length });
}

/* Shows an answer; "URL" in it is the address of the server. */
static void
show (ImageTest *test, const char *text)
{
  g_autofree char *url = rnl_test_server_dup_url (test->server, "");
  g_auto (GStrv) pieces = g_strsplit (text, "URL", -1);
  g_autofree char *markdown = g_strjoinv (url, pieces);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);

  rnl_part_set_text (part, markdown);
  rnl_part_set_complete (part, TRUE);
  rnl_message_add_part (test->message, part);
  test->parts = rnl_answer_parts_new (test->message);
  chat_fixture_show (&test->fixture, test->parts);
}

static gboolean
has_picture (gpointer user_data)
{
  return chat_fixture_find (user_data, GTK_TYPE_PICTURE, 0) != NULL;
}

static gboolean
has_words (GtkWidget *root, const char *words)
{
  GtkWidget *label;

  for (guint i = 0; (label = chat_fixture_find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (strstr (gtk_label_get_text (GTK_LABEL (label)), words) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
has_failed (gpointer user_data)
{
  return chat_fixture_find_button (user_data, "Try again") != NULL;
}

static void
click (ImageTest *test, const char *label)
{
  GtkWidget *button = chat_fixture_find_button (test->parts, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* Nobody is asked before the click, and nobody twice. */
static void
test_remote (ImageTest *test, gconstpointer data)
{
  const RnlTestRequest *request;

  push_png (test);
  show (test, "Look:\n\n![A point](URL/point.png \"of view\")\n\nand on");
  chat_fixture_wait_frames (&test->fixture, 3);
  g_assert_nonnull (chat_fixture_find (test->parts, RNL_TYPE_IMAGE_BLOCK, 0));
  g_assert_true (has_words (test->parts, "A point"));
  g_assert_true (has_words (test->parts, "127.0.0.1"));
  g_assert_cmpuint (rnl_test_server_get_n_connections (test->server), ==, 0);

  click (test, "Load Image");
  rnl_test_wait_for (has_picture, test->parts);
  g_assert_cmpuint (rnl_test_server_get_n_requests (test->server), ==, 1);
  request = rnl_test_server_get_request (test->server, 0);
  g_assert_cmpstr (request->path, ==, "/point.png");
  g_assert_false (g_hash_table_contains (request->headers, "cookie"));
  g_assert_false (g_hash_table_contains (request->headers, "referer"));

  /* The row is made again: the image is still there. */
  chat_fixture_done (&test->fixture);
  test->parts = rnl_answer_parts_new (test->message);
  chat_fixture_show (&test->fixture, test->parts);
  rnl_test_wait_for (has_picture, test->parts);
  g_assert_cmpuint (rnl_test_server_get_n_requests (test->server), ==, 1);
}

static void
check_failure (ImageTest *test, const RnlTestReply *reply, const char *words)
{
  rnl_test_server_push (test->server, reply);
  push_png (test);
  show (test, "![A point](URL/point.png)");
  click (test, "Load Image");
  rnl_test_wait_for (has_failed, test->parts);
  g_assert_true (has_words (test->parts, words));
  g_assert_false (has_picture (test->parts));

  click (test, "Try again");
  rnl_test_wait_for (has_picture, test->parts);
  g_assert_cmpuint (rnl_test_server_get_n_requests (test->server), ==, 2);
}

static void
test_missing (ImageTest *test, gconstpointer data)
{
  check_failure (test, &(RnlTestReply){ .status = 404, .body = "no" }, "has no such image");
}

static void
test_refused (ImageTest *test, gconstpointer data)
{
  check_failure (test, &(RnlTestReply){ .status = 403, .body = "no" }, "(403)");
}

static void
test_page (ImageTest *test, gconstpointer data)
{
  check_failure (test, &(RnlTestReply){ .content_type = "text/html", .body = "<p>Sign in" },
                 "not an image");
}

/* It says that it is one. */
static void
test_lie (ImageTest *test, gconstpointer data)
{
  check_failure (test, &(RnlTestReply){ .content_type = "image/png", .body = "words" },
                 "not an image");
}

static void
test_too_large (ImageTest *test, gconstpointer data)
{
  gsize length = RNL_ATTACHMENT_MAX_FILE + 100000;
  g_autofree char *body = g_malloc0 (length);

  check_failure (test,
                 &(RnlTestReply){
                   .content_type = "image/png", .body = body, .length = length, .piece = 1 << 20 },
                 "larger than");
}

static gboolean
is_asked (gpointer user_data)
{
  return rnl_test_server_get_n_requests (user_data) == 1;
}

static gboolean
is_abandoned (gpointer user_data)
{
  return rnl_test_server_get_n_abandoned (user_data) == 1;
}

/* A server that says nothing is left alone when the row goes; nothing is kept alive by it. */
static void
test_row_goes (ImageTest *test, gconstpointer data)
{
  rnl_test_server_push (test->server, &(RnlTestReply){ .head_delay_ms = 5000, .body = "late" });
  show (test, "![A point](URL/point.png)");
  click (test, "Load Image");
  g_assert_null (chat_fixture_find_button (test->parts, "Load Image"));
  rnl_test_wait_for (is_asked, test->server);

  gtk_window_set_child (GTK_WINDOW (test->fixture.window), NULL);
  rnl_test_wait_for (is_abandoned, test->server);
}

/* What the text carries needs nobody. */
static void
test_data (ImageTest *test, gconstpointer data)
{
  show (test, "![Dot](data:image/png;base64," PNG ")\n\n![Bad](data:image/png;base64,AAAA)\n\n"
              "![Vector](data:image/svg+xml;base64,AAAA)");
  rnl_test_wait_for (has_picture, test->parts);
  rnl_test_wait_for (has_failed, test->parts);
  g_assert_true (has_words (test->parts, "Vector ("));
  g_assert_null (chat_fixture_find (test->parts, GTK_TYPE_PICTURE, 1));
}

static void
add_file (ImageTest *test, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (test->png, test->length);
  g_autoptr (RnlPart) part = rnl_attachment_new (bytes, name, NULL);

  rnl_message_add_part (test->message, part);
}

/* A file of the answer is shown where the text wants it; another name is text. */
static void
test_file (ImageTest *test, gconstpointer data)
{
  GtkWidget *view;

  add_file (test, "chart.png");
  show (test, "![Sales](sandbox:/mnt/data/chart.png)\n\n![Gone](other.png)");
  view = chat_fixture_find (test->parts, RNL_TYPE_IMAGE_VIEW, 0);
  rnl_test_wait_for (has_picture, view);
  g_assert_cmpstr (
    gtk_picture_get_alternative_text (GTK_PICTURE (chat_fixture_find (view, GTK_TYPE_PICTURE, 0))),
    ==, "Sales");
  g_assert_true (has_words (test->parts, "Gone (other.png)"));
}

/* Images among words are words that can be opened. */
static void
test_in_text (ImageTest *test, gconstpointer data)
{
  GtkWidget *segment;
  g_autofree char *text = NULL;

  add_file (test, "chart.png");
  show (test, "See ![the chart](chart.png) and ![this](URL/a.png), ![not](ftp://a/b.png).");
  segment = chat_fixture_find (test->parts, RNL_TYPE_TEXT_SEGMENT, 0);
  g_assert_null (chat_fixture_find (test->parts, RNL_TYPE_IMAGE_BLOCK, 0));
  g_assert_cmpuint (rnl_text_segment_get_n_links (RNL_TEXT_SEGMENT (segment)), ==, 2);
  g_assert_cmpstr (rnl_text_segment_get_link_address (RNL_TEXT_SEGMENT (segment), 0), ==,
                   "image:chart.png");
  g_assert_cmpuint (rnl_test_server_get_n_connections (test->server), ==, 0);
}

/* As it comes letter by letter, and as part of a selection. */
static void
test_growing (ImageTest *test, gconstpointer data)
{
  static const char text[] = "One\n\n![A](a.png)\n![B](b.png)\n\nTwo ![C](c.png)";
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);
  g_autofree char *flat = NULL;
  GtkWidget *view, *block;

  rnl_message_add_part (test->message, part);
  test->parts = rnl_answer_parts_new (test->message);
  chat_fixture_show (&test->fixture, test->parts);
  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *letter = g_strndup (text + i, 1);

      chat_fixture_append (part, letter);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  rnl_part_set_complete (part, TRUE);
  view = chat_fixture_find (test->parts, RNL_TYPE_ANSWER_VIEW, 0);
  rnl_test_wait_for (rnl_answer_view_is_settled, view);
  g_assert_nonnull (chat_fixture_find (view, RNL_TYPE_IMAGE_VIEW, 1));
  g_assert_null (chat_fixture_find (view, RNL_TYPE_IMAGE_VIEW, 2));

  block = chat_fixture_find (view, RNL_TYPE_IMAGE_BLOCK, 0);
  g_assert_cmpuint (rnl_selectable_get_n_blocks (RNL_SELECTABLE (view)), ==, 3);
  flat = rnl_selectable_dup_text (RNL_SELECTABLE (view), 1);
  g_assert_cmpstr (flat, ==, "A\nB");
  rnl_selectable_select (RNL_SELECTABLE (view), &(RnlBlockRange){ { 0, 0 }, { 1, RNL_BLOCK_END } });
  g_assert_true (gtk_widget_has_css_class (block, "selected"));
  rnl_selectable_select (RNL_SELECTABLE (view), NULL);
  g_assert_false (gtk_widget_has_css_class (block, "selected"));
}

/* What is copied is what was written. */
static void
test_copy (ImageTest *test, gconstpointer data)
{
  const RnlBlockRange all = { { 0, 0 }, { 0, RNL_BLOCK_END } };
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autofree char *copy = NULL;

  show (test, "![Sales](chart.png)");
  rnl_markdown_stream_feed (stream, "![Sales](chart.png)", -1);
  rnl_markdown_stream_end (stream);
  g_ptr_array_add (blocks, rnl_markdown_stream_get_block (stream, 0));
  copy = rnl_blocks_to_markdown (blocks, &all, NULL);
  g_assert_cmpstr (g_strstrip (copy), ==, "![Sales](chart.png)");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (ImageTest *test, gconstpointer data);
  } tests[] = {
    { "/answer-images/remote", test_remote },     { "/answer-images/missing", test_missing },
    { "/answer-images/refused", test_refused },   { "/answer-images/page", test_page },
    { "/answer-images/lie", test_lie },           { "/answer-images/too-large", test_too_large },
    { "/answer-images/row-goes", test_row_goes }, { "/answer-images/data", test_data },
    { "/answer-images/file", test_file },         { "/answer-images/in-text", test_in_text },
    { "/answer-images/growing", test_growing },   { "/answer-images/copy", test_copy },
  };

  if (!chat_fixture_init (&argc, &argv))
    return 77;
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ImageTest, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
