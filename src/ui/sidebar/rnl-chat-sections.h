/* rnl-chat-sections.h: under which heading a chat stands
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rnl_chat_section (gint64 updated, GDateTime *now);

G_END_DECLS
