/* test-model-download.c: models that a server fetches, lists and deletes
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-model-downloads.h"
#include "rnl-model-library.h"
#include "rnl-provider-error.h"
#include "rnl-pull-progress.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

#define NDJSON "application/x-ndjson"

/* As Ollama writes them; a layer is named before it has begun. */
#define BEGIN                                                                                      \
  "{\"status\":\"pulling manifest\"}\n"                                                            \
  "{\"status\":\"pulling aaa\",\"digest\":\"sha256:aaa\",\"total\":1000}\n"                        \
  "{\"status\":\"pulling aaa\",\"digest\":\"sha256:aaa\",\"total\":1000,\"completed\":400}\n"
#define REST                                                                                       \
  "{\"status\":\"pulling aaa\",\"digest\":\"sha256:aaa\",\"total\":1000,\"completed\":1000}\n"     \
  "{\"status\":\"pulling bbb\",\"digest\":\"sha256:bbb\",\"total\":200,\"completed\":200}\n"
#define FINISH                                                                                     \
  "{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"writing manifest\"}\n"                  \
  "{\"status\":\"success\"}\n"

static void
feed (RnlPullProgress *progress, const char *text, gint64 now_us)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);

      rnl_pull_progress_feed (progress, json_node_get_object (node), now_us);
    }
}

/* The sum over the layers, and what each kind of line makes of the phase. */
static void
test_sum (void)
{
  g_autoptr (RnlPullProgress) progress = rnl_pull_progress_new ();

  g_assert_cmpint (rnl_pull_progress_get_total (progress), ==, 0);
  feed (progress, "{\"status\":\"pulling manifest\"}", 0);
  g_assert_cmpint (rnl_pull_progress_get_phase (progress), ==, RNL_PULL_ASKING);
  feed (progress, BEGIN, 0);
  g_assert_cmpint (rnl_pull_progress_get_phase (progress), ==, RNL_PULL_LOADING);
  g_assert_cmpint (rnl_pull_progress_get_total (progress), ==, 1000);
  g_assert_cmpint (rnl_pull_progress_get_completed (progress), ==, 400);
  g_assert_cmpfloat_with_epsilon (rnl_pull_progress_get_fraction (progress), 0.4, 1e-9);
  feed (progress, REST, 0);
  g_assert_cmpint (rnl_pull_progress_get_total (progress), ==, 1200);
  g_assert_cmpint (rnl_pull_progress_get_completed (progress), ==, 1200);
  feed (progress, "{\"status\":\"verifying sha256 digest\"}", 0);
  g_assert_cmpint (rnl_pull_progress_get_phase (progress), ==, RNL_PULL_CHECKING);
  g_assert_cmpstr (rnl_pull_progress_get_status (progress), ==, "verifying sha256 digest");
  feed (progress, "{\"status\":\"success\"}", 0);
  g_assert_cmpint (rnl_pull_progress_get_phase (progress), ==, RNL_PULL_COMPLETE);
}

/* A late layer, a server that counts backwards, and a new attempt: the bar never goes back. */
static void
test_monotone (void)
{
  g_autoptr (RnlPullProgress) progress = rnl_pull_progress_new ();

  feed (progress, "{\"digest\":\"a\",\"total\":1000,\"completed\":900}", 0);
  feed (progress, "{\"digest\":\"b\",\"total\":1000}", 0);
  g_assert_cmpfloat_with_epsilon (rnl_pull_progress_get_fraction (progress), 0.9, 1e-9);
  feed (progress, "{\"digest\":\"a\",\"total\":1000,\"completed\":100}", 0);
  g_assert_cmpint (rnl_pull_progress_get_completed (progress), ==, 900);
  rnl_pull_progress_restart (progress);
  g_assert_cmpint (rnl_pull_progress_get_phase (progress), ==, RNL_PULL_ASKING);
  g_assert_cmpint (rnl_pull_progress_get_completed (progress), ==, 900);
  feed (progress, "{\"digest\":\"a\",\"total\":1000,\"completed\":1000}", 0);
  g_assert_cmpint (rnl_pull_progress_get_completed (progress), ==, 1000);
}

