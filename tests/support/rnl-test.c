/* rnl-test.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-test.h"
#include "rnl-test-loop.h"

#include <glib/gstdio.h>

#define LOOK_MS 50

static char *tmp_dir;

#ifdef RNL_TEST_SANITIZED
/* GLib allocates its first table of quarks while it is being loaded, and leaves it behind on
 * purpose when it needs a larger one: other threads may still read it. That is no leak while it is
 * known here; the stack of the allocation says too little for a suppression. */
#define QUARK_TABLE_BYTES (2048 * sizeof (char *))

static const volatile void *first_quarks;

void __sanitizer_malloc_hook (const volatile void *pointer, size_t size);

void
__sanitizer_malloc_hook (const volatile void *pointer, size_t size)
{
  if (first_quarks == NULL && size == QUARK_TABLE_BYTES)
    first_quarks = pointer;
}
#endif

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
remove_tmp_dir (void)
{
  remove_tree (tmp_dir);
  g_clear_pointer (&tmp_dir, g_free);
}

/**
 * rnl_test_use_own_home:
 *
 * Gives the process a home and XDG folders of its own in a temporary folder that is removed at
 * exit, or when another one is asked for. What is installed (languages, icons) is still found. Call
 * it before anything reads the environment; [func@rnl_test_init] does.
 */
void
rnl_test_use_own_home (void)
{
  static const char *const folders[]
    = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME" };

  if (tmp_dir != NULL)
    remove_tmp_dir ();
  else
    atexit (remove_tmp_dir);
  tmp_dir = g_dir_make_tmp ("runnel-test-XXXXXX", NULL);
  g_assert_nonnull (tmp_dir);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (tmp_dir, folders[i], NULL);

      g_assert_no_errno (g_mkdir_with_parents (path, 0700));
      g_setenv (folders[i], path, TRUE);
    }
}

/* The person's own proxies, certificates and servers. */
static void
forget_network (void)
{
  static const char *const variables[]
    = { "HTTPS_PROXY", "https_proxy", "HTTP_PROXY",    "http_proxy",  "ALL_PROXY",     "all_proxy",
        "NO_PROXY",    "no_proxy",    "SSL_CERT_FILE", "OLLAMA_HOST", "RUNNEL_API_KEY" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

/**
 * rnl_test_init:
 * @argc: (inout): as given to main
 * @argv: (inout): as given to main
 *
 * Sets up GLib testing in a home of its own (XDG folders in a temporary folder that is removed at
 * exit). Call it before anything reads the environment.
 */
void
rnl_test_init (int *argc, char ***argv)
{
  /* GLib takes the folders of each test for the system's; what SVG is must be known before. */
  g_content_type_set_mime_dirs (
    (const char *const[]){ "/usr/local/share/mime", "/usr/share/mime", NULL });
  /* GLib moves this process's folders for each test, and points the environment that child
   * processes inherit at nothing: they get a home of their own. */
#ifdef RNL_TEST_SANITIZED
  /* GLib never frees the folders that isolation replaces; the leak check would report them. The
   * folders above are this program's own anyway. */
  g_test_init (argc, argv, NULL);
#else
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#endif
  rnl_test_use_own_home ();
  forget_network ();
}

/**
 * rnl_test_tmp_dir:
 *
 * Returns: (transfer none): a folder of this program's own, removed at exit
 */
const char *
rnl_test_tmp_dir (void)
{
  return tmp_dir;
}

static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * rnl_test_run_until:
 * @condition: asked after every turn of the default main context; in long waits also every
 *   `LOOK_MS`, for what threads and other programs do wakes nobody up
 * @user_data: for @condition
 * @timeout_ms: the deadline in milliseconds; as much longer as a sanitizer or valgrind takes
 *
 * Returns: whether @condition came true before the deadline
 */
gboolean
rnl_test_run_until (RnlTestCondition condition, gpointer user_data, guint timeout_ms)
{
  gboolean late = FALSE;
  guint look = timeout_ms >= 1000 ? g_timeout_add (LOOK_MS, look_cb, NULL) : 0;
  guint timeout
    = g_timeout_add ((guint) (timeout_ms * rnl_test_get_slowdown ()), deadline_cb, &late);
  gboolean met;

  while (!(met = condition (user_data)) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timeout);
  g_clear_handle_id (&look, g_source_remove);

  return met;
}

/**
 * rnl_test_result_cb:
 * @source: (nullable): whose call it was
 * @result: how it ended
 * @user_data: (type gpointer*): where a `GAsyncResult` goes, `NULL` until then
 *
 * The callback of an asynchronous call that a test waits for with [func@rnl_test_has_result].
 */
void
rnl_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **location = user_data;

  g_assert_null (*location);
  *location = g_object_ref (result);
}

/**
 * rnl_test_has_result:
 * @location: (type gpointer*): given to [func@rnl_test_result_cb]
 *
 * Returns: whether the call has ended
 */
gboolean
rnl_test_has_result (gpointer location)
{
  return *(GAsyncResult **) location != NULL;
}

/**
 * rnl_test_drop_last:
 * @location: (type gpointer*): where the object is, or `NULL`
 *
 * Drops the last reference to it and clears the place; that of anybody else is an error. Written
 * as `rnl_test_last` before a variable.
 */
void
rnl_test_drop_last (gpointer location)
{
  GObject *object = g_steal_pointer ((GObject **) location);

  if (object != NULL)
    g_assert_finalize_object (object);
}

/**
 * rnl_test_shared_path:
 * @env_name: a variable that may name the folder, `RUNNEL_TEST_WIRE` for example
 * @folder: its name beside the source tree when the variable is not set
 *
 * Returns: (transfer full) (nullable): the folder, or `NULL` after [func@GLib.test_skip] when it
 *   is not there
 */
char *
rnl_test_shared_path (const char *env_name, const char *folder)
{
  const char *named = g_getenv (env_name);
  const char *shared = g_getenv ("RNL_TEST_SHARED");
  g_autofree char *path = NULL;

  path = named != NULL ? g_strdup (named)
                       : g_build_filename (shared != NULL ? shared : "../shared", folder, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_test_skip_printf ("%s is not set and %s is not there", env_name, path);
      return NULL;
    }

  return g_steal_pointer (&path);
}
