/* rnl-math-layout.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-math-layout-private.h"
#include "rnl-math-inline.h"

#include <math.h>
#include <string.h>

#define MIN_SIZE 6.0 /* of signs, in pixels */

/* {{{ Sizes */

/* The size of letters in pixels. */
double
rnl_math_em (RnlMathStyle style)
{
  static const double factors[] = { 1, 1, 1, 0.74, 0.6 };

  return MAX (style.fonts->em * factors[style.size], MIN_SIZE);
}

double
rnl_math_axis (RnlMathStyle style)
{
  return style.fonts->axis * rnl_math_em (style);
}

/* The thickness of lines. */
double
rnl_math_rule (RnlMathStyle style)
{
  return MAX (1.0, rnl_math_em (style) * 0.055);
}

/* What scripts and the parts of small fractions are set in. */
RnlMathStyle
rnl_math_smaller (RnlMathStyle style)
{
  style.size = style.size <= RNL_TEX_SIZE_TEXT ? RNL_TEX_SIZE_SCRIPT : RNL_TEX_SIZE_SMALL_SCRIPT;

  return style;
}

RnlMathStyle
rnl_math_in_size (RnlMathStyle style, RnlTexSize size)
{
  if (size != RNL_TEX_SIZE_INHERIT)
    style.size = size;

  return style;
}

/* }}} */

/* {{{ Text */

static PangoFontDescription *
describe_font (RnlTexVariant variant, double size)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, variant == RNL_TEX_SANS ? "sans"
                                                  : variant == RNL_TEX_MONOSPACE
                                                    ? "monospace"
                                                    : RNL_MATH_FAMILIES);
  if (variant == RNL_TEX_ITALIC || variant == RNL_TEX_BOLD_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  if (variant == RNL_TEX_BOLD || variant == RNL_TEX_BOLD_ITALIC)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);

  return font;
}

static RnlMathBox *
measure (PangoLayout *layout)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  PangoRectangle ink, logical;
  RnlMathBox *box;
  double right;

  pango_layout_line_get_extents (line, &ink, &logical);
  box = rnl_math_box_new (logical.width / (double) PANGO_SCALE, -ink.y / (double) PANGO_SCALE,
                          (ink.y + ink.height) / (double) PANGO_SCALE);
  right = (ink.x + ink.width) / (double) PANGO_SCALE;
  box->slant = MAX (0, right - box->width);
  box->text = g_object_ref (layout);

  return box;
}

