/* inner-tokens.c: prints only what a model inside a tool says, by its tag
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cc inner-tokens.c $(pkg-config --cflags --libs runnel-1) -o inner-tokens && ./inner-tokens */
#include <runnel.h>

#define QUESTION "Where is the cat hiding, and what items are there?"

static void
event_cb (RnlRun *run, const RnlEvent *event, gpointer user_data)
{
  g_autofree char *text = NULL;

  if (!rnl_event_filter_matches (user_data, event)
      || rnl_event_get_kind (event) != RNL_EVENT_STREAM)
    return;

  text = rnl_event_dup_text (event);
  if (text != NULL && *text != '\0')
    g_print ("%s|", text);
}

static void
ended_cb (RnlAgentRun *turn, gpointer user_data)
{
  g_print ("\n");
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RnlEventFilter) only = rnl_event_filter_new ();
  g_autoptr (RnlChatModel) model = rnl_chat_model_new_for_id ("offline/helper", NULL);
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (RNL_APPROVE_SAFE);
  g_autoptr (RnlAgent) agent = rnl_agent_new (model, tools, policy);
  g_autoptr (RnlAgentRun) turn = NULL;

  rnl_event_filter_include_tag (only, argc > 1 ? argv[1] : "hiding_spot");
  rnl_demo_tools_add (tools);
  turn = rnl_agent_ask (agent, QUESTION, NULL);
  g_signal_connect (rnl_agent_run_get_run (turn), "event", G_CALLBACK (event_cb), only);
  g_signal_connect (turn, "ended", G_CALLBACK (ended_cb), loop);
  g_main_loop_run (loop);

  return 0;
}
