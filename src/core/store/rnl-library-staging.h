/* rnl-library-staging.h: many chats into a library at once, or none of them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"

G_BEGIN_DECLS

/* One at a time in a library. Staging may be done on any thread that has a context of its own and
 * runs it; publishing and dropping belong to the library's thread. */
void rnl_library_stage_async (RnlLibrary *self,
                              RnlChat *chat,
                              GPtrArray *messages,
                              const char *current_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean
rnl_library_stage_finish (RnlLibrary *self, GAsyncResult *result, gboolean *known, GError **error);

void rnl_library_publish_staged_async (RnlLibrary *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean rnl_library_publish_staged_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

void rnl_library_drop_staged_async (RnlLibrary *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean rnl_library_drop_staged_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

guint rnl_library_get_n_unfinished (RnlLibrary *self);

G_END_DECLS
