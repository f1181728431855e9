/* rnl-late-release.h: letting go of many widgets without a stall
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rnl_late_release_child (GtkWidget *child);

G_END_DECLS
