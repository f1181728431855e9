/* rnl-chat-print.h: a chat on paper
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

GtkPrintOperation *rnl_chat_print_new (const char *title, GPtrArray *messages);

G_END_DECLS
