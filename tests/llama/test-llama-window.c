/* test-llama-window.c: the window and a real llama.cpp server
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "llama-server.h"
#include "rnl-tool-card.h"
#include "rnl-transcript-view.h"
#include "window-fixture.h"

static const char *const usual[] = { "--predict", "600", NULL };
static const char *const endless[] = { "--ignore-eos", NULL };

typedef struct
{
  WindowFixture window;
  LlamaServer *server;
} Fixture;

/* All tools at once would be more than the small window of the model holds: it gets one, or none.
 */
static void
fixture_init (Fixture *fixture,
              const char *protocol,
              const char *const *options,
              const char *wanted)
{
  g_autofree char *url = NULL;
  RnlToolRegistry *tools;

  fixture->server = llama_server_start (options);
  url = llama_server_dup_url (fixture->server, "/v1");
  window_fixture_open (&fixture->window);
  window_fixture_use_protocol (&fixture->window, protocol, url);
  tools = rnl_workspace_get_tools (rnl_application_get_workspace (fixture->window.application));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tools)); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (G_LIST_MODEL (tools), i);

      rnl_tool_registry_set_enabled (tools, rnl_tool_get_name (tool),
                                     g_strcmp0 (rnl_tool_get_name (tool), wanted) == 0);
    }
}

static void
fixture_clear (Fixture *fixture)
{
  window_fixture_done (&fixture->window);
  llama_server_stop (fixture->server);
}

/* The last message: the answer. */
static RnlMessage *
dup_answer (Fixture *fixture)
{
  GListModel *messages
    = rnl_conversation_list_messages (rnl_window_get_conversation (fixture->window.window));

  return g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);
}

static guint
count_calls (RnlMessage *message, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      n += rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
           && g_strcmp0 (rnl_part_get_name (part), name) == 0;
    }

  return n;
}

/* The first call is forced by a grammar, its card is on screen, and the answer comes to an end. */
static void
test_call (gconstpointer protocol)
{
  Fixture fixture;
  RnlConversation *conversation;

  fixture_init (&fixture, protocol, usual, "add");
  conversation = rnl_window_get_conversation (fixture.window.window);
  rnl_conversation_set_final_answer_tool (conversation, TRUE);
  rnl_conversation_set_limits (conversation, 3, 0);
  for (guint round = 0, added = 0; added == 0; round++)
    {
      g_autoptr (RnlMessage) answer = NULL;

      window_fixture_ask (&fixture.window, "1 and 2");
      window_fixture_wait_idle (&fixture.window);
      answer = dup_answer (&fixture);
      if (rnl_message_get_error (answer) != NULL)
        g_error ("%s", rnl_message_get_error (answer)->message);
      g_assert_true (rnl_message_get_state (answer) == RNL_MESSAGE_COMPLETE
                     || rnl_message_get_state (answer) == RNL_MESSAGE_LIMIT);
      added = count_calls (answer, "add");
      /* It throws dice, in so far as which tool it takes. */
      g_assert_cmpuint (round, <, 20);
    }
  g_assert_nonnull (
    window_fixture_find (GTK_WIDGET (fixture.window.window), RNL_TYPE_TOOL_CARD, 0));
  fixture_clear (&fixture);
}

static gboolean
has_words (Fixture *fixture)
{
  g_autoptr (RnlMessage) answer = dup_answer (fixture);
  g_autofree char *text = rnl_message_dup_text (answer);

  return rnl_message_get_role (answer) == RNL_ROLE_ASSISTANT && strlen (text) > 20;
}

static gboolean
is_idle (LlamaServer *server)
{
  return !llama_server_is_busy (server);
}

/* Stop ends an answer that has no end, at both sides; what had come stays. */
static void
test_stop (gconstpointer protocol)
{
  Fixture fixture;
  g_autoptr (RnlMessage) answer = NULL;

  fixture_init (&fixture, protocol, endless, NULL);
  window_fixture_ask (&fixture.window, "Say words.");
  rnl_test_wait_for (has_words, &fixture);
  g_signal_emit_by_name (
    window_fixture_find_button (GTK_WIDGET (fixture.window.window), "Stop (Escape)"), "clicked");
  window_fixture_wait_idle (&fixture.window);
  answer = dup_answer (&fixture);
  g_assert_cmpint (rnl_message_get_state (answer), ==, RNL_MESSAGE_STOPPED);
  g_assert_true (has_words (&fixture));
  rnl_test_wait_for (is_idle, fixture.server);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  static const char *const protocols[] = { "openai-chat", "openai-responses", "anthropic" };

  if (!window_fixture_init (&argc, &argv) || !llama_server_is_there ())
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *call = g_strdup_printf ("/llama-window/%s/call", protocols[i]);
      g_autofree char *stop = g_strdup_printf ("/llama-window/%s/stop", protocols[i]);

      g_test_add_data_func (call, protocols[i], test_call);
      g_test_add_data_func (stop, protocols[i], test_stop);
    }

  return g_test_run ();
}
