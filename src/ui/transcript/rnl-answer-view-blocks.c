/* rnl-answer-view-blocks.c: the blocks of an answer and the widgets that show them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-answer-tags.h"
#include "rnl-code-block.h"
#include "rnl-image-block.h"
#include "rnl-math-block.h"
#include "rnl-table-view.h"
#include "rnl-text-segment.h"

/* Under a box the gap to the text looks smaller than between texts. In pixels. */
#define BOX_MARGIN 4

static Place *
last_place (RnlAnswerView *self)
{
  return self->places->len > 0 ? &g_array_index (self->places, Place, self->places->len - 1) : NULL;
}

static gboolean
is_images (RnlAnswerView *self, RnlBlock *block)
{
  return self->images != NULL && rnl_image_block_takes (block);
}

static gboolean
is_text (RnlAnswerView *self, RnlBlock *block)
{
  RnlBlockKind kind = rnl_block_get_kind (block);

  return (kind == RNL_BLOCK_PARAGRAPH || kind == RNL_BLOCK_HEADING || kind == RNL_BLOCK_ITEM)
         && !is_images (self, block);
}

static gboolean
suits (RnlAnswerView *self, GtkWidget *child, RnlBlock *block)
{
  if (is_images (self, block))
    return RNL_IS_IMAGE_BLOCK (child);

  switch (rnl_block_get_kind (block))
    {
    case RNL_BLOCK_PARAGRAPH:
    case RNL_BLOCK_HEADING:
    case RNL_BLOCK_ITEM:
      return RNL_IS_TEXT_SEGMENT (child);
    case RNL_BLOCK_MATH:
      return RNL_IS_MATH_BLOCK (child);
    case RNL_BLOCK_CODE:
      return RNL_IS_CODE_BLOCK (child);
    case RNL_BLOCK_TABLE:
      return RNL_IS_TABLE_VIEW (child);
    case RNL_BLOCK_RULE:
      return GTK_IS_SEPARATOR (child);
    }

  return FALSE;
}

static void
link_activated_cb (RnlAnswerView *self, const char *address)
{
  g_signal_emit_by_name (self, "link-activated", address);
}

static GtkWidget *
make_child (RnlAnswerView *self, RnlBlock *block)
{
  GtkWidget *child;

  switch (rnl_block_get_kind (block))
    {
    case RNL_BLOCK_CODE:
      return rnl_code_block_new (block);
    case RNL_BLOCK_MATH:
      return rnl_math_block_new (block);
    case RNL_BLOCK_TABLE:
      child = rnl_table_view_new (block);
      break;
    case RNL_BLOCK_RULE:
      child = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_add_css_class (child, "answer-rule");
      return child;
    case RNL_BLOCK_PARAGRAPH:
    case RNL_BLOCK_HEADING:
    case RNL_BLOCK_ITEM:
    default:
      child = is_images (self, block) ? rnl_image_block_new (self->images, block)
                                      : rnl_text_segment_new (block, self->images != NULL);
      break;
    }
  g_signal_connect_object (child, "link-activated", G_CALLBACK (link_activated_cb), self,
                           G_CONNECT_SWAPPED);

  return child;
}

/* Code and tables show what they have step by step. */
static void
add_behind (RnlAnswerView *self, GtkWidget *child)
{
  if ((RNL_IS_CODE_BLOCK (child) || RNL_IS_TABLE_VIEW (child))
      && !g_ptr_array_find (self->behind, child, NULL))
    g_ptr_array_add (self->behind, child);
}

/* Shows a block after all those before it.
 * @place: where it is shown; filled in
 * @parent: the column it goes into, if it needs a widget
 * @sibling: (nullable): what comes behind it there */
void
rnl_answer_view_show_block (
  RnlAnswerView *self, guint position, Place *place, GtkWidget *parent, GtkWidget *sibling)
{
  RnlBlock *block = rnl_markdown_stream_get_block (self->stream, position);
  RnlBlock *previous
    = position > 0 ? rnl_markdown_stream_get_block (self->stream, position - 1) : NULL;
  const Place *last = position > 0 ? &g_array_index (self->places, Place, position - 1) : NULL;

  if (last != NULL && is_text (self, block) && RNL_IS_TEXT_SEGMENT (last->child)
      && !rnl_text_segment_is_full (RNL_TEXT_SEGMENT (last->child)))
    {
      place->child = last->child;
      place->index = last->index + 1;
      rnl_text_segment_append (RNL_TEXT_SEGMENT (place->child), block);
      return;
    }
  place->child = make_child (self, block);
  place->index = 0;
  gtk_widget_set_margin_top (place->child, rnl_answer_gap (previous, block));
  if (!is_text (self, block))
    {
      gtk_widget_set_margin_start (place->child, rnl_answer_indent (block));
      gtk_widget_set_margin_bottom (place->child, BOX_MARGIN);
    }
  gtk_widget_insert_before (place->child, parent, sibling);
  add_behind (self, place->child);
}

