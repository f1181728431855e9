/* rnl-library.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-library.h"

#include "rnl-chat-list.h"
#include "rnl-chat-private.h"
#include "rnl-library-private.h"
#include "rnl-library-staging.h"
#include "rnl-store-chats.h"
#include "rnl-store-writers.h"

/**
 * RnlLibrary:
 *
 * Every chat on disk. A worker thread owns the database; nothing here waits for it, with one
 * exception: the last reference waits until what was said before is saved.
 *
 * Writes that the disk does not take (it is full, say) are kept in order and tried again with the
 * next write and with [method@Runnel.Library.flush_async], so nothing is lost while the program
 * lives.
 */
struct _RnlLibrary
{
  GObject parent_instance;

  /* owned */
  char *path;
  RnlStoreWorker *worker;
  RnlChatList *chats;
  GHashTable *deleted;

  guint n_unfinished;
};

enum
{
  WRITE_FAILED,
  CONTENTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlLibrary, rnl_library, G_TYPE_OBJECT)

static void
rnl_library_dispose (GObject *object)
{
  RnlLibrary *self = RNL_LIBRARY (object);

  g_clear_pointer (&self->worker, rnl_store_worker_stop);
  g_clear_object (&self->chats);
  g_clear_pointer (&self->deleted, g_hash_table_unref);

  G_OBJECT_CLASS (rnl_library_parent_class)->dispose (object);
}

static void
rnl_library_finalize (GObject *object)
{
  RnlLibrary *self = RNL_LIBRARY (object);

  g_free (self->path);

  G_OBJECT_CLASS (rnl_library_parent_class)->finalize (object);
}

