/* rnl-library.h: every chat on disk, behind one worker thread
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat.h"
#include "rnl-message.h"
#include "rnl-store-error.h"

G_BEGIN_DECLS

#define RNL_TYPE_LIBRARY (rnl_library_get_type ())
G_DECLARE_FINAL_TYPE (RnlLibrary, rnl_library, RNL, LIBRARY, GObject)

/**
 * RnlSearchHit:
 * @chat_id: where
 * @message_id: (nullable): `NULL` when the title matched
 * @title: the chat's title
 * @snippet: text around the match, the match between U+0002 and U+0003
 * @time: of the message, in microseconds since 1970
 *
 * A place where the words of a search were found.
 */
typedef struct
{
  char *chat_id;
  char *message_id;
  char *title;
  char *snippet;
  gint64 time;
} RnlSearchHit;

#define RNL_TYPE_SEARCH_HIT (rnl_search_hit_get_type ())
GType rnl_search_hit_get_type (void);

RnlSearchHit *rnl_search_hit_copy (const RnlSearchHit *hit);
void rnl_search_hit_free (RnlSearchHit *hit);

RnlLibrary *rnl_library_new (const char *path);
const char *rnl_library_get_path (RnlLibrary *self);

/* Opens, migrates, repairs what a kill left behind (state INTERRUPTED). Until it has succeeded
 * every other call fails with its error. Path ":memory:" works without a disk. */
void rnl_library_open_async (RnlLibrary *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean rnl_library_open_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

/* The chats, newest first, live: a GListModel of RnlChat that follows every change made through
 * this library. Filled when open has succeeded. */
GListModel *rnl_library_list_chats (RnlLibrary *self);
RnlChat *rnl_library_find_chat (RnlLibrary *self, const char *chat_id);

/* Writers return at once and keep their order; a failure is told by the signal
 * "write-failed (GError *error)". flush answers when everything said before is on disk. */
void rnl_library_add_chat (RnlLibrary *self, RnlChat *chat);
void rnl_library_save_chat (RnlLibrary *self, RnlChat *chat);
void rnl_library_delete_chat (RnlLibrary *self, const char *chat_id);
void rnl_library_undelete_chat (RnlLibrary *self, const char *chat_id);
void rnl_library_purge_deleted (RnlLibrary *self);
void rnl_library_add_message (RnlLibrary *self, const char *chat_id, RnlMessage *message);
void rnl_library_add_version (RnlLibrary *self,
                              const char *chat_id,
                              const char *replaced_id,
                              RnlMessage *message);
void rnl_library_update_message (RnlLibrary *self, const char *chat_id, RnlMessage *message);
void rnl_library_delete_message (RnlLibrary *self, const char *chat_id, const char *message_id);
void rnl_library_show_message (RnlLibrary *self, const char *chat_id, const char *message_id);
void
rnl_library_copy_messages (RnlLibrary *self, const char *chat_id, RnlMessage *last, RnlChat *copy);
void rnl_library_flush_async (RnlLibrary *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean rnl_library_flush_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

/* Returns: (element-type RnlMessage): the newest LIMIT messages that lead to BEFORE_ID
 * (nullable: to the end of what the chat shows), oldest first. */
void rnl_library_load_messages_async (RnlLibrary *self,
                                      const char *chat_id,
                                      const char *before_id,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
rnl_library_load_messages_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

/* Returns: (element-type RnlMessage): a version of a message and what followed it when it was shown
 * last; versions count from 1, 0 is the message itself. */
void rnl_library_load_version_async (RnlLibrary *self,
                                     const char *chat_id,
                                     const char *message_id,
                                     guint version,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *rnl_library_load_version_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

/* Returns: (element-type RnlMessage): all versions of everything, in the order they were made. */
void rnl_library_load_all_async (RnlLibrary *self,
                                 const char *chat_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *rnl_library_load_all_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

/* Returns: (element-type RnlSearchHit): newest first. Any text is a valid query: words are
 * prefixes, all must occur. */
void rnl_library_search_async (RnlLibrary *self,
                               const char *query,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *rnl_library_search_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlSearchHit, rnl_search_hit_free)

G_END_DECLS
