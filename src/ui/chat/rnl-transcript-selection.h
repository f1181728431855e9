/* rnl-transcript-selection.h: the one selection of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-point.h"
#include "rnl-clipboard-text.h"
#include "rnl-message-list.h"
#include "rnl-selectable.h"

G_BEGIN_DECLS

#define RNL_TYPE_TRANSCRIPT_SELECTION (rnl_transcript_selection_get_type ())
G_DECLARE_FINAL_TYPE (
  RnlTranscriptSelection, rnl_transcript_selection, RNL, TRANSCRIPT_SELECTION, GObject)

RnlTranscriptSelection *rnl_transcript_selection_new (RnlMessageList *list);
void rnl_transcript_selection_set_model (RnlTranscriptSelection *self, GListModel *messages);

gboolean rnl_transcript_selection_get_range (RnlTranscriptSelection *self, RnlChatRange *range);
void rnl_transcript_selection_set (RnlTranscriptSelection *self,
                                   const RnlChatPoint *anchor,
                                   const RnlChatPoint *focus);
void rnl_transcript_selection_clear (RnlTranscriptSelection *self);
void rnl_transcript_selection_select_message (RnlTranscriptSelection *self, guint message);
void rnl_transcript_selection_select_all (RnlTranscriptSelection *self);
void rnl_transcript_selection_show (RnlTranscriptSelection *self, RnlSelectable *text);
RnlClipboardText *rnl_transcript_selection_dup_content (RnlTranscriptSelection *self);
void rnl_transcript_selection_copy (RnlTranscriptSelection *self);
void rnl_transcript_selection_copy_plain (RnlTranscriptSelection *self);
void rnl_transcript_selection_filled (RnlTranscriptSelection *self);

gboolean rnl_transcript_selection_find_point (RnlTranscriptSelection *self,
                                              RnlSelectable *text,
                                              const RnlBlockPoint *place,
                                              RnlChatPoint *point);
RnlSelectable *rnl_transcript_selection_find_text (RnlTranscriptSelection *self,
                                                   const RnlChatPoint *point);

G_END_DECLS
