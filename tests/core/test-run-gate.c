/* test-run-gate.c: a reader that cannot keep up holds the model, down to its socket
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "rnl-event-queue.h"
#include "rnl-http-model.h"
#include "rnl-message-fold.h"
#include "rnl-model-call.h"
#include "rnl-offline-script.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

/* Far more than all buffers between a server and a reader on one machine hold. */
#define N_TOKENS 400000

static GString *
make_answer (guint n_tokens)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < n_tokens; i++)
    g_string_append_printf (body,
                            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%u \"}}]}"
                            "\n\n",
                            i);
  g_string_append (body, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                         "\"stop\"}]}\n\ndata: [DONE]\n\n");

  return body;
}

static guint64
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (guint64) usage.ru_maxrss * 1024;
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlMessage **message = user_data;
  g_autoptr (GError) error = NULL;

  *message = rnl_model_call_finish (result, &error);
  g_assert_no_error (error);
}

static void
call_model (RnlChatModel *model, RnlRun *run, gboolean stream, RnlMessage **message)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Say much.");

  request->stream = stream;
  rnl_model_call_async (model, request, run, NULL, 0, NULL, NULL, NULL, call_cb, message);
}

/* The server writes nothing for a while: everything between it and us is full. */
typedef struct
{
  RnlTestServer *server;
  RnlGate *gate;
  guint64 n_written;
  gint64 since;
} Stall;

static gboolean
is_stalled (gpointer user_data)
{
  Stall *stall = user_data;
  guint64 n_written = rnl_test_server_get_n_written (stall->server);
  gint64 now = g_get_monotonic_time ();

  if (n_written != stall->n_written || n_written == 0 || rnl_gate_is_open (stall->gate))
    {
      stall->n_written = n_written;
      stall->since = now;
    }

  return now - stall->since > 2 * G_USEC_PER_SEC;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  GString *text;
  guint64 next_seq;
  guint n_starts;
  guint n_ends;
  gboolean over;
} Reader;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RnlEventQueue *queue = RNL_EVENT_QUEUE (source);
  Reader *reader = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlEvent) event = rnl_event_queue_next_finish (queue, result, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  if (event == NULL)
    {
      reader->over = TRUE;
      return;
    }
  g_assert_cmpuint (event->seq, >=, reader->next_seq);
  reader->next_seq = event->seq + 1;
  reader->n_starts += event->kind == RNL_EVENT_START;
  reader->n_ends += event->kind == RNL_EVENT_END;
  text = event->kind == RNL_EVENT_STREAM ? rnl_event_dup_text (event) : NULL;
  if (text != NULL)
    g_string_append (reader->text, text);
  rnl_event_queue_next_async (queue, NULL, read_cb, reader);
}

static gboolean
is_over (gpointer user_data)
{
  return ((Reader *) user_data)->over;
}

/* A reader that is away for two seconds: the server cannot write, the memory stays small, and then
 * everything is there, in order. */
static void
test_socket (void)
{
  g_autoptr (GString) body = make_answer (N_TOKENS);
  g_autoptr (GString) expected = g_string_new (NULL);
  RnlTestReply reply = { .body = body->str, .length = body->len, .piece = 16 * 1024 };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (RnlChatModel) model = rnl_http_model_new ("openai-chat", url, "m", NULL, NULL);
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (RnlEventQueue) queue = rnl_event_queue_new (run, NULL, 0);
  g_autoptr (RnlMessage) message = NULL;
  Stall stall = { .server = server, .gate = rnl_run_get_gate (run) };
  Reader reader = { .text = g_string_new (NULL) };
  guint wake;
  guint64 memory;

  for (guint i = 0; i < N_TOKENS; i++)
    g_string_append_printf (expected, "%u ", i);
  rnl_test_server_push (server, &reply);
  memory = peak_memory ();
  call_model (model, run, TRUE, &message);
  wake = g_timeout_add (100, wake_cb, NULL);
  rnl_test_wait_for (is_stalled, &stall);
  g_source_remove (wake);

  g_assert_false (rnl_gate_is_open (rnl_run_get_gate (run)));
  g_assert_false (rnl_run_is_over (run));
  g_assert_cmpuint (stall.n_written, <, body->len * 3 / 4);
  g_assert_cmpuint (rnl_event_queue_get_length (queue), <, 2000);
  g_test_message ("%" G_GUINT64_FORMAT " of %" G_GSIZE_FORMAT " bytes written, %" G_GUINT64_FORMAT
                  " KiB more memory",
                  stall.n_written, body->len, (peak_memory () - memory) / 1024);
  if (rnl_test_get_slowdown () <= 1)
    g_assert_cmpuint (peak_memory () - memory, <, 8 * 1024 * 1024);

  rnl_event_queue_next_async (queue, NULL, read_cb, &reader);
  g_assert_true (rnl_test_run_until (is_over, &reader, 60000));
  g_assert_cmpuint (rnl_test_server_get_n_written (server), ==, body->len);
  g_assert_cmpuint (reader.n_starts, ==, 1);
  g_assert_cmpuint (reader.n_ends, ==, 1);
  g_assert_true (g_str_equal (reader.text->str, expected->str));
  g_string_free (reader.text, TRUE);
}

static gboolean
has_message (gpointer user_data)
{
  return *(RnlMessage **) user_data != NULL;
}

