/* rnl-library-messages.c: the library's messages and its search
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-library-private.h"

#include "rnl-message-outline.h"
#include "rnl-store-chats.h"
#include "rnl-store-messages.h"
#include "rnl-store-search.h"
#include "rnl-store-tree.h"
#include "rnl-text.h"

#define SNIPPET_CHARS 120

/* The list shows the newest thing said, and the chat it was said in comes first. */
void
rnl_library_touch_chat (RnlLibrary *self, const char *chat_id, RnlMessage *message, gint64 time)
{
  RnlChat *chat = rnl_library_find_chat (self, chat_id);
  g_autofree char *text = NULL;
  g_autofree char *snippet = NULL;

  if (chat == NULL)
    return;

  text = rnl_message_dup_text (message);
  snippet = rnl_text_snippet (text, SNIPPET_CHARS);
  if (snippet[0] != '\0')
    rnl_chat_set_snippet (chat, snippet);
  rnl_chat_set_updated (chat, MAX (rnl_chat_get_updated (chat), time));
  rnl_store_worker_write (rnl_library_get_worker (self), rnl_store_touch_chat,
                          rnl_store_touch_new (chat), (GDestroyNotify) rnl_store_touch_free);
}

static void
write_whole (RnlLibrary *self, const char *chat_id, const char *replaced_id, RnlMessage *message)
{
  RnlStoreMessageRow *row;

  /* What is on disk would be lost. */
  g_assert (!rnl_message_is_outline (message));

  row = rnl_store_message_row_new (chat_id, message);
  row->replaced_id = g_strdup (replaced_id);
  rnl_store_worker_write (rnl_library_get_worker (self), rnl_store_write_whole_message, row,
                          (GDestroyNotify) rnl_store_message_row_free);
}

/**
 * rnl_library_add_message:
 * @self: a library
 * @chat_id: a chat that has been added
 * @message: a message; written as it is now
 *
 * It follows the last message the chat shows. The chat becomes the newest, and the beginning of the
 * message its snippet. A message that will grow belongs in a journal.
 */
void
rnl_library_add_message (RnlLibrary *self, const char *chat_id, RnlMessage *message)
{
  rnl_library_add_version (self, chat_id, NULL, message);
}

/**
 * rnl_library_add_version:
 * @self: a library
 * @chat_id: a chat that has been added
 * @replaced_id: (nullable): the message it is another version of; `NULL` for none
 * @message: a message; written as it is now
 *
 * As [method@Runnel.Library.add_message], but it stands where @replaced_id stands, and the chat
 * shows it instead. What was there and all that followed stays:
 * [method@Runnel.Library.load_version_async] brings it back.
 */
void
rnl_library_add_version (RnlLibrary *self,
                         const char *chat_id,
                         const char *replaced_id,
                         RnlMessage *message)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (RNL_IS_MESSAGE (message));

  rnl_store_worker_hold (rnl_library_get_worker (self));
  write_whole (self, chat_id, replaced_id, message);
  rnl_library_touch_chat (self, chat_id, message, rnl_message_get_created (message));
  rnl_store_worker_release (rnl_library_get_worker (self));
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_update_message:
 * @self: a library
 * @chat_id: its chat
 * @message: a message that was added before; written as it is now, in place
 */
void
rnl_library_update_message (RnlLibrary *self, const char *chat_id, RnlMessage *message)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (RNL_IS_MESSAGE (message));

  write_whole (self, chat_id, NULL, message);
  rnl_library_tell_contents_changed (self);
}

/* The end of a growing message. */
void
rnl_library_fold_message (RnlLibrary *self, const char *chat_id, RnlMessage *message)
{
  rnl_store_worker_hold (rnl_library_get_worker (self));
  write_whole (self, chat_id, NULL, message);
  rnl_library_touch_chat (self, chat_id, message, g_get_real_time ());
  rnl_store_worker_release (rnl_library_get_worker (self));
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_load_messages_async:
 * @self: a library
 * @chat_id: a chat
 * @before_id: (nullable): only what leads to this message; `NULL` for all that the chat shows
 * @limit: how many at most, the newest of them
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND` when there is no such chat or no such message
 */
void
rnl_library_load_messages_async (RnlLibrary *self,
                                 const char *chat_id,
                                 const char *before_id,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  RnlStorePlace *place;
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);

  place = rnl_store_place_new (chat_id, before_id);
  place->limit = limit;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_load_messages_async);
  g_task_set_task_data (task, place, (GDestroyNotify) rnl_store_place_free);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_load_messages, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_load_messages_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): oldest first, objects nobody else
 *   has, or `NULL` with @error set
 */
GPtrArray *
rnl_library_load_messages_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_library_search_async:
 * @self: a library
 * @query: anything: words are prefixes, all must occur
 * @limit: how many hits at most
 * @cancellable: (nullable): ends a search that is running
 * @callback: called with the hits
 * @user_data: for @callback
 */
void
rnl_library_search_async (RnlLibrary *self,
                          const char *query,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_search_async);
  g_task_set_task_data (task, rnl_store_query_new (query, limit),
                        (GDestroyNotify) rnl_store_query_free);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_search, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_search_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlSearchHit): newest first, or `NULL` with
 *   @error set
 */
GPtrArray *
rnl_library_search_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
