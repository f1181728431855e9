/* rnl-chat-text.h: the texts of a message that can be found and selected
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

/**
 * RnlChatField:
 * @RNL_CHAT_FIELD_TEXT: what a person or a model said
 * @RNL_CHAT_FIELD_ARGUMENTS: what a tool was given
 * @RNL_CHAT_FIELD_OUTPUT: what a tool printed
 * @RNL_CHAT_FIELD_RESULT: what it gave back
 *
 * Which of the texts of a part.
 */
typedef enum
{
  RNL_CHAT_FIELD_TEXT,
  RNL_CHAT_FIELD_ARGUMENTS,
  RNL_CHAT_FIELD_OUTPUT,
  RNL_CHAT_FIELD_RESULT,
} RnlChatField;

/**
 * RnlChatText:
 * @part: whose text it is
 * @field: which one
 * @number: 0 for the text of a part of the message itself; those in a card count from 1, in their
 *   order
 * @markdown: whether it is Markdown; otherwise each line is a block
 *
 * A text, whether anything shows it or not.
 */
typedef struct
{
  RnlPart *part; /* borrowed from the message */
  RnlChatField field;
  guint number;
  gboolean markdown;
} RnlChatText;

GArray *rnl_chat_texts_list (RnlMessage *message, guint part);
gboolean rnl_chat_texts_get (RnlMessage *message, guint part, guint number, RnlChatText *text);
gboolean rnl_chat_texts_find (
  RnlMessage *message, RnlPart *inside, RnlChatField field, guint *part, guint *number);
char *rnl_chat_text_dup_source (const RnlChatText *text, RnlMessage *message);

const char *rnl_chat_part_get_arguments (RnlPart *call);
gboolean rnl_chat_part_has_output (RnlPart *call);
gboolean rnl_chat_part_has_result (RnlPart *call);

G_END_DECLS
