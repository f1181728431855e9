/* rnl-print-pages.h: stretches of text on pages
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "rnl-print-item.h"

G_BEGIN_DECLS

typedef struct _RnlPrintPages RnlPrintPages;

RnlPrintPages *rnl_print_pages_new (GPtrArray *items, const char *title);
void rnl_print_pages_free (RnlPrintPages *self);

void
rnl_print_pages_begin (RnlPrintPages *self, PangoContext *context, double width, double height);
gboolean rnl_print_pages_lay_out (RnlPrintPages *self, guint n_items);
guint rnl_print_pages_get_n_pages (RnlPrintPages *self);
void rnl_print_pages_draw (RnlPrintPages *self, guint page, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlPrintPages, rnl_print_pages_free)

G_END_DECLS
