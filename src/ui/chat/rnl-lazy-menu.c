/* rnl-lazy-menu.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-lazy-menu.h"

/* After an item of a submenu GTK 4.8 leaves the focus in the popover, where no key arrives. */
static gboolean
return_focus (gpointer user_data)
{
  GtkWidget *button = user_data;
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, button))
    gtk_widget_grab_focus (button);

  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkMenuButton *button)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, return_focus, g_object_ref (button), g_object_unref);
}

static void
create_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;

  gtk_menu_button_set_menu_model (button, menu);
  g_signal_connect_object (gtk_menu_button_get_popover (button), "closed", G_CALLBACK (closed_cb),
                           button, G_CONNECT_SWAPPED);
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
