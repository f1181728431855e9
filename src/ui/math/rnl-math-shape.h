/* rnl-math-shape.h: the parts of formulas that are drawn and not written
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RnlMathShape:
 *
 * What fills a box: delimiters as high as it, accents as wide as it, a rule, a frame.
 */
typedef enum
{
  RNL_MATH_NO_SHAPE,
  RNL_MATH_RULE,
  RNL_MATH_FRAME,
  RNL_MATH_RADICAL,
  /* delimiters */
  RNL_MATH_LEFT_PAREN,
  RNL_MATH_RIGHT_PAREN,
  RNL_MATH_LEFT_BRACKET,
  RNL_MATH_RIGHT_BRACKET,
  RNL_MATH_LEFT_BRACE,
  RNL_MATH_RIGHT_BRACE,
  RNL_MATH_LEFT_ANGLE,
  RNL_MATH_RIGHT_ANGLE,
  RNL_MATH_LEFT_FLOOR,
  RNL_MATH_RIGHT_FLOOR,
  RNL_MATH_LEFT_CEIL,
  RNL_MATH_RIGHT_CEIL,
  RNL_MATH_BAR,
  RNL_MATH_DOUBLE_BAR,
  RNL_MATH_SLASH,
  /* accents */
  RNL_MATH_HAT,
  RNL_MATH_CHECK,
  RNL_MATH_TILDE,
  RNL_MATH_BREVE,
  RNL_MATH_ACUTE,
  RNL_MATH_GRAVE,
  RNL_MATH_RING,
  RNL_MATH_DOT,
  RNL_MATH_TWO_DOTS,
  RNL_MATH_THREE_DOTS,
  RNL_MATH_RIGHT_ARROW,
  RNL_MATH_LEFT_ARROW,
  RNL_MATH_BOTH_ARROW,
  RNL_MATH_BRACE_ABOVE,
  RNL_MATH_BRACE_BELOW,
} RnlMathShape;

void rnl_math_shape_draw (RnlMathShape shape,
                          GtkSnapshot *snapshot,
                          const graphene_rect_t *area,
                          double thickness,
                          const GdkRGBA *colour);

G_END_DECLS