/* Whatever numbers and words come, in whatever order: sums hold and nothing falls. */
static void
test_random (void)
{
  static const char *const words[] = { "pulling x", "verifying", "pulling manifest", NULL };
  static const gint64 numbers[] = { G_MININT64, -1, 0, 1, 500, 1000, G_MAXINT64 };

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (RnlPullProgress) progress = rnl_pull_progress_new ();
      gint64 completed = 0;
      double fraction = 0;

      for (guint i = 0; i < 200; i++)
        {
          g_autoptr (JsonObject) line = json_object_new ();
          const char *word = words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
          g_autofree char *digest = g_strdup_printf ("%d", g_test_rand_int_range (0, 2000));

          if (word != NULL)
            json_object_set_string_member (line, "status", word);
          if (g_test_rand_bit ())
            json_object_set_string_member (line, "digest", digest);
          json_object_set_int_member (line, "total",
                                      numbers[g_test_rand_int_range (0, G_N_ELEMENTS (numbers))]);
          json_object_set_int_member (line, "completed",
                                      numbers[g_test_rand_int_range (0, G_N_ELEMENTS (numbers))]);
          rnl_pull_progress_feed (progress, line, i * 50000);
          if (g_test_rand_int_range (0, 30) == 0)
            rnl_pull_progress_restart (progress);

          g_assert_cmpint (rnl_pull_progress_get_completed (progress), >=, completed);
          g_assert_cmpint (rnl_pull_progress_get_completed (progress), <=,
                           rnl_pull_progress_get_total (progress));
          g_assert_cmpfloat (rnl_pull_progress_get_fraction (progress), >=, fraction);
          g_assert_cmpfloat (rnl_pull_progress_get_fraction (progress), <=, 1);
          g_assert_cmpfloat (rnl_pull_progress_get_rate (progress), >=, 0);
          completed = rnl_pull_progress_get_completed (progress);
          fraction = rnl_pull_progress_get_fraction (progress);
        }
    }
}

/* What was there already is not speed, and neither is what came a while ago. */
static void
test_rate (void)
{
  g_autoptr (RnlPullProgress) progress = rnl_pull_progress_new ();

  feed (progress, "{\"digest\":\"a\",\"total\":100000,\"completed\":50000}", 0);
  g_assert_cmpfloat (rnl_pull_progress_get_rate (progress), ==, 0);
  g_assert_cmpint (rnl_pull_progress_get_remaining (progress), ==, -1);
  feed (progress, "{\"digest\":\"a\",\"total\":100000,\"completed\":51000}", G_USEC_PER_SEC);
  g_assert_cmpfloat_with_epsilon (rnl_pull_progress_get_rate (progress), 1000, 1e-6);
  g_assert_cmpint (rnl_pull_progress_get_remaining (progress), ==, 49);
  for (gint64 i = 2; i <= 20; i++)
    {
      g_autofree char *line = g_strdup_printf (
        "{\"digest\":\"a\",\"total\":100000,\"completed\":%" G_GINT64_FORMAT "}", 51000 + i * 2000);

      feed (progress, line, i * G_USEC_PER_SEC);
    }
  g_assert_cmpfloat_with_epsilon (rnl_pull_progress_get_rate (progress), 2000, 1e-6);
  rnl_pull_progress_restart (progress);
  g_assert_cmpfloat (rnl_pull_progress_get_rate (progress), ==, 0);
}

/* Downloads of an account at a server of the test's. */

typedef struct
{
  RnlTestServer *server;
  RnlAccount *account;
  RnlModelDownload *download;
  GString *states;
  gint64 completed;
} Fixture;

static void
state_cb (Fixture *fixture)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (RNL_TYPE_MODEL_DOWNLOAD_STATE);
  gint state = (gint) rnl_model_download_get_state (fixture->download);

  g_string_append_printf (fixture->states, "%s ", g_enum_get_value (klass, state)->value_nick);
}

static void
completed_cb (Fixture *fixture)
{
  gint64 completed = rnl_model_download_get_completed (fixture->download);

  g_assert_cmpint (completed, >, fixture->completed);
  fixture->completed = completed;
}

