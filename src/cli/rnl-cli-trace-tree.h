/* rnl-cli-trace-tree.h: a recorded run as a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void rnl_cli_trace_tree_print (JsonNode *state, gboolean json);

G_END_DECLS
