/* rnl-server-command.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-server-command.h"

#include <string.h>

#include "rnl-account-route.h"
#include "rnl-http-session.h"
#include "rnl-http-stream.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-ndjson-parser.h"
#include "rnl-server-get.h"

#define MAX_ERROR_BODY (64 * 1024)
#define MAX_LINE       (1024 * 1024)

/* One command on its way. */
typedef struct
{
  /* owned */
  RnlRoute *route; /* NULL until it is found */
  char *method;
  char *path;
  char *model;
  GBytes *json;
  SoupMessage *message;
  RnlNdjsonParser *parser;
  GByteArray *error_body;
  GError *failure; /* what a line said, or why it cannot be read */

  /* borrowed */
  RnlServerLineFunc on_line;
  gpointer user_data;

  guint idle_timeout_ms;
  gboolean refused; /* the status is an error's */
} Command;

static void
command_free (Command *command)
{
  g_clear_pointer (&command->route, rnl_route_unref);
  g_clear_object (&command->message);
  rnl_ndjson_parser_free (command->parser);
  g_byte_array_unref (command->error_body);
  g_clear_error (&command->failure);
  g_bytes_unref (command->json);
  g_free (command->method);
  g_free (command->path);
  g_free (command->model);
  g_free (command);
}

static RnlErrorContext
get_context (Command *command)
{
  return (RnlErrorContext){ .host = rnl_route_get_endpoint (command->route, 0)->host,
                            .path = command->path,
                            .model = command->model,
                            .key = rnl_route_get_key (command->route),
                            .secrets = rnl_route_get_secrets (command->route) };
}

/* Reading. */

static void
head_cb (SoupMessage *message, gpointer user_data)
{
  Command *command = user_data;

  command->refused = !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message));
}

/* `{error: string}` ends the answer, also in the middle of it. */
static gboolean
line_cb (const char *line, gsize length, gpointer user_data, GError **error)
{
  Command *command = user_data;
  g_autoptr (JsonNode) node = rnl_json_strict_parse (line, (gssize) length, NULL);
  JsonObject *object = rnl_json_node_get_object (node);

  if (object == NULL)
    {
      g_set_error_literal (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL,
                           "a line is not a JSON object");
      return FALSE;
    }
  if (json_object_has_member (object, "error"))
    {
      g_propagate_error (error, rnl_provider_errors_from_json (node));
      return FALSE;
    }
  if (command->on_line != NULL)
    command->on_line (object, command->user_data);

  return TRUE;
}

static gboolean
data_cb (const char *bytes, gsize length, gpointer user_data, GError **error)
{
  Command *command = user_data;

  if (command->refused)
    {
      gsize room = MAX_ERROR_BODY - MIN (command->error_body->len, MAX_ERROR_BODY);

      g_byte_array_append (command->error_body, (const guint8 *) bytes, (guint) MIN (length, room));
      return TRUE;
    }
  if (rnl_ndjson_parser_feed (command->parser, bytes, length, line_cb, command, &command->failure))
    return TRUE;

  g_propagate_error (error, g_error_copy (command->failure));

  return FALSE;
}

static GError *
describe_refusal (Command *command)
{
  RnlErrorContext context = get_context (command);
  RnlErrorResponse response;
  g_autofree char *proxy = rnl_http_session_dup_proxy (rnl_route_get_session (command->route),
                                                       soup_message_get_uri (command->message));

  context.proxy = proxy;
  rnl_server_read_response (command->message, &response);
  response.body = (const char *) command->error_body->data;
  response.length = command->error_body->len;

  return rnl_provider_errors_from_response (&context, &response);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Command *command = g_task_get_task_data (task);
  RnlErrorContext context = get_context (command);
  g_autoptr (GError) error = NULL;
  gboolean whole = rnl_http_stream_run_finish (result, &error);

  if (whole && command->refused)
    g_task_return_error (task, describe_refusal (command));
  else if (whole && rnl_ndjson_parser_end (command->parser, line_cb, command, &command->failure))
    g_task_return_boolean (task, TRUE);
  else if (command->failure != NULL && command->failure->domain == RNL_PROVIDER_ERROR)
    g_task_return_error (task, rnl_provider_errors_in_stream (&context, command->failure));
  else
    g_task_return_error (task, rnl_provider_errors_from_transport (
                                 &context, error != NULL ? error : command->failure));
}

static void
route_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Command *command = g_task_get_task_data (task);
  RnlHttpStreamOptions options = { .idle_timeout_ms = command->idle_timeout_ms };
  g_autoptr (GError) error = NULL;

  command->route = rnl_account_find_route_finish (RNL_ACCOUNT (source), result, &error);
  if (command->route == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command->message = rnl_route_new_message (command->route, 0, command->method, command->path);
  if (command->message == NULL)
    {
      g_task_return_error (
        task, rnl_provider_error_new (RNL_PROVIDER_ERROR_BAD_REQUEST, "“%s” is not an address",
                                      rnl_route_get_endpoint (command->route, 0)->base));
      return;
    }
  soup_message_set_request_body_from_bytes (command->message, "application/json", command->json);
  rnl_http_stream_run_async (rnl_route_get_session (command->route), command->message, &options,
                             head_cb, data_cb, command, g_task_get_cancellable (task), run_cb,
                             g_object_ref (task));
}

/**
 * rnl_server_command_new_body:
 * @model: the name of a model
 *
 * Returns: (transfer full): `{"model": @model}`
 */
GBytes *
rnl_server_command_new_body (const char *model)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  char *text;

  json_object_set_string_member (object, "model", model);
  json_node_take_object (node, object);
  text = rnl_json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * rnl_server_command_async:
 * @account: whose server
 * @command: what to do
 * @cancellable: (nullable): closes the connection, which stops the server, too
 * @callback: (scope async): called once, after the last line
 * @user_data: for @callback
 *
 * Has a server do something that may take long, at the address that answers now: what it keeps is
 * on its own disk. Nothing is tried twice.
 */
void
rnl_server_command_async (RnlAccount *account,
                          const RnlServerCommand *command,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (account, cancellable, callback, user_data);
  Command *data = g_new0 (Command, 1);

  g_task_set_source_tag (task, rnl_server_command_async);
  g_task_set_task_data (task, data, (GDestroyNotify) command_free);
  data->method = g_strdup (command->method);
  data->path = g_strdup (command->path);
  data->model = g_strdup (command->model);
  data->json = g_bytes_ref (command->json);
  data->idle_timeout_ms = command->idle_timeout_ms;
  data->on_line = command->on_line;
  data->user_data = command->user_data;
  data->error_body = g_byte_array_new ();
  data->parser = rnl_ndjson_parser_new ();
  rnl_ndjson_parser_set_max_line (data->parser, MAX_LINE);
  rnl_account_find_route_async (account, cancellable, route_cb, g_steal_pointer (&task));
}

/**
 * rnl_server_command_finish:
 * @account: as given to the beginning
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR` (what a line of the answer said among them), `G_IO_ERROR_CANCELLED`.
 *
 * Returns: whether the answer came to its end
 */
gboolean
rnl_server_command_finish (RnlAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
