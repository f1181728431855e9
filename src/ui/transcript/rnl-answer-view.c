/* rnl-answer-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-answer-view-private.h"
#include "rnl-answer-style.h"

#include <string.h>

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

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_answer_view_parent_class)->map (widget);
  rnl_answer_view_unschedule (RNL_ANSWER_VIEW (widget));
  rnl_answer_view_schedule (RNL_ANSWER_VIEW (widget));
}

static void
unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rnl_answer_view_parent_class)->unmap (widget);
  rnl_answer_view_unschedule (RNL_ANSWER_VIEW (widget));
  rnl_answer_view_schedule (RNL_ANSWER_VIEW (widget));
}

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

  rnl_answer_view_unschedule (self);
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
  widget_class->snapshot = rnl_answer_view_snapshot;

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
 * Shows a text that is complete, instead of all before. What takes several frames is painted when
 * there is a page of it, its end before the rest, or after a third of a second.
 */
void
rnl_answer_view_set_text (RnlAnswerView *self, const char *text)
{
  g_return_if_fail (RNL_IS_ANSWER_VIEW (self));
  g_return_if_fail (text != NULL);

  rnl_answer_view_unschedule (self);
  rnl_answer_view_reset (self);
  g_string_assign (self->source, text);
  self->complete = FALSE;
  rnl_answer_view_veil (self);
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
  if (!complete && self->ended)
    rnl_answer_view_reopen (self);
  rnl_answer_view_take_in (self);
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
