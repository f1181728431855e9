/* rnl-model-words.h: what a model is called in the person's language, and what is said of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

/**
 * RnlModelAbilityWords:
 * @ability: one ability, 0 at the end of a table
 * @icon_name: its icon
 * @name: what it is, to be translated
 */
typedef struct
{
  RnlModelAbilities ability;
  const char *icon_name;
  const char *name;
} RnlModelAbilityWords;

extern const RnlModelAbilityWords rnl_model_words_abilities[];

const char *rnl_model_words_title (RnlChatModel *model);
const char *rnl_model_words_note (RnlChatModel *model);
char *rnl_model_words_dup_facts (RnlModelInfo *info);
char *rnl_model_words_dup_price_tooltip (RnlModelInfo *info);

G_END_DECLS
