/* rnl-card-line.h: the line of a tool card
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkLayoutManager *rnl_card_line_new (void);

G_END_DECLS
