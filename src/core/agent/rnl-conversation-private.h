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

  guint max_steps;
  guint time_limit;
  gboolean stored; /* the chat is in the library */
  gboolean loaded;
  gboolean stream;
  gboolean final_answer_tool;
};

G_END_DECLS
