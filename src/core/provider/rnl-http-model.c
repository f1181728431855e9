/* rnl-http-model.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-model.h"

#include "rnl-account-route.h"
#include "rnl-http-answer.h"
#include "rnl-http-count.h"
#include "rnl-model-describe.h"
#include "rnl-model-params.h"
#include "rnl-request-check.h"

#define RETRY_DELAY_MS 500

struct _RnlHttpModel
{
  GObject parent_instance;

  /* owned */
  RnlEndpoint *endpoint;
  RnlAccount *account;
  char *id;
  char *model;
  char *key;

  const RnlProtocol *protocol;
  guint idle_timeout_ms;
  guint retry_delay_ms;
  guint context_limit;
};

static void rnl_http_model_chat_model_init (RnlChatModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RnlHttpModel,
                               rnl_http_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RNL_TYPE_CHAT_MODEL,
                                                      rnl_http_model_chat_model_init))

static void
rnl_http_model_dispose (GObject *object)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (object);

  g_clear_object (&self->account);

  G_OBJECT_CLASS (rnl_http_model_parent_class)->dispose (object);
}

static void
rnl_http_model_finalize (GObject *object)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (object);

  g_clear_pointer (&self->endpoint, rnl_endpoint_free);
  g_free (self->id);
  g_free (self->model);
  g_free (self->key);

  G_OBJECT_CLASS (rnl_http_model_parent_class)->finalize (object);
}

static void
rnl_http_model_class_init (RnlHttpModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rnl_http_model_dispose;
  object_class->finalize = rnl_http_model_finalize;
}

static void
rnl_http_model_init (RnlHttpModel *self)
{
  self->retry_delay_ms = RETRY_DELAY_MS;
  self->context_limit = RNL_HTTP_MODEL_CONTEXT_LIMIT;
}

/* Asking. */

/* What is asked, while the way is found and the answer comes. */
typedef struct
{
  RnlChatRequest *request;
  RnlGate *gate; /* of the request that was given: copies of it have none */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
} Generation;

static void
generation_free (Generation *generation)
{
  rnl_chat_request_unref (generation->request);
  g_clear_object (&generation->gate);
  g_free (generation);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (rnl_http_answer_run_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
ask_along (GTask *task, RnlRoute *route)
{
  RnlHttpModel *self = g_task_get_source_object (task);
  Generation *generation = g_task_get_task_data (task);
  RnlChatRequest *request = generation->request;
  const RnlProtocol *protocol = rnl_route_get_protocol (route);
  g_autofree char *path = protocol->dup_path (self->model, request->stream);
  g_autoptr (RnlRequestBody) body
    = protocol->build_request (rnl_route_get_endpoint (route, 0), self->model, request);
  RnlHttpQuestion question = {
    .route = route,
    .path = path,
    .model = self->model,
    .body = body,
    .gate = generation->gate,
    .idle_timeout_ms = self->idle_timeout_ms,
    .retry_delay_ms = self->retry_delay_ms,
  };

  rnl_http_answer_run_async (&question, generation->on_chunk, generation->chunk_data,
                             g_task_get_cancellable (task), answer_cb, task);
}

static void
route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlRoute) route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);

  if (route != NULL)
    ask_along (g_steal_pointer (&task), route);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
find_way (GTask *task)
{
  RnlHttpModel *self = g_task_get_source_object (task);
  g_autoptr (RnlRoute) route = NULL;

  if (self->account != NULL)
    {
      rnl_account_find_route_async (self->account, g_task_get_cancellable (task), route_cb, task);
      return;
    }
  route = rnl_route_new (self->protocol, self->endpoint, self->key);
  ask_along (task, route);
}

/* Whether the server is to be told for how many tokens it makes room. */
static gboolean
wants_room (RnlHttpModel *self, RnlChatRequest *request)
{
  return self->protocol->show_path != NULL && request->num_ctx == 0;
}

