/* rnl-conversation-context.h: how full the model's window is, and how it is made emptier
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-conversation.h"
#include "rnl-token-count.h"

G_BEGIN_DECLS

/**
 * RnlContextFacts:
 * @tokens: how many tokens the next request would have
 * @source: where that number comes from
 * @last_input: how many the last model call read, as its server says, 0 when it did not say
 * @last_output: how many it wrote
 * @left_out: how many messages the last answer was not given
 * @summarised: how many messages a summary stands for
 *
 * How full the model's window is.
 */
typedef struct
{
  gint64 tokens;
  RnlTokenSource source;
  gint64 last_input;
  gint64 last_output;
  guint left_out;
  guint summarised;
} RnlContextFacts;

void rnl_conversation_measure (RnlConversation *self, RnlMessage *draft, RnlContextFacts *facts);

guint rnl_conversation_count_old (RnlConversation *self);
void rnl_conversation_summarise_async (RnlConversation *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
RnlPart *
rnl_conversation_summarise_finish (RnlConversation *self, GAsyncResult *result, GError **error);
void rnl_conversation_drop_summary (RnlConversation *self, RnlPart *note);

G_END_DECLS
