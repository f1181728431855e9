/* rnl-file-search.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-file-search.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rnl-file-text.h"
#include "rnl-open-beneath.h"
#include "rnl-text.h"

#define MAX_DEPTH            32
#define MAX_FILES            50000
#define MAX_FILE_SIZE        (8 * 1024 * 1024)
#define MAX_TOTAL_BYTES      (512 * 1024 * 1024)
#define MAX_TIME_US          (20 * G_USEC_PER_SEC)
#define MAX_MATCHES          200
#define MAX_MATCHES_PER_FILE 10
#define MAX_LINE_CHARS       200
#define PROBE_LENGTH         8192

/**
 * RnlFileSearch:
 *
 * One search, in the caller's thread, bounded in every direction: depth, files, bytes, matches,
 * output and time. Which bound was met is said at the end of the result.
 */
struct _RnlFileSearch
{
  /* owned */
  char *query;
  GString *output;
  GCancellable *cancellable;

  gboolean folded;
  gsize max_output;
  gint64 deadline;
  guint files;
  guint matches;
  guint64 bytes;
  const char *bound;
};

/**
 * rnl_file_search_new:
 * @query: the text to find, without regard to case
 * @max_output: how long the result may be, in bytes
 * @cancellable: (nullable): ends the search
 *
 * Returns: (transfer full): a new search
 */
RnlFileSearch *
rnl_file_search_new (const char *query, gsize max_output, GCancellable *cancellable)
{
  RnlFileSearch *self = g_new0 (RnlFileSearch, 1);

  self->folded = !g_str_is_ascii (query);
  self->query = self->folded ? g_utf8_casefold (query, -1) : g_strdup (query);
  self->output = g_string_new (NULL);
  self->max_output = max_output;
  self->deadline = g_get_monotonic_time () + MAX_TIME_US;
  g_set_object (&self->cancellable, cancellable);

  return self;
}

void
rnl_file_search_free (RnlFileSearch *self)
{
  g_free (self->query);
  g_string_free (self->output, TRUE);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
is_over (RnlFileSearch *self)
{
  if (self->bound == NULL && g_get_monotonic_time () > self->deadline)
    self->bound = "it took too long";

  return self->bound != NULL || g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
contains (RnlFileSearch *self, const char *text)
{
  g_autofree char *folded = NULL;

  if (!self->folded)
    return strcasestr (text, self->query) != NULL;
  if (g_str_is_ascii (text))
    return FALSE;
  folded = g_utf8_casefold (text, -1);

  return strstr (folded, self->query) != NULL;
}

static void
add_match (RnlFileSearch *self, const char *line)
{
  if (self->matches == MAX_MATCHES)
    self->bound = "there are too many matches";
  else if (self->output->len + strlen (line) + 1 > self->max_output)
    self->bound = "the result would be too long";
  if (self->bound != NULL)
    return;

  g_string_append_printf (self->output, "%s\n", line);
  self->matches++;
}

static void
search_lines (RnlFileSearch *self, char *text, const char *path)
{
  guint found = 0;
  guint number = 0;
  char *next = text;

  while (next != NULL && !is_over (self))
    {
      char *line = strsep (&next, "\n");
      g_autofree char *shown = NULL;
      g_autofree char *match = NULL;

      number++;
      if (!contains (self, line))
        continue;
      if (found++ == MAX_MATCHES_PER_FILE)
        {
          match = g_strdup_printf ("%s: [more matches]", path);
          add_match (self, match);
          return;
        }
      shown = rnl_text_ellipsize (g_strstrip (line), MAX_LINE_CHARS);
      match = g_strdup_printf ("%s:%u: %s", path, number, shown);
      add_match (self, match);
    }
}

static void
search_file (RnlFileSearch *self, int fd, const char *path, gsize size)
{
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  gssize length;

  if (size == 0 || size > MAX_FILE_SIZE)
    return;
  if (self->bytes + size > MAX_TOTAL_BYTES)
    {
      self->bound = "the folder is too large";
      return;
    }

  bytes = g_malloc (size);
  length = rnl_file_read (fd, 0, bytes, size);
  if (length <= 0 || rnl_file_text_is_binary (bytes, MIN ((gsize) length, PROBE_LENGTH)))
    return;
  self->bytes += (guint64) length;
  text = rnl_file_text_clean (bytes, (gsize) length);
  search_lines (self, text, path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Takes over FD. Returns the names in it, sorted, so that a result is the same each time. */
static GPtrArray *
read_names (RnlFileSearch *self, int fd, DIR **folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *entry;

  *folder = fdopendir (fd);
  if (*folder == NULL)
    {
      close (fd);
      return g_steal_pointer (&names);
    }
  while ((entry = readdir (*folder)) != NULL && names->len < MAX_FILES && !is_over (self))
    if (entry->d_name[0] != '.')
      g_ptr_array_add (names, g_strdup (entry->d_name));
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static void search_opened (RnlFileSearch *self, int fd, const char *path, guint depth);

static void
search_folder (RnlFileSearch *self, int fd, const char *path, guint depth)
{
  DIR *folder;
  g_autoptr (GPtrArray) names = read_names (self, fd, &folder);

  for (guint i = 0; i < names->len && !is_over (self); i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *clean = rnl_file_name_clean (name);
      g_autofree char *child_path = g_strdup_printf ("%s/%s", path, clean);
      /* One step, with all its checks: links, mounts. What cannot be opened is left out. */
      int child = rnl_open_beneath (dirfd (folder), name, RNL_BENEATH_BEST);

      if (child < 0)
        continue;
      if (contains (self, clean))
        add_match (self, child_path);
      search_opened (self, child, child_path, depth + 1);
    }
  if (folder != NULL)
    closedir (folder);
}

/* Takes over FD. */
static void
search_opened (RnlFileSearch *self, int fd, const char *path, guint depth)
{
  struct stat info;

  if (++self->files > MAX_FILES)
    self->bound = "there are too many files";
  if (fstat (fd, &info) < 0 || is_over (self))
    {
      close (fd);
      return;
    }

  if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH)
    {
      search_folder (self, fd, path, depth);
      return;
    }
  if (S_ISREG (info.st_mode))
    search_file (self, fd, path, (gsize) info.st_size);
  close (fd);
}

/**
 * rnl_file_search_take:
 * @self: a search
 * @fd: (transfer full): a folder or a file
 * @path: what the model calls it; stands before each match
 *
 * Searches one place. Blocks on the disk.
 */
void
rnl_file_search_take (RnlFileSearch *self, int fd, const char *path)
{
  g_autofree char *clean = g_strdup (path);
  gsize length = strlen (clean);

  while (length > 1 && clean[length - 1] == '/')
    clean[--length] = '\0';
  search_opened (self, fd, clean, 0);
}

/**
 * rnl_file_search_finish:
 * @self: a search
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED` when it was stopped.
 *
 * Returns: (transfer full) (nullable): a line for each match, `PATH:LINE: TEXT` or `PATH` for a
 *   name, and a note when a bound ended the search
 */
char *
rnl_file_search_finish (RnlFileSearch *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;

  if (self->matches == 0 && self->bound == NULL)
    return g_strdup_printf ("Nothing found in %u files and folders.", self->files);
  if (self->bound != NULL)
    g_string_append_printf (self->output, "[The search ended early: %s.]", self->bound);

  return g_strchomp (g_strdup (self->output->str));
}
