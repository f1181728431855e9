/* rnl-answer-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-answer-style.h"
#include "rnl-code-block.h"
#include "rnl-table-view.h"
#include "rnl-text-fonts.h"

#include <string.h>
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
#define MIN_ALLOWANCE   1024
#define FIRST_ALLOWANCE 1024
#define MAX_ALLOWANCE   8192
#define FRAME_TARGET    10000
#define FRAME_CHEAP     7000

/* The same while what comes is not seen, and no page is painted for it. */
#define UNSEEN_TARGET 3500
#define UNSEEN_CHEAP  2500

/* The first turn after a frame waits until the loop has nothing else to do: the text views have
 * idle sources, which would pile up and then run all at once. The next ones go before the next
 * frame. */
#define REST_PRIORITY (G_PRIORITY_DEFAULT_IDLE + 20)
#define TURN_PRIORITY (GDK_PRIORITY_REDRAW - 5)

/* How much text is taken in at once within a flush, in bytes, and what a step of code or of a table
 * counts for. */
#define SLICE 512
#define STEP  512

/**
 * RnlAnswerView:
 *
 * Shows Markdown text that grows.
 *
 * Appending only queues the text. It is taken in with the next frame, for a bounded time; what is
 * left is taken in between frames, in bounded turns. Nothing runs while there is nothing to do.
 * While the view is not mapped there are only the turns.
 *
 * Text is shown in [class@Runnel.TextSegment]s of a few blocks each, code, tables and rules in
 * widgets of their own; only the last of them is ever touched.
 */
enum
{
  PROP_COMPLETE = 1,
  N_PROPS
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlAnswerView,
                               rnl_answer_view,
                               RNL_TYPE_ANSWER_COLUMN,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_SELECTABLE,
                                                      rnl_answer_view_init_selectable))

/* {{{ Taking the text in */

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
  gboolean bounded
    = RNL_IS_CODE_BLOCK (child) && rnl_code_block_is_bounded (RNL_CODE_BLOCK (child));

  if (!show_more (self, child))
    g_ptr_array_remove (self->behind, child);
  self->taken += bounded ? 0 : STEP;
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

/* What is taken in for a new frame: nothing yet, but with what is added to it the open text is laid
 * out again. */
static void
begin_frame (RnlAnswerView *self)
{
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
          rnl_answer_view_fill_gap (self);
        }
      else
        break;
      if (self->taken >= self->allowance || cpu_time () - start > limit)
        break;
    }
  if (self->fed == self->source->len)
    end_stream (self);

  return !rnl_answer_view_is_settled (self);
}

static gboolean tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data);

/* {{{ How long frames take */

static void
before_paint_cb (GdkFrameClock *clock, RnlAnswerView *self)
{
  self->frame_start = cpu_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, RnlAnswerView *self)
{
  gint64 cost = cpu_time () - self->frame_start;
  gboolean unseen = rnl_answer_view_has_room (self);
  gint64 target = unseen ? UNSEEN_TARGET : FRAME_TARGET;
  gint64 cheap = unseen ? UNSEEN_CHEAP : FRAME_CHEAP;

  if (self->frame_start == 0)
    return;
  if (cost > target)
    self->allowance = MAX (self->allowance * target / cost, MIN_ALLOWANCE);
  else if (self->full && cost < cheap)
    self->allowance = MIN (self->allowance * 5 / 4, MAX_ALLOWANCE);
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

  if (!flush (self, TURN_BUDGET))
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

static void
unschedule (RnlAnswerView *self)
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

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_answer_view_parent_class)->map (widget);
  unschedule (RNL_ANSWER_VIEW (widget));
  rnl_answer_view_schedule (RNL_ANSWER_VIEW (widget));
}

static void
unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_answer_view_parent_class)->unmap (widget);
  unschedule (RNL_ANSWER_VIEW (widget));
  rnl_answer_view_schedule (RNL_ANSWER_VIEW (widget));
}

/* }}} */

static void
link_activated (RnlAnswerView *self, const char *address)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (rnl_answer_view_follow_note (self, address))
    return;
  if (g_str_has_prefix (address, RNL_IMAGE_LINK))
    {
      if (self->images == NULL
          || !rnl_image_source_open (self->images, GTK_WIDGET (self),
                                     address + strlen (RNL_IMAGE_LINK)))
        gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_show_uri_full (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, address, GDK_CURRENT_TIME,
                     NULL, NULL, NULL);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, RNL_ANSWER_VIEW (object)->complete);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COMPLETE:
      rnl_answer_view_set_complete (RNL_ANSWER_VIEW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rnl_answer_view_dispose (GObject *object)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (object);

  unschedule (self);
  g_array_set_size (self->places, 0);
  g_ptr_array_set_size (self->behind, 0);
  rnl_answer_column_release (RNL_ANSWER_COLUMN (self));
  g_clear_object (&self->stream);
  g_clear_object (&self->images);

  G_OBJECT_CLASS (rnl_answer_view_parent_class)->dispose (object);
}

