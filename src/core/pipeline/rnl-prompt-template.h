/* rnl-prompt-template.h: a prompt with named slots
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message-enums.h"
#include "rnl-runnable.h"

G_BEGIN_DECLS

#define RNL_TYPE_PROMPT_TEMPLATE (rnl_prompt_template_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptTemplate, rnl_prompt_template, RNL, PROMPT_TEMPLATE, RnlRunnable)

RnlPromptTemplate *rnl_prompt_template_new (const char *text, GError **error);
RnlPromptTemplate *rnl_prompt_template_new_messages (void);
RnlPromptTemplate *rnl_prompt_template_new_from_json (JsonNode *json, GError **error);
gboolean rnl_prompt_template_add_message (RnlPromptTemplate *self,
                                          RnlRole role,
                                          const char *text,
                                          GError **error);
void rnl_prompt_template_add_placeholder (RnlPromptTemplate *self, const char *variable);

const char *const *rnl_prompt_template_list_variables (RnlPromptTemplate *self);
JsonNode *rnl_prompt_template_format (RnlPromptTemplate *self, JsonNode *values, GError **error);
JsonNode *rnl_prompt_template_to_json (RnlPromptTemplate *self);
char *rnl_prompt_template_dup_hash (RnlPromptTemplate *self);

const char *rnl_prompt_template_get_title (RnlPromptTemplate *self);
const char *rnl_prompt_template_get_version (RnlPromptTemplate *self);
void rnl_prompt_template_set_registered (RnlPromptTemplate *self,
                                         const char *title,
                                         const char *version);

G_END_DECLS
