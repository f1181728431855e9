/* rnl-library-staging.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-library-staging.h"

#include "rnl-chat-list.h"
#include "rnl-library-private.h"
#include "rnl-store-staging.h"

/* The result of staging is the task's own data. */
static void
keep (gpointer staged)
{
}

/**
 * rnl_library_stage_async:
 * @self: an open library
 * @chat: a chat
 * @messages: (element-type RnlMessage): all its messages, each after the one it follows
 * @current_id: (nullable): the last one it shows
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk, where nobody sees it yet
 * @user_data: for @callback
 *
 * A message whose id the library has gets another one.
 */
void
rnl_library_stage_async (RnlLibrary *self,
                         RnlChat *chat,
                         GPtrArray *messages,
                         const char *current_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (RNL_IS_CHAT (chat));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_stage_async);
  g_task_set_task_data (task, rnl_store_staged_new (chat, messages, current_id),
                        (GDestroyNotify) rnl_store_staged_free);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_stage_chat, task, keep);
}

/**
 * rnl_library_stage_finish:
 * @self: a library
 * @result: as given to the callback
 * @known: (out): whether the library had a chat with its id, and nothing was written
 * @error: return location
 *
 * Returns: whether it is there
 */
gboolean
rnl_library_stage_finish (RnlLibrary *self, GAsyncResult *result, gboolean *known, GError **error)
{
  RnlStoreStaged *staged;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  staged = g_task_propagate_pointer (G_TASK (result), error);
  if (staged != NULL)
    *known = staged->known;

  return staged != NULL;
}

/**
 * rnl_library_publish_staged_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called when all that was staged is in the list of chats
 * @user_data: for @callback
 */
void
rnl_library_publish_staged_async (RnlLibrary *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_publish_staged_async);
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_publish_staged, task,
                         (GDestroyNotify) g_ptr_array_unref);
}

/**
 * rnl_library_publish_staged_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_library_publish_staged_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) chats = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  chats = g_task_propagate_pointer (G_TASK (result), error);
  if (chats == NULL)
    return FALSE;

  rnl_chat_list_add_many (RNL_CHAT_LIST (rnl_library_list_chats (self)), chats);
  rnl_library_tell_contents_changed (self);

  return TRUE;
}

static void drop_some (RnlLibrary *self, GTask *task);

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree int *n = g_task_propagate_pointer (G_TASK (result), &error);

  if (n == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (*n == 0)
    g_task_return_boolean (task, TRUE);
  else
    drop_some (RNL_LIBRARY (source), g_steal_pointer (&task));
}

static void
drop_some (RnlLibrary *self, GTask *task)
{
  rnl_store_worker_read (rnl_library_get_worker (self), rnl_store_drop_staged,
                         g_task_new (self, g_task_get_cancellable (task), dropped_cb, task),
                         g_free);
}

/**
 * rnl_library_drop_staged_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called when nothing that was staged is left
 * @user_data: for @callback
 */
void
rnl_library_drop_staged_async (RnlLibrary *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_drop_staged_async);
  drop_some (self, task);
}

/**
 * rnl_library_drop_staged_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_library_drop_staged_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
