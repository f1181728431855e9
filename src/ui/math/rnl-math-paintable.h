/* rnl-math-paintable.h: a formula that can be drawn anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-tex-node.h"

G_BEGIN_DECLS

#define RNL_TYPE_MATH_PAINTABLE (rnl_math_paintable_get_type ())
G_DECLARE_FINAL_TYPE (RnlMathPaintable, rnl_math_paintable, RNL, MATH_PAINTABLE, GObject)

RnlMathPaintable *
rnl_math_paintable_new (RnlTexNode *formula, GtkWidget *widget, double scale, gboolean display);
void rnl_math_paintable_measure (RnlMathPaintable *self, int *width, int *ascent, int *descent);
double rnl_math_paintable_get_em (RnlMathPaintable *self);

G_END_DECLS
