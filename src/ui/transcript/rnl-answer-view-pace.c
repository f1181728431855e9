/* rnl-answer-view-pace.c: how much of the text is taken in, and when
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-code-block.h"
#include "rnl-table-view.h"
#include "rnl-text-fonts.h"

#include <time.h>

/* How long one flush may take, in microseconds of CPU time: who gets only a part of a busy machine
 * must not get less done for each frame that is painted. The one in a frame has layout and painting
 * behind it; the others are turns of the loop of their own. */
#define FRAME_BUDGET 2000
#define TURN_BUDGET  5000

/* A font takes longer to load than a turn may: there is none behind so much of a budget. */
#define FONTS_PART 4

/* Each frame paints a page, whatever has changed, so that few frames are a saving; but what is new
 * is laid out in one. So much text is taken in for a frame, in bytes, depending on how long the
 * last one took, in microseconds: less than for one that took longer than the target, more than for
 * a cheap one. */
#define MIN_ALLOWANCE   512
#define FIRST_ALLOWANCE 2048
#define MAX_ALLOWANCE   16384
#define FRAME_TARGET    10000
#define FRAME_CHEAP     7000

/* The same while what comes is not seen, and no page is painted for it. */
#define UNSEEN_ALLOWANCE 1024
#define UNSEEN_TARGET    2500
#define UNSEEN_CHEAP     1800

/* The first turn after a frame waits until the loop has nothing else to do: the text views have
 * idle sources, which would pile up and then run all at once. The next ones go before the next
 * frame. */
#define REST_PRIORITY (G_PRIORITY_DEFAULT_IDLE + 20)
#define TURN_PRIORITY (GDK_PRIORITY_REDRAW - 5)

/* How much text is taken in at once within a flush, in bytes, and what a step of code or of a table
 * counts for: that is a kilobyte, and some cells. */
#define SLICE      512
#define CODE_STEP  768
#define TABLE_STEP 2048

/* Lets one child show more of what it has. Returns whether there is more of it. */
static gboolean
show_more (RnlAnswerView *self, GtkWidget *child)
{
  gboolean more;

  if (RNL_IS_ANSWER_FOLD (child))
    return rnl_answer_view_unfold (self, RNL_ANSWER_FOLD (child));
  more = RNL_IS_CODE_BLOCK (child) ? rnl_code_block_catch_up (RNL_CODE_BLOCK (child))
                                   : rnl_table_view_catch_up (RNL_TABLE_VIEW (child));
  rnl_answer_view_show_child_marks (self, child);

  return more;
}

static void
catch_up (RnlAnswerView *self)
{
  GtkWidget *child = g_ptr_array_index (self->behind, 0);
  gsize step = !RNL_IS_CODE_BLOCK (child)                           ? TABLE_STEP
               : rnl_code_block_is_bounded (RNL_CODE_BLOCK (child)) ? 0
                                                                    : CODE_STEP;

  if (!show_more (self, child))
    g_ptr_array_remove (self->behind, child);
  self->taken += step;
}

static void
feed_slice (RnlAnswerView *self)
{
  gsize length = MIN (self->source->len - self->fed, SLICE);

  rnl_markdown_stream_feed (self->stream, self->source->str + self->fed, (gssize) length);
  self->fed += length;
  self->taken += rnl_answer_view_is_bounded (self) ? 0 : length;
}

/* Loads a font that the next text needs, if it is the first to need it. Returns whether there was
 * one: there may be another. */
static gboolean
load_font (RnlAnswerView *self)
{
  gsize length = MIN (self->source->len - self->fed, SLICE);

  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && rnl_text_fonts_load (GTK_WIDGET (self), self->source->str + self->fed, length);
}

/* Takes a slice in, or a font for it. Returns how long the flush may take then. */
static gint64
read_on (RnlAnswerView *self, gint64 budget)
{
  if (load_font (self))
    return budget / FONTS_PART;
  rnl_answer_view_begin_gap (self);
  feed_slice (self);

  return budget;
}

/* All that came was read. */
static void
end_stream (RnlAnswerView *self)
{
  if (self->complete && !self->ended)
    {
      self->ended = TRUE;
      rnl_markdown_stream_end (self->stream);
    }
  rnl_markdown_stream_flush (self->stream);
}

/* Whether it is on the screen, and no page is painted for what comes. */
static gboolean
is_unseen (RnlAnswerView *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && (rnl_answer_view_is_veiled (self) || rnl_answer_view_fills_unseen (self));
}

/* What is taken in for a new frame: nothing yet, but with what is added to it the open text is laid
 * out again. */
