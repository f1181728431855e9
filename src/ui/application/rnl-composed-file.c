/* rnl-composed-file.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-composed-file.h"

#include <glib/gi18n.h>

#include "rnl-text.h"

static void
read_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  char *buffer = g_task_get_task_data (task);
  g_autofree char *path = g_file_get_basename (g_task_get_source_object (task));
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &size, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (size > RNL_COMPOSED_FILE_MAX_BYTES)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                             _ ("“%s” is too long to be put into a message"), name);
  else if (!g_utf8_validate_len (buffer, size, NULL))
    g_task_return_new_error (
      task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("“%s” is not a text file; other files cannot be attached to a message yet"), name);
  else
    {
      buffer[size] = '\0';
      g_task_return_pointer (task, rnl_text_fence (name, buffer), g_free);
    }
}

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);
  char *buffer = g_task_get_task_data (task);

  if (stream == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), buffer, RNL_COMPOSED_FILE_MAX_BYTES + 1,
                                 G_PRIORITY_DEFAULT, cancellable, read_all_cb,
                                 g_steal_pointer (&task));
}

/**
 * rnl_composed_file_read_async:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Reads at most %RNL_COMPOSED_FILE_MAX_BYTES of UTF-8 text.
 */
void
rnl_composed_file_read_async (GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, rnl_composed_file_read_async);
  /* One byte more tells a file that is too long, another one ends the string. */
  g_task_set_task_data (task, g_malloc (RNL_COMPOSED_FILE_MAX_BYTES + 2), g_free);
  g_file_read_async (file, G_PRIORITY_DEFAULT, cancellable, open_cb, task);
}

/**
 * rnl_composed_file_read_finish:
 * @file: the file
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: those of reading; `G_IO_ERROR_NO_SPACE` for a file that is too long,
 * `G_IO_ERROR_NOT_SUPPORTED` for one that is not text. Their messages are for people.
 *
 * Returns: (transfer full) (nullable): text for a composer
 */
char *
rnl_composed_file_read_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
