/* test-attachment.c: files become parts, or a word why not
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rnl-attachment.h"
#include "rnl-test.h"

static const guchar png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
};

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *mime_type;
  const char *text;
} Case;

#define BYTES(literal) (literal), sizeof (literal) - 1

/* Only the bytes say what a file is; what kind of text, the system's list of types does. */
static const Case cases[] = {
  { "photo.txt", (const char *) png, sizeof png, "image/png", "iVBORw0KGgoAAAANSUg=" },
  { "a.jpg", BYTES ("\xff\xd8\xff\xe0"), "image/jpeg", "/9j/4A==" },
  { "a.gif", BYTES ("GIF89a1"), "image/gif", "R0lGODlhMQ==" },
  { "a.webp", BYTES ("RIFF\x10\0\0\0WEBPVP8 "), "image/webp", "UklGRhAAAABXRUJQVlA4IA==" },
  { "a.bin", BYTES ("%PDF-1.7"), "application/pdf", "JVBERi0xLjc=" },
  { "a.txt", BYTES ("Grüße\n"), "text/plain", "Grüße\n" },
  { "a.md", BYTES ("# A\n"), NULL, "# A\n" },
  { "a.csv", BYTES ("a,b\n1,2\n"), NULL, "a,b\n1,2\n" },
  { "a.json", BYTES ("{\"a\": 1}"), "text/plain", "{\"a\": 1}" },
  { "a.svg", BYTES ("<svg xmlns='http://www.w3.org/2000/svg'/>"), "text/plain",
    "<svg xmlns='http://www.w3.org/2000/svg'/>" },
  { "Makefile", BYTES ("all:\n\ttrue\n"), NULL, "all:\n\ttrue\n" },
  { "bom.txt", BYTES ("\xef\xbb\xbfhi"), "text/plain", "hi" },
  { "latin.txt",
    BYTES ("Gr\xfc\xdf"
           "e"),
    "text/plain", "Grüße" },
  { "utf16.txt", BYTES ("\xff\xfeh\0\xe4\0"), "text/plain", "hä" },
  { "utf16be.txt", BYTES ("\xfe\xff\0h\0\xe4"), "text/plain", "hä" },
};

static void
test_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *test = &cases[i];
      g_autoptr (GBytes) bytes = g_bytes_new_static (test->bytes, test->length);
      g_autoptr (GBytes) back = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (RnlPart) part = rnl_attachment_new (bytes, test->name, &error);

      g_assert_no_error (error);
      g_assert_cmpint (rnl_part_get_part_type (part), ==, RNL_PART_FILE);
      g_assert_cmpstr (rnl_part_get_title (part), ==, test->name);
      g_assert_cmpstr (rnl_part_get_text (part), ==, test->text);
      g_assert_true (rnl_part_get_complete (part));
      if (test->mime_type != NULL)
        g_assert_cmpstr (rnl_attachment_get_mime_type (part), ==, test->mime_type);
      g_assert_true (g_utf8_validate (rnl_part_get_text (part), -1, NULL));
      if (rnl_attachment_is_text (part))
        {
          g_assert_cmpuint (rnl_attachment_get_size (part), ==, strlen (test->text));
          continue;
        }

      back = rnl_attachment_dup_bytes (part);
      g_assert_true (g_bytes_equal (back, bytes));
      g_assert_cmpuint (rnl_attachment_get_size (part), ==, test->length);
      g_assert_true (rnl_attachment_is_image (part) != rnl_attachment_is_pdf (part));
    }
}

