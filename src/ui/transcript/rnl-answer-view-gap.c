/* rnl-answer-view-gap.c: a long text that opens shows its beginning and its end first
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"

/* A text that has so much left, in bytes, when so much of it is shown: two pages, for who begins to
 * read there. */
#define MIN_REST (16 * 1024)
#define HEAD     (4 * 1024)

/* So much of its end is shown before what stands between, in bytes. Widgets that come between
 * others give all behind them a new style, so that these are to be few. */
#define TAIL (6 * 1024)

/* A step shows so much, in bytes: a text segment. */
#define STEP 1024

/* A block as long as this is laid out while it comes, and not at once. */
#define MAX_BLOCK 1024

/* Whether the blocks from here on are kept back, and shown from the end on: where a chat is read
 * that is opened. The pages between would pass by, each of them painted. One line of text that does
 * not end has no blocks to leave out. */
static gboolean
wants_gap (RnlAnswerView *self)
{
  return self->complete && !self->ended && self->fed >= HEAD
         && self->source->len - self->fed >= MIN_REST && self->places->len > 0
         && g_array_index (self->places, Place, self->places->len - 1).n_before == 0
         && rnl_answer_view_get_open_length (self) < MAX_BLOCK;
}

/* Called before more of the source is read. */
void
rnl_answer_view_begin_gap (RnlAnswerView *self)
{
  if (self->gap != NULL || !wants_gap (self))
    return;

  self->gap = rnl_answer_fold_new ();
  self->gathering = TRUE;
  self->tail = 0;
  gtk_widget_set_visible (self->gap, FALSE);
  gtk_widget_insert_before (self->gap, GTK_WIDGET (self), NULL);
}

/* Keeps the next block back.
 * @place: where it is shown; filled in */
void
rnl_answer_view_gather (RnlAnswerView *self, Place *place)
{
  const Place *last = &g_array_index (self->places, Place, self->places->len - 1);

  place->child = self->gap;
  place->index = last->child == self->gap ? last->index + 1 : 0;
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

/* Where a step begins that ends at @end. What a button stands for is in one step. */
static guint
find_step_begin (RnlAnswerView *self, guint first, guint end, gsize *length)
{
  guint begin = end;

  while (begin > first && (*length < STEP || is_hidden (self, begin)))
    *length += measure (self, --begin);

  return begin;
}

/* Where a step ends that begins at @first. */
static guint
find_step_end (RnlAnswerView *self, guint first, guint end, gsize *length)
{
  guint at = first;

  while (at < end && (*length < STEP || is_hidden (self, at)))
    *length += measure (self, at++);

  return at;
}

static void
show (RnlAnswerView *self, guint begin, guint end, GtkWidget *sibling)
{
  for (guint i = begin; i < end; i++)
    {
      Place *place = &g_array_index (self->places, Place, i);

      if (rnl_answer_view_is_hidden (place))
        rnl_answer_view_fold (self, i, place, sibling);
      else
        rnl_answer_view_show_block (self, i, place, sibling);
    }
  rnl_answer_view_show_marks (self, begin);
}

static void
close_gap (RnlAnswerView *self)
{
  gtk_widget_unparent (g_steal_pointer (&self->gap));
}

/* Shows some of what was kept back, when everything was read: the end, then what comes next. */
void
rnl_answer_view_fill_gap (RnlAnswerView *self)
{
  gsize length = 0;
  guint first;
  guint end = find_end (self, &first);
  guint at;

  self->gathering = FALSE;
  if (self->tail < TAIL)
    {
      at = find_step_begin (self, first, end, &length);
      show (self, at, end, gtk_widget_get_next_sibling (self->gap));
      end = at;
      self->tail += length;
    }
  else
    {
      at = find_step_end (self, first, end, &length);
      show (self, first, at, self->gap);
      for (guint i = at; i < end; i++)
        g_array_index (self->places, Place, i).index = i - at;
      first = at;
    }
  self->taken += length;
  if (first == end)
    close_gap (self);
}
