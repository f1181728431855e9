/* rnl-message-outline.h: a message of a long chat whose content stays in the store until it is
 * needed SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rnl-message.h"

G_BEGIN_DECLS

RnlMessage *rnl_message_new_outline (RnlRole role, const char *id, gsize length);
gboolean rnl_message_is_outline (RnlMessage *self);
gsize rnl_message_get_outline_length (RnlMessage *self);

void rnl_message_fill (RnlMessage *self, RnlMessage *whole);
void rnl_message_empty (RnlMessage *self);

G_END_DECLS
