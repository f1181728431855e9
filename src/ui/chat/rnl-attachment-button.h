/* rnl-attachment-button.h: a file of a message, to look at and to open
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_ATTACHMENT_BUTTON (rnl_attachment_button_get_type ())
G_DECLARE_FINAL_TYPE (RnlAttachmentButton, rnl_attachment_button, RNL, ATTACHMENT_BUTTON, GtkWidget)

GtkWidget *rnl_attachment_button_new (RnlPart *part, int width, int height);

G_END_DECLS
