/* test-attachments.c: the contents of files lie beside the database
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "rnl-attachment.h"
#include "rnl-part-extra.h"
#include "rnl-store-test.h"

#define PNG "\x89PNG\r\n\x1a\n and so on"

typedef struct
{
  char *path;
  char *folder;
  RnlLibrary *library;
  RnlChat *chat;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (rnl_test_tmp_dir (), "attachments-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (parent));
  fixture->path = g_build_filename (parent, "library.db", NULL);
  fixture->folder = g_build_filename (parent, "attachments", NULL);
  fixture->library = rnl_store_test_open (fixture->path);
  fixture->chat = rnl_store_test_add_chat (fixture->library, "Pictures");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rnl_store_test_close (fixture->library);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static RnlPart *
make_file (const char *name, const char *bytes)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, strlen (bytes));
  g_autoptr (GError) error = NULL;
  RnlPart *part = rnl_attachment_new (content, name, &error);

  g_assert_no_error (error);

  return part;
}

/* Returns: (transfer full): the part's id */
static char *
add_message (Fixture *fixture, RnlPart *taken)
{
  g_autoptr (RnlPart) file = taken;
  g_autoptr (RnlMessage) message = rnl_message_new_text (RNL_ROLE_USER, "Look");

  rnl_message_add_part (message, file);
  rnl_message_set_state (message, RNL_MESSAGE_COMPLETE);
  rnl_library_add_message (fixture->library, rnl_chat_get_id (fixture->chat), message);
  rnl_store_test_flush (fixture->library);

  return g_strdup (rnl_part_get_id (file));
}

static RnlPart *
reload (Fixture *fixture)
{
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (RnlChat) chat = NULL;
  RnlMessage *message;

  rnl_store_test_close (fixture->library);
  fixture->library = rnl_store_test_open (fixture->path);
  g_assert_cmpuint (g_list_model_get_n_items (rnl_library_list_chats (fixture->library)), ==, 1);
  chat = g_list_model_get_item (rnl_library_list_chats (fixture->library), 0);
  fixture->chat = chat;
  messages = rnl_store_test_load (fixture->library, rnl_chat_get_id (fixture->chat));
  g_assert_cmpuint (messages->len, ==, 1);
  message = g_ptr_array_index (messages, 0);

  return g_object_ref (rnl_message_get_part (message, rnl_message_get_n_parts (message) - 1));
}

static void
assert_content (Fixture *fixture, const char *id, const char *bytes)
{
  g_autofree char *path = g_build_filename (fixture->folder, id, NULL);
  g_autofree char *content = NULL;
  gsize length;
  GStatBuf info;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, bytes, strlen (bytes));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
}