static void
begin_frame (RnlAnswerView *self)
{
  self->unseen = is_unseen (self);
  self->allowance = self->allowances[self->unseen];
  if (self->allowance == 0)
    self->allowance = self->unseen ? UNSEEN_ALLOWANCE : FIRST_ALLOWANCE;
  self->taken = self->ended ? 0 : MIN (rnl_answer_view_get_open_length (self), self->allowance / 2);
}

static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Does what can be done within the budget and for this frame. Returns whether there is more to do.
 */
static gboolean
flush (RnlAnswerView *self, gint64 budget)
{
  gint64 start = cpu_time ();

  for (;;)
    {
      gint64 limit = budget;

      if (self->behind->len > 0)
        catch_up (self);
      else if (self->fed < self->source->len)
        limit = read_on (self, budget);
      else if (self->gap != NULL)
        {
          end_stream (self);
          if (self->gap != NULL)
            rnl_answer_view_fill_gap (self);
        }
      else
        break;
      if (self->taken >= self->allowance || cpu_time () - start > limit)
        break;
    }
  if (self->fed == self->source->len)
    end_stream (self);
  rnl_answer_view_lift_veil (self);

  return !rnl_answer_view_is_settled (self);
}

static gboolean tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data);

/* {{{ How long frames take */

static void
before_paint_cb (GdkFrameClock *clock, RnlAnswerView *self)
{
  if (self->frame_start == 0)
    self->frame_start = cpu_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, RnlAnswerView *self)
{
  gboolean measured = self->frame_start != 0;
  gint64 cost = cpu_time () - self->frame_start;
  gint64 target = self->unseen ? UNSEEN_TARGET : FRAME_TARGET;
  gint64 cheap = self->unseen ? UNSEEN_CHEAP : FRAME_CHEAP;

  self->frame_start = 0;
  if (!measured || self->revealed)
    {
      self->revealed = FALSE; /* the whole page was painted for once */
      return;
    }
  if (cost > target)
    self->allowance = MAX (self->allowance * target / cost, MIN_ALLOWANCE);
  else if (self->full && cost < cheap)
    self->allowance = MIN (self->allowance * (cost < cheap / 2 ? 6 : 5) / 4, MAX_ALLOWANCE);
  self->allowances[self->unseen] = self->allowance;
  self->full = FALSE;
}

static void
watch_frames (RnlAnswerView *self)
{
  if (self->clock != NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->frame_start = 0;
  g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
unwatch_frames (RnlAnswerView *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
}

/* }}} */

static gboolean
turn_cb (gpointer user_data)
{
  RnlAnswerView *self = user_data;
  gboolean more = flush (self, TURN_BUDGET);

  /* What was taken in is laid out in the frame, or before it: both are what it costs. */
  if (!self->unseen)
    self->frame_start = cpu_time ();
  if (!more)
    unwatch_frames (self);
  else if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      begin_frame (self);
      return G_SOURCE_CONTINUE;
    }
  else if (self->taken < self->allowance)
    {
      g_source_set_priority (g_main_current_source (), TURN_PRIORITY);
      return G_SOURCE_CONTINUE;
    }
  else
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  self->turn = 0;

  return G_SOURCE_REMOVE;
}

static void
add_turns (RnlAnswerView *self)
{
  watch_frames (self);
  begin_frame (self);
  self->turn = g_idle_add_full (REST_PRIORITY, turn_cb, self, NULL);
}

/* Text that comes with some rest between is taken in with the frame; more than that, once there is
 * more, goes on between the frames. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (widget);

  self->tick = 0;
  self->full = self->taken >= self->allowance;
  begin_frame (self);
  if (self->clock != NULL || self->source->len - self->fed > SLICE || flush (self, FRAME_BUDGET))
    add_turns (self);

  return G_SOURCE_REMOVE;
}

/* Takes nothing more in. */
void
rnl_answer_view_unschedule (RnlAnswerView *self)
{
  g_clear_handle_id (&self->turn, g_source_remove);
  if (self->tick > 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  unwatch_frames (self);
}

/* Has what is behind taken in from the next frame on. */
void
rnl_answer_view_schedule (RnlAnswerView *self)
{
  if (self->tick > 0 || self->turn > 0 || rnl_answer_view_is_settled (self))
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  else
    add_turns (self);
}

/* Takes in at once what a frame has time for, and the rest from the next one on. */
void
rnl_answer_view_take_in (RnlAnswerView *self)
{
  begin_frame (self);
  if (flush (self, FRAME_BUDGET))
    rnl_answer_view_schedule (self);
  else
    rnl_answer_view_unschedule (self);
}
