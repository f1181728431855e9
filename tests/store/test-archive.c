/* test-archive.c: chats into files, and back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "archive-harness.h"
#include "rnl-library-staging.h"
#include "rnl-archive-write.h"

#define ROUNDS 12

/* What goes out comes in again: every column of every row. */
static void
test_property (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
      g_autofree char *path = rnl_store_test_path ();
      g_autofree char *other_path = rnl_store_test_path ();
      RnlLibrary *library = rnl_store_test_open (path);
      RnlLibrary *other = rnl_store_test_open (other_path);
      g_autofree char *json = NULL;
      g_autofree char *again = NULL;
      g_autofree char *file = NULL;
      g_autofree char *was = NULL;
      g_autofree char *is = NULL;
      g_autoptr (GError) error = NULL;
      guint n_added = 0, n_known = 0;

      archive_fill (library, rand, 5);
      json = archive_export (library, NULL, RNL_ARCHIVE_JSON);
      file = archive_write_file ("chats.json", json, strlen (json));
      archive_import (other, file, &n_added, &n_known, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_added, ==, 5);
      g_assert_cmpuint (n_known, ==, 0);
      again = archive_export (other, NULL, RNL_ARCHIVE_JSON);
      g_assert_cmpstr (json, ==, again);

      /* A second time nothing is new. */
      g_assert_true (archive_import (other, file, &n_added, &n_known, NULL));
      g_assert_cmpuint (n_added, ==, 0);
      g_assert_cmpuint (n_known, ==, 5);
      rnl_store_test_close (library);
      rnl_store_test_close (other);
      was = archive_describe (path);
      is = archive_describe (other_path);
      archive_assert_same (was, is);
    }
}

/* Messages that were imported are found, and the list shows the chats. */
static void
test_used (void)
{
  static const char json[]
    = "{\"format\":\"runnel-chats\",\"version\":1,\"chats\":[{\"id\":\"c\",\"title\":\"A title\","
      "\"created_us\":5,\"updated_us\":6,\"messages\":["
      "{\"id\":\"m1\",\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"a needle\"}]},"
      "{\"id\":\"m2\",\"parent\":\"m1\",\"role\":\"assistant\",\"state\":\"streaming\",\"parts\":[]"
      "}"
      "]}],\"later\":{\"unknown\":[1]}}";
  RnlLibrary *library = rnl_store_test_open (":memory:");
  g_autofree char *file = archive_write_file ("chats.json", json, strlen (json));
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  archive_import (library, file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_chat_get_title (rnl_library_find_chat (library, "c")), ==, "A title");
  hits = rnl_store_test_search (library, "needle", 5);
  g_assert_cmpuint (hits->len, ==, 1);
  messages = rnl_store_test_load (library, "c");
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpint (rnl_message_get_state (messages->pdata[1]), ==, RNL_MESSAGE_INTERRUPTED);
  rnl_store_test_close (library);
}

/* An id that somebody else has is not a way to change what they said. */
static void
test_taken_ids (void)
{
  RnlLibrary *library = rnl_store_test_open (":memory:");
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "mine"));
  g_autoptr (RnlMessage) mine = rnl_message_new_text (RNL_ROLE_USER, "mine");
  g_autoptr (GPtrArray) messages = NULL, others = NULL;
  g_autofree char *json = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  rnl_library_add_message (library, chat_id, mine);
  json = g_strdup_printf ("[{\"id\":\"other\",\"title\":\"\",\"current\":\"%s\",\"messages\":[{"
                          "\"id\":\"%s\",\"role\":\"user\","
                          "\"parts\":[{\"type\":\"text\",\"id\":\"%s\",\"text\":\"changed\"}]}]}]",
                          rnl_message_get_id (mine), rnl_message_get_id (mine),
                          rnl_part_get_id (rnl_message_get_part (mine, 0)));
  file = archive_write_file ("chats.json", json, strlen (json));
  archive_import (library, file, NULL, NULL, &error);
  g_assert_no_error (error);
  messages = rnl_store_test_load (library, chat_id);
  rnl_store_test_assert_messages (messages, "mine");
  others = rnl_store_test_load (library, "other");
  rnl_store_test_assert_messages (others, "changed");
  rnl_store_test_close (library);
}

