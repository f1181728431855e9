/* rnl-model-describe.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#define G_LOG_DOMAIN "rnl-model-describe"

#include "config.h"
#include "rnl-model-describe.h"

#include "rnl-account-route.h"
#include "rnl-model-catalog.h"
#include "rnl-server-get.h"

/* A server that did not say it is asked again after this time, not with every answer. */
#define FORGET_SILENCE_US (60 * G_USEC_PER_SEC)

/* What was said, by server and model. It belongs to the process and not to an account: the same
 * server may be asked without one, and an account may change its address. */
typedef struct
{
  RnlModelInfo *info;
  gint64 wanted; /* tokens of context, as the model's own file wants it; 0 when it does not say */
  gint64 until;  /* monotonic; 0 for ever */
} Known;

static GHashTable *known;

static void
known_free (Known *entry)
{
  g_object_unref (entry->info);
  g_free (entry);
}

static char *
dup_server_key (const RnlProtocol *protocol, const RnlEndpoint *endpoint)
{
  return g_strdup_printf ("%s %s?%s ", protocol->name, endpoint->base,
                          endpoint->query != NULL ? endpoint->query : "");
}

static char *
dup_model_key (const RnlModelPlace *place)
{
  g_autofree char *server = dup_server_key (place->protocol, place->endpoint);

  return g_strconcat (server, place->model, NULL);
}

static void
keep (char *key /* (transfer full) */, RnlModelInfo *info, gint64 wanted, gboolean sure)
{
  Known *entry = g_new0 (Known, 1);

  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) known_free);
  entry->info = g_object_ref (info);
  entry->wanted = wanted;
  entry->until = sure ? 0 : g_get_monotonic_time () + FORGET_SILENCE_US;
  g_hash_table_replace (known, key, entry);
}

static Known *
find (const char *key)
{
  Known *entry = known != NULL ? g_hash_table_lookup (known, key) : NULL;

  if (entry == NULL || (entry->until > 0 && entry->until < g_get_monotonic_time ()))
    return NULL;

  return entry;
}

static gboolean
is_of_server (gpointer key, gpointer value, gpointer server)
{
  return g_str_has_prefix (key, server);
}

/**
 * rnl_model_describe_keep_list:
 * @protocol: how the server speaks
 * @endpoint: the server
 * @models: (element-type RnlModelInfo): its list of models, just read
 *
 * Keeps what a list says of its models in the place of what was known of them. A server that has
 * more to say of each is asked again when one is used.
 */
void
rnl_model_describe_keep_list (const RnlProtocol *protocol,
                              const RnlEndpoint *endpoint,
                              GPtrArray *models)
{
  g_autofree char *server = dup_server_key (protocol, endpoint);

  if (known != NULL)
    g_hash_table_foreach_remove (known, is_of_server, server);
  if (protocol->show_path != NULL)
    return;

  for (guint i = 0; i < models->len; i++)
    keep (g_strconcat (server, rnl_model_info_get_id (models->pdata[i]), NULL), models->pdata[i], 0,
          TRUE);
}

/* One question. */

typedef struct
{
  /* of the object that asks, which the task keeps */
  RnlModelPlace place;

  /* owned */
  char *model;
  GCancellable *cancellable; /* of the question, not of who asks */
  gulong cancelled;
  guint timeout;
} Describe;

static void
describe_free (Describe *describe)
{
  g_clear_handle_id (&describe->timeout, g_source_remove);
  g_clear_object (&describe->cancellable);
  g_free (describe->model);
  g_free (describe);
}

/* The person who waits may stop; the question is then closed, too. */
static void
asker_cancelled_cb (GCancellable *asker, GCancellable *question)
{
  g_cancellable_cancel (question);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Describe *describe = user_data;

  describe->timeout = 0;
  g_cancellable_cancel (describe->cancellable);

  return G_SOURCE_REMOVE;
}

static RnlModelInfo *
new_plain_info (const Describe *describe)
{
  return rnl_model_info_new (describe->model, NULL, 0);
}

static RnlModelInfo *
find_in_list (GPtrArray *models, const char *id)
{
  for (guint i = 0; models != NULL && i < models->len; i++)
    if (g_str_equal (rnl_model_info_get_id (models->pdata[i]), id))
      return g_object_ref (models->pdata[i]);

  return NULL;
}

/* What the server's answer says of the model, `NULL` when that is nothing. */
static RnlModelInfo *
read_answer (Describe *describe, JsonNode *answer, gint64 *wanted)
{
  const RnlProtocol *protocol = describe->place.protocol;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (RnlModelInfo) info = NULL;

  if (protocol->show_path == NULL)
    {
      models = protocol->parse_models (answer);
      if (models != NULL)
        rnl_model_describe_keep_list (protocol, describe->place.endpoint, models);

      return find_in_list (models, describe->model);
    }

  info = new_plain_info (describe);

  return protocol->parse_show (answer, info, wanted) ? g_steal_pointer (&info) : NULL;
}

