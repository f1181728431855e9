/* rnl-http-count.c: a server's own count of a request's tokens
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-count.h"

#include "rnl-json-members.h"
#include "rnl-server-get.h"

/* Nobody waits for a count longer than this: an answer waits behind it. */
#define TIMEOUT_MS 3000

typedef struct
{
  const RnlProtocol *protocol;
  const RnlEndpoint *endpoint; /* of the model, which the task keeps */
} Count;

/**
 * rnl_http_count_pick:
 * @request: the body of a request
 * @members: (array zero-terminated=1): names of its members
 *
 * Returns: (transfer full): an object of those of @members that @request has
 */
JsonNode *
rnl_http_count_pick (JsonObject *request, const char *const *members)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (gsize i = 0; members[i] != NULL; i++)
    if (json_object_has_member (request, members[i]))
      json_object_set_member (object, members[i], json_object_dup_member (request, members[i]));
  json_node_take_object (node, object);

  return node;
}

static RnlRequestBody *
build_body (const RnlProtocol *protocol,
            const RnlEndpoint *endpoint,
            const char *model,
            RnlChatRequest *request)
{
  g_autoptr (RnlRequestBody) body = protocol->build_request (endpoint, model, request);
  g_autoptr (JsonNode) count = protocol->build_count (model, rnl_request_body_get_object (body));

  return rnl_request_body_new_around (body, count);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Count *count = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = rnl_server_ask_finish (result, &error);
  JsonObject *object;
  gint64 tokens;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  object = rnl_json_node_get_object (answer);
  tokens
    = object != NULL ? rnl_json_object_get_int (object, count->protocol->count_member, -1) : -1;
  if (tokens < 0)
    g_task_return_error (task, rnl_provider_error_new (RNL_PROVIDER_ERROR_PROTOCOL,
                                                       "%s gave no count of tokens",
                                                       count->endpoint->host));
  else
    g_task_return_int (task, tokens);
}

/**
 * rnl_http_count_async:
 * @self: (type GObject): the model, which is kept alive until the callback
 * @account: (nullable): whose server is asked
 * @protocol: how it is said
 * @endpoint: the server, which lives as long as @self
 * @key: (nullable): the key, when there is no account
 * @model: the model's name on that server
 * @request: what is counted
 * @cancellable: (nullable): closes the connection
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the protocol's endpoint for a count; where it has none that is an error.
 */
void
rnl_http_count_async (gpointer self,
                      RnlAccount *account,
                      const RnlProtocol *protocol,
                      const RnlEndpoint *endpoint,
                      const char *key,
                      const char *model,
                      RnlChatRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (RnlRequestBody) body = NULL;
  g_autofree char *path = NULL;
  Count *count;

  g_task_set_source_tag (task, rnl_http_count_async);
  if (protocol->dup_count_path == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               "%s has no way to count tokens", protocol->title);
      return;
    }

  count = g_new0 (Count, 1);
  count->protocol = protocol;
  count->endpoint = endpoint;
  g_task_set_task_data (task, count, g_free);
  path = protocol->dup_count_path (model);
  body = build_body (protocol, endpoint, model, request);
  if (account != NULL)
    rnl_server_ask_account_async (account, path, body, TIMEOUT_MS, cancellable, answer_cb,
                                  g_steal_pointer (&task));
  else
    {
      g_autoptr (RnlRoute) route = rnl_route_new (protocol, endpoint, key);

      rnl_server_ask_async (route, path, body, TIMEOUT_MS, cancellable, answer_cb,
                            g_steal_pointer (&task));
    }
}

/**
 * rnl_http_count_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_NOT_SUPPORTED`, `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: tokens, -1 with @error set
 */
gint64
rnl_http_count_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_http_count_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
