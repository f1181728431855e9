/* rnl-run-text.h: what went into a run and came out, as text to read
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *rnl_run_text_messages (JsonNode *input);
char *rnl_run_text_tools (JsonNode *input);
char *rnl_run_text_params (JsonNode *input);
char *rnl_run_text_output (JsonNode *output);

G_END_DECLS
