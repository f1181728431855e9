/* rnl-folder-scope.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-folder-scope.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rnl-open-beneath.h"
#include "rnl-text.h"
#include "rnl-tool.h"

#define MAX_SHOWN_PATH 200

/**
 * RnlFolderScope:
 *
 * The folders the person opened to the tools, and the only way from a path a model wrote to an open
 * file. A path is absolute and inside one of the folders, or relative: to a folder by its name, or
 * inside any of them. Nothing outside can be reached: see [func@Runnel.open_beneath].
 *
 * May be used from any thread.
 */
struct _RnlFolderScope
{
  GObject parent_instance;

  /* owned, under the lock */
  GMutex lock;
  char **folders;
};

G_DEFINE_FINAL_TYPE (RnlFolderScope, rnl_folder_scope, G_TYPE_OBJECT)

static void
rnl_folder_scope_finalize (GObject *object)
{
  RnlFolderScope *self = RNL_FOLDER_SCOPE (object);

  g_strfreev (self->folders);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (rnl_folder_scope_parent_class)->finalize (object);
}

static void
rnl_folder_scope_class_init (RnlFolderScopeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_folder_scope_finalize;
}

static void
rnl_folder_scope_init (RnlFolderScope *self)
{
  g_mutex_init (&self->lock);
}

/**
 * rnl_folder_scope_new:
 *
 * Returns: (transfer full): a scope without a folder
 */
RnlFolderScope *
rnl_folder_scope_new (void)
{
  return g_object_new (RNL_TYPE_FOLDER_SCOPE, NULL);
}

/**
 * rnl_folder_scope_set_folders:
 * @self: a scope
 * @folders: (nullable) (array zero-terminated=1): absolute paths; others are left out
 *
 * Replaces the folders. Calls that have opened their file already go on with it.
 */
void
rnl_folder_scope_set_folders (RnlFolderScope *self, const char *const *folders)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) old = NULL;

  g_return_if_fail (RNL_IS_FOLDER_SCOPE (self));

  for (gsize i = 0; folders != NULL && folders[i] != NULL; i++)
    {
      g_autofree char *folder = NULL;

      if (!g_path_is_absolute (folders[i]))
        continue;
      folder = g_canonicalize_filename (folders[i], "/");
      g_strv_builder_add (builder, folder);
    }

  g_mutex_lock (&self->lock);
  old = self->folders;
  self->folders = g_strv_builder_end (builder);
  g_mutex_unlock (&self->lock);
}

static char **
dup_folders (RnlFolderScope *self, GError **error)
{
  char **folders;

  g_mutex_lock (&self->lock);
  folders = g_strdupv (self->folders);
  g_mutex_unlock (&self->lock);

  if (folders != NULL && folders[0] != NULL)
    return folders;

  g_strfreev (folders);
  g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED,
                       "No folder is open to the tools. The person can add one in Preferences, "
                       "under Tools, Folders.");

  return NULL;
}

/**
 * rnl_folder_scope_dup_names:
 * @self: a scope
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_NOT_ALLOWED` when there is no folder.
 *
 * Returns: (transfer full) (array zero-terminated=1): for each folder the path by which
 *   [method@Runnel.FolderScope.open] finds it: its name, or all of its path where two folders have
 *   one name
 */
char **
rnl_folder_scope_dup_names (RnlFolderScope *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) folders = NULL;

  g_return_val_if_fail (RNL_IS_FOLDER_SCOPE (self), NULL);

  folders = dup_folders (self, error);
  if (folders == NULL)
    return NULL;

  builder = g_strv_builder_new ();
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (folders[i]);
      gboolean unique = name[0] != '/';

      for (gsize j = 0; folders[j] != NULL && unique; j++)
        {
          g_autofree char *other = g_path_get_basename (folders[j]);

          unique = j == i || strcmp (name, other) != 0;
        }
      g_strv_builder_add (builder, unique ? name : folders[i]);
    }

  return g_strv_builder_end (builder);
}

/* The part of PATH below FOLDER, or NULL when it is not below it. */
static const char *
path_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  if (length == 1 && *folder == '/')
    return path[1] != '\0' ? path + 1 : ".";
  if (strncmp (path, folder, length) != 0)
    return NULL;
  if (path[length] == '\0')
    return ".";

  return path[length] == '/' ? path + length + 1 : NULL;
}

static gboolean
has_parent_component (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *) names, "..");
}

