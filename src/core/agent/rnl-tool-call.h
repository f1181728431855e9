/* rnl-tool-call.h: one call of a tool, from complete arguments to its one result
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/**
 * RnlToolCall:
 * @part: what is shown and stored
 * @tool: (nullable): what will run, once resolved
 * @arguments: (nullable): what it will run with, once resolved: parsed from the very bytes of
 * @part, or what a person put in their place
 * @digest: (nullable): of @part's bytes when it began to wait for a person
 * @error: (nullable): why it will not run
 */
typedef struct
{
  RnlPart *part;
  RnlTool *tool;
  JsonObject *arguments;
  char *digest;
  GError *error;
} RnlToolCall;

RnlToolCall *rnl_tool_call_new (RnlPart *part);
void rnl_tool_call_free (RnlToolCall *self);
char *rnl_tool_call_dup_digest (RnlPart *part);
void rnl_tool_call_wait (RnlToolCall *self);
gboolean rnl_tool_call_is_unchanged (RnlToolCall *self, const char *shown);
gboolean rnl_tool_call_resolve (RnlToolCall *self, RnlToolRegistry *tools, GError **error);
gboolean rnl_tool_call_check (RnlToolCall *self, JsonObject *arguments, GError **error);
gboolean rnl_tool_call_edit (RnlToolCall *self, JsonObject *arguments, GError **error);
void rnl_tool_call_settle (RnlPart *part, RnlToolState state, const char *result);
void rnl_tool_call_reject (RnlToolCall *self, RnlRun *parent);
void rnl_tool_call_execute_async (RnlToolCall *self,
                                  RnlRun *parent,
                                  RnlChatModel *model,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean rnl_tool_call_execute_finish (GAsyncResult *result, GError **error);

G_END_DECLS
