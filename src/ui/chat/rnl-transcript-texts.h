/* rnl-transcript-texts.h: what is selected and found in the texts of a transcript
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-conversation.h"
#include "rnl-transcript-find.h"
#include "rnl-transcript-selection.h"

G_BEGIN_DECLS

#define RNL_TYPE_TRANSCRIPT_TEXTS (rnl_transcript_texts_get_type ())
G_DECLARE_FINAL_TYPE (RnlTranscriptTexts, rnl_transcript_texts, RNL, TRANSCRIPT_TEXTS, GObject)

RnlTranscriptTexts *rnl_transcript_texts_new (RnlMessageList *list);
void rnl_transcript_texts_set_conversation (RnlTranscriptTexts *self,
                                            RnlConversation *conversation);
void rnl_transcript_texts_set_model (RnlTranscriptTexts *self, GListModel *messages);
void rnl_transcript_texts_show (RnlTranscriptTexts *self, RnlSelectable *text);
RnlTranscriptSelection *rnl_transcript_texts_get_selection (RnlTranscriptTexts *self);
RnlTranscriptFind *rnl_transcript_texts_get_find (RnlTranscriptTexts *self);

G_END_DECLS
