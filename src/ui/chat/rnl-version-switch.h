/* rnl-version-switch.h: which of several versions of a message is shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-message.h"

G_BEGIN_DECLS

#define RNL_TYPE_VERSION_SWITCH (rnl_version_switch_get_type ())
G_DECLARE_FINAL_TYPE (RnlVersionSwitch, rnl_version_switch, RNL, VERSION_SWITCH, GtkWidget)

GtkWidget *rnl_version_switch_new (RnlMessage *message);
void rnl_version_switch_focus (RnlVersionSwitch *self, gboolean next);
const char *rnl_version_switch_get_text (RnlVersionSwitch *self);

G_END_DECLS
