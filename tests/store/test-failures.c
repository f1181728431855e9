/* test-failures.c: a full disk, a home that cannot be written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "rnl-journal.h"
#include "rnl-store-test.h"

#define SMALL_DISK (512 * 1024)
#define NOBODY     65534

static void
failed_cb (RnlLibrary *library, const GError *error, gpointer user_data)
{
  g_ptr_array_add (user_data, g_error_copy (error));
}

static gboolean
has_one (gpointer user_data)
{
  return ((GPtrArray *) user_data)->len >= 1;
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  limit.rlim_cur = bytes;
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
}

/* No file can grow: to SQLite the disk is full. Nothing is lost, and it is told once. */
static void
test_full (void)
{
  g_autofree char *path = rnl_store_test_path ();
  g_autofree char *big = g_strnfill (2 * SMALL_DISK, 'b');
  RnlLibrary *library = rnl_store_test_open (path);
  g_autofree char *chat_id = g_strdup (rnl_chat_get_id (rnl_store_test_add_chat (library, "x")));
  g_autoptr (RnlMessage) first = rnl_message_new_text (RNL_ROLE_USER, big);
  g_autoptr (RnlMessage) growing = rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  rnl_test_last RnlJournal *journal = NULL;

  rnl_store_test_flush (library);
  signal (SIGXFSZ, SIG_IGN);
  g_signal_connect (library, "write-failed", G_CALLBACK (failed_cb), errors);
  limit_files (SMALL_DISK);
  rnl_library_add_message (library, chat_id, first);
  rnl_test_wait_for (has_one, errors);
  g_assert_error ((GError *) errors->pdata[0], RNL_STORE_ERROR, RNL_STORE_ERROR_FULL);

  journal = rnl_journal_new (library, chat_id, growing);
  rnl_message_add_part (growing, part);
  rnl_part_append (part, "an answer", 9);
  rnl_journal_flush (journal);
  g_assert_false (rnl_store_test_try_flush (library, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_FULL);
  g_assert_cmpuint (errors->len, ==, 1);

  limit_files (RLIM_INFINITY);
  rnl_store_test_flush (library);
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpuint (rnl_part_get_length (rnl_message_get_part (messages->pdata[0], 0)), ==,
                    2 * SMALL_DISK);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (messages->pdata[1], 0)), ==,
                   "an answer");
  rnl_part_append (part, "!", 1);
  rnl_message_set_state (growing, RNL_MESSAGE_COMPLETE);
  g_clear_object (&journal);
  rnl_store_test_flush (library);
  g_assert_cmpuint (errors->len, ==, 1);
  rnl_store_test_close (library);
}

static void
assert_cannot_open (const char *path, RnlStoreError code)
{
  RnlLibrary *library = rnl_library_new (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (rnl_store_test_try_open (library, &error));
  g_assert_error (error, RNL_STORE_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, rnl_test_tmp_dir ()));
  rnl_store_test_close (library);
}

static void
test_under_file (void)
{
  g_autofree char *file = g_build_filename (rnl_test_tmp_dir (), "file", NULL);
  g_autofree char *path = g_build_filename (file, "runnel", "library.db", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_cannot_open (path, RNL_STORE_ERROR_READ_ONLY);
}

/* Root may write anywhere, so it becomes somebody else for a moment. */
static void
test_read_only (void)
{
  g_autofree char *folder = g_build_filename (rnl_test_tmp_dir (), "read-only", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);
  g_autofree char *deeper = g_build_filename (folder, "runnel", "library.db", NULL);
  g_autofree char *there = g_build_filename (folder, "there.db", NULL);
  gboolean root = geteuid () == 0;

  g_assert_no_errno (g_mkdir (folder, 0755));
  rnl_store_test_close (rnl_store_test_open (there));
  g_assert_no_errno (g_chmod (there, 0444));
  g_assert_no_errno (g_chmod (folder, 0555));
  g_assert_no_errno (g_chmod (rnl_test_tmp_dir (), 0755));
  if (root && seteuid (NOBODY) != 0)
    {
      g_test_skip ("cannot become an ordinary user");
      return;
    }

  assert_cannot_open (missing, RNL_STORE_ERROR_READ_ONLY);
  assert_cannot_open (deeper, RNL_STORE_ERROR_READ_ONLY);
  assert_cannot_open (there, RNL_STORE_ERROR_READ_ONLY);

  if (root)
    g_assert_no_errno (seteuid (0));
  g_assert_no_errno (g_chmod (folder, 0755));
  g_assert_no_errno (g_chmod (there, 0644));
  rnl_store_test_close (rnl_store_test_open (there));
}

/* It can be tried again once the reason is gone. */
static void
test_again (void)
{
  g_autofree char *file = g_build_filename (rnl_test_tmp_dir (), "in-the-way", NULL);
  g_autofree char *path = g_build_filename (file, "library.db", NULL);
  RnlLibrary *library = rnl_library_new (path);
  const char *chat_id = rnl_chat_get_id (rnl_store_test_add_chat (library, "kept"));
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (rnl_store_test_try_open (library, &error));
  g_clear_error (&error);
  g_assert_no_errno (g_unlink (file));
  g_assert_true (rnl_store_test_try_open (library, &error));
  g_assert_no_error (error);
  messages = rnl_store_test_load (library, chat_id);
  g_assert_cmpuint (messages->len, ==, 0);
  rnl_store_test_close (library);
}

/* A damaged page is found when it is read, and is an error like others. */
static void
test_damaged (void)
{
  g_autofree char *path = rnl_store_test_path ();
  RnlLibrary *library = rnl_store_test_open (path);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  for (guint i = 0; i < 200; i++)
    rnl_store_test_add_chat (library, "a chat");
  rnl_store_test_close (library);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize i = 4096; i < length; i++)
    contents[i] = (char) (i * 7);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));

  library = rnl_library_new (path);
  g_assert_false (rnl_store_test_try_open (library, &error));
  g_assert_error (error, RNL_STORE_ERROR, RNL_STORE_ERROR_CORRUPT);
  rnl_store_test_close (library);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/failures/full", test_full);
  g_test_add_func ("/failures/under-file", test_under_file);
  g_test_add_func ("/failures/read-only", test_read_only);
  g_test_add_func ("/failures/again", test_again);
  g_test_add_func ("/failures/damaged", test_damaged);

  return g_test_run ();
}
