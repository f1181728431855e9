/* rnl-attachment-open.h: a file of a message, in the program for such files
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-part.h"

G_BEGIN_DECLS

void rnl_attachment_open (GtkWidget *widget, RnlPart *part);

G_END_DECLS
