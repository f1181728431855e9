/* rnl-test-server.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-test-server.h"

#include <string.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

struct _RnlTestServer
{
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  GTlsCertificate *certificate; /* NULL: in the clear */
  guint16 port;

  GMutex lock;
  /* under the lock */
  GPtrArray *threads;
  GQueue replies;
  RnlTestReply last;
  const char *path; /* nullable */
  RnlTestHandler handler;
  gpointer user_data;
  GPtrArray *requests;
  guint n_connections;
  guint n_abandoned;
  guint64 n_written;
};

typedef struct
{
  RnlTestServer *server;
  GIOStream *stream; /* over the connection, secure where the server is */
  GSocket *socket;
  GDataInputStream *in;
} Client;

static void
request_free (gpointer data)
{
  RnlTestRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_hash_table_unref (request->headers);
  g_free (request->body);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTestRequest, request_free)

/* Ends a change of what a test may wait for. */
static void
unlock_and_wake (RnlTestServer *self)
{
  g_mutex_unlock (&self->lock);
  g_main_context_wakeup (NULL);
}

static RnlTestRequest *
read_request (Client *client)
{
  g_autoptr (RnlTestRequest) request = g_new0 (RnlTestRequest, 1);
  g_autofree char *line = NULL;
  const char *length;
  gsize n = 0;

  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  line = g_data_input_stream_read_line (client->in, NULL, client->server->stop, NULL);
  if (line == NULL)
    return NULL;
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  if (g_strv_length (words) != 3)
    return NULL;
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  for (;;)
    {
      g_autofree char *header
        = g_data_input_stream_read_line (client->in, NULL, client->server->stop, NULL);
      char *colon;

      if (header == NULL)
        return NULL;
      if (*header == '\0')
        break;
      if ((colon = strchr (header, ':')) == NULL)
        return NULL;
      g_hash_table_insert (request->headers, g_ascii_strdown (header, colon - header),
                           g_strdup (g_strstrip (colon + 1)));
    }
  if ((length = g_hash_table_lookup (request->headers, "content-length")) != NULL)
    n = (gsize) g_ascii_strtoull (length, NULL, 10);
  request->body = g_malloc0 (n + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (client->in), request->body, n, NULL,
                                client->server->stop, NULL))
    return NULL;

  return g_steal_pointer (&request);
}

static void
choose_reply (RnlTestServer *self, RnlTestRequest *request, RnlTestReply *reply)
{
  g_autofree RnlTestReply *queued = NULL;
  RnlTestHandler handler;
  gpointer user_data;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, request);
  if (self->path != NULL && !g_str_has_suffix (request->path, self->path))
    {
      *reply = (RnlTestReply){ .status = 404, .framing = RNL_TEST_LENGTH };
      unlock_and_wake (self);
      return;
    }
  queued = g_queue_pop_head (&self->replies);
  if (queued != NULL)
    self->last = *queued;
  *reply = self->last;
  handler = queued == NULL ? self->handler : NULL;
  user_data = self->user_data;
  unlock_and_wake (self);

  if (handler != NULL)
    {
      memset (reply, 0, sizeof *reply);
      handler (request, reply, user_data);
    }
}

