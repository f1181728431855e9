/* rnl-attachment-button.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-attachment-button.h"

#include <glib/gi18n.h>

#include "rnl-attachment.h"
#include "rnl-attachment-chip.h"
#include "rnl-attachment-open.h"
#include "rnl-chat-style.h"
#include "rnl-image-layout.h"
#include "rnl-thumbnail.h"

/**
 * RnlAttachmentButton:
 *
 * A file that was said: a picture as a picture, anything else, and a picture that cannot be decoded
 * here, as a chip. A click opens it.
 */
struct _RnlAttachmentButton
{
  GtkWidget parent_instance;

  /* owned */
  RnlPart *part;
  GCancellable *loading;

  /* children */
  GtkWidget *button;

  /* in pixels, of a picture */
  int max_width;
  int max_height;
};

G_DEFINE_FINAL_TYPE (RnlAttachmentButton, rnl_attachment_button, GTK_TYPE_WIDGET)

static void
clicked_cb (RnlAttachmentButton *self)
{
  rnl_attachment_open (GTK_WIDGET (self), self->part);
}

static void
rnl_attachment_button_dispose (GObject *object)
{
  RnlAttachmentButton *self = RNL_ATTACHMENT_BUTTON (object);

  g_cancellable_cancel (self->loading);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->part);

  G_OBJECT_CLASS (rnl_attachment_button_parent_class)->dispose (object);
}

static void
rnl_attachment_button_finalize (GObject *object)
{
  g_object_unref (RNL_ATTACHMENT_BUTTON (object)->loading);

  G_OBJECT_CLASS (rnl_attachment_button_parent_class)->finalize (object);
}

static void
rnl_attachment_button_class_init (RnlAttachmentButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rnl_attachment_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_attachment_button_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, RNL_TYPE_IMAGE_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attachment");
}

static void
rnl_attachment_button_init (RnlAttachmentButton *self)
{
  self->loading = g_cancellable_new ();
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAttachmentButton) self = user_data;
  g_autoptr (GdkTexture) texture = rnl_thumbnail_load_finish (RNL_PART (source), result, NULL);
  GtkWidget *picture;

  /* The chip stays. */
  if (texture == NULL || self->button == NULL)
    return;

  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_button_set_child (GTK_BUTTON (self->button), picture);
  rnl_image_layout_set_texture (GTK_WIDGET (self), texture, self->max_width, self->max_height);
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture");
}

/**
 * rnl_attachment_button_new:
 * @part: a file
 * @width: how wide a picture may be, in pixels
 * @height: how high
 *
 * Returns: (transfer floating): a widget
 */
GtkWidget *
rnl_attachment_button_new (RnlPart *part, int width, int height)
{
  RnlAttachmentButton *self = g_object_new (RNL_TYPE_ATTACHMENT_BUTTON, NULL);
  const char *title = rnl_part_get_title (part);
  const char *name = title != NULL                    ? title
                     : rnl_attachment_is_image (part) ? _ ("Picture")
                                                      : _ ("File");
  /* Translators: %s is the name of a file */
  g_autofree char *label = g_strdup_printf (_ ("Open %s"), name);
  GtkWidget *chip = rnl_attachment_chip_new (name);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  self->part = g_object_ref (part);
  self->max_width = width;
  self->max_height = height;
  rnl_attachment_chip_set_part (RNL_ATTACHMENT_CHIP (chip), part);
  gtk_button_set_child (GTK_BUTTON (self->button), chip);
  gtk_widget_set_tooltip_text (self->button, label);
  rnl_chat_set_label (self->button, label);
  gtk_widget_set_sensitive (self->button, rnl_attachment_get_size (part) > 0);
  if (rnl_attachment_is_image (part))
    rnl_thumbnail_load_async (part, width * scale, height * scale, self->loading, thumbnail_cb,
                              g_object_ref (self));

  return GTK_WIDGET (self);
}
