/* rnl-http-count.h: a server's own count of a request's tokens
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-protocol.h"

G_BEGIN_DECLS

void rnl_http_count_async (gpointer self,
                           RnlAccount *account,
                           const RnlProtocol *protocol,
                           const RnlEndpoint *endpoint,
                           const char *key,
                           const char *model,
                           RnlChatRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gint64 rnl_http_count_finish (GAsyncResult *result, GError **error);

JsonNode *rnl_http_count_pick (JsonObject *request, const char *const *members);

G_END_DECLS