static void
fixture_init (Fixture *fixture)
{
  g_autofree char *url = NULL;

  fixture->server = rnl_test_server_new ();
  url = rnl_test_server_dup_url (fixture->server, "");
  fixture->account = rnl_account_new ("box", "Box", "ollama", url, NULL);
  rnl_account_set_key (fixture->account, "secret-word");
  fixture->download = rnl_model_download_new (fixture->account, "tiny:1b");
  fixture->states = g_string_new (NULL);
  fixture->completed = 0;
  g_signal_connect_swapped (fixture->download, "notify::state", G_CALLBACK (state_cb), fixture);
  g_signal_connect_swapped (fixture->download, "notify::completed", G_CALLBACK (completed_cb),
                            fixture);
}

static void
fixture_clear (Fixture *fixture)
{
  g_assert_finalize_object (fixture->download);
  g_assert_finalize_object (fixture->account);
  rnl_test_server_free (fixture->server);
  g_string_free (fixture->states, TRUE);
}

static gboolean
is_inactive (RnlModelDownload *download)
{
  return !rnl_model_download_is_active (download);
}

static void
push (Fixture *fixture, const char *body)
{
  rnl_test_server_push (fixture->server, &(RnlTestReply){ .content_type = NDJSON, .body = body });
}

static void
test_whole (void)
{
  Fixture fixture;
  const RnlTestRequest *request;

  fixture_init (&fixture);
  rnl_test_server_push (
    fixture.server,
    &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN REST FINISH, .piece = 7 });
  rnl_model_download_start (fixture.download);
  g_assert_true (rnl_model_download_is_active (fixture.download));
  rnl_test_wait_for (is_inactive, fixture.download);

  g_assert_cmpstr (fixture.states->str, ==, "asking loading checking complete ");
  g_assert_cmpint (rnl_model_download_get_completed (fixture.download), ==, 1200);
  g_assert_cmpint (rnl_model_download_get_total (fixture.download), ==, 1200);
  g_assert_null (rnl_model_download_get_error (fixture.download));
  request = rnl_test_server_get_request (fixture.server, 0);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/api/pull");
  g_assert_cmpstr (request->body, ==, "{\"model\":\"tiny:1b\"}");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "authorization"), ==,
                   "Bearer secret-word");

  rnl_model_download_start (fixture.download);
  g_assert_cmpuint (rnl_test_server_get_n_requests (fixture.server), ==, 1);
  fixture_clear (&fixture);
}

/* The server dies at any byte of its answer; the next attempt goes on where it was. */
static void
test_dies (void)
{
  const gssize length = (gssize) strlen (BEGIN);

  for (gssize cut = RNL_TEST_NO_HEAD; cut <= length; cut += 13)
    for (RnlTestEnding ending = RNL_TEST_CUT; ending <= RNL_TEST_RESET; ending++)
      {
        Fixture fixture;
        const GError *error;

        fixture_init (&fixture);
        rnl_test_server_push (fixture.server, &(RnlTestReply){ .content_type = NDJSON,
                                                               .body = BEGIN,
                                                               .ending = ending,
                                                               .cut_after = cut });
        push (&fixture, BEGIN REST FINISH);
        rnl_model_download_start (fixture.download);
        rnl_test_wait_for (is_inactive, fixture.download);
        g_assert_cmpint (rnl_model_download_get_state (fixture.download), ==,
                         RNL_MODEL_DOWNLOAD_FAILED);
        error = rnl_model_download_get_error (fixture.download);
        g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_NETWORK);

        rnl_model_download_start (fixture.download);
        g_assert_null (rnl_model_download_get_error (fixture.download));
        rnl_test_wait_for (is_inactive, fixture.download);
        g_assert_cmpint (rnl_model_download_get_state (fixture.download), ==,
                         RNL_MODEL_DOWNLOAD_COMPLETE);
        fixture_clear (&fixture);
      }
}

static gboolean
has_begun (RnlModelDownload *download)
{
  return rnl_model_download_get_completed (download) == 400;
}

