/* test-http-retry.c: asking again, and not any more
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "provider-fixture.h"
#include "rnl-json-members.h"
#include "rnl-provider-error.h"
#include "rnl-test.h"

/* What the server says first, and whether it is asked again. */
typedef struct
{
  const char *name;
  RnlTestReply reply;
  guint n_requests;
} Rule;

static const Rule rules[] = {
  { "400", { .status = 400, .body = "{}" }, 1 },
  { "401", { .status = 401, .body = "{}" }, 1 },
  { "404", { .status = 404, .body = "{}" }, 1 },
  { "408", { .status = 408, .body = "{}" }, 3 },
  { "409", { .status = 409, .body = "{}" }, 3 },
  { "422", { .status = 422, .body = "{}" }, 1 },
  { "429", { .status = 429, .body = "{}" }, 3 },
  { "500", { .status = 500, .body = "{}" }, 3 },
  { "502-page", { .status = 502, .body = "<html>Bad gateway</html>" }, 3 },
  { "529", { .status = 529, .body = "{}" }, 3 },
  { "told-to", { .status = 400, .headers = "x-should-retry: true\r\n", .body = "{}" }, 3 },
  { "told-not-to", { .status = 500, .headers = "x-should-retry: false\r\n", .body = "{}" }, 1 },
  { "odd-wish", { .status = 500, .headers = "x-should-retry: maybe\r\n", .body = "{}" }, 3 },
  { "quota",
    { .status = 429, .body = "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}" },
    1 },
  { "spend-limit",
    { .status = 429,
      .body = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"no\","
              "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}" },
    1 },
  { "wait-too-long", { .status = 429, .headers = "retry-after: 3600\r\n", .body = "{}" }, 1 },
  { "wait-of-google",
    { .status = 429,
      .body = "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"You exceeded your "
              "current quota\",\"details\":[{\"@type\":\"type.googleapis.com/"
              "google.rpc.RetryInfo\",\"retryDelay\":\"0.01s\"}]}}" },
    3 },
  { "reset", { .ending = RNL_TEST_RESET, .cut_after = RNL_TEST_NO_HEAD }, 3 },
  { "after-output",
    { .body = CHUNK ("Hel"), .ending = RNL_TEST_RESET, .cut_after = sizeof CHUNK ("Hel") - 1 },
    1 },
  { "error-in-stream",
    { .body = CHUNK ("Hel") "data: {\"error\":{\"message\":\"busy\",\"code\":503}}\n\n" },
    1 },
};

static void
test_rule (ProviderFixture *self, gconstpointer data)
{
  const Rule *rule = data;

  rnl_test_server_push (self->server, &rule->reply);
  g_assert_false (provider_fixture_ask (self));
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, rule->n_requests);
  /* Each wait was told. */
  g_assert_cmpuint (self->answer->notices->len, ==, rule->n_requests - 1);
}

/* A wait is told with all that a countdown needs. */
static void
test_retry (ProviderFixture *self, gconstpointer data)
{
  rnl_test_server_push (self->server, &(RnlTestReply){ .status = 503, .body = "busy" });
  rnl_test_server_push (self->server, &(RnlTestReply){ .status = 429, .body = "{}" });
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO });

  g_assert_true (provider_fixture_ask (self));
  g_assert_cmpstr (self->answer->text->str, ==, "Hello");
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *notice = json_node_get_object (g_ptr_array_index (self->answer->notices, i));

      g_assert_cmpint (rnl_json_object_get_int (notice, "attempt", -1), ==, i + 1);
      g_assert_cmpint (rnl_json_object_get_int (notice, "of", -1), ==, 2);
      g_assert_cmpint (rnl_json_object_get_int (notice, "delay_ms", -1), <=, 2);
      g_assert_cmpstr (rnl_json_object_get_string (notice, "code"), ==,
                       i == 0 ? "overloaded" : "rate-limit");
      g_assert_nonnull (strstr (rnl_json_object_get_string (notice, "error"), "127.0.0.1"));
    }
}

static void
test_retry_after (ProviderFixture *self, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  rnl_test_server_push (self->server, &(RnlTestReply){ .status = 429,
                                                       .headers = "Retry-After: 1\r\n"
                                                                  "Retry-After-Ms: 150\r\n",
                                                       .body = "{}" });
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO });

  g_assert_true (provider_fixture_ask (self));
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 150000);
}

/* The header in its other shapes: seconds with a fraction, and a date. */
static void
test_retry_date (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 30);
  g_autofree char *date = soup_date_time_to_string (soon, SOUP_DATE_HTTP);
  g_autofree char *header = g_strdup_printf ("Retry-After: %s\r\n", date);
  g_autoptr (GDateTime) past = g_date_time_add_seconds (now, -30);
  g_autofree char *old_date = soup_date_time_to_string (past, SOUP_DATE_HTTP);
  g_autofree char *old = g_strdup_printf ("Retry-After: %s\r\n", old_date);
  JsonObject *notice;

  rnl_test_server_push (self->server,
                        &(RnlTestReply){ .status = 503, .headers = old, .body = "{}" });
  rnl_test_server_push (
    self->server,
    &(RnlTestReply){ .status = 503, .headers = "Retry-After: 0.1\r\n", .body = "{}" });
  rnl_test_server_push (self->server,
                        &(RnlTestReply){ .status = 503, .headers = header, .body = "{}" });
  g_assert_false (provider_fixture_ask (self));
  notice = json_node_get_object (g_ptr_array_index (self->answer->notices, 0));
  g_assert_cmpint (rnl_json_object_get_int (notice, "delay_ms", -1), ==, 0);
  notice = json_node_get_object (g_ptr_array_index (self->answer->notices, 1));
  g_assert_cmpint (rnl_json_object_get_int (notice, "delay_ms", -1), ==, 100);
  /* The last try is over, so nobody waits for the date; the error tells it. */
  g_assert_cmpint (rnl_provider_error_get_details (self->error)->retry_after_ms, >, 20000);
  g_assert_cmpint (rnl_provider_error_get_details (self->error)->retry_after_ms, <=, 30000);
}

