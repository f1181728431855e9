/* rnl-transcript-view.h: a conversation, to be read and followed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-announcer.h"
#include "rnl-conversation.h"
#include "rnl-message-list.h"
#include "rnl-transcript-texts.h"

G_BEGIN_DECLS

#define RNL_TYPE_TRANSCRIPT_VIEW (rnl_transcript_view_get_type ())
G_DECLARE_FINAL_TYPE (RnlTranscriptView, rnl_transcript_view, RNL, TRANSCRIPT_VIEW, GtkWidget)

GtkWidget *rnl_transcript_view_new (void);

RnlConversation *rnl_transcript_view_get_conversation (RnlTranscriptView *self);
void rnl_transcript_view_set_conversation (RnlTranscriptView *self, RnlConversation *conversation);
void rnl_transcript_view_set_messages (RnlTranscriptView *self, GListModel *messages);

RnlTranscriptTexts *rnl_transcript_view_get_texts (RnlTranscriptView *self);
RnlMessageList *rnl_transcript_view_get_list (RnlTranscriptView *self);
gboolean rnl_transcript_view_check_arguments (RnlTranscriptView *self,
                                              RnlPart *call,
                                              JsonObject *arguments,
                                              GError **error);
RnlTool *rnl_transcript_view_find_tool (RnlTranscriptView *self, RnlPart *call);
void rnl_transcript_view_scroll_to_end (RnlTranscriptView *self);
RnlAnnouncer *rnl_transcript_view_get_announcer (RnlTranscriptView *self);

G_END_DECLS
