/* rnl-text-segment.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-text-segment-private.h"
#include "rnl-answer-tags.h"
#include "rnl-box-glyphs.h"
#include "rnl-image-source.h"
#include "rnl-text-realize.h"

#include <glib/gi18n.h>
#include <string.h>

/* A segment with so much text or so many blocks is followed by another: the cost of a change and
 * of a layout is that of one segment. */
#define MAX_BYTES  4096
#define MAX_BLOCKS 40

/**
 * RnlTextSegment:
 *
 * A read-only text view with a few text blocks of an answer. Blocks are added and replaced at the
 * end only, and a replacement touches only the text that differs.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (RnlTextSegment,
                               rnl_text_segment,
                               GTK_TYPE_TEXT_VIEW,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_text_segment_init_selectable))

static GtkTextBuffer *
get_buffer (RnlTextSegment *self)
{
  return self->buffer;
}

static void
clear_entry (gpointer data)
{
  RnlTextEntry *entry = data;

  g_clear_object (&entry->block);
  g_clear_pointer (&entry->swaps, g_array_unref);
}

/* {{{ Quotes */

static void
snapshot_bars (RnlTextSegment *self, GtkSnapshot *snapshot, guint index)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  const RnlTextEntry *entry = &g_array_index (self->entries, RnlTextEntry, index);
  guint depth = rnl_block_get_quote_depth (entry->block);
  gboolean joined
    = index > 0
      && rnl_block_get_quote_depth (g_array_index (self->entries, RnlTextEntry, index - 1).block)
           > 0;
  GtkTextIter start, end;
  GdkRectangle first, last;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= 0.22f;
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, entry->text);
  if (index + 1 < self->entries->len)
    gtk_text_buffer_get_iter_at_offset (
      get_buffer (self), &end, g_array_index (self->entries, RnlTextEntry, index + 1).start);
  else
    gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_view_get_line_yrange (view, &start, &first.y, &first.height);
  gtk_text_view_get_line_yrange (view, &end, &last.y, &last.height);
  if (!joined && index > 0)
    first.y += rnl_answer_gap (g_array_index (self->entries, RnlTextEntry, index - 1).block,
                               entry->block);

  for (guint i = 0; i < depth; i++)
    gtk_snapshot_append_color (snapshot, &colour,
                               &GRAPHENE_RECT_INIT (rnl_answer_quote_indent (i) + 1, first.y, 3,
                                                    last.y + last.height - first.y));
}

static void
snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (view);

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT || !self->has_quotes)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    if (rnl_block_get_quote_depth (g_array_index (self->entries, RnlTextEntry, i).block) > 0)
      snapshot_bars (self, snapshot, i);
}

/* }}} */

static void
realize (GtkWidget *widget)
{
  rnl_text_realize (GTK_TEXT_VIEW (widget), GTK_WIDGET_CLASS (rnl_text_segment_parent_class));
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  rnl_text_attach (GTK_TEXT_VIEW (widget), RNL_TEXT_SEGMENT (widget)->buffer);
  GTK_WIDGET_CLASS (rnl_text_segment_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkSnapshot *own = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_CLASS (rnl_text_segment_parent_class)->snapshot (widget, own);
  node = gtk_snapshot_free_to_node (own);
  if (node != NULL)
    rnl_box_glyphs_append (snapshot, node, gtk_widget_get_scale_factor (widget));
}

static void
rnl_text_segment_finalize (GObject *object)
{
  RnlTextSegment *self = RNL_TEXT_SEGMENT (object);

  g_object_unref (self->buffer);
  g_array_unref (self->entries);
  g_array_unref (self->links);
  g_free (self->menu_href);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_text_segment_parent_class)->finalize (object);
}

static void
rnl_text_segment_class_init (RnlTextSegmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_text_segment_finalize;
  GTK_WIDGET_CLASS (klass)->realize = realize;
  GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = snapshot_layer;
  rnl_text_segment_class_init_links (GTK_WIDGET_CLASS (klass));
}

