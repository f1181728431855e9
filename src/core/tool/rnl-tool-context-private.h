/* rnl-tool-context-private.h: between a tool's context and the call it belongs to
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run-loop.h"
#include "rnl-tool-context.h"

G_BEGIN_DECLS

/* All that can be known: a binding of another language says only there what was raised. */
#define RNL_TOOL_NO_RESULT                                                                         \
  "The tool's function raised an exception or returned nothing; standard error says more."

void rnl_tool_context_set_loop (RnlToolContext *self, RnlRunLoop *loop);
void rnl_tool_context_expect (RnlToolContext *self, GTask *task);
void rnl_tool_context_settle (RnlToolContext *self, const char *text, const GError *error);

G_END_DECLS
