/* rnl-thumbnail.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-thumbnail.h"

#include "rnl-attachment.h"

/* A few kilobytes may say that they are a picture of gigabytes. */
#define MAX_PIXELS (100 * 1000 * 1000)

/* The size is known after the first of these pieces, before memory for the picture is taken. */
#define PIECE 4096

typedef struct
{
  int width;
  int height;
  gboolean too_large;
} Bounds;

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Bounds *bounds)
{
  double scale = MIN (1.0, MIN ((double) bounds->width / width, (double) bounds->height / height));

  bounds->too_large = (gint64) width * height > MAX_PIXELS;
  gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)),
                              MAX (1, (int) (height * scale)));
}

static gboolean
feed (GdkPixbufLoader *loader,
      GBytes *bytes,
      const Bounds *bounds,
      GCancellable *cancellable,
      GError **error)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  for (gsize done = 0; done < length; done += PIECE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !gdk_pixbuf_loader_write (loader, data + done, MIN (PIECE, length - done), error))
        return FALSE;
      if (bounds->too_large)
        {
          g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
                               "The picture is too large to be shown");
          return FALSE;
        }
    }

  return TRUE;
}

/* The type is known: nothing but the code for it sees the bytes. */
static GdkTexture *
decode (
  GBytes *bytes, const char *mime_type, Bounds *bounds, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (mime_type, error);
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  gboolean fed;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), bounds);
  fed = feed (loader, bytes, bounds, cancellable, error);
  /* What was fed decides; a loader wants to be closed in any case. */
  if (!gdk_pixbuf_loader_close (loader, fed ? error : NULL) || !fed)
    return NULL;

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  upright = pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
  if (upright == NULL)
    {
      g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_FAILED,
                           "There is no picture in it");
      return NULL;
    }

  return gdk_texture_new_for_pixbuf (upright);
}

/* The content of a file part does not change once it is there, so it may be read from here. */
static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = rnl_attachment_dup_bytes (source);
  g_autoptr (GError) error = NULL;
  GdkTexture *texture
    = decode (bytes, rnl_attachment_get_mime_type (source), task_data, cancellable, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_thumbnail_load_async:
 * @part: a file that is a picture
 * @width: how wide it may be, in pixels
 * @height: how high
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Decodes a picture off the main thread, no larger than it is needed.
 */
void
rnl_thumbnail_load_async (RnlPart *part,
                          int width,
                          int height,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (part, cancellable, callback, user_data);
  Bounds *bounds = g_new0 (Bounds, 1);

  bounds->width = width;
  bounds->height = height;
  g_task_set_source_tag (task, rnl_thumbnail_load_async);
  g_task_set_task_data (task, bounds, g_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * rnl_thumbnail_load_finish:
 * @part: the file
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `GDK_PIXBUF_ERROR` for what is no picture, or one of more than a hundred million pixels;
 * `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the picture, upright
 */
GdkTexture *
rnl_thumbnail_load_finish (RnlPart *part, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, part), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