/* Waits, but not for a client that has gone. */
static gboolean
wait_ms (Client *client, gint64 ms)
{
  char byte;

  if (ms == 0)
    return TRUE;
  if (!g_socket_condition_timed_wait (client->socket, G_IO_IN | G_IO_HUP, ms < 0 ? -1 : ms * 1000,
                                      client->server->stop, NULL))
    return !g_cancellable_is_cancelled (client->server->stop);

  /* The client's next request would be readable too, but it waits for this answer. */
  return recv (g_socket_get_fd (client->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static gboolean
write_bytes (Client *client, const char *bytes, gsize len)
{
  GOutputStream *out = g_io_stream_get_output_stream (client->stream);

  return g_output_stream_write_all (out, bytes, len, NULL, client->server->stop, NULL);
}

static gboolean
write_head (Client *client, const RnlTestReply *reply, gsize length)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_append_printf (head, "HTTP/1.1 %u Whatever\r\nContent-Type: %s\r\n%s",
                          reply->status != 0 ? reply->status : 200,
                          reply->content_type != NULL ? reply->content_type : "text/event-stream",
                          reply->headers != NULL ? reply->headers : "");
  if (reply->gzip)
    g_string_append (head, "Content-Encoding: gzip\r\n");
  if (reply->framing == RNL_TEST_CHUNKED)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (reply->framing == RNL_TEST_LENGTH)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", length);
  else
    g_string_append (head, "Connection: close\r\n");
  g_string_append (head, "\r\n");

  return write_bytes (client, head->str, head->len);
}

static gboolean
write_piece (Client *client, const RnlTestReply *reply, const char *bytes, gsize len)
{
  if (reply->framing == RNL_TEST_CHUNKED)
    {
      /* In one write, so that what arrives is what was meant. */
      g_autoptr (GString) chunk = g_string_sized_new (len + 32);

      g_string_append_printf (chunk, "%" G_GINT64_MODIFIER "x\r\n", (guint64) len);
      g_string_append_len (chunk, bytes, (gssize) len);
      g_string_append (chunk, "\r\n");
      if (!write_bytes (client, chunk->str, chunk->len))
        return FALSE;
    }
  else if (!write_bytes (client, bytes, len))
    {
      return FALSE;
    }
  g_mutex_lock (&client->server->lock);
  client->server->n_written += len;
  g_mutex_unlock (&client->server->lock);

  return TRUE;
}

static GBytes *
compress (const char *body, gsize length)
{
  g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zip));

  g_output_stream_write_all (out, body, length, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
reset_connection (Client *client)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (client->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* Until the test has let @n pieces go. */
static gboolean
wait_released (Client *client, const RnlTestReply *reply, int n)
{
  while (reply->released != NULL && g_atomic_int_get (reply->released) < n)
    if (!wait_ms (client, 1))
      return FALSE;

  return TRUE;
}

/* Writes what the reply says. FALSE when the client went away before its end. */
static gboolean
write_reply (Client *client, const RnlTestReply *reply, gboolean *keep)
{
  gsize length = reply->length != 0    ? reply->length
                 : reply->body != NULL ? strlen (reply->body)
                                       : 0;
  g_autoptr (GBytes) bytes
    = reply->gzip ? compress (reply->body, length) : g_bytes_new_static (reply->body, length);
  const char *body = g_bytes_get_data (bytes, &length);
  gboolean cuts = reply->ending == RNL_TEST_CUT || reply->ending == RNL_TEST_RESET;
  gsize end = cuts ? MIN (length, (gsize) MAX (reply->cut_after, 0)) : length;

  *keep = FALSE;
  if (!wait_ms (client, reply->head_delay_ms))
    return FALSE;
  if (reply->raw != NULL)
    return write_bytes (client, reply->raw, strlen (reply->raw));
  if (!(cuts && reply->cut_after == RNL_TEST_NO_HEAD) && !write_head (client, reply, length))
    return FALSE;
  for (gsize at = 0, pieces = 0; at < end;)
    {
      gsize n = MIN (reply->piece != 0 ? reply->piece : end, end - at);

      if (!wait_released (client, reply, (int) ++pieces)
          || (at > 0 && !wait_ms (client, reply->piece_delay_ms)))
        return FALSE;
      if (!write_piece (client, reply, body + at, n))
        return FALSE;
      at += n;
    }
  if (reply->ending == RNL_TEST_SILENCE)
    return wait_ms (client, -1);
  if (reply->ending == RNL_TEST_RESET)
    reset_connection (client);
  if (cuts)
    return TRUE;
  if (reply->framing == RNL_TEST_CHUNKED && !write_bytes (client, "0\r\n\r\n", 5))
    return FALSE;
  *keep = reply->framing != RNL_TEST_CLOSE && !reply->close;

  return TRUE;
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;
  RnlTestServer *server = client->server;
  RnlTestRequest *request;
  gboolean keep = TRUE;

  while (keep && (request = read_request (client)) != NULL)
    {
      RnlTestReply reply;

      choose_reply (server, request, &reply);
      if (!write_reply (client, &reply, &keep) && !g_cancellable_is_cancelled (server->stop))
        {
          g_mutex_lock (&server->lock);
          server->n_abandoned++;
          unlock_and_wake (server);
        }
    }
  g_io_stream_close (client->stream, NULL, NULL);
  g_object_unref (client->in);
  g_object_unref (client->stream);
  g_free (client);

  return NULL;
}

/* Takes @connection. */
static GIOStream *
secure (RnlTestServer *self, GIOStream *connection)
{
  GIOStream *stream;

  if (self->certificate == NULL)
    return connection;
  stream = g_tls_server_connection_new (connection, self->certificate, NULL);
  g_assert_nonnull (stream);
  /* A client that goes away without a word is what many tests are about. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  g_object_unref (connection);

  return stream;
}

static gpointer
server_thread (gpointer data)
{
  RnlTestServer *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Client *client = g_new0 (Client, 1);

      client->server = self;
      client->socket = g_socket_connection_get_socket (connection);
      g_socket_set_option (client->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
      client->stream = secure (self, G_IO_STREAM (connection));
      client->in = g_data_input_stream_new (g_io_stream_get_input_stream (client->stream));
      g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (client->in), FALSE);
      g_data_input_stream_set_newline_type (client->in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
      g_mutex_lock (&self->lock);
      self->n_connections++;
      g_ptr_array_add (self->threads, g_thread_new ("test-client", client_thread, client));
      unlock_and_wake (self);
    }

  return NULL;
}

RnlTestServer *
rnl_test_server_new (void)
{
  return rnl_test_server_new_secure (NULL);
}

/**
 * rnl_test_server_new_secure:
 * @certificate: (nullable): with its key; `NULL` for a server in the clear
 *
 * Returns: (transfer full): a server that speaks TLS
 */
RnlTestServer *
rnl_test_server_new_secure (GTlsCertificate *certificate)
{
  RnlTestServer *self = g_new0 (RnlTestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  /* Whom the system trusts is read once, which takes seconds in valgrind; no connection waits. */
  if (certificate != NULL)
    {
      g_autoptr (GTlsDatabase) trusted
        = g_tls_backend_get_default_database (g_tls_backend_get_default ());

      g_assert_nonnull (trusted);
    }
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  g_mutex_init (&self->lock);
  g_queue_init (&self->replies);
  self->last.status = 404;
  self->threads = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->thread = g_thread_new ("test-server", server_thread, self);

  return self;
}

/**
 * rnl_test_server_free:
 * @self: (transfer full) (nullable): a server
 *
 * Ends all connections and waits for the threads.
 */
void
rnl_test_server_free (RnlTestServer *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->requests);
  g_queue_clear_full (&self->replies, g_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
rnl_test_server_get_port (RnlTestServer *self)
{
  return self->port;
}

/**
 * rnl_test_server_dup_url:
 * @self: a server
 * @path: with a slash at its beginning
 *
 * Returns: (transfer full): the address of @path
 */
char *
rnl_test_server_dup_url (RnlTestServer *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http",
                          self->port, path);
}

/**
 * rnl_test_server_push:
 * @self: a server
 * @reply: a reply, copied but for its strings
 *
 * Queues an answer for one request.
 */
void
rnl_test_server_push (RnlTestServer *self, const RnlTestReply *reply)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->replies, g_memdup2 (reply, sizeof *reply));
  g_mutex_unlock (&self->lock);
}

/**
 * rnl_test_server_set_path:
 * @self: a server
 * @path: a static string: how the paths end that replies are for. Others are not there (404)
 *
 * For clients that ask for other things beside, in an order of their own.
 */
void
rnl_test_server_set_path (RnlTestServer *self, const char *path)
{
  g_mutex_lock (&self->lock);
  self->path = path;
  g_mutex_unlock (&self->lock);
}

void
rnl_test_server_set_handler (RnlTestServer *self, RnlTestHandler handler, gpointer user_data)
{
  g_mutex_lock (&self->lock);
  self->handler = handler;
  self->user_data = user_data;
  g_mutex_unlock (&self->lock);
}

static guint
get_count (RnlTestServer *self, const guint *count)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = *count;
  g_mutex_unlock (&self->lock);

  return n;
}

guint
rnl_test_server_get_n_requests (RnlTestServer *self)
{
  return get_count (self, &self->requests->len);
}

/**
 * rnl_test_server_get_request:
 * @self: a server
 * @index: less than the number of requests
 *
 * Returns: (transfer none): a request, valid as long as the server
 */
const RnlTestRequest *
rnl_test_server_get_request (RnlTestServer *self, guint index)
{
  const RnlTestRequest *request;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (index, <, self->requests->len);
  request = self->requests->pdata[index];
  g_mutex_unlock (&self->lock);

  return request;
}

guint
rnl_test_server_get_n_connections (RnlTestServer *self)
{
  return get_count (self, &self->n_connections);
}

/**
 * rnl_test_server_get_n_abandoned:
 * @self: a server
 *
 * Returns: how many answers the client did not wait for to their end
 */
guint
rnl_test_server_get_n_abandoned (RnlTestServer *self)
{
  return get_count (self, &self->n_abandoned);
}

/**
 * rnl_test_server_get_n_written:
 * @self: a server
 *
 * Returns: how many bytes of bodies were written
 */
guint64
rnl_test_server_get_n_written (RnlTestServer *self)
{
  guint64 n;

  g_mutex_lock (&self->lock);
  n = self->n_written;
  g_mutex_unlock (&self->lock);

  return n;
}
