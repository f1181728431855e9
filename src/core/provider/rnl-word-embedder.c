/* rnl-word-embedder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-word-embedder.h"

#define DIMENSION 256

/**
 * RnlWordEmbedder:
 *
 * An embedder of rules: a text's vector says which words are in it, nothing of what they mean. The
 * same text has the same vector everywhere, so it is for tests and for trying things out.
 */
struct _RnlWordEmbedder
{
  GObject parent_instance;
};

static void embedder_iface_init (RnlEmbedderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlWordEmbedder,
                               rnl_word_embedder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_EMBEDDER, embedder_iface_init))

static void
rnl_word_embedder_class_init (RnlWordEmbedderClass *klass)
{
}

static void
rnl_word_embedder_init (RnlWordEmbedder *self)
{
}

static const char *
rnl_word_embedder_get_id (RnlEmbedder *self)
{
  return "offline/words";
}

static void
add_text (GArray *vectors, const char *text)
{
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);
  guint offset = vectors->len;

  g_array_set_size (vectors, offset + DIMENSION);
  for (gsize i = 0; words[i] != NULL; i++)
    g_array_index (vectors, float, offset + g_str_hash (words[i]) % DIMENSION) += 1;
}

static void
rnl_word_embedder_embed_async (RnlEmbedder *self,
                               const char *const *texts,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GArray *vectors = g_array_new (FALSE, TRUE, sizeof (float));

  g_task_set_source_tag (task, rnl_word_embedder_embed_async);
  for (gsize i = 0; texts[i] != NULL; i++)
    add_text (vectors, texts[i]);
  g_task_return_pointer (task, vectors, (GDestroyNotify) g_array_unref);
}

static GArray *
rnl_word_embedder_embed_finish (RnlEmbedder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
embedder_iface_init (RnlEmbedderInterface *iface)
{
  iface->get_id = rnl_word_embedder_get_id;
  iface->embed_async = rnl_word_embedder_embed_async;
  iface->embed_finish = rnl_word_embedder_embed_finish;
}

/**
 * rnl_word_embedder_new:
 *
 * Returns: (transfer full): the embedder
 */
RnlEmbedder *
rnl_word_embedder_new (void)
{
  return g_object_new (RNL_TYPE_WORD_EMBEDDER, NULL);
}