static PangoLayout *
make_layout (RnlMathStyle style, const char *text, RnlTexVariant variant, double size)
{
  PangoLayout *layout = pango_layout_new (style.fonts->context);
  PangoFontDescription *font = describe_font (variant, size);

  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

static RnlMathBox *
copy_text (const RnlMathBox *box)
{
  RnlMathBox *copy = rnl_math_box_new (box->width, box->ascent, box->descent);

  copy->slant = box->slant;
  copy->text = g_object_ref (box->text);

  return copy;
}

/* A line of text in a box as high as its ink. */
RnlMathBox *
rnl_math_set_text (RnlMathStyle style, const char *text, RnlTexVariant variant, double scale)
{
  double size = rnl_math_em (style) * scale;
  g_autofree char *key = g_strdup_printf ("%d %d %s", variant, (int) (size * 16), text);
  RnlMathBox *box = g_hash_table_lookup (style.fonts->texts, key);
  g_autoptr (PangoLayout) layout = NULL;

  if (box != NULL)
    return copy_text (box);

  layout = make_layout (style, text, variant, size);
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    {
      /* No font has the letter in that hand: a plain one is better than a box with a number. */
      g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

      g_set_object (&layout, NULL);
      layout = make_layout (style, plain != NULL ? plain : text, variant, size);
    }
  box = measure (layout);
  g_hash_table_insert (style.fonts->texts, g_steal_pointer (&key), box);

  return copy_text (box);
}

/* A sign that does not stand on the line but around its axis. */
static RnlMathBox *
centre_on_axis (RnlMathStyle style, RnlMathBox *sign)
{
  RnlMathBox *box = rnl_math_box_new (sign->width, -1e6, -1e6);
  double slant = sign->slant;

  rnl_math_box_add (box, sign, 0, (sign->ascent - sign->descent) / 2 - rnl_math_axis (style));
  box->slant = slant;

  return box;
}

/* A prime is drawn for where it stands in text: as a script it is neither smaller nor higher. */
static RnlMathBox *
set_prime (RnlMathStyle style, const char *text)
{
  RnlMathBox *sign = rnl_math_set_text (style, text, RNL_TEX_UPRIGHT, 1.3);
  RnlMathBox *box = rnl_math_box_new (sign->width, -1e6, -1e6);

  rnl_math_box_add (box, sign, 0, rnl_math_em (style) * 0.5);

  return box;
}

static RnlMathBox *
set_symbol (RnlMathStyle style, const RnlTexNode *node)
{
  gboolean integral = (node->flags & RNL_TEX_LARGE) && !(node->flags & RNL_TEX_LIMITS);

  if (node->flags & RNL_TEX_LARGE)
    return centre_on_axis (style, rnl_math_set_text (style, node->text, RNL_TEX_UPRIGHT,
                                                     style.size == RNL_TEX_SIZE_DISPLAY
                                                       ? (integral ? 1.75 : 1.5)
                                                       : (integral ? 1.15 : 1.05)));

  if (style.size >= RNL_TEX_SIZE_SCRIPT && g_str_equal (node->text, "′"))
    return set_prime (style, node->text);

  return rnl_math_set_text (style, node->text, node->variant, 1);
}

static RnlMathBox *
set_source (RnlMathStyle style, const RnlTexNode *node)
{
  RnlMathBox *box = rnl_math_set_text (style, node->text, RNL_TEX_MONOSPACE, 0.85);

  box->faint = TRUE;

  return box;
}

/* }}} */

/* {{{ Rows */

/* The room between two classes in eighteenths of an em, after The TeXbook, chapter 18. Negative:
 * not in scripts. */
static const gint8 spacing[8][8] = {
  { 0, 3, -4, -5, 0, 0, 0, -3 },     { 3, 3, 0, -5, 0, 0, 0, -3 },
  { -4, -4, 0, 0, -4, 0, 0, -4 },    { -5, -5, 0, 0, -5, 0, 0, -5 },
  { 0, 0, 0, 0, 0, 0, 0, 0 },        { 0, 3, -4, -5, 0, 0, 0, -3 },
  { -3, -3, 0, -3, -3, -3, -3, -3 }, { -3, 3, -4, -5, -3, 0, -3, -3 },
};

static double
room_between (RnlMathStyle style, RnlTexClass before, RnlTexClass after)
{
  int room = spacing[before][after];

  if (room < 0)
    room = style.size >= RNL_TEX_SIZE_SCRIPT ? 0 : -room;

  return room * rnl_math_em (style) / 18;
}

/* The class of what is first or last in a row counts for the whole of it when it stands alone. */
static RnlTexClass
get_class (const RnlTexNode *node)
{
  if (node->kind == RNL_TEX_ROW && node->klass == RNL_TEX_ORDINARY
      && rnl_tex_node_get_n_children (node) == 1)
    return get_class (rnl_tex_node_get_child (node, 0));
  if (node->kind == RNL_TEX_STYLE && rnl_tex_node_get_child (node, 0) != NULL)
    return get_class (rnl_tex_node_get_child (node, 0));

  return node->klass;
}

/* A sign between nothing and something is none between two things. */
static gboolean
is_lonely (RnlTexClass before, gboolean first, const RnlTexNode *next)
{
  RnlTexClass after = next != NULL ? get_class (next) : RNL_TEX_CLOSE;

  return first || before == RNL_TEX_OPERATOR || before == RNL_TEX_BINARY
         || before == RNL_TEX_RELATION || before == RNL_TEX_OPEN || before == RNL_TEX_PUNCTUATION
         || after == RNL_TEX_RELATION || after == RNL_TEX_CLOSE || after == RNL_TEX_PUNCTUATION;
}

static RnlMathBox *
set_row (RnlMathStyle style, const RnlTexNode *row, gboolean after_text)
{
  RnlMathBox *box = rnl_math_box_new (0, 0, 0);
  RnlTexClass before = RNL_TEX_ORDINARY;
  gboolean first = !after_text;

  for (guint i = 0; i < rnl_tex_node_get_n_children (row); i++)
    {
      const RnlTexNode *node = rnl_tex_node_get_child (row, i);
      RnlTexClass klass;

      if (node->kind == RNL_TEX_SPACE)
        {
          box->width += node->amount * rnl_math_em (style);
          continue;
        }
      klass = get_class (node);
      if (klass == RNL_TEX_BINARY && is_lonely (before, first, rnl_tex_node_get_child (row, i + 1)))
        klass = RNL_TEX_ORDINARY;
      if (!first)
        box->width += room_between (style, before, klass);
      rnl_math_box_append (box, rnl_math_set (style, node), 0);
      before = klass;
      first = FALSE;
    }
  box->width = MAX (box->width, 0);

  return box;
}

/* }}} */

static RnlMathBox *
set_phantom (RnlMathStyle style, const RnlTexNode *node)
{
  g_autoptr (RnlMathBox) inner = rnl_math_set (style, rnl_tex_node_get_child (node, 0));

  return rnl_math_box_new (inner->width, inner->ascent, inner->descent);
}

/* Lays out a node. @node may be `NULL`. */
RnlMathBox *
rnl_math_set (RnlMathStyle style, const RnlTexNode *node)
{
  return rnl_math_set_after (style, node, FALSE);
}

/* As before; with @after_text as if something stood before its beginning. */
RnlMathBox *
rnl_math_set_after (RnlMathStyle style, const RnlTexNode *node, gboolean after_text)
{
  if (node == NULL)
    return rnl_math_box_new (0, 0, 0);

  switch (node->kind)
    {
    case RNL_TEX_SYMBOL:
      return set_symbol (style, node);
    case RNL_TEX_TEXT:
      return rnl_math_set_text (style, node->text, node->variant, 1);
    case RNL_TEX_SOURCE:
      return set_source (style, node);
    case RNL_TEX_SPACE:
      return rnl_math_box_new (MAX (0, node->amount) * rnl_math_em (style), 0, 0);
    case RNL_TEX_SCRIPT:
      return rnl_math_set_scripts (style, node);
    case RNL_TEX_FRACTION:
      return rnl_math_set_fraction (style, node);
    case RNL_TEX_ROOT:
      return rnl_math_set_root (style, node);
    case RNL_TEX_FENCE:
      return rnl_math_set_fence (style, node);
    case RNL_TEX_DELIMITER:
      return rnl_math_set_delimiter (style, node->text, node->amount * rnl_math_em (style));
    case RNL_TEX_ACCENT:
      return rnl_math_set_accent (style, node);
    case RNL_TEX_ARRAY:
      return rnl_math_set_array (style, node);
    case RNL_TEX_STYLE:
      return rnl_math_set_after (rnl_math_in_size (style, node->size),
                                 rnl_tex_node_get_child (node, 0), after_text);
    case RNL_TEX_BOX:
      return rnl_math_set_frame (style, node);
    case RNL_TEX_PHANTOM:
      return set_phantom (style, node);
    case RNL_TEX_ROW:
    case RNL_TEX_LINE:
    default:
      return set_row (style, node, after_text);
    }
}

/* A context like @context whose direction is that of formulas. */
static PangoContext *
make_context (PangoContext *context)
{
  PangoContext *copy = pango_font_map_create_context (pango_context_get_font_map (context));

  pango_context_set_base_dir (copy, PANGO_DIRECTION_LTR);
  pango_context_set_language (copy, pango_context_get_language (context));
  pango_context_set_round_glyph_positions (copy, pango_context_get_round_glyph_positions (context));
  pango_cairo_context_set_font_options (copy, pango_cairo_context_get_font_options (context));
  pango_cairo_context_set_resolution (copy, pango_cairo_context_get_resolution (context));

  return copy;
}

static void
measure_fonts (RnlMathFonts *fonts)
{
  RnlMathStyle style = { fonts, RNL_TEX_SIZE_TEXT };
  g_autoptr (RnlMathBox) x = rnl_math_set_text (style, "x", RNL_TEX_UPRIGHT, 1);
  g_autoptr (RnlMathBox) minus = rnl_math_set_text (style, "−", RNL_TEX_UPRIGHT, 1);

  fonts->x_height = CLAMP (x->ascent / fonts->em, 0.3, 0.7);
  fonts->axis = CLAMP ((minus->ascent - minus->descent) / 2 / fonts->em, 0.2, 0.45);
}

/**
 * rnl_math_layout:
 * @formula: a formula
 * @context: fonts are chosen for it
 * @em: the size of letters in pixels
 * @display: whether it stands alone, and not in a line of text
 *
 * Returns: (transfer full): the formula in boxes; the origin is the beginning of its baseline
 */
RnlMathBox *
rnl_math_layout (const RnlTexNode *formula, PangoContext *context, double em, gboolean display)
{
  RnlMathFonts fonts = { .em = MAX (em, MIN_SIZE) };
  RnlMathStyle style = { &fonts, display ? RNL_TEX_SIZE_DISPLAY : RNL_TEX_SIZE_TEXT };
  RnlMathBox *box;

  fonts.context = make_context (context);
  fonts.texts
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rnl_math_box_free);
  measure_fonts (&fonts);
  box = rnl_math_set (style, formula);
  g_hash_table_unref (fonts.texts);
  g_object_unref (fonts.context);

  return box;
}

/**
 * rnl_math_font_size:
 * @context: the context of a widget
 *
 * Returns: the size for formulas in its text, in pixels
 */
double
rnl_math_font_size (PangoContext *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (dpi > 0 ? dpi : 96) / 72;

  return size * RNL_MATH_SCALE;
}
