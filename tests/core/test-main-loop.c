/* test-main-loop.c: while an answer streams, nothing holds the main loop
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a socket through an agent to who watches. A turn of the loop is measured in CPU time of its
 * thread: what else the machine does is not counted. */
#include "config.h"

#include <string.h>

#include "rnl-agent.h"
#include "rnl-attachment.h"
#include "rnl-http-model.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define N_TRIES 5
#define FRAME   "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n"
#define END                                                                                        \
  "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: "          \
  "[DONE]\n\n"

typedef struct
{
  gsize n_bytes;
  guint n_events;
  guint n_ticks;
} Watch;

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, Watch *watch)
{
  watch->n_bytes += strlen (text);
}

static void
event_cb (RnlRun *root, const RnlEvent *event, Watch *watch)
{
  watch->n_events++;
}

/* As often as a frame would be drawn. */
static gboolean
tick_cb (gpointer user_data)
{
  ((Watch *) user_data)->n_ticks++;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_over (gpointer run)
{
  return rnl_agent_run_is_over (run);
}

/* What a turn costs is the least of a few: when the machine is busy, its caches are, too. */
static gboolean
has_short_turns (const char *what)
{
  RnlTestStall stall = rnl_test_loop_get_stall ();

  g_test_message ("%s: the longest of %u turns took %.2f ms of CPU", what, stall.n_turns,
                  stall.cpu_ms);

  return stall.cpu_ms <= RNL_TEST_FRAME_MS * rnl_test_get_slowdown ();
}

/* Asks, and waits for @n_tokens of the answer. */
static Watch
stream (const RnlTestReply *reply, guint n_tokens)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (GError) error = NULL;
  rnl_test_last RnlChatModel *model = rnl_http_model_new ("openai-chat", url, "m", NULL, &error);
  rnl_test_last RnlAgent *agent = rnl_agent_new (model, NULL, NULL);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_test_last RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  rnl_test_last RnlAgentRun *run = NULL;
  Watch watch = { 0 };
  guint tick;

  g_assert_no_error (error);
  rnl_test_server_push (server, reply);
  g_ptr_array_add (history, rnl_message_new_text (RNL_ROLE_USER, "Say much."));
  g_signal_connect (root, "event", G_CALLBACK (event_cb), &watch);
  tick = g_timeout_add (16, tick_cb, &watch);
  rnl_test_loop_reset ();
  run = rnl_agent_start (agent, history, root);
  g_signal_connect (run, "text-delta", G_CALLBACK (text_delta_cb), &watch);
  g_assert_true (rnl_test_run_until (is_over, run, 120000));
  g_source_remove (tick);

  g_assert_cmpuint (watch.n_bytes, ==, n_tokens * strlen ("word "));
  g_assert_cmpuint (watch.n_events, >=, n_tokens);

  return watch;
}

/* Whatever the server says, the question went there. */
static void
ask_about (const char *protocol, RnlMessage *question)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  RnlTestReply reply = { .body = "{}", .length = 2, .status = 400 };
  rnl_test_last RnlChatModel *model = rnl_http_model_new (protocol, url, "m", NULL, NULL);
  rnl_test_last RnlAgent *agent = rnl_agent_new (model, NULL, NULL);
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func (g_object_unref);
  rnl_test_last RnlRun *root = rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  rnl_test_last RnlAgentRun *run = NULL;

  for (guint i = 0; i < 3; i++)
    rnl_test_server_push (server, &reply);
  g_ptr_array_add (history, g_object_ref (question));
  rnl_test_loop_reset ();
  run = rnl_agent_start (agent, history, root);
  g_assert_true (rnl_test_run_until (is_over, run, 120000));
}

static GString *
make_answer (guint n_tokens)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < n_tokens; i++)
    g_string_append (body, FRAME);
  g_string_append (body, END);

  return body;
}