static void
assert_refused (
  const char *name, gconstpointer data, gsize length, RnlAttachmentError code, const char *word)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (rnl_attachment_new (bytes, name, &error));
  g_assert_error (error, RNL_ATTACHMENT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_refused (void)
{
  g_autofree char *large = g_malloc0 (RNL_ATTACHMENT_MAX_FILE + 1);

  assert_refused ("none.txt", "", 0, RNL_ATTACHMENT_ERROR_EMPTY, "empty");
  assert_refused ("a.out",
                  BYTES ("\x7f"
                         "ELF\0\1"),
                  RNL_ATTACHMENT_ERROR_TYPE, "neither");
  assert_refused ("a.zip", BYTES ("PK\3\4\0\0"), RNL_ATTACHMENT_ERROR_TYPE, "neither");
  assert_refused ("a.heic",
                  BYTES ("\0\0\0\x18"
                         "ftypheic\0"),
                  RNL_ATTACHMENT_ERROR_TYPE, "image/heic");
  assert_refused ("odd.txt", BYTES ("\xff\xfeh\0\0"), RNL_ATTACHMENT_ERROR_TYPE, "neither");

  memset (large, 'a', RNL_ATTACHMENT_MAX_FILE + 1);
  assert_refused ("long.txt", large, RNL_ATTACHMENT_MAX_TEXT + 1, RNL_ATTACHMENT_ERROR_TOO_LARGE,
                  "1.0\302\240MiB");
  memcpy (large, "%PDF-", 5);
  assert_refused ("huge.pdf", large, RNL_ATTACHMENT_MAX_FILE + 1, RNL_ATTACHMENT_ERROR_TOO_LARGE,
                  "20.0\302\240MiB");
}

/* What lies on the disk. */

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("rnl-attachment-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "thing\n.txt", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gboolean
is_set (gpointer location)
{
  return *(gpointer *) location != NULL;
}

static RnlPart *
load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_attachment_load_async (file, cancellable, rnl_test_result_cb, &result);
  g_assert_null (result);
  rnl_test_wait_for (is_set, &result);

  return rnl_attachment_load_finish (file, result, error);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlPart) part = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "hello", -1, NULL));
  part = load (fixture->file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_part_get_text (part), ==, "hello");
  g_assert_cmpstr (rnl_part_get_title (part), ==, "thing?.txt");
  g_assert_finalize_object (g_steal_pointer (&part));
}

static void
assert_no_load (GFile *file, RnlAttachmentError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (file, NULL, &error));
  g_assert_error (error, RNL_ATTACHMENT_ERROR, (int) code);
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) web = g_file_new_for_uri ("nothing-there:/a");

  assert_no_load (fixture->file, RNL_ATTACHMENT_ERROR_UNREADABLE);
  assert_no_load (folder, RNL_ATTACHMENT_ERROR_NO_FILE);
  assert_no_load (device, RNL_ATTACHMENT_ERROR_NO_FILE);
  assert_no_load (web, RNL_ATTACHMENT_ERROR_UNREADABLE);

  /* Nobody writes into it: who opened it would wait for ever. */
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_no_load (fixture->file, RNL_ATTACHMENT_ERROR_NO_FILE);
}

/* Its size is not told before it was read. */
static void
test_proc (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/proc/self/status");
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlPart) part = NULL;

  if (!g_file_query_exists (file, NULL))
    {
      g_test_skip ("no /proc here");
      return;
    }
  part = load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rnl_part_get_text (part), "Name:"));
}

static void
test_large_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  FILE *file = g_fopen (fixture->path, "w");

  g_assert_cmpint (ftruncate (fileno (file), (off_t) RNL_ATTACHMENT_MAX_FILE * 100), ==, 0);
  fclose (file);
  assert_no_load (fixture->file, RNL_ATTACHMENT_ERROR_TOO_LARGE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "hello", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (load (fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_stream (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlPart) part = NULL;

  rnl_attachment_read_async (stream, "standard input", NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (is_set, &result);
  part = rnl_attachment_read_finish (stream, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rnl_part_get_title (part), ==, "standard input");
  g_assert_cmpstr (rnl_part_get_text (part), ==, "abc");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/attachment/types", test_types);
  g_test_add_func ("/attachment/refused", test_refused);
  ADD ("/attachment/load", test_load);
  ADD ("/attachment/no-file", test_no_file);
  g_test_add_func ("/attachment/proc", test_proc);
  ADD ("/attachment/large-file", test_large_file);
  ADD ("/attachment/cancelled", test_cancelled);
  g_test_add_func ("/attachment/stream", test_stream);

  return g_test_run ();
}
