/* rnl-folder-tools.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-folder-tools.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "rnl-file-search.h"
#include "rnl-file-text.h"
#include "rnl-function-tool.h"
#include "rnl-marked-text.h"
#include "rnl-tool-arguments.h"

#define MAX_ENTRIES  2000
#define PROBE_LENGTH 8192

static const char list_schema[] = "{\"type\": \"object\", \"properties\": {"
                                  "\"path\": {\"type\": \"string\", \"description\": "
                                  "\"The folder. Leave out to see which folders are open.\"}},"
                                  "\"required\": [], \"additionalProperties\": false}";

static const char read_schema[]
  = "{\"type\": \"object\", \"properties\": {"
    "\"path\": {\"type\": \"string\", \"description\": \"The file\"},"
    "\"offset\": {\"type\": \"integer\", \"minimum\": 0, \"description\": "
    "\"The byte to begin at, 0 when left out\"},"
    "\"limit\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 65536, \"description\": "
    "\"How many bytes to read at most, 65536 when left out\"}},"
    "\"required\": [\"path\"], \"additionalProperties\": false}";

static const char search_schema[]
  = "{\"type\": \"object\", \"properties\": {"
    "\"query\": {\"type\": \"string\", \"description\": "
    "\"The text to find, upper and lower case alike\"},"
    "\"path\": {\"type\": \"string\", \"description\": "
    "\"The folder or file to search. Leave out to search every open folder.\"}},"
    "\"required\": [\"query\"], \"additionalProperties\": false}";

static gboolean
set_errno (const char *path, GError **error)
{
  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "Cannot read “%s”: %s.", path,
               g_strerror (errno));

  return FALSE;
}

static char *
describe_entry (int folder, const char *name)
{
  g_autofree char *shown = rnl_file_name_clean (name);
  struct stat info;

  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
    return g_strdup_printf ("%s (cannot be read)", shown);
  if (S_ISDIR (info.st_mode))
    return g_strdup_printf ("%s/", shown);
  if (S_ISLNK (info.st_mode))
    return g_strdup_printf ("%s (a link, not followed)", shown);
  if (!S_ISREG (info.st_mode))
    return g_strdup_printf ("%s (not a regular file)", shown);

  return g_strdup_printf ("%s (%" G_GUINT64_FORMAT " bytes)", shown, (guint64) info.st_size);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_listing (const char *path, GPtrArray *lines, gboolean cut)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (lines->len == 0)
    return g_strdup_printf ("“%s” is empty.", path);

  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      if (text->len + strlen (line) + 1 > RNL_FOLDER_TOOLS_MAX_OUTPUT)
        {
          cut = TRUE;
          break;
        }
      g_string_append_printf (text, "%s\n", line);
    }
  if (cut)
    g_string_append_printf (text, "[There is more in “%s” than is listed here.]", path);

  return g_strchomp (g_strdup (text->str));
}

/* Takes over FD. */
static char *
list_entries (int fd, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  DIR *folder = fdopendir (fd);
  const struct dirent *entry;
  gboolean cut = FALSE;

  if (folder == NULL)
    {
      set_errno (path, error);
      close (fd);
      return NULL;
    }

  while (!cut && (entry = readdir (folder)) != NULL && !g_cancellable_is_cancelled (cancellable))
    {
      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      if (lines->len == MAX_ENTRIES)
        cut = TRUE;
      else
        g_ptr_array_add (lines, describe_entry (dirfd (folder), entry->d_name));
    }
  closedir (folder);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return join_listing (path, lines, cut);
}

static gboolean
names_nothing (const char *path)
{
  return path == NULL || strcmp (path, "") == 0 || strcmp (path, ".") == 0
         || strcmp (path, "/") == 0;
}

static char *
list_folder (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  RnlFolderScope *scope = user_data;
  g_auto (GStrv) names = NULL;
  struct stat info;
  const char *path;
  int fd;

  if (!rnl_tool_arguments_get_optional_string (arguments, "path", &path, error))
    return NULL;

  names = rnl_folder_scope_dup_names (scope, error);
  if (names == NULL)
    return NULL;
  if (names_nothing (path) && names[1] != NULL)
    {
      g_autofree char *list = g_strjoinv ("/\n", names);

      return g_strdup_printf ("These folders are open:\n%s/", list);
    }
  if (names_nothing (path))
    path = names[0];

  fd = rnl_folder_scope_open (scope, path, &info, error);
  if (fd < 0)
    return NULL;
  if (!S_ISDIR (info.st_mode))
    {
      close (fd);
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                   "“%s” is a file. Use read_file to read it.", path);
      return NULL;
    }

  return list_entries (fd, path, cancellable, error);
}

/* Cuts BYTES so that no character is torn apart: at the start the rest of one goes, at the end its
 * beginning, and when a part of the file is left a whole line is a better end than half of one. */
static void
cut_to_characters (const char *bytes, gsize *start, gsize *end, gboolean more)
{
  const char *line_end;

  while (*start < *end && *start < 3 && ((guchar) bytes[*start] & 0xc0) == 0x80)
    (*start)++;
  if (!more)
    return;

  line_end = memrchr (bytes + *start, '\n', *end - *start);
  if (line_end != NULL && (gsize) (line_end - bytes) > *start + (*end - *start) / 2)
    *end = (gsize) (line_end - bytes) + 1;
  else
    for (gsize back = 1; back <= 3 && back < *end - *start; back++)
      if (((guchar) bytes[*end - back] & 0xc0) == 0xc0)
        {
          guchar lead = (guchar) bytes[*end - back];
          gsize wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

          if (wanted > back)
            *end -= back;
          break;
        }
}

