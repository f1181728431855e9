/* rnl-math-parts.c: fractions, roots, accents and frames
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-layout-private.h"

/* {{{ Fractions */

static RnlMathStyle
get_part_style (RnlMathStyle style)
{
  return style.size == RNL_TEX_SIZE_DISPLAY ? rnl_math_in_size (style, RNL_TEX_SIZE_TEXT)
                                            : rnl_math_smaller (style);
}

RnlMathBox *
rnl_math_set_fraction (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathStyle own = rnl_math_in_size (style, node->size);
  RnlMathStyle inner = get_part_style (own);
  RnlMathBox *above = rnl_math_set (inner, rnl_tex_node_get_child (node, 0));
  RnlMathBox *below = rnl_math_set (inner, rnl_tex_node_get_child (node, 1));
  double em = rnl_math_em (own), axis = rnl_math_axis (own), rule = rnl_math_rule (own);
  gboolean display = own.size == RNL_TEX_SIZE_DISPLAY;
  double side = em * 0.1;
  double gap = em * (display ? 0.19 : 0.09) + rule / 2;
  double width = MAX (above->width + above->slant, below->width + below->slant) + em * 0.16;
  RnlMathBox *box = rnl_math_box_new (width + 2 * side, 0, 0);
  /* Letters without descenders do not make it less high. */
  double up = axis + gap + MAX (above->descent, display ? em * 0.1 : 0);
  double down = gap - axis + MAX (below->ascent, rnl_math_em (inner) * 0.66);

  rnl_math_box_add (box, above, side + (width - above->width) / 2, -up);
  rnl_math_box_add (box, below, side + (width - below->width) / 2, down);
  if ((node->flags & RNL_TEX_NO_RULE) == 0)
    rnl_math_box_add (
      box, rnl_math_box_new_shape (RNL_MATH_RULE, rule, width, axis + rule / 2, rule / 2 - axis),
      side, 0);

  return box;
}

/* }}} */

/* {{{ Roots */

RnlMathBox *
rnl_math_set_root (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathBox *inner = rnl_math_set (style, rnl_tex_node_get_child (node, 0));
  const RnlTexNode *index = rnl_tex_node_get_child (node, 1);
  double em = rnl_math_em (style), rule = rnl_math_rule (style);
  double gap = em * 0.1 + rule;
  double ascent = MAX (inner->ascent, em * 0.7) + gap + rule;
  double descent = MAX (inner->descent, em * 0.06) + rule;
  double hook = em * (ascent + descent > 2 * em ? 0.68 : 0.6);
  RnlMathBox *box = rnl_math_box_new (0, 0, 0);

  if (index != NULL)
    {
      RnlMathStyle small = rnl_math_in_size (style, RNL_TEX_SIZE_SMALL_SCRIPT);
      RnlMathBox *root = rnl_math_set (small, index);
      double knee = MIN ((ascent + descent) * 0.45, hook * 0.95);
      double y = descent - knee - root->descent - em * 0.12;

      box->width = MAX (0, hook * 0.45 - root->width);
      rnl_math_box_append (box, root, y);
      box->width -= MIN (root->width, hook * 0.45);
    }
  rnl_math_box_append (box, rnl_math_box_new_shape (RNL_MATH_RADICAL, rule, hook, ascent, descent),
                       0);
  rnl_math_box_add (
    box,
    rnl_math_box_new_shape (RNL_MATH_RULE, rule, inner->width + em * 0.1, ascent, rule - ascent),
    box->width - rule * 0.4, 0);
  rnl_math_box_append (box, inner, 0);
  box->width += em * 0.12;
  box->slant = 0;

  return box;
}

/* }}} */

/* {{{ Accents */

