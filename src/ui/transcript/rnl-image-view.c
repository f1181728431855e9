/* rnl-image-view.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-view.h"

#include <glib/gi18n.h>

#include "rnl-image-layout.h"

/* As large as it is shown at most, in pixels. */
#define MAX_WIDTH  560
#define MAX_HEIGHT 420

/* Of the address of an image that cannot be shown. */
#define MAX_ADDRESS 120

/**
 * RnlImageView:
 *
 * Shows one image. What is at hand is shown as soon as the view is in a window; what a server has,
 * only after a click: until then there is a frame with the alternative text and the name of the
 * server. Loading ends when the view leaves the window.
 */
struct _RnlImageView
{
  GtkWidget parent_instance;

  /* owned */
  RnlImageSource *source;
  char *address;
  char *alt; /* `NULL` if there is none */
  char *link;
  GCancellable *loading; /* while it loads */

  GtkWidget *content;
  gboolean shown; /* the image is the content */
};

enum
{
  LINK_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlImageView, rnl_image_view, GTK_TYPE_WIDGET)

static void show_frame (RnlImageView *self, const char *problem);

static const char *
get_name (RnlImageView *self)
{
  return self->alt != NULL ? self->alt : _ ("Image");
}

static char *
dup_host (RnlImageView *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->address, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : "");
}

static void
set_content (RnlImageView *self, GtkWidget *content)
{
  gboolean focused
    = self->content != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->content = content;
  gtk_widget_set_parent (content, GTK_WIDGET (self));
  if (focused)
    gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_label (const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);

  return label;
}

/* {{{ The image */

static void
clicked_cb (RnlImageView *self)
{
  if (self->link != NULL)
    g_signal_emit (self, signals[LINK_ACTIVATED], 0, self->link);
  else if (!rnl_image_source_open (self->source, GTK_WIDGET (self), self->address))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
show_texture (RnlImageView *self, GdkTexture *texture)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  GtkWidget *button = gtk_button_new ();

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), get_name (self));
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_button_set_child (GTK_BUTTON (button), picture);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "answer-image");
  gtk_widget_set_tooltip_text (button, self->link != NULL ? self->link : get_name (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_name (self), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);

  self->shown = TRUE;
  set_content (self, button);
  rnl_image_layout_set_texture (GTK_WIDGET (self), texture, MAX_WIDTH, MAX_HEIGHT);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlImageView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
    = rnl_image_source_load_finish (RNL_IMAGE_SOURCE (source), result, &error);

  /* It left the window, and may have come back. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->content == NULL)
    return;

  g_clear_object (&self->loading);
  if (texture != NULL)
    show_texture (self, texture);
  else
    show_frame (self, error->message);
}

static void
load (RnlImageView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->loading != NULL)
    return;
  self->loading = g_cancellable_new ();
  show_frame (self, NULL);
  rnl_image_source_load_async (self->source, GTK_WIDGET (self), self->address, MAX_WIDTH * scale,
                               MAX_HEIGHT * scale, self->loading, loaded_cb, g_object_ref (self));
}

/* }}} */

/* {{{ What stands for it */

static GtkWidget *
make_load_button (RnlImageView *self, gboolean again)
{
  GtkWidget *button = gtk_button_new_with_label (again ? _ ("Try again") : _ ("Load Image"));
  g_autofree char *host = dup_host (self);
  /* Translators: the first %s is what the image shows, the second the name of a server */
  g_autofree char *description = g_strdup_printf (_ ("%s, from %s"), get_name (self), host);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (load), self);

  return button;
}

static GtkWidget *
make_waiting (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), make_label (_ ("Loading…"), "dim-label"));

  return box;
}

