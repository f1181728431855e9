/* test-tools-folders.c: files inside the folders a person opened, and every way out of them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "rnl-builtin-tools.h"
#include "rnl-file-text.h"
#include "rnl-open-beneath.h"
#include "rnl-test.h"
#include "tool-harness.h"

#define SECRET "the secret outside"

/* BASE holds "docs" and "more/docs", which may be opened, and "outside", which may not. */
static char *base;
static RnlToolRegistry *registry;

static char *
at (const char *path)
{
  return g_build_filename (base, path, NULL);
}

static void
write_bytes (const char *path, const char *bytes, gssize length)
{
  g_autofree char *file = at (path);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (file, bytes, length, &error);
  g_assert_no_error (error);
}

static void
write_link (const char *target, const char *path)
{
  g_autofree char *link = at (path);

  g_assert_no_errno (symlink (target, link));
}

static void
make_special_files (void)
{
  g_autofree char *fifo = at ("docs/fifo");
  g_autofree char *socket_path = at ("docs/socket");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  g_assert_no_errno (bind (fd, (struct sockaddr *) &address, sizeof address));
  close (fd);
}

static void
make_tree (void)
{
  g_autofree char *outside = at ("outside");

  write_bytes ("outside/secret.txt", SECRET, -1);
  write_bytes ("docs-not/secret.txt", SECRET, -1);
  write_bytes ("docs/notes.txt", "Tea at four.\nBring the Cake.\n", -1);
  write_bytes ("docs/empty.txt", "", 0);
  write_bytes ("docs/image.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  write_bytes ("docs/latin1.txt", "caf\xe9 cr\xe8me\n", -1);
  write_bytes ("docs/deep/er/cake recipe.md", "# Apfelküchlein\n\nFlour, eggs, ÄPFEL.\n", -1);
  write_bytes ("docs/.hidden/cake.txt", "cake", -1);
  write_bytes ("docs/strange\nname.txt", "a line feed in the name", -1);
  write_link ("../outside/secret.txt", "docs/link.txt");
  write_link ("../outside", "docs/linked");
  write_link ("notes.txt", "docs/inner-link.txt");
  write_link (outside, "docs/absolute-link");
  write_link ("/proc/self/root", "docs/magic");
  make_special_files ();
  write_bytes ("more/docs/other.txt", "Another folder of the same name.", -1);
}

static void
open_folders (const char *first, const char *second)
{
  g_autofree char *one = first != NULL ? at (first) : NULL;
  g_autofree char *two = second != NULL ? at (second) : NULL;
  const char *folders[] = { one, two, NULL };
  RnlToolScope scope = { .folders = folders };

  rnl_builtin_tools_set_scope (registry, &scope);
}

static void
check_path (const char *tool, const char *path, const ToolCase *expected)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *arguments = NULL;
  ToolCase with_arguments = *expected;

  json_object_set_string_member (object, "path", path);
  json_node_init_object (node, object);
  arguments = json_to_string (node, FALSE);
  with_arguments.arguments = arguments;
  tool_check (rnl_tool_registry_find (registry, tool), &with_arguments);
}

static void
test_no_folder (void)
{
  static const ToolCase refused = { "{\"path\": \"/etc/passwd\", \"query\": \"x\"}", NULL,
                                    RNL_TOOL_ERROR_NOT_ALLOWED, "Preferences" };
  static const char *const tools[] = { "list_folder", "read_file", "search_files" };

  open_folders (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      tool_check (rnl_tool_registry_find (registry, tools[i]), &refused);
      g_assert_cmpint (rnl_tool_get_permission (rnl_tool_registry_find (registry, tools[i])), ==,
                       RNL_TOOL_SAFE);
    }
}

