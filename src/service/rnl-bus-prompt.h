/* rnl-bus-prompt.h: a question and what is attached to it, as one text
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-bus-options.h"

G_BEGIN_DECLS

void rnl_bus_prompt_compose_async (const char *question,
                                   GPtrArray *attachments,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *rnl_bus_prompt_compose_finish (GAsyncResult *result, GError **error);

G_END_DECLS
