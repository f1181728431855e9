/* rnl-text-marks.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-marks.h"

#define FOUND_TAG   "rnl-found"
#define CURRENT_TAG "rnl-found-current"

/* The same in light and dark: a veil of yellow, and orange under black. */
static const GdkRGBA found_colour = { 0.97f, 0.80f, 0.15f, 0.42f };
static const GdkRGBA current_colour = { 1.0f, 0.55f, 0.10f, 1.0f };
static const GdkRGBA current_text = { 0.0f, 0.0f, 0.0f, 1.0f };

/**
 * rnl_text_marks_select:
 * @self: marks
 * @range: (nullable): what is selected
 *
 * Returns: whether that is something else than before
 */
gboolean
rnl_text_marks_select (RnlTextMarks *self, const RnlBlockRange *range)
{
  if (rnl_block_range_equal (&self->selected, range))
    return FALSE;
  self->selected = range != NULL ? *range : (RnlBlockRange){ { 0, 0 }, { 0, 0 } };

  return TRUE;
}

/**
 * rnl_text_marks_find:
 * @self: marks
 * @ranges: (array length=n_ranges) (nullable): what was found
 * @n_ranges: how many
 * @current: which of them stands out, or -1
 *
 * Returns: whether that is something else than before
 */
gboolean
rnl_text_marks_find (RnlTextMarks *self, const RnlBlockRange *ranges, guint n_ranges, int current)
{
  guint before = self->found != NULL ? self->found->len : 0;
  gboolean same = before == n_ranges && (n_ranges == 0 || self->current == current);

  for (guint i = 0; same && i < n_ranges; i++)
    same = rnl_block_range_equal (&g_array_index (self->found, RnlBlockRange, i), &ranges[i]);
  if (same)
    return FALSE;

  g_clear_pointer (&self->found, g_array_unref);
  self->current = current;
  if (n_ranges > 0)
    {
      self->found = g_array_sized_new (FALSE, FALSE, sizeof (RnlBlockRange), n_ranges);
      g_array_append_vals (self->found, ranges, n_ranges);
    }

  return TRUE;
}

/**
 * rnl_text_marks_any:
 * @self: marks
 *
 * Returns: whether there is anything to show
 */
gboolean
rnl_text_marks_any (const RnlTextMarks *self)
{
  return self->found != NULL || !rnl_block_range_is_empty (&self->selected);
}

/**
 * rnl_text_marks_clear:
 * @self: marks
 *
 * Forgets everything.
 */
void
rnl_text_marks_clear (RnlTextMarks *self)
{
  rnl_text_marks_select (self, NULL);
  rnl_text_marks_find (self, NULL, 0, -1);
}

/**
 * rnl_text_marks_clip:
 * @self: marks of a list of blocks
 * @first: where a part of that list begins
 * @n_blocks: how many blocks the part has
 * @current: (out): which of the result stands out, or -1
 *
 * Returns: (transfer full) (element-type RnlBlockRange): what was found in that part
 */
GArray *
rnl_text_marks_clip (const RnlTextMarks *self, guint first, guint n_blocks, int *current)
{
  GArray *part = g_array_new (FALSE, FALSE, sizeof (RnlBlockRange));

  *current = -1;
  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      RnlBlockRange range;

      if (!rnl_block_range_clip (&g_array_index (self->found, RnlBlockRange, i), first, n_blocks,
                                 &range))
        continue;
      if (self->current == (int) i)
        *current = (int) part->len;
      g_array_append_val (part, range);
    }

  return part;
}

/* {{{ Text views */

static void
realize_cb (GtkWidget *view)
{
  gtk_text_buffer_remove_selection_clipboard (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                                              gtk_widget_get_primary_clipboard (view));
}

static void
unrealize_cb (GtkWidget *view)
{
  gtk_text_buffer_add_selection_clipboard (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                                           gtk_widget_get_primary_clipboard (view));
}

/**
 * rnl_text_marks_own_selection:
 * @view: a text view that is not realized
 *
 * Keeps what is selected in it off the primary clipboard: that belongs to the whole selection. The
 * buffer of a view that is realized must stay the same.
 */
