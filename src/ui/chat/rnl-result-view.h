/* rnl-result-view.h: what a tool gave back
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *rnl_result_view_new_structured (const char *text);
char *rnl_result_view_dup_lines (const char *text);
void rnl_result_view_set_part (GtkWidget *view, GObject *part, guint field);

G_END_DECLS
