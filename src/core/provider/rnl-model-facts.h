/* rnl-model-facts.h: a table of models, read from JSON
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-model-info.h"

G_BEGIN_DECLS

GPtrArray *rnl_model_facts_parse (const char *text, gssize length, GError **error);
void rnl_model_facts_fill (GPtrArray *rows, RnlModelInfo *info);
void rnl_model_facts_override (GPtrArray *rows, RnlModelInfo *info);

G_END_DECLS
