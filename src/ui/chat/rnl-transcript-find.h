/* rnl-transcript-find.h: shows where words are in a transcript
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-find.h"
#include "rnl-transcript-selection.h"

G_BEGIN_DECLS

/* The first message that is in view. */
#define RNL_TRANSCRIPT_FIND_HERE G_MAXUINT

#define RNL_TYPE_TRANSCRIPT_FIND (rnl_transcript_find_get_type ())
G_DECLARE_FINAL_TYPE (RnlTranscriptFind, rnl_transcript_find, RNL, TRANSCRIPT_FIND, GObject)

RnlTranscriptFind *rnl_transcript_find_new (RnlMessageList *list,
                                            RnlTranscriptSelection *selection);
void rnl_transcript_find_set_model (RnlTranscriptFind *self, GListModel *messages);
RnlChatFind *rnl_transcript_find_get_find (RnlTranscriptFind *self);
void rnl_transcript_find_search (RnlTranscriptFind *self,
                                 const char *query,
                                 gboolean words,
                                 guint start);
void rnl_transcript_find_step (RnlTranscriptFind *self, int by);
void rnl_transcript_find_show (RnlTranscriptFind *self, RnlSelectable *text);

G_END_DECLS
