/* rnl-attachment-open.c
 *
 * What is shown is a copy under the file's own name: the contents of the library have none, and
 * nobody shall change them. Copies live in the cache until the next program starts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-attachment-open.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "rnl-attachment.h"

#define FOLDER_MODE 0700
#define FILE_MODE   0400

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "runnel", "opened", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* What earlier programs left; once in a program, before its first copy. */
static void
forget_old_copies (const char *folder)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  remove_folder (folder);
  g_once_init_leave (&done, 1);
}

/* The name of a file someone sent: it names no folder, and nothing hidden. */
static char *
dup_safe_name (RnlPart *part)
{
  const char *title = rnl_part_get_title (part);
  char *name = g_strdelimit (g_strdup (title != NULL ? title : ""), "/", '_');

  if (*name == '.')
    *name = '_';
  if (*name != '\0')
    return name;

  g_free (name);

  return g_strdup ("attachment");
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RnlPart *part = source;
  g_autoptr (GBytes) bytes = rnl_attachment_dup_bytes (part);
  g_autofree char *root = dup_folder ();
  g_autofree char *name = dup_safe_name (part);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  forget_old_copies (root);
  g_mkdir_with_parents (root, FOLDER_MODE);
  folder = g_build_filename (root, "XXXXXX", NULL);
  if (g_mkdtemp (folder) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strerror (errno));
      return;
    }

  path = g_build_filename (folder, name, NULL);
  if (g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_NONE,
                                FILE_MODE, &error))
    g_task_return_pointer (task, g_filename_to_uri (path, NULL, NULL), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Without a program for the file the desktop itself says so. */
  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    g_debug ("The file was not opened: %s", error->message);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_task_propagate_pointer (G_TASK (result), &error);

  if (uri == NULL)
    g_warning ("The file could not be copied: %s", error->message);
  else if (GTK_IS_WINDOW (root))
    gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, shown_cb, NULL);
}

/**
 * rnl_attachment_open:
 * @widget: in the window that asks for it
 * @part: a file
 *
 * Opens it with the program for such files, through the portal where there is one.
 */
void
rnl_attachment_open (GtkWidget *widget, RnlPart *part)
{
  g_autoptr (GTask) task = g_task_new (part, NULL, written_cb, g_object_ref (widget));

  g_task_set_source_tag (task, rnl_attachment_open);
  g_task_run_in_thread (task, write_thread);
}
