/* rnl-local-servers.c
 *
 * Nothing but small questions, and those only to this machine and to where `OLLAMA_HOST` points.
 * A server is known by the shape of what it answers, not by its port.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-local-servers.h"

#include "rnl-protocol.h"
#include "rnl-proxy-resolver.h"
#include "rnl-server-get.h"

#include <string.h>

#define OLLAMA_PORT "11434"

/* Connecting to this machine takes no time; GIO counts in whole ones. */
#define KNOCK_SECONDS 1

G_DEFINE_BOXED_TYPE (RnlLocalServer, rnl_local_server, rnl_local_server_copy, rnl_local_server_free)

/* Questions and the member that only this server's answer has, most telling first. */
static const struct
{
  const char *path;
  const char *member;
  const char *title;
  const RnlProtocol *protocol;
} kinds[] = {
  /* By its other protocols it cuts off a long chat and does not say so. */
  { "api/version", "version", "Ollama", &rnl_ollama_protocol },
  { "props", "default_generation_settings", "llama.cpp", &rnl_openai_chat_protocol },
  { "api/v1/models", "models", "LM Studio", &rnl_openai_chat_protocol },
  { "api/v0/models", "data", "LM Studio", &rnl_openai_chat_protocol },
  { "api/extra/version", "result", "KoboldCpp", &rnl_openai_chat_protocol },
  { "v1/models", "data", "OpenAI-compatible server", &rnl_openai_chat_protocol },
};

#define N_KINDS G_N_ELEMENTS (kinds)

/* One search: every question to every address at once. */
typedef struct
{
  char **addresses;
  guint n_addresses;
  gboolean *answered; /* address x kind */
  guint n_open;       /* of knocks and questions */
} Search;

/* One question of a search. */
typedef struct
{
  GTask *task;
  guint slot;
} Question;

/* Whether an address of a search has somebody. */
typedef struct
{
  GTask *task;
  guint address;
} Knock;

static void
search_free (Search *search)
{
  g_strfreev (search->addresses);
  g_free (search->answered);
  g_free (search);
}

/**
 * rnl_local_server_copy: (skip)
 * @self: a server
 *
 * Returns: (transfer full): a copy
 */
RnlLocalServer *
rnl_local_server_copy (const RnlLocalServer *self)
{
  RnlLocalServer *copy = g_new0 (RnlLocalServer, 1);

  copy->title = g_strdup (self->title);
  copy->base_url = g_strdup (self->base_url);
  copy->protocol = g_strdup (self->protocol);

  return copy;
}

void
rnl_local_server_free (RnlLocalServer *self)
{
  g_free (self->title);
  g_free (self->base_url);
  g_free (self->protocol);
  g_free (self);
}

/* Where to look. */

/* (transfer full) (nullable): the host of `HOST`, `HOST:PORT` or `[HOST]:PORT`; @port is where the
 * port begins, if one is given. */
static char *
split_host (const char *host, const char **port)
{
  const char *colon = strrchr (host, ':');
  const char *bracket = strrchr (host, ']');

  *port = NULL;
  if (*host == '[')
    {
      if (bracket == NULL)
        return NULL;
      *port = bracket[1] == ':' ? bracket + 2 : NULL;
      return g_strndup (host + 1, (gsize) (bracket - host - 1));
    }
  /* More colons than one without brackets: an address of IPv6. */
  if (colon == NULL || strchr (host, ':') != colon)
    return g_strdup (host);

  *port = colon + 1;

  return g_strndup (host, (gsize) (colon - host));
}

/* `OLLAMA_HOST` as Ollama reads it: `[SCHEME://]HOST[:PORT][/PATH]`, quoted or not. It is what the
 * server listens on: "any address" is reached on this machine. A scheme brings its own port, a port
 * that is none is the usual one.
 *
 * Source: Ollama, envconfig/config.go, Host() (as of 0.6). */
static char *
dup_ollama_address (const char *value)
{
  g_autofree char *trimmed = g_strdup (value);
  char *start = g_strstrip (trimmed);
  char *end;
  const char *scheme = "http";
  const char *usual_port = OLLAMA_PORT;
  const char *port;
  g_autofree char *host = NULL;
  guint64 number = 0;

  for (end = start + strlen (start); end > start && strchr ("\"'", end[-1]) != NULL; end--)
    end[-1] = '\0';
  start += strspn (start, "\"'");
  if (*start == '\0')
    return NULL;
  if ((end = strstr (start, "://")) != NULL)
    {
      *end = '\0';
      scheme = start;
      start = end + strlen ("://");
      if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
        return NULL;
      usual_port = g_str_equal (scheme, "http") ? "80" : "443";
    }
  start[strcspn (start, "/")] = '\0';

  host = split_host (start, &port);
  if (host == NULL || strpbrk (host, " @") != NULL)
    return NULL;
  if (port == NULL || !g_ascii_string_to_unsigned (port, 10, 1, G_MAXUINT16, &number, NULL))
    port = usual_port;
  if (*host == '\0' || g_str_equal (host, "0.0.0.0"))
    {
      g_free (host);
      host = g_strdup ("127.0.0.1");
    }
  else if (g_str_equal (host, "::"))
    {
      g_free (host);
      host = g_strdup ("::1");
    }

  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%s" : "%s://%s:%s", scheme, host,
                          port);
}

/**
 * rnl_local_servers_dup_addresses:
 * @ollama_host: (nullable): the value of `OLLAMA_HOST`
 *
 * Returns: (transfer full) (array zero-terminated=1): where model servers usually are on this
 *   machine, and where @ollama_host says one is
 */
