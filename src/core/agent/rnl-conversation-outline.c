/* rnl-conversation-outline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-outline.h"

#include "rnl-agent-private.h"
#include "rnl-conversation-private.h"
#include "rnl-library-outline.h"

/* Opening: the end first, then what is above it. */

static void
outline_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_outline_finish (RNL_LIBRARY (source), result, &error);

  if (messages == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->loaded = TRUE;
  g_list_store_splice (self->messages, 0, 0, messages->pdata, messages->len);
  g_task_return_boolean (task, TRUE);
}

static void
end_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const char *id;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_messages_finish (RNL_LIBRARY (source), result, &error);

  if (messages == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->loaded)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->loaded = messages->len < GPOINTER_TO_UINT (g_task_get_task_data (task));
  g_list_store_splice (self->messages, 0, 0, messages->pdata, messages->len);
  if (self->loaded)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  id = rnl_message_get_id (g_ptr_array_index (messages, 0));
  rnl_library_load_outline_async (self->library, rnl_chat_get_id (self->chat), id, cancellable,
                                  outline_loaded_cb, g_steal_pointer (&task));
}

/**
 * rnl_conversation_open_async:
 * @self: a conversation without messages
 * @limit: how many messages are read at once
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Brings the messages of a stored chat, all of them: the last @limit first and whole, then what is
 * above them as outlines, which [method@Runnel.Conversation.fill_async] makes whole where somebody
 * looks. What is sent to a model is filled by itself.
 */
void
rnl_conversation_open_async (RnlConversation *self,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (RNL_IS_CONVERSATION (self));

  g_return_if_fail (limit > 0);

  g_task_set_source_tag (task, rnl_conversation_open_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (limit), NULL);
  if (!self->loaded)
    {
      rnl_library_load_messages_async (self->library, rnl_chat_get_id (self->chat), NULL, limit,
                                       cancellable, end_loaded_cb, g_steal_pointer (&task));
      return;
    }

  rnl_conversation_show_earlier (self, G_MAXUINT);
  g_task_return_boolean (task, TRUE);
}

/**
 * rnl_conversation_open_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether the messages are there
 */
gboolean
rnl_conversation_open_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Filling. */

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *wanted = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_some_finish (RNL_LIBRARY (source), result, &error);

  if (messages == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < wanted->len; i++)
    rnl_message_fill (g_ptr_array_index (wanted, i), g_ptr_array_index (messages, i));
  g_task_return_boolean (task, TRUE);
}

static gpointer
copy_message (gconstpointer message, gpointer user_data)
{
  return g_object_ref ((gpointer) message);
}

static GPtrArray *
list_outlines (GPtrArray *messages, GPtrArray *ids)
{
  GPtrArray *outlines = g_ptr_array_copy (messages, copy_message, NULL);

  g_ptr_array_set_free_func (outlines, g_object_unref);
  for (guint i = outlines->len; i > 0; i--)
    if (!rnl_message_is_outline (g_ptr_array_index (outlines, i - 1)))
      g_ptr_array_remove_index (outlines, i - 1);
  for (guint i = 0; i < outlines->len; i++)
    g_ptr_array_add (ids, g_strdup (rnl_message_get_id (g_ptr_array_index (outlines, i))));

  return outlines;
}

/**
 * rnl_conversation_fill_async:
 * @self: a conversation
 * @messages: (element-type RnlMessage): some of its messages
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (nullable): called once
 * @user_data: for @callback
 *
 * Reads the content of those among them that are outlines.
 */
void
rnl_conversation_fill_async (RnlConversation *self,
                             GPtrArray *messages,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *outlines;

  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (messages != NULL);

  g_task_set_source_tag (task, rnl_conversation_fill_async);
  outlines = list_outlines (messages, ids);
  g_task_set_task_data (task, outlines, (GDestroyNotify) g_ptr_array_unref);
  if (outlines->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    rnl_library_load_some_async (self->library, g_steal_pointer (&ids), cancellable, filled_cb,
                                 g_steal_pointer (&task));
}

/**
 * rnl_conversation_fill_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether all of them are whole
 */
gboolean
rnl_conversation_fill_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_conversation_empty:
 * @self: a conversation
 * @message: one of its messages, that nobody looks at any more
 *
 * Lets go of its content when it was filled. While a turn or a summary is being made nothing is let
 * go of.
 */
void
rnl_conversation_empty (RnlConversation *self, RnlMessage *message)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (RNL_IS_MESSAGE (message));

  if (self->run == NULL && !self->summarising)
    rnl_message_empty (message);
}

/* Before a turn begins: all that its model is sent. */

static void
history_filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) run = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_conversation_fill_finish (RNL_CONVERSATION (source), result, &error))
    rnl_agent_run_release (run);
  else
    rnl_agent_run_end_with_error (run, error);
}

void
rnl_conversation_fill_history (RnlConversation *self, GPtrArray *history, RnlAgentRun *run)
{
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  RnlContextTrim trim;

  rnl_context_trim_init (&trim, history);
  for (guint i = trim.start; i < history->len; i++)
    if (rnl_message_is_outline (g_ptr_array_index (history, i)))
      g_ptr_array_add (sent, g_ptr_array_index (history, i));
  if (sent->len == 0)
    return;

  rnl_agent_run_hold (run);
  rnl_conversation_fill_async (self, sent, NULL, history_filled_cb, g_object_ref (run));
}
