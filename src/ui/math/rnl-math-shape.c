/* rnl-math-shape.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-shape.h"

#include <math.h>

/* A drawing is as large as its box. In each of these the left upper corner is the origin, and the
 * lines are as thick as is set; they are stroked when the function returns, what is filled has been
 * filled by then. */
typedef void (*Draw) (cairo_t *cr, double w, double h, double t);

/* The thickness of a bow is greatest in its middle. */
static void
draw_paren (cairo_t *cr, double w, double h, double t)
{
  double in = t * 1.7, m = w * 0.3;

  cairo_move_to (cr, w, 0);
  cairo_curve_to (cr, m, h * 0.17, 0, h * 0.33, 0, h * 0.5);
  cairo_curve_to (cr, 0, h * 0.67, m, h * 0.83, w, h);
  cairo_curve_to (cr, m + in, h * 0.82, in, h * 0.67, in, h * 0.5);
  cairo_curve_to (cr, in, h * 0.33, m + in, h * 0.18, w, 0);
  cairo_fill (cr);
}

static void
draw_bracket (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w, t / 2);
  cairo_line_to (cr, t / 2, t / 2);
  cairo_line_to (cr, t / 2, h - t / 2);
  cairo_line_to (cr, w, h - t / 2);
}

static void
draw_floor (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, t / 2, 0);
  cairo_line_to (cr, t / 2, h - t / 2);
  cairo_line_to (cr, w, h - t / 2);
}

static void
draw_ceil (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w, t / 2);
  cairo_line_to (cr, t / 2, t / 2);
  cairo_line_to (cr, t / 2, h);
}

static void
draw_brace (cairo_t *cr, double w, double h, double t)
{
  double x = w * 0.52, r = MIN (w * 0.9, h / 4);

  cairo_move_to (cr, w - t / 2, t / 2);
  cairo_curve_to (cr, x, t / 2, x, r * 0.6, x, r);
  cairo_line_to (cr, x, h / 2 - r);
  cairo_curve_to (cr, x, h / 2 - r * 0.4, x, h / 2, t / 2, h / 2);
  cairo_curve_to (cr, x, h / 2, x, h / 2 + r * 0.4, x, h / 2 + r);
  cairo_line_to (cr, x, h - r);
  cairo_curve_to (cr, x, h - r * 0.6, x, h - t / 2, w - t / 2, h - t / 2);
}

static void
draw_angle (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w - t / 2, 0);
  cairo_line_to (cr, t, h / 2);
  cairo_line_to (cr, w - t / 2, h);
}

static void
draw_bar (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w / 2, 0);
  cairo_line_to (cr, w / 2, h);
}

static void
draw_double_bar (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w * 0.3, 0);
  cairo_line_to (cr, w * 0.3, h);
  cairo_move_to (cr, w * 0.7, 0);
  cairo_line_to (cr, w * 0.7, h);
}

static void
draw_slash (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w - t / 2, 0);
  cairo_line_to (cr, t / 2, h);
}

/* The box is that of the hook alone: the rule above what is inside is another one. */
static void
draw_radical (cairo_t *cr, double w, double h, double t)
{
  double knee = MIN (h * 0.45, w * 0.95);

  cairo_move_to (cr, 0, h - knee + t);
  cairo_line_to (cr, w * 0.2, h - knee);
  cairo_line_to (cr, w * 0.5, h - t);
  cairo_line_to (cr, w, t / 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  cairo_stroke (cr);
  cairo_set_line_width (cr, t * 1.7);
  cairo_move_to (cr, w * 0.2, h - knee);
  cairo_line_to (cr, w * 0.48, h - t * 1.4);
}

static void
draw_frame (cairo_t *cr, double w, double h, double t)
{
  cairo_rectangle (cr, t / 2, t / 2, w - t, h - t);
}

static void
draw_hat (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, t / 2, h - t / 2);
  cairo_line_to (cr, w / 2, t);
  cairo_line_to (cr, w - t / 2, h - t / 2);
}

static void
draw_check (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, t / 2, t / 2);
  cairo_line_to (cr, w / 2, h - t);
  cairo_line_to (cr, w - t / 2, t / 2);
}

static void
draw_tilde (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, t / 2, h * 0.75);
  cairo_curve_to (cr, w * 0.25, -h * 0.35, w * 0.62, h * 1.35, w - t / 2, h * 0.25);
}

static void
draw_breve (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, t / 2, t / 2);
  cairo_curve_to (cr, w * 0.15, h * 1.15, w * 0.85, h * 1.15, w - t / 2, t / 2);
}

static void
draw_acute (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w * 0.35, h - t / 2);
  cairo_line_to (cr, w * 0.8, t / 2);
}

static void
draw_grave (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, w * 0.65, h - t / 2);
  cairo_line_to (cr, w * 0.2, t / 2);
}

static void
draw_ring (cairo_t *cr, double w, double h, double t)
{
  cairo_arc (cr, w / 2, h / 2, h / 2 - t / 2, 0, 2 * G_PI);
}