static void
test_read (void)
{
  static const struct
  {
    const char *path;
    ToolCase expected;
  } cases[] = {
    { "docs/notes.txt", { NULL, "Tea at four.\nBring the Cake.\n" } },
    { "notes.txt", { NULL, "Tea at four.\nBring the Cake.\n" } },
    { "./docs//./notes.txt", { NULL, "Tea at four.\nBring the Cake.\n" } },
    { "docs/empty.txt", { NULL, "[The file is empty.]" } },
    { "docs/latin1.txt", { NULL, "caf\xef\xbf\xbd cr\xef\xbf\xbdme\n" } },
    { "docs/deep/er/cake recipe.md", { NULL, "# Apfelküchlein*" } },
    { "docs/strange\nname.txt", { NULL, "a line feed in the name" } },
    { "docs/image.png", { NULL, NULL, RNL_TOOL_ERROR_FAILED, "not a text file" } },
    { "docs/missing.txt", { NULL, NULL, RNL_TOOL_ERROR_FAILED, "no such file" } },
    { "docs/notes.txt/x", { NULL, NULL, RNL_TOOL_ERROR_FAILED, "no such file" } },
    { "docs/deep", { NULL, NULL, RNL_TOOL_ERROR_FAILED, "list_folder" } },
    { "", { NULL, NULL, RNL_TOOL_ERROR_ARGUMENTS, "“path” is missing" } },
  };
  g_autofree char *absolute = at ("docs/notes.txt");

  open_folders ("docs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_path ("read_file", cases[i].path, &cases[i].expected);
  check_path ("read_file", absolute, &cases[0].expected);
}

static void
test_escapes (void)
{
  static const struct
  {
    const char *path;
    const char *message;
  } cases[] = {
    { "docs/../outside/secret.txt", "leads out" },
    { "../outside/secret.txt", "leads out" },
    { "docs/deep/../notes.txt", "leads out" },
    { "..", "leads out" },
    { "/etc/passwd", "not in a folder" },
    { "/etc", "not in a folder" },
    { "docs/link.txt", "a link" },
    { "docs/linked/secret.txt", "a link" },
    { "docs/linked", "a link" },
    { "docs/absolute-link/secret.txt", "a link" },
    { "docs/inner-link.txt", "a link" },
    { "docs/magic/etc/passwd", "a link" },
    { "docs/fifo", "not a regular file" },
    { "docs/socket", "not a regular file" },
    { "~/secret.txt", NULL },
  };
  g_autofree char *neighbour = at ("docs-not/secret.txt");
  g_autofree char *outside = at ("outside/secret.txt");
  const char *absolute[] = { neighbour, outside };
  ToolCase refused = { NULL, NULL, RNL_TOOL_ERROR_NOT_ALLOWED, NULL };

  open_folders ("docs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      refused.message = cases[i].message;
      refused.code = cases[i].message != NULL ? RNL_TOOL_ERROR_NOT_ALLOWED : RNL_TOOL_ERROR_FAILED;
      check_path ("read_file", cases[i].path, &refused);
      check_path ("list_folder", cases[i].path, &refused);
    }
  refused = (ToolCase){ NULL, NULL, RNL_TOOL_ERROR_NOT_ALLOWED, "not in a folder" };
  for (gsize i = 0; i < G_N_ELEMENTS (absolute); i++)
    check_path ("read_file", absolute[i], &refused);
}

/* Folders whose inside the kernel itself makes treacherous. */
static void
test_escapes_proc (void)
{
  static const struct
  {
    const char *folder;
    const char *path;
    const char *message;
  } cases[] = {
    { "/proc/self", "/proc/self/root/etc/passwd", "a link" },
    { "/proc/self", "/proc/self/cwd", "a link" },
    { "/proc/self", "/proc/self/fd/0", "a link" },
    { "/proc/self", "/proc/self/exe", "a link" },
    { "/", "/proc/self/environ", "leads out" },
    { "/", "/dev/null", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *folders[] = { cases[i].folder, NULL };
      RnlToolScope scope = { .folders = folders };
      ToolCase refused = { NULL, NULL, RNL_TOOL_ERROR_NOT_ALLOWED, cases[i].message };

      rnl_builtin_tools_set_scope (registry, &scope);
      check_path ("read_file", cases[i].path, &refused);
    }
}

/* Both ways of opening must agree, whatever this kernel has. */
static void
test_beneath (void)
{
  static const struct
  {
    const char *path;
    int problem;
  } cases[] = {
    { ".", 0 },
    { "notes.txt", 0 },
    { "deep/er", 0 },
    { "deep/er/cake recipe.md", 0 },
    { "fifo", 0 },
    { "socket", ENXIO },
    { "missing", ENOENT },
    { "missing/too", ENOENT },
    { "notes.txt/x", ENOTDIR },
    { "..", EXDEV },
    { "deep/../../outside", EXDEV },
    { "/etc/passwd", EXDEV },
    { "link.txt", ELOOP },
    { "linked/secret.txt", ELOOP },
    { "absolute-link/secret.txt", ELOOP },
    { "inner-link.txt", ELOOP },
  };
  g_autofree char *docs = at ("docs");
  int folder = open (docs, O_PATH | O_DIRECTORY);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (RnlBeneathMethod method = RNL_BENEATH_BEST; method <= RNL_BENEATH_WALK; method++)
      {
        int fd = rnl_open_beneath (folder, cases[i].path, method);
        int problem = errno;

        g_test_message ("%s by %d", cases[i].path, (int) method);
        if (cases[i].problem == 0)
          g_assert_cmpint (fd, >=, 0);
        else
          {
            g_assert_cmpint (fd, ==, -1);
            g_assert_cmpint (problem, ==, cases[i].problem);
          }
        if (fd >= 0)
          close (fd);
      }
  close (folder);

  folder = open ("/", O_PATH | O_DIRECTORY);
  g_assert_cmpint (rnl_open_beneath (folder, "proc/self/environ", RNL_BENEATH_WALK), ==, -1);
  g_assert_cmpint (errno, ==, EXDEV);
  close (folder);
}

typedef struct
{
  char *folder;
  char *link;
  gint stop;
} Swapper;

static gpointer
swap_forever (gpointer data)
{
  Swapper *swapper = data;

  while (!g_atomic_int_get (&swapper->stop))
    g_assert_no_errno (
      renameat2 (AT_FDCWD, swapper->folder, AT_FDCWD, swapper->link, RENAME_EXCHANGE));

  return NULL;
}

/* A folder that is now itself and now a link to the outside, as fast as a thread can make it. */
static void
test_race (void)
{
  Swapper swapper = { at ("race/folder"), at ("race/link"), 0 };
  g_autofree char *race = at ("race");
  g_autofree char *outside = at ("outside");
  guint read = 0, refused = 0;
  GThread *thread;
  int root;

  write_bytes ("race/folder/secret.txt", "inside", -1);
  write_link (outside, "race/link");
  root = open (race, O_PATH | O_DIRECTORY);
  if (renameat2 (AT_FDCWD, swapper.folder, AT_FDCWD, swapper.link, RENAME_EXCHANGE) < 0)
    {
      g_test_skip ("this file system cannot exchange names");
      return;
    }

  thread = g_thread_new ("swap", swap_forever, &swapper);
  for (guint i = 0; i < 4000 || ((read == 0 || refused == 0) && i < 400000); i++)
    {
      int fd = rnl_open_beneath (root, "folder/secret.txt",
                                 i % 2 == 0 ? RNL_BENEATH_BEST : RNL_BENEATH_WALK);
      char text[64] = "";

      if (fd < 0)
        {
          refused++;
          continue;
        }
      g_assert_cmpint (rnl_file_read (fd, 0, text, sizeof text - 1), >, 0);
      g_assert_cmpstr (text, ==, "inside");
      read++;
      close (fd);
    }
  g_atomic_int_set (&swapper.stop, 1);
  g_thread_join (thread);
  g_test_message ("read %u, refused %u", read, refused);
  g_assert_cmpuint (refused, >, 0);

  close (root);
  g_free (swapper.folder);
  g_free (swapper.link);
}

static void
test_parts (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) joined = g_string_new (NULL);
  RnlTool *tool = rnl_tool_registry_find (registry, "read_file");
  gint64 offset = 0;
  guint parts = 0;

  for (guint i = 0; lines->len < 200000; i++)
    g_string_append_printf (lines, "line %u: żółć 🐈%s", i, i % 3 == 0 ? "\n" : "");
  write_bytes ("docs/long.txt", lines->str, (gssize) lines->len);
  open_folders ("docs", NULL);

  while (offset >= 0)
    {
      g_autofree char *arguments = g_strdup_printf (
        "{\"path\": \"docs/long.txt\", \"offset\": %" G_GINT64_FORMAT ", \"limit\": %d}", offset,
        parts % 2 == 0 ? 65536 : 20011);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = tool_call (tool, arguments, NULL, NULL, &error);
      char *note;

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (text), <=, 65536 + 200);
      note = g_strrstr (text, "\n[Bytes ");
      offset = -1;
      if (note != NULL)
        {
          g_assert_cmpint (sscanf (strstr (note, "use offset"), "use offset %ld", &offset), ==, 1);
          *note = '\0';
        }
      g_string_append (joined, text);
      g_assert_cmpuint (++parts, <, 100);
    }

  g_assert_cmpuint (parts, >, 3);
  g_assert_cmpstr (joined->str, ==, lines->str);
}

