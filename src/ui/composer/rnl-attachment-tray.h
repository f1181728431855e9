/* rnl-attachment-tray.h: the files of the next message, in a row
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_ATTACHMENT_TRAY (rnl_attachment_tray_get_type ())
G_DECLARE_FINAL_TYPE (RnlAttachmentTray, rnl_attachment_tray, RNL, ATTACHMENT_TRAY, GtkWidget)

void rnl_attachment_tray_set_files (RnlAttachmentTray *self, GListStore *files);

G_END_DECLS
