/* test-wire.c: recorded answers, in every delivery
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-http-model.h"
#include "rnl-protocol.h"
#include "rnl-provider-errors.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "wire-answer.h"

#define SPLITS   8
#define MAX_CUTS 48
#define END_CUTS 32

/* One recorded answer. */
typedef struct
{
  char *id;
  const RnlProtocol *protocol;
  guint status;
  GBytes *body;
  JsonObject *expected;
  JsonNode *final; /* nullable: what the vendor's own library made of it */
  char *content_type;
  char *headers;
} Case;

/* A body on its way through the parser and the decoder. */
typedef struct
{
  const RnlProtocol *protocol;
  gpointer decoder;
  RnlFrameParser *parser;
  WireAnswer *answer;
  GError *error;
  gboolean whole;
} Reading;

static void
case_free (gpointer data)
{
  Case *item = data;

  g_free (item->id);
  g_bytes_unref (item->body);
  json_object_unref (item->expected);
  g_clear_pointer (&item->final, json_node_unref);
  g_free (item->content_type);
  g_free (item->headers);
  g_free (item);
}

static void
reading_init (Reading *self, const RnlProtocol *protocol)
{
  *self = (Reading){ .protocol = protocol };
  self->decoder = protocol->decoder_new ();
  self->parser = rnl_frame_parser_new (protocol->framing);
  self->answer = wire_answer_new ();
}

static void
reading_clear (Reading *self)
{
  self->protocol->decoder_free (self->decoder);
  rnl_frame_parser_free (self->parser);
  wire_answer_free (self->answer);
  g_clear_error (&self->error);
}