/* The alternative text, where the image would come from, why it did not, and what can be done. */
static void
show_frame (RnlImageView *self, const char *problem)
{
  gboolean remote = g_str_has_prefix (self->address, "http");
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (problem != NULL ? "dialog-warning-symbolic"
                                                                  : "image-x-generic-symbolic");
  g_autofree char *host = dup_host (self);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (frame), icon);
  gtk_box_append (GTK_BOX (frame), words);
  gtk_box_append (GTK_BOX (words), make_label (get_name (self), NULL));
  if (problem != NULL)
    gtk_box_append (GTK_BOX (words), make_label (problem, "dim-label"));
  else if (remote)
    gtk_box_append (GTK_BOX (words), make_label (host, "dim-label"));
  if (self->loading != NULL)
    gtk_box_append (GTK_BOX (words), make_waiting ());
  else if (remote || problem != NULL)
    gtk_box_append (GTK_BOX (words), make_load_button (self, problem != NULL));
  gtk_widget_add_css_class (frame, "answer-image-frame");
  set_content (self, frame);
}

/* Nothing of this name is at hand: what is written is all there is. */
static void
show_words (RnlImageView *self)
{
  gboolean shown = g_utf8_strlen (self->address, -1) <= MAX_ADDRESS && *self->address != '\0';
  g_autofree char *words = shown ? g_strdup_printf ("%s (%s)", get_name (self), self->address)
                                 : g_strdup (get_name (self));

  set_content (self, make_label (words, "dim-label"));
}

/* }}} */

static void
root (GtkWidget *widget)
{
  RnlImageView *self = RNL_IMAGE_VIEW (widget);

  GTK_WIDGET_CLASS (rnl_image_view_parent_class)->root (widget);
  if (self->shown)
    return;
  switch (rnl_image_source_find (self->source, widget, self->address))
    {
    case RNL_IMAGE_HERE:
      load (self);
      break;
    case RNL_IMAGE_REMOTE:
      show_frame (self, NULL);
      break;
    case RNL_IMAGE_NOWHERE:
    default:
      show_words (self);
      break;
    }
}

static void
unroot (GtkWidget *widget)
{
  RnlImageView *self = RNL_IMAGE_VIEW (widget);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  GTK_WIDGET_CLASS (rnl_image_view_parent_class)->unroot (widget);
}

static void
rnl_image_view_dispose (GObject *object)
{
  RnlImageView *self = RNL_IMAGE_VIEW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->alt, g_free);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (rnl_image_view_parent_class)->dispose (object);
}

static void
rnl_image_view_class_init (RnlImageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_image_view_dispose;
  widget_class->root = root;
  widget_class->unroot = unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, RNL_TYPE_IMAGE_LAYOUT);

  /**
   * RnlImageView::link-activated:
   * @self: the image
   * @address: an http, https or mailto address
   *
   * An image that is a link was clicked.
   */
  signals[LINK_ACTIVATED] = g_signal_new ("link-activated", RNL_TYPE_IMAGE_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rnl_image_view_init (RnlImageView *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

static char *
dup_alt (RnlBlock *block, const RnlSpan *span)
{
  g_autofree char *alt
    = g_strndup (rnl_block_get_text (block) + span->start, span->end - span->start);

  /* What stands for an image without words. */
  return g_str_equal (alt, "\uFFFC") ? NULL : g_steal_pointer (&alt);
}

/**
 * rnl_image_view_new:
 * @source: where images come from
 * @block: what the image stands in
 * @span: the image
 *
 * Returns: (transfer floating): a widget for the image
 */
GtkWidget *
rnl_image_view_new (RnlImageSource *source, RnlBlock *block, const RnlSpan *span)
{
  RnlImageView *self = g_object_new (RNL_TYPE_IMAGE_VIEW, NULL);

  self->source = g_object_ref (source);
  self->address = g_strdup (span->address != NULL ? span->address : "");
  self->alt = dup_alt (block, span);
  self->link = g_strdup (span->link);
  show_words (self);

  return GTK_WIDGET (self);
}

/**
 * rnl_image_view_shows:
 * @self: an image
 * @block: what an image stands in
 * @span: the image
 *
 * Returns: whether it is the image that is shown
 */
gboolean
rnl_image_view_shows (RnlImageView *self, RnlBlock *block, const RnlSpan *span)
{
  g_autofree char *alt = NULL;

  g_return_val_if_fail (RNL_IS_IMAGE_VIEW (self), FALSE);

  alt = dup_alt (block, span);

  return g_strcmp0 (self->address, span->address != NULL ? span->address : "") == 0
         && g_strcmp0 (self->alt, alt) == 0 && g_strcmp0 (self->link, span->link) == 0;
}
