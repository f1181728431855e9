/* rnl-library-outline.h: chats so long that their content is read in pieces
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"

G_BEGIN_DECLS

void rnl_library_load_outline_async (RnlLibrary *self,
                                     const char *chat_id,
                                     const char *before_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *rnl_library_load_outline_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

void rnl_library_load_some_async (RnlLibrary *self,
                                  GPtrArray *ids,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *rnl_library_load_some_finish (RnlLibrary *self, GAsyncResult *result, GError **error);

G_END_DECLS
