/* test-cli-attach.c: files that go along with a question
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-harness.h"
#include "rnl-test-server.h"
#include "rnl-test.h"

static const guchar dot[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00 };

static char *
make_file (const char *name, gconstpointer bytes, gsize length)
{
  char *path = g_build_filename (rnl_test_tmp_dir (), name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  return path;
}

/* A file, and what stands on standard input beside a prompt. */
static void
test_both (void)
{
  g_autofree char *path = make_file ("notes.txt", "Buy milk.\n", 10);
  g_autoptr (CliResult) result
    = cli_run ("Piped words.\n", NULL, "ask", "--attach", path, "What came along?", NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out->str, "notes.txt"));
  g_assert_nonnull (strstr (result->out->str, "Buy milk."));
  g_assert_nonnull (strstr (result->out->str, "standard input"));
  g_assert_nonnull (strstr (result->out->str, "Piped words."));
}

static void
assert_usage (const char *path, const char *word)
{
  g_autoptr (CliResult) result = cli_run (NULL, NULL, "ask", "-a", path, "What is it?", NULL);

  g_assert_cmpint (result->status, ==, 2);
  g_assert_cmpstr (result->out->str, ==, "");
  g_assert_nonnull (strstr (result->err->str, word));
}

static void
test_refused (void)
{
  g_autofree char *binary = make_file ("a.out",
                                       "\x7f"
                                       "ELF\0\0",
                                       6);
  g_autofree char *empty = make_file ("empty.txt", "", 0);

  assert_usage (binary, "“a.out” is neither text nor a PNG");
  assert_usage (empty, "“empty.txt” is empty");
  assert_usage (rnl_test_tmp_dir (), "is a folder");
  assert_usage ("/nowhere/at/all.txt", "all.txt");
}

/* The bytes go where the protocol wants them; what it has no place for is refused unsent. */
static void
test_sent (void)
{
  g_autofree char *image = make_file ("dot.png", dot, sizeof dot);
  g_autofree char *pdf = make_file ("scan.pdf", "%PDF-1.7", 8);
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "");
  g_autoptr (CliResult) seen = NULL;
  g_autoptr (CliResult) refused = NULL;
  guint n_requests;

  rnl_test_server_push (
    server, &(RnlTestReply){ .content_type = "application/x-ndjson",
                             .body = "{\"message\":{\"role\":\"assistant\",\"content\":\"A dot.\"},"
                                     "\"done\":true,\"done_reason\":\"stop\"}\n" });
  seen = cli_run (NULL, NULL, "ask", "--protocol", "ollama", "--base-url", url, "--model", "tiny",
                  "--attach", image, "What is it?", NULL);
  g_assert_cmpint (seen->status, ==, 0);
  g_assert_cmpstr (seen->out->str, ==, "A dot.\n");
  /* Before it, the server was asked what the model can. */
  n_requests = rnl_test_server_get_n_requests (server);
  g_assert_nonnull (strstr (rnl_test_server_get_request (server, n_requests - 1)->body,
                            "\"images\":[\"iVBORw0KGgoAAA==\"]"));

  refused = cli_run (NULL, NULL, "ask", "--protocol", "ollama", "--base-url", url, "--model",
                     "tiny", "--attach", pdf, "What is it?", NULL);
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_nonnull (strstr (refused->err->str, "“scan.pdf” is a PDF"));
  g_assert_cmpuint (rnl_test_server_get_n_requests (server), ==, n_requests);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  rnl_test_use_own_home ();
  cli_set_program (argv[1]);
  g_setenv ("RUNNEL_OFFLINE_PACE", "0", TRUE);
  g_test_add_func ("/cli/attach/both", test_both);
  g_test_add_func ("/cli/attach/refused", test_refused);
  g_test_add_func ("/cli/attach/sent", test_sent);

  return g_test_run ();
}
