/* rnl-result-view.h: what a tool gave back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *rnl_result_view_new_structured (const char *text);

G_END_DECLS
