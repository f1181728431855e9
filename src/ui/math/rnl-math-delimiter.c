/* rnl-math-delimiter.c: brackets as high as what is between them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-layout-private.h"

/* A letter is taken as long as what is needed is not higher than this many times its height. */
#define STRETCH 1.12

static const struct
{
  const char *text;
  RnlMathShape shape;
  double width; /* in em */
} delimiters[] = {
  { "(", RNL_MATH_LEFT_PAREN, 0.36 },   { ")", RNL_MATH_RIGHT_PAREN, 0.36 },
  { "[", RNL_MATH_LEFT_BRACKET, 0.28 }, { "]", RNL_MATH_RIGHT_BRACKET, 0.28 },
  { "{", RNL_MATH_LEFT_BRACE, 0.42 },   { "}", RNL_MATH_RIGHT_BRACE, 0.42 },
  { "⟨", RNL_MATH_LEFT_ANGLE, 0.32 },   { "⟩", RNL_MATH_RIGHT_ANGLE, 0.32 },
  { "⌊", RNL_MATH_LEFT_FLOOR, 0.28 },   { "⌋", RNL_MATH_RIGHT_FLOOR, 0.28 },
  { "⌈", RNL_MATH_LEFT_CEIL, 0.28 },    { "⌉", RNL_MATH_RIGHT_CEIL, 0.28 },
  { "|", RNL_MATH_BAR, 0.2 },           { "‖", RNL_MATH_DOUBLE_BAR, 0.4 },
  { "/", RNL_MATH_SLASH, 0.45 },
};

/* A delimiter of that height around the axis; with 0 it is for its fence to say. */
RnlMathBox *
rnl_math_set_delimiter (RnlMathStyle style, const char *text, double height)
{
  double em = rnl_math_em (style), axis = rnl_math_axis (style);
  RnlMathBox *box, *sign;
  double natural;

  if (text[0] == '\0')
    return rnl_math_box_new (em * 0.12, 0, 0);
  sign = rnl_math_set_text (style, text, RNL_TEX_UPRIGHT, 1);
  natural = sign->ascent + sign->descent;
  if (height <= natural * STRETCH && height > 0)
    return sign;

  rnl_math_box_free (sign);
  if (height <= 0)
    height = em;
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (g_str_equal (delimiters[i].text, text))
      {
        double side = em * 0.06;
        double width = delimiters[i].width * em * (height > 3 * em ? 1.2 : 1);

        box = rnl_math_box_new (width + 2 * side, 0, 0);
        rnl_math_box_add (box,
                          rnl_math_box_new_shape (delimiters[i].shape, rnl_math_rule (style), width,
                                                  height / 2 + axis, height / 2 - axis),
                          side, 0);
        return box;
      }

  sign = rnl_math_set_text (style, text, RNL_TEX_UPRIGHT, CLAMP (height / MAX (natural, 1), 1, 4));
  box = rnl_math_box_new (sign->width, -1e6, -1e6);
  rnl_math_box_add (box, sign, 0, (sign->ascent - sign->descent) / 2 - axis);

  return box;
}

/* Lets the bars inside be as high as the brackets around. */
static void
stretch_middle (RnlMathStyle style, RnlMathBox *box, double height)
{
  double axis = rnl_math_axis (style);

  for (guint i = 0; box->children != NULL && i < box->children->len; i++)
    {
      RnlMathBox *child = g_ptr_array_index (box->children, i);

      if (!child->middle)
        continue;
      for (guint j = 0; child->children != NULL && j < child->children->len; j++)
        {
          RnlMathBox *shape = g_ptr_array_index (child->children, j);

          shape->ascent = height / 2 + axis;
          shape->descent = height / 2 - axis;
        }
    }
}

static void
mark_middle (const RnlTexNode *row, RnlMathBox *box)
{
  guint at = 0;

  for (guint i = 0; row->kind == RNL_TEX_ROW && i < rnl_tex_node_get_n_children (row); i++)
    {
      const RnlTexNode *node = rnl_tex_node_get_child (row, i);

      if (node->kind == RNL_TEX_SPACE)
        continue;
      if (node->kind == RNL_TEX_DELIMITER && node->amount <= 0)
        ((RnlMathBox *) g_ptr_array_index (box->children, at))->middle = TRUE;
      at++;
    }
}

RnlMathBox *
rnl_math_set_fence (RnlMathStyle style, const RnlTexNode *node)
{
  const RnlTexNode *body = rnl_tex_node_get_child (node, 0);
  RnlMathBox *inner = rnl_math_set (style, body);
  RnlMathBox *box = rnl_math_box_new (0, 0, 0);
  double axis = rnl_math_axis (style);
  double half = MAX (inner->ascent - axis, inner->descent + axis);
  /* As in TeX it may be a little less than all. */
  double height = MAX (2 * half * 0.95, 2 * half - rnl_math_em (style) * 0.4);

  mark_middle (body, inner);
  stretch_middle (style, inner, height);
  rnl_math_box_append (box, rnl_math_set_delimiter (style, node->text, MAX (height, 1)), 0);
  rnl_math_box_append (box, inner, 0);
  if (inner->slant > 0)
    box->width += inner->slant * 0.5;
  rnl_math_box_append (box, rnl_math_set_delimiter (style, node->right, MAX (height, 1)), 0);

  return box;
}
