/* rnl-http-answer.h: one request to a model server and the answer to it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-gate.h"
#include "rnl-route.h"

G_BEGIN_DECLS

/**
 * RnlHttpQuestion:
 * @route: the way to the server
 * @path: what is asked for, relative to an address of the route
 * @model: what messages call the model
 * @body: the request
 * @idle_timeout_ms: how long the server may be silent; 0 for the default
 * @gate: (nullable): while it is shut the socket is not read
 * @retry_delay_ms: before the first retry, doubled for the next one
 *
 * Everything that is needed to ask, and to ask again. All borrowed.
 */
typedef struct
{
  RnlRoute *route;
  const char *path;
  const char *model;
  RnlRequestBody *body;
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
