/* rnl-selection-host.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-selection-host.h"

/**
 * RnlSelectionHost:
 *
 * A widget that selects over the [iface@Runnel.Selectable]s inside of it. They come and go; each
 * tells its host when it comes.
 */
G_DEFINE_INTERFACE (RnlSelectionHost, rnl_selection_host, GTK_TYPE_WIDGET)

static void
rnl_selection_host_default_init (RnlSelectionHostInterface *iface)
{
}

/**
 * rnl_selection_host_tell_made:
 * @text: a text that came into a window
 *
 * Tells its host, if it has one.
 */
void
rnl_selection_host_tell_made (RnlSelectable *text)
{
  GtkWidget *host = gtk_widget_get_ancestor (GTK_WIDGET (text), RNL_TYPE_SELECTION_HOST);

  if (host != NULL)
    RNL_SELECTION_HOST_GET_IFACE (host)->text_made (RNL_SELECTION_HOST (host), text);
}
