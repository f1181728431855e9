/* rnl-table-cell.c
 *
 * A cell is a label with the text of its block, so that places in the one and in the other are the
 * same. Where a formula is, the characters of its source have no width but the first, which leaves
 * room for it; whoever draws the table draws it there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-table-cell.h"
#include "rnl-label-select.h"
#include "rnl-note-link.h"

#include <string.h>

#include "rnl-math-paintable.h"

/* A label that wraps by itself is laid out several times for each measure. Cells are wrapped here,
 * at spaces, after so many characters. */
#define CELL_WIDTH 44

/* Longer formulas are shown as they are written, in bytes. */
#define MAX_SOURCE 2000

#define FORMULAS_KEY "rnl-formulas"

typedef struct
{
  RnlMathPaintable *paintable;
  gsize start; /* of its source in the text, in bytes */
  gsize end;
} Formula;

/* Turns the last space before the width into a line end, line by line. */
static char *
wrap_text (const char *text)
{
  char *wrapped = g_strdup (text);
  char *space = NULL;
  guint width = 0;

  for (char *at = wrapped; *at != '\0'; at = g_utf8_next_char (at))
    {
      width++;
      if (*at == '\n')
        {
          width = 0;
          space = NULL;
        }
      else if (*at == ' ')
        space = at;
      if (width > CELL_WIDTH && space != NULL)
        {
          *space = '\n';
          width = (guint) g_utf8_pointer_to_offset (space, at);
          space = NULL;
        }
    }

  return wrapped;
}

static void
append_escaped (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (markup, escaped);
}

/* The number of a footnote, which leads to it. */
static void
append_reference (GString *markup, const RnlSpan *span, const char *text)
{
  g_autofree char *address = rnl_note_link_new (RNL_NOTE_LINK_TO, span->number);

  g_string_append_printf (markup, "<a href=\"%s\"><sup>", address);
  append_escaped (markup, text + span->start, span->end - span->start);
  g_string_append (markup, "</sup></a>");
}

static void
append_span (GString *markup, const RnlSpan *span, const char *text)
{
  static const char *const tags[] = { "b", "i", "tt", "s" };

  if (span->flags & RNL_SPAN_FOOTNOTE)
    {
      append_reference (markup, span, text);
      return;
    }
  if (span->href != NULL)
    {
      g_autofree char *href = g_markup_escape_text (span->href, -1);

      g_string_append_printf (markup, "<a href=\"%s\" title=\"%s\">", href, href);
    }
  for (gsize bit = 0; bit < G_N_ELEMENTS (tags); bit++)
    if (span->flags & (1u << bit))
      g_string_append_printf (markup, "<%s>", tags[bit]);
  append_escaped (markup, text + span->start, span->end - span->start);
  for (gsize bit = G_N_ELEMENTS (tags); bit > 0; bit--)
    if (span->flags & (1u << (bit - 1)))
      g_string_append_printf (markup, "</%s>", tags[bit - 1]);
  if (span->href != NULL)
    g_string_append (markup, "</a>");
}

static void
set_markup (GtkLabel *label, RnlBlock *cell)
{
  g_autofree char *text = wrap_text (rnl_block_get_text (cell));
  g_autoptr (GString) markup = NULL;
  gsize pos = 0;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (cell, &n_spans);

  if (n_spans == 0)
    {
      gtk_label_set_text (label, text);
      return;
    }
  markup = g_string_new (NULL);
  for (guint i = 0; i < n_spans; i++)
    {
      append_escaped (markup, text + pos, spans[i].start - pos);
      append_span (markup, &spans[i], text);
      pos = spans[i].end;
    }
  append_escaped (markup, text + pos, strlen (text) - pos);
  gtk_label_set_markup (label, markup->str);
}

/* {{{ Formulas */

static void
clear_formula (gpointer data)
{
  g_object_unref (((Formula *) data)->paintable);
}

static GArray *
get_formulas (GtkLabel *label)
{
  return g_object_get_data (G_OBJECT (label), FORMULAS_KEY);
}

static GArray *
make_formulas (GtkLabel *label, RnlBlock *cell)
{
  GArray *formulas = NULL;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (cell, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      gsize length = spans[i].end - spans[i].start;
      Formula formula = { NULL, spans[i].start, spans[i].end };

      if (!(spans[i].flags & RNL_SPAN_MATH) || length == 0 || length > MAX_SOURCE)
        continue;
      if (formulas == NULL)
        {
          formulas = g_array_new (FALSE, FALSE, sizeof (Formula));
          g_array_set_clear_func (formulas, clear_formula);
        }
      formula.paintable = rnl_math_paintable_new (
        rnl_tex_parse (rnl_block_get_text (cell) + spans[i].start, (gssize) length),
        GTK_WIDGET (label), 1, FALSE);
      g_array_append_val (formulas, formula);
    }

  return formulas;
}

