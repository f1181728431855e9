/* rnl-model-describe.h: what is known of a model on a server
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-endpoint.h"
#include "rnl-protocol.h"

G_BEGIN_DECLS

/* Nobody waits longer for what a server says of a model: an answer waits behind it. */
#define RNL_MODEL_DESCRIBE_TIMEOUT_MS 2000

/**
 * RnlModelPlace:
 * @account: (nullable): whose key is sent
 * @protocol: how it is said
 * @endpoint: the server
 * @key: (nullable): the key, when there is no account
 * @model: the model's name on that server
 * @context_limit: for how many tokens a server that can be told makes room at most
 *
 * Where a model is. All of it belongs to the object that asks.
 */
typedef struct
{
  RnlAccount *account;
  const RnlProtocol *protocol;
  const RnlEndpoint *endpoint;
  const char *key;
  const char *model;
  guint context_limit;
} RnlModelPlace;

void rnl_model_describe_async (gpointer self,
                               const RnlModelPlace *place,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RnlModelInfo *rnl_model_describe_finish (GAsyncResult *result, GError **error);

RnlModelInfo *rnl_model_describe_peek (const RnlModelPlace *place);

void rnl_model_describe_keep_list (const RnlProtocol *protocol,
                                   const RnlEndpoint *endpoint,
                                   GPtrArray *models);

G_END_DECLS
