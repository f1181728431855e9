/* rnl-request-check.h: what a model cannot take is refused before it is sent
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"
#include "rnl-model-info.h"
#include "rnl-protocol.h"

G_BEGIN_DECLS

RnlChatRequest *rnl_request_check_files (RnlChatRequest *request,
                                         const RnlProtocol *protocol,
                                         const char *model,
                                         RnlModelInfo *info,
                                         GError **error);
gboolean rnl_request_has_files (RnlChatRequest *request);

G_END_DECLS
