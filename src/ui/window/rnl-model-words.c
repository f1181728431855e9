/* rnl-model-words.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-model-words.h"

#include <glib/gi18n.h>

/* What servers call their models stays as it is; ours is named here. */
static gboolean
is_helper (RnlChatModel *model)
{
  return g_strcmp0 (rnl_chat_model_get_id (model), "offline/helper") == 0;
}

/**
 * rnl_model_words_title:
 * @model: a model
 *
 * Returns: (transfer none): its name
 */
const char *
rnl_model_words_title (RnlChatModel *model)
{
  return is_helper (model) ? _ ("Offline helper") : rnl_chat_model_get_title (model);
}

/**
 * rnl_model_words_note:
 * @model: a model
 *
 * Returns: (transfer none) (nullable): a word of honesty beside the name
 */
const char *
rnl_model_words_note (RnlChatModel *model)
{
  return is_helper (model) ? _ ("rules, not AI") : rnl_chat_model_get_note (model);
}