/* A queue that is dropped lets go of the run. */
static void
test_dropped (void)
{
  g_autoptr (GString) body = make_answer (20000);
  RnlTestReply reply = { .body = body->str, .length = body->len };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (RnlChatModel) model = rnl_http_model_new ("openai-chat", url, "m", NULL, NULL);
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  RnlEventQueue *queue = rnl_event_queue_new (run, NULL, 10);
  g_autoptr (RnlMessage) message = NULL;

  rnl_test_server_push (server, &reply);
  call_model (model, run, TRUE, &message);
  while (rnl_gate_is_open (rnl_run_get_gate (run)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (queue);
  rnl_test_wait_for (has_message, &message);
  g_assert_cmpint (rnl_run_get_state (run), ==, RNL_RUN_FINISHED);
}

/* A run that is cancelled while it is held. */

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (rnl_model_call_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *done = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
cancel_held (RnlChatModel *model)
{
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt ("Say much.");
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  rnl_run_hold (run);
  rnl_model_call_async (model, request, run, NULL, 0, NULL, NULL, cancellable, cancelled_cb, &done);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (done);
  g_cancellable_cancel (cancellable);
  rnl_test_wait_for (is_true, &done);
  g_assert_cmpint (rnl_run_get_state (run), ==, RNL_RUN_CANCELLED);
  g_assert_cmpint (rnl_run_get_time_to_first_token (run), ==, -1);
  rnl_run_release (run);
}

static RnlChatModel *
new_script (void)
{
  g_autoptr (GError) error = NULL;
  RnlChatModel *model = rnl_offline_script_new_from_data (
    "{\"turns\":[{\"chunks\":[{\"tokens\":\"one two three four five\"},"
    "{\"tool_call\":{\"index\":0,\"id\":\"c1\",\"name\":\"add\",\"arguments\":{\"x\":1}}},"
    "{\"tool_call\":{\"index\":1,\"id\":\"c2\",\"name\":\"bad\"}},"
    "{\"tool_call\":{\"index\":1,\"arguments\":\"{\\\"x\\\":\"}}]}]}",
    -1, &error);

  g_assert_no_error (error);

  return model;
}

static void
test_cancelled (void)
{
  g_autoptr (GString) body = make_answer (10);
  RnlTestReply reply = { .body = body->str, .length = body->len };
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (RnlChatModel) model = rnl_http_model_new ("openai-chat", url, "m", NULL, NULL);
  g_autoptr (RnlChatModel) script = new_script ();

  rnl_test_server_push (server, &reply);
  cancel_held (model);
  cancel_held (script);
}

/* The offline player rests, too, and the answer is the same afterwards. */

static void
count_cb (RnlRun *run, const RnlEvent *event, guint *n)
{
  *n += event->kind == RNL_EVENT_STREAM;
}

static void
test_player (void)
{
  g_autoptr (RnlChatModel) model = new_script ();
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
  g_autoptr (RnlMessage) message = NULL;
  guint n = 0;

  g_signal_connect (run, "event", G_CALLBACK (count_cb), &n);
  rnl_run_hold (run);
  call_model (model, run, TRUE, &message);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n, ==, 0);
  rnl_run_release (run);
  rnl_test_wait_for (has_message, &message);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (message, 0)), ==,
                   "one two three four five");
}

/* Not streamed: the same signals, one piece of text; blocks begin and end once. */

typedef struct
{
  GString *marks;
  guint n_texts;
  guint n_calls;
} Told;

static void
told_cb (RnlRun *run, const RnlEvent *event, Told *told)
{
  if (event->chunk != NULL)
    {
      told->n_texts += event->chunk->type == RNL_CHUNK_TEXT;
      told->n_calls += event->chunk->type == RNL_CHUNK_TOOL_CALL;
    }
  for (guint i = 0; i < event->n_blocks; i++)
    {
      const RnlBlockMark *mark = &event->blocks[i];
      g_autofree char *args
        = mark->args != NULL ? json_to_string (mark->args, FALSE) : g_strdup ("");

      g_string_append_printf (
        told->marks, "%s%u %s %s%s;", mark->phase == RNL_BLOCK_START ? "+" : "-", mark->index,
        mark->name != NULL ? mark->name : "text", args, mark->error != NULL ? "invalid" : "");
    }
}

static void
test_pieces (void)
{
  for (guint stream = 0; stream < 2; stream++)
    {
      g_autoptr (RnlChatModel) model = new_script ();
      g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_CHAT_MODEL, "model", NULL, NULL);
      g_autoptr (RnlMessage) message = NULL;
      Told told = { .marks = g_string_new (NULL) };

      g_signal_connect (run, "event", G_CALLBACK (told_cb), &told);
      call_model (model, run, stream != 0, &message);
      rnl_test_wait_for (has_message, &message);

      if (stream == 0)
        {
          g_assert_cmpuint (told.n_texts, ==, 1);
          g_assert_cmpuint (told.n_calls, ==, 2);
        }
      else
        g_assert_cmpuint (told.n_texts, >, 1);
      g_assert_cmpstr (told.marks->str, ==,
                       "+0 text ;-0 text ;+1 add ;+2 bad ;-1 add {\"x\":1};-2 bad invalid;");
      g_assert_cmpstr (rnl_part_get_text (rnl_message_get_part (message, 0)), ==,
                       "one two three four five");
      g_assert_cmpint (rnl_run_get_time_to_first_token (run), >=, 0);
      g_string_free (told.marks, TRUE);
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/run-gate/socket", test_socket);
  g_test_add_func ("/run-gate/dropped", test_dropped);
  g_test_add_func ("/run-gate/cancelled", test_cancelled);
  g_test_add_func ("/run-gate/player", test_player);
  g_test_add_func ("/run-gate/pieces", test_pieces);

  return g_test_run ();
}
