/* rnl-attachment-chip.h: a file in a line: picture, name, size
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

#define RNL_TYPE_ATTACHMENT_CHIP (rnl_attachment_chip_get_type ())
G_DECLARE_FINAL_TYPE (RnlAttachmentChip, rnl_attachment_chip, RNL, ATTACHMENT_CHIP, GtkWidget)

GtkWidget *rnl_attachment_chip_new (const char *name);
void rnl_attachment_chip_set_part (RnlAttachmentChip *self, RnlPart *part);
void rnl_attachment_chip_set_problem (RnlAttachmentChip *self, const char *problem);
GtkWidget *rnl_attachment_chip_add_remove_button (RnlAttachmentChip *self);

G_END_DECLS