static void
append_block (RnlAnswerView *self, guint position)
{
  Place place = { 0 };

  rnl_answer_view_measure_run (self, position, &place);
  if (self->gathering)
    rnl_answer_view_gather (self, &place);
  else if (rnl_answer_view_is_hidden (&place))
    rnl_answer_view_fold (self, position, &place, GTK_WIDGET (self), NULL);
  else
    rnl_answer_view_show_block (self, position, &place, GTK_WIDGET (self), NULL);
  g_array_append_val (self->places, place);
}

/* Takes the last block off the screen. */
static void
remove_last (RnlAnswerView *self)
{
  Place place = *last_place (self);

  g_array_set_size (self->places, self->places->len - 1);
  if (place.index > 0)
    {
      if (RNL_IS_TEXT_SEGMENT (place.child))
        rnl_text_segment_truncate (RNL_TEXT_SEGMENT (place.child), place.index);
    }
  else
    {
      g_ptr_array_remove (self->behind, place.child);
      if (place.child != self->gap)
        gtk_widget_unparent (place.child);
      else if (!self->gathering)
        rnl_answer_view_close_gap (self);
    }
}

/* Whether what the last block has become can be shown where that was. */
static gboolean
stays (RnlAnswerView *self, RnlBlock *block)
{
  Place place = *last_place (self);

  if (place.child == self->gap)
    return TRUE;
  if (!RNL_IS_ANSWER_FOLD (place.child))
    return suits (self, place.child, block);
  rnl_answer_view_measure_run (self, self->places->len - 1, &place);

  return place.list == last_place (self)->list && rnl_answer_view_is_hidden (&place);
}

static void
update_last (RnlAnswerView *self, RnlBlock *block)
{
  GtkWidget *child = last_place (self)->child;

  rnl_answer_view_measure_run (self, self->places->len - 1, last_place (self));
  if (RNL_IS_TEXT_SEGMENT (child))
    rnl_text_segment_replace_last (RNL_TEXT_SEGMENT (child), block);
  else if (RNL_IS_CODE_BLOCK (child))
    rnl_code_block_update (RNL_CODE_BLOCK (child), block);
  else if (RNL_IS_TABLE_VIEW (child))
    rnl_table_view_update (RNL_TABLE_VIEW (child), block);
  else if (RNL_IS_MATH_BLOCK (child))
    rnl_math_block_update (RNL_MATH_BLOCK (child), block);
  else if (RNL_IS_IMAGE_BLOCK (child))
    rnl_image_block_update (RNL_IMAGE_BLOCK (child), block);
  add_behind (self, child);
}

static void
items_changed_cb (RnlAnswerView *self, guint position, guint removed, guint added)
{
  guint first = position;

  while (self->places->len > position + 1)
    remove_last (self);
  if (removed > 0 && self->places->len > position)
    {
      RnlBlock *block = added > 0 ? rnl_markdown_stream_get_block (self->stream, position) : NULL;

      if (block != NULL && stays (self, block))
        {
          update_last (self, block);
          position++;
          added--;
        }
      else
        remove_last (self);
    }
  for (guint i = 0; i < added; i++)
    append_block (self, position + i);
  rnl_answer_view_label_fold (self);
  rnl_answer_view_show_marks (self, first);
}

static void
code_appended_cb (RnlAnswerView *self, guint position, gulong offset)
{
  update_last (self, rnl_markdown_stream_get_block (self->stream, position));
  rnl_answer_view_show_marks (self, position);
}

/* Whether what comes now is not laid out: it goes into something of which enough is shown. */
gboolean
rnl_answer_view_is_bounded (RnlAnswerView *self)
{
  Place *last = last_place (self);

  if (last == NULL)
    return FALSE;

  return RNL_IS_CODE_BLOCK (last->child)
           ? rnl_code_block_is_bounded (RNL_CODE_BLOCK (last->child))
           : RNL_IS_ANSWER_FOLD (last->child) || last->child == self->gap;
}

