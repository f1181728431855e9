/* rnl-trace-folder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>

/**
 * rnl_trace_folder_dup_default:
 *
 * Returns: (transfer full): `$XDG_DATA_HOME/runnel/traces`
 */
char *
rnl_trace_folder_dup_default (void)
{
  return g_build_filename (g_get_user_data_dir (), "runnel", "traces", NULL);
}

/**
 * rnl_trace_folder_make_name:
 * @started: when the root started, in microseconds since 1970
 * @id: its id
 *
 * Returns: (transfer full): `TIME-ID.jsonl`; names sort by time
 */
char *
rnl_trace_folder_make_name (gint64 started, const char *id)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (started / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (time, "%Y%m%dT%H%M%SZ");

  return g_strconcat (stamp, "-", id, RNL_TRACE_SUFFIX, NULL);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * rnl_trace_folder_list_paths:
 * @folder: a folder, which need not be there
 *
 * Blocks; for a worker thread.
 *
 * Returns: (transfer full) (element-type filename): the recordings in it, the oldest first
 */
GPtrArray *
rnl_trace_folder_list_paths (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, RNL_TRACE_SUFFIX))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_sort (paths, compare_names);

  return paths;
}

/* The end of the id is its random half, so that is what people copy as often as the beginning. */
static gboolean
is_named (const char *path, const char *what)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *id = strchr (name, '-');

  return id != NULL && (g_str_has_prefix (id + 1, what) || g_str_has_prefix (name, what));
}

/**
 * rnl_trace_folder_find:
 * @folder: a folder with recordings
 * @what: a file anywhere, or the beginning of an id or of a file's name in @folder
 * @error: return location for an error
 *
 * Errors: `RNL_TRACE_ERROR_NOT_FOUND` when there is none, or more than one.
 *
 * Returns: (transfer full) (nullable) (type filename): its path
 */
char *
rnl_trace_folder_find (const char *folder, const char *what, GError **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  const char *found = NULL;

  if (g_file_test (what, G_FILE_TEST_IS_REGULAR))
    return g_strdup (what);
  if (strchr (what, G_DIR_SEPARATOR) != NULL && g_file_test (what, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_NOT_FOUND, "%s is not a regular file",
                   what);
      return NULL;
    }

  paths = rnl_trace_folder_list_paths (folder);
  for (guint i = 0; i < paths->len && *what != '\0'; i++)
    {
      if (!is_named (paths->pdata[i], what))
        continue;
      if (found != NULL)
        {
          g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_NOT_FOUND,
                       "more than one trace begins with \"%s\"", what);
          return NULL;
        }
      found = paths->pdata[i];
    }
  if (found == NULL)
    g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_NOT_FOUND, "there is no trace \"%s\"",
                 what);

  return g_strdup (found);
}

/**
 * rnl_trace_folder_is_growing:
 * @path: a recording
 *
 * Returns: whether a living program writes it
 */
gboolean
rnl_trace_folder_is_growing (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean locked;

  if (fd < 0)
    return FALSE;
  locked = flock (fd, LOCK_SH | LOCK_NB) < 0;
  g_close (fd, NULL);

  return locked;
}

/**
 * rnl_trace_folder_prune:
 * @folder: a folder with recordings
 * @limits: what may be in it after one more was added
 *
 * Removes the oldest until there is room; one that is being written stays. Blocks; for a worker
 * thread.
 */
void
rnl_trace_folder_prune (const char *folder, const RnlTraceLimits *limits)
{
  g_autoptr (GPtrArray) paths = rnl_trace_folder_list_paths (folder);
  g_autofree guint64 *sizes = g_new0 (guint64, paths->len + 1);
  guint64 bytes = 0;
  guint n = paths->len;

  for (guint i = 0; i < paths->len; i++)
    {
      GStatBuf info;

      if (g_stat (paths->pdata[i], &info) == 0)
        sizes[i] = (guint64) info.st_size;
      bytes += sizes[i];
    }
  for (guint i = 0; i < paths->len && (n + 1 > limits->files || bytes > limits->bytes); i++)
    if (!rnl_trace_folder_is_growing (paths->pdata[i]) && g_unlink (paths->pdata[i]) == 0)
      {
        n--;
        bytes -= sizes[i];
      }
}
