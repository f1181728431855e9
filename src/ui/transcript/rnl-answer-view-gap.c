/* rnl-answer-view-gap.c: a long text that opens shows its end first
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* A text that has so much left, in bytes, when so much of it is shown. One that is there as a whole
 * is kept back from its beginning on, if it is longer than what can be shown at once. */
#define MIN_REST (8 * 1024)
#define HEAD     512

/* At least so much of its end is shown before what stands between, in bytes; as much as can be seen
 * at once, when that is known. Each step comes before the others and gives them a new style, so
 * that these are to be few. */
#define TAIL 2048

/* A step shows so much, in bytes, if not a single block has more: a text segment. */
#define STEP 512

/* What the widgets around code or a table cost, in bytes of text; what is in them comes afterwards.
 */
#define BOX_COST 2048

/* What a line costs at least, however short its text is. */
#define LINE_COST 32

/* No block is laid out that is longer, in bytes: it scrolls by itself, or has a button. */
#define MAX_LAID_OUT (16 * 1024)

/* So little is not worth it, in bytes: nothing is painted before it is there, too. */
#define SMALL_REST (8 * 1024)

/* What is kept for it, as a part of what it would take if it were like what is there: too little is
 * seen to move, too much only makes the thumb of the scrollbar smaller. */
#define SPARE 1.5

/* More than that would not be right, either, in pixels. */
#define MAX_ROOM (1 << 20)

/* A block as long as this is laid out while it comes, and not at once. */
#define MAX_BLOCK 1024

/* Whether the blocks from here on are kept back, and shown from the end on: where a chat is read
 * that is opened. The pages between would pass by, each of them painted. One line of text that does
 * not end has no blocks to leave out, once it is shown. */
static gboolean
wants_gap (RnlAnswerView *self)
{
  if (!self->complete || self->ended)
    return FALSE;
  if (self->fed == 0)
    return self->source->len >= HEAD;

  return self->fed >= HEAD && self->source->len - self->fed >= MIN_REST && self->places->len > 0
         && g_array_index (self->places, Place, self->places->len - 1).n_before == 0
         && rnl_answer_view_get_open_length (self) < MAX_BLOCK;
}

/* Called before more of the source is read. */
void
rnl_answer_view_begin_gap (RnlAnswerView *self)
{
  if (self->gap != NULL || !wants_gap (self))
    return;

  self->gap = self->middle = rnl_answer_column_new ();
  self->gathering = TRUE;
  self->tail = 0;
  self->roomy = FALSE;
  gtk_widget_insert_before (self->gap, GTK_WIDGET (self), NULL);
}

/* Keeps the next block back.
 * @place: where it is shown; filled in */
void
rnl_answer_view_gather (RnlAnswerView *self, Place *place)
{
  const Place *last
    = self->places->len > 0 ? &g_array_index (self->places, Place, self->places->len - 1) : NULL;

  place->child = self->gap;
  place->index = last != NULL && last->child == self->gap ? last->index + 1 : 0;
}

/* The blocks that are kept back: from the first up to where they end. */
static guint
find_end (RnlAnswerView *self, guint *first)
{
  guint end = self->places->len;

  while (end > 0 && g_array_index (self->places, Place, end - 1).child != self->gap)
    end--;
  *first = end > 0 ? end - 1 - g_array_index (self->places, Place, end - 1).index : 0;

  return end;
}

static gboolean
is_hidden (RnlAnswerView *self, guint position)
{
  return rnl_answer_view_is_hidden (&g_array_index (self->places, Place, position));
}

static gsize
measure (RnlAnswerView *self, guint position)
{
  return is_hidden (self, position)
           ? 0
           : rnl_block_get_length (rnl_markdown_stream_get_block (self->stream, position));
}

/* What it takes to show a block, as text of so many bytes. */
static gsize
weigh (RnlAnswerView *self, guint position)
{
  RnlBlockKind kind = rnl_block_get_kind (rnl_markdown_stream_get_block (self->stream, position));

  if ((kind == RNL_BLOCK_CODE || kind == RNL_BLOCK_TABLE) && !is_hidden (self, position))
    return BOX_COST;

  return is_hidden (self, position) ? 0 : MAX (measure (self, position), LINE_COST);
}

/* Whether a block that follows others does not fit in one step with them. What a button stands for
 * is in one step. */
static gboolean
is_too_much (RnlAnswerView *self, guint position, gsize weight)
{
  return weight > 0 && weight + weigh (self, position) > STEP && !is_hidden (self, position);
}

/* Where a step begins that ends at @end. */
static guint
find_step_begin (RnlAnswerView *self, guint first, guint end, gsize *weight)
{
  guint begin = end;

  while (begin > first && (begin == end || !is_too_much (self, begin - 1, *weight)))
    *weight += weigh (self, --begin);

  return begin;
}

/* Where a step ends that begins at @first. */
static guint
find_step_end (RnlAnswerView *self, guint first, guint end, gsize *weight)
{
  guint at = first;

  while (at < end && (at == first || !is_too_much (self, at, *weight)))
    *weight += weigh (self, at++);

  return at;
}

