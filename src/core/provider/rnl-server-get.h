/* rnl-server-get.h: small questions to a model server, answered in JSON
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "rnl-account.h"
#include "rnl-provider-errors.h"
#include "rnl-route.h"

G_BEGIN_DECLS

/* The longest answer that is read; lists of models are well below. */
#define RNL_SERVER_GET_MAX_BYTES (16 * 1024 * 1024)

void rnl_server_read_response (SoupMessage *message, RnlErrorResponse *response);
gboolean rnl_server_should_move_on (const GError *error, gboolean has_head);

void rnl_server_ask_async (RnlRoute *route,
                           const char *path,
                           RnlRequestBody *json,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
JsonNode *rnl_server_ask_finish (GAsyncResult *result, GError **error);

void rnl_server_ask_account_async (RnlAccount *account,
                                   const char *path,
                                   RnlRequestBody *json,
                                   guint timeout_ms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* For one address without an account. */
void rnl_server_get_async (const RnlProtocol *protocol,
                           const RnlEndpoint *endpoint,
                           const char *path,
                           const char *key,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
JsonNode *rnl_server_get_finish (GAsyncResult *result, GError **error);

G_END_DECLS
