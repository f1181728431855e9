/* rnl-nested-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-nested-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rnl-chat-style.h"
#include "rnl-chat-text.h"
#include "rnl-selectable.h"

/* What is shown of a long text: so many lines, and of one that is complete so many bytes are read
 * at first. */
#define MAX_LINES   22
#define FIRST_BYTES 8192

/**
 * RnlNestedText:
 *
 * What a model says inside a tool, as Markdown. It is no higher than a few lines until the person
 * asks for all of it: the last ones while it is being written, the first ones of a text that stood
 * there before.
 */
struct _RnlNestedText
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;

  /* children */
  GtkWidget *window; /* what of the text is seen, until all of it is */
  GtkWidget *view;
  GtkWidget *more;

  gsize fed; /* bytes of the part's text that the view has */
  gboolean follow;
  gboolean cut;
};

G_DEFINE_FINAL_TYPE (RnlNestedText, rnl_nested_text, GTK_TYPE_WIDGET)

static void
feed (RnlNestedText *self, gsize end)
{
  RnlAnswerView *view = RNL_ANSWER_VIEW (self->view);
  gboolean whole = end == rnl_part_get_length (self->part);

  if (end > self->fed)
    rnl_answer_view_append (view, rnl_part_get_text (self->part) + self->fed,
                            (gssize) (end - self->fed));
  self->fed = end;
  if (whole && rnl_part_get_complete (self->part))
    rnl_answer_view_set_complete (view, TRUE);
}

/* What was not all read goes on to be so while it grows. */
static void
update (RnlNestedText *self)
{
  if (self->follow || self->window == NULL)
    feed (self, rnl_part_get_length (self->part));
}

static void
delta_cb (RnlPart *part, guint64 offset, const char *text, RnlNestedText *self)
{
  update (self);
}

static gsize
get_first_bytes (RnlPart *part)
{
  const char *text = rnl_part_get_text (part);
  gsize length = rnl_part_get_length (part);

  if (length <= FIRST_BYTES)
    return length;
  length = FIRST_BYTES;
  while (((guchar) text[length] & 0xc0) == 0x80)
    length--;

  return length;
}

/* {{{ Layout */

static int
get_max_height (RnlNestedText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS (pango_font_metrics_get_height (metrics)) * MAX_LINES;

  pango_font_metrics_unref (metrics);

  return height;
}

static GtkWidget *
get_content (RnlNestedText *self)
{
  return self->window != NULL ? self->window : self->view;
}

/* How high the text is at a width, and how much of that is shown. */
static int
measure_text (RnlNestedText *self, int width, int *shown)
{
  int height;

  gtk_widget_measure (get_content (self), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL,
                      NULL);
  *shown = self->window != NULL ? MIN (height, get_max_height (self)) : height;

  return height;
}

static gboolean
is_cut (RnlNestedText *self, int height, int shown)
{
  return self->window != NULL && (shown < height || self->fed < rnl_part_get_length (self->part));
}

static int
measure_more (RnlNestedText *self, int width)
{
  int height;

  gtk_widget_measure (self->more, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static GtkSizeRequestMode
rnl_nested_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rnl_nested_text_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  RnlNestedText *self = RNL_NESTED_TEXT (widget);
  int height, shown;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int more, more_natural;

      gtk_widget_measure (get_content (self), orientation, -1, minimum, natural, NULL, NULL);
      gtk_widget_measure (self->more, orientation, -1, &more, &more_natural, NULL, NULL);
      *minimum = MAX (*minimum, more);
      *natural = MAX (*natural, more_natural);
      return;
    }
  height = measure_text (self, for_size, &shown);
  *minimum = *natural = shown + (is_cut (self, height, shown) ? measure_more (self, for_size) : 0);
}

