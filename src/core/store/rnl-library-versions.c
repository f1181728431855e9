/* rnl-library-versions.c: the library's messages as a tree: other versions, and copies of a path
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-library-private.h"

#include "rnl-store-tree.h"

static void
write_place (RnlLibrary *self, RnlStoreWriteFunc func, RnlStorePlace *place)
{
  rnl_store_worker_write (rnl_library_get_worker (self), func, place,
                          (GDestroyNotify) rnl_store_place_free);
}

static void
read_place (RnlLibrary *self, RnlStoreReadFunc func, RnlStorePlace *place, GTask *task)
{
  g_task_set_task_data (task, place, (GDestroyNotify) rnl_store_place_free);
  rnl_store_worker_read (rnl_library_get_worker (self), func, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_delete_message:
 * @self: a library
 * @chat_id: a chat
 * @message_id: a message that nothing follows, for example an answer that failed before a word of
 *   it; with something behind it, it stays
 */
void
rnl_library_delete_message (RnlLibrary *self, const char *chat_id, const char *message_id)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (message_id != NULL);

  write_place (self, rnl_store_delete_message, rnl_store_place_new (chat_id, message_id));
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_show_message:
 * @self: a library
 * @chat_id: a chat
 * @message_id: the last of the messages it shows from now on
 *
 * Says which versions are the current ones: those that lead to that message. What is added from now
 * on follows it.
 */
void
rnl_library_show_message (RnlLibrary *self, const char *chat_id, const char *message_id)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (message_id != NULL);

  write_place (self, rnl_store_set_leaf, rnl_store_place_new (chat_id, message_id));
}

/**
 * rnl_library_copy_messages:
 * @self: a library
 * @chat_id: a chat
 * @last: one of its messages
 * @copy: another chat that has been added
 *
 * Copies what leads to @last, and itself, to the end of @copy: in the versions that lead there, and
 * under ids of their own.
 */
void
rnl_library_copy_messages (RnlLibrary *self, const char *chat_id, RnlMessage *last, RnlChat *copy)
{
  RnlStorePlace *place;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (RNL_IS_MESSAGE (last));
  g_return_if_fail (RNL_IS_CHAT (copy));

  place = rnl_store_place_new (chat_id, rnl_message_get_id (last));
  place->copy_id = g_strdup (rnl_chat_get_id (copy));
  write_place (self, rnl_store_copy_path, place);
  rnl_library_touch_chat (self, rnl_chat_get_id (copy), last, g_get_real_time ());
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_load_version_async:
 * @self: a library
 * @chat_id: a chat
 * @message_id: one of its messages
 * @version: which version at its place, from 1; 0 for the message itself
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads that version and what followed it when it was shown last. The chat shows what it showed
 * before until [method@Runnel.Library.show_message].
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND` when there is no such message or version
 */
void
rnl_library_load_version_async (RnlLibrary *self,
                                const char *chat_id,
                                const char *message_id,
                                guint version,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RnlStorePlace *place;
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);
  g_return_if_fail (message_id != NULL);

  place = rnl_store_place_new (chat_id, message_id);
  place->version = version;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_load_version_async);
  read_place (self, rnl_store_load_version, place, task);
}

/**
 * rnl_library_load_version_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): the version first, its leaf last,
 *   objects nobody else has, or `NULL` with @error set
 */
GPtrArray *
rnl_library_load_version_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_library_load_all_async:
 * @self: a library
 * @chat_id: a chat
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads every message of a chat in every version.
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND` when there is no such chat
 */
void
rnl_library_load_all_async (RnlLibrary *self,
                            const char *chat_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_load_all_async);
  read_place (self, rnl_store_load_all, rnl_store_place_new (chat_id, NULL), task);
}

/**
 * rnl_library_load_all_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): in the order they were made,
 *   objects nobody else has, or `NULL` with @error set
 */
GPtrArray *
rnl_library_load_all_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
