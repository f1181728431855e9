/* rnl-http-answer.h: one request to a model server and the answer to it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-gate.h"
#include "rnl-protocol.h"

G_BEGIN_DECLS

/* What official SDKs do: twice more, half a second to eight between, as the server asks up to a
 * minute. */
#define RNL_HTTP_ANSWER_MAX_RETRIES 2

/**
 * RnlHttpQuestion:
 * @protocol: how it is said
 * @uri: where it goes
 * @host: what messages call the server
 * @model: what messages call the model
 * @key: (nullable): the key
 * @body: the request
 * @idle_timeout_ms: how long the server may be silent; 0 for the default
 * @gate: (nullable): while it is shut the socket is not read
 * @retry_delay_ms: before the first retry, doubled for the next one
 *
 * Everything that is needed to ask, and to ask again. All borrowed.
 */
typedef struct
{
  const RnlProtocol *protocol;
  const char *uri;
  const char *host;
  const char *model;
  const char *key;
  GBytes *body;
  RnlGate *gate;
  guint idle_timeout_ms;
  guint retry_delay_ms;
} RnlHttpQuestion;

void rnl_http_answer_run_async (const RnlHttpQuestion *question,
                                RnlChunkFunc on_chunk,
                                gpointer chunk_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean rnl_http_answer_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
