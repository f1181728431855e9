/* conversation-harness.h: a conversation with a model that plays what a test says, kept in memory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-harness.h"
#include "rnl-conversation.h"

G_BEGIN_DECLS

typedef struct
{
  RnlLibrary *library;
  RnlToolRegistry *tools;
  TestModel *model;
  RnlChat *chat;
  RnlConversation *conversation;
} Talk;

void talk_init (Talk *self, const Play *const *script, guint n_turns);
void talk_clear (Talk *self);
void talk_flush (Talk *self);
void talk_send (Talk *self, const char *text);

/* For waiting. */
gboolean talk_is_idle (gpointer conversation);

RnlConversation *talk_reload (Talk *self, guint limit);
RnlMessage *talk_get_message (RnlConversation *conversation, guint position);
guint talk_count_messages (RnlConversation *conversation);
void talk_assert_text (RnlMessage *message, const char *expected);
void talk_assert_path (RnlConversation *conversation, const char *expected);

G_END_DECLS