static const struct
{
  const char *json;
  int code;
  const char *place;
} broken[] = {
  { "", RNL_ARCHIVE_ERROR_BROKEN, "byte 0" },
  { "[{\"messages\":[]},", RNL_ARCHIVE_ERROR_BROKEN, "byte 17" },
  { "[{\"messages\":[]},{\"messages\":[}]", RNL_ARCHIVE_ERROR_BROKEN, "conversation 2" },
  { "[{\"messages\":[]}] x", RNL_ARCHIVE_ERROR_BROKEN, "byte 18" },
  { "[{\"messages\":[]},{\"strange\":1}]", RNL_ARCHIVE_ERROR_UNKNOWN, "conversation 2" },
  { "[{\"messages\":[]},7]", RNL_ARCHIVE_ERROR_UNKNOWN, "conversation 2" },
  { "{\"chats\":[]}", RNL_ARCHIVE_ERROR_UNKNOWN, "format" },
  { "{\"format\":\"runnel-chats\",\"version\":99,\"chats\":[]}", RNL_ARCHIVE_ERROR_NEWER, "99" },
  { "\"text\"", RNL_ARCHIVE_ERROR_UNKNOWN, "chats.json" },
  { "[{\"messages\":[]},{\"messages\":[{\"id\":\"a\",\"role\":\"user\",\"parent\":\"b\",\"parts\":["
    "]}]}]",
    RNL_ARCHIVE_ERROR_BROKEN, "conversation 2: message 1" },
  { "[{\"messages\":[]},{\"chat_messages\":[{\"sender\":\"human\"},{}]}]", RNL_ARCHIVE_ERROR_BROKEN,
    "conversation 2: message 2" },
  { "[{\"messages\":[]},{\"mapping\":{\"a\":{\"children\":[\"b\"]},\"b\":{\"parent\":\"a\","
    "\"children\":"
    "[\"a\"]}}}]",
    RNL_ARCHIVE_ERROR_BROKEN, "conversation 2: the node a" },
  { "[{\"mapping\":{\"a\":{\"parent\":\"b\",\"children\":[\"b\"]},\"b\":{\"parent\":\"a\","
    "\"children\":"
    "[\"a\"]}}}]",
    RNL_ARCHIVE_ERROR_BROKEN, "2 nodes" },
  { "[{\"messages\":[]},{\"messages\":[\"\\ud83d\\u12\"]}]", RNL_ARCHIVE_ERROR_BROKEN, "byte" },
};

/* Refused with the place, and nothing has changed. */
static void
test_broken (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  guint n_known = 0;

  rnl_store_test_add_chat (library, "before");
  rnl_store_test_flush (library);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *file
        = archive_write_file ("chats.json", broken[i].json, strlen (broken[i].json));
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", broken[i].json);
      g_assert_false (archive_import (library, file, NULL, &n_known, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, RNL_ARCHIVE_ERROR, broken[i].code);
      g_assert_nonnull (strstr (error->message, broken[i].place));
      g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 1);
      g_assert_cmpuint (g_list_model_get_n_items (rnl_library_list_chats (library)), ==, 1);
    }
  rnl_store_test_close (library);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rnl_archive_import_finish (RNL_LIBRARY (source), result, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  g_assert_cmpuint (done, <=, total);
  g_cancellable_cancel (user_data);
}

/* Cancelled in the middle, nothing of it stays. */
static void
test_cancel (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *file = NULL;
  g_autoptr (GFile) place = NULL;
  gboolean done = FALSE;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (json,
                            "%s{\"id\":\"%u\",\"messages\":[{\"id\":\"m%u\",\"role\":\"user\","
                            "\"parts\":[{\"type\":\"text\",\"text\":\"words\"}]}]}",
                            i > 0 ? "," : "", i, i);
  g_string_append_c (json, ']');
  file = archive_write_file ("chats.json", json->str, json->len);
  place = g_file_new_for_path (file);
  rnl_archive_import_async (library, place, progress_cb, cancellable, cancellable, imported_cb,
                            &done);
  rnl_test_wait_for (is_true, &done);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 0);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM messages"), ==, 0);
  rnl_store_test_close (library);
}

/* A program that dies while it imports leaves nothing after the next start, which can say so. */
static void
test_left_behind (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);

  g_assert_cmpuint (rnl_library_get_n_unfinished (library), ==, 0);
  rnl_store_test_close (library);
  rnl_store_test_script (path,
                         "INSERT INTO chats (id, created, updated, deleted, importer, deleter)"
                         " VALUES ('left', 0, 0, 1, 77, NULL), ('too', 0, 0, 1, 77, NULL),"
                         " ('other', 0, 0, 1, NULL, 77)");
  library = rnl_store_test_open (path);
  g_assert_cmpuint (rnl_library_get_n_unfinished (library), ==, 2);
  rnl_store_test_close (library);
  library = rnl_store_test_open (path);
  g_assert_cmpuint (rnl_library_get_n_unfinished (library), ==, 0);
  rnl_store_test_close (library);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 0);
}