static gboolean
is_abandoned (RnlTestServer *server)
{
  return rnl_test_server_get_n_abandoned (server) == 1;
}

/* Cancel closes the socket; started again it goes on from there. */
static void
test_stop (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  rnl_test_server_push (
    fixture.server,
    &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN, .ending = RNL_TEST_SILENCE });
  push (&fixture, BEGIN REST FINISH);
  rnl_model_download_start (fixture.download);
  rnl_test_wait_for (has_begun, fixture.download);
  rnl_model_download_stop (fixture.download);
  rnl_test_wait_for (is_inactive, fixture.download);
  g_assert_cmpstr (fixture.states->str, ==, "asking loading stopped ");
  g_assert_null (rnl_model_download_get_error (fixture.download));
  rnl_test_wait_for (is_abandoned, fixture.server);

  g_assert_cmpint (rnl_model_download_get_completed (fixture.download), ==, 400);
  rnl_model_download_start (fixture.download);
  rnl_test_wait_for (is_inactive, fixture.download);
  g_assert_cmpstr (fixture.states->str, ==,
                   "asking loading stopped asking loading checking complete ");
  fixture_clear (&fixture);
}

/* Stopped before anything came, and let go of while it runs. */
static void
test_stop_early (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  rnl_test_server_push (
    fixture.server,
    &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN, .head_delay_ms = 60000 });
  rnl_model_download_start (fixture.download);
  rnl_model_download_stop (fixture.download);
  rnl_test_wait_for (is_inactive, fixture.download);
  g_assert_cmpint (rnl_model_download_get_state (fixture.download), ==, RNL_MODEL_DOWNLOAD_STOPPED);
  fixture_clear (&fixture);
}

/* Whether the main context sleeps for a minute unless something happens. */
static gboolean
sleeps (GMainContext *context)
{
  GPollFD fds[16];
  gint priority, timeout = 0;

  g_assert_true (g_main_context_acquire (context));
  g_assert_false (g_main_context_prepare (context, &priority));
  g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);

  return timeout < 0 || timeout > 60000;
}

/* Between two words of the server nothing wakes up. */
static void
test_idle (void)
{
  Fixture fixture;
  GMainContext *context = g_main_context_default ();

  fixture_init (&fixture);
  rnl_test_server_push (
    fixture.server,
    &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN, .ending = RNL_TEST_SILENCE });
  rnl_model_download_start (fixture.download);
  rnl_test_wait_for (has_begun, fixture.download);
  while (g_main_context_iteration (context, FALSE))
    ;
  /* A turn that was long is followed by one short rest. */
  if (!sleeps (context))
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_assert_true (sleeps (context));
  rnl_model_download_stop (fixture.download);
  rnl_test_wait_for (is_inactive, fixture.download);
  fixture_clear (&fixture);
}

#define NO_SPACE                                                                                   \
  BEGIN "{\"error\":\"write /models/blobs/sha256-aaa-partial: no space left on device\"}\n"

static const struct
{
  RnlTestReply reply;
  int code; /* of RNL_PROVIDER_ERROR, -1 for no space */
  const char *says;
} failures[] = {
  { { .body = NO_SPACE }, -1, "disk of Box is full" },
  { { .body = "{\"error\":\"pull model manifest: file does not exist\"}\n" },
    RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
    "no model “tiny:1b”" },
  { { .status = 404, .body = "{\"error\":\"model 'tiny:1b' not found\"}" },
    RNL_PROVIDER_ERROR_MODEL_NOT_FOUND,
    "no model “tiny:1b”" },
  { { .body = "{\"error\":\"pull model manifest: 412: The model you are attempting to pull "
              "requires a newer version of Ollama.\"}" },
    RNL_PROVIDER_ERROR_BAD_REQUEST,
    "too old" },
  { { .body = BEGIN "{\"error\":\"max retries exceeded: Get \\\"https://x.test\\\": dial tcp: "
                    "lookup x.test: no such host\"}" },
    RNL_PROVIDER_ERROR_OVERLOADED,
    "cannot reach" },
  { { .body = BEGIN REST }, RNL_PROVIDER_ERROR_NETWORK, "Resume" },
  { { .status = 401, .body = "{\"error\":\"unauthorized\"}" },
    RNL_PROVIDER_ERROR_AUTHENTICATION,
    "key" },
  { { .body = "<!DOCTYPE html><p>hello" }, RNL_PROVIDER_ERROR_PROTOCOL, "address" },
  { { .body = "[1]\n" }, RNL_PROVIDER_ERROR_PROTOCOL, "address" },
};