static void
rnl_answer_view_finalize (GObject *object)
{
  RnlAnswerView *self = RNL_ANSWER_VIEW (object);

  g_string_free (self->source, TRUE);
  g_array_unref (self->places);
  g_ptr_array_unref (self->behind);
  rnl_text_marks_clear (&self->marks);

  G_OBJECT_CLASS (rnl_answer_view_parent_class)->finalize (object);
}

static void
rnl_answer_view_class_init (RnlAnswerViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rnl_answer_view_dispose;
  object_class->finalize = rnl_answer_view_finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  widget_class->map = map;
  widget_class->unmap = unmap;

  /**
   * RnlAnswerView:complete:
   *
   * Whether all text has come.
   */
  props[PROP_COMPLETE]
    = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RnlAnswerView::link-activated:
   * @self: the view
   * @address: an http, https or mailto address, a place in the answer, or that of an image behind
   *   `RNL_IMAGE_LINK`
   *
   * A link was chosen. The default handler opens it; stop the emission to do something else.
   */
  signals[LINK_ACTIVATED] = g_signal_new_class_handler (
    "link-activated", RNL_TYPE_ANSWER_VIEW, G_SIGNAL_RUN_LAST, G_CALLBACK (link_activated), NULL,
    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "answer");
}

static void
rnl_answer_view_init (RnlAnswerView *self)
{
  rnl_answer_style_ensure ();
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE); /* whatever its children do */
  self->allowance = FIRST_ALLOWANCE;
  self->source = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->behind = g_ptr_array_new ();
  rnl_answer_view_reset (self);
}

/**
 * rnl_answer_view_new:
 *
 * Returns: (transfer floating): a view without text
 */
GtkWidget *
rnl_answer_view_new (void)
{
  return g_object_new (RNL_TYPE_ANSWER_VIEW, NULL);
}

/**
 * rnl_answer_view_set_images:
 * @self: a view without text
 * @images: where images come from
 *
 * Makes paragraphs of images show them. Without a source images are shown as text.
 */
void
rnl_answer_view_set_images (RnlAnswerView *self, RnlImageSource *images)
{
  g_return_if_fail (RNL_IS_ANSWER_VIEW (self));
  g_return_if_fail (self->source->len == 0);

  g_set_object (&self->images, images);
}

/**
 * rnl_answer_view_append:
 * @self: a view that is not complete
 * @text: more Markdown; may begin and end inside a character
 * @length: its length in bytes, or -1 if @text ends with a zero byte
 *
 * Queues text for the next frame.
 */
void
rnl_answer_view_append (RnlAnswerView *self, const char *text, gssize length)
{
  g_return_if_fail (RNL_IS_ANSWER_VIEW (self));
  g_return_if_fail (!self->complete);

  g_string_append_len (self->source, text, length);
  rnl_answer_view_schedule (self);
}

/**
 * rnl_answer_view_set_text:
 * @self: a view
 * @text: Markdown
 *
 * Shows a text that is complete, instead of all before. A long text is taken in over several
 * frames; its beginning is there at once.
 */
void
rnl_answer_view_set_text (RnlAnswerView *self, const char *text)
{
  g_return_if_fail (RNL_IS_ANSWER_VIEW (self));
  g_return_if_fail (text != NULL);

  unschedule (self);
  rnl_answer_view_reset (self);
  g_string_assign (self->source, text);
  self->complete = FALSE;
  rnl_answer_view_set_complete (self, TRUE);
}

/**
 * rnl_answer_view_get_complete:
 * @self: a view
 *
 * Returns: whether all text has come
 */
gboolean
rnl_answer_view_get_complete (RnlAnswerView *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_VIEW (self), FALSE);

  return self->complete;
}

/**
 * rnl_answer_view_set_complete:
 * @self: a view
 * @complete: whether all text has come
 *
 * Says that no more text comes; what waited for a decision is shown. Text that broke off can be
 * made incomplete again, and goes on in the block it ended in.
 */
void
rnl_answer_view_set_complete (RnlAnswerView *self, gboolean complete)
{
  g_return_if_fail (RNL_IS_ANSWER_VIEW (self));

  if (self->complete == !!complete)
    return;
  self->complete = complete;
  begin_frame (self);
  if (!complete && self->ended)
    rnl_answer_view_reopen (self);
  if (flush (self, FRAME_BUDGET))
    rnl_answer_view_schedule (self);
  else
    unschedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPLETE]);
}

/**
 * rnl_answer_view_is_settled:
 * @self: a view
 *
 * Returns: whether everything that was appended is shown
 */
gboolean
rnl_answer_view_is_settled (RnlAnswerView *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_VIEW (self), TRUE);

  return self->fed == self->source->len && self->gap == NULL && self->behind->len == 0
         && self->ended == self->complete;
}

/**
 * rnl_answer_view_dup_markdown:
 * @self: a view
 *
 * Returns: (transfer full): all text that was appended
 */
char *
rnl_answer_view_dup_markdown (RnlAnswerView *self)
{
  g_return_val_if_fail (RNL_IS_ANSWER_VIEW (self), NULL);

  return g_strndup (self->source->str, self->source->len);
}
