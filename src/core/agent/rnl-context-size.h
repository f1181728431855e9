/* rnl-context-size.h: how large a request is, from what the server said of the last one
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlContextSize:
 * @input: how many tokens a server read, as it says itself; 0 when none has said
 * @output: how many it wrote
 * @estimate: what the same request was estimated to have
 *
 * What is known for certain, and what the estimate made of it.
 */
typedef struct
{
  gint64 input;
  gint64 output;
  gint64 estimate;
} RnlContextSize;

void rnl_context_size_find (RnlContextSize *self, GPtrArray *history, RnlMessage *answer);
void rnl_context_size_store (const RnlContextSize *self, RnlMessage *answer, guint step);
void rnl_context_size_read (RnlContextSize *self, const RnlUsage *before, const RnlUsage *after);
gint64 rnl_context_size_apply (const RnlContextSize *self, gint64 estimate);

G_END_DECLS
