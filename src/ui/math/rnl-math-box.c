/* rnl-math-box.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-box.h"

#include <math.h>

/**
 * rnl_math_box_new:
 * @width: its width
 * @ascent: above the baseline
 * @descent: below the baseline
 *
 * Returns: (transfer full): an empty box
 */
RnlMathBox *
rnl_math_box_new (double width, double ascent, double descent)
{
  RnlMathBox *self = g_new0 (RnlMathBox, 1);

  self->width = width;
  self->ascent = ascent;
  self->descent = descent;

  return self;
}

/**
 * rnl_math_box_new_shape:
 * @shape: what is drawn
 * @thickness: of its lines
 * @width: its width
 * @ascent: above the baseline
 * @descent: below the baseline
 *
 * Returns: (transfer full): a box with a drawing
 */
RnlMathBox *
rnl_math_box_new_shape (
  RnlMathShape shape, double thickness, double width, double ascent, double descent)
{
  RnlMathBox *self = rnl_math_box_new (width, ascent, descent);

  self->shape = shape;
  self->thickness = thickness;

  return self;
}

/**
 * rnl_math_box_free:
 * @self: (nullable): a box
 */
void
rnl_math_box_free (RnlMathBox *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->text);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/**
 * rnl_math_box_add:
 * @self: a box
 * @child: (transfer full): a box inside
 * @x: where, from the left
 * @y: where, downwards from the baseline
 *
 * Puts @child into @self, which becomes as high as it needs; its width stays.
 */
void
rnl_math_box_add (RnlMathBox *self, RnlMathBox *child, double x, double y)
{
  child->x = x;
  child->y = y;
  self->ascent = MAX (self->ascent, child->ascent - y);
  self->descent = MAX (self->descent, child->descent + y);
  if (self->children == NULL)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_math_box_free);
  g_ptr_array_add (self->children, child);
}

/**
 * rnl_math_box_append:
 * @self: a box
 * @child: (transfer full): a box
 * @y: where, downwards from the baseline
 *
 * Puts @child behind what is in @self already.
 */
void
rnl_math_box_append (RnlMathBox *self, RnlMathBox *child, double y)
{
  double width = child->width;

  self->slant = child->slant;
  rnl_math_box_add (self, child, self->width, y);
  self->width += width;
}

/**
 * rnl_math_box_draw:
 * @self: a box
 * @snapshot: where to
 * @x: where its baseline begins
 * @y: where its baseline is
 * @colour: of all that is in it
 */
void
rnl_math_box_draw (
  const RnlMathBox *self, GtkSnapshot *snapshot, double x, double y, const GdkRGBA *colour)
{
  GdkRGBA faint = *colour;

  if (self->faint)
    faint.alpha *= 0.6f;
  if (self->text != NULL)
    {
      double baseline = pango_layout_get_baseline (self->text) / (double) PANGO_SCALE;

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT ((float) x, (float) (round (y) - baseline)));
      gtk_snapshot_append_layout (snapshot, self->text, &faint);
      gtk_snapshot_restore (snapshot);
    }
  if (self->shape != RNL_MATH_NO_SHAPE)
    rnl_math_shape_draw (self->shape, snapshot,
                         &GRAPHENE_RECT_INIT ((float) x, (float) (y - self->ascent),
                                              (float) self->width,
                                              (float) (self->ascent + self->descent)),
                         self->thickness, &faint);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    {
      const RnlMathBox *child = g_ptr_array_index (self->children, i);

      rnl_math_box_draw (child, snapshot, x + child->x, y + child->y, &faint);
    }
}