static gboolean
event_cb (const RnlSseEvent *event, gpointer user_data, GError **error)
{
  Reading *self = user_data;
  g_autoptr (GError) failure = NULL;

  if (self->protocol->decoder_feed (self->decoder, event->event, event->data, event->length,
                                    wire_answer_add, self->answer, &failure))
    return TRUE;
  /* The last line was cut: that it cannot be read is no news. */
  if (event->unterminated
      && g_error_matches (failure, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_PROTOCOL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static void
reading_feed (Reading *self, const char *bytes, gsize length)
{
  if (self->error == NULL)
    (void) rnl_frame_parser_feed (self->parser, bytes, length, event_cb, self, &self->error);
}

static void
reading_end (Reading *self)
{
  if (self->error == NULL)
    (void) rnl_frame_parser_end (self->parser, event_cb, self, &self->error);
  if (self->error == NULL)
    self->whole = self->protocol->decoder_end (self->decoder, wire_answer_add, self->answer);
}

/* A call that was cut off never becomes an item that could go back as it is. */
static gboolean
is_cut_off (Case *item)
{
  JsonArray *calls = json_object_get_array_member (item->expected, "tool_calls");

  for (guint i = 0; i < json_array_get_length (calls); i++)
    if (json_object_has_member (json_array_get_object_element (calls, i), "arguments_raw"))
      return TRUE;

  return FALSE;
}

/* A message rebuilt from a stream equals the vendor's, block by block. */
static void
check_items (Reading *self, Case *item)
{
  JsonObject *final = item->final != NULL && JSON_NODE_HOLDS_OBJECT (item->final)
                        ? json_node_get_object (item->final)
                        : NULL;
  const char *member = g_str_equal (item->protocol->name, "anthropic") ? "content" : NULL;

  if (g_str_equal (item->protocol->name, "openai-responses"))
    member = "output";
  if (self->error == NULL && final != NULL && member != NULL
      && json_object_has_member (final, member) && !is_cut_off (item))
    wire_answer_assert_items (self->answer, json_object_get_array_member (final, member));
}

static void
reading_check (Reading *self, Case *item)
{
  JsonNode *error = json_object_get_member (item->expected, "error");

  if (g_test_verbose ())
    {
      g_autofree char *text = wire_answer_to_string (self->answer);

      g_test_message ("%s: %s", text, self->error != NULL ? self->error->message : "no error");
    }
  if (error != NULL && JSON_NODE_HOLDS_OBJECT (error))
    wire_answer_assert_error (self->error, json_node_get_object (error));
  else
    {
      g_assert_no_error (self->error);
      g_assert_true (self->whole);
    }
  wire_answer_assert_equal (self->answer, item->expected);
  check_items (self, item);
}

static void
replay (Case *item, const gsize *sizes, gsize n_sizes)
{
  Reading reading;
  gsize length, at = 0, size = 0;
  const char *bytes = g_bytes_get_data (item->body, &length);
  g_autofree char *piece = NULL;

  reading_init (&reading, item->protocol);
  for (gsize i = 0; at < length; i++)
    {
      gsize next = MIN (sizes[i % n_sizes], length - at);

      /* Memory of its own size, so that a reader that looks further is found out. */
      if (next != size)
        piece = g_realloc (piece, next);
      size = next;
      memcpy (piece, bytes + at, size);
      reading_feed (&reading, piece, size);
      at += size;
    }
  reading_end (&reading);
  reading_check (&reading, item);
  reading_clear (&reading);
}

static void
replay_random (Case *item, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize sizes[64];

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    sizes[i] = (gsize) g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 9 : 1500);
  replay (item, sizes, G_N_ELEMENTS (sizes));
}

static void
replay_cut (Case *item, gsize length)
{
  Reading reading;

  reading_init (&reading, item->protocol);
  reading_feed (&reading, g_bytes_get_data (item->body, NULL), length);
  reading_end (&reading);

  wire_answer_assert_part_of (reading.answer, item->expected);
  /* Either the answer's own end had come, or somebody is told. */
  g_assert_true (!reading.whole || reading.answer->finish != NULL
                 || item->protocol->decoder_is_done (reading.decoder));
  reading_clear (&reading);
}

static void
check_response (Case *item)
{
  gsize length;
  RnlErrorContext context = { .host = "example.org", .path = "/v1/chat/completions" };
  RnlErrorResponse response = { .status = item->status, .retry_after_ms = -1 };
  g_autoptr (GError) error = NULL;

  response.body = g_bytes_get_data (item->body, &length);
  response.length = length;
  error = rnl_provider_errors_from_response (&context, &response);
  wire_answer_assert_error (error, json_object_get_object_member (item->expected, "error"));
}

static void
test_whole (gconstpointer data)
{
  Case *item = (Case *) data;
  gsize all = MAX (g_bytes_get_size (item->body), 1);

  if (item->status != 200)
    check_response (item);
  else
    replay (item, &all, 1);
}

static void
test_bytes (gconstpointer data)
{
  gsize one = 1;

  replay ((Case *) data, &one, 1);
}

static void
test_splits (gconstpointer data)
{
  guint n = rnl_test_fewer (SPLITS);

  for (guint32 seed = 1; seed <= n; seed++)
    replay_random ((Case *) data, seed);
}

static void
test_cuts (gconstpointer data)
{
  Case *item = (Case *) data;
  gsize length = g_bytes_get_size (item->body);
  gsize step = length / rnl_test_fewer (MAX_CUTS) + 1;

  for (gsize cut = 0; cut < length; cut += step)
    replay_cut (item, cut);
  for (gsize cut = length - MIN (length, rnl_test_fewer (END_CUTS)); cut < length; cut++)
    replay_cut (item, cut);
}

/* The whole road: socket, HTTP, parser, decoder, chunks, error. */
static void
serve (Case *item, RnlTestReply *reply)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  rnl_test_last RnlChatModel *model = NULL;
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Hello?");
  g_autoptr (WireAnswer) answer = wire_answer_new ();
  g_autoptr (GError) error = NULL;
  JsonNode *wanted = json_object_get_member (item->expected, "error");

  request->num_ctx = 4096; /* so that Ollama is not asked for the model's first */
  reply->status = item->status;
  reply->content_type = item->content_type;
  reply->headers = item->headers;
  reply->body = g_bytes_get_data (item->body, &reply->length);
  rnl_test_server_push (server, reply);

  model = rnl_http_model_new (item->protocol->name, url, "tiny", "a-key-for-this", &error);
  g_assert_no_error (error);
  rnl_http_model_set_retry_delay (RNL_HTTP_MODEL (model), 0);
  wire_answer_ask (answer, model, request, NULL, &error);

  if (wanted != NULL && JSON_NODE_HOLDS_OBJECT (wanted))
    wire_answer_assert_error (error, json_node_get_object (wanted));
  else
    g_assert_no_error (error);
  if (item->status == 200)
    wire_answer_assert_equal (answer, item->expected);
}

static void
test_served (gconstpointer data)
{
  RnlTestReply replies[] = {
    { .framing = RNL_TEST_LENGTH },
    { .framing = RNL_TEST_CHUNKED, .piece = 61 },
    { .framing = RNL_TEST_CLOSE, .piece = 1009 },
    { .framing = RNL_TEST_CHUNKED, .gzip = TRUE, .piece = 127 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    serve ((Case *) data, &replies[i]);
}

static void
test_not_built (gconstpointer data)
{
  g_test_skip_printf ("protocol %s is not built yet", (const char *) data);
}

/* The index. */

static void
add_case_test (Case *item, const char *name, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/wire/%s/%s", item->id, name);

  g_test_add_data_func (path, item, func);
}

static void
read_headers (Case *item, JsonObject *headers)
{
  GString *lines = g_string_new (NULL);
  g_autoptr (GList) names = json_object_get_members (headers);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *value = json_object_get_string_member (headers, l->data);

      if (g_str_equal (l->data, "content-type"))
        item->content_type = g_strdup (value);
      else
        g_string_append_printf (lines, "%s: %s\r\n", (const char *) l->data, value);
    }
  if (item->content_type == NULL)
    item->content_type
      = g_strdup (item->status != 200                             ? "application/json"
                  : item->protocol->framing == RNL_FRAMING_NDJSON ? "application/x-ndjson"
                                                                  : "text/event-stream");
  /* Whether it may be asked again is another test's: this one does not wait half a minute. */
  g_string_append (lines, "x-should-retry: false\r\n");
  item->headers = g_string_free (lines, FALSE);
}

static JsonNode *
load_final (const char *folder, JsonObject *object)
{
  const char *name = json_object_get_string_member_with_default (object, "sdk_final", NULL);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *text = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  return json_from_string (text, NULL);
}

/* Whichever of them are run: a test that was not chosen frees nothing. */
static GPtrArray *kept;

static void
add_case (const char *folder, JsonObject *object)
{
  const char *protocol = json_object_get_string_member (object, "protocol");
  const char *id = json_object_get_string_member (object, "id");
  g_autofree char *path
    = g_build_filename (folder, json_object_get_string_member (object, "body"), NULL);
  g_autoptr (GError) error = NULL;
  Case *item;
  char *body;
  gsize length;

  if (rnl_protocol_find (protocol, NULL) == NULL)
    {
      g_autofree char *name = g_strdup_printf ("/wire/%s", id);

      g_test_add_data_func_full (name, g_strdup (protocol), test_not_built, g_free);
      return;
    }

  g_file_get_contents (path, &body, &length, &error);
  g_assert_no_error (error);
  item = g_new0 (Case, 1);
  g_ptr_array_add (kept, item);
  item->id = g_strdup (id);
  item->protocol = rnl_protocol_find (protocol, NULL);
  item->status = (guint) json_object_get_int_member (object, "status");
  item->body = g_bytes_new_take (body, length);
  item->expected = json_object_ref (json_object_get_object_member (object, "expected"));

  item->final = load_final (folder, object);

  read_headers (item, json_object_get_object_member (object, "headers"));

  add_case_test (item, "whole", test_whole);
  if (item->status == 200)
    {
      add_case_test (item, "bytes", test_bytes);
      add_case_test (item, "splits", test_splits);
      add_case_test (item, "cuts", test_cuts);
    }
  add_case_test (item, "served", test_served);
}

/* Skips by name when there is no index. */
static void
test_index (void)
{
  g_autofree char *folder = rnl_test_shared_path ("RUNNEL_TEST_WIRE", "wire");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  path = g_build_filename (folder, "index.json", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
add_cases (void)
{
  const char *named = g_getenv ("RUNNEL_TEST_WIRE");
  const char *shared = g_getenv ("RNL_TEST_SHARED");
  g_autofree char *folder
    = named != NULL ? g_strdup (named)
                    : g_build_filename (shared != NULL ? shared : "../shared", "wire", NULL);
  g_autofree char *path = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return;

  path = g_build_filename (folder, "index.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases
    = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "cases");
  for (guint i = 0; i < json_array_get_length (cases); i++)
    add_case (folder, json_array_get_object_element (cases, i));
}

int
main (int argc, char **argv)
{
  int status;

  rnl_test_init (&argc, &argv);
  kept = g_ptr_array_new_with_free_func (case_free);
  g_test_add_func ("/wire/index", test_index);
  add_cases ();
  status = g_test_run ();
  g_ptr_array_unref (kept);

  return status;
}
