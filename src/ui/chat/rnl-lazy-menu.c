/* rnl-lazy-menu.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-lazy-menu.h"

static void
create_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * rnl_lazy_menu_set:
 * @button: a menu button
 * @menu: what it opens
 *
 * Like `gtk_menu_button_set_menu_model()`, which makes a popover with every item of it at once:
 * those of a window are a third of its widgets.
 */
void
rnl_lazy_menu_set (GtkMenuButton *button, GMenuModel *menu)
{
  gtk_menu_button_set_create_popup_func (button, create_cb, g_object_ref (menu), g_object_unref);
}
