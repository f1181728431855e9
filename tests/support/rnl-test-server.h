/* rnl-test-server.h: an HTTP server that does as it is told, also badly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RnlTestFraming:
 * @RNL_TEST_CHUNKED: `Transfer-Encoding: chunked`, one chunk a piece
 * @RNL_TEST_LENGTH: `Content-Length`, of the whole body also when it is cut
 * @RNL_TEST_CLOSE: neither: the body ends with the connection
 */
typedef enum
{
  RNL_TEST_CHUNKED,
  RNL_TEST_LENGTH,
  RNL_TEST_CLOSE,
} RnlTestFraming;

/**
 * RnlTestEnding:
 * @RNL_TEST_END: as the framing has it
 * @RNL_TEST_SILENCE: after the body's bytes nothing more, until the client goes away
 * @RNL_TEST_CUT: an orderly end of the connection after @cut_after bytes
 * @RNL_TEST_RESET: a reset (RST) after @cut_after bytes
 */
typedef enum
{
  RNL_TEST_END,
  RNL_TEST_SILENCE,
  RNL_TEST_CUT,
  RNL_TEST_RESET,
} RnlTestEnding;

/**
 * RnlTestReply:
 * @status: 0 for 200
 * @content_type: (nullable): `NULL` for `text/event-stream`
 * @headers: (nullable): more header lines, each ended with CRLF
 * @body: (nullable): the body
 * @length: its length; 0 for strlen of @body
 * @piece: how many bytes are written at a time; 0 for all
 * @head_delay_ms: before the status
 * @piece_delay_ms: between the pieces
 * @released: (nullable): how many pieces may be written by now, atomically; the others wait
 * @framing: how the client knows the body's end
 * @ending: how the body ends
 * @cut_after: bytes of the body that are sent for `RNL_TEST_CUT` and `RNL_TEST_RESET`; with
 *   `RNL_TEST_NO_HEAD` not even the status is
 * @gzip: compress the body (after that @piece and @cut_after count compressed bytes)
 * @close: close the connection after the reply, also when the client was not told
 * @raw: (nullable): written instead of everything, head and all, then the connection is closed
 *
 * One answer, zero-initialised for the most usual one. What it points to must outlive the server.
 */
typedef struct
{
  guint status;
  const char *content_type;
  const char *headers;
  const char *body;
  gsize length;
  gsize piece;
  guint head_delay_ms;
  guint piece_delay_ms;
  const int *released;
  RnlTestFraming framing;
  RnlTestEnding ending;
  gssize cut_after;
  gboolean gzip;
  gboolean close;
  const char *raw;
} RnlTestReply;

#define RNL_TEST_NO_HEAD (-1)

/**
 * RnlTestRequest:
 * @method: `POST`, ...
 * @path: with the query
 * @headers: names in lower case
 * @body: the body, NUL-terminated
 *
 * What a client sent.
 */
typedef struct
{
  char *method;
  char *path;
  GHashTable *headers;
  char *body;
} RnlTestRequest;

/**
 * RnlTestHandler:
 * @request: what came
 * @reply: (out caller-allocates): zeroed; what goes back
 * @user_data: closure
 *
 * Called in a thread of the server's, for requests no reply was queued for.
 */
typedef void (*RnlTestHandler) (const RnlTestRequest *request,
                                RnlTestReply *reply,
                                gpointer user_data);

/**
 * RnlTestServer:
 *
 * A server on 127.0.0.1 at a free port. It runs in threads of its own, so that clients get data
 * while a test holds its main loop. Each request takes the next reply of the queue; when the queue
 * is empty the handler is asked; without one the last reply is given again (404 before the first).
 *
 * ```c
 * g_autoptr (RnlTestServer) server = rnl_test_server_new ();
 * rnl_test_server_push (server, &(RnlTestReply){ .body = "data: [DONE]\n\n", .piece = 1 });
 * g_autofree char *url = rnl_test_server_dup_url (server, "/v1/chat/completions");
 * ```
 */
typedef struct _RnlTestServer RnlTestServer;

RnlTestServer *rnl_test_server_new (void);
RnlTestServer *rnl_test_server_new_secure (GTlsCertificate *certificate);
void rnl_test_server_free (RnlTestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnlTestServer, rnl_test_server_free)

guint16 rnl_test_server_get_port (RnlTestServer *server);
char *rnl_test_server_dup_url (RnlTestServer *server, const char *path);
void rnl_test_server_push (RnlTestServer *server, const RnlTestReply *reply);
void rnl_test_server_set_path (RnlTestServer *server, const char *path);
void
rnl_test_server_set_handler (RnlTestServer *server, RnlTestHandler handler, gpointer user_data);

/* What happened; these may be asked at any time, also as conditions of rnl_test_run_until(). */
guint rnl_test_server_get_n_requests (RnlTestServer *server);
const RnlTestRequest *rnl_test_server_get_request (RnlTestServer *server, guint index);
guint rnl_test_server_get_n_connections (RnlTestServer *server);
guint rnl_test_server_get_n_abandoned (RnlTestServer *server);
guint64 rnl_test_server_get_n_written (RnlTestServer *server);

G_END_DECLS