char **
rnl_local_servers_dup_addresses (const char *ollama_host)
{
  static const char *const hosts[] = { "http://127.0.0.1:", "http://[::1]:" };
  /* Ollama, LM Studio, llama.cpp, Jan, vLLM, KoboldCpp. */
  static const char *const ports[] = { OLLAMA_PORT, "1234", "8080", "1337", "8000", "5001" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *ollama = ollama_host != NULL ? dup_ollama_address (ollama_host) : NULL;

  if (ollama != NULL)
    g_strv_builder_add (builder, ollama);
  for (gsize h = 0; h < G_N_ELEMENTS (hosts); h++)
    for (gsize p = 0; p < G_N_ELEMENTS (ports); p++)
      {
        g_autofree char *address = g_strconcat (hosts[h], ports[p], NULL);

        if (g_strcmp0 (address, ollama) != 0)
          g_strv_builder_add (builder, address);
      }

  return g_strv_builder_end (builder);
}

/* Asking. */

/* The same server answers at 127.0.0.1 and ::1, and at `OLLAMA_HOST`. */
static gboolean
is_known (GPtrArray *found, const char *title, const char *address)
{
  const char *port = strrchr (address, ':');

  for (guint i = 0; i < found->len; i++)
    {
      RnlLocalServer *server = g_ptr_array_index (found, i);

      if (g_str_equal (server->title, title)
          && g_strcmp0 (strrchr (server->base_url, ':'), port) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_server (Search *search, guint address, GPtrArray *found)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      RnlLocalServer *server;

      if (!search->answered[address * N_KINDS + kind])
        continue;
      if (is_known (found, kinds[kind].title, search->addresses[address]))
        return;

      server = g_new0 (RnlLocalServer, 1);
      server->title = g_strdup (kinds[kind].title);
      server->base_url = g_strdup (search->addresses[address]);
      server->protocol = g_strdup (kinds[kind].protocol->name);
      g_ptr_array_add (found, server);
      return;
    }
}

static void
return_found (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_local_server_free);

  for (guint i = 0; i < search->n_addresses; i++)
    add_server (search, i, found);

  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
close_one (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (--search->n_open == 0)
    return_found (task);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Search *search = g_task_get_task_data (task);
  /* Not there, or something else: both mean that it is not the server we asked for. */
  g_autoptr (JsonNode) node = rnl_server_get_finish (result, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node),
                                 kinds[question->slot % N_KINDS].member))
    search->answered[question->slot] = TRUE;
  g_free (question);
  close_one (task);
}

static void
ask (GTask *task, guint address)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (RnlEndpoint) endpoint = rnl_endpoint_new (search->addresses[address], "", NULL, NULL);

  if (endpoint == NULL)
    return;

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      Question *question = g_new0 (Question, 1);

      question->task = g_object_ref (task);
      question->slot = address * (guint) N_KINDS + kind;
      search->n_open++;
      rnl_server_get_async (&rnl_openai_chat_protocol, endpoint, kinds[kind].path, NULL,
                            RNL_LOCAL_SERVERS_TIMEOUT_MS, g_task_get_cancellable (task), get_cb,
                            question);
    }
}

/* At most of the places is nobody, and to be told so takes no HTTP. */

static void
knock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Knock *knock = user_data;
  g_autoptr (GTask) task = knock->task;
  g_autoptr (GSocketConnection) connection
    = g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, NULL);

  if (connection != NULL)
    ask (task, knock->address);
  close_one (task);
}

static void
knock (GTask *task, GSocketClient *client, guint address)
{
  Search *search = g_task_get_task_data (task);
  Knock *knock = g_new0 (Knock, 1);

  knock->task = g_object_ref (task);
  knock->address = address;
  search->n_open++;
  g_socket_client_connect_to_uri_async (client, search->addresses[address], 0,
                                        g_task_get_cancellable (task), knock_cb, knock);
}

/* Elsewhere there may be a proxy in between, which only HTTP gets through. */
static void
search_all (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (RnlProxyResolver) proxies = rnl_proxy_resolver_new (NULL, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, KNOCK_SECONDS);
  for (guint i = 0; i < search->n_addresses; i++)
    {
      g_autofree char *proxy = rnl_proxy_resolver_find (proxies, search->addresses[i]);

      if (g_strcmp0 (proxy, RNL_PROXY_DIRECT) == 0)
        knock (task, client, i);
      else
        ask (task, i);
    }
}

/**
 * rnl_local_servers_find_async:
 * @addresses: (nullable) (array zero-terminated=1): where to ask ("http://127.0.0.1:11434");
 *   the usual places of this machine when `NULL`
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Looks for model servers, everywhere at once. No key and no prompt is sent.
 */
void
rnl_local_servers_find_async (const char *const *addresses,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, rnl_local_servers_find_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  search->addresses = addresses != NULL
                        ? g_strdupv ((char **) addresses)
                        : rnl_local_servers_dup_addresses (g_getenv ("OLLAMA_HOST"));
  search->n_addresses = g_strv_length (search->addresses);
  search->answered = g_new0 (gboolean, MAX (search->n_addresses, 1) * N_KINDS);

  search_all (task);
  if (search->n_open == 0)
    return_found (task);
}

/**
 * rnl_local_servers_find_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable) (element-type RnlLocalServer): what was found, Ollama's own
 *   place first; may be empty
 */
GPtrArray *
rnl_local_servers_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_local_servers_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