static gboolean
has_no_chats (gpointer path)
{
  return rnl_store_test_number (path, "SELECT count (*) FROM chats WHERE deleted IS NOT NULL") == 0;
}

/* Thousands of them do not hold up the start, and do not keep the same file from being imported. */
static void
test_many_left_behind (void)
{
  static const char json[]
    = "[{\"id\":\"left199\",\"title\":\"Again\",\"messages\":[{\"id\":\"m1\",\"role\":\"user\","
      "\"parts\":[{\"type\":\"text\",\"text\":\"words\"}]}]}]";
  g_autofree char *path = rnl_store_test_path ();
  g_autofree char *file = archive_write_file ("chats.json", json, strlen (json));
  RnlLibrary *library = rnl_store_test_open (path);
  g_autoptr (GError) error = NULL;

  rnl_store_test_close (library);
  rnl_store_test_script (path, "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                               " WHERE i < 199) INSERT INTO chats (id, created, updated, deleted,"
                               " importer) SELECT 'left' || i, 0, 0, 1, 77 FROM n");
  library = rnl_store_test_open (path);
  g_assert_cmpuint (rnl_library_get_n_unfinished (library), ==, 200);
  archive_import (library, file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (rnl_library_find_chat (library, "left199"));
  rnl_test_wait_for (has_no_chats, path);
  g_assert_cmpint (rnl_store_test_number (path, "SELECT count (*) FROM chats"), ==, 1);
  rnl_store_test_close (library);
}

/* What people read. */

static void
test_written (void)
{
  static const char json[]
    = "[{\"id\":\"c\",\"title\":\"<b>Title</b>\",\"messages\":["
      "{\"id\":\"m1\",\"role\":\"user\",\"parts\":["
      "{\"type\":\"file\",\"title\":\"dot.png\",\"text\":\"iVBORw0KGgo=\",\"extra\":{\"mime_type\":"
      "\"image/png\"}},"
      "{\"type\":\"text\",\"text\":\"see <script>alert(1)</script> ![x](https://a.example/p.png) "
      "[y](javascript:alert(1)) **bold**\"}]},"
      "{\"id\":\"old\",\"parent\":\"m1\",\"role\":\"assistant\",\"parts\":[{\"type\":\"text\","
      "\"text\":"
      "\"an old answer\"}]},"
      "{\"id\":\"m2\",\"parent\":\"m1\",\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\","
      "\"name\":\"clock\",\"text\":\"{}\",\"state\":\"done\",\"result\":\"noon\"},"
      "{\"type\":\"text\",\"text\":\"It is noon.\"}]}]}]";
  RnlLibrary *library = rnl_store_test_open (":memory:");
  g_autofree char *file = archive_write_file ("chats.json", json, strlen (json));
  static const char *const ids[] = { "c", NULL };
  g_autofree char *html = NULL;
  g_autofree char *markdown = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  archive_import (library, file, NULL, NULL, &error);
  g_assert_no_error (error);
  html = archive_export (library, ids, RNL_ARCHIVE_HTML);
  g_assert_nonnull (strstr (html, "<h1>&lt;b&gt;Title&lt;/b&gt;</h1>"));
  g_assert_nonnull (strstr (html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  g_assert_nonnull (strstr (html, "<strong>bold</strong>"));
  g_assert_nonnull (
    strstr (html, "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"dot.png\">"));
  g_assert_nonnull (strstr (html, "<a href=\"https://a.example/p.png\""));
  g_assert_null (strstr (html, "\"javascript:"));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "src=\"http"));
  g_assert_null (strstr (html, "an old answer"));
  g_assert_nonnull (strstr (html, "clock (done)"));
  markdown = archive_export (library, ids, RNL_ARCHIVE_MARKDOWN);
  g_assert_true (g_str_has_prefix (markdown, "# <b>Title</b>\n\n## User, "));
  g_assert_nonnull (strstr (markdown, "It is noon."));
  text = archive_export (library, ids, RNL_ARCHIVE_TEXT);
  g_assert_nonnull (strstr (text, "[dot.png]\n"));
  g_assert_nonnull (strstr (text, "[clock: noon]\nIt is noon.\n"));
  rnl_store_test_close (library);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/archive/property", test_property);
  g_test_add_func ("/archive/used", test_used);
  g_test_add_func ("/archive/taken-ids", test_taken_ids);
  g_test_add_func ("/archive/broken", test_broken);
  g_test_add_func ("/archive/cancel", test_cancel);
  g_test_add_func ("/archive/left-behind", test_left_behind);
  g_test_add_func ("/archive/many-left-behind", test_many_left_behind);
  g_test_add_func ("/archive/written", test_written);

  return g_test_run ();
}
