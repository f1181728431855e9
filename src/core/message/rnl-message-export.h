/* rnl-message-export.h: messages for the world outside
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-message.h"

G_BEGIN_DECLS

JsonObject *rnl_usage_to_json (const RnlUsage *usage);
JsonObject *rnl_error_to_json (const GError *error);
JsonObject *rnl_message_to_json (RnlMessage *message);
void rnl_message_append_markdown (RnlMessage *message, GString *out);

G_END_DECLS
