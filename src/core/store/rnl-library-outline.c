/* rnl-library-outline.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-library-outline.h"

#include "rnl-library-private.h"
#include "rnl-store-outline.h"
#include "rnl-store-tree.h"

/**
 * rnl_library_load_outline_async:
 * @self: a library
 * @chat_id: a chat
 * @before_id: (nullable): only what leads to this message; `NULL` for all that the chat shows
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads a chat without the content of its messages, see [func@Runnel.Message.new_outline].
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND` when there is no such chat or no such message
 */
void
rnl_library_load_outline_async (RnlLibrary *self,
                                const char *chat_id,
                                const char *before_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_load_outline_async);
  g_task_set_task_data (task, rnl_store_place_new (chat_id, before_id),
                        (GDestroyNotify) rnl_store_place_free);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_load_outline, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_load_outline_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): oldest first, objects nobody else
 *   has, or `NULL` with @error set
 */
GPtrArray *
rnl_library_load_outline_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_library_load_some_async:
 * @self: a library
 * @ids: (element-type utf8) (transfer full): the ids of messages, freed with the array
 * @cancellable: (nullable): a cancellable
 * @callback: called with the messages
 * @user_data: for @callback
 *
 * Reads single messages as a whole.
 *
 * Errors: `RNL_STORE_ERROR_NOT_FOUND` when one of them is not there
 */
void
rnl_library_load_some_async (RnlLibrary *self,
                             GPtrArray *ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (ids != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_load_some_async);
  g_task_set_task_data (task, ids, (GDestroyNotify) g_ptr_array_unref);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_load_some, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_load_some_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type RnlMessage): in the order of the ids, objects
 *   nobody else has, or `NULL` with @error set
 */
GPtrArray *
rnl_library_load_some_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
