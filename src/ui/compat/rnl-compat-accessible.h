/* rnl-compat-accessible.h: what assistive technology is told, where versions of GTK differ
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkAccessibleRole rnl_compat_article_role (void);

void rnl_compat_announce (GtkWidget *status, const char *text, gboolean urgent);

void rnl_compat_name_buttons (GtkWidget *widget);
void rnl_compat_name_menu_button (GtkMenuButton *button, const char *name);
void rnl_compat_set_name (GtkWidget *widget, const char *name);
GtkWidget *rnl_compat_find_inside (GtkWidget *widget, GType type);
void rnl_compat_name_inside (GtkWidget *widget, GType type, const char *name);
void rnl_compat_name_combo_rows (GtkWidget *widget);
void rnl_compat_name_row (GtkWidget *child, const char *name);
void rnl_compat_activate_row (GtkWidget *child);
void rnl_compat_present_shown (GtkWidget *widget);

G_END_DECLS