static void
rnl_text_segment_init (RnlTextSegment *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  self->entries = g_array_new (FALSE, FALSE, sizeof (RnlTextEntry));
  g_array_set_clear_func (self->entries, clear_entry);

  self->buffer = gtk_text_buffer_new (rnl_answer_tags_get_table ());
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_above_lines (view, 2);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answer"), -1);

  rnl_text_wait_for_width (view);
  rnl_text_segment_init_links (self);
  rnl_text_marks_own_selection (view);
}

/**
 * rnl_text_segment_is_full:
 * @self: a segment
 *
 * Returns: whether the next block belongs into another segment
 */
gboolean
rnl_text_segment_is_full (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), TRUE);

  return self->entries->len >= MAX_BLOCKS || self->n_bytes >= MAX_BYTES;
}

/**
 * rnl_text_segment_get_n_blocks:
 * @self: a segment
 *
 * Returns: how many blocks it has
 */
guint
rnl_text_segment_get_n_blocks (RnlTextSegment *self)
{
  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), 0);

  return self->entries->len;
}

static int
end_offset (RnlTextSegment *self)
{
  return gtk_text_buffer_get_char_count (get_buffer (self));
}

static void
apply (RnlTextSegment *self, GtkTextTag *tag, int start, int end)
{
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &a, start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &b, end);
  gtk_text_buffer_apply_tag (get_buffer (self), tag, &a, &b);
}

static void
insert (RnlTextSegment *self, const char *text, gsize length)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_insert (get_buffer (self), &end, text, (int) length);
}

static void
insert_marker (RnlTextSegment *self, RnlBlock *block)
{
  static const char *const bullets[] = { "•\t", "◦\t", "▪\t" };
  guint depth = rnl_block_get_list_depth (block);
  int start = end_offset (self);
  char number[16];

  switch (rnl_block_get_marker (block))
    {
    case RNL_MARKER_NONE:
      return;
    case RNL_MARKER_BULLET:
      insert (self, bullets[(depth > 0 ? depth - 1 : 0) % 3], strlen (bullets[0]));
      break;
    case RNL_MARKER_FOOTNOTE:
      rnl_text_segment_insert_note_marker (self, rnl_block_get_number (block));
      break;
    case RNL_MARKER_NUMBER:
      g_snprintf (number, sizeof number, "%u.\t", rnl_block_get_number (block));
      insert (self, number, strlen (number));
      break;
    case RNL_MARKER_OPEN_TASK:
      insert (self, "☐\t", strlen ("☐\t"));
      break;
    case RNL_MARKER_DONE_TASK:
      insert (self, "☑\t", strlen ("☑\t"));
      break;
    }
  apply (self, rnl_answer_tags_get_marker (), start, end_offset (self));
}

static void
insert_span (RnlTextSegment *self, RnlTextEntry *entry, const RnlSpan *span, gsize from)
{
  const char *text = rnl_block_get_text (entry->block);
  int start = end_offset (self);

  if (span->flags & RNL_SPAN_MATH)
    rnl_text_segment_insert_formula (self, entry, span);
  else
    insert (self, text + from, span->end - from);
  for (guint flag = RNL_SPAN_STRONG; flag <= RNL_SPAN_IMAGE; flag <<= 1)
    if (span->flags & flag)
      apply (self, rnl_answer_tags_get_span (flag), start, end_offset (self));
  if (span->href != NULL)
    {
      apply (self, rnl_answer_tags_get_span (RNL_SPAN_LINK), start, end_offset (self));
      rnl_text_segment_add_link (self, start, end_offset (self), span->href);
    }
  else if ((span->flags & RNL_SPAN_IMAGE) && self->images
           && rnl_image_source_may_have (span->address))
    {
      g_autofree char *link = g_strconcat (RNL_IMAGE_LINK, span->address, NULL);

      apply (self, rnl_answer_tags_get_span (RNL_SPAN_LINK), start, end_offset (self));
      rnl_text_segment_add_link (self, start, end_offset (self), link);
    }
  if (span->flags & RNL_SPAN_FOOTNOTE)
    rnl_text_segment_add_reference (self, start, span->number);
}

