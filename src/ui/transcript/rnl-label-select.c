/* rnl-label-select.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-label-select.h"

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

/**
 * rnl_label_select_found:
 * @label: a label
 * @offsets: (element-type guint): characters where what was found begins and ends, in pairs
 * @current: which pair stands out, or -1
 *
 * Shows what was found in it.
 */
void
rnl_label_select_found (GtkLabel *label, GArray *offsets, int current)
{
  const char *text = gtk_label_get_text (label);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i + 1 < offsets->len; i += 2)
    {
      const char *start = g_utf8_offset_to_pointer (text, g_array_index (offsets, guint, i));
      const char *end = g_utf8_offset_to_pointer (text, g_array_index (offsets, guint, i + 1));

      rnl_text_marks_add_attributes (attributes, (guint) (start - text), (guint) (end - text),
                                     current == (int) i / 2);
    }
  gtk_label_set_attributes (label, offsets->len > 0 ? attributes : NULL);
  pango_attr_list_unref (attributes);
}