static gboolean
check_is_text (int fd, const char *path, GError **error)
{
  char probe[PROBE_LENGTH];
  gssize length = rnl_file_read (fd, 0, probe, sizeof probe);

  if (length < 0)
    return set_errno (path, error);
  if (!rnl_file_text_is_binary (probe, (gsize) length))
    return TRUE;

  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, "“%s” is not a text file.", path);

  return FALSE;
}

static char *
read_part (int fd, const char *path, guint64 size, gint64 offset, gint64 limit, GError **error)
{
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  gsize start = 0, end;
  gssize length;
  gboolean more;

  if (!check_is_text (fd, path, error))
    return NULL;

  bytes = g_malloc ((gsize) limit);
  length = rnl_file_read (fd, (guint64) offset, bytes, (gsize) limit);
  if (length < 0)
    {
      set_errno (path, error);
      return NULL;
    }
  if (length == 0 && offset > 0)
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                   "“%s” ends at byte %" G_GUINT64_FORMAT ".", path, size);
      return NULL;
    }
  if (length == 0)
    return g_strdup ("[The file is empty.]");

  end = (gsize) length;
  more = (guint64) offset + end < size;
  cut_to_characters (bytes, &start, &end, more);
  text = rnl_file_text_clean (bytes + start, end - start);
  if (!more)
    return g_steal_pointer (&text);

  return g_strdup_printf ("%s\n[Bytes %" G_GINT64_FORMAT " to %" G_GUINT64_FORMAT
                          " of %" G_GUINT64_FORMAT ". To read on, use offset %" G_GUINT64_FORMAT
                          ".]",
                          text, offset, (guint64) offset + end, size, (guint64) offset + end);
}

static char *
read_file (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const char *path = rnl_tool_arguments_get_string (arguments, "path", error);
  gint64 offset = 0;
  gint64 limit = RNL_FOLDER_TOOLS_MAX_OUTPUT;
  struct stat info;
  char *result = NULL;
  int fd;

  if (path == NULL
      || !rnl_tool_arguments_get_optional_integer (arguments, "offset", 0, G_MAXINT64 / 2, &offset,
                                                   error)
      || !rnl_tool_arguments_get_optional_integer (arguments, "limit", 1,
                                                   RNL_FOLDER_TOOLS_MAX_OUTPUT, &limit, error))
    return NULL;

  fd = rnl_folder_scope_open (user_data, path, &info, error);
  if (fd < 0)
    return NULL;
  if (S_ISDIR (info.st_mode))
    g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                 "“%s” is a folder. Use list_folder to see what is in it.", path);
  else
    result = read_part (fd, path, (guint64) info.st_size, offset, limit, error);
  close (fd);

  return result;
}

static char *
search_files (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const char *query = rnl_tool_arguments_get_string (arguments, "query", error);
  const char *path;
  g_auto (GStrv) names = NULL;
  g_autoptr (RnlFileSearch) search = NULL;

  if (query == NULL || !rnl_tool_arguments_get_optional_string (arguments, "path", &path, error))
    return NULL;

  if (names_nothing (path))
    names = rnl_folder_scope_dup_names (user_data, error);
  else
    names = g_strdupv ((char *[]){ (char *) path, NULL });
  if (names == NULL)
    return NULL;

  search = rnl_file_search_new (query, RNL_FOLDER_TOOLS_MAX_OUTPUT, cancellable);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      struct stat info;
      int fd = rnl_folder_scope_open (user_data, names[i], &info, error);

      if (fd < 0)
        return NULL;
      rnl_file_search_take (search, fd, names[i]);
    }

  return rnl_file_search_finish (search, error);
}

static void
add_tool (RnlToolRegistry *registry,
          RnlFolderScope *scope,
          RnlToolSpec *spec,
          const char *icon_name,
          RnlToolFunc func)
{
  g_autoptr (RnlTool) tool = rnl_function_tool_new_thread (spec, RNL_TOOL_SAFE, icon_name, func,
                                                           g_object_ref (scope), g_object_unref);

  rnl_function_tool_set_effects (RNL_FUNCTION_TOOL (tool), RNL_TOOL_EFFECT_READS_FILES);
  rnl_tool_registry_add (registry, tool);
}

/**
 * rnl_folder_tools_add:
 * @registry: where to add them
 * @scope: the folders they see
 *
 * Adds `list_folder`, `read_file` and `search_files`. They are safe: they read, inside folders the
 * person added for that, and nothing they read leaves the machine by them.
 */
void
rnl_folder_tools_add (RnlToolRegistry *registry, RnlFolderScope *scope)
{
  add_tool (registry, scope,
            rnl_tool_spec_new (
              "list_folder", NC_ ("tool", "List folder"),
              NC_ ("tool", "Lists a folder the person has opened to the tools. Paths begin "
                           "with the folder's name, or are absolute."),
              list_schema),
            "folder-symbolic", list_folder);
  add_tool (registry, scope,
            rnl_tool_spec_new (
              "read_file", NC_ ("tool", "Read file"),
              NC_ ("tool", "Reads a text file in a folder the person has opened to the tools. "
                           "A long file comes in parts; the end of each part says how to read "
                           "on."),
              read_schema),
            "text-x-generic-symbolic", read_file);
  add_tool (
    registry, scope,
    rnl_tool_spec_new (
      "search_files", NC_ ("tool", "Search files"),
      NC_ ("tool", "Finds text in the names and contents of files in the folders the "
                   "person has opened to the tools. Hidden files and folders are left out."),
      search_schema),
    "edit-find-symbolic", search_files);
}
