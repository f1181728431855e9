/* rnl-embedder.h: something that turns texts into vectors of their meaning
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RNL_TYPE_EMBEDDER (rnl_embedder_get_type ())
G_DECLARE_INTERFACE (RnlEmbedder, rnl_embedder, RNL, EMBEDDER, GObject)

/**
 * RnlEmbedderInterface:
 * @get_id: what made a vector; vectors of different ids are never compared
 * @embed_async: makes a vector of each text
 * @embed_finish: gives them one behind the other, all of one length, in the order of the texts.
 *   Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`
 */
struct _RnlEmbedderInterface
{
  GTypeInterface parent_iface;

  const char *(*get_id) (RnlEmbedder *self);
  void (*embed_async) (RnlEmbedder *self,
                       const char *const *texts,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  GArray *(*embed_finish) (RnlEmbedder *self, GAsyncResult *result, GError **error);
};

const char *rnl_embedder_get_id (RnlEmbedder *self);
void rnl_embedder_embed_async (RnlEmbedder *self,
                               const char *const *texts,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GArray *rnl_embedder_embed_finish (RnlEmbedder *self, GAsyncResult *result, GError **error);

G_END_DECLS
