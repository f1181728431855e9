/* rnl-http-body.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-http-body-private.h"

#define MAX_FDS 16

/* The stream that takes the chunks apart, below the one that decodes what is in them. */
static GInputStream *
find_transfer_stream (GInputStream *body)
{
  GInputStream *stream = body;

  while (!g_str_has_prefix (G_OBJECT_TYPE_NAME (stream), "SoupBodyInputStream"))
    {
      if (!G_IS_FILTER_INPUT_STREAM (stream))
        return NULL;
      stream = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
    }

  return G_IS_POLLABLE_INPUT_STREAM (stream) ? stream : NULL;
}

static gint
count_fds (GMainContext *context)
{
  GPollFD fds[MAX_FDS];
  gint timeout;

  return g_main_context_query (context, G_MAXINT, &timeout, fds, MAX_FDS);
}

/* Whether the stream, asked for more, would look at its socket. */
static gboolean
waits_for_socket (GPollableInputStream *stream)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (stream, NULL);
  gint without = count_fds (context);
  gboolean waits;

  g_source_attach (source, context);
  waits = count_fds (context) > without;
  g_source_destroy (source);

  return waits;
}

/**
 * rnl_http_body_is_truncated: (skip)
 * @message: a message
 * @body: its body, after a read that gave no bytes
 *
 * libsoup (seen with 3.2.3) takes the end of the connection between two chunks for the end of
 * the body. That it has seen the last chunk, or not, shows only in what it waits for: after the
 * last chunk it does not look at the socket any more.
 *
 * Returns: whether @body ended because the connection did, though more chunks were to come
 */
gboolean
rnl_http_body_is_truncated (SoupMessage *message, GInputStream *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  GInputStream *stream;

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CHUNKED
      || soup_message_get_http_version (message) == SOUP_HTTP_2_0)
    return FALSE;
  stream = find_transfer_stream (body);
  if (stream == NULL)
    return FALSE;

  return waits_for_socket (G_POLLABLE_INPUT_STREAM (stream))
         && g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (stream));
}
