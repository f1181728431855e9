/* rnl-math-layout-private.h: shared by the parts of the layout of formulas
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules are those of TeX, simplified; its numbers are in em. */
#pragma once

#include "rnl-math-layout.h"

G_BEGIN_DECLS

typedef struct
{
  PangoContext *context; /* owned */
  GHashTable *texts;     /* boxes by what they show */
  double em;             /* in pixels, in text size */
  double axis;           /* where fractions have their line, in em above the baseline */
  double x_height;       /* in em */
} RnlMathFonts;

/* How something is set; passed by value on the way down. */
typedef struct
{
  RnlMathFonts *fonts; /* borrowed */
  RnlTexSize size;
} RnlMathStyle;

double rnl_math_em (RnlMathStyle style);
double rnl_math_axis (RnlMathStyle style);
double rnl_math_rule (RnlMathStyle style);
RnlMathStyle rnl_math_smaller (RnlMathStyle style);
RnlMathStyle rnl_math_in_size (RnlMathStyle style, RnlTexSize size);

RnlMathBox *rnl_math_set (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_after (RnlMathStyle style, const RnlTexNode *node, gboolean after_text);
RnlMathBox *
rnl_math_set_text (RnlMathStyle style, const char *text, RnlTexVariant variant, double scale);
RnlMathBox *rnl_math_set_delimiter (RnlMathStyle style, const char *text, double height);
RnlMathBox *rnl_math_set_fence (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_fraction (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_root (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_accent (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_frame (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_scripts (RnlMathStyle style, const RnlTexNode *node);
RnlMathBox *rnl_math_set_array (RnlMathStyle style, const RnlTexNode *node);

G_END_DECLS