/* Cancelling. */

static void
test_cancel_before (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO });
  g_assert_false (
    wire_answer_ask (self->answer, self->model, self->request, cancellable, &self->error));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->answer->n_chunks, ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  guint n_chunks;
  gboolean over;
  GError *error;
} Cancelling;

static void
cancel_at_chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  cancelling->n_chunks++;
  g_cancellable_cancel (cancelling->cancellable);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  rnl_chat_model_generate_finish (RNL_CHAT_MODEL (source), result, &cancelling->error);
  cancelling->over = TRUE;
}

static gboolean
is_over (gpointer user_data)
{
  return ((Cancelling *) user_data)->over;
}

static void
slow_chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  g_usleep (20000);
}

/* Work on the last bytes that takes longer than one turn of the main loop may: the end of the body
 * is found all the same, and at once. */
static void
test_slow_reader (ProviderFixture *self, gconstpointer data)
{
  Cancelling waiting = { 0 };

  rnl_test_server_push (
    self->server, &(RnlTestReply){ .body = CHUNK ("Hello") FINISH, .framing = RNL_TEST_LENGTH });
  rnl_chat_model_generate_async (self->model, self->request, slow_chunk_cb, NULL, NULL,
                                 cancelled_cb, &waiting);
  rnl_test_wait_for (is_over, &waiting);
  g_assert_no_error (waiting.error);
}

static gboolean
is_abandoned (gpointer user_data)
{
  return rnl_test_server_get_n_abandoned (user_data) > 0;
}

static void
test_cancel_during (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelling cancelling = { .cancellable = cancellable };

  rnl_test_server_push (self->server, &(RnlTestReply){ .body = CHUNK ("Hel") CHUNK ("lo"),
                                                       .ending = RNL_TEST_SILENCE });
  rnl_chat_model_generate_async (self->model, self->request, cancel_at_chunk_cb, &cancelling,
                                 cancellable, cancelled_cb, &cancelling);
  rnl_test_wait_for (is_over, &cancelling);

  g_assert_error (cancelling.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cancelling.n_chunks, ==, 1);
  /* The socket is closed, so that the server stops working too. */
  rnl_test_wait_for (is_abandoned, self->server);
  g_clear_error (&cancelling.error);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel_waiting (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const guint *head_delay_ms = data;
  RnlTestReply slow = { .body = HELLO, .head_delay_ms = *head_delay_ms };
  RnlTestReply later = { .status = 429, .headers = "Retry-After: 30\r\n", .body = "{}" };

  /* While nothing has come, or while waiting for the next try. */
  rnl_test_server_push (self->server, *head_delay_ms > 0 ? &slow : &later);
  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_false (
    wire_answer_ask (self->answer, self->model, self->request, cancellable, &self->error));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_after (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO });
  g_assert_true (
    wire_answer_ask (self->answer, self->model, self->request, cancellable, &self->error));
  g_cancellable_cancel (cancellable);
  rnl_test_server_push (self->server, &(RnlTestReply){ .body = HELLO });
  g_assert_true (provider_fixture_ask (self));
}

/* The wait is long; the person does not want to. Nobody waits for it to be over. */
static void
cancel_at_notice_cb (const RnlChunk *chunk, gpointer user_data)
{
  Cancelling *cancelling = user_data;

  g_assert_cmpint (chunk->type, ==, RNL_CHUNK_NOTICE);
  cancelling->n_chunks++;
  g_cancellable_cancel (cancelling->cancellable);
}

static void
test_cancel_at_notice (ProviderFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelling cancelling = { .cancellable = cancellable };

  rnl_test_server_push (
    self->server, &(RnlTestReply){ .status = 429, .headers = "Retry-After: 55\r\n", .body = "{}" });
  rnl_chat_model_generate_async (self->model, self->request, cancel_at_notice_cb, &cancelling,
                                 cancellable, cancelled_cb, &cancelling);
  rnl_test_wait_for (is_over, &cancelling);
  g_assert_error (cancelling.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cancelling.n_chunks, ==, 1);
  g_assert_cmpuint (rnl_test_server_get_n_requests (self->server), ==, 1);
  g_clear_error (&cancelling.error);
}

static void
add (const char *name, gconstpointer data, void (*func) (ProviderFixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/http-retry/%s", name);

  g_test_add (path, ProviderFixture, data, provider_fixture_set_up, func,
              provider_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  static const guint before_retry = 0, before_head = 60000;

  rnl_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *name = g_strconcat ("rule/", rules[i].name, NULL);

      add (name, &rules[i], test_rule);
    }
  add ("works-then", NULL, test_retry);
  add ("after", NULL, test_retry_after);
  add ("after/date", NULL, test_retry_date);
  add ("slow-reader", NULL, test_slow_reader);
  add ("cancel/before", NULL, test_cancel_before);
  add ("cancel/during", NULL, test_cancel_during);
  add ("cancel/before-head", &before_head, test_cancel_waiting);
  add ("cancel/before-retry", &before_retry, test_cancel_waiting);
  add ("cancel/at-notice", NULL, test_cancel_at_notice);
  add ("cancel/after", NULL, test_cancel_after);

  return g_test_run ();
}
