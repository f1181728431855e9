/* rnl-tool-context.h: what a tool has in hand while it runs
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-chat-model.h"
#include "rnl-run.h"

G_BEGIN_DECLS

/**
 * RNL_PART_EXTRA_PROGRESS:
 *
 * A string: what a call that runs is at, in the tool's words.
 */
#define RNL_PART_EXTRA_PROGRESS "progress"

#define RNL_TYPE_TOOL_CONTEXT (rnl_tool_context_get_type ())
G_DECLARE_FINAL_TYPE (RnlToolContext, rnl_tool_context, RNL, TOOL_CONTEXT, GObject)

RnlToolContext *rnl_tool_context_new (RnlRun *run, RnlPart *part, RnlChatModel *model);

RnlRun *rnl_tool_context_get_run (RnlToolContext *self);
RnlChatModel *rnl_tool_context_get_model (RnlToolContext *self);
GCancellable *rnl_tool_context_get_cancellable (RnlToolContext *self);

void rnl_tool_context_defer (RnlToolContext *self);
void rnl_tool_context_return_text (RnlToolContext *self, const char *text);
void rnl_tool_context_return_error (RnlToolContext *self, const GError *error);
void rnl_tool_context_return_failure (RnlToolContext *self, const char *message);

void rnl_tool_context_emit_output (RnlToolContext *self, const char *text);
void rnl_tool_context_set_progress (RnlToolContext *self, double fraction);
void rnl_tool_context_report_progress (RnlToolContext *self, double fraction, const char *words);
void rnl_tool_context_emit_custom (RnlToolContext *self, const char *name, JsonNode *data);
void rnl_tool_context_ask_model_async (RnlToolContext *self,
                                       const char *prompt,
                                       const char *name,
                                       const char *const *tags,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
char *
rnl_tool_context_ask_model_finish (RnlToolContext *self, GAsyncResult *result, GError **error);

G_END_DECLS
