/* rnl-edit-bar.h: says that a message is being edited, not a new one written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_EDIT_BAR (rnl_edit_bar_get_type ())
G_DECLARE_FINAL_TYPE (RnlEditBar, rnl_edit_bar, RNL, EDIT_BAR, GtkWidget)

RnlMessage *rnl_edit_bar_get_message (RnlEditBar *self);
void rnl_edit_bar_set_message (RnlEditBar *self, RnlMessage *message);

G_END_DECLS
