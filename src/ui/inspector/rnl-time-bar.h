/* rnl-time-bar.h: when something happened within something longer
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RNL_TYPE_TIME_BAR (rnl_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (RnlTimeBar, rnl_time_bar, RNL, TIME_BAR, GtkWidget)

GtkWidget *rnl_time_bar_new (void);
void rnl_time_bar_set (RnlTimeBar *self, double begin, double output, double end);

G_END_DECLS
