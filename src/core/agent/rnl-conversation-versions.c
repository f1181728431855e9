/* rnl-conversation-versions.c: a question is edited, an answer made again; what was there stays
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-private.h"

/* Shown before a message that was looked for. */
#define CONTEXT_MESSAGES 20

/* The message at POSITION of everything that leads to the end, shown or not. */
RnlMessage *
rnl_conversation_dup_message (RnlConversation *self, guint position)
{
  if (position < self->earlier->len)
    return g_object_ref (g_ptr_array_index (self->earlier, position));

  return g_list_model_get_item (G_LIST_MODEL (self->messages), position - self->earlier->len);
}

/* Returns: its position, or -1 */
static gint
find_message (RnlConversation *self, const char *id)
{
  g_autoptr (RnlMessage) message = NULL;

  for (guint i = 0; (message = rnl_conversation_dup_message (self, i)) != NULL; i++)
    {
      if (g_str_equal (rnl_message_get_id (message), id))
        return (gint) i;
      g_clear_object (&message);
    }

  return -1;
}

/* Puts N messages in the place of all from POSITION on, in one change. */
static void
replace_from (RnlConversation *self, guint position, gpointer *messages, guint n)
{
  guint n_earlier = self->earlier->len;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->messages));
  guint first = position > n_earlier ? position - n_earlier : 0;

  if (position < n_earlier)
    g_ptr_array_set_size (self->earlier, (gint) position);
  g_list_store_splice (self->messages, first, n_shown - first, messages, n);
  if (n_earlier > 0 && self->earlier->len == 0)
    g_object_notify (G_OBJECT (self), "has-earlier");
}

/* Whether there is something in it that somebody may want to see again. */
static gboolean
is_worth_keeping (RnlMessage *message)
{
  return rnl_message_get_n_parts (message) > 0
         || rnl_message_get_state (message) == RNL_MESSAGE_COMPLETE;
}

/* MESSAGE, which is stored if the chat is, takes the place of REPLACED and of all after it, or,
 * without one, goes to the end. An answer that has failed before its first word is not missed. */
void
rnl_conversation_replace (RnlConversation *self, RnlMessage *replaced, RnlMessage *message)
{
  gint position = replaced != NULL ? find_message (self, rnl_message_get_id (replaced)) : -1;
  gpointer item = message;

  if (position < 0)
    {
      g_list_store_append (self->messages, message);
      return;
    }

  rnl_message_set_parent_id (message, rnl_message_get_parent_id (replaced));
  if (self->stored)
    {
      gboolean kept = is_worth_keeping (replaced);
      guint n = rnl_message_get_n_versions (replaced) + (kept ? 1 : 0);

      rnl_message_set_versions (message, n, n);
      if (!kept)
        rnl_library_delete_message (self->library, rnl_chat_get_id (self->chat),
                                    rnl_message_get_id (replaced));
    }
  replace_from (self, (guint) position, &item, 1);
}

/**
 * rnl_conversation_edit:
 * @self: a conversation that is not busy
 * @question: what the person said, one of its messages
 * @edited: what they say instead: a new message of the same role, with all its parts
 *
 * Asks again in other words. The conversation goes on from there; what was said before, with all
 * that followed, stays as another version.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when one is alive
 */
RnlAgentRun *
rnl_conversation_edit (RnlConversation *self, RnlMessage *question, RnlMessage *edited)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (question), NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (edited), NULL);
  g_return_val_if_fail (rnl_message_get_role (question) == rnl_message_get_role (edited), NULL);

  if (self->run != NULL || !self->loaded || find_message (self, rnl_message_get_id (question)) < 0)
    return NULL;

  return rnl_conversation_ask (self, edited, question, NULL);
}

/**
 * rnl_conversation_regenerate:
 * @self: a conversation that is not busy
 * @answer: one of its messages, an answer
 *
 * Answers the question before @answer again. The conversation goes on from there; @answer, with all
 * that followed, stays as another version. Only an answer that failed before its first word goes.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when one is alive or nothing was asked
 */
