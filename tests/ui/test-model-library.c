/* test-model-library.c: the models of a server in the form of its account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-account-window.h"
#include "rnl-download-row.h"
#include "rnl-model-library-group.h"
#include "rnl-test-server.h"
#include "rnl-toasts.h"
#include "window-fixture.h"

#define NDJSON "application/x-ndjson"

#define TWO                                                                                        \
  "{\"models\":[{\"name\":\"large:70b\",\"size\":42000000000},{\"name\":\"small:1b\",\"size\":"    \
  "815000000}]}"
#define BEGIN                                                                                      \
  "{\"status\":\"pulling manifest\"}\n"                                                            \
  "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":2000000,\"completed\":900000}\n"
#define REST                                                                                       \
  "{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":2000000,\"completed\":2000000}\n"          \
  "{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"success\"}\n"

typedef struct
{
  WindowFixture window;
  RnlTestServer *server;
  RnlAccount *account;
  GtkWidget *form;
  gint n_pulls;
  gint n_deletes;
} Fixture;

/* The first time a model is fetched it stands still, the second time it comes. */
static void
answer (const RnlTestRequest *request, RnlTestReply *reply, gpointer user_data)
{
  Fixture *fixture = user_data;

  reply->content_type = NDJSON;
  if (g_str_equal (request->path, "/api/tags"))
    reply->body = TWO;
  else if (g_str_equal (request->method, "DELETE"))
    {
      g_atomic_int_inc (&fixture->n_deletes);
      reply->framing = RNL_TEST_LENGTH;
    }
  else if (g_atomic_int_add (&fixture->n_pulls, 1) == 0)
    {
      reply->body = BEGIN;
      reply->ending = RNL_TEST_SILENCE;
    }
  else
    reply->body = BEGIN REST;
}

static RnlModelDownloads *
get_downloads (Fixture *fixture)
{
  return rnl_workspace_get_downloads (rnl_application_get_workspace (fixture->window.application));
}

static void
open_form (Fixture *fixture)
{
  RnlWorkspace *workspace = rnl_application_get_workspace (fixture->window.application);

  fixture->form = rnl_account_window_new (workspace, fixture->account);
  gtk_window_set_transient_for (GTK_WINDOW (fixture->form), GTK_WINDOW (fixture->window.window));
  gtk_window_present (GTK_WINDOW (fixture->form));
  window_fixture_wait_text (fixture->form, "small:1b");
}

static void
close_form (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->form)));
}

static void
fixture_init (Fixture *fixture)
{
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  *fixture = (Fixture){ .server = rnl_test_server_new () };
  url = rnl_test_server_dup_url (fixture->server, "");
  rnl_test_server_set_handler (fixture->server, answer, fixture);
  window_fixture_open (&fixture->window);
  fixture->account = rnl_accounts_add (
    rnl_workspace_get_accounts (rnl_application_get_workspace (fixture->window.application)), "Box",
    "ollama", url, &error);
  g_assert_no_error (error);
  open_form (fixture);
}

static void
fixture_clear (Fixture *fixture)
{
  if (fixture->form != NULL)
    close_form (fixture);
  window_fixture_done (&fixture->window);
  rnl_test_server_free (fixture->server);
}

