/* rnl-openai-chat-usage.h: token counts of Chat Completions
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-json-reader.h"
#include "rnl-usage.h"

G_BEGIN_DECLS

gboolean rnl_openai_chat_usage_read (RnlJsonReader *reader, RnlUsage *usage);

G_END_DECLS