static void
describe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlHttpModel *self = g_task_get_source_object (task);
  Generation *generation = g_task_get_task_data (task);
  g_autoptr (RnlChatRequest) checked = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlModelInfo) info = rnl_model_describe_finish (result, &error);

  if (info != NULL)
    checked
      = rnl_request_check_files (generation->request, self->protocol, self->model, info, &error);
  if (checked == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  rnl_chat_request_unref (generation->request);
  generation->request = rnl_chat_request_copy (checked);
  if (wants_room (self, checked))
    generation->request->num_ctx = (guint) MIN (rnl_model_info_get_context_length (info), G_MAXINT);
  find_way (g_steal_pointer (&task));
}

static RnlModelPlace
get_place (RnlHttpModel *self)
{
  return (RnlModelPlace){ .account = self->account,
                          .protocol = self->protocol,
                          .endpoint = self->endpoint,
                          .key = self->key,
                          .model = self->model,
                          .context_limit = self->context_limit };
}

static void
rnl_http_model_generate_async (RnlChatModel *model,
                               RnlChatRequest *request,
                               RnlChunkFunc on_chunk,
                               gpointer chunk_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (model);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatRequest) checked
    = rnl_request_check_files (request, self->protocol, self->model, NULL, &error);
  Generation *generation;

  g_task_set_source_tag (task, rnl_http_model_generate_async);
  if (checked == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  generation = g_new0 (Generation, 1);
  generation->request = rnl_chat_request_ref (checked);
  generation->gate = request->gate != NULL ? g_object_ref (request->gate) : NULL;
  generation->on_chunk = on_chunk;
  generation->chunk_data = chunk_data;
  g_task_set_task_data (task, generation, (GDestroyNotify) generation_free);

  if (wants_room (self, checked) || rnl_request_has_files (checked))
    {
      RnlModelPlace place = get_place (self);

      rnl_model_describe_async (self, &place, cancellable, describe_cb, g_steal_pointer (&task));
      return;
    }
  find_way (g_steal_pointer (&task));
}

static gboolean
rnl_http_model_generate_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, model), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Counting. */

static guint
rnl_http_model_get_image_tokens (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->protocol->image_tokens;
}

static void
rnl_http_model_count_tokens_async (RnlChatModel *model,
                                   RnlChatRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (model);

  rnl_http_count_async (self, self->account, self->protocol, self->endpoint, self->key, self->model,
                        request, cancellable, callback, user_data);
}

static gint64
rnl_http_model_count_tokens_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return rnl_http_count_finish (result, error);
}

/* Describing. */

static void
rnl_http_model_describe_async (RnlChatModel *model,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  RnlModelPlace place = get_place (RNL_HTTP_MODEL (model));

  rnl_model_describe_async (model, &place, cancellable, callback, user_data);
}

static RnlModelInfo *
rnl_http_model_describe_finish (RnlChatModel *model, GAsyncResult *result, GError **error)
{
  return rnl_model_describe_finish (result, error);
}

/* Being a chat model. */

static const char *
rnl_http_model_get_id (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->id;
}

static const char *
rnl_http_model_get_title (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->model;
}

static RnlRunType
rnl_http_model_get_run_type (RnlChatModel *model)
{
  return RNL_HTTP_MODEL (model)->protocol->takes_text ? RNL_RUN_LLM : RNL_RUN_CHAT_MODEL;
}

static RnlModelParams
rnl_http_model_get_params (RnlChatModel *model)
{
  RnlHttpModel *self = RNL_HTTP_MODEL (model);

  return rnl_model_params_find (self->protocol, self->endpoint, self->model);
}

static void
rnl_http_model_chat_model_init (RnlChatModelInterface *iface)
{
  iface->get_id = rnl_http_model_get_id;
  iface->get_title = rnl_http_model_get_title;
  iface->get_run_type = rnl_http_model_get_run_type;
  iface->get_params = rnl_http_model_get_params;
  iface->generate_async = rnl_http_model_generate_async;
  iface->generate_finish = rnl_http_model_generate_finish;
  iface->describe_async = rnl_http_model_describe_async;
  iface->describe_finish = rnl_http_model_describe_finish;
  iface->get_image_tokens = rnl_http_model_get_image_tokens;
  iface->count_tokens_async = rnl_http_model_count_tokens_async;
  iface->count_tokens_finish = rnl_http_model_count_tokens_finish;
}