static void
test_bad_ranges (void)
{
  static const ToolCase cases[] = {
    { "{\"path\": \"notes.txt\", \"offset\": 4}", "at four.\nBring the Cake.\n" },
    { "{\"path\": \"notes.txt\", \"limit\": 13}",
      "Tea at four.\n\n[Bytes 0 to 13 of 29. To read on, use offset 13.]" },
    { "{\"path\": \"notes.txt\", \"offset\": 29}", NULL, RNL_TOOL_ERROR_FAILED, "ends at byte 29" },
    { "{\"path\": \"notes.txt\", \"offset\": -1}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "offset" },
    { "{\"path\": \"notes.txt\", \"limit\": 0}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "limit" },
    { "{\"path\": \"notes.txt\", \"limit\": 65537}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "limit" },
    { "{\"path\": \"notes.txt\", \"offset\": 1.5}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "offset" },
    { "{\"path\": 5}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "path" },
    { "{}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "path" },
  };

  open_folders ("docs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (rnl_tool_registry_find (registry, "read_file"), &cases[i]);
}

static void
test_list (void)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "list_folder");
  g_autofree char *two_folders
    = g_strdup_printf ("These folders are open:\n%s/docs/\n%s/more/docs/", base, base);
  const ToolCase both = { "{}", two_folders };
  g_autofree char *listing = NULL;

  open_folders ("docs", "more/docs");
  tool_check (tool, &both);
  check_path ("read_file", "docs/other.txt", &(ToolCase){ NULL, "Another folder*" });

  open_folders ("docs", NULL);
  listing = tool_call (tool, "{}", NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (listing, ".hidden/\n"));
  g_assert_nonnull (strstr (listing, "\ndeep/\n"));
  g_assert_nonnull (strstr (listing, "\nnotes.txt (29 bytes)"));
  g_assert_nonnull (strstr (listing, "\nlinked (a link, not followed)\n"));
  g_assert_nonnull (strstr (listing, "\nstrange?name.txt ("));
  g_assert_nonnull (strstr (listing, "\nfifo (not a regular file)\n"));
  check_path ("list_folder", "docs/deep/er", &(ToolCase){ NULL, "cake recipe.md (39 bytes)" });
  check_path ("list_folder", "docs/notes.txt",
              &(ToolCase){ NULL, NULL, RNL_TOOL_ERROR_FAILED, "read_file" });
}

static void
test_list_bounded (void)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "list_folder");
  g_autofree char *listing = NULL;

  for (guint i = 0; i < 2100; i++)
    {
      g_autofree char *name = g_strdup_printf ("many/a file with a rather long name %04u", i);

      write_bytes (name, "", 0);
    }
  open_folders ("many", NULL);
  listing = tool_call (tool, "{}", NULL, NULL, NULL);
  g_assert_true (g_str_has_suffix (listing, "[There is more in “many” than is listed here.]"));
  g_assert_cmpuint (strlen (listing), <, 66000 * 2);
  g_assert_cmpuint (strlen (listing), >, 10000);
}

static void
test_search (void)
{
  static const ToolCase cases[] = {
    { "{\"query\": \"cake\"}", "docs/deep/er/cake recipe.md\ndocs/notes.txt:2: Bring the Cake." },
    { "{\"query\": \"äpfel\"}", "docs/deep/er/cake recipe.md:3: Flour, eggs, ÄPFEL." },
    { "{\"query\": \"tea\", \"path\": \"docs/notes.txt\"}", "docs/notes.txt:1: Tea at four." },
    { "{\"query\": \"tea\", \"path\": \"docs/deep/\"}", "Nothing found in 3 files and folders." },
    { "{\"query\": \"secret outside\"}", "Nothing found*" },
    { "{\"query\": \"x\", \"path\": \"../outside\"}", NULL, RNL_TOOL_ERROR_NOT_ALLOWED, "out" },
    { "{\"query\": \"x\", \"path\": \"docs/linked\"}", NULL, RNL_TOOL_ERROR_NOT_ALLOWED, "link" },
    { "{\"query\": \"\"}", NULL, RNL_TOOL_ERROR_ARGUMENTS, "query" },
  };

  open_folders ("docs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    tool_check (rnl_tool_registry_find (registry, "search_files"), &cases[i]);
}

static void
test_search_bounded (void)
{
  RnlTool *tool = rnl_tool_registry_find (registry, "search_files");
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *result = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (lines, "needle\n");
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("hay/%02u.txt", i);

      write_bytes (name, lines->str, -1);
    }
  open_folders ("hay", NULL);
  result = tool_call (tool, "{\"query\": \"needle\"}", NULL, NULL, NULL);
  g_assert_nonnull (strstr (result, "hay/00.txt:10: needle\nhay/00.txt: [more matches]\n"));
  g_assert_true (
    g_str_has_suffix (result, "[The search ended early: there are too many matches.]"));
}

static void
test_cancelled (void)
{
  static const char *const tools[] = { "list_folder", "read_file", "search_files" };

  open_folders ("docs", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      g_cancellable_cancel (cancellable);
      g_assert_null (tool_call (rnl_tool_registry_find (registry, tools[i]),
                                "{\"path\": \"docs\", \"query\": \"x\"}", NULL, cancellable,
                                &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_is_binary (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    gboolean binary;
  } cases[] = {
    { "", 0, FALSE },
    { "plain\ttext\r\n\f", 13, FALSE },
    { "\x1b[1mbold\x1b[0m", 12, FALSE },
    { "zero\0byte", 9, TRUE },
    { "\x01\x02\x03\x04 many controls", 18, TRUE },
    { "ż\xc3", 3, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (rnl_file_text_is_binary (cases[i].bytes, cases[i].length), ==,
                     cases[i].binary);
}

int
main (int argc, char **argv)
{
  RnlToolScope scope = { NULL };
  int status;

  rnl_test_init (&argc, &argv);
  base = g_build_filename (rnl_test_tmp_dir (), "tree", NULL);
  make_tree ();
  registry = rnl_tool_registry_new ();
  rnl_builtin_tools_add (registry, &scope);

  g_test_add_func ("/tools/folders/none", test_no_folder);
  g_test_add_func ("/tools/folders/read", test_read);
  g_test_add_func ("/tools/folders/parts", test_parts);
  g_test_add_func ("/tools/folders/ranges", test_bad_ranges);
  g_test_add_func ("/tools/folders/escapes", test_escapes);
  g_test_add_func ("/tools/folders/escapes/proc", test_escapes_proc);
  g_test_add_func ("/tools/folders/escapes/race", test_race);
  g_test_add_func ("/tools/folders/beneath", test_beneath);
  g_test_add_func ("/tools/folders/list", test_list);
  g_test_add_func ("/tools/folders/list/bounded", test_list_bounded);
  g_test_add_func ("/tools/folders/search", test_search);
  g_test_add_func ("/tools/folders/search/bounded", test_search_bounded);
  g_test_add_func ("/tools/folders/cancelled", test_cancelled);
  g_test_add_func ("/tools/folders/is-binary", test_is_binary);
  status = g_test_run ();

  g_assert_finalize_object (registry);
  g_free (base);

  return status;
}
