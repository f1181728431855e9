/* rnl-math-paintable.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-paintable.h"

#include <math.h>

#include "rnl-math-layout.h"

/**
 * RnlMathPaintable:
 *
 * A formula in the font size and the colour of a widget, for a line of its text or by itself.
 *
 * In a line it stands on the baseline like any picture: its height is what is above the baseline,
 * and what is below is drawn below its area. Displayed it has all of its height. It is laid out
 * when it is asked for its size, and again when the font of the widget has changed.
 */
struct _RnlMathPaintable
{
  GObject parent_instance;

  /* owned */
  RnlTexNode *formula;
  RnlMathBox *box; /* `NULL` until it is needed */

  GtkWidget *widget; /* weak */
  double scale;
  gboolean display;

  /* what the box was made for */
  double em;
  guint serial;
};

static void rnl_math_paintable_init_interface (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlMathPaintable,
                               rnl_math_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      rnl_math_paintable_init_interface))

static const RnlMathBox *
ensure_box (RnlMathPaintable *self)
{
  PangoContext *context;
  double em;

  if (self->widget == NULL)
    return self->box;
  context = gtk_widget_get_pango_context (self->widget);
  em = rnl_math_font_size (context) * self->scale;
  if (self->box != NULL && fabs (em - self->em) < 0.01
      && self->serial == pango_context_get_serial (context))
    return self->box;

  rnl_math_box_free (self->box);
  self->box = rnl_math_layout (self->formula, context, em, self->display);
  self->em = em;
  self->serial = pango_context_get_serial (context);

  return self->box;
}

static int
get_width (GdkPaintable *paintable)
{
  int width = 0;

  rnl_math_paintable_measure (RNL_MATH_PAINTABLE (paintable), &width, NULL, NULL);

  return width;
}

static int
get_height (GdkPaintable *paintable)
{
  RnlMathPaintable *self = RNL_MATH_PAINTABLE (paintable);
  int ascent, descent;

  rnl_math_paintable_measure (self, NULL, &ascent, &descent);

  return self->display ? ascent + descent : ascent;
}

static void
snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  RnlMathPaintable *self = RNL_MATH_PAINTABLE (paintable);
  const RnlMathBox *box = ensure_box (self);
  GdkRGBA colour;
  int ascent;

  if (box == NULL || self->widget == NULL)
    return;
  rnl_math_paintable_measure (self, NULL, &ascent, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (self->widget), &colour);
  rnl_math_box_draw (box, snapshot, 0, ascent, &colour);
}

static void
rnl_math_paintable_init_interface (GdkPaintableInterface *iface)
{
  iface->get_intrinsic_width = get_width;
  iface->get_intrinsic_height = get_height;
  iface->snapshot = snapshot;
}

static void
rnl_math_paintable_finalize (GObject *object)
{
  RnlMathPaintable *self = RNL_MATH_PAINTABLE (object);

  g_clear_weak_pointer (&self->widget);
  rnl_math_box_free (self->box);
  rnl_tex_node_free (self->formula);

  G_OBJECT_CLASS (rnl_math_paintable_parent_class)->finalize (object);
}

static void
rnl_math_paintable_class_init (RnlMathPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_math_paintable_finalize;
}

static void
rnl_math_paintable_init (RnlMathPaintable *self)
{
}

/**
 * rnl_math_paintable_new:
 * @formula: (transfer full): a formula
 * @widget: where it is drawn
 * @scale: its size, as a part of the size of the widget's text
 * @display: whether it stands alone, and not in a line of text
 *
 * Returns: (transfer full): a paintable
 */
RnlMathPaintable *
rnl_math_paintable_new (RnlTexNode *formula, GtkWidget *widget, double scale, gboolean display)
{
  RnlMathPaintable *self = g_object_new (RNL_TYPE_MATH_PAINTABLE, NULL);

  self->formula = formula;
  self->scale = scale;
  self->display = display;
  g_set_weak_pointer (&self->widget, widget);

  return self;
}

/**
 * rnl_math_paintable_measure:
 * @self: a paintable
 * @width: (out) (optional): its width in pixels
 * @ascent: (out) (optional): how far it reaches above its baseline
 * @descent: (out) (optional): how far it reaches below
 */
void
rnl_math_paintable_measure (RnlMathPaintable *self, int *width, int *ascent, int *descent)
{
  const RnlMathBox *box;

  g_return_if_fail (RNL_IS_MATH_PAINTABLE (self));

  box = ensure_box (self);
  if (width != NULL)
    *width = box != NULL ? MAX (1, (int) ceil (box->width + box->slant)) : 1;
  if (ascent != NULL)
    *ascent = box != NULL ? MAX (1, (int) ceil (box->ascent)) : 1;
  if (descent != NULL)
    *descent = box != NULL ? MAX (0, (int) ceil (box->descent)) : 0;
}

/**
 * rnl_math_paintable_get_em:
 * @self: a paintable
 *
 * Returns: the size of its letters in pixels
 */
double
rnl_math_paintable_get_em (RnlMathPaintable *self)
{
  g_return_val_if_fail (RNL_IS_MATH_PAINTABLE (self), 1);

  ensure_box (self);

  return MAX (self->em, 1);
}
