/* test-streaming.c: what a slow server says is seen as it is said
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-error-row.h"
#include "rnl-message-row.h"
#include "rnl-test-loop.h"
#include "rnl-test-server.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

#define ANSWERS           "/chat/completions"
#define N_TOKENS          20
#define FRAME_BYTES       96
#define CUT_TOKENS        10
#define WORKING_WITHIN_MS 100.0

/* N frames of exactly FRAME_BYTES: "word00 ", "word01 ", ... */
static char *
make_body (guint n, gboolean done)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *frame = g_strdup_printf (
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word%02u \"}}]", i);

      g_string_append (body, frame);
      for (gsize length = strlen (frame); length < FRAME_BYTES - 3; length++)
        g_string_append_c (body, ' ');
      g_string_append (body, "}\n\n");
    }
  if (done)
    g_string_append (body, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                           "\"stop\"}]}\n\ndata: [DONE]\n\n");

  return g_string_free (body, FALSE);
}

static guint
count_words (const char *text)
{
  guint n = 0;

  for (const char *p = strstr (text, "word"); p != NULL; p = strstr (p + 4, "word"))
    n++;

  return n;
}

typedef struct
{
  WindowFixture *fixture;
  RnlTestServer *server;
  GtkWidget *transcript;
  guint seen;   /* words on screen */
  guint states; /* how many different numbers of words there were */
  int released; /* how many words the server may have said */
} Watch;

/* After every frame that was drawn: what stands there now? Only when a word is on screen the server
 * says the next one. */
static void
after_paint_cb (GdkFrameClock *clock, Watch *watch)
{
  g_autofree char *text = window_fixture_dup_text (watch->transcript);
  guint n = count_words (text);

  if (n == watch->seen)
    return;

  watch->seen = n;
  watch->states++;
  g_atomic_int_set (&watch->released, n < N_TOKENS ? (int) n + 1 : G_MAXINT);
}

static gboolean
has_begun (Watch *watch)
{
  return rnl_test_server_get_n_written (watch->server) > 0;
}

static void
watch_answer (Watch *watch, WindowFixture *fixture, RnlTestServer *server)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");

  *watch = (Watch){ .fixture = fixture, .released = 1 };
  watch->server = server;
  watch->transcript
    = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_TRANSCRIPT_VIEW, 0);
  window_fixture_use_server (fixture, url);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), watch);
  window_fixture_ask (fixture, "Say it slowly");
  rnl_test_wait_for (has_begun, watch);
  window_fixture_wait_idle (fixture);
  g_signal_handlers_disconnect_by_data (clock, watch);
}

/* A word that waited for more of them would never be followed by one. */
static void
test_token_by_token (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *body = make_body (N_TOKENS, TRUE);
  WindowFixture fixture;
  Watch watch;

  rnl_test_server_set_path (server, ANSWERS);
  rnl_test_server_push (
    server, &(RnlTestReply){ .body = body, .piece = FRAME_BYTES, .released = &watch.released });
  window_fixture_open (&fixture);
  watch_answer (&watch, &fixture, server);

  g_assert_cmpuint (watch.seen, ==, N_TOKENS);
  g_assert_cmpuint (watch.states, ==, N_TOKENS);
  window_fixture_done (&fixture);
}

/* What came before a reset stays, and the row below says what happened. */
static void
test_reset (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *body = make_body (N_TOKENS, TRUE);
  WindowFixture fixture;
  Watch watch;
  GtkWidget *error;

  rnl_test_server_set_path (server, ANSWERS);
  rnl_test_server_push (server, &(RnlTestReply){ .body = body,
                                                 .piece = FRAME_BYTES,
                                                 .piece_delay_ms = 10,
                                                 .ending = RNL_TEST_RESET,
                                                 .cut_after = CUT_TOKENS * FRAME_BYTES });
  window_fixture_open (&fixture);
  watch_answer (&watch, &fixture, server);

  window_fixture_wait_text (watch.transcript, "word09");
  g_assert_false (window_fixture_shows (watch.transcript, "word10"));
  error = window_fixture_find (watch.transcript, RNL_TYPE_ERROR_ROW, 0);
  g_assert_nonnull (error);
  g_assert_true (gtk_widget_get_mapped (rnl_error_row_get_retry_button (RNL_ERROR_ROW (error))));
  window_fixture_done (&fixture);
}

