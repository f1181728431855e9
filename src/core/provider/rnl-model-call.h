/* rnl-model-call.h: one model call as a run: stamped, folded, observed
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-model.h"
#include "rnl-run.h"

G_BEGIN_DECLS

void rnl_model_call_async (RnlChatModel *model,
                           RnlChatRequest *request,
                           RnlRun *run,
                           RnlMessage *into,
                           guint step,
                           RnlChunkFunc on_chunk,
                           gpointer chunk_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
RnlMessage *rnl_model_call_finish (GAsyncResult *result, GError **error);

G_END_DECLS
