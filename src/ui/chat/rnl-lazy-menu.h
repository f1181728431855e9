/* rnl-lazy-menu.h: menus that are made when they are opened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_lazy_menu_set (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
