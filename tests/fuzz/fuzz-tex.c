/* fuzz-tex.c: any formula has a tree that is not too deep, a text and a layout
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "rnl-math-inline.h"
#include "rnl-math-layout.h"

#define MAX_DEPTH 200

/* Laying out is slow when all is watched; what is longer is only read. */
#define MAX_LAID_OUT 300

static guint
check_node (const RnlTexNode *node)
{
  guint depth = 0;

  if (node == NULL)
    return 0;
  g_assert_true (node->text == NULL || g_utf8_validate (node->text, -1, NULL));
  g_assert_true (node->right == NULL || g_utf8_validate (node->right, -1, NULL));
  for (guint i = 0; i < rnl_tex_node_get_n_children (node); i++)
    {
      guint below = check_node (rnl_tex_node_get_child (node, i));

      depth = MAX (depth, below);
    }

  return depth + 1;
}

static void
check_layout (const RnlTexNode *formula, gboolean display)
{
  static PangoContext *context;
  RnlMathBox *box;

  if (context == NULL)
    context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  box = rnl_math_layout (formula, context, 16, display);
  g_assert_true (box->width >= 0 && box->width < 1e7);
  g_assert_true (box->ascent > -1e5 && box->ascent < 1e6);
  g_assert_true (box->descent > -1e5 && box->descent < 1e6);
  rnl_math_box_free (box);
}

void
fuzz_one (const guint8 *bytes, gsize length, guint32 seed)
{
  g_autofree char *source = g_utf8_make_valid ((const char *) bytes, (gssize) length);
  RnlTexNode *formula = rnl_tex_parse (source, -1);
  g_autofree char *text = rnl_tex_node_to_text (formula);
  g_autoptr (GArray) pieces = NULL;

  g_assert_cmpuint (check_node (formula), <, MAX_DEPTH);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (length < MAX_LAID_OUT)
    check_layout (formula, seed % 2 == 0);
  pieces = rnl_math_split (formula);
  for (guint i = 0; i < pieces->len; i++)
    {
      const RnlMathPiece *piece = &g_array_index (pieces, RnlMathPiece, i);

      g_assert_true ((piece->text != NULL) != (piece->node != NULL));
    }
}
