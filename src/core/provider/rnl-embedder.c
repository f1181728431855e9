/* rnl-embedder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-embedder.h"

/**
 * RnlEmbedder:
 *
 * Something that makes a vector of a text, so that texts which mean the same lie close together.
 */
G_DEFINE_INTERFACE (RnlEmbedder, rnl_embedder, G_TYPE_OBJECT)

static void
rnl_embedder_default_init (RnlEmbedderInterface *iface)
{
}

/**
 * rnl_embedder_get_id:
 * @self: an embedder
 *
 * Returns: (transfer none): what made a vector; vectors of different ids are never compared
 */
const char *
rnl_embedder_get_id (RnlEmbedder *self)
{
  g_return_val_if_fail (RNL_IS_EMBEDDER (self), NULL);

  return RNL_EMBEDDER_GET_IFACE (self)->get_id (self);
}

/**
 * rnl_embedder_embed_async:
 * @self: an embedder
 * @texts: (array zero-terminated=1): one or more texts, some dozens at most
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Makes a vector of each text.
 */
void
rnl_embedder_embed_async (RnlEmbedder *self,
                          const char *const *texts,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (RNL_IS_EMBEDDER (self));
  g_return_if_fail (texts != NULL && texts[0] != NULL);

  RNL_EMBEDDER_GET_IFACE (self)->embed_async (self, texts, cancellable, callback, user_data);
}

/**
 * rnl_embedder_embed_finish:
 * @self: an embedder
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable) (element-type gfloat): the vectors one behind the other, all
 *   of one length, in the order of the texts
 */
GArray *
rnl_embedder_embed_finish (RnlEmbedder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RNL_IS_EMBEDDER (self), NULL);

  return RNL_EMBEDDER_GET_IFACE (self)->embed_finish (self, result, error);
}
