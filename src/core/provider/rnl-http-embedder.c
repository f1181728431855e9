/* rnl-http-embedder.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-embedder.h"

#include "rnl-json-members.h"
#include "rnl-provider-error.h"
#include "rnl-server-get.h"

/* A slow machine works long on some dozens of texts. */
#define TIMEOUT_MS 120000

/* Longer vectors than any model makes. */
#define MAX_DIMENSION 65536

/* Which protocols have `/v1/embeddings` beside their own methods. */
static const struct
{
  const char *protocol;
  const char *path;
} places[] = {
  { "openai-chat", "embeddings" },
  { "openai-responses", "embeddings" },
  { "ollama", "v1/embeddings" },
};

/**
 * RnlHttpEmbedder:
 *
 * Asks the server of an account what texts mean, at its endpoint `/v1/embeddings`. Servers of other
 * protocols than OpenAI's and Ollama's have none: asking is an error then.
 *
 * Source: OpenAI API reference, "Create embeddings"; Ollama, "OpenAI compatibility".
 */
struct _RnlHttpEmbedder
{
  GObject parent_instance;

  /* owned */
  RnlAccount *account;
  char *model;
  char *id;
};

typedef struct
{
  const char *path;
  guint n_texts;
} Request;

static void embedder_iface_init (RnlEmbedderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlHttpEmbedder,
                               rnl_http_embedder,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_EMBEDDER, embedder_iface_init))

static void
rnl_http_embedder_finalize (GObject *object)
{
  RnlHttpEmbedder *self = RNL_HTTP_EMBEDDER (object);

  g_clear_object (&self->account);
  g_free (self->model);
  g_free (self->id);

  G_OBJECT_CLASS (rnl_http_embedder_parent_class)->finalize (object);
}

static void
rnl_http_embedder_class_init (RnlHttpEmbedderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rnl_http_embedder_finalize;
}

static void
rnl_http_embedder_init (RnlHttpEmbedder *self)
{
}

static const char *
rnl_http_embedder_get_id (RnlEmbedder *embedder)
{
  return RNL_HTTP_EMBEDDER (embedder)->id;
}

static RnlRequestBody *
make_body (RnlHttpEmbedder *self, const char *const *texts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *input = json_array_new ();

  for (gsize i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (input, texts[i]);
  json_object_set_string_member (object, "model", self->model);
  json_object_set_array_member (object, "input", input);
  json_object_set_string_member (object, "encoding_format", "float");
  json_node_take_object (node, object);

  return rnl_request_body_new (node);
}

/* The vector of one text: numbers, as many as the others have. */
static gboolean
read_vector (JsonObject *entry, GArray *vectors, guint position, guint *dimension)
{
  JsonArray *numbers = entry != NULL ? rnl_json_object_get_array (entry, "embedding") : NULL;
  guint length = numbers != NULL ? json_array_get_length (numbers) : 0;

  if (length == 0 || length > MAX_DIMENSION || (*dimension != 0 && *dimension != length))
    return FALSE;

  *dimension = length;
  if (vectors->len < (position + 1) * length)
    g_array_set_size (vectors, (position + 1) * length);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *number = json_array_get_element (numbers, i);

      if (!JSON_NODE_HOLDS_VALUE (number))
        return FALSE;
      g_array_index (vectors, float, position *length + i) = (float) json_node_get_double (number);
    }

  return TRUE;
}

/* `{"data": [{"index": 0, "embedding": [...]}]}`, in any order. */
static GArray *
read_vectors (JsonNode *node, guint n_texts)
{
  JsonObject *object = rnl_json_node_get_object (node);
  JsonArray *data = object != NULL ? rnl_json_object_get_array (object, "data") : NULL;
  g_autoptr (GArray) vectors = g_array_new (FALSE, TRUE, sizeof (float));
  g_autofree gboolean *seen = g_new0 (gboolean, n_texts + 1);
  guint dimension = 0;

  if (data == NULL || json_array_get_length (data) != n_texts)
    return NULL;
  for (guint i = 0; i < n_texts; i++)
    {
      JsonObject *entry = rnl_json_node_get_object (json_array_get_element (data, i));
      gint64 index = entry != NULL ? rnl_json_object_get_int (entry, "index", i) : -1;

      if (index < 0 || index >= n_texts || seen[index]
          || !read_vector (entry, vectors, (guint) index, &dimension))
        return NULL;
      seen[index] = TRUE;
    }

  return g_steal_pointer (&vectors);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlHttpEmbedder *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) node = rnl_server_ask_finish (result, &error);
  GArray *vectors;

  if (node == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  vectors = read_vectors (node, request->n_texts);
  if (vectors != NULL)
    g_task_return_pointer (task, vectors, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (
      task, rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                    "%s answered with something that is not a vector "
                                    "for each of %u texts",
                                    rnl_account_get_base_url (self->account), request->n_texts));
}

static gboolean
find_place (RnlHttpEmbedder *self, Request *request, GError **error)
{
  const char *name = rnl_account_get_protocol (self->account);
  const RnlProtocol *protocol = rnl_protocol_find (name, error);

  if (protocol == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].protocol, name))
      request->path = places[i].path;
  if (request->path == NULL)
    {
      g_set_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST,
                   "%s has no embeddings", protocol->title);
      return FALSE;
    }

  return TRUE;
}

static void
rnl_http_embedder_embed_async (RnlEmbedder *embedder,
                               const char *const *texts,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  RnlHttpEmbedder *self = RNL_HTTP_EMBEDDER (embedder);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);
  g_autoptr (RnlRequestBody) body = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, rnl_http_embedder_embed_async);
  g_task_set_task_data (task, request, g_free);
  if (!find_place (self, request, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  body = make_body (self, texts);
  request->n_texts = g_strv_length ((char **) texts);
  rnl_server_ask_account_async (self->account, request->path, body, TIMEOUT_MS, cancellable,
                                answered_cb, g_steal_pointer (&task));
}

static GArray *
rnl_http_embedder_embed_finish (RnlEmbedder *embedder, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, embedder), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
embedder_iface_init (RnlEmbedderInterface *iface)
{
  iface->get_id = rnl_http_embedder_get_id;
  iface->embed_async = rnl_http_embedder_embed_async;
  iface->embed_finish = rnl_http_embedder_embed_finish;
}

/**
 * rnl_http_embedder_new:
 * @account: whose server is asked
 * @model: the model's name there
 *
 * Returns: (transfer full): an embedder
 */
RnlEmbedder *
rnl_http_embedder_new (RnlAccount *account, const char *model)
{
  RnlHttpEmbedder *self;

  g_return_val_if_fail (RNL_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (model != NULL, NULL);

  self = g_object_new (RNL_TYPE_HTTP_EMBEDDER, NULL);
  self->account = g_object_ref (account);
  self->model = g_strdup (model);
  self->id = g_strdup_printf ("%s/%s", rnl_account_get_id (account), model);

  return RNL_EMBEDDER (self);
}