static void
rnl_library_class_init (RnlLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_library_dispose;
  object_class->finalize = rnl_library_finalize;

  /**
   * RnlLibrary::write-failed:
   * @self: the library
   * @error: a `RNL_STORE_ERROR`
   *
   * Something is not on disk. Emitted on the main context; once for a state that lasts, until a
   * write has succeeded.
   */
  signals[WRITE_FAILED] = g_signal_new ("write-failed", RNL_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * RnlLibrary::contents-changed:
   * @self: the library
   *
   * A search may find something else than before: a message or a chat has come, gone, or become
   * another, or a chat has another name or other labels. What is written of an answer while it
   * grows does not count, only its beginning and its end. Emitted on the main context; a search
   * that is begun then knows of the change.
   */
  signals[CONTENTS_CHANGED] = g_signal_new ("contents-changed", RNL_TYPE_LIBRARY, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rnl_library_init (RnlLibrary *self)
{
  self->chats = rnl_chat_list_new ();
  self->deleted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
write_failed (GObject *owner, const GError *error)
{
  g_signal_emit (owner, signals[WRITE_FAILED], 0, error);
}

/**
 * rnl_library_new:
 * @path: (nullable): the file, ":memory:", or `NULL` for `$XDG_DATA_HOME/runnel/library.db`
 *
 * Returns: (transfer full): a library that is not open yet
 */
RnlLibrary *
rnl_library_new (const char *path)
{
  RnlLibrary *self = g_object_new (RNL_TYPE_LIBRARY, NULL);

  self->path = path != NULL
                 ? g_strdup (path)
                 : g_build_filename (g_get_user_data_dir (), "runnel", "library.db", NULL);
  self->worker = rnl_store_worker_new (self->path, G_OBJECT (self), write_failed);

  return self;
}

/**
 * rnl_library_get_path:
 * @self: a library
 *
 * Returns: (transfer none): where the database is
 */
const char *
rnl_library_get_path (RnlLibrary *self)
{
  g_return_val_if_fail (RNL_IS_LIBRARY (self), NULL);

  return self->path;
}

RnlStoreWorker *
rnl_library_get_worker (RnlLibrary *self)
{
  return self->worker;
}

void
rnl_library_tell_contents_changed (RnlLibrary *self)
{
  g_signal_emit (self, signals[CONTENTS_CHANGED], 0);
}

/* What opening found. */
typedef struct
{
  GPtrArray *chats;
  int *purged; /* how many chats were deleted for good already */
  guint n_unfinished;
} Opened;

static void
opened_free (Opened *opened)
{
  g_clear_pointer (&opened->chats, g_ptr_array_unref);
  g_free (opened->purged);
  g_free (opened);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opened, opened_free)

static gpointer
enter_and_load (RnlStoreDb *db, gpointer unused, GError **error)
{
  g_autoptr (Opened) opened = g_new0 (Opened, 1);

  if (!rnl_store_writers_enter (db, &opened->n_unfinished, error))
    return NULL;
  opened->purged = rnl_store_purge_left (db, NULL, error);
  if (opened->purged == NULL)
    return NULL;
  opened->chats = rnl_store_load_chats (db, NULL, error);

  return opened->chats != NULL ? g_steal_pointer (&opened) : NULL;
}

/* What those who are gone have left is deleted bit by bit, and not when the program ends before
 * that: then the next start goes on. */

static void purge_more (RnlLibrary *self);

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (RnlLibrary) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  g_autofree int *n = g_task_propagate_pointer (G_TASK (result), &error);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (error != NULL)
    g_warning ("What was deleted is still on disk: %s", error->message);
  else if (*n > 0 && self != NULL && self->worker != NULL)
    purge_more (self);
}

static void
purge_more (RnlLibrary *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  rnl_store_worker_read (self->worker, rnl_store_purge_left,
                         g_task_new (NULL, NULL, purged_cb, weak), g_free);
}

static void
open_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlLibrary *self = RNL_LIBRARY (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Opened) opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->n_unfinished += opened->n_unfinished;
  rnl_chat_list_add_many (self->chats, opened->chats);
  if (*opened->purged > 0)
    purge_more (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * rnl_library_open_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is open, or cannot be opened
 * @user_data: for @callback
 *
 * Opens the file (made with its folder when it is missing), brings it to the newest version and
 * repairs what a killed program left behind; then fills the list of chats. Writes from before are
 * saved then. It can be tried again after a failure.
 *
 * Errors: all of `RNL_STORE_ERROR`
 */
void
rnl_library_open_async (RnlLibrary *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task, *load;

  g_return_if_fail (RNL_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_open_async);
  load = g_task_new (self, NULL, open_loaded_cb, task);
  rnl_store_worker_open (self->worker, enter_and_load, load, (GDestroyNotify) opened_free);
}

/**
 * rnl_library_open_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_library_open_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * rnl_library_get_n_unfinished:
 * @self: a library that is open
 *
 * Returns: how many chats were taken out again at the start, because the import that brought them
 *   did not come to its end
 */
guint
rnl_library_get_n_unfinished (RnlLibrary *self)
{
  g_return_val_if_fail (RNL_IS_LIBRARY (self), 0);

  return self->n_unfinished;
}

/**
 * rnl_library_list_chats:
 * @self: a library
 *
 * Returns: (transfer none): the [class@Runnel.Chat]s, newest first, live
 */
GListModel *
rnl_library_list_chats (RnlLibrary *self)
{
  g_return_val_if_fail (RNL_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->chats);
}

/**
 * rnl_library_find_chat:
 * @self: a library
 * @chat_id: (nullable): a chat's id
 *
 * Returns: (transfer none) (nullable): the chat in the list with that id
 */
RnlChat *
rnl_library_find_chat (RnlLibrary *self, const char *chat_id)
{
  g_return_val_if_fail (RNL_IS_LIBRARY (self), NULL);

  return rnl_chat_list_find (self->chats, chat_id);
}

/**
 * rnl_library_add_chat:
 * @self: a library
 * @chat: a chat that is not in the list
 *
 * Puts it into the list and writes it down, unless it is temporary.
 */
void
rnl_library_add_chat (RnlLibrary *self, RnlChat *chat)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (RNL_IS_CHAT (chat));

  if (rnl_chat_get_temporary (chat))
    return;

  rnl_chat_list_add (self->chats, chat);
  rnl_library_save_chat (self, chat);
}

/**
 * rnl_library_save_chat:
 * @self: a library
 * @chat: a chat that has been added
 *
 * Writes down its properties as they are now, unless it is temporary.
 */
void
rnl_library_save_chat (RnlLibrary *self, RnlChat *chat)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (RNL_IS_CHAT (chat));

  if (rnl_chat_get_temporary (chat))
    return;

  rnl_store_worker_write (self->worker, rnl_store_write_chat, rnl_store_chat_snapshot (chat),
                          g_object_unref);
  if (rnl_chat_take_renamed (chat))
    rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_delete_chat:
 * @self: a library
 * @chat_id: a chat's id
 *
 * Takes it from the list. Until [method@Runnel.Library.purge_deleted], or the end of the program,
 * [method@Runnel.Library.undelete_chat] brings it back.
 */
void
rnl_library_delete_chat (RnlLibrary *self, const char *chat_id)
{
  RnlChat *chat;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);

  chat = rnl_chat_list_remove (self->chats, chat_id);
  if (chat != NULL)
    g_hash_table_replace (self->deleted, g_strdup (chat_id), chat);
  rnl_store_worker_write (self->worker, rnl_store_delete_chat, g_strdup (chat_id), g_free);
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_undelete_chat:
 * @self: a library
 * @chat_id: a chat that was deleted and not purged
 */
void
rnl_library_undelete_chat (RnlLibrary *self, const char *chat_id)
{
  g_autofree char *key = NULL;
  g_autoptr (RnlChat) chat = NULL;

  g_return_if_fail (RNL_IS_LIBRARY (self));
  g_return_if_fail (chat_id != NULL);

  if (!g_hash_table_steal_extended (self->deleted, chat_id, (gpointer *) &key, (gpointer *) &chat))
    return;
  rnl_chat_list_add (self->chats, chat);
  rnl_store_worker_write (self->worker, rnl_store_undelete_chat, g_strdup (chat_id), g_free);
  rnl_library_tell_contents_changed (self);
}

/**
 * rnl_library_purge_deleted:
 * @self: a library
 *
 * Deletes for good, with all messages, what was deleted through this library.
 */
void
rnl_library_purge_deleted (RnlLibrary *self)
{
  g_return_if_fail (RNL_IS_LIBRARY (self));

  g_hash_table_remove_all (self->deleted);
  rnl_store_worker_write (self->worker, rnl_store_purge_own, NULL, NULL);
}

/**
 * rnl_library_flush_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called when everything said before is on disk, or cannot be put there now
 * @user_data: for @callback
 *
 * Also tries again what could not be written before.
 */
void
rnl_library_flush_async (RnlLibrary *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RNL_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_library_flush_async);
  rnl_store_worker_flush (self->worker, task);
}

/**
 * rnl_library_flush_finish:
 * @self: a library
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_STORE_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether it succeeded
 */
gboolean
rnl_library_flush_finish (RnlLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
