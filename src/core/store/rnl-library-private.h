/* rnl-library-private.h: what the library's own parts share
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-library.h"
#include "rnl-store-rows.h"
#include "rnl-store-worker.h"

G_BEGIN_DECLS

RnlStoreWorker *rnl_library_get_worker (RnlLibrary *self);
void rnl_library_tell_contents_changed (RnlLibrary *self);
void
rnl_library_touch_chat (RnlLibrary *self, const char *chat_id, RnlMessage *message, gint64 time);
void rnl_library_fold_message (RnlLibrary *self, const char *chat_id, RnlMessage *message);

G_END_DECLS
