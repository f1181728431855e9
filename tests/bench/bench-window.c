/* bench-window.c: a long answer in the window of the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on the loopback sends an answer as fast as it can; application, window, store and all
 * are the program's own. Prints a JSON object for each phase: `stream` until the turn is over,
 * `finish` until the view has come to rest, `leave` when another chat takes its place, `open` when
 * it is opened again from the store. A stall is the longest time from one poll of the main loop to
 * the next, in CPU time of its thread, so that it says the same on a busy machine. Then `chats`:
 * ten of them stream at once, each 200 tokens a second, and the window shows one. Exits with 1 when
 * a token is lost; `window.py` judges the rest. Arguments: the number of tokens, or `--chats` for
 * that phase alone. */
#include "config.h"

#include <string.h>

#include "bench.h"
#include "bench-streams.h"
#include "bench-text.h"
#include "rnl-answer-view.h"
#include "rnl-application.h"
#include "rnl-test-server.h"
#include "rnl-test.h"
#include "rnl-window.h"

#define DEFAULT_TOKENS 20000
#define REST_MS        500

#define N_CHATS       10
#define CHAT_TOKENS   1000
#define CHAT_TOKEN_MS 5

typedef struct
{
  const char *kind;
  GString *text;
  guint n_tokens;

  RnlApplication *application;
  RnlWindow *window;
  RnlConversation *conversation;
  RnlChat *chat;
  RnlAnswerView *view;

  BenchFrames frames; /* of a phase */
  double first_text_ms;
  double cpu_begin;
  double begin;
} Bench;

static gboolean failed;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

static void
phase_begin (Bench *bench)
{
  g_array_set_size (bench->frames.costs, 0);
  bench->cpu_begin = rnl_test_cpu_ms ();
  bench->begin = now_ms ();
}

static void
phase_end (Bench *bench, const char *phase)
{
  RnlTestStall stall = rnl_test_loop_get_stall ();
  double cpu = rnl_test_cpu_ms () - bench->cpu_begin;
  double wall = now_ms () - bench->begin;

  g_print ("{\"bench\":\"window-%s\",\"kind\":\"%s\",\"tokens\":%u,\"cpu_ms\":%.0f,"
           "\"cpu_us_per_token\":%.1f,\"wall_ms\":%.0f,\"busy\":%.3f,\"stall_ms\":%.1f,"
           "\"stall_wall_ms\":%.1f,\"missed_frames\":%u,\"frames\":%u,\"frame_p95_ms\":%.2f}\n",
           phase, bench->kind, bench->n_tokens, cpu, cpu * 1e3 / bench->n_tokens, wall, cpu / wall,
           stall.cpu_ms, stall.wall_ms, stall.n_long, bench->frames.costs->len,
           bench_percentile (bench->frames.costs, 0.95));
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Frames, timers and the store come to rest. */
static void
rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add (REST_MS, stop_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

/* {{{ What is on screen */

static RnlAnswerView *
find_view (GtkWidget *widget)
{
  RnlAnswerView *found = NULL;

  if (RNL_IS_ANSWER_VIEW (widget))
    return gtk_widget_get_mapped (widget) ? RNL_ANSWER_VIEW (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_view (child);

  return found;
}

static gboolean
has_window (gpointer user_data)
{
  Bench *bench = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (bench->application));

  bench->window = windows != NULL && RNL_IS_WINDOW (windows->data) ? windows->data : NULL;

  return bench->window != NULL && gtk_widget_get_mapped (GTK_WIDGET (bench->window));
}

static gboolean
has_run (gpointer user_data)
{
  return rnl_conversation_get_busy (((Bench *) user_data)->conversation);
}

static gboolean
is_over (gpointer user_data)
{
  return !rnl_conversation_get_busy (((Bench *) user_data)->conversation);
}

/* The view of the one answer is there and has nothing left to do. */
static gboolean
is_settled (gpointer user_data)
{
  Bench *bench = user_data;

  if (bench->view == NULL)
    g_set_weak_pointer (&bench->view, find_view (GTK_WIDGET (bench->window)));

  return bench->view != NULL && rnl_answer_view_is_settled (bench->view);
}

/* }}} */

static void
check_text (Bench *bench, const char *where, const char *text)
{
  if (g_str_equal (text, bench->text->str))
    return;

  failed = TRUE;
  g_print ("{\"bench\":\"window-lost\",\"kind\":\"%s\",\"where\":\"%s\",\"bytes\":%zu,"
           "\"expected\":%zu}\n",
           bench->kind, where, strlen (text), bench->text->len);
}

static void
check_everything (Bench *bench)
{
  GListModel *messages = rnl_conversation_list_messages (bench->conversation);
  g_autoptr (RnlMessage) answer
    = g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);
  g_autofree char *text = rnl_message_dup_text (answer);
  g_autofree char *shown = rnl_answer_view_dup_markdown (bench->view);

  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_COMPLETE);
  check_text (bench, "message", text);
  check_text (bench, "view", shown);
}

