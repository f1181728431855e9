/* rnl-selection-host.h: who selects over the texts inside of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-selectable.h"

G_BEGIN_DECLS

#define RNL_TYPE_SELECTION_HOST (rnl_selection_host_get_type ())
G_DECLARE_INTERFACE (RnlSelectionHost, rnl_selection_host, RNL, SELECTION_HOST, GtkWidget)

/**
 * RnlSelectionHostInterface:
 * @text_made: a text came into the host: what is selected and found in it has to be shown
 */
struct _RnlSelectionHostInterface
{
  GTypeInterface parent_iface;

  void (*text_made) (RnlSelectionHost *self, RnlSelectable *text);
};

void rnl_selection_host_tell_made (RnlSelectable *text);

G_END_DECLS
