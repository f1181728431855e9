/* rnl-image-source.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-image-source.h"

#include <string.h>

/**
 * RnlImageSource:
 *
 * What an answer asks for its images: the text knows their addresses, and nothing of messages,
 * files or the network.
 */
G_DEFINE_INTERFACE (RnlImageSource, rnl_image_source, G_TYPE_OBJECT)

static void
rnl_image_source_default_init (RnlImageSourceInterface *iface)
{
}

/**
 * rnl_image_source_find:
 * @self: a source
 * @widget: what shows the image, in a window
 * @address: as the text has it
 *
 * Returns: where the image is
 */
RnlImagePlace
rnl_image_source_find (RnlImageSource *self, GtkWidget *widget, const char *address)
{
  g_return_val_if_fail (RNL_IS_IMAGE_SOURCE (self), RNL_IMAGE_NOWHERE);

  return RNL_IMAGE_SOURCE_GET_IFACE (self)->find (self, widget, address);
}

/**
 * rnl_image_source_load_async:
 * @self: a source
 * @widget: what shows the image, in a window
 * @address: of an image that is somewhere
 * @width: how wide it may be, in pixels
 * @height: how high
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Gets an image. A server is asked here and nowhere else.
 */
void
rnl_image_source_load_async (RnlImageSource *self,
                             GtkWidget *widget,
                             const char *address,
                             int width,
                             int height,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (RNL_IS_IMAGE_SOURCE (self));

  RNL_IMAGE_SOURCE_GET_IFACE (self)->load_async (self, widget, address, width, height, cancellable,
                                                 callback, user_data);
}

/**
 * rnl_image_source_load_finish:
 * @self: a source
 * @result: as given to the callback
 * @error: return location for an error; its message is for the person
 *
 * Returns: (transfer full) (nullable): the image
 */
GdkTexture *
rnl_image_source_load_finish (RnlImageSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_IMAGE_SOURCE (self), NULL);

  return RNL_IMAGE_SOURCE_GET_IFACE (self)->load_finish (self, result, error);
}

/**
 * rnl_image_source_may_have:
 * @address: (nullable): of an image, as it is written
 *
 * Returns: whether it names a file or carries the image, as far as can be said by looking at it
 */
gboolean
rnl_image_source_may_have (const char *address)
{
  return address != NULL && *address != '\0'
         && (strchr (address, ':') == NULL || g_str_has_prefix (address, "data:image/")
             || g_str_has_prefix (address, "attachment:")
             || g_str_has_prefix (address, "sandbox:"));
}

/**
 * rnl_image_source_open:
 * @self: a source
 * @widget: in the window that asks for it
 * @address: of an image
 *
 * Opens an image in the program for such files.
 *
 * Returns: whether it is there
 */
gboolean
rnl_image_source_open (RnlImageSource *self, GtkWidget *widget, const char *address)
{
  g_return_val_if_fail (RNL_IS_IMAGE_SOURCE (self), FALSE);

  return RNL_IMAGE_SOURCE_GET_IFACE (self)->open (self, widget, address);
}