static void
test_failures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      Fixture fixture;
      const GError *error;

      fixture_init (&fixture);
      rnl_test_server_push (fixture.server, &failures[i].reply);
      push (&fixture, BEGIN REST FINISH);
      rnl_model_download_start (fixture.download);
      rnl_test_wait_for (is_inactive, fixture.download);
      error = rnl_model_download_get_error (fixture.download);
      if (failures[i].code < 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      else
        g_assert_error (error, RNL_PROVIDER_ERROR, failures[i].code);
      if (strstr (error->message, failures[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, failures[i].says);
      g_assert_null (strstr (error->message, "secret-word"));

      rnl_model_download_start (fixture.download);
      rnl_test_wait_for (is_inactive, fixture.download);
      g_assert_cmpint (rnl_model_download_get_state (fixture.download), ==,
                       RNL_MODEL_DOWNLOAD_COMPLETE);
      fixture_clear (&fixture);
    }
}

/* The library. */

static const struct
{
  const char *name;
  gboolean valid;
} names[] = {
  { "llama3.2", TRUE },
  { "qwen3:4b", TRUE },
  { "someone/model:tag", TRUE },
  { "hf.co/someone/model-GGUF:Q4_K_M", TRUE },
  { "localhost:5000/library/m", TRUE },
  { "", FALSE },
  { "two words", FALSE },
  { "model:", FALSE },
  { ":tag", FALSE },
  { "-m", FALSE },
  { "../m", FALSE },
  { "a/b/c/d", FALSE },
  { "a//b", FALSE },
  { "https://x.test/m", FALSE },
  { "model\nother", FALSE },
  { "größe", FALSE },
};

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (80, 'm');
  g_autofree char *longer = g_strnfill (81, 'm');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      if (rnl_model_library_check_name (names[i].name, &error) != names[i].valid)
        g_error ("“%s” should be %s", names[i].name, names[i].valid ? "a name" : "no name");
      g_assert_true (names[i].valid == (error == NULL));
    }
  g_assert_true (rnl_model_library_check_name (longest, NULL));
  g_assert_false (rnl_model_library_check_name (longer, NULL));
}

