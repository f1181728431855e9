/* rnl-prompt-list.h: the prompts a person keeps
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-prompt.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROMPT_LIST (rnl_prompt_list_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptList, rnl_prompt_list, RNL, PROMPT_LIST, GObject)

RnlPromptList *rnl_prompt_list_new (const char *path);
gboolean rnl_prompt_list_get_loading (RnlPromptList *self);
void rnl_prompt_list_insert (RnlPromptList *self, guint position, RnlPrompt *prompt);
void rnl_prompt_list_replace (RnlPromptList *self, RnlPrompt *old, RnlPrompt *prompt);
gboolean rnl_prompt_list_remove (RnlPromptList *self, RnlPrompt *prompt, guint *position);
char *rnl_prompt_list_to_json (RnlPromptList *self);
gboolean
rnl_prompt_list_add_json (RnlPromptList *self, GBytes *json, guint *n_added, GError **error);

G_END_DECLS
