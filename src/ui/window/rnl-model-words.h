/* rnl-model-words.h: what a model is called in the person's language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-model.h"

G_BEGIN_DECLS

const char *rnl_model_words_title (RnlChatModel *model);
const char *rnl_model_words_note (RnlChatModel *model);

G_END_DECLS
