/* rnl-text-fonts.h: fonts of a text, loaded one at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean rnl_text_fonts_load (GtkWidget *widget, const char *text, gsize length);

G_END_DECLS
