/* rnl-math-inline.h: a formula in pieces that a line of text can be made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-tex-node.h"

G_BEGIN_DECLS

/* Faces with the signs of mathematics first; the last one is whatever the system calls so. */
#define RNL_MATH_FAMILIES                                                                          \
  "STIX Two Text, Latin Modern Roman, Libertinus Serif, TeX Gyre Termes, DejaVu Serif, serif"

/* Those look smaller than faces without serifs, and are set a little larger. */
#define RNL_MATH_SCALE 1.06

/**
 * RnlMathPiece:
 * @text: (nullable): a stretch that is text
 * @variant: how its letters are drawn
 * @node: (nullable): a part that needs to be drawn
 *
 * A piece of a formula: it has either a text or a node. Both are owned.
 */
typedef struct
{
  char *text;
  RnlTexVariant variant;
  RnlTexNode *node;
} RnlMathPiece;

GArray *rnl_math_split (RnlTexNode *formula);

G_END_DECLS
