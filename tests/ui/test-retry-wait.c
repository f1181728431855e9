/* test-retry-wait.c: tries after the first, seen in the window: waits, and going on by hand
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-test-server.h"
#include "window-fixture.h"

#define ANSWER                                                                                     \
  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Here at last\"}}]}\n\n"               \
  "data: [DONE]\n\n"

#define HALF "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half of\"}}]}\n\n"
#define REST                                                                                       \
  "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" the whole\"}}]}\n\n"                 \
  "data: [DONE]\n\n"

/* Others than those about the models there are. */
static guint
count_questions (RnlTestServer *server)
{
  guint n = 0;

  for (guint i = 0; i < rnl_test_server_get_n_requests (server); i++)
    if (g_str_equal (rnl_test_server_get_request (server, i)->path, "/v1/chat/completions"))
      n++;

  return n;
}

/* A server that is busy when it is asked for the first time; nothing is known of its models. */
static void
busy_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  gint *asked = user_data;

  if (!g_str_equal (request->path, "/v1/chat/completions"))
    reply->status = 404;
  else if (g_atomic_int_add (asked, 1) > 0)
    reply->body = ANSWER;
  else
    *reply = (RnlTestReply){ .status = 503, .headers = "Retry-After-Ms: 300\r\n", .body = "busy" };
}

static void
patient_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  *reply = (RnlTestReply){ .status = 429, .headers = "Retry-After: 50\r\n", .body = "{}" };
  if (!g_str_equal (request->path, "/v1/chat/completions"))
    reply->status = 404;
}

static void
open_with (WindowFixture *fixture, RnlTestServer *server)
{
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");

  window_fixture_open (fixture);
  window_fixture_use_server (fixture, url);
}

#define COUNT "Too many requests. Trying again in "

static gint64
read_seconds (GtkWidget *window)
{
  g_autofree char *text = window_fixture_dup_text (window);
  const char *count = strstr (text, COUNT);

  return count != NULL ? g_ascii_strtoll (count + strlen (COUNT), NULL, 10) : -1;
}

static gboolean
is_counting_down (gpointer window)
{
  static gint64 before = G_MININT64;
  gint64 now = read_seconds (window);
  gboolean down = now >= 0 && now < before;

  before = now;

  return down;
}

/* The seconds are counted, and Escape does not wait for them. */
static void
test_stop (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  WindowFixture fixture;

  rnl_test_server_set_handler (server, patient_cb, NULL);
  open_with (&fixture, server);
  window_fixture_ask (&fixture, "Hello?");
  rnl_test_wait_for (is_counting_down, fixture.window);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.stop", NULL);
  window_fixture_wait_idle (&fixture);
  g_assert_false (window_fixture_shows (GTK_WIDGET (fixture.window), "Trying again"));
  g_assert_cmpuint (count_questions (server), ==, 1);
  window_fixture_done (&fixture);
}

/* When it works after all, nothing of the wait is left. */
static void
test_goes_on (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  gint asked = 0;
  WindowFixture fixture;

  rnl_test_server_set_handler (server, busy_cb, &asked);
  open_with (&fixture, server);
  window_fixture_ask (&fixture, "Hello?");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Trying again in 1 second.");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Here at last");
  window_fixture_wait_idle (&fixture);
  g_assert_false (window_fixture_shows (GTK_WIDGET (fixture.window), "Trying again"));
  g_assert_cmpuint (count_questions (server), ==, 2);
  window_fixture_done (&fixture);
}

/* Says half of it, and is gone; what is asked for then is the rest. */
static void
halves_cb (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  gint *asked = user_data;

  if (!g_str_equal (request->path, "/v1/chat/completions"))
    reply->status = 404;
  else if (g_atomic_int_add (asked, 1) == 0)
    *reply
      = (RnlTestReply){ .body = HALF ANSWER, .ending = RNL_TEST_RESET, .cut_after = strlen (HALF) };
  else
    reply->body = REST;
}

/* What came before the line broke stays, and the answer goes on in its sentence. */
static void
test_continue (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  gint asked = 0;
  GtkWidget *button;
  WindowFixture fixture;

  rnl_test_server_set_handler (server, halves_cb, &asked);
  open_with (&fixture, server);
  window_fixture_ask (&fixture, "Hello?");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Half of");
  window_fixture_wait_idle (&fixture);
  g_assert_nonnull (window_fixture_find_button (GTK_WIDGET (fixture.window), "Retry"));
  button = window_fixture_find_button (GTK_WIDGET (fixture.window), "Continue");
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
  window_fixture_wait_text (GTK_WIDGET (fixture.window), "Half of the whole");
  window_fixture_wait_idle (&fixture);
  g_assert_null (window_fixture_find_button (GTK_WIDGET (fixture.window), "Continue"));
  g_assert_cmpuint (count_questions (server), ==, 2);
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/retry-wait/stop", test_stop);
  g_test_add_func ("/retry-wait/goes-on", test_goes_on);
  g_test_add_func ("/retry-wait/continue", test_continue);

  return g_test_run ();
}
