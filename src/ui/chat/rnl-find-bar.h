/* rnl-find-bar.h: finding words in a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-transcript-view.h"

G_BEGIN_DECLS

#define RNL_TYPE_FIND_BAR (rnl_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (RnlFindBar, rnl_find_bar, RNL, FIND_BAR, GtkWidget)

void rnl_find_bar_set_transcript (RnlFindBar *self, RnlTranscriptView *transcript);
void rnl_find_bar_open (RnlFindBar *self);
void rnl_find_bar_close (RnlFindBar *self);
gboolean rnl_find_bar_is_open (RnlFindBar *self);
void rnl_find_bar_show_words (RnlFindBar *self, const char *words, guint message);
void rnl_find_bar_step (RnlFindBar *self, int by);
const char *rnl_find_bar_get_status (RnlFindBar *self);

G_END_DECLS
