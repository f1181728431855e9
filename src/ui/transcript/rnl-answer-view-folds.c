/* rnl-answer-view-folds.c: long lists and long lines of an answer, of which a part is laid out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* So much of a list, and so much of the source of a paragraph; the rest waits behind a button. */
#define MAX_ITEMS 200
#define MAX_BYTES (16 * 1024)

/* Who parses cuts a paragraph that is longer than about twice this, in bytes of the source: what is
 * shorter has ended by itself. */
#define MIN_CUT 1280

/* The pieces of a long paragraph count for more than text that comes: GTK lays out each as a
 * whole, and two or three are enough for a frame. */
#define LONG_WEIGHT 3

/* A step shows so many blocks, or as many as have so much text in bytes. */
#define STEP_BLOCKS 16
#define STEP_BYTES  512

/* The outermost list a block stands in; 0 for none. */
static guint
get_list (RnlBlock *block)
{
  guint n;
  const RnlContainer *containers = rnl_block_get_containers (block, &n);

  for (guint i = 0; i < n; i++)
    if (containers[i].kind == RNL_CONTAINER_BULLETS || containers[i].kind == RNL_CONTAINER_NUMBERS)
      return containers[i].serial;

  return 0;
}

/* How much of the source there is in the pieces before @block of a paragraph that was cut. */
static gsize
measure_before (RnlBlock *previous, gsize before, RnlBlock *block)
{
  guint64 start, end, next, ignored;

  if (rnl_block_get_kind (block) != RNL_BLOCK_PARAGRAPH
      || (rnl_block_get_kind (previous) != RNL_BLOCK_PARAGRAPH
          && rnl_block_get_kind (previous) != RNL_BLOCK_ITEM))
    return 0;
  rnl_block_get_source (previous, &start, &end);
  rnl_block_get_source (block, &next, &ignored);

  return end - start >= MIN_CUT && next <= end + 1 ? before + (gsize) (end - start) : 0;
}

/* What of its list and its paragraph stands before a block. Fills in all of @place but where the
 * block is shown. */
void
rnl_answer_view_measure_run (RnlAnswerView *self, guint position, Place *place)
{
  RnlBlock *block = rnl_markdown_stream_get_block (self->stream, position);
  const Place *last = position > 0 ? &g_array_index (self->places, Place, position - 1) : NULL;

  place->list = get_list (block);
  place->n_items = 0;
  place->n_before = 0;
  place->whole = FALSE;
  if (last != NULL)
    {
      gboolean same = place->list > 0 && place->list == last->list;

      place->n_before = measure_before (rnl_markdown_stream_get_block (self->stream, position - 1),
                                        last->n_before, block);
      place->n_items = same ? last->n_items : 0;
      place->whole = last->whole && (same || place->n_before > 0);
    }
  if (place->list > 0 && rnl_block_get_marker (block) != RNL_MARKER_NONE)
    place->n_items++;
}

/* Whether a block is behind what is laid out of its list or its paragraph. */
gboolean
rnl_answer_view_is_hidden (const Place *place)
{
  return !place->whole && (place->n_items > MAX_ITEMS || place->n_before >= MAX_BYTES);
}

static guint
find_first (RnlAnswerView *self, GtkWidget *child)
{
  guint first = 0;

  while (first < self->places->len && g_array_index (self->places, Place, first).child != child)
    first++;

  return first;
}

/* What comes later goes by the block before it: the last one that was shown counts, too. */
static void
opened_cb (RnlAnswerView *self, RnlAnswerFold *fold)
{
  guint first = find_first (self, GTK_WIDGET (fold));

  for (guint i = first - 1; i < self->places->len; i++)
    if (i < first || g_array_index (self->places, Place, i).child == GTK_WIDGET (fold))
      g_array_index (self->places, Place, i).whole = TRUE;
  g_ptr_array_add (self->behind, fold);
  rnl_answer_view_schedule (self);
}

/* Puts a block behind a button, the one that stands for the block before if there is one.
 * @place: where it is shown; filled in
 * @parent: the column the button goes into
 * @sibling: (nullable): what comes behind it there */
void
rnl_answer_view_fold (
  RnlAnswerView *self, guint position, Place *place, GtkWidget *parent, GtkWidget *sibling)
{
  const Place *last = &g_array_index (self->places, Place, position - 1);

  if (RNL_IS_ANSWER_FOLD (last->child) && last->list == place->list)
    {
      place->child = last->child;
      place->index = last->index + 1;
      return;
    }
  place->child = rnl_answer_fold_new ();
  place->index = 0;
  g_signal_connect_object (place->child, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (place->child, parent, sibling);
}

/* Says how much there is, if the last block is folded away. */
void
rnl_answer_view_label_fold (RnlAnswerView *self)
{
  const Place *last;

  if (self->places->len == 0)
    return;
  last = &g_array_index (self->places, Place, self->places->len - 1);
  if (RNL_IS_ANSWER_FOLD (last->child) && last->n_items > 0)
    rnl_answer_fold_set_items (RNL_ANSWER_FOLD (last->child), last->n_items);
}

/* Where that is shown, in front of the button: what is kept back stands before all of it. */
static GtkWidget *
grow (RnlAnswerView *self, GtkWidget *fold)
{
  GtkWidget *around = gtk_widget_get_parent (fold);
  GtkWidget *column;

  if (self->gap == NULL || gtk_widget_get_prev_sibling (fold) != self->gap)
    return rnl_answer_column_grow (RNL_ANSWER_COLUMN (around), fold);
  column = rnl_answer_column_new ();
  gtk_widget_insert_before (column, around, fold);

  return column;
}

/* Shows some of what a fold that was opened stands for. Returns whether there is more of it. */
gboolean
rnl_answer_view_unfold (RnlAnswerView *self, RnlAnswerFold *fold)
{
  guint first = find_first (self, GTK_WIDGET (fold));
  GtkWidget *column = grow (self, GTK_WIDGET (fold));
  guint at = first;
  gsize taken = 0;

  while (at < self->places->len && at < first + STEP_BLOCKS && taken < STEP_BYTES
         && g_array_index (self->places, Place, at).child == GTK_WIDGET (fold))
    {
      taken += rnl_block_get_length (rnl_markdown_stream_get_block (self->stream, at));
      rnl_answer_view_show_block (self, at, &g_array_index (self->places, Place, at), column, NULL);
      at++;
    }
  for (guint i = at; i < self->places->len; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      if (place->child != GTK_WIDGET (fold))
        break;
      place->index = i - at;
    }
  self->taken += taken < MIN_CUT ? taken : LONG_WEIGHT * taken;
  rnl_answer_view_show_marks (self, first);
  if (at < self->places->len && g_array_index (self->places, Place, at).child == GTK_WIDGET (fold))
    return TRUE;
  gtk_widget_unparent (GTK_WIDGET (fold));

  return FALSE;
}