/* How long the text is that may still become another, in bytes. */
gsize
rnl_answer_view_get_open_length (RnlAnswerView *self)
{
  if (self->places->len == 0 || !RNL_IS_TEXT_SEGMENT (last_place (self)->child))
    return 0;

  return rnl_block_get_length (rnl_markdown_stream_get_block (self->stream, self->places->len - 1));
}

static void
set_stream (RnlAnswerView *self, RnlMarkdownStream *stream)
{
  if (self->stream != NULL)
    g_signal_handlers_disconnect_by_data (self->stream, self);
  g_set_object (&self->stream, stream);
  g_signal_connect_object (stream, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stream, "code-appended", G_CALLBACK (code_appended_cb), self,
                           G_CONNECT_SWAPPED);
  self->ended = FALSE;
}

/* Takes everything off the screen and begins with an empty text. */
void
rnl_answer_view_reset (RnlAnswerView *self)
{
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  GtkWidget *column;

  while (self->places->len > 0)
    remove_last (self);
  if (self->gap != NULL)
    rnl_answer_view_close_gap (self);
  while ((column = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (column);
  self->middle = NULL;
  set_stream (self, stream);
  self->fed = 0;
}

/* The text that had ended goes on: what is read otherwise without its end, as a rule the last
 * block, is shown anew, everything before stays where it is. */
void
rnl_answer_view_reopen (RnlAnswerView *self)
{
  g_autoptr (RnlMarkdownStream) old = g_object_ref (self->stream);
  g_autoptr (RnlMarkdownStream) stream = rnl_markdown_stream_new ();
  guint n_old = rnl_markdown_stream_get_n_blocks (old), n_new, same = 0;

  rnl_markdown_stream_feed (stream, self->source->str, (gssize) self->fed);
  rnl_markdown_stream_flush (stream);
  n_new = rnl_markdown_stream_get_n_blocks (stream);
  while (same + 1 < MIN (n_old, n_new)
         && rnl_block_equal (rnl_markdown_stream_get_block (old, same),
                             rnl_markdown_stream_get_block (stream, same)))
    same++;
  set_stream (self, stream);
  items_changed_cb (self, same, n_old - same, n_new - same);
}

/**
 * rnl_answer_view_find:
 * @self: a view
 * @y: in the view's coordinates
 *
 * For who keeps what is read where it is: a button in place of text may go, and is not what is
 * read.
 *
 * Returns: (transfer none): the blocks at @y, or below it; @self if there are none
 */
GtkWidget *
rnl_answer_view_find (RnlAnswerView *self, double y)
{
  graphene_rect_t bounds;

  g_return_val_if_fail (RNL_IS_ANSWER_VIEW (self), NULL);

  for (GtkWidget *child = rnl_answer_column_get_first (RNL_ANSWER_COLUMN (self)); child != NULL;
       child = rnl_answer_column_get_next (RNL_ANSWER_COLUMN (self), child))
    if (!RNL_IS_ANSWER_FOLD (child) && gtk_widget_compute_bounds (child, GTK_WIDGET (self), &bounds)
        && bounds.origin.y + bounds.size.height > y)
      return child;

  return GTK_WIDGET (self);
}

/**
 * rnl_answer_view_dup_text:
 * @self: a view
 *
 * Returns: (transfer full): the text as it is displayed, one line end between blocks
 */
char *
rnl_answer_view_dup_text (RnlAnswerView *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (RNL_IS_ANSWER_VIEW (self), NULL);

  for (GtkWidget *child = rnl_answer_column_get_first (RNL_ANSWER_COLUMN (self)); child != NULL;
       child = rnl_answer_column_get_next (RNL_ANSWER_COLUMN (self), child))
    {
      g_autofree char *part = NULL;

      if (RNL_IS_ANSWER_FOLD (child))
        continue;
      if (RNL_IS_TEXT_SEGMENT (child))
        part = rnl_text_segment_dup_text (RNL_TEXT_SEGMENT (child));
      else if (RNL_IS_CODE_BLOCK (child))
        part = rnl_code_block_dup_shown (RNL_CODE_BLOCK (child));
      else if (RNL_IS_TABLE_VIEW (child))
        part = rnl_table_view_dup_text (RNL_TABLE_VIEW (child));
      else if (RNL_IS_MATH_BLOCK (child))
        part = rnl_math_block_dup_text (RNL_MATH_BLOCK (child));
      else if (RNL_IS_IMAGE_BLOCK (child))
        part = rnl_image_block_dup_text (RNL_IMAGE_BLOCK (child));
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, part != NULL ? part : "");
    }

  return g_string_free (text, FALSE);
}