static RnlHttpModel *
new_model (const char *protocol_name, const char *base_url, const char *model, GError **error)
{
  g_autoptr (RnlEndpoint) endpoint = NULL;
  const RnlProtocol *protocol = rnl_protocol_find (protocol_name, error);
  RnlHttpModel *self;

  if (protocol == NULL)
    return NULL;
  endpoint = rnl_endpoint_new (base_url, protocol->default_path, protocol->method_paths, error);
  if (endpoint == NULL)
    return NULL;

  self = g_object_new (RNL_TYPE_HTTP_MODEL, NULL);
  self->protocol = protocol;
  self->endpoint = g_steal_pointer (&endpoint);
  self->model = g_strdup (model);

  return self;
}

/**
 * rnl_http_model_new:
 * @protocol: a protocol's name ("openai-chat")
 * @base_url: the address, as a person gives it
 * @model: the model's name on that server
 * @key: (nullable): the key
 * @error: return location for an error
 *
 * Makes a model for one use, without an account.
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` for an unknown protocol or a bad address.
 *
 * Returns: (transfer full) (nullable): a model; its id is `HOST/MODEL`
 */
RnlChatModel *
rnl_http_model_new (
  const char *protocol, const char *base_url, const char *model, const char *key, GError **error)
{
  RnlHttpModel *self = new_model (protocol, base_url, model, error);

  if (self == NULL)
    return NULL;

  self->key = key != NULL && *key != '\0' ? g_strdup (key) : NULL;
  self->id = g_strdup_printf ("%s/%s", self->endpoint->host, model);

  return RNL_CHAT_MODEL (self);
}

/**
 * rnl_http_model_new_for_account:
 * @account: whose address, protocol and key it uses; the key is looked up for each request
 * @model: the model's name on that server
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR_BAD_REQUEST` when the account's protocol or address is not one.
 *
 * Returns: (transfer full) (nullable): a model; its id is `ACCOUNT/MODEL`
 */
RnlChatModel *
rnl_http_model_new_for_account (RnlAccount *account, const char *model, GError **error)
{
  RnlHttpModel *self = new_model (rnl_account_get_protocol (account),
                                  rnl_account_get_base_url (account), model, error);

  if (self == NULL)
    return NULL;

  self->account = g_object_ref (account);
  self->id = g_strdup_printf ("%s/%s", rnl_account_get_id (account), model);

  return RNL_CHAT_MODEL (self);
}

/**
 * rnl_http_model_set_idle_timeout:
 * @self: a model
 * @timeout_ms: how long the server may be silent, before the first byte and between bytes; 0 for
 *   `RNL_HTTP_STREAM_IDLE_TIMEOUT_MS`
 */
void
rnl_http_model_set_idle_timeout (RnlHttpModel *self, guint timeout_ms)
{
  g_return_if_fail (RNL_IS_HTTP_MODEL (self));

  self->idle_timeout_ms = timeout_ms;
}

/**
 * rnl_http_model_set_retry_delay:
 * @self: a model
 * @delay_ms: how long to wait before the first retry; doubled for the next one. A server's own
 *   wish comes first
 */
void
rnl_http_model_set_retry_delay (RnlHttpModel *self, guint delay_ms)
{
  g_return_if_fail (RNL_IS_HTTP_MODEL (self));

  self->retry_delay_ms = delay_ms;
}

/**
 * rnl_http_model_set_context_limit:
 * @self: a model
 * @limit: tokens, 0 for `RNL_HTTP_MODEL_CONTEXT_LIMIT`
 *
 * Says for how many tokens a server that can be told makes room: each costs it memory. Only Ollama
 * can be told; what a model's own file there wants comes first.
 */
void
rnl_http_model_set_context_limit (RnlHttpModel *self, guint limit)
{
  g_return_if_fail (RNL_IS_HTTP_MODEL (self));

  self->context_limit = limit > 0 ? limit : RNL_HTTP_MODEL_CONTEXT_LIMIT;
}
