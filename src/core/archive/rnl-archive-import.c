/* rnl-archive-import.c
 *
 * A thread reads the file, a conversation at a time, and hands each to the store, where nobody sees
 * it. When the last one is there all of them appear; when one is broken all of them go.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-import.h"

#include "rnl-archive-progress.h"
#include "rnl-archive-reader.h"
#include "rnl-archive-zip.h"
#include "rnl-library-staging.h"

#define BUSY_KEY "rnl-archive-import"

typedef struct
{
  RnlLibrary *library; /* borrowed: the outer task keeps it, and lets go of it where it was made */
  GFile *file;
  RnlArchiveProgress *progress;

  /* the thread's, until it is done */
  GMainContext *context;
  guint64 size;
  guint64 before; /* bytes of the files that are done */
  guint n_added;
  guint n_known;

  /* the caller's */
  GError *failure;
} ImportData;

static void
import_data_free (gpointer data)
{
  ImportData *self = data;

  g_object_unref (self->file);
  rnl_archive_progress_stop (self->progress);
  rnl_archive_progress_unref (self->progress);
  g_clear_error (&self->failure);
  g_free (self);
}

/* The thread. */

static gboolean
stage (RnlLibrary *library,
       ImportData *data,
       RnlArchiveChat *chat,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean known = FALSE;

  rnl_library_stage_async (library, chat->chat, chat->messages, chat->current_id, cancellable,
                           rnl_archive_result_cb, &result);
  rnl_archive_wait (data->context, &result);
  if (!rnl_library_stage_finish (library, result, &known, error))
    return FALSE;
  if (known)
    data->n_known++;
  else
    data->n_added++;

  return TRUE;
}

static gboolean
read_file (RnlLibrary *library,
           ImportData *data,
           GFile *file,
           const char *name,
           RnlArchiveFiles *files,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (RnlArchiveReader) reader = NULL;
  g_autoptr (GError) failure = NULL;
  RnlArchiveChat *next;

  if (stream == NULL)
    return FALSE;

  reader = rnl_archive_reader_new (G_INPUT_STREAM (stream), name, files);
  while ((next = rnl_archive_reader_next (reader, cancellable, &failure)) != NULL)
    {
      g_autoptr (RnlArchiveChat) chat = next;

      if (!stage (library, data, chat, cancellable, error))
        return FALSE;
      rnl_archive_progress_tell (
        data->progress, data->before + rnl_archive_reader_get_position (reader), data->size);
    }
  data->before += rnl_archive_reader_get_position (reader);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static guint64
size_of (GFile *file)
{
  g_autoptr (GFileInfo) info
    = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? (guint64) g_file_info_get_size (info) : 0;
}

static gboolean
read_zip (RnlLibrary *library,
          ImportData *data,
          const char *path,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (RnlArchiveFiles) files = rnl_archive_files_new (error);
  g_auto (GStrv) paths = NULL;

  if (files == NULL || (paths = rnl_archive_zip_unpack (path, files, cancellable, error)) == NULL)
    return FALSE;

  data->size = 0;
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      data->size += size_of (file);
    }
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      if (!read_file (library, data, file, "conversations.json", files, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static void
import_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ImportData *data = task_data;
  RnlLibrary *library = data->library;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autofree char *path = g_file_get_path (data->file);
  g_autofree char *name = g_file_get_basename (data->file);
  g_autoptr (GError) error = NULL;
  gboolean fine;

  g_main_context_push_thread_default (context);
  data->context = context;
  data->size = size_of (data->file);
  fine = path != NULL && rnl_archive_zip_is (path)
           ? read_zip (library, data, path, cancellable, &error)
           : read_file (library, data, data->file, name, NULL, cancellable, &error);
  data->context = NULL;
  g_main_context_pop_thread_default (context);

  if (fine)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The caller's thread. */

static void
end (GTask *task, GError *error)
{
  ImportData *data = g_task_get_task_data (task);

  rnl_archive_progress_stop (data->progress);
  g_object_set_data (g_task_get_source_object (task), BUSY_KEY, NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ImportData *data = g_task_get_task_data (task);

  /* What cannot be deleted now is not seen, and goes at the next start. */
  rnl_library_drop_staged_finish (RNL_LIBRARY (source), result, NULL);
  end (task, g_steal_pointer (&data->failure));
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  rnl_library_publish_staged_finish (RNL_LIBRARY (source), result, &error);
  end (user_data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ImportData *data = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), &data->failure))
    rnl_library_publish_staged_async (data->library, NULL, published_cb, task);
  else
    rnl_library_drop_staged_async (data->library, NULL, dropped_cb, task);
}

/**
 * rnl_archive_import_async:
 * @library: an open library
 * @file: our JSON, ChatGPT's or Claude's conversations.json, or a zip with one of them
 * @progress: (nullable) (scope notified) (closure progress_data): told how many bytes are read
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it; nothing has changed then
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Adds all the chats of a file, with all versions and attachments. One that the library has, by its
 * id, is left as it is. When anything is wrong nothing has changed.
 *
 * Errors: `RNL_ARCHIVE_ERROR`, `RNL_STORE_ERROR`, `G_IO_ERROR`
 */
void
rnl_archive_import_async (RnlLibrary *library,
                          GFile *file,
                          RnlArchiveProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ImportData *data = g_new0 (ImportData, 1);
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  g_autoptr (GTask) reading = NULL;

  g_task_set_source_tag (task, rnl_archive_import_async);
  g_task_set_check_cancellable (task, FALSE);
  data->library = library;
  data->file = g_object_ref (file);
  data->progress = rnl_archive_progress_new (progress, progress_data);
  g_task_set_task_data (task, data, import_data_free);
  if (g_object_get_data (G_OBJECT (library), BUSY_KEY) != NULL)
    {
      g_task_return_new_error (task, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BUSY,
                               "Another archive is being imported");
      g_object_unref (task);
      return;
    }

  g_object_set_data (G_OBJECT (library), BUSY_KEY, library);
  reading = g_task_new (NULL, cancellable, read_cb, task);
  g_task_set_task_data (reading, data, NULL);
  g_task_run_in_thread (reading, import_thread);
}

/**
 * rnl_archive_import_finish:
 * @library: a library
 * @result: as given to the callback
 * @n_added: (out) (optional): how many chats are new
 * @n_known: (out) (optional): how many were there
 * @error: return location
 *
 * Returns: whether all of it is there
 */
gboolean
rnl_archive_import_finish (
  RnlLibrary *library, GAsyncResult *result, guint *n_added, guint *n_known, GError **error)
{
  const ImportData *data;

  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);

  data = g_task_get_task_data (G_TASK (result));
  if (n_added != NULL)
    *n_added = data->n_added;
  if (n_known != NULL)
    *n_known = data->n_known;

  return g_task_propagate_boolean (G_TASK (result), error);
}
