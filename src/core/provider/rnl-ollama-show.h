/* rnl-ollama-show.h: what Ollama says about one of its models
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-model-info.h"
#include "rnl-request-body.h"

G_BEGIN_DECLS

RnlRequestBody *rnl_ollama_show_build (const char *model);
gboolean rnl_ollama_show_parse (JsonNode *node, RnlModelInfo *info, gint64 *wanted_context);
RnlModelInfo *rnl_ollama_show_take_capabilities (RnlModelInfo *info, JsonArray *capabilities);

G_END_DECLS