/* From the click on Send to a row that says that it works. */

typedef struct
{
  GtkWidget *root;
  guint n_frames;
  guint frame; /* the first one that had it, from 1; 0 before */
  double cpu_ms;
  gint64 wall;
} Sending;

static gboolean
has_working_row (GtkWidget *root)
{
  GtkWidget *row;

  for (guint i = 0; (row = window_fixture_find (root, RNL_TYPE_MESSAGE_ROW, i)) != NULL; i++)
    if (gtk_widget_get_mapped (row) && rnl_message_row_get_working (RNL_MESSAGE_ROW (row)))
      return TRUE;

  return FALSE;
}

static void
sending_painted_cb (GdkFrameClock *clock, Sending *sending)
{
  sending->n_frames++;
  if (sending->frame > 0 || !has_working_row (sending->root))
    return;

  sending->frame = sending->n_frames;
  sending->cpu_ms = rnl_test_cpu_ms () - sending->cpu_ms;
  sending->wall = g_get_monotonic_time () - sending->wall;
}

static gboolean
is_working (gpointer sending)
{
  return ((Sending *) sending)->frame > 0;
}

/* How long the model itself took, as its run has it. */
static void
model_event_cb (RnlRunScope *scope, const RnlEvent *event, gint64 *first_token)
{
  if (event->kind == RNL_EVENT_END && rnl_run_get_run_type (event->run) == RNL_RUN_CHAT_MODEL)
    *first_token = rnl_run_get_time_to_first_token (event->run);
}

/* The first question of a chat, which changes the page, and one more. The server says nothing for a
 * while: what is seen is the program's own doing. A machine that is busy with other things is not
 * slower in CPU time of this thread, nor in frames. */
static void
test_working_at_once (void)
{
  const guint delay_ms = 300;
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *body = make_body (2, TRUE);
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  WindowFixture fixture;

  rnl_test_server_set_path (server, ANSWERS);
  rnl_test_server_push (server, &(RnlTestReply){ .body = body, .head_delay_ms = delay_ms });
  window_fixture_open (&fixture);
  window_fixture_use_server (&fixture, url);
  for (guint i = 0; i < 2; i++)
    {
      GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture.window));
      RnlConversation *conversation = rnl_window_get_conversation (fixture.window);
      Sending sending = { .root = GTK_WIDGET (fixture.window) };
      gint64 first_token = -1;
      GtkWidget *send;

      g_signal_connect (rnl_conversation_get_scope (conversation), "event",
                        G_CALLBACK (model_event_cb), &first_token);
      rnl_window_compose (fixture.window, "Are you there?");
      window_fixture_wait_frames (GTK_WIDGET (fixture.window), 2);
      send = window_fixture_find_button (GTK_WIDGET (fixture.window), "Send");
      g_signal_connect (clock, "after-paint", G_CALLBACK (sending_painted_cb), &sending);
      sending.cpu_ms = rnl_test_cpu_ms ();
      sending.wall = g_get_monotonic_time ();
      g_signal_emit_by_name (send, "clicked");
      rnl_test_wait_for (is_working, &sending);
      g_signal_handlers_disconnect_by_data (clock, &sending);

      g_test_message ("working after %u frames, %.1f ms of CPU, %.1f ms", sending.frame,
                      sending.cpu_ms, (double) sending.wall / 1e3);
      g_assert_cmpuint (sending.frame, <=, 3);
      g_assert_cmpfloat (sending.cpu_ms, <, WORKING_WITHIN_MS * rnl_test_get_slowdown ());
      g_assert_cmpint (first_token, ==, -1);
      window_fixture_wait_idle (&fixture);
      g_assert_cmpint (first_token, >=, (gint64) delay_ms * 900);
      g_signal_handlers_disconnect_by_data (rnl_conversation_get_scope (conversation),
                                            &first_token);
    }
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/streaming/token-by-token", test_token_by_token);
  g_test_add_func ("/streaming/reset", test_reset);
  g_test_add_func ("/streaming/working-at-once", test_working_at_once);

  return g_test_run ();
}
