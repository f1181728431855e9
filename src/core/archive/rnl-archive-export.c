/* rnl-archive-export.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-export.h"

#include "rnl-archive-progress.h"
#include "rnl-archive-write.h"
#include "rnl-store-chats.h"

typedef struct
{
  RnlLibrary *library; /* borrowed: the outer task keeps it, and lets go of it where it was made */
  GPtrArray *chats;    /* of RnlArchiveChat without messages */
  RnlArchiveFormat format;
  GOutputStream *stream;
  RnlArchiveProgress *progress;
} ExportData;

G_DEFINE_ENUM_TYPE (RnlArchiveFormat,
                    rnl_archive_format,
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_MARKDOWN, "md"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_HTML, "html"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_JSON, "json"),
                    G_DEFINE_ENUM_VALUE (RNL_ARCHIVE_TEXT, "txt"))

/**
 * rnl_archive_format_get_suffix:
 * @format: a format
 *
 * Returns: how the names of such files end, without the dot
 */
const char *
rnl_archive_format_get_suffix (RnlArchiveFormat format)
{
  return rnl_enum_nick (RNL_TYPE_ARCHIVE_FORMAT, (gint) format);
}

static void
export_data_free (gpointer data)
{
  ExportData *self = data;

  g_ptr_array_unref (self->chats);
  g_object_unref (self->stream);
  rnl_archive_progress_stop (self->progress);
  rnl_archive_progress_unref (self->progress);
  g_free (self);
}

/* The thread. */

static GPtrArray *
load (RnlLibrary *library,
      const char *chat_id,
      gboolean all,
      GMainContext *context,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (all)
    rnl_library_load_all_async (library, chat_id, cancellable, rnl_archive_result_cb, &result);
  else
    rnl_library_load_messages_async (library, chat_id, NULL, G_MAXUINT, cancellable,
                                     rnl_archive_result_cb, &result);
  rnl_archive_wait (context, &result);

  return all ? rnl_library_load_all_finish (library, result, error)
             : rnl_library_load_messages_finish (library, result, error);
}

/* Fills in what was said, and, with all versions, which of them is shown. */
static gboolean
load_chat (RnlLibrary *library,
           RnlArchiveChat *chat,
           gboolean all,
           GMainContext *context,
           GCancellable *cancellable,
           GError **error)
{
  const char *id = rnl_chat_get_id (chat->chat);
  g_autoptr (GPtrArray) path = load (library, id, FALSE, context, cancellable, error);
  g_autoptr (GPtrArray) messages = NULL;

  if (path == NULL)
    return FALSE;
  if (path->len > 0)
    chat->current_id = g_strdup (rnl_message_get_id (path->pdata[path->len - 1]));
  messages = all ? load (library, id, TRUE, context, cancellable, error) : g_ptr_array_ref (path);
  if (messages == NULL)
    return FALSE;
  g_ptr_array_unref (chat->messages);
  chat->messages = g_steal_pointer (&messages);

  return TRUE;
}

static gboolean
flush (ExportData *data, GString *out, GCancellable *cancellable, GError **error)
{
  gboolean fine
    = g_output_stream_write_all (data->stream, out->str, out->len, NULL, cancellable, error);

  g_string_truncate (out, 0);

  return fine;
}

static gboolean
write_all (RnlLibrary *library,
           ExportData *data,
           GMainContext *context,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const RnlArchiveChat *first = data->chats->len > 0 ? data->chats->pdata[0] : NULL;
  const char *title = data->chats->len == 1 ? rnl_chat_get_title (first->chat) : "Runnel";
  gsize embedded = 0;

  rnl_archive_write_begin (data->format, title != NULL ? title : "", out);
  for (guint i = 0; i < data->chats->len; i++)
    {
      RnlArchiveChat *chat = data->chats->pdata[i];

      if (!load_chat (library, chat, data->format == RNL_ARCHIVE_JSON, context, cancellable, error))
        return FALSE;
      rnl_archive_write_chat (data->format, chat, i == 0, &embedded, out);
      g_ptr_array_set_size (chat->messages, 0);
      if (!flush (data, out, cancellable, error))
        return FALSE;
      rnl_archive_progress_tell (data->progress, i + 1, data->chats->len);
    }
  rnl_archive_write_end (data->format, out);

  return flush (data, out, cancellable, error)
         && g_output_stream_close (data->stream, cancellable, error);
}

/* A stream that replaces a file must not do so with half of one: closing it under a cancelled
 * cancellable leaves the old file. */
static void
give_up (GOutputStream *stream)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
}

static void
export_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ExportData *data = task_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  gboolean fine;

  g_main_context_push_thread_default (context);
  fine = write_all (data->library, data, context, cancellable, &error);
  g_main_context_pop_thread_default (context);

  if (fine)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  give_up (data->stream);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* What it is now: the thread must not look at what others change. */
static void
add_chat (ExportData *data, RnlChat *chat)
{
  RnlArchiveChat *archived = rnl_archive_chat_new ();

  g_object_unref (archived->chat);
  archived->chat = rnl_store_chat_snapshot (chat);
  g_ptr_array_add (data->chats, archived);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
add_chats (ExportData *data, RnlLibrary *library, const char *const *chat_ids)
{
  GListModel *all = rnl_library_list_chats (library);

  for (guint i = 0; chat_ids == NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (RnlChat) chat = g_list_model_get_item (all, i);

      add_chat (data, chat);
    }
  for (; chat_ids != NULL && *chat_ids != NULL; chat_ids++)
    {
      RnlChat *chat = rnl_library_find_chat (library, *chat_ids);

      if (chat != NULL)
        add_chat (data, chat);
    }
}

/**
 * rnl_archive_export_async:
 * @library: an open library
 * @chat_ids: (nullable) (array zero-terminated=1): which chats; `NULL` for all
 * @format: how
 * @stream: where to; closed at the end, and on a failure so that a file it replaces stays
 * @progress: (nullable) (scope notified) (closure progress_data): told how many chats are written
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes chats down, a chat at a time.
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR`
 */
void
rnl_archive_export_async (RnlLibrary *library,
                          const char *const *chat_ids,
                          RnlArchiveFormat format,
                          GOutputStream *stream,
                          RnlArchiveProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ExportData *data = g_new0 (ExportData, 1);
  GTask *task = g_task_new (library, cancellable, callback, user_data);
  g_autoptr (GTask) writing = g_task_new (NULL, cancellable, written_cb, task);

  g_task_set_source_tag (task, rnl_archive_export_async);
  data->library = library;
  data->chats = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_archive_chat_free);
  data->format = format;
  data->stream = g_object_ref (stream);
  data->progress = rnl_archive_progress_new (progress, progress_data);
  add_chats (data, library, chat_ids);
  g_task_set_task_data (task, data, export_data_free);
  g_task_set_task_data (writing, data, NULL);
  g_task_run_in_thread (writing, export_thread);
}

/**
 * rnl_archive_export_finish:
 * @library: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether all of it is written
 */
gboolean
rnl_archive_export_finish (RnlLibrary *library, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
