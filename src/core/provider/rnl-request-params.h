/* rnl-request-params.h: what a caller wants of the model, in a request
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"
#include "rnl-run-config.h"
#include "rnl-run.h"

G_BEGIN_DECLS

void rnl_chat_request_apply_params (RnlChatRequest *self, const RnlRunConfig *config);
void rnl_chat_request_apply_run (RnlChatRequest *self, RnlRun *run);

G_END_DECLS