/* A server that is told how much room to make has that much and no more: its window is what it is
 * going to be told. docs/decisions/0006-ollama-context.md says why. */
static void
limit_context (RnlModelInfo *info, gint64 wanted, guint limit)
{
  gint64 most = rnl_model_info_get_context_length (info);
  gint64 room = wanted > 0 ? wanted : limit;

  rnl_model_info_set_context_length (info, most > 0 ? MIN (room, most) : room);
}

/* Takes in what the person and the table say; the kept one stays as it is. */
static RnlModelInfo *
finish_info (RnlModelInfo *info, gint64 wanted, const RnlModelPlace *place)
{
  RnlModelInfo *copy = rnl_model_info_copy (info);

  if (place->protocol->show_path != NULL)
    limit_context (copy, wanted, place->context_limit);
  rnl_model_catalog_complete (rnl_model_catalog_get_default (), copy);

  return copy;
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Describe *describe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = rnl_server_ask_finish (result, &error);
  gint64 wanted = 0;
  g_autoptr (RnlModelInfo) info = answer != NULL ? read_answer (describe, answer, &wanted) : NULL;
  gboolean sure = info != NULL;

  g_cancellable_disconnect (g_task_get_cancellable (task), describe->cancelled);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (info == NULL)
    {
      g_debug ("%s does not say anything about %s: %s", describe->place.endpoint->host,
               describe->model, error != NULL ? error->message : "it is not in the list");
      info = new_plain_info (describe);
    }
  keep (dup_model_key (&describe->place), info, wanted, sure);
  g_task_return_pointer (task, finish_info (info, wanted, &describe->place), g_object_unref);
}

/* Takes @task. */
static void
ask (GTask *task, RnlRoute *route)
{
  Describe *describe = g_task_get_task_data (task);
  const RnlProtocol *protocol = describe->place.protocol;
  g_autoptr (RnlRequestBody) body
    = protocol->show_path != NULL ? protocol->build_show (describe->model) : NULL;

  rnl_server_ask_async (route, body != NULL ? protocol->show_path : protocol->models_path, body,
                        RNL_MODEL_DESCRIBE_TIMEOUT_MS, describe->cancellable, answer_cb, task);
}

static void
route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Describe *describe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlRoute) route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);

  /* Without the key the server is asked as anybody: who needs it hears that with the answer. */
  if (route == NULL)
    {
      g_debug ("no way to the account: %s", error->message);
      route = rnl_route_new (describe->place.protocol, describe->place.endpoint, NULL);
    }
  ask (task, route);
}

static Describe *
describe_new (const RnlModelPlace *place, GCancellable *cancellable)
{
  Describe *describe = g_new0 (Describe, 1);

  describe->place = *place;
  describe->model = g_strdup (place->model);
  describe->cancellable = g_cancellable_new ();
  describe->timeout = g_timeout_add (RNL_MODEL_DESCRIBE_TIMEOUT_MS, timeout_cb, describe);
  if (cancellable != NULL)
    describe->cancelled
      = g_cancellable_connect (cancellable, G_CALLBACK (asker_cancelled_cb),
                               g_object_ref (describe->cancellable), g_object_unref);

  return describe;
}

/**
 * rnl_model_describe_async:
 * @self: (type GObject): who asks; kept alive until the callback, and @place with it
 * @place: where the model is
 * @cancellable: (nullable): stops waiting
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Finds out what is known of a model: from what its server said before, or asks it. The server has
 * `RNL_MODEL_DESCRIBE_TIMEOUT_MS`; then, or when it does not know, comes what is known without it.
 */
void
rnl_model_describe_async (gpointer self,
                          const RnlModelPlace *place,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = dup_model_key (place);
  Known *entry = find (key);

  g_task_set_source_tag (task, rnl_model_describe_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (entry != NULL)
    {
      g_task_return_pointer (task, finish_info (entry->info, entry->wanted, place), g_object_unref);
      return;
    }

  g_task_set_task_data (task, describe_new (place, cancellable), (GDestroyNotify) describe_free);
  if (place->account != NULL)
    rnl_account_find_route_async (place->account, cancellable, route_cb, g_steal_pointer (&task));
  else
    {
      g_autoptr (RnlRoute) route = rnl_route_new (place->protocol, place->endpoint, place->key);

      ask (g_steal_pointer (&task), route);
    }
}

/**
 * rnl_model_describe_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): what is known
 */
RnlModelInfo *
rnl_model_describe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_model_describe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_model_describe_peek:
 * @place: where the model is
 *
 * Returns: (transfer full): what is known of the model without asking anybody
 */
RnlModelInfo *
rnl_model_describe_peek (const RnlModelPlace *place)
{
  g_autofree char *key = dup_model_key (place);
  Known *entry = find (key);
  g_autoptr (RnlModelInfo) plain = NULL;

  if (entry != NULL)
    return finish_info (entry->info, entry->wanted, place);

  plain = rnl_model_info_new (place->model, NULL, 0);
  rnl_model_catalog_complete (rnl_model_catalog_get_default (), plain);

  return g_steal_pointer (&plain);
}
