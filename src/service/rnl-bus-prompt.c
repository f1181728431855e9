/* rnl-bus-prompt.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-bus-prompt.h"

#include <gio/gunixinputstream.h>

#include "rnl-bus-error.h"
#include "rnl-text.h"

#define PIECE ((gsize) 64 * 1024)

typedef struct
{
  GPtrArray *attachments;
  GString *prompt;
  GString *content; /* of the attachment that is being read */
  GInputStream *stream;
  guint position;
} ComposeData;

static void
compose_data_free (ComposeData *data)
{
  g_ptr_array_unref (data->attachments);
  g_string_free (data->prompt, TRUE);
  g_string_free (data->content, TRUE);
  g_clear_object (&data->stream);
  g_free (data);
}

static void read_next (GTask *task);

/* Takes the attachment that was read into the prompt. */
static gboolean
add_content (ComposeData *data, GError **error)
{
  RnlBusAttachment *attachment = g_ptr_array_index (data->attachments, data->position);
  g_autofree char *block = NULL;

  if (!g_utf8_validate_len (data->content->str, data->content->len, NULL))
    {
      g_set_error (error, RNL_BUS_ERROR, RNL_BUS_ERROR_INVALID_OPTIONS,
                   "The attachment \"%s\" is not text in UTF-8", attachment->name);
      return FALSE;
    }
  block = rnl_text_fence (attachment->name, data->content->str);
  g_string_append (data->prompt, "\n\n");
  g_string_append (data->prompt, block);
  g_string_truncate (data->content, 0);
  g_clear_object (&data->stream);
  data->position++;

  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ComposeData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_string_append_len (data->content, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  if (data->content->len + data->prompt->len > RNL_BUS_MAX_PROMPT)
    g_task_return_new_error (task, RNL_BUS_ERROR, RNL_BUS_ERROR_TOO_LARGE,
                             "The prompt and its attachments have more than %" G_GSIZE_FORMAT
                             " bytes",
                             RNL_BUS_MAX_PROMPT);
  else if (g_bytes_get_size (bytes) == 0 && !add_content (data, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    read_next (g_steal_pointer (&task));
}

/* Reads on, or ends. */
static void
read_next (GTask *task)
{
  ComposeData *data = g_task_get_task_data (task);
  RnlBusAttachment *attachment;

  if (data->position == data->attachments->len)
    {
      g_task_return_pointer (task, g_strdup (data->prompt->str), g_free);
      g_object_unref (task);
      return;
    }
  attachment = g_ptr_array_index (data->attachments, data->position);
  if (data->stream == NULL)
    data->stream = g_unix_input_stream_new (attachment->fd, FALSE);
  g_input_stream_read_bytes_async (data->stream, PIECE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, task);
}

/**
 * rnl_bus_prompt_compose_async:
 * @question: what is asked
 * @attachments: (element-type RnlBusAttachment): each is read to its end
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Puts the attachments behind the question, each as a fenced block under its name.
 */
void
rnl_bus_prompt_compose_async (const char *question,
                              GPtrArray *attachments,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  ComposeData *data = g_new0 (ComposeData, 1);

  g_task_set_source_tag (task, rnl_bus_prompt_compose_async);
  data->attachments = g_ptr_array_ref (attachments);
  data->prompt = g_string_new (question);
  data->content = g_string_new (NULL);
  g_task_set_task_data (task, data, (GDestroyNotify) compose_data_free);
  read_next (task);
}

/**
 * rnl_bus_prompt_compose_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_BUS_ERROR_TOO_LARGE`, `RNL_BUS_ERROR_INVALID_OPTIONS` for what is not text, those of
 * reading.
 *
 * Returns: (transfer full) (nullable): the whole prompt
 */
char *
rnl_bus_prompt_compose_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_bus_prompt_compose_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
