/* test-parameters.c: what a chat asks of its model besides its words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-model-button.h"
#include "rnl-parameters-window.h"
#include "rnl-test-server.h"
#include "window-fixture.h"

#define ANSWER                                                                                     \
  "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Yes.\"}, "                       \
  "\"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n"

static GtkWidget *
open_parameters (WindowFixture *fixture)
{
  GtkWidget *window;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.parameters", NULL));
  window = window_fixture_wait_toplevel (RNL_TYPE_PARAMETERS_WINDOW);
  window_fixture_wait_frames (window, 2);

  return window;
}

/* In the order in which they are shown: temperature, top-p, tokens, stop texts. */
static GtkWidget *
get_entry (GtkWidget *window, guint nth)
{
  return window_fixture_find (window, GTK_TYPE_ENTRY, nth);
}

static void
type (GtkWidget *window, guint nth, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (window, nth)), text);
}

static void
choose_effort (GtkWidget *window, guint position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_fixture_find (window, ADW_TYPE_COMBO_ROW, 0)),
                              position);
}

/* Only the picture beside the model's name is meant, not the arrow. */
static gboolean
has_sign (WindowFixture *fixture)
{
  GtkWidget *button = window_fixture_find (GTK_WIDGET (fixture->window), RNL_TYPE_MODEL_BUTTON, 0);
  GtkWidget *image;

  for (guint i = 0; (image = window_fixture_find (button, GTK_TYPE_IMAGE, i)) != NULL; i++)
    if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (image)), "document-properties-symbolic")
        == 0)
      return gtk_widget_get_visible (image);

  return FALSE;
}

/* What the server is asked besides (for its models) has no question in it. */
static JsonNode *
ask (WindowFixture *fixture, RnlTestServer *server, const char *question)
{
  JsonNode *body = NULL;

  rnl_test_server_push (server, &(RnlTestReply){ .body = ANSWER });
  window_fixture_ask (fixture, question);
  window_fixture_wait_idle (fixture);
  for (guint i = 0; i < rnl_test_server_get_n_requests (server) && body == NULL; i++)
    {
      const char *text = rnl_test_server_get_request (server, i)->body;

      if (text != NULL && strstr (text, question) != NULL)
        body = rnl_json_strict_parse (text, -1, NULL);
    }
  g_assert_nonnull (body);

  return body;
}

static void
assert_member (JsonNode *body, const char *name, const char *wanted)
{
  JsonNode *node = rnl_json_object_get_value (json_node_get_object (body), name);
  g_autofree char *text = node != NULL ? rnl_json_to_string (node, FALSE) : NULL;

  g_assert_cmpstr (text, ==, wanted);
}

static void
set_all (WindowFixture *fixture)
{
  GtkWidget *window = open_parameters (fixture);

  window_fixture_assert_named (window);
  window_fixture_assert_name (window_fixture_find (window, GTK_TYPE_LIST_BOX, 0), "Parameters");
  type (window, 0, "0,5");
  type (window, 1, "0.9");
  type (window, 2, "77");
  type (window, 3, "END, \\nYou:");
  choose_effort (window, 3);
  gtk_window_close (GTK_WINDOW (window));
}

/* From the next question on, and kept with the chat, until it is reset. */
static void
test_chat (void)
{
  WindowFixture fixture;
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) last = NULL;
  g_autoptr (RnlChat) chat = NULL;
  GtkWidget *window;

  window_fixture_open (&fixture);
  window_fixture_use_server (&fixture, url);
  g_assert_false (has_sign (&fixture));
  set_all (&fixture);
  g_assert_true (has_sign (&fixture));
  first = ask (&fixture, server, "Are you there?");
  assert_member (first, "temperature", "0.5");
  assert_member (first, "top_p", "0.9");
  assert_member (first, "max_tokens", "77");
  assert_member (first, "stop", "[\"END\",\"\\nYou:\"]");
  assert_member (first, "reasoning_effort", "\"low\"");

  window_fixture_close (&fixture);
  window_fixture_open (&fixture);
  g_assert_false (has_sign (&fixture));
  chat = g_list_model_get_item (window_fixture_list_chats (&fixture), 0);
  rnl_window_open_chat (fixture.window, chat);
  g_clear_object (&chat);
  g_assert_true (has_sign (&fixture));
  window = open_parameters (&fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (window, 0))), ==, "0.5");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (window, 3))), ==,
                   "END, \\nYou:");
  g_signal_emit_by_name (window_fixture_find_button (window, "_Reset"), "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (window, 0))), ==, "");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_false (has_sign (&fixture));
  last = ask (&fixture, server, "And now?");
  assert_member (last, "temperature", NULL);
  assert_member (last, "max_tokens", NULL);
  assert_member (last, "stop", NULL);
  assert_member (last, "reasoning_effort", NULL);
  window_fixture_done (&fixture);
}

/* What is no number in bounds is marked and not sent. */
static void
test_nonsense (void)
{
  static const char *const nonsense[] = { "hot", "-1", "2.1", "nan", "1 2" };
  WindowFixture fixture;
  g_autoptr (RnlTestServer) server = rnl_test_server_new ();
  g_autofree char *url = rnl_test_server_dup_url (server, "/v1");
  GtkWidget *window;

  window_fixture_open (&fixture);
  window_fixture_use_server (&fixture, url);
  window = open_parameters (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      type (window, 0, nonsense[i]);
      g_assert_true (gtk_widget_has_css_class (get_entry (window, 0), "error"));
      g_assert_false (has_sign (&fixture));
      type (window, 0, "2");
      g_assert_false (gtk_widget_has_css_class (get_entry (window, 0), "error"));
      g_assert_true (has_sign (&fixture));
    }
  type (window, 2, "1.5");
  g_assert_true (gtk_widget_has_css_class (get_entry (window, 2), "error"));
  gtk_window_close (GTK_WINDOW (window));
  window_fixture_done (&fixture);
}

/* A model that takes none: each row says so. */
static void
test_refused (void)
{
  WindowFixture fixture;
  GtkWidget *window;

  window_fixture_open (&fixture);
  window = open_parameters (&fixture);
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *row = gtk_widget_get_ancestor (get_entry (window, i), ADW_TYPE_ACTION_ROW);

      g_assert_false (gtk_widget_is_sensitive (get_entry (window, i)));
      g_assert_false (gtk_widget_is_sensitive (row));
    }
  g_assert_true (window_fixture_shows (window, "Offline helper does not take this"));
  g_assert_false (gtk_widget_is_sensitive (window_fixture_find_button (window, "_Reset")));
  gtk_window_close (GTK_WINDOW (window));
  window_fixture_done (&fixture);
}

int
main (int argc, char **argv)
{
  if (!window_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/parameters/chat", test_chat);
  g_test_add_func ("/parameters/nonsense", test_nonsense);
  g_test_add_func ("/parameters/refused", test_refused);

  return g_test_run ();
}
