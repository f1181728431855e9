/* rnl-gemini-request.h: the body of a question to Gemini
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"
#include "rnl-request-body.h"

G_BEGIN_DECLS

RnlRequestBody *
rnl_gemini_request_build (const char *host, const char *model, const RnlChatRequest *request);

G_END_DECLS