static gboolean
has_content (Fixture *fixture, const char *id)
{
  g_autofree char *path = g_build_filename (fixture->folder, id, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gint64
count_text (Fixture *fixture)
{
  return rnl_store_test_number (fixture->path, "SELECT count (*) FROM parts WHERE type = 3"
                                               " AND text <> ''");
}

/* A picture and a text: as bytes on the disk, as before in the message. */
static void
test_round_trip (Fixture *fixture, gconstpointer bytes)
{
  g_autoptr (RnlPart) sent = make_file ("thing", bytes);
  g_autofree char *text = g_strdup (rnl_part_get_text (sent));
  g_autofree char *id = add_message (fixture, g_object_ref (sent));
  g_autoptr (RnlPart) read = NULL;

  assert_content (fixture, id, bytes);
  g_assert_cmpint (count_text (fixture), ==, 0);
  read = reload (fixture);
  g_assert_cmpstr (rnl_part_get_text (read), ==, text);
  g_assert_cmpstr (rnl_attachment_get_mime_type (read), ==, rnl_attachment_get_mime_type (sent));
  g_assert_cmpstr (rnl_part_get_title (read), ==, "thing");
  g_assert_true (has_content (fixture, id));
}

/* A chat that begins in the middle of another has its files, too: its own, when the other goes. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_message (fixture, make_file ("a.png", PNG));
  g_autoptr (GPtrArray) messages
    = rnl_store_test_load (fixture->library, rnl_chat_get_id (fixture->chat));
  RnlChat *chat = rnl_store_test_add_chat (fixture->library, "Branch");
  g_autoptr (GPtrArray) copies = NULL;
  RnlMessage *copy;
  RnlPart *part;

  rnl_library_copy_messages (fixture->library, rnl_chat_get_id (fixture->chat),
                             g_ptr_array_index (messages, 0), chat);
  rnl_store_test_flush (fixture->library);
  rnl_library_delete_chat (fixture->library, rnl_chat_get_id (fixture->chat));
  rnl_library_purge_deleted (fixture->library);
  rnl_store_test_flush (fixture->library);
  g_assert_false (has_content (fixture, id));

  copies = rnl_store_test_load (fixture->library, rnl_chat_get_id (chat));
  g_assert_cmpuint (copies->len, ==, 1);
  copy = g_ptr_array_index (copies, 0);
  part = rnl_message_get_part (copy, rnl_message_get_n_parts (copy) - 1);
  g_assert_cmpstr (rnl_part_get_id (part), !=, id);
  assert_content (fixture, rnl_part_get_id (part), PNG);
}

/* A deleted chat can come back, with all; until it is purged. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_message (fixture, make_file ("a.png", PNG));

  rnl_library_delete_chat (fixture->library, rnl_chat_get_id (fixture->chat));
  rnl_store_test_flush (fixture->library);
  g_assert_true (has_content (fixture, id));
  rnl_library_purge_deleted (fixture->library);
  rnl_store_test_flush (fixture->library);
  g_assert_false (has_content (fixture, id));
}

/* The program was killed between the deletion and the sweep; what no part ever had is left alone,
 * and so is what a part has again. */
static void
test_left_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_message (fixture, make_file ("a.png", PNG));
  g_autofree char *left
    = g_build_filename (fixture->folder, "0d1f9ac2-7f5e-4f4e-9b7e-0a1b2c3d4e5f", NULL);
  g_autofree char *other
    = g_build_filename (fixture->folder, "1d1f9ac2-7f5e-4f4e-9b7e-0a1b2c3d4e5f", NULL);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO left_attachments (id) VALUES ('%s'),"
                                          " ('0d1f9ac2-7f5e-4f4e-9b7e-0a1b2c3d4e5f'), ('../x')",
                                          id);
  g_autoptr (RnlPart) read = NULL;

  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  rnl_store_test_script (fixture->path, sql);
  read = reload (fixture);
  rnl_store_test_flush (fixture->library);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (has_content (fixture, id));
  g_assert_cmpint (rnl_store_test_number (fixture->path, "SELECT count (*) FROM left_attachments"),
                   ==, 0);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_message (fixture, make_file ("a.png", PNG));
  g_autofree char *path = g_build_filename (fixture->folder, id, NULL);
  g_autoptr (RnlPart) read = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  read = reload (fixture);
  g_assert_cmpstr (rnl_part_get_text (read), ==, "");
  g_assert_cmpuint (rnl_attachment_get_size (read), ==, 0);
  g_assert_cmpstr (rnl_part_get_title (read), ==, "a.png");
}

/* Where nothing can be put beside the database, nothing is lost. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (RnlPart) read = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (g_file_set_contents (fixture->folder, "in the way", -1, NULL));
  id = add_message (fixture, make_file ("a.png", PNG));
  g_assert_cmpint (count_text (fixture), ==, 1);
  read = reload (fixture);
  bytes = rnl_attachment_dup_bytes (read);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), PNG, strlen (PNG));
}

/* An id from somewhere else leads nowhere else; what is no base 64 stays what it is. */
static void
test_strange (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RnlPart) led = make_file ("a.png", PNG);
  g_autoptr (RnlPart) broken = make_file ("b.png", PNG);
  g_autofree char *id = NULL;

  rnl_part_set_id (led, "../escaped");
  rnl_part_set_text (broken, "not base 64!");
  g_free (add_message (fixture, g_object_ref (led)));
  g_free (add_message (fixture, g_object_ref (broken)));
  g_assert_cmpint (count_text (fixture), ==, 2);
  g_assert_false (has_content (fixture, "../escaped"));
  g_assert_false (has_content (fixture, rnl_part_get_id (broken)));
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  ADD ("/attachments/round-trip/picture", PNG, test_round_trip);
  ADD ("/attachments/round-trip/text", "Grüße,\nund so weiter", test_round_trip);
  ADD ("/attachments/copy", NULL, test_copy);
  ADD ("/attachments/purge", NULL, test_purge);
  ADD ("/attachments/left-over", NULL, test_left_over);
  ADD ("/attachments/gone", NULL, test_gone);
  ADD ("/attachments/no-folder", NULL, test_no_folder);
  ADD ("/attachments/strange", NULL, test_strange);

  return g_test_run ();
}