/* Slashes and dots that say nothing are taken out; ".." was refused before. */
static char *
tidy_path (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  g_autoptr (GString) tidy = g_string_new (g_path_is_absolute (path) ? "/" : "");

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (names[i][0] == '\0' || strcmp (names[i], ".") == 0)
        continue;
      if (tidy->len > 0 && tidy->str[tidy->len - 1] != '/')
        g_string_append_c (tidy, '/');
      g_string_append (tidy, names[i]);
    }
  if (tidy->len == 0)
    g_string_append_c (tidy, '.');

  return g_strdup (tidy->str);
}

static int
open_in_folder (const char *folder, const char *below)
{
  int root = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  int fd, problem;

  if (root < 0)
    return -1;

  fd = rnl_open_beneath (root, below, RNL_BENEATH_BEST);
  problem = errno;
  close (root);
  errno = problem;

  return fd;
}

/* An absolute path may also be written by where the folder really is. */
static int
open_absolute (char **folders, const char *path)
{
  int problem = EACCES;

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *real = realpath (folders[i], NULL);
      const char *below = path_below (path, folders[i]);
      int fd;

      if (below == NULL && real != NULL)
        below = path_below (path, real);
      if (below == NULL)
        continue;
      fd = open_in_folder (folders[i], below);
      if (fd >= 0)
        return fd;
      problem = errno;
    }
  errno = problem;

  return -1;
}

static int
open_relative (char **folders, const char *path)
{
  int problem = ENOENT;

  /* First by the folder's name, then inside any folder. */
  for (int pass = 0; pass < 2; pass++)
    for (gsize i = 0; folders[i] != NULL; i++)
      {
        g_autofree char *name = g_path_get_basename (folders[i]);
        const char *below = pass == 0 ? path_below (path, name) : path;
        int fd;

        if (below == NULL)
          continue;
        fd = open_in_folder (folders[i], below);
        if (fd >= 0)
          return fd;
        if (problem == ENOENT)
          problem = errno;
      }
  errno = problem;

  return -1;
}

static void
set_open_error (int problem, const char *path, GError **error)
{
  g_autofree char *shown = rnl_text_ellipsize (path, MAX_SHOWN_PATH);
  RnlToolError code = RNL_TOOL_ERROR_FAILED;
  const char *reason;

  switch (problem)
    {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
      reason = "there is no such file in the folders that are open to the tools";
      break;
    case ELOOP:
      code = RNL_TOOL_ERROR_NOT_ALLOWED;
      reason = "it is a link or behind one, and links are not followed";
      break;
    case EXDEV:
      code = RNL_TOOL_ERROR_NOT_ALLOWED;
      reason = "it leads out of the folder that is open to the tools";
      break;
    case EACCES:
    case EPERM:
      code = RNL_TOOL_ERROR_NOT_ALLOWED;
      reason = "it is not in a folder that is open to the tools, or may not be read";
      break;
    case ENXIO:
    case ENODEV:
      code = RNL_TOOL_ERROR_NOT_ALLOWED;
      reason = "it is not a regular file";
      break;
    default:
      reason = g_strerror (problem);
    }

  g_set_error (error, RNL_TOOL_ERROR, (gint) code, "Cannot open “%s”: %s.", shown, reason);
}

/**
 * rnl_folder_scope_open:
 * @self: a scope
 * @path: as a model wrote it
 * @info: (out): what was opened: a regular file or a folder, nothing else
 * @error: return location for an error
 *
 * Opens a file or folder for reading. May block on the disk.
 *
 * Errors: `RNL_TOOL_ERROR_NOT_ALLOWED` when there is no folder, or @path is in none of them, leads
 * out by "..", a link or a mount, or is a device, a pipe or a socket; `RNL_TOOL_ERROR_FAILED` when
 * there is no such file.
 *
 * Returns: a descriptor to close, or -1 with @error set
 */
int
rnl_folder_scope_open (RnlFolderScope *self, const char *path, struct stat *info, GError **error)
{
  g_auto (GStrv) folders = NULL;
  g_autofree char *tidy = NULL;
  int fd, problem;

  g_return_val_if_fail (RNL_IS_FOLDER_SCOPE (self), -1);

  folders = dup_folders (self, error);
  if (folders == NULL)
    return -1;
  if (has_parent_component (path))
    {
      set_open_error (EXDEV, path, error);
      return -1;
    }

  tidy = tidy_path (path);
  fd = *tidy == '/' ? open_absolute (folders, tidy) : open_relative (folders, tidy);
  problem = errno;
  if (fd >= 0 && fstat (fd, info) == 0 && (S_ISREG (info->st_mode) || S_ISDIR (info->st_mode)))
    return fd;

  if (fd >= 0)
    {
      close (fd);
      problem = ENXIO;
    }
  set_open_error (problem, path, error);

  return -1;
}
