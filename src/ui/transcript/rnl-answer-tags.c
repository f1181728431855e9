/* rnl-answer-tags.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-tags.h"

#include <adwaita.h>

#include "rnl-math-inline.h"

/* One table serves every answer of the program: tags are made once, and a change of the colours or
 * of the font reaches all text at once. Lengths are in parts of the font's height, so that large
 * text keeps its proportions. */

#define MAX_QUOTES 4
#define MAX_LISTS  8
#define MAX_DEPTHS 12

/* In em. */
#define QUOTE_INDENT 1.2
#define LIST_INDENT  1.9
#define GAP_TEXT     0.8
#define GAP_ITEM     0.3
#define GAP_HEADING  1.35
#define GAP_BELOW    0.45 /* under a heading */
#define DEPTH_STEP   0.3  /* from one depth to the next */
#define DEPTH_FREE   0.45 /* what the lines of text leave below them */

static struct
{
  GtkTextTagTable *table;
  double em; /* height of the text font in pixels */
  GtkTextTag *paragraphs[MAX_QUOTES + 1][MAX_LISTS + 1][2];
  GtkTextTag *gaps[5];
  GtkTextTag *headings[6];
  GtkTextTag *spans[6]; /* by the bit of their flag */
  GtkTextTag *quote;
  GtkTextTag *marker;
  GtkTextTag *reference;
  GtkTextTag *note;
  GtkTextTag *math[RNL_TEX_MONOSPACE + 1];
  GtkTextTag *depths[MAX_DEPTHS];
} tags;

static const double gap_sizes[] = { 0, GAP_ITEM, GAP_BELOW, GAP_TEXT, GAP_HEADING };

static int
pixels (double em)
{
  return (int) (em * tags.em + 0.5);
}

static double
font_height (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *name = NULL;
  PangoFontDescription *font;
  int dpi;
  double size;

  g_object_get (settings, "gtk-font-name", &name, "gtk-xft-dpi", &dpi, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "Sans 11");
  size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    size *= (dpi > 0 ? dpi / 1024.0 : 96.0) / 72.0;
  pango_font_description_free (font);

  return size > 4 ? size : 15;
}

static void
update_paragraph (guint quotes, guint lists, gboolean marker)
{
  GtkTextTag *tag = tags.paragraphs[quotes][lists][marker];
  int hang = pixels (LIST_INDENT);
  int margin = rnl_answer_quote_indent (quotes) + (int) lists * hang;
  PangoTabArray *tabs;

  if (tag == NULL)
    return;
  if (!marker)
    {
      g_object_set (tag, "left-margin", margin, NULL);
      return;
    }
  tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, hang);
  g_object_set (tag, "left-margin", margin - hang, "indent", -hang, "tabs", tabs, NULL);
  pango_tab_array_free (tabs);
}

static void
update_lengths (void)
{
  tags.em = font_height ();
  for (guint quotes = 0; quotes <= MAX_QUOTES; quotes++)
    for (guint lists = 0; lists <= MAX_LISTS; lists++)
      for (guint marker = 0; marker < 2; marker++)
        update_paragraph (quotes, lists, marker == 1);
  for (gsize i = 0; i < G_N_ELEMENTS (gap_sizes); i++)
    g_object_set (tags.gaps[i], "pixels-above-lines", pixels (gap_sizes[i]), NULL);
  for (guint i = 0; i < MAX_DEPTHS; i++)
    g_object_set (tags.depths[i], "rise", -pixels ((i + 1) * DEPTH_STEP) * PANGO_SCALE, NULL);
  g_object_set (tags.reference, "rise", pixels (0.35) * PANGO_SCALE, NULL);
}

static void
set_colour (GtkTextTag *tag, const char *property, const char *light, const char *dark)
{
  GdkRGBA colour;

  gdk_rgba_parse (&colour,
                  adw_style_manager_get_dark (adw_style_manager_get_default ()) ? dark : light);
  g_object_set (tag, property, &colour, NULL);
}

static void
update_colours (void)
{
  gboolean strong = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  set_colour (tags.spans[g_bit_nth_lsf (RNL_SPAN_LINK, -1)], "foreground-rgba",
              strong ? "#0b4a9e" : "#1a5fb4", strong ? "#b5d6ff" : "#86b8f0");
  set_colour (tags.note, "foreground-rgba", strong ? "#0b4a9e" : "#1a5fb4",
              strong ? "#b5d6ff" : "#86b8f0");
  set_colour (tags.spans[g_bit_nth_lsf (RNL_SPAN_CODE, -1)], "background-rgba", "rgba(0,0,0,0.07)",
              "rgba(255,255,255,0.11)");
  set_colour (tags.quote, "foreground-rgba", strong ? "#000000" : "rgba(0,0,0,0.62)",
              strong ? "#ffffff" : "rgba(255,255,255,0.7)");
  set_colour (tags.marker, "foreground-rgba", strong ? "#000000" : "rgba(0,0,0,0.58)",
              strong ? "#ffffff" : "rgba(255,255,255,0.62)");
}