static void
text_delta_cb (RnlAgentRun *run, guint64 offset, const char *text, Bench *bench)
{
  if (bench->first_text_ms == 0)
    bench->first_text_ms = now_ms () - bench->begin;
}

static gboolean
send_cb (gpointer user_data)
{
  Bench *bench = user_data;
  RnlAgentRun *run = rnl_conversation_send (bench->conversation, "Say much.");

  g_assert_nonnull (run);
  g_signal_connect (run, "text-delta", G_CALLBACK (text_delta_cb), bench);

  return G_SOURCE_REMOVE;
}

static void
bench_stream (Bench *bench)
{
  bench->conversation = g_object_ref (rnl_window_get_conversation (bench->window));
  rnl_test_loop_reset ();
  phase_begin (bench);
  g_idle_add (send_cb, bench);
  g_assert_true (rnl_test_run_until (has_run, bench, 10000));
  g_assert_true (rnl_test_run_until (is_over, bench, 120000));
  phase_end (bench, "stream");
  g_print ("{\"bench\":\"window-first-text\",\"kind\":\"%s\",\"wall_ms\":%.1f}\n", bench->kind,
           bench->first_text_ms);

  rnl_test_loop_begin ();
  phase_begin (bench);
  g_assert_true (rnl_test_run_until (is_settled, bench, 120000));
  rest ();
  phase_end (bench, "finish");
  check_everything (bench);
}

static gboolean
leave_cb (gpointer user_data)
{
  rnl_window_new_chat (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
open_cb (gpointer user_data)
{
  Bench *bench = user_data;

  rnl_window_open_chat (bench->window, bench->chat);
  bench->conversation = g_object_ref (rnl_window_get_conversation (bench->window));

  return G_SOURCE_REMOVE;
}

static void
bench_leave_and_open (Bench *bench)
{
  RnlConversation *before = g_steal_pointer (&bench->conversation);

  bench->chat = g_object_ref (rnl_conversation_get_chat (before));
  g_clear_weak_pointer (&bench->view);
  rnl_test_loop_reset ();
  phase_begin (bench);
  g_idle_add (leave_cb, bench->window);
  rest ();
  phase_end (bench, "leave");
  /* Nothing may keep what was shown: the next one comes from the store. */
  g_assert_finalize_object (before);

  rnl_test_loop_reset ();
  phase_begin (bench);
  g_idle_add (open_cb, bench);
  g_assert_true (rnl_test_run_until (is_settled, bench, 120000));
  rest ();
  phase_end (bench, "open");
  check_everything (bench);
  g_clear_object (&bench->chat);
}

static void
bench_answer (Bench *bench, const char *kind, RnlTestServer *server, GString *text, gboolean chunks)
{
  g_autoptr (GString) stream = bench_stream_new ("openai-chat", text->str, text->len, FALSE);
  RnlTestReply reply = { .body = stream->str, .length = stream->len };

  bench->kind = kind;
  bench->text = text;
  bench->n_tokens = (guint) (text->len / BENCH_TOKEN);
  bench->first_text_ms = 0;
  reply.framing = chunks ? RNL_TEST_CHUNKED : RNL_TEST_LENGTH;
  reply.piece = chunks ? reply.length / bench->n_tokens : 0;
  rnl_test_server_push (server, &reply);

  bench_stream (bench);
  bench_leave_and_open (bench);

  rnl_window_new_chat (bench->window);
  g_clear_weak_pointer (&bench->view);
  g_clear_object (&bench->conversation);
  rest ();
  g_string_free (text, TRUE);
}

/* {{{ Ten chats at once */

static gboolean
all_over (gpointer user_data)
{
  GPtrArray *conversations = user_data;

  for (guint i = 0; i < conversations->len; i++)
    if (rnl_conversation_get_busy (g_ptr_array_index (conversations, i)))
      return FALSE;

  return TRUE;
}

static gboolean
send_one_cb (gpointer user_data)
{
  g_assert_nonnull (rnl_conversation_send (user_data, "Say much."));

  return G_SOURCE_REMOVE;
}

/* Each in a chat of its own; the last one is shown. */
static GPtrArray *
start_chats (Bench *bench, RnlTestServer *server, const RnlTestReply *reply)
{
  GPtrArray *conversations = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_CHATS; i++)
    {
      rnl_test_server_push (server, reply);
      rnl_window_new_chat (bench->window);
      bench->conversation = rnl_window_get_conversation (bench->window);
      g_ptr_array_add (conversations, g_object_ref (bench->conversation));
      g_idle_add (send_one_cb, bench->conversation);
      g_assert_true (rnl_test_run_until (has_run, bench, 10000));
    }
  bench->conversation = NULL;

  return conversations;
}

static void
bench_chats (Bench *bench, RnlTestServer *server)
{
  g_autoptr (GString) text = bench_text_new (CHAT_TOKENS);
  g_autoptr (GString) stream = bench_stream_new ("openai-chat", text->str, text->len, FALSE);
  g_autoptr (GPtrArray) conversations = NULL;
  RnlTestReply reply = { .body = stream->str,
                         .length = stream->len,
                         .piece = stream->len / CHAT_TOKENS,
                         .piece_delay_ms = CHAT_TOKEN_MS };

  conversations = start_chats (bench, server, &reply);
  rnl_test_loop_reset ();
  phase_begin (bench);
  g_assert_true (rnl_test_run_until (all_over, conversations, 120000));
  bench->kind = "ten";
  bench->n_tokens = N_CHATS * CHAT_TOKENS;
  phase_end (bench, "chats");

  for (guint i = 0; i < conversations->len; i++)
    {
      GListModel *messages = rnl_conversation_list_messages (g_ptr_array_index (conversations, i));
      g_autoptr (RnlMessage) answer
        = g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);
      g_autofree char *shown = rnl_message_dup_text (answer);

      bench->text = text;
      check_text (bench, "message", shown);
    }
  rest ();
}

