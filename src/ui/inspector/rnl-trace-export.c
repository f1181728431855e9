/* rnl-trace-export.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-trace-export.h"

#include "rnl-json-value.h"
#include "rnl-run-replay.h"
#include "rnl-trace-info.h"

typedef struct
{
  /* owned */
  char *path;
  GFile *file;
  RnlRunReplay *replay;
  GString *lines;

  RnlTraceFormat format;
  gulong event_id;
} ExportData;

static void
stop_listening (ExportData *data)
{
  if (data->event_id != 0)
    g_clear_signal_handler (&data->event_id, rnl_run_replay_get_run (data->replay));
}

static void
export_data_free (ExportData *data)
{
  stop_listening (data);
  g_free (data->path);
  g_object_unref (data->file);
  g_clear_object (&data->replay);
  g_string_free (data->lines, TRUE);
  g_free (data);
}

/**
 * rnl_trace_format_get_suffix:
 * @format: a format
 *
 * Returns: (transfer none): what names of such files end with
 */
const char *
rnl_trace_format_get_suffix (RnlTraceFormat format)
{
  static const char *const suffixes[] = {
    [RNL_TRACE_FORMAT_EVENTS] = ".events.jsonl",
    [RNL_TRACE_FORMAT_LOG] = ".log.jsonl",
    [RNL_TRACE_FORMAT_STATE] = ".json",
  };

  return suffixes[format];
}

/* Writing what was made. */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_lines (GTask *task)
{
  ExportData *data = g_task_get_task_data (task);
  GBytes *bytes = g_string_free_to_bytes (data->lines);

  data->lines = g_string_new (NULL);
  g_file_replace_contents_bytes_async (data->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       g_task_get_cancellable (task), written_cb, task);
  g_bytes_unref (bytes);
}

/* Events: the run happens again, for who writes it down. */

static void
event_cb (RnlRun *root, const RnlEvent *event, ExportData *data)
{
  g_autofree char *line = NULL;

  /* That it was interrupted is no event of its own. */
  if (event->recorded == NULL)
    return;
  line = rnl_event_dup_json (event);
  g_string_append (data->lines, line);
  if (!g_str_has_suffix (line, "\n"))
    g_string_append_c (data->lines, '\n');
}

static void
played_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  stop_listening (g_task_get_task_data (task));
  if (rnl_run_replay_play_finish (RNL_RUN_REPLAY (source), result, &error)
      || g_error_matches (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_INTERRUPTED))
    {
      g_clear_error (&error);
      write_lines (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ExportData *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rnl_run_replay_open_finish (data->replay, result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  data->event_id = g_signal_connect (rnl_run_replay_get_run (data->replay), "event",
                                     G_CALLBACK (event_cb), data);
  rnl_run_replay_play_async (data->replay, 0, g_task_get_cancellable (task), played_cb, task);
}

/* What is on the disk, in a thread. */

static gboolean
read_log (ExportData *data, GError **error)
{
  g_autoptr (GBytes) lines = rnl_trace_load_log (data->path, error);

  if (lines == NULL)
    return FALSE;
  g_string_append_len (data->lines, g_bytes_get_data (lines, NULL),
                       (gssize) g_bytes_get_size (lines));

  return TRUE;
}

static gboolean
read_state (ExportData *data, GError **error)
{
  g_autoptr (JsonNode) state = rnl_trace_load_state (data->path, NULL, error);
  g_autofree char *text = state != NULL ? rnl_json_to_string (state, TRUE) : NULL;

  if (text == NULL)
    return FALSE;
  g_string_append (data->lines, text);
  g_string_append_c (data->lines, '\n');

  return TRUE;
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ExportData *data = task_data;
  GError *error = NULL;

  if (data->format == RNL_TRACE_FORMAT_LOG ? read_log (data, &error) : read_state (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      write_lines (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
read_file (GTask *task)
{
  ExportData *data = g_task_get_task_data (task);
  g_autoptr (GTask) reading = g_task_new (NULL, g_task_get_cancellable (task), read_cb, task);

  /* The outer task keeps it until this one has told. */
  g_task_set_task_data (reading, data, NULL);
  g_task_run_in_thread (reading, read_thread);
}

/**
 * rnl_trace_export_async:
 * @path: (type filename): a recording
 * @format: what to write
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): to stop it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Writes what `runnel-cli trace export` prints.
 */
void
rnl_trace_export_async (const char *path,
                        RnlTraceFormat format,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  ExportData *data = g_new0 (ExportData, 1);

  g_task_set_source_tag (task, rnl_trace_export_async);
  data->path = g_strdup (path);
  data->file = g_object_ref (file);
  data->lines = g_string_new (NULL);
  data->format = format;
  g_task_set_task_data (task, data, (GDestroyNotify) export_data_free);
  if (format != RNL_TRACE_FORMAT_EVENTS)
    {
      read_file (task);
      return;
    }
  data->replay = rnl_run_replay_new (path);
  rnl_run_replay_open_async (data->replay, cancellable, opened_cb, task);
}

/**
 * rnl_trace_export_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR`, `G_FILE_ERROR`, `RNL_TRACE_ERROR`, `RNL_JSON_ERROR`.
 *
 * Returns: whether the file was written
 */
gboolean
rnl_trace_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_trace_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
