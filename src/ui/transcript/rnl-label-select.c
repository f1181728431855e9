/* rnl-label-select.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-label-select.h"

/* As in answer.css. */
#define SELECTION_ALPHA 0.3f

/* What a label has besides what is selected and found. */
#define ATTRIBUTES_KEY "rnl-label-attributes"

/**
 * rnl_label_select_offset_at:
 * @label: a label
 * @x: in its coordinates
 * @y: likewise
 *
 * Returns: how many characters of its text are before that point
 */
guint
rnl_label_select_offset_at (GtkLabel *label, double x, double y)
{
  const char *text = pango_layout_get_text (gtk_label_get_layout (label));
  int left, top, index, trailing;
  guint offset;

  gtk_label_get_layout_offsets (label, &left, &top);
  pango_layout_xy_to_index (gtk_label_get_layout (label), (int) (x - left) * PANGO_SCALE,
                            (int) (y - top) * PANGO_SCALE, &index, &trailing);
  offset = (guint) g_utf8_pointer_to_offset (text, text + index) + (guint) trailing;

  return MIN (offset, (guint) g_utf8_strlen (text, -1));
}

/**
 * rnl_label_select_locate:
 * @label: a label
 * @offset: characters of its text
 * @area: (out caller-allocates): where the character behind is drawn, in the label's coordinates
 */
void
rnl_label_select_locate (GtkLabel *label, guint offset, graphene_rect_t *area)
{
  const char *text = pango_layout_get_text (gtk_label_get_layout (label));
  const char *at = text;
  PangoRectangle place;
  int left, top;

  while (offset-- > 0 && *at != '\0')
    at = g_utf8_next_char (at);
  gtk_label_get_layout_offsets (label, &left, &top);
  pango_layout_index_to_pos (gtk_label_get_layout (label), (int) (at - text), &place);
  pango_extents_to_pixels (&place, NULL);
  *area = GRAPHENE_RECT_INIT ((float) (left + place.x), (float) (top + place.y),
                              (float) place.width, (float) place.height);
}

static void
add_background (
  PangoAttrList *attributes, const GdkRGBA *colour, const char *text, guint start, guint end)
{
  guint from = (guint) (g_utf8_offset_to_pointer (text, start) - text);
  guint to = (guint) (g_utf8_offset_to_pointer (text, end) - text);
  PangoAttribute *background
    = pango_attr_background_new ((guint16) (colour->red * 65535), (guint16) (colour->green * 65535),
                                 (guint16) (colour->blue * 65535));
  PangoAttribute *alpha = pango_attr_background_alpha_new ((guint16) (colour->alpha * 65535));

  background->start_index = alpha->start_index = from;
  background->end_index = alpha->end_index = to;
  pango_attr_list_insert (attributes, background);
  pango_attr_list_insert (attributes, alpha);
}

static void
add_found (PangoAttrList *attributes, const char *text, GArray *offsets, int current)
{
  for (guint i = 0; i + 1 < offsets->len; i += 2)
    {
      guint start = g_array_index (offsets, guint, i);
      guint end = g_array_index (offsets, guint, i + 1);
      PangoAttribute *black;

      add_background (attributes, rnl_text_marks_get_colour (current == (int) i / 2), text, start,
                      end);
      if (current != (int) i / 2)
        continue;
      black = pango_attr_foreground_new (0, 0, 0);
      black->start_index = (guint) (g_utf8_offset_to_pointer (text, start) - text);
      black->end_index = (guint) (g_utf8_offset_to_pointer (text, end) - text);
      pango_attr_list_insert (attributes, black);
    }
}

static void
get_selection_colour (GtkWidget *label, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (label), "accent_bg_color",
                                       colour))
    gdk_rgba_parse (colour, "#3584e4");
  colour->alpha = SELECTION_ALPHA;
}

/**
 * rnl_label_select_set_attributes:
 * @label: a label that shows nothing as selected or found
 * @attributes: (nullable): what it has otherwise
 *
 * Gives it other attributes of its own.
 */
void
rnl_label_select_set_attributes (GtkLabel *label, PangoAttrList *attributes)
{
  if (pango_attr_list_equal (g_object_get_data (G_OBJECT (label), ATTRIBUTES_KEY), attributes))
    return;
  if (attributes != NULL)
    pango_attr_list_ref (attributes);
  g_object_set_data_full (G_OBJECT (label), ATTRIBUTES_KEY, attributes,
                          (GDestroyNotify) pango_attr_list_unref);
  gtk_label_set_attributes (label, attributes);
}

/**
 * rnl_label_select_show:
 * @label: a label
 * @start: first character that is selected
 * @end: first character behind, @start for nothing
 * @offsets: (element-type guint) (nullable): characters where what was found begins and ends, in
 *   pairs
 * @current: which pair stands out, or -1
 *
 * Shows what is selected and found in it. The selection of a label itself cannot be used: it
 * belongs to the primary clipboard, so that only one label of a window can have any.
 */
void
rnl_label_select_show (GtkLabel *label, guint start, guint end, GArray *offsets, int current)
{
  const char *text = gtk_label_get_text (label);
  PangoAttrList *attributes;

  PangoAttrList *own = g_object_get_data (G_OBJECT (label), ATTRIBUTES_KEY);

  if (start >= end && (offsets == NULL || offsets->len == 0))
    {
      if (gtk_label_get_attributes (label) != own)
        gtk_label_set_attributes (label, own);
      return;
    }
  attributes = own != NULL ? pango_attr_list_copy (own) : pango_attr_list_new ();
  if (start < end)
    {
      GdkRGBA colour;

      get_selection_colour (GTK_WIDGET (label), &colour);
      add_background (attributes, &colour, text, start, end);
    }
  if (offsets != NULL)
    add_found (attributes, text, offsets, current);
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}