static void
rnl_nested_text_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RnlNestedText *self = RNL_NESTED_TEXT (widget);
  int shown;
  int full = measure_text (self, width, &shown);

  if (self->cut != is_cut (self, full, shown))
    {
      self->cut = !self->cut;
      if (self->cut)
        gtk_widget_add_css_class (widget, self->follow ? "last-lines" : "first-lines");
    }
  if (self->window != NULL && self->follow)
    gtk_adjustment_configure (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->window)),
                              full - shown, 0, full, 0, 0, shown);
  gtk_widget_allocate (get_content (self), width, shown, -1, NULL);
  gtk_widget_set_child_visible (self->more, self->cut);
  if (self->cut)
    {
      graphene_point_t origin = { 0, (float) shown };

      gtk_widget_allocate (self->more, width, measure_more (self, width), -1,
                           gsk_transform_translate (NULL, &origin));
    }
}

/* }}} */

static void
more_cb (RnlNestedText *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "transcript.hold", NULL);
  rnl_nested_text_show_all (self);
}

static void
rnl_nested_text_dispose (GObject *object)
{
  RnlNestedText *self = RNL_NESTED_TEXT (object);

  if (self->window == NULL)
    g_clear_pointer (&self->view, gtk_widget_unparent);
  g_clear_pointer (&self->window, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_nested_text_parent_class)->dispose (object);
}

static void
rnl_nested_text_class_init (RnlNestedTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_nested_text_dispose;
  widget_class->get_request_mode = rnl_nested_text_get_request_mode;
  widget_class->measure = rnl_nested_text_measure;
  widget_class->size_allocate = rnl_nested_text_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "nestedtext");
}

static void
rnl_nested_text_init (RnlNestedText *self)
{
  self->view = rnl_answer_view_new ();
  self->window = gtk_viewport_new (NULL, NULL);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (self->window), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (self->window), self->view);
  gtk_widget_set_parent (self->window, GTK_WIDGET (self));

  self->more = gtk_button_new_with_label (_ ("Show all"));
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "small-button");
  gtk_widget_add_css_class (self->more, "caption");
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_child_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

/**
 * rnl_nested_text_new:
 * @part: what a model says, perhaps still
 * @label: its name for assistive technology
 *
 * Returns: (transfer floating): a widget that follows it
 */
GtkWidget *
rnl_nested_text_new (RnlPart *part, const char *label)
{
  RnlNestedText *self = g_object_new (RNL_TYPE_NESTED_TEXT, NULL);

  self->part = g_object_ref (part);
  self->follow = !rnl_part_get_complete (part);
  rnl_chat_set_label (self->view, label);
  rnl_selectable_set_part (RNL_SELECTABLE (self->view), G_OBJECT (part), RNL_CHAT_FIELD_TEXT);
  feed (self, self->follow ? rnl_part_get_length (part) : get_first_bytes (part));
  g_signal_connect_object (part, "delta", G_CALLBACK (delta_cb), self, 0);
  g_signal_connect_object (part, "notify::complete", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * rnl_nested_text_get_view:
 * @self: a text
 *
 * Returns: (transfer none): what shows it, or its beginning
 */
RnlAnswerView *
rnl_nested_text_get_view (RnlNestedText *self)
{
  g_return_val_if_fail (RNL_IS_NESTED_TEXT (self), NULL);

  return RNL_ANSWER_VIEW (self->view);
}

/**
 * rnl_nested_text_is_cut:
 * @self: a text
 *
 * Returns: whether there is more of it than is shown, as of the last frame
 */
gboolean
rnl_nested_text_is_cut (RnlNestedText *self)
{
  g_return_val_if_fail (RNL_IS_NESTED_TEXT (self), FALSE);

  return self->cut;
}

/**
 * rnl_nested_text_show_all:
 * @self: a text
 *
 * Shows it as high as it is, from now on.
 */
void
rnl_nested_text_show_all (RnlNestedText *self)
{
  g_autoptr (GtkWidget) view = NULL;

  g_return_if_fail (RNL_IS_NESTED_TEXT (self));

  if (self->window == NULL)
    return;
  /* What is painted goes by what scrolls it, which is the conversation now. */
  view = g_object_ref (self->view);
  gtk_viewport_set_child (GTK_VIEWPORT (self->window), NULL);
  g_clear_pointer (&self->window, gtk_widget_unparent);
  gtk_widget_insert_before (view, GTK_WIDGET (self), self->more);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "first-lines");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "last-lines");
  update (self);
}
