/* tool-harness.h: one tool, called and waited for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-tool-registry.h"

G_BEGIN_DECLS

/**
 * ToolCase:
 * @arguments: JSON text
 * @result: what the tool returns, or `NULL` when it fails; a "*" at its end stands for anything
 * @code: how it fails, an `RNL_TOOL_ERROR`
 * @message: (nullable): words the failure's sentence must contain
 */
typedef struct
{
  const char *arguments;
  const char *result;
  RnlToolError code;
  const char *message;
} ToolCase;

char *tool_call (RnlTool *tool,
                 const char *arguments,
                 RnlToolContext *context,
                 GCancellable *cancellable,
                 GError **error);
void tool_check (RnlTool *tool, const ToolCase *expected);
void tool_check_spec (RnlTool *tool);

G_END_DECLS
