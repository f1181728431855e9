/* rnl-code-tags.h: how code is coloured
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-code-lexer.h"

G_BEGIN_DECLS

GtkTextTagTable *rnl_code_tags_get_table (void);
GtkTextTag *rnl_code_tags_get (RnlCodeStyle style);

G_END_DECLS