static void
add_shape (PangoAttrList *attributes, gsize start, gsize end, int width, int ascent, int descent)
{
  PangoRectangle room
    = { 0, -ascent * PANGO_SCALE, width * PANGO_SCALE, (ascent + descent) * PANGO_SCALE };
  PangoAttribute *shape = pango_attr_shape_new (&room, &room);

  shape->start_index = (guint) start;
  shape->end_index = (guint) end;
  pango_attr_list_insert (attributes, shape);
}

/* Again when the label comes on the screen: only there is its font known for sure. A line is never
 * lower than one of text, so that what stands beside it in the row is on the same line. */
static void
make_room (GtkLabel *label)
{
  g_autoptr (GArray) formulas = g_array_ref (get_formulas (label));
  const char *text = gtk_label_get_text (label);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (label));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int min_ascent = PANGO_PIXELS (pango_font_metrics_get_ascent (metrics));
  int min_descent = PANGO_PIXELS (pango_font_metrics_get_descent (metrics));

  for (guint i = 0; i < formulas->len; i++)
    {
      const Formula *formula = &g_array_index (formulas, Formula, i);
      gsize second = (gsize) (g_utf8_next_char (text + formula->start) - text);
      int width, ascent, descent;

      rnl_math_paintable_measure (formula->paintable, &width, &ascent, &descent);
      add_shape (attributes, formula->start, second, width, MAX (ascent, min_ascent),
                 MAX (descent, min_descent));
      if (second < formula->end)
        add_shape (attributes, second, formula->end, 0, 0, 0);
    }
  rnl_label_select_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
  pango_font_metrics_unref (metrics);
}

static void
set_formulas (GtkLabel *label, GArray *formulas)
{
  gboolean had = get_formulas (label) != NULL;

  if (!had && formulas == NULL)
    return;
  g_object_set_data_full (G_OBJECT (label), FORMULAS_KEY, formulas, (GDestroyNotify) g_array_unref);
  if (had)
    g_signal_handlers_disconnect_by_func (label, make_room, NULL);
  if (formulas == NULL)
    {
      rnl_label_select_set_attributes (label, NULL);
      return;
    }
  make_room (label);
  g_signal_connect (label, "map", G_CALLBACK (make_room), NULL);
}

/* The baseline of a byte of a layout, in pixels from its top. */
static int
find_baseline (PangoLayout *layout, gsize at)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int baseline;

  do
    baseline = PANGO_PIXELS (pango_layout_iter_get_baseline (iter));
  while (pango_layout_iter_get_line_readonly (iter)->start_index
             + pango_layout_iter_get_line_readonly (iter)->length
           <= (int) at
         && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return baseline;
}

/* }}} */

/**
 * rnl_table_cell_set: (skip)
 * @label: the label of a cell
 * @cell: what stands in it
 */
void
rnl_table_cell_set (GtkLabel *label, RnlBlock *cell)
{
  GArray *formulas = make_formulas (label, cell);

  set_markup (label, cell);
  set_formulas (label, formulas);
}

/**
 * rnl_table_cell_has_formulas: (skip)
 * @label: the label of a cell
 *
 * Returns: whether there are formulas, which have to be drawn over the label
 */
gboolean
rnl_table_cell_has_formulas (GtkLabel *label)
{
  return get_formulas (label) != NULL;
}

/**
 * rnl_table_cell_snapshot: (skip)
 * @label: the label of a cell
 * @snapshot: what is drawn on, in the coordinates of @label
 *
 * Draws its formulas.
 */
void
rnl_table_cell_snapshot (GtkLabel *label, GtkSnapshot *snapshot)
{
  GArray *formulas = get_formulas (label);
  PangoLayout *layout = gtk_label_get_layout (label);
  int left, top;

  gtk_label_get_layout_offsets (label, &left, &top);
  for (guint i = 0; formulas != NULL && i < formulas->len; i++)
    {
      const Formula *formula = &g_array_index (formulas, Formula, i);
      PangoRectangle place;
      int width, ascent, descent;

      rnl_math_paintable_measure (formula->paintable, &width, &ascent, &descent);
      pango_layout_index_to_pos (layout, (int) formula->start, &place);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
        snapshot,
        &GRAPHENE_POINT_INIT ((float) (left + PANGO_PIXELS (place.x)),
                              (float) (top + find_baseline (layout, formula->start) - ascent)));
      gdk_paintable_snapshot (GDK_PAINTABLE (formula->paintable), snapshot, width,
                              ascent + descent);
      gtk_snapshot_restore (snapshot);
    }
}