static void
click (GtkWidget *root, const char *name)
{
  GtkWidget *button = window_fixture_find_button (root, name);

  if (button == NULL)
    g_error ("There is no button “%s”", name);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_deleted (Fixture *fixture)
{
  return g_atomic_int_get (&fixture->n_deletes) == 1;
}

/* What is deleted disappears, and comes back with Undo; until then the server knows nothing. */
static void
test_undo (void)
{
  Fixture fixture;
  GtkWidget *group;

  fixture_init (&fixture);
  window_fixture_assert_named (fixture.form);
  window_fixture_wait_text (fixture.form, "42.0\302\240GB");
  group = window_fixture_find (fixture.form, RNL_TYPE_MODEL_LIBRARY_GROUP, 0);
  click (group, "Delete small:1b");
  g_assert_null (window_fixture_find_button (group, "Delete small:1b"));
  window_fixture_wait_text (fixture.form, "“small:1b” deleted");
  g_assert_cmpstr (rnl_announcer_get_last (rnl_toasts_get_announcer (fixture.form)), ==,
                   "“small:1b” deleted");
  click (fixture.form, "_Undo");
  g_assert_nonnull (window_fixture_find_button (group, "Delete small:1b"));
  g_assert_cmpint (g_atomic_int_get (&fixture.n_deletes), ==, 0);
  fixture_clear (&fixture);
}

/* The toast goes with the window, and with it the last chance. */
static void
test_delete (void)
{
  Fixture fixture;
  const RnlTestRequest *request;

  fixture_init (&fixture);
  click (fixture.form, "Delete small:1b");
  g_assert_cmpint (g_atomic_int_get (&fixture.n_deletes), ==, 0);
  close_form (&fixture);
  rnl_test_wait_for (is_deleted, &fixture);
  request = rnl_test_server_get_request (fixture.server,
                                         rnl_test_server_get_n_requests (fixture.server) - 1);
  g_assert_cmpstr (request->body, ==, "{\"model\":\"small:1b\"}");
  fixture_clear (&fixture);
}

static GtkWidget *
find_name_row (Fixture *fixture)
{
  GtkWidget *group = window_fixture_find (fixture->form, RNL_TYPE_MODEL_LIBRARY_GROUP, 0);

  return window_fixture_find (group, ADW_TYPE_ENTRY_ROW, 0);
}

static void
apply (Fixture *fixture, const char *name)
{
  GtkWidget *row = find_name_row (fixture);

  gtk_editable_set_text (GTK_EDITABLE (row), name);
  g_signal_emit_by_name (row, "apply");
}

static gboolean
is_idle (RnlModelDownloads *downloads)
{
  return rnl_model_downloads_get_n_active (downloads) == 0;
}

/* A wrong name is told at once; a right one gets a row with a bar, Cancel, and then Resume. */
static void
test_download (void)
{
  Fixture fixture;
  GtkWidget *row;
  GtkProgressBar *bar;

  fixture_init (&fixture);
  apply (&fixture, "two words");
  g_assert_true (gtk_widget_has_css_class (find_name_row (&fixture), "error"));
  window_fixture_wait_text (fixture.form, "no name of a model");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_downloads (&fixture))), ==, 0);

  apply (&fixture, " tiny:1b ");
  g_assert_false (gtk_widget_has_css_class (find_name_row (&fixture), "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_name_row (&fixture))), ==, "");
  window_fixture_wait_text (fixture.form, "900.0\302\240kB of 2.0\302\240MB");
  row = window_fixture_find (fixture.form, RNL_TYPE_DOWNLOAD_ROW, 0);
  window_fixture_assert_named (row);
  bar = GTK_PROGRESS_BAR (window_fixture_find (row, GTK_TYPE_PROGRESS_BAR, 0));
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (bar), 0.45, 1e-9);
  gtk_widget_activate_action (row, "download.cancel", NULL);
  window_fixture_wait_text (fixture.form, "Stopped at 900.0\302\240kB");
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (bar), 0.45, 1e-9);

  gtk_widget_activate_action (row, "download.resume", NULL);
  rnl_test_wait_for (is_idle, get_downloads (&fixture));
  g_assert_null (window_fixture_find (fixture.form, RNL_TYPE_DOWNLOAD_ROW, 0));
  g_assert_cmpint (g_atomic_int_get (&fixture.n_pulls), ==, 2);
  fixture_clear (&fixture);
}

/* A download is not the window's. */
static void
test_goes_on (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  apply (&fixture, "tiny:1b");
  window_fixture_wait_text (fixture.form, "900.0");
  close_form (&fixture);
  window_fixture_wait_frames (GTK_WIDGET (fixture.window.window), 3);
  g_assert_cmpuint (rnl_model_downloads_get_n_active (get_downloads (&fixture)), ==, 1);
  /* The program does not end with its last window. */
  g_assert_nonnull (g_object_get_data (G_OBJECT (fixture.window.application), "rnl-held"));
  open_form (&fixture);
  window_fixture_wait_text (fixture.form, "900.0");
  gtk_widget_activate_action (window_fixture_find (fixture.form, RNL_TYPE_DOWNLOAD_ROW, 0),
                              "download.cancel", NULL);
  rnl_test_wait_for (is_idle, get_downloads (&fixture));
  g_assert_null (g_object_get_data (G_OBJECT (fixture.window.application), "rnl-held"));
  gtk_widget_activate_action (window_fixture_find (fixture.form, RNL_TYPE_DOWNLOAD_ROW, 0),
                              "download.forget", NULL);
  g_assert_null (window_fixture_find (fixture.form, RNL_TYPE_DOWNLOAD_ROW, 0));
  fixture_clear (&fixture);
}

static const struct
{
  const char *body;
  const char *text;
} troubles[] = {
  { BEGIN "{\"error\":\"write x: no space left on device\"}\n", "The disk of the server is full" },
  { "{\"error\":\"pull model manifest: file does not exist\"}\n", "There is no such model" },
  { BEGIN, "The server is away" },
};

/* What went wrong stands in the row, with Resume beside it. */
static void
test_trouble (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      Fixture fixture;

      fixture_init (&fixture);
      rnl_test_server_push (fixture.server,
                            &(RnlTestReply){ .content_type = NDJSON, .body = troubles[i].body });
      apply (&fixture, "tiny:1b");
      window_fixture_wait_text (fixture.form, troubles[i].text);
      g_assert_true (gtk_widget_get_visible (window_fixture_find_button (fixture.form, "Resume")));
      fixture_clear (&fixture);
    }
}

/* Nobody else's account has such a list. */
static void
test_others (void)
{
  Fixture fixture;
  GtkWidget *group;

  fixture_init (&fixture);
  close_form (&fixture);
  rnl_account_set_protocol (fixture.account, "openai-chat");
  fixture.form = rnl_account_window_new (rnl_application_get_workspace (fixture.window.application),
                                         fixture.account);
  gtk_window_present (GTK_WINDOW (fixture.form));
  group = window_fixture_find (fixture.form, RNL_TYPE_MODEL_LIBRARY_GROUP, 0);
  g_assert_false (gtk_widget_get_visible (group));
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/model-library/undo", test_undo);
  g_test_add_func ("/model-library/delete", test_delete);
  g_test_add_func ("/model-library/download", test_download);
  g_test_add_func ("/model-library/goes-on", test_goes_on);
  g_test_add_func ("/model-library/trouble", test_trouble);
  g_test_add_func ("/model-library/others", test_others);

  return g_test_run ();
}