static void
draw_dots (cairo_t *cr, double w, double h, double t, guint n)
{
  double step = t * 3.4;

  for (guint i = 0; i < n; i++)
    {
      cairo_arc (cr, w / 2 + (i - (n - 1) / 2.0) * step, h - t, t * 1.05, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_dot (cairo_t *cr, double w, double h, double t)
{
  draw_dots (cr, w, h, t, 1);
}

static void
draw_two_dots (cairo_t *cr, double w, double h, double t)
{
  draw_dots (cr, w, h, t, 2);
}

static void
draw_three_dots (cairo_t *cr, double w, double h, double t)
{
  draw_dots (cr, w, h, t, 3);
}

static void
add_head (cairo_t *cr, double x, double h, double way)
{
  cairo_move_to (cr, x - way * h * 0.55, 0);
  cairo_line_to (cr, x, h / 2);
  cairo_line_to (cr, x - way * h * 0.55, h);
}

static void
draw_right_arrow (cairo_t *cr, double w, double h, double t)
{
  cairo_move_to (cr, 0, h / 2);
  cairo_line_to (cr, w - t, h / 2);
  add_head (cr, w - t, h, 1);
}

static void
draw_both_arrow (cairo_t *cr, double w, double h, double t)
{
  draw_right_arrow (cr, w, h, t);
  add_head (cr, t, h, -1);
}

static void
draw_brace_above (cairo_t *cr, double w, double h, double t)
{
  cairo_rotate (cr, G_PI / 2);
  cairo_translate (cr, 0, -w);
  draw_brace (cr, h, w, t);
}

static void
draw_rule (cairo_t *cr, double w, double h, double t)
{
  cairo_rectangle (cr, 0, 0, w, h);
  cairo_fill (cr);
}

static const struct
{
  Draw draw;
  gboolean mirrored; /* left is right */
  gboolean upside_down;
} shapes[] = {
  [RNL_MATH_RULE] = { draw_rule },
  [RNL_MATH_FRAME] = { draw_frame },
  [RNL_MATH_RADICAL] = { draw_radical },
  [RNL_MATH_LEFT_PAREN] = { draw_paren },
  [RNL_MATH_RIGHT_PAREN] = { draw_paren, TRUE },
  [RNL_MATH_LEFT_BRACKET] = { draw_bracket },
  [RNL_MATH_RIGHT_BRACKET] = { draw_bracket, TRUE },
  [RNL_MATH_LEFT_BRACE] = { draw_brace },
  [RNL_MATH_RIGHT_BRACE] = { draw_brace, TRUE },
  [RNL_MATH_LEFT_ANGLE] = { draw_angle },
  [RNL_MATH_RIGHT_ANGLE] = { draw_angle, TRUE },
  [RNL_MATH_LEFT_FLOOR] = { draw_floor },
  [RNL_MATH_RIGHT_FLOOR] = { draw_floor, TRUE },
  [RNL_MATH_LEFT_CEIL] = { draw_ceil },
  [RNL_MATH_RIGHT_CEIL] = { draw_ceil, TRUE },
  [RNL_MATH_BAR] = { draw_bar },
  [RNL_MATH_DOUBLE_BAR] = { draw_double_bar },
  [RNL_MATH_SLASH] = { draw_slash },
  [RNL_MATH_HAT] = { draw_hat },
  [RNL_MATH_CHECK] = { draw_check },
  [RNL_MATH_TILDE] = { draw_tilde },
  [RNL_MATH_BREVE] = { draw_breve },
  [RNL_MATH_ACUTE] = { draw_acute },
  [RNL_MATH_GRAVE] = { draw_grave },
  [RNL_MATH_RING] = { draw_ring },
  [RNL_MATH_DOT] = { draw_dot },
  [RNL_MATH_TWO_DOTS] = { draw_two_dots },
  [RNL_MATH_THREE_DOTS] = { draw_three_dots },
  [RNL_MATH_RIGHT_ARROW] = { draw_right_arrow },
  [RNL_MATH_LEFT_ARROW] = { draw_right_arrow, TRUE },
  [RNL_MATH_BOTH_ARROW] = { draw_both_arrow },
  [RNL_MATH_BRACE_ABOVE] = { draw_brace_above },
  [RNL_MATH_BRACE_BELOW] = { draw_brace_above, FALSE, TRUE },
};

/**
 * rnl_math_shape_draw:
 * @shape: what to draw
 * @snapshot: where to
 * @area: what it fills
 * @thickness: of its lines
 * @colour: of its lines
 */
void
rnl_math_shape_draw (RnlMathShape shape,
                     GtkSnapshot *snapshot,
                     const graphene_rect_t *area,
                     double thickness,
                     const GdkRGBA *colour)
{
  graphene_rect_t bounds = *area;
  double w = area->size.width, h = area->size.height;
  cairo_t *cr;

  if (shape == RNL_MATH_NO_SHAPE || w <= 0 || h <= 0)
    return;
  if (shape == RNL_MATH_RULE)
    {
      /* A rule lies on whole pixels: it would be grey otherwise. */
      bounds.origin.y = roundf (bounds.origin.y);
      bounds.size.height = MAX (1, roundf (bounds.size.height));
      if (bounds.size.width < 4)
        {
          bounds.origin.x = roundf (bounds.origin.x);
          bounds.size.width = MAX (1, roundf (bounds.size.width));
        }
      gtk_snapshot_append_color (snapshot, colour, &bounds);
      return;
    }

  graphene_rect_inset (&bounds, (float) -thickness, (float) -thickness);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, area->origin.x, area->origin.y);
  if (shapes[shape].mirrored)
    {
      cairo_translate (cr, w, 0);
      cairo_scale (cr, -1, 1);
    }
  if (shapes[shape].upside_down)
    {
      cairo_translate (cr, 0, h);
      cairo_scale (cr, 1, -1);
    }
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, thickness);
  shapes[shape].draw (cr, w, h, thickness);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