static const struct
{
  const char *name;
  RnlMathShape shape;
  double width, height; /* in em */
} accents[] = {
  { "hat", RNL_MATH_HAT, 0.42, 0.17 },        { "check", RNL_MATH_CHECK, 0.42, 0.17 },
  { "tilde", RNL_MATH_TILDE, 0.46, 0.15 },    { "breve", RNL_MATH_BREVE, 0.42, 0.15 },
  { "acute", RNL_MATH_ACUTE, 0.42, 0.18 },    { "grave", RNL_MATH_GRAVE, 0.42, 0.18 },
  { "ring", RNL_MATH_RING, 0.42, 0.22 },      { "dot", RNL_MATH_DOT, 0.42, 0.13 },
  { "ddot", RNL_MATH_TWO_DOTS, 0.42, 0.13 },  { "dddot", RNL_MATH_THREE_DOTS, 0.5, 0.13 },
  { "bar", RNL_MATH_RULE, 0.46, 0 },          { "line", RNL_MATH_RULE, 0.46, 0 },
  { "vec", RNL_MATH_RIGHT_ARROW, 0.5, 0.24 }, { "left", RNL_MATH_LEFT_ARROW, 0.5, 0.24 },
  { "both", RNL_MATH_BOTH_ARROW, 0.5, 0.24 }, { "brace", RNL_MATH_BRACE_ABOVE, 0.8, 0.38 },
};

static RnlMathBox *
make_mark (RnlMathStyle style, const RnlTexNode *node, double width)
{
  double em = rnl_math_em (style), rule = rnl_math_rule (style);

  for (gsize i = 0; i < G_N_ELEMENTS (accents); i++)
    if (g_str_equal (accents[i].name, node->text))
      {
        gboolean below = accents[i].shape == RNL_MATH_BRACE_ABOVE && node->flags & RNL_TEX_UNDER;
        double least = accents[i].width * em;

        return rnl_math_box_new_shape (below ? RNL_MATH_BRACE_BELOW : accents[i].shape, rule,
                                       node->flags & RNL_TEX_STRETCH ? MAX (width, least) : least,
                                       MAX (accents[i].height * em, rule), 0);
      }

  return rnl_math_box_new (0, 0, 0);
}

RnlMathBox *
rnl_math_set_accent (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathBox *base = rnl_math_set (style, rnl_tex_node_get_child (node, 0));
  double em = rnl_math_em (style), gap = em * 0.1;
  RnlMathBox *mark = make_mark (style, node, base->width + base->slant);
  RnlMathBox *box
    = rnl_math_box_new (MAX (base->width, node->flags & RNL_TEX_STRETCH ? mark->width : 0), 0, 0);
  double x = (box->width - base->width) / 2;
  double slant = base->slant, width = base->width;
  /* The upper half of a slanted letter is not above its middle. */
  double lean = node->flags & RNL_TEX_STRETCH ? 0 : MIN (slant + em * 0.04, em * 0.12);
  double high = MAX (base->ascent, style.fonts->x_height * em);
  double low = base->descent;

  rnl_math_box_add (box, base, x, 0);
  if (node->flags & RNL_TEX_UNDER)
    rnl_math_box_add (box, mark, x + (width - mark->width) / 2, low + gap + mark->ascent);
  else
    rnl_math_box_add (box, mark, x + (width - mark->width) / 2 + lean, -high - gap);
  box->slant = slant;

  return box;
}

/* }}} */

RnlMathBox *
rnl_math_set_frame (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathBox *inner = rnl_math_set (style, rnl_tex_node_get_child (node, 0));
  double side = rnl_math_em (style) * 0.3;
  RnlMathBox *box = rnl_math_box_new (inner->width + 2 * side, 0, 0);
  RnlMathBox *frame
    = rnl_math_box_new_shape (RNL_MATH_FRAME, rnl_math_rule (style), inner->width + 2 * side,
                              inner->ascent + side, inner->descent + side);

  rnl_math_box_add (box, frame, 0, 0);
  rnl_math_box_add (box, inner, side, 0);

  return box;
}
