/* rnl-button-flow.h: buttons in one line, or in as many as they need
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_BUTTON_FLOW_SPACING 6

GtkLayoutManager *rnl_button_flow_new (void);

G_END_DECLS
