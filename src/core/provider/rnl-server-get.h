/* rnl-server-get.h: small questions to a model server, answered in JSON
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "rnl-protocol.h"
#include "rnl-provider-errors.h"

G_BEGIN_DECLS

/* The longest answer that is read; lists of models are well below. */
#define RNL_SERVER_GET_MAX_BYTES (16 * 1024 * 1024)

SoupSession *rnl_server_get_session (void);
SoupMessage *rnl_server_new_message (const RnlProtocol *protocol,
                                     const char *method,
                                     const char *uri,
                                     const char *key);
void rnl_server_read_response (SoupMessage *message, RnlErrorResponse *response);

void rnl_server_get_async (const RnlProtocol *protocol,
                           const RnlEndpoint *endpoint,
                           const char *path,
                           const char *key,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void rnl_server_post_async (const RnlProtocol *protocol,
                            const RnlEndpoint *endpoint,
                            const char *path,
                            const char *key,
                            GBytes *json,
                            guint timeout_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
JsonNode *rnl_server_get_finish (GAsyncResult *result, GError **error);

G_END_DECLS
