/* rnl-image-source.h: where the images of an answer come from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RnlImagePlace:
 * @RNL_IMAGE_NOWHERE: it cannot be shown
 * @RNL_IMAGE_HERE: it can be shown without asking anybody
 * @RNL_IMAGE_REMOTE: a server has it, which is asked only when a person wants it
 *
 * Where an image is.
 */
typedef enum
{
  RNL_IMAGE_NOWHERE,
  RNL_IMAGE_HERE,
  RNL_IMAGE_REMOTE,
} RnlImagePlace;

#define RNL_TYPE_IMAGE_SOURCE (rnl_image_source_get_type ())
G_DECLARE_INTERFACE (RnlImageSource, rnl_image_source, RNL, IMAGE_SOURCE, GObject)

/**
 * RnlImageSourceInterface:
 * @find: where the image of an address is; called often
 * @load_async: gets and decodes it, no larger than asked for
 * @load_finish: the image, or an error in the person's words
 * @open: opens it in the program for such files; whether it is there
 *
 * The widgets are those that show the image, in a window.
 */
struct _RnlImageSourceInterface
{
  GTypeInterface parent_iface;

  RnlImagePlace (*find) (RnlImageSource *self, GtkWidget *widget, const char *address);
  void (*load_async) (RnlImageSource *self,
                      GtkWidget *widget,
                      const char *address,
                      int width,
                      int height,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GdkTexture *(*load_finish) (RnlImageSource *self, GAsyncResult *result, GError **error);
  gboolean (*open) (RnlImageSource *self, GtkWidget *widget, const char *address);
};

RnlImagePlace rnl_image_source_find (RnlImageSource *self, GtkWidget *widget, const char *address);
void rnl_image_source_load_async (RnlImageSource *self,
                                  GtkWidget *widget,
                                  const char *address,
                                  int width,
                                  int height,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GdkTexture *
rnl_image_source_load_finish (RnlImageSource *self, GAsyncResult *result, GError **error);
gboolean rnl_image_source_may_have (const char *address);
gboolean rnl_image_source_open (RnlImageSource *self, GtkWidget *widget, const char *address);

/**
 * RNL_IMAGE_LINK:
 *
 * What stands before the address of an image where links are expected, for one that is no link of
 * the web.
 */
#define RNL_IMAGE_LINK "image:"

G_END_DECLS
