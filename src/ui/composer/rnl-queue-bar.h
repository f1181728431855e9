/* rnl-queue-bar.h: what waits to be said
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-library.h"

G_BEGIN_DECLS

#define RNL_TYPE_QUEUE_BAR (rnl_queue_bar_get_type ())
G_DECLARE_FINAL_TYPE (RnlQueueBar, rnl_queue_bar, RNL, QUEUE_BAR, GtkWidget)

void rnl_queue_bar_set_chat (RnlQueueBar *self, RnlLibrary *library, RnlChat *chat);
void rnl_queue_bar_add (RnlQueueBar *self, const char *text);

G_END_DECLS