/* Inserts the block's text from byte @from and styles it. */
static void
insert_text (RnlTextSegment *self, RnlTextEntry *entry, gsize from)
{
  const char *text = rnl_block_get_text (entry->block);
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (entry->block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      if (spans[i].end <= from)
        continue;
      if (spans[i].start > from)
        insert (self, text + from, spans[i].start - from);
      insert_span (self, entry, &spans[i], MAX (spans[i].start, from));
      from = spans[i].end;
    }
  insert (self, text + from, rnl_block_get_length (entry->block) - from);
}

/* Gives what was inserted from @start on the look of its paragraph. */
static void
style_block (RnlTextSegment *self, const RnlTextEntry *entry, int start)
{
  RnlBlock *block = entry->block;
  gboolean marker = rnl_block_get_marker (block) != RNL_MARKER_NONE;
  int end = end_offset (self);
  GtkTextIter line;

  if (rnl_block_get_quote_depth (block) > 0)
    {
      apply (self, rnl_answer_tags_get_quote (), start, end);
      self->has_quotes = TRUE;
    }
  if (rnl_block_get_kind (block) == RNL_BLOCK_HEADING)
    apply (self, rnl_answer_tags_get_heading (rnl_block_get_level (block)), start, end);
  if (!marker)
    {
      apply (self, rnl_answer_tags_get_paragraph (block, FALSE), start, end);
      return;
    }

  /* The lines after the first have no marker to hang behind. */
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &line, entry->text);
  gtk_text_iter_forward_line (&line);
  if (gtk_text_iter_get_offset (&line) > start)
    apply (self, rnl_answer_tags_get_paragraph (block, TRUE), start,
           gtk_text_iter_get_offset (&line));
  if (gtk_text_iter_get_offset (&line) < end)
    apply (self, rnl_answer_tags_get_paragraph (block, FALSE),
           MAX (start, gtk_text_iter_get_offset (&line)), end);
}

/**
 * rnl_text_segment_append:
 * @self: a segment
 * @block: a paragraph, heading or item
 *
 * Adds a block at the end.
 */
void
rnl_text_segment_append (RnlTextSegment *self, RnlBlock *block)
{
  RnlTextEntry entry = { .block = g_object_ref (block), .start = end_offset (self) };
  RnlBlock *previous = NULL;
  int start;

  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));

  if (self->entries->len > 0)
    {
      previous = g_array_index (self->entries, RnlTextEntry, self->entries->len - 1).block;
      insert (self, "\n", 1);
    }
  start = end_offset (self);
  insert_marker (self, block);
  entry.text = end_offset (self);
  insert_text (self, &entry, 0);
  g_array_append_val (self->entries, entry);
  style_block (self, &entry, start);
  if (previous != NULL)
    apply (self, rnl_answer_tags_get_gap (previous, block), start,
           MIN (start + 1, end_offset (self)));
  self->n_bytes += rnl_block_get_length (block);
}

static void
remove_from (RnlTextSegment *self, int offset)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &start, offset);
  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  if (!gtk_text_iter_equal (&start, &end))
    gtk_text_buffer_delete (get_buffer (self), &start, &end);
  rnl_text_segment_truncate_links (self, offset);
}

/**
 * rnl_text_segment_truncate:
 * @self: a segment
 * @n_blocks: how many blocks stay
 *
 * Removes the last blocks.
 */
void
rnl_text_segment_truncate (RnlTextSegment *self, guint n_blocks)
{
  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));

  if (n_blocks >= self->entries->len)
    return;
  remove_from (self, g_array_index (self->entries, RnlTextEntry, n_blocks).start);
  for (guint i = n_blocks; i < self->entries->len; i++)
    self->n_bytes -= rnl_block_get_length (g_array_index (self->entries, RnlTextEntry, i).block);
  g_array_set_size (self->entries, n_blocks);
}

static gboolean
same_look (RnlBlock *a, RnlBlock *b)
{
  return rnl_block_get_kind (a) == rnl_block_get_kind (b)
         && rnl_block_get_level (a) == rnl_block_get_level (b)
         && rnl_block_get_marker (a) == rnl_block_get_marker (b)
         && rnl_block_get_number (a) == rnl_block_get_number (b)
         && rnl_block_get_quote_depth (a) == rnl_block_get_quote_depth (b)
         && rnl_block_get_list_depth (a) == rnl_block_get_list_depth (b);
}

