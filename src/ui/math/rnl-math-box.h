/* rnl-math-box.h: a formula that is laid out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rnl-math-shape.h"

G_BEGIN_DECLS

typedef struct _RnlMathBox RnlMathBox;

/**
 * RnlMathBox:
 * @width: how far the next box is away, in pixels like all lengths
 * @ascent: how far it reaches above its baseline
 * @descent: how far it reaches below
 * @slant: how far its upper part reaches over its width
 * @x: where its origin, the beginning of its baseline, is in the box around it
 * @y: likewise, downwards
 * @text: (nullable): a line of text
 * @shape: what is drawn over the whole box, if anything
 * @thickness: of the lines of the shape
 * @faint: whether it is drawn more quietly
 * @middle: whether it is a delimiter that grows with the fence around it
 * @children: (nullable): boxes, owned
 */
struct _RnlMathBox
{
  double width;
  double ascent;
  double descent;
  double slant;
  double x;
  double y;
  PangoLayout *text;
  RnlMathShape shape;
  double thickness;
  gboolean faint;
  gboolean middle;
  GPtrArray *children;
};

RnlMathBox *rnl_math_box_new (double width, double ascent, double descent);
RnlMathBox *rnl_math_box_new_shape (
  RnlMathShape shape, double thickness, double width, double ascent, double descent);
void rnl_math_box_free (RnlMathBox *self);
void rnl_math_box_add (RnlMathBox *self, RnlMathBox *child, double x, double y);
void rnl_math_box_append (RnlMathBox *self, RnlMathBox *child, double y);
void rnl_math_box_draw (
  const RnlMathBox *self, GtkSnapshot *snapshot, double x, double y, const GdkRGBA *colour);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlMathBox, rnl_math_box_free)

G_END_DECLS
