/* rnl-chat-page-private.h: shared by the files of the chat page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-page.h"
#include "rnl-composer.h"
#include "rnl-queue-bar.h"
#include "rnl-context-meter.h"
#include "rnl-drop-area.h"
#include "rnl-edit-bar.h"
#include "rnl-find-bar.h"
#include "rnl-start-page.h"
#include "rnl-transcript-view.h"

G_BEGIN_DECLS

struct _RnlChatPage
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *box;
  GtkStack *stack;
  RnlStartPage *start_page;
  RnlTranscriptView *transcript;
  RnlQueueBar *queue_bar;
  RnlEditBar *edit_bar;
  RnlFindBar *find_bar;
  RnlComposer *composer;
  RnlDropArea *drop_area;
  RnlContextMeter *meter;

  /* owned */
  RnlConversation *conversation;
  RnlLibrary *library;
  GCancellable *loading;
  GHashTable *drafted_files; /* chat id -> GListStore, as long as the page lives */
  char *wanted_message;      /* to show once there are messages */
  char *wanted_words;        /* to find then */

  /* sources */
  guint draft_id;
  guint place_id;

  gboolean returning; /* to where the person was reading, which is not there yet */
};

void rnl_chat_page_fail (RnlChatPage *self, const char *message);

/* rnl-chat-page-drafts.c */
void rnl_chat_page_bind_drafts (GtkWidgetClass *widget_class);
void rnl_chat_page_keep_files (RnlChatPage *self);
void rnl_chat_page_restore_files (RnlChatPage *self);

/* rnl-chat-page-commands.c */
void rnl_chat_page_install_commands (GtkWidgetClass *widget_class);
void rnl_chat_page_update_commands (RnlChatPage *self);

/* rnl-chat-page-versions.c */
void rnl_chat_page_bind_versions (GtkWidgetClass *widget_class);
void rnl_chat_page_send_edited (RnlChatPage *self, RnlMessage *edited);
void rnl_chat_page_show_wanted (RnlChatPage *self);

/* rnl-chat-page-place.c */
void rnl_chat_page_watch_place (RnlChatPage *self);
void rnl_chat_page_begin_return (RnlChatPage *self);
void rnl_chat_page_cancel_return (RnlChatPage *self);
void rnl_chat_page_end_return (RnlChatPage *self);

G_END_DECLS
