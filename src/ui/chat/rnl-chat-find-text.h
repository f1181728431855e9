/* rnl-chat-find-text.h: looks for words in one message, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-chat-point.h"
#include "rnl-text-match.h"

G_BEGIN_DECLS

/**
 * RnlFound:
 * @part: position in the message
 * @text: which of the part's texts
 * @range: in that
 *
 * A place where something was found.
 */
typedef struct
{
  guint part;
  guint text;
  RnlBlockRange range;
} RnlFound;

typedef struct _RnlFindText RnlFindText;

RnlFindText *rnl_find_text_new (RnlMessage *message, const RnlTextMatch *match);
gboolean rnl_find_text_run (RnlFindText *self);
RnlMessage *rnl_find_text_get_message (RnlFindText *self);
GArray *rnl_find_text_take_found (RnlFindText *self);
void rnl_find_text_free (RnlFindText *self);

G_END_DECLS
