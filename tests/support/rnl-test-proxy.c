/* rnl-test-proxy.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-test-proxy.h"

#include <string.h>

struct _RnlTestProxy
{
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  char *credentials; /* NULL: anybody may */
  guint16 port;
  guint16 target_port;

  GMutex lock;
  /* under the lock */
  GPtrArray *threads;
  GString *log;
  guint n_tunnels;
};

typedef struct
{
  RnlTestProxy *proxy;
  GIOStream *stream;
} Client;

typedef struct
{
  GInputStream *from;
  GOutputStream *to;
  GCancellable *stop;
} Direction;

static gpointer
copy_thread (gpointer data)
{
  Direction *direction = data;

  g_output_stream_splice (direction->to, direction->from, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          direction->stop, NULL);

  return NULL;
}

/* Both ways at once, until one of the two has gone. */
static void
tunnel (RnlTestProxy *self, GIOStream *client, GIOStream *server)
{
  Direction up
    = { g_io_stream_get_input_stream (client), g_io_stream_get_output_stream (server), self->stop };
  Direction down
    = { g_io_stream_get_input_stream (server), g_io_stream_get_output_stream (client), self->stop };
  GThread *thread = g_thread_new ("test-tunnel", copy_thread, &up);

  copy_thread (&down);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (client)), TRUE, TRUE,
                     NULL);
  g_thread_join (thread);
}

static gboolean
write_text (GIOStream *stream, const char *text)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text),
                                    NULL, NULL, NULL);
}

/* Reads a head byte by byte: what follows it belongs to the tunnel. */
static char *
read_head (RnlTestProxy *self, GIOStream *stream)
{
  GInputStream *in = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (in, &byte, 1, self->stop, NULL) != 1)
        return NULL;
      g_string_append_c (head, byte);
    }

  return g_string_free (g_steal_pointer (&head), FALSE);
}

static gboolean
is_allowed (RnlTestProxy *self, const char *head)
{
  g_autofree char *coded = NULL;
  g_autofree char *wanted = NULL;

  if (self->credentials == NULL)
    return TRUE;
  coded = g_base64_encode ((const guchar *) self->credentials, strlen (self->credentials));
  wanted = g_strdup_printf ("Proxy-Authorization: Basic %s\r\n", coded);

  return strstr (head, wanted) != NULL;
}

static void
serve (RnlTestProxy *self, GIOStream *stream)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  g_autofree char *head = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  for (;;)
    {
      g_free (head);
      head = read_head (self, stream);
      if (head == NULL)
        return;
      g_mutex_lock (&self->lock);
      g_string_append_len (self->log, head, (gssize) strcspn (head, "\r"));
      g_string_append_c (self->log, '\n');
      g_mutex_unlock (&self->lock);
      if (is_allowed (self, head))
        break;
      if (!write_text (stream, "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n"
                               "Proxy-Authenticate: Basic realm=\"test\"\r\n\r\n"))
        return;
    }

  server
    = g_socket_client_connect_to_host (client, "127.0.0.1", self->target_port, self->stop, NULL);
  if (server == NULL)
    {
      write_text (stream, "HTTP/1.1 502 Nobody there\r\nContent-Length: 0\r\n\r\n");
      return;
    }
  g_mutex_lock (&self->lock);
  self->n_tunnels++;
  g_mutex_unlock (&self->lock);
  if (write_text (stream, "HTTP/1.1 200 Connected\r\n\r\n"))
    tunnel (self, stream, G_IO_STREAM (server));
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;

  serve (client->proxy, client->stream);
  g_io_stream_close (client->stream, NULL, NULL);
  g_object_unref (client->stream);
  g_free (client);

  return NULL;
}

static gpointer
proxy_thread (gpointer data)
{
  RnlTestProxy *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      Client *client = g_new0 (Client, 1);

      client->proxy = self;
      client->stream = G_IO_STREAM (connection);
      g_mutex_lock (&self->lock);
      g_ptr_array_add (self->threads, g_thread_new ("test-proxy-client", client_thread, client));
      g_mutex_unlock (&self->lock);
    }

  return NULL;
}

/**
 * rnl_test_proxy_new:
 * @target_port: where every tunnel leads to
 * @credentials: (nullable): `NAME:PASSWORD` that is asked for
 *
 * Returns: (transfer full): a proxy, running
 */
RnlTestProxy *
rnl_test_proxy_new (guint16 target_port, const char *credentials)
{
  RnlTestProxy *self = g_new0 (RnlTestProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->threads = g_ptr_array_new ();
  self->log = g_string_new (NULL);
  self->stop = g_cancellable_new ();
  self->target_port = target_port;
  self->credentials = g_strdup (credentials);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->thread = g_thread_new ("test-proxy", proxy_thread, self);

  return self;
}

void
rnl_test_proxy_free (RnlTestProxy *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->threads);
  g_string_free (self->log, TRUE);
  g_free (self->credentials);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
rnl_test_proxy_get_port (RnlTestProxy *self)
{
  return self->port;
}

/**
 * rnl_test_proxy_dup_log:
 * @self: a proxy
 *
 * Returns: (transfer full): the first line of each request, also of those that were refused
 */
char *
rnl_test_proxy_dup_log (RnlTestProxy *self)
{
  char *log;

  g_mutex_lock (&self->lock);
  log = g_strdup (self->log->str);
  g_mutex_unlock (&self->lock);

  return log;
}

guint
rnl_test_proxy_get_n_tunnels (RnlTestProxy *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_tunnels;
  g_mutex_unlock (&self->lock);

  return n;
}