/* A formula is the same as a whole or not at all. */
static gsize
before_formula (const RnlSpan *spans, guint n_spans, gsize length)
{
  for (guint i = 0; i < n_spans; i++)
    if (spans[i].flags & RNL_SPAN_MATH && spans[i].start < length && spans[i].end > length)
      return spans[i].start;

  return length;
}

/* How many bytes at the beginning of both look the same. */
static gsize
common_length (RnlBlock *a, RnlBlock *b)
{
  const char *text_a = rnl_block_get_text (a);
  const char *text_b = rnl_block_get_text (b);
  gsize limit = MIN (rnl_block_get_length (a), rnl_block_get_length (b));
  guint n_a, n_b;
  const RnlSpan *spans_a = rnl_block_get_spans (a, &n_a);
  const RnlSpan *spans_b = rnl_block_get_spans (b, &n_b);
  gsize n;

  for (guint i = 0; i < MAX (n_a, n_b); i++)
    {
      if (i >= n_a || i >= n_b)
        {
          limit = MIN (limit, i < n_a ? spans_a[i].start : spans_b[i].start);
          break;
        }
      if (spans_a[i].start != spans_b[i].start || spans_a[i].flags != spans_b[i].flags
          || g_strcmp0 (spans_a[i].href, spans_b[i].href) != 0)
        {
          limit = MIN (limit, MIN (spans_a[i].start, spans_b[i].start));
          break;
        }
      if (spans_a[i].end != spans_b[i].end)
        {
          limit = MIN (limit, MIN (spans_a[i].end, spans_b[i].end));
          break;
        }
    }
  for (n = 0; n < limit && text_a[n] == text_b[n]; n++)
    ;
  while (n > 0 && ((guchar) text_b[n] & 0xc0) == 0x80)
    n--;

  return before_formula (spans_a, n_a, before_formula (spans_b, n_b, n));
}

/**
 * rnl_text_segment_replace_last:
 * @self: a segment with blocks
 * @block: what the last block has become
 *
 * Replaces the last block; text that stays the same is not touched.
 */
void
rnl_text_segment_replace_last (RnlTextSegment *self, RnlBlock *block)
{
  RnlTextEntry *entry;
  gsize same;
  guint n_chars;
  int start;

  g_return_if_fail (RNL_IS_TEXT_SEGMENT (self));
  g_return_if_fail (self->entries->len > 0);

  entry = &g_array_index (self->entries, RnlTextEntry, self->entries->len - 1);
  same = same_look (entry->block, block) ? common_length (entry->block, block) : 0;
  if (same == 0)
    {
      rnl_text_segment_truncate (self, self->entries->len - 1);
      rnl_text_segment_append (self, block);
      return;
    }

  n_chars = (guint) g_utf8_strlen (rnl_block_get_text (block), (gssize) same);
  start = rnl_text_entry_to_buffer (entry, n_chars);
  rnl_text_entry_truncate_swaps (entry, n_chars);
  remove_from (self, start);
  self->n_bytes += rnl_block_get_length (block);
  self->n_bytes -= rnl_block_get_length (entry->block);
  g_set_object (&entry->block, block);
  insert_text (self, entry, same);
  style_block (self, entry, start);
}

/**
 * rnl_text_segment_dup_text:
 * @self: a segment
 *
 * Returns: (transfer full): the text as it is displayed
 */
char *
rnl_text_segment_dup_text (RnlTextSegment *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RNL_IS_TEXT_SEGMENT (self), NULL);

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

/**
 * rnl_text_segment_new:
 * @block: its first block
 * @images: whether images can be opened
 *
 * Returns: (transfer floating): a segment with one block
 */
GtkWidget *
rnl_text_segment_new (RnlBlock *block, gboolean images)
{
  RnlTextSegment *self = g_object_new (RNL_TYPE_TEXT_SEGMENT, NULL);
  GtkTextIter start;

  /* The cursor goes along with the text that is inserted there: put it back to the beginning, where
   * the keyboard begins, before the view sees it. A view lays out text to follow its cursor. */
  self->images = images;
  rnl_text_segment_append (self, block);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);

  return GTK_WIDGET (self);
}
