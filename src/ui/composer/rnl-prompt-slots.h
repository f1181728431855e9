/* rnl-prompt-slots.h: what is to be filled in, in a text that is being written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_PROMPT_SLOTS (rnl_prompt_slots_get_type ())
G_DECLARE_FINAL_TYPE (RnlPromptSlots, rnl_prompt_slots, RNL, PROMPT_SLOTS, GObject)

RnlPromptSlots *rnl_prompt_slots_new (GtkTextBuffer *buffer);
void rnl_prompt_slots_insert (RnlPromptSlots *self, const char *text);
gboolean rnl_prompt_slots_next (RnlPromptSlots *self, gboolean back);
const char *rnl_prompt_slots_get_current (RnlPromptSlots *self);

G_END_DECLS
