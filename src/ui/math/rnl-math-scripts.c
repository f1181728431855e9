/* rnl-math-scripts.c: what stands above and below
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-layout-private.h"

static gboolean
is_stacked (RnlMathStyle style, const RnlTexNode *node)
{
  if (node->flags & RNL_TEX_STACKED)
    return TRUE;

  return (node->flags & RNL_TEX_LIMITS) != 0 && style.size == RNL_TEX_SIZE_DISPLAY;
}

/* Limits of sums, words over arrows. */
static RnlMathBox *
set_stacked (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathStyle small = rnl_math_smaller (style);
  RnlMathBox *base = rnl_math_set (style, rnl_tex_node_get_child (node, 0));
  RnlMathBox *below = rnl_math_set (small, rnl_tex_node_get_child (node, 1));
  RnlMathBox *above = rnl_math_set (small, rnl_tex_node_get_child (node, 2));
  double em = rnl_math_em (style), gap = em * 0.15;
  double width = MAX (base->width, MAX (below->width, above->width));
  RnlMathBox *box = rnl_math_box_new (width, 0, 0);
  double high = base->ascent, low = base->descent;
  double lean = base->slant / 2;

  rnl_math_box_add (box, base, (width - base->width) / 2, 0);
  if (rnl_tex_node_get_child (node, 2) != NULL)
    rnl_math_box_add (box, above, (width - above->width) / 2 + lean, -high - gap - above->descent);
  else
    rnl_math_box_free (above);
  if (rnl_tex_node_get_child (node, 1) != NULL)
    rnl_math_box_add (box, below, (width - below->width) / 2 - lean,
                      low + gap + MAX (below->ascent, em * 0.4));
  else
    rnl_math_box_free (below);

  return box;
}

/* Whether the base is one sign, whose scripts stand at the same height as those of any other. */
static gboolean
is_sign (const RnlTexNode *node)
{
  if (node == NULL)
    return TRUE;
  if (node->kind == RNL_TEX_ROW && rnl_tex_node_get_n_children (node) == 1)
    return is_sign (rnl_tex_node_get_child (node, 0));

  return node->kind == RNL_TEX_SYMBOL && (node->flags & RNL_TEX_LARGE) == 0;
}

static double
get_rise (RnlMathStyle style, const RnlMathBox *base, const RnlMathBox *script, gboolean sign)
{
  double em = rnl_math_em (style);
  double rise = style.size == RNL_TEX_SIZE_DISPLAY ? 0.41 * em : 0.37 * em;

  if (!sign)
    rise = MAX (rise, base->ascent - 0.3 * em);

  return MAX (rise, script->descent + style.fonts->x_height * em / 4);
}

static double
get_drop (RnlMathStyle style,
          const RnlMathBox *base,
          const RnlMathBox *script,
          gboolean sign,
          gboolean both)
{
  double em = rnl_math_em (style);
  double drop = (both ? 0.25 : 0.16) * em;

  if (!sign)
    drop = MAX (drop, base->descent + 0.08 * em);

  return MAX (drop, script->ascent - style.fonts->x_height * em * 0.8);
}

static RnlMathBox *
set_beside (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathStyle small = rnl_math_smaller (style);
  const RnlTexNode *base_node = rnl_tex_node_get_child (node, 0);
  gboolean has_below = rnl_tex_node_get_child (node, 1) != NULL;
  gboolean has_above = rnl_tex_node_get_child (node, 2) != NULL;
  RnlMathBox *base = rnl_math_set (style, base_node);
  RnlMathBox *below = rnl_math_set (small, rnl_tex_node_get_child (node, 1));
  RnlMathBox *above = rnl_math_set (small, rnl_tex_node_get_child (node, 2));
  RnlMathBox *box = rnl_math_box_new (0, 0, 0);
  gboolean sign = is_sign (base_node);
  double em = rnl_math_em (style);
  double rise = get_rise (style, base, above, sign);
  double drop = get_drop (style, base, below, sign, has_above);
  double slant = base->slant, end = 0;
  double space = rise - above->descent - (below->ascent - drop);
  gboolean integral
    = base_node != NULL && base_node->flags & RNL_TEX_LARGE && !(base_node->flags & RNL_TEX_LIMITS);

  if (has_above && has_below && space < 0.18 * em)
    drop += 0.18 * em - space;
  rnl_math_box_append (box, base, 0);
  if (has_above)
    {
      double x = box->width + slant + em * 0.03;

      end = x + above->width;
      rnl_math_box_add (box, above, x, -rise);
    }
  else
    rnl_math_box_free (above);
  if (has_below)
    {
      /* The lower end of an integral is further to the left. */
      double x = box->width - (integral ? em * 0.2 : 0) + em * 0.02;

      end = MAX (end, x + below->width);
      rnl_math_box_add (box, below, x, drop);
    }
  else
    rnl_math_box_free (below);
  box->width = MAX (end, box->width) + em * 0.05;
  box->slant = 0;

  return box;
}

RnlMathBox *
rnl_math_set_scripts (RnlMathStyle style, const RnlTexNode *node)
{
  return is_stacked (style, node) ? set_stacked (style, node) : set_beside (style, node);
}