RnlAgentRun *
rnl_conversation_regenerate (RnlConversation *self, RnlMessage *answer)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (answer), NULL);

  if (self->run != NULL || rnl_message_get_role (answer) != RNL_ROLE_ASSISTANT
      || find_message (self, rnl_message_get_id (answer)) < 1)
    return NULL;

  return rnl_conversation_answer (self, answer, NULL);
}

/**
 * rnl_conversation_retry:
 * @self: a conversation that is not busy
 *
 * Answers the last question: again, as [method@Runnel.Conversation.regenerate], when it has an
 * answer.
 *
 * Returns: (transfer none) (nullable): the turn, `NULL` when there is nothing to answer
 */
RnlAgentRun *
rnl_conversation_retry (RnlConversation *self)
{
  guint n;
  g_autoptr (RnlMessage) last = NULL;

  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->messages));
  if (self->run != NULL || n == 0)
    return NULL;

  last = g_list_model_get_item (G_LIST_MODEL (self->messages), n - 1);
  if (rnl_message_get_role (last) == RNL_ROLE_ASSISTANT)
    return rnl_conversation_regenerate (self, last);

  return rnl_conversation_answer (self, NULL, NULL);
}

/* A turn that began meanwhile has the conversation for itself. */
static gboolean
check_idle (RnlConversation *self, GError **error)
{
  if (self->run == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "An answer is being made");

  return FALSE;
}

static void
show_path (RnlConversation *self, guint position, GPtrArray *messages)
{
  RnlMessage *leaf = g_ptr_array_index (messages, messages->len - 1);

  rnl_library_show_message (self->library, rnl_chat_get_id (self->chat), rnl_message_get_id (leaf));
  replace_from (self, position, messages->pdata, messages->len);
}

static void
switch_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages
    = rnl_library_load_version_finish (RNL_LIBRARY (source), result, &error);
  gint position = find_message (self, g_task_get_task_data (task));

  if (messages == NULL || !check_idle (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (position < 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "Another version is shown already");
      return;
    }

  show_path (self, (guint) position, messages);
  g_task_return_boolean (task, TRUE);
}

/**
 * rnl_conversation_switch_version_async:
 * @self: a conversation that is not busy
 * @message: one of its messages
 * @version: which version at its place, from 1 to [method@Runnel.Message.get_n_versions]
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Shows another version of @message, and what followed it when it was shown last, from then on.
 */
void
rnl_conversation_switch_version_async (RnlConversation *self,
                                       RnlMessage *message,
                                       guint version,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (RNL_IS_MESSAGE (message));
  g_return_if_fail (version >= 1);

  g_task_set_source_tag (task, rnl_conversation_switch_version_async);
  g_task_set_task_data (task, g_strdup (rnl_message_get_id (message)), g_free);
  if (!check_idle (self, &error))
    g_task_return_error (task, error);
  else if (!self->stored)
    g_task_return_new_error (task, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND,
                             "The conversation is not kept");
  else
    rnl_library_load_version_async (self->library, rnl_chat_get_id (self->chat),
                                    rnl_message_get_id (message), version, cancellable,
                                    switch_loaded_cb, g_steal_pointer (&task));
}

/**
 * rnl_conversation_switch_version_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_BUSY` when a turn is alive, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether that version is shown
 */
gboolean
rnl_conversation_switch_version_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A message that may be anywhere in the tree: what leads to it, then it and what follows. */

typedef struct
{
  char *message_id;
  GPtrArray *path;
} ShowData;

static void
show_data_free (gpointer data)
{
  ShowData *self = data;

  g_free (self->message_id);
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_free (self);
}

/* Takes what stands before POSITION out of the messages that are not shown. */
static void
finish_showing (GTask *task)
{
  RnlConversation *self = g_task_get_source_object (task);
  ShowData *data = g_task_get_task_data (task);
  gint position = find_message (self, data->message_id);
  guint hidden = self->earlier->len;

  if (position < (gint) hidden)
    rnl_conversation_load_async (self, hidden - (guint) position + CONTEXT_MESSAGES, NULL, NULL,
                                 NULL);
  g_task_return_pointer (task, rnl_conversation_dup_message (self, (guint) position),
                         g_object_unref);
}