/* }}} */

/* An account for the server, whose model answers in new chats. */
static void
configure (RnlTestServer *server)
{
  g_autoptr (GSettings) settings = g_settings_new (RNL_APP_ID);
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  GVariantBuilder accounts;

  g_variant_builder_init (&accounts, G_VARIANT_TYPE ("a(ssss)"));
  g_variant_builder_add (&accounts, "(ssss)", "bench", "Bench", "openai-chat", url);
  g_settings_set_value (settings, "accounts", g_variant_builder_end (&accounts));
  g_settings_set_string (settings, "model", "bench/bench");
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  guint n_tokens = DEFAULT_TOKENS;
  g_autoptr (RnlTestServer) server = NULL;
  g_autoptr (GError) error = NULL;

  bench_init ();
  if (argc > 1)
    n_tokens = (guint) CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 100, 2000000);
  /* Keys stay in memory, and nobody else's program answers in our place. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  if (!gtk_init_check ())
    return 77;

  server = rnl_test_server_new ();
  configure (server);
  bench.application = rnl_application_new ();
  g_application_set_flags (G_APPLICATION (bench.application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (bench.application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (bench.application));
  rnl_test_loop_watch ();
  g_assert_true (rnl_test_run_until (has_window, &bench, 30000));
  bench_frames_watch (&bench.frames, gtk_widget_get_frame_clock (GTK_WIDGET (bench.window)));
  rest ();

  if (argc > 1 && g_str_equal (argv[1], "--chats"))
    {
      bench_chats (&bench, server);
      return failed ? 1 : 0;
    }
  bench_answer (&bench, "text", server, bench_text_new (n_tokens), FALSE);
  bench_answer (&bench, "text-chunks", server, bench_text_new (n_tokens), TRUE);
  bench_answer (&bench, "code", server, bench_text_new_code (n_tokens), FALSE);
  bench_chats (&bench, server);

  bench_frames_unwatch (&bench.frames, gtk_widget_get_frame_clock (GTK_WIDGET (bench.window)));
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.application);

  return failed ? 1 : 0;
}