static void
test_list (void)
{
  Fixture fixture;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = NULL;

  fixture_init (&fixture);
  push (&fixture, "{\"models\":[{\"name\":\"a:1b\",\"model\":\"a:1b\",\"size\":815319791},"
                  "{\"name\":\"b\"},{\"size\":3},7]}");
  rnl_model_library_list_async (fixture.account, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  models = rnl_model_library_list_finish (fixture.account, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (models->len, ==, 2);
  g_assert_cmpstr (rnl_stored_model_get_name (models->pdata[0]), ==, "a:1b");
  g_assert_cmpint (rnl_stored_model_get_size (models->pdata[0]), ==, 815319791);
  g_assert_cmpint (rnl_stored_model_get_size (models->pdata[1]), ==, -1);
  g_assert_cmpstr (rnl_test_server_get_request (fixture.server, 0)->path, ==, "/api/tags");
  g_clear_object (&result);
  fixture_clear (&fixture);
}

static void
delete_tiny (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rnl_model_library_delete_async (fixture->account, "tiny:1b", NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  g_assert_true (rnl_model_library_delete_finish (fixture->account, result, error)
                 == (*error == NULL));
}

/* Success is an answer of nothing. */
static void
test_delete (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  const RnlTestRequest *request;

  fixture_init (&fixture);
  rnl_test_server_push (fixture.server,
                        &(RnlTestReply){ .content_type = NDJSON, .framing = RNL_TEST_LENGTH });
  rnl_test_server_push (fixture.server, &(RnlTestReply){ .status = 404,
                                                         .content_type = NDJSON,
                                                         .body = "{\"error\":\"model 'tiny:1b' "
                                                                 "not found\"}" });
  delete_tiny (&fixture, &error);
  g_assert_no_error (error);
  request = rnl_test_server_get_request (fixture.server, 0);
  g_assert_cmpstr (request->method, ==, "DELETE");
  g_assert_cmpstr (request->path, ==, "/api/delete");
  g_assert_cmpstr (request->body, ==, "{\"model\":\"tiny:1b\"}");

  delete_tiny (&fixture, &error);
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_MODEL_NOT_FOUND);
  fixture_clear (&fixture);
}

/* The list of those that are on their way. */

static void
ended_cb (RnlModelDownloads *downloads, RnlModelDownload *download, GString *log)
{
  g_string_append_printf (log, "%s %d; ", rnl_model_download_get_name (download),
                          rnl_model_download_get_state (download) == RNL_MODEL_DOWNLOAD_COMPLETE);
}

static gboolean
all_idle (RnlModelDownloads *downloads)
{
  return rnl_model_downloads_get_n_active (downloads) == 0;
}

static void
test_downloads (void)
{
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (RnlAccounts) accounts = rnl_accounts_new (NULL);
  g_autoptr (GError) error = NULL;
  RnlAccount *account = rnl_accounts_add (accounts, "Box", "ollama", url, &error);
  RnlModelDownloads *downloads = rnl_model_downloads_new (accounts);
  g_autoptr (GString) log = g_string_new (NULL);
  RnlModelDownload *first;

  g_assert_no_error (error);
  g_assert_true (rnl_model_library_exists (account));
  g_signal_connect (downloads, "ended", G_CALLBACK (ended_cb), log);
  rnl_test_server_push (server, &(RnlTestReply){ .content_type = NDJSON, .body = NO_SPACE });
  rnl_test_server_push (server,
                        &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN REST FINISH });
  rnl_test_server_push (
    server, &(RnlTestReply){ .content_type = NDJSON, .body = BEGIN, .ending = RNL_TEST_SILENCE });

  g_assert_null (rnl_model_downloads_start (downloads, account, "no name", &error));
  g_assert_error (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_BAD_REQUEST);
  g_clear_error (&error);
  first = rnl_model_downloads_start (downloads, account, "tiny", &error);
  g_assert_cmpuint (rnl_model_downloads_get_n_active (downloads), ==, 1);
  rnl_test_wait_for (all_idle, downloads);
  g_assert_cmpstr (log->str, ==, "tiny 0; ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 1);

  g_assert_true (rnl_model_downloads_start (downloads, account, "tiny", &error) == first);
  rnl_test_wait_for (all_idle, downloads);
  g_assert_cmpstr (log->str, ==, "tiny 0; tiny 1; ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 0);

  rnl_model_downloads_start (downloads, account, "other", &error);
  g_assert_cmpuint (rnl_model_downloads_get_n_active (downloads), ==, 1);
  rnl_accounts_remove (accounts, rnl_account_get_id (account));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (downloads)), ==, 0);
  g_assert_true (all_idle (downloads));
  g_assert_cmpstr (log->str, ==, "tiny 0; tiny 1; ");
  g_assert_finalize_object (downloads);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/pull-progress/sum", test_sum);
  g_test_add_func ("/pull-progress/monotone", test_monotone);
  g_test_add_func ("/pull-progress/random", test_random);
  g_test_add_func ("/pull-progress/rate", test_rate);
  g_test_add_func ("/model-download/whole", test_whole);
  g_test_add_func ("/model-download/dies", test_dies);
  g_test_add_func ("/model-download/stop", test_stop);
  g_test_add_func ("/model-download/stop-early", test_stop_early);
  g_test_add_func ("/model-download/idle", test_idle);
  g_test_add_func ("/model-download/failures", test_failures);
  g_test_add_func ("/model-library/names", test_names);
  g_test_add_func ("/model-library/list", test_list);
  g_test_add_func ("/model-library/delete", test_delete);
  g_test_add_func ("/model-downloads/list", test_downloads);

  return g_test_run ();
}
