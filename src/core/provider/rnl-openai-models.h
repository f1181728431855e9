/* rnl-openai-models.h: the list of models of servers that speak OpenAI's protocols
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GPtrArray *rnl_openai_models_parse (JsonNode *root);

G_END_DECLS