static void
show (RnlAnswerView *self, guint begin, guint end, GtkWidget *parent, GtkWidget *sibling)
{
  for (guint i = begin; i < end; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      if (rnl_answer_view_is_hidden (place))
        rnl_answer_view_fold (self, i, place, parent, sibling);
      else
        rnl_answer_view_show_block (self, i, place, parent, sibling);
    }
  rnl_answer_view_show_marks (self, begin);
}

/* Whether what is shown behind the gap fills the view. */
static gboolean
is_page_full (RnlAnswerView *self)
{
  double page = rnl_answer_column_get_page_size (RNL_ANSWER_COLUMN (self));
  graphene_rect_t last;
  GtkWidget *child = gtk_widget_get_next_sibling (self->gap);

  return child != NULL && page > 0
         && gtk_widget_compute_bounds (gtk_widget_get_last_child (GTK_WIDGET (self)), child, &last)
         && last.origin.y + last.size.height >= page;
}

/* Keeps about as much room as the rest will take, by what is laid out already: what is seen stays
 * where it is then, and is not painted again, while the rest comes in. */
static void
keep_room (RnlAnswerView *self)
{
  gsize hidden = 0, shown = 1;
  double height = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      gsize length = MIN (measure (self, i), MAX_LAID_OUT);
      int child_height = gtk_widget_get_height (place->child);

      if (place->child == self->gap)
        hidden += length;
      else if (child_height > 0)
        {
          shown += length;
          height += place->index == 0 ? child_height + gtk_widget_get_margin_top (place->child) : 0;
        }
    }
  height
    = gtk_widget_get_height (GTK_WIDGET (self)) + SPARE * height * (double) hidden / (double) shown;
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, (int) MIN (height, MAX_ROOM));
  gtk_widget_set_vexpand (self->gap, TRUE);
  self->roomy = TRUE;
}

/* Whether there is room for what comes in, so that nothing that is seen moves for it. */
gboolean
rnl_answer_view_has_room (RnlAnswerView *self)
{
  return self->gap != NULL && self->roomy;
}

/* Whether that room is out of sight, and nobody waits for what comes into it. */
gboolean
rnl_answer_view_fills_unseen (RnlAnswerView *self)
{
  return rnl_answer_view_has_room (self)
         && !rnl_answer_column_is_seen (RNL_ANSWER_COLUMN (self->gap));
}

/* Takes away what stands for blocks that are kept back. */
void
rnl_answer_view_close_gap (RnlAnswerView *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  gtk_widget_set_vexpand (self->gap, FALSE);
  self->gap = NULL;
  self->gathering = FALSE;
}

/* Whether there is room left for what comes next. */
static gboolean
has_room_left (RnlAnswerView *self)
{
  GtkWidget *column = gtk_widget_get_last_child (self->middle);
  graphene_rect_t bounds;

  return column == NULL || !gtk_widget_compute_bounds (column, self->middle, &bounds)
         || bounds.origin.y + bounds.size.height < gtk_widget_get_height (self->middle);
}

/* Whether there is to be room from now on, for what is kept back between @first and @end. */
static gboolean
wants_room (RnlAnswerView *self, guint first, guint end)
{
  gsize rest = 0;

  if (self->roomy)
    return !has_room_left (self);
  if (!is_page_full (self))
    return FALSE;
  for (guint i = first; i < end && rest <= SMALL_REST; i++)
    rest += measure (self, i);

  return self->veiled == 0 || rest > SMALL_REST;
}

/* Whether all of it comes at once, and in its order. */
static gboolean
is_short (RnlAnswerView *self)
{
  return self->source->len < MIN_REST;
}

/* Whether the end is shown first, before what stands between. */
static gboolean
wants_tail (RnlAnswerView *self)
{
  return !self->roomy && !is_short (self)
         && (self->tail < TAIL
             || (gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_page_full (self)));
}

/* Shows some of what was kept back, when everything was read: the end, then what comes next. */
void
rnl_answer_view_fill_gap (RnlAnswerView *self)
{
  gsize weight = 0;
  guint first;
  guint end = find_end (self, &first);
  guint at;

  self->gathering = FALSE;
  if (first == end)
    {
      rnl_answer_view_close_gap (self);
      return;
    }
  if (wants_room (self, first, end))
    keep_room (self);
  if (wants_tail (self))
    {
      at = find_step_begin (self, first, end, &weight);
      show (self, at, end, GTK_WIDGET (self), gtk_widget_get_next_sibling (self->gap));
      end = at;
      self->tail += weight;
    }
  else
    {
      at = find_step_end (self, first, end, &weight);
      if (is_short (self))
        show (self, first, at, GTK_WIDGET (self), self->gap);
      else
        show (self, first, at, rnl_answer_column_grow (RNL_ANSWER_COLUMN (self->middle), NULL),
              NULL);
      for (guint i = at; i < end; i++)
        g_array_index (self->places, Place, i).index = i - at;
      first = at;
    }
  self->taken += weight;
  if (first == end && !self->roomy)
    rnl_answer_view_close_gap (self);
  else if (first == end || self->taken + STEP > self->allowance)
    /* A step more would be too much; and what moves when the room goes is painted in a frame that
     * has nothing else. */
    self->taken = MAX (self->taken, self->allowance);
}
