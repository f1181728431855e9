/* rnl-math-layout.h: lays a formula out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rnl-math-box.h"
#include "rnl-tex-node.h"

G_BEGIN_DECLS

RnlMathBox *
rnl_math_layout (const RnlTexNode *formula, PangoContext *context, double em, gboolean display);
double rnl_math_font_size (PangoContext *context);

G_END_DECLS
