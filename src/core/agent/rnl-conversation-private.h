/* rnl-conversation-private.h: shared by the files of the conversation
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-conversation.h"
#include "rnl-journal.h"
#include "rnl-run-scope.h"

G_BEGIN_DECLS

struct _RnlConversation
{
  GObject parent_instance;

  /* owned */
  RnlLibrary *library; /* nullable: nothing is kept */
  RnlChat *chat;
  RnlChatModel *model;
  RnlToolRegistry *tools;
  RnlPermissionPolicy *policy;
  GPtrArray *earlier; /* of RnlMessage: loaded, not in the model yet, oldest first */
  GListStore *messages;
  RnlAgentRun *run;
  RnlJournal *journal;
  RnlRunScope *scope;
  char *system;
  char *rule_title;      /* nullable: the name that was made here, until it is old */
  GCancellable *titling; /* nullable: while a model is asked for a better one */

  guint max_steps;
  guint time_limit;
  gboolean stored; /* the chat is in the library */
  gboolean loaded;
  gboolean stream;
  gboolean final_answer_tool;
  gboolean summarising;
};

/* rnl-conversation.c */
void rnl_conversation_show_earlier (RnlConversation *self, guint limit);

/* rnl-conversation-outline.c */
void rnl_conversation_fill_history (RnlConversation *self, GPtrArray *history, RnlAgentRun *run);

/* rnl-conversation-keep.c */
void rnl_conversation_update_recording (RnlConversation *self);

/* rnl-conversation-title.c */
void rnl_conversation_title_by_rule (RnlConversation *self, RnlMessage *first);

/* rnl-conversation-turn.c */
GPtrArray *rnl_conversation_dup_history (RnlConversation *self, RnlMessage *before);
RnlAgent *rnl_conversation_make_agent (RnlConversation *self);
RnlAgentRun *rnl_conversation_ask (RnlConversation *self,
                                   RnlMessage *question,
                                   RnlMessage *replaced,
                                   RnlRun *run);
RnlAgentRun *rnl_conversation_answer (RnlConversation *self, RnlMessage *replaced, RnlRun *run);

/* rnl-conversation-versions.c */
RnlMessage *rnl_conversation_dup_message (RnlConversation *self, guint position);
void rnl_conversation_replace (RnlConversation *self, RnlMessage *replaced, RnlMessage *message);

G_END_DECLS
