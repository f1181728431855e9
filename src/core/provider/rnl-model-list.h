/* rnl-model-list.h: reading lists of models
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "rnl-model-info.h"

G_BEGIN_DECLS

/**
 * RnlModelReader:
 * @object: one entry of a list
 *
 * Returns: (transfer full) (nullable): the model, `NULL` when it is none that answers
 */
typedef RnlModelInfo *(*RnlModelReader) (JsonObject *object);

GPtrArray *rnl_model_list_read (JsonNode *root, const char *member, RnlModelReader reader);

gboolean rnl_model_list_has_word (JsonArray *array, const char *word);
void rnl_model_list_take_word (RnlModelInfo *info,
                               RnlModelAbilities ability,
                               JsonArray *array,
                               const char *word);
void rnl_model_list_take_flag (RnlModelInfo *info,
                               RnlModelAbilities ability,
                               JsonObject *object,
                               const char *name);

G_END_DECLS
