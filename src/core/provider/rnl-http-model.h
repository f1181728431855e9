/* rnl-http-model.h: a chat model behind an address
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-account.h"
#include "rnl-chat-model.h"

G_BEGIN_DECLS

/**
 * RNL_HTTP_MODEL_CONTEXT_LIMIT:
 *
 * For how many tokens a server that can be told makes room at most, when nobody says otherwise.
 */
#define RNL_HTTP_MODEL_CONTEXT_LIMIT 16384

#define RNL_TYPE_HTTP_MODEL (rnl_http_model_get_type ())
G_DECLARE_FINAL_TYPE (RnlHttpModel, rnl_http_model, RNL, HTTP_MODEL, GObject)

RnlChatModel *rnl_http_model_new (
  const char *protocol, const char *base_url, const char *model, const char *key, GError **error);
RnlChatModel *
rnl_http_model_new_for_account (RnlAccount *account, const char *model, GError **error);

void rnl_http_model_set_idle_timeout (RnlHttpModel *self, guint timeout_ms);
void rnl_http_model_set_context_limit (RnlHttpModel *self, guint limit);
void rnl_http_model_set_retry_delay (RnlHttpModel *self, guint delay_ms);

G_END_DECLS