/* 200 tokens a second. */
static void
test_steady (void)
{
  const guint n_tokens = 200;
  g_autoptr (GString) body = make_answer (n_tokens);
  RnlTestReply reply
    = { .body = body->str, .length = body->len, .piece = strlen (FRAME), .piece_delay_ms = 5 };

  gboolean fine = FALSE;

  for (guint i = 0; i < N_TRIES && !fine; i++)
    {
      stream (&reply, n_tokens);
      g_assert_cmpuint (rnl_test_loop_get_stall ().n_turns, >, n_tokens / 10);
      fine = has_short_turns ("200 tokens a second");
    }
  g_assert_true (fine);
}

/* As fast as a socket gives them: every few thousand others have their turn. */
static void
test_flood (void)
{
  const guint n_tokens = rnl_test_fewer (100000);
  g_autoptr (GString) body = make_answer (n_tokens);
  RnlTestReply reply = { .body = body->str, .length = body->len };
  gboolean fine = FALSE;

  for (guint i = 0; i < N_TRIES && !fine; i++)
    {
      double begin = rnl_test_cpu_ms (), spent;
      Watch watch = stream (&reply, n_tokens);

      spent = rnl_test_cpu_ms () - begin;
      fine = has_short_turns ("a flood");
      /* Whoever draws is not left waiting for the end. */
      g_assert_cmpuint (watch.n_ticks, >=, (guint) (spent / RNL_TEST_FRAME_MS / 4));
    }
  g_assert_true (fine);
}

/* A file that is as large as may be, in what is asked. */
static RnlMessage *
new_large_question (void)
{
  RnlMessage *message = rnl_message_new (RNL_ROLE_USER);
  g_autofree char *data = g_malloc0 (RNL_ATTACHMENT_MAX_FILE);
  g_autoptr (RnlPart) part = NULL;
  g_autoptr (GBytes) bytes = NULL;

  memcpy (data, "\x89PNG\r\n\x1a\n", 8);
  bytes = g_bytes_new_take (g_steal_pointer (&data), RNL_ATTACHMENT_MAX_FILE);
  part = rnl_attachment_new (bytes, "x.png", NULL);
  rnl_message_add_part (message, part);

  return message;
}

static void
test_attachment (gconstpointer protocol)
{
  g_autoptr (RnlMessage) question = new_large_question ();
  gboolean fine = FALSE;

  for (guint i = 0; i < N_TRIES && !fine; i++)
    {
      ask_about (protocol, question);
      fine = has_short_turns (protocol);
    }
  g_assert_true (fine);
}

/* A measure that cannot find what it looks for would be none. */
static gboolean
work_cb (gpointer user_data)
{
  double begin = rnl_test_cpu_ms ();

  while (rnl_test_cpu_ms () - begin < 2 * RNL_TEST_FRAME_MS)
    ;
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
test_measure (void)
{
  gboolean worked = FALSE;

  rnl_test_loop_reset ();
  g_timeout_add (1, work_cb, &worked);
  rnl_test_wait_for (is_true, &worked);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpfloat (rnl_test_loop_get_stall ().cpu_ms, >=, 2 * RNL_TEST_FRAME_MS);
  g_assert_cmpuint (rnl_test_loop_get_stall ().n_long, ==, 1);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  rnl_test_loop_watch ();

  g_test_add_func ("/main-loop/measure", test_measure);
  g_test_add_func ("/main-loop/steady", test_steady);
  g_test_add_func ("/main-loop/flood", test_flood);
  g_test_add_data_func ("/main-loop/attachment/openai-chat", "openai-chat", test_attachment);
  g_test_add_data_func ("/main-loop/attachment/openai-responses", "openai-responses",
                        test_attachment);
  g_test_add_data_func ("/main-loop/attachment/anthropic", "anthropic", test_attachment);
  g_test_add_data_func ("/main-loop/attachment/gemini", "gemini", test_attachment);
  g_test_add_data_func ("/main-loop/attachment/ollama", "ollama", test_attachment);

  return g_test_run ();
}