void
rnl_text_marks_own_selection (GtkTextView *view)
{
  g_signal_connect (view, "realize", G_CALLBACK (realize_cb), NULL);
  g_signal_connect (view, "unrealize", G_CALLBACK (unrealize_cb), NULL);
}

/**
 * rnl_text_marks_show_selection:
 * @buffer: a buffer
 * @from: first character
 * @to: first character behind, or not more than @from for nothing
 *
 * Shows a selection. Without one, the cursor stays where it is.
 */
void
rnl_text_marks_show_selection (GtkTextBuffer *buffer, int from, int to)
{
  GtkTextIter start, end;

  if (to <= from)
    {
      if (!gtk_text_buffer_get_has_selection (buffer))
        return;
      gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
      gtk_text_buffer_place_cursor (buffer, &start);
      return;
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  gtk_text_buffer_select_range (buffer, &start, &end);
}

static GtkTextTag *
add_tag (GtkTextTagTable *table, const char *name, const GdkRGBA *colour, const GdkRGBA *text)
{
  GtkTextTag *tag = gtk_text_tag_new (name);

  g_object_set (tag, "background-rgba", colour, "foreground-rgba", text, NULL);
  gtk_text_tag_table_add (table, tag);
  g_object_unref (tag); /* The table keeps it. */

  return tag;
}

/* Both stand above every other tag, whenever those were made. */
static GtkTextTag *
get_tag (GtkTextBuffer *buffer, gboolean current)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextTag *found = gtk_text_tag_table_lookup (table, FOUND_TAG);
  GtkTextTag *stands_out = gtk_text_tag_table_lookup (table, CURRENT_TAG);
  int highest;

  if (found == NULL)
    {
      found = add_tag (table, FOUND_TAG, &found_colour, NULL);
      stands_out = add_tag (table, CURRENT_TAG, &current_colour, &current_text);
    }
  highest = gtk_text_tag_table_get_size (table) - 1;
  if (gtk_text_tag_get_priority (stands_out) != highest)
    gtk_text_tag_set_priority (stands_out, highest);
  if (gtk_text_tag_get_priority (found) != highest - 1)
    gtk_text_tag_set_priority (found, highest - 1);

  return current ? stands_out : found;
}

/**
 * rnl_text_marks_hide_found:
 * @buffer: a buffer
 *
 * Shows nothing as found.
 */
void
rnl_text_marks_hide_found (GtkTextBuffer *buffer)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  if (gtk_text_tag_table_lookup (table, FOUND_TAG) != NULL)
    gtk_text_buffer_remove_tag_by_name (buffer, FOUND_TAG, &start, &end);
  if (gtk_text_tag_table_lookup (table, CURRENT_TAG) != NULL)
    gtk_text_buffer_remove_tag_by_name (buffer, CURRENT_TAG, &start, &end);
}

/**
 * rnl_text_marks_show_found:
 * @buffer: a buffer
 * @from: first character
 * @to: first character behind
 * @current: whether it stands out
 *
 * Shows a place as found, besides others.
 */
void
rnl_text_marks_show_found (GtkTextBuffer *buffer, int from, int to, gboolean current)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  gtk_text_buffer_apply_tag (buffer, get_tag (buffer, current), &start, &end);
}

/**
 * rnl_text_marks_offset_at:
 * @view: a text view
 * @x: in its coordinates
 * @y: likewise
 *
 * Returns: how many characters of the buffer are before that point
 */
int
rnl_text_marks_offset_at (GtkTextView *view, double x, double y)
{
  GtkTextIter iter;
  int bx, by, trailing = 0;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx, &by);
  gtk_text_view_get_iter_at_position (view, &iter, &trailing, bx, by);
  gtk_text_iter_forward_chars (&iter, trailing);

  return gtk_text_iter_get_offset (&iter);
}

/* }}} */

/**
 * rnl_text_marks_get_colour:
 * @current: whether for what stands out
 *
 * Returns: (transfer none): what lies behind something that was found
 */
const GdkRGBA *
rnl_text_marks_get_colour (gboolean current)
{
  return current ? &current_colour : &found_colour;
}
