/* rnl-prompt.h: something a person asks again and again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_PROMPT (rnl_prompt_get_type ())
G_DECLARE_FINAL_TYPE (RnlPrompt, rnl_prompt, RNL, PROMPT, GObject)

RnlPrompt *rnl_prompt_new (const char *name, const char *text);
const char *rnl_prompt_get_name (RnlPrompt *self);
const char *rnl_prompt_get_text (RnlPrompt *self);

G_END_DECLS