/* How many messages from the first on are those that are there already. */
static guint
count_common (RnlConversation *self, GPtrArray *path)
{
  for (guint i = 0; i < path->len; i++)
    {
      g_autoptr (RnlMessage) message = rnl_conversation_dup_message (self, i);

      if (message == NULL
          || !g_str_equal (rnl_message_get_id (message), rnl_message_get_id (path->pdata[i])))
        return i;
    }

  return path->len;
}

static void
show_after_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  ShowData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) after
    = rnl_library_load_version_finish (RNL_LIBRARY (source), result, &error);
  guint common;

  if (after == NULL || !check_idle (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_ptr_array_extend_and_steal (data->path, g_steal_pointer (&after));
  common = MIN (count_common (self, data->path), data->path->len - 1);
  g_ptr_array_remove_range (data->path, 0, common);
  show_path (self, common, data->path);
  finish_showing (task);
}

static void
show_before_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  ShowData *data = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  data->path = rnl_library_load_messages_finish (RNL_LIBRARY (source), result, &error);
  if (data->path == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rnl_library_load_version_async (RNL_LIBRARY (source), rnl_chat_get_id (self->chat),
                                  data->message_id, 0, cancellable, show_after_loaded_cb,
                                  g_steal_pointer (&task));
}

/**
 * rnl_conversation_show_message_async:
 * @self: a conversation that has been loaded
 * @message_id: a message of its chat, in whatever version
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Makes it one of [method@Runnel.Conversation.list_messages]: loads earlier messages, and switches
 * to the versions that lead to it when they are not the current ones.
 */
void
rnl_conversation_show_message_async (RnlConversation *self,
                                     const char *message_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ShowData *data = g_new0 (ShowData, 1);
  GError *error = NULL;

  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (message_id != NULL);

  data->message_id = g_strdup (message_id);
  g_task_set_source_tag (task, rnl_conversation_show_message_async);
  g_task_set_task_data (task, data, show_data_free);
  if (find_message (self, message_id) >= 0)
    finish_showing (task);
  else if (!check_idle (self, &error))
    g_task_return_error (task, error);
  else if (!self->stored || !self->loaded)
    g_task_return_new_error (task, RNL_STORE_ERROR, RNL_STORE_ERROR_NOT_FOUND,
                             "The conversation is not loaded");
  else
    rnl_library_load_messages_async (self->library, rnl_chat_get_id (self->chat), message_id,
                                     G_MAXUINT, cancellable, show_before_loaded_cb,
                                     g_steal_pointer (&task));
}

/**
 * rnl_conversation_show_message_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_BUSY` when a turn is alive and another version would have
 * to be shown, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the message, which is shown now, or `NULL` with @error set
 */
RnlMessage *
rnl_conversation_show_message_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_conversation_branch:
 * @self: a conversation
 * @last: one of its messages
 * @title: of the new chat
 *
 * Makes a new chat of @last and all that leads to it. The conversation itself stays as it is.
 *
 * Returns: (transfer full) (nullable): the new chat, which is in the library; `NULL` when the
 *   conversation is not kept
 */
RnlChat *
rnl_conversation_branch (RnlConversation *self, RnlMessage *last, const char *title)
{
  RnlChat *copy;

  g_return_val_if_fail (RNL_IS_CONVERSATION (self), NULL);
  g_return_val_if_fail (RNL_IS_MESSAGE (last), NULL);
  g_return_val_if_fail (title != NULL, NULL);

  if (!self->stored)
    return NULL;

  copy = rnl_chat_new ();
  rnl_chat_set_title (copy, title);
  rnl_chat_set_model (copy, rnl_chat_get_model (self->chat));
  rnl_chat_set_params (copy, rnl_chat_get_params (self->chat));
  rnl_chat_set_allowed_tools (copy, rnl_chat_get_allowed_tools (self->chat));
  rnl_library_add_chat (self->library, copy);
  rnl_library_copy_messages (self->library, rnl_chat_get_id (self->chat), last, copy);

  return copy;
}
