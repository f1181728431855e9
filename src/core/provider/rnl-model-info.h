/* rnl-model-info.h: one model that a server offers
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "rnl-model-price.h"

G_BEGIN_DECLS

/**
 * RnlModelAbilities:
 * @RNL_MODEL_ABILITY_TOOLS: it calls tools
 * @RNL_MODEL_ABILITY_IMAGES: it sees pictures
 * @RNL_MODEL_ABILITY_PDF: it reads PDF files as they are
 * @RNL_MODEL_ABILITY_REASONING: it thinks before it answers
 * @RNL_MODEL_ABILITY_SCHEMA: it keeps its answer to a JSON Schema
 * @RNL_MODEL_ABILITY_SAMPLING: it takes temperature and the like
 *
 * What a model can do. Known and unknown are two things: see
 * [method@Runnel.ModelInfo.get_known_abilities].
 */
typedef enum
{
  RNL_MODEL_ABILITY_TOOLS = 1 << 0,
  RNL_MODEL_ABILITY_IMAGES = 1 << 1,
  RNL_MODEL_ABILITY_PDF = 1 << 2,
  RNL_MODEL_ABILITY_REASONING = 1 << 3,
  RNL_MODEL_ABILITY_SCHEMA = 1 << 4,
  RNL_MODEL_ABILITY_SAMPLING = 1 << 5,
} RnlModelAbilities;

#define RNL_TYPE_MODEL_ABILITIES (rnl_model_abilities_get_type ())
GType rnl_model_abilities_get_type (void);

#define RNL_TYPE_MODEL_INFO (rnl_model_info_get_type ())
G_DECLARE_FINAL_TYPE (RnlModelInfo, rnl_model_info, RNL, MODEL_INFO, GObject)

RnlModelInfo *rnl_model_info_new (const char *id, const char *title, gint64 context_length);
RnlModelInfo *rnl_model_info_copy (RnlModelInfo *self);

const char *rnl_model_info_get_id (RnlModelInfo *self);
const char *rnl_model_info_get_title (RnlModelInfo *self);
gint64 rnl_model_info_get_context_length (RnlModelInfo *self);
void rnl_model_info_set_context_length (RnlModelInfo *self, gint64 context_length);
gint64 rnl_model_info_get_max_output (RnlModelInfo *self);
void rnl_model_info_set_max_output (RnlModelInfo *self, gint64 max_output);
RnlModelAbilities rnl_model_info_get_abilities (RnlModelInfo *self);
RnlModelAbilities rnl_model_info_get_known_abilities (RnlModelInfo *self);
gboolean rnl_model_info_can (RnlModelInfo *self, RnlModelAbilities ability);
void rnl_model_info_set_ability (RnlModelInfo *self, RnlModelAbilities ability, gboolean can);
const RnlModelPrice *rnl_model_info_get_price (RnlModelInfo *self);
void rnl_model_info_set_price (RnlModelInfo *self, const RnlModelPrice *price);

G_END_DECLS
