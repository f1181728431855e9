/* rnl-trace-header.h: what the first line of a log says about all of it
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-run.h"

G_BEGIN_DECLS

const char *rnl_trace_header_find_question (JsonNode *input);
JsonNode *rnl_trace_header_new (const RnlEvent *event);
void rnl_trace_header_keep (RnlRun *run, JsonNode *header);

G_END_DECLS
