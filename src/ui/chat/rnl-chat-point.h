/* rnl-chat-point.h: places in the text of a conversation
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-block-range.h"
#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlChatPoint:
 * @message: position in the conversation
 * @part: position in the message
 * @text: which of the part's texts, see [struct@ChatText]
 * @place: in that
 *
 * A place in a conversation, whether anything shows it or not. Parts have one text: of a question
 * the first one, which stands for all it says; of an answer every text and all reasoning. Only
 * tool calls have several.
 */
typedef struct
{
  guint message;
  guint part;
  guint text;
  RnlBlockPoint place;
} RnlChatPoint;

/**
 * RnlChatRange:
 * @from: the first place
 * @to: the last place, not before @from
 */
typedef struct
{
  RnlChatPoint from;
  RnlChatPoint to;
} RnlChatRange;

/* Behind everything in a message. */
#define RNL_CHAT_MESSAGE_END(message)                                                              \
  ((RnlChatPoint){ (message), G_MAXUINT, G_MAXUINT, { RNL_BLOCK_END, RNL_BLOCK_END } })

int rnl_chat_point_compare (const RnlChatPoint *a, const RnlChatPoint *b);
gboolean rnl_chat_range_is_empty (const RnlChatRange *range);
gboolean rnl_chat_range_clip (const RnlChatRange *range,
                              RnlMessage *message,
                              const RnlChatPoint *start,
                              RnlBlockRange *clipped);

gboolean rnl_chat_part_has_text (RnlMessage *message, guint part);

G_END_DECLS
