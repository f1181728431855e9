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
 * @place: in the part's text
 *
 * A place in a conversation, whether anything shows it or not. Parts are those with a text of
 * their own: of a question its first text, which stands for all it says; of an answer every text
 * and all reasoning.
 */
typedef struct
{
  guint message;
  guint part;
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

int rnl_chat_point_compare (const RnlChatPoint *a, const RnlChatPoint *b);
gboolean rnl_chat_range_is_empty (const RnlChatRange *range);
gboolean
rnl_chat_range_clip (const RnlChatRange *range, guint message, guint part, RnlBlockRange *clipped);

gboolean rnl_chat_range_clip_message (const RnlChatRange *range,
                                      RnlMessage *message,
                                      guint position,
                                      guint part,
                                      RnlBlockRange *clipped);

gboolean rnl_chat_part_has_text (RnlMessage *message, guint part);
char *rnl_chat_part_dup_source (RnlMessage *message, guint part);

G_END_DECLS
