/* ask.c: asks an agent and prints its answer, token by token
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cc ask.c $(pkg-config --cflags --libs runnel-1) -o ask && ./ask "What is 10 + 10?" */
#include <runnel.h>

static void
text_delta_cb (RnlAgentRun *turn, guint64 offset, const char *text, gpointer user_data)
{
  g_print ("%s", text);
}

static void
ended_cb (RnlAgentRun *turn, gpointer user_data)
{
  const GError *error = rnl_message_get_error (rnl_agent_run_get_message (turn));

  if (error != NULL)
    g_printerr ("%s", error->message);
  g_print ("\n");
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) model = rnl_chat_model_new_for_id ("offline/helper", &error);
  g_autoptr (RnlToolRegistry) tools = rnl_tool_registry_new ();
  g_autoptr (RnlPermissionPolicy) policy = rnl_permission_policy_new (RNL_APPROVE_SAFE);
  g_autoptr (RnlAgent) agent = NULL;
  g_autoptr (RnlAgentRun) turn = NULL;

  if (model == NULL)
    g_error ("%s", error->message);

  rnl_arithmetic_tools_add (tools);
  agent = rnl_agent_new (model, tools, policy);
  turn = rnl_agent_ask (agent, argc > 1 ? argv[1] : "What is 10 + 10?", NULL);
  g_signal_connect (turn, "text-delta", G_CALLBACK (text_delta_cb), NULL);
  g_signal_connect (turn, "ended", G_CALLBACK (ended_cb), loop);
  g_main_loop_run (loop);

  return 0;
}