static GtkTextTag *
add_tag (const char *property, ...)
{
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  va_list args;

  va_start (args, property);
  if (property != NULL)
    g_object_set_valist (G_OBJECT (tag), property, args);
  va_end (args);
  gtk_text_tag_table_add (tags.table, tag);
  g_object_unref (tag); /* The table keeps it. */

  return tag;
}

static void
make_math_tags (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags.math); i++)
    {
      gboolean italic = i == RNL_TEX_ITALIC || i == RNL_TEX_BOLD_ITALIC;
      gboolean bold = i == RNL_TEX_BOLD || i == RNL_TEX_BOLD_ITALIC;

      tags.math[i] = add_tag ("style", italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL, "scale",
                              RNL_MATH_SCALE, NULL);
      if (i != RNL_TEX_SANS)
        g_object_set (tags.math[i], "family",
                      i == RNL_TEX_MONOSPACE ? "monospace" : RNL_MATH_FAMILIES, NULL);
      if (bold)
        g_object_set (tags.math[i], "weight", PANGO_WEIGHT_BOLD, NULL);
    }
  for (guint i = 0; i < MAX_DEPTHS; i++)
    tags.depths[i] = add_tag (NULL);
}

/* Later tags have precedence: paragraphs first, spans last. */
static void
make_tags (void)
{
  static const double scales[] = { 1.5, 1.28, 1.14, 1.05, 1.0, 1.0 };
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();

  tags.table = gtk_text_tag_table_new ();
  tags.quote = add_tag (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (gap_sizes); i++)
    tags.gaps[i] = add_tag (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    tags.headings[i] = add_tag ("weight", PANGO_WEIGHT_BOLD, "scale", scales[i], NULL);
  tags.marker = add_tag (NULL);
  tags.spans[0] = add_tag ("weight", PANGO_WEIGHT_BOLD, NULL);
  tags.spans[1] = add_tag ("style", PANGO_STYLE_ITALIC, NULL);
  tags.spans[2] = add_tag ("family", "monospace", "scale", 0.92, NULL);
  tags.spans[3] = add_tag ("strikethrough", TRUE, NULL);
  tags.spans[4] = add_tag ("underline", PANGO_UNDERLINE_SINGLE, NULL);
  tags.spans[5] = add_tag ("style", PANGO_STYLE_ITALIC, NULL);
  tags.reference = add_tag ("scale", 0.75, NULL);
  tags.note = add_tag (NULL);
  make_math_tags ();
  update_lengths ();
  update_colours ();

  g_signal_connect (style, "notify::dark", G_CALLBACK (update_colours), NULL);
  g_signal_connect (style, "notify::high-contrast", G_CALLBACK (update_colours), NULL);
  g_signal_connect (settings, "notify::gtk-font-name", G_CALLBACK (update_lengths), NULL);
  g_signal_connect (settings, "notify::gtk-xft-dpi", G_CALLBACK (update_lengths), NULL);
}

/**
 * rnl_answer_tags_get_table:
 *
 * Returns: (transfer none): the tags of every answer's text
 */
GtkTextTagTable *
rnl_answer_tags_get_table (void)
{
  if (tags.table == NULL)
    make_tags ();

  return tags.table;
}

/**
 * rnl_answer_tags_get_paragraph:
 * @block: a block
 * @marker: whether for the line with the marker of an item
 *
 * Returns: (transfer none): the margins of the block's lines
 */
GtkTextTag *
rnl_answer_tags_get_paragraph (RnlBlock *block, gboolean marker)
{
  guint quotes = MIN (rnl_block_get_quote_depth (block), MAX_QUOTES);
  guint lists = MIN (rnl_block_get_list_depth (block), MAX_LISTS);
  GtkTextTag **tag = &tags.paragraphs[quotes][lists][marker && lists > 0];

  if (*tag == NULL)
    {
      *tag = add_tag (NULL);
      gtk_text_tag_set_priority (*tag, 0);
      update_paragraph (quotes, lists, marker && lists > 0);
    }

  return *tag;
}

static gboolean
is_numbered (RnlBlock *block)
{
  return rnl_block_get_marker (block) == RNL_MARKER_NUMBER;
}

/* Whether an outermost item begins a list of another kind than the item before. */
static gboolean
begins_list (RnlBlock *previous, RnlBlock *block)
{
  return rnl_block_get_list_depth (block) == 1 && rnl_block_get_list_depth (previous) == 1
         && rnl_block_get_marker (block) != RNL_MARKER_NONE
         && rnl_block_get_marker (previous) != RNL_MARKER_NONE
         && is_numbered (previous) != is_numbered (block);
}

static guint
gap_index (RnlBlock *previous, RnlBlock *block)
{
  if (previous == NULL)
    return 0;
  if (rnl_block_get_kind (block) == RNL_BLOCK_HEADING
      && rnl_block_get_marker (block) == RNL_MARKER_NONE)
    return rnl_block_get_kind (previous) == RNL_BLOCK_HEADING ? 3 : 4;
  if (rnl_block_get_kind (previous) == RNL_BLOCK_HEADING)
    return 2;
  if (rnl_block_get_list_depth (block) > 0 && rnl_block_get_list_depth (previous) > 0
      && !begins_list (previous, block))
    return rnl_block_get_kind (block) == RNL_BLOCK_ITEM ? 1 : 2;

  return 3;
}

/**
 * rnl_answer_gap:
 * @previous: (nullable): the block above
 * @block: a block
 *
 * Returns: the space above @block, in pixels
 */
int
rnl_answer_gap (RnlBlock *previous, RnlBlock *block)
{
  rnl_answer_tags_get_table ();

  return pixels (gap_sizes[gap_index (previous, block)]);
}

/**
 * rnl_answer_tags_get_gap:
 * @previous: (nullable): the block above
 * @block: a block
 *
 * Returns: (transfer none): the space above @block, for its first line
 */
GtkTextTag *
rnl_answer_tags_get_gap (RnlBlock *previous, RnlBlock *block)
{
  return tags.gaps[gap_index (previous, block)];
}

/**
 * rnl_answer_tags_get_heading:
 * @level: 1 to 6
 *
 * Returns: (transfer none): the look of a heading
 */
GtkTextTag *
rnl_answer_tags_get_heading (guint level)
{
  return tags.headings[CLAMP (level, 1, 6) - 1];
}

/**
 * rnl_answer_tags_get_span:
 * @flag: one flag
 *
 * Returns: (transfer none): the look of text with that flag
 */
GtkTextTag *
rnl_answer_tags_get_span (RnlSpanFlags flag)
{
  return tags.spans[g_bit_nth_lsf (flag, -1)];
}

/**
 * rnl_answer_tags_get_quote:
 *
 * Returns: (transfer none): the look of quoted text
 */
GtkTextTag *
rnl_answer_tags_get_quote (void)
{
  return tags.quote;
}

/**
 * rnl_answer_tags_get_marker:
 *
 * Returns: (transfer none): the look of bullets and numbers
 */
GtkTextTag *
rnl_answer_tags_get_marker (void)
{
  return tags.marker;
}

/**
 * rnl_answer_tags_get_reference:
 *
 * Returns: (transfer none): the look of the number of a footnote
 */
GtkTextTag *
rnl_answer_tags_get_reference (void)
{
  return tags.reference;
}

/**
 * rnl_answer_tags_get_note:
 *
 * Returns: (transfer none): the look of the way to a footnote and back
 */
GtkTextTag *
rnl_answer_tags_get_note (void)
{
  return tags.note;
}

/**
 * rnl_answer_tags_get_math:
 * @variant: how letters are drawn
 *
 * Returns: (transfer none): the look of formulas in running text
 */
GtkTextTag *
rnl_answer_tags_get_math (RnlTexVariant variant)
{
  return tags.math[variant];
}

/**
 * rnl_answer_tags_get_depth:
 * @depth: how far something reaches below the line, in em
 *
 * Returns: (transfer none) (nullable): for a character beside it that makes the line deep enough
 */
GtkTextTag *
rnl_answer_tags_get_depth (double depth)
{
  if (depth <= DEPTH_FREE)
    return NULL;

  return tags.depths[MIN ((guint) ((depth - DEPTH_FREE) / DEPTH_STEP), MAX_DEPTHS - 1)];
}

/**
 * rnl_answer_quote_indent:
 * @depth: how many quotes
 *
 * Returns: where text in so many quotes begins, in pixels
 */
int
rnl_answer_quote_indent (guint depth)
{
  return (int) MIN (depth, MAX_QUOTES) * pixels (QUOTE_INDENT);
}

/**
 * rnl_answer_indent:
 * @block: a block
 *
 * Returns: where the block's text begins, in pixels
 */
int
rnl_answer_indent (RnlBlock *block)
{
  rnl_answer_tags_get_table ();

  return rnl_answer_quote_indent (rnl_block_get_quote_depth (block))
         + (int) MIN (rnl_block_get_list_depth (block), MAX_LISTS) * pixels (LIST_INDENT);
}
