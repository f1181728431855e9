/* rnl-context-trim.h: how much of a conversation a model is sent
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-chat-request.h"

G_BEGIN_DECLS

/**
 * RNL_CONTEXT_EVENT_TRIMMED:
 *
 * A custom event of a turn: `{left_out, tokens, limit?}`: this many of the oldest messages are not
 * sent from here on; the request had this many tokens, and there is room for @limit, where that is
 * known.
 */
#define RNL_CONTEXT_EVENT_TRIMMED "context_trimmed"

/**
 * RnlContextTrim:
 * @start: position of the oldest message that is sent as it is
 * @left_out: how many messages before it are sent in no way
 * @summary: (nullable) (transfer none): the note whose text stands for what is older than those
 *
 * How much of a history is sent. Nothing is ever taken out of the history itself.
 */
typedef struct
{
  guint start;
  guint left_out;
  RnlPart *summary;
} RnlContextTrim;

void rnl_context_trim_init (RnlContextTrim *self, GPtrArray *history);
gboolean rnl_context_trim_recall (RnlContextTrim *self,
                                  GPtrArray *history,
                                  RnlMessage *answer,
                                  const char *model);
RnlPart *rnl_context_find_note (RnlMessage *message, const char *key);
gboolean
rnl_context_trim_drop (RnlContextTrim *self, GPtrArray *history, gint64 tokens, guint image_tokens);
void
rnl_context_trim_fill (const RnlContextTrim *self, GPtrArray *history, RnlChatRequest *request);
RnlPart *rnl_context_trim_new_note (const RnlContextTrim *self, GPtrArray *history, guint step);
void rnl_context_trim_tell (const RnlContextTrim *self, GPtrArray *history, RnlPart *note);

guint rnl_context_count_left_out (RnlPart *note);
guint rnl_context_count_summarised (RnlPart *note);

G_END_DECLS
