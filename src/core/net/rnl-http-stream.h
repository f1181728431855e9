/* rnl-http-stream.h: an HTTP answer, handed on as it comes
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How much is read in one turn of the main loop, whichever comes first. */
#define RNL_HTTP_STREAM_TURN_BYTES (256 * 1024)
#define RNL_HTTP_STREAM_TURN_US    8000

/* Before the redraws of a window, because a spinner on a machine without a GPU redraws without a
 * pause. So that a flood does not keep the window from drawing either, reading rests after each
 * `RNL_HTTP_STREAM_TURN_US` of work. */
#define RNL_HTTP_STREAM_PRIORITY G_PRIORITY_DEFAULT
#define RNL_HTTP_STREAM_REST_MS  4

#define RNL_HTTP_STREAM_CONNECT_TIMEOUT_MS 20000
#define RNL_HTTP_STREAM_IDLE_TIMEOUT_MS    120000

/**
 * RnlHttpStreamOptions:
 * @connect_timeout_ms: for the connection, in milliseconds; 0 for
 *   `RNL_HTTP_STREAM_CONNECT_TIMEOUT_MS`
 * @idle_timeout_ms: for each silence, from the request to the first byte and from byte to byte;
 *   0 for `RNL_HTTP_STREAM_IDLE_TIMEOUT_MS`
 *
 * Time limits. A paused stream has none.
 */
typedef struct
{
  guint connect_timeout_ms;
  guint idle_timeout_ms;
} RnlHttpStreamOptions;

/**
 * RnlHttpHeadFunc:
 * @message: the message, whose status and response headers are there
 * @user_data: closure
 *
 * Called once, before any data, whatever the status is.
 */
typedef void (*RnlHttpHeadFunc) (SoupMessage *message, gpointer user_data);

/**
 * RnlHttpDataFunc:
 * @bytes: the next bytes of the body, decoded, borrowed for the call
 * @len: how many
 * @user_data: closure
 * @error: return location for an error
 *
 * Returns: `FALSE` with @error set to stop: the finish function returns it
 */
typedef gboolean (*RnlHttpDataFunc) (const char *bytes,
                                     gsize len,
                                     gpointer user_data,
                                     GError **error);

typedef struct _RnlHttpStream RnlHttpStream;

RnlHttpStream *rnl_http_stream_run_async (SoupSession *session,
                                          SoupMessage *message,
                                          const RnlHttpStreamOptions *options,
                                          RnlHttpHeadFunc head,
                                          RnlHttpDataFunc data,
                                          gpointer data_user_data,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean rnl_http_stream_run_finish (GAsyncResult *result, GError **error);

void rnl_http_stream_pause (RnlHttpStream *stream);
void rnl_http_stream_resume (RnlHttpStream *stream);

G_END_DECLS
