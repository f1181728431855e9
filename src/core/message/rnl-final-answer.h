/* rnl-final-answer.h: an answer that is given by calling a tool
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"
#include "rnl-tool-spec.h"

G_BEGIN_DECLS

/**
 * RNL_FINAL_ANSWER_TOOL:
 *
 * The name of the tool a model calls to give its final answer.
 */
#define RNL_FINAL_ANSWER_TOOL "final_answer"

RnlToolSpec *rnl_final_answer_new_spec (void);
JsonNode *rnl_final_answer_parse (const char *arguments, GError **error);

gboolean rnl_final_answer_is (RnlPart *part);
char **rnl_final_answer_dup_tools_used (RnlPart *part);
RnlMessage *rnl_final_answer_reduce (RnlMessage *message);

G_END_DECLS
