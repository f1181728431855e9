/* retrieval.c: answers a question from two texts and says where the answer is from
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cc retrieval.c $(pkg-config --cflags --libs runnel-1) -o retrieval && ./retrieval */
#include <runnel.h>

static void
added_cb (GObject *index, GAsyncResult *result, gpointer user_data)
{
  rnl_document_index_add_text_finish (RNL_DOCUMENT_INDEX (index), result, NULL);
}

static void
event_cb (RnlRun *run, const RnlEvent *event, gpointer user_data)
{
  g_autofree char *json = NULL;

  if (rnl_event_get_kind (event) != RNL_EVENT_CUSTOM)
    return;

  json = json_to_string (rnl_event_get_data (event), FALSE);
  g_print ("%s: %s\n", rnl_event_get_name (event), json);
}

static void
output_cb (RnlFlow *flow, JsonNode *value, gpointer user_data)
{
  g_print ("%s", json_node_get_string (value));
}

static void
ended_cb (RnlFlow *flow, gpointer user_data)
{
  g_print ("\n");
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RnlChatModel) model = rnl_chat_model_new_for_id ("offline/helper", NULL);
  g_autoptr (RnlDocumentIndex) index = rnl_document_index_new (NULL);
  g_autoptr (RnlPipeline) chain = rnl_retrieval_chain_new (index, model, 1);
  g_autoptr (RnlFlow) flow = NULL;

  rnl_document_index_add_text_async (index, "people", "harrison worked at kensho", NULL, added_cb,
                                     NULL);
  rnl_document_index_add_text_async (index, "bears", "bears like to eat honey", NULL, added_cb,
                                     NULL);
  flow = rnl_runnable_start_text (RNL_RUNNABLE (chain), "where did harrison work?");
  g_signal_connect (rnl_flow_get_run (flow), "event", G_CALLBACK (event_cb), NULL);
  g_signal_connect (flow, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (flow, "ended", G_CALLBACK (ended_cb), loop);
  g_main_loop_run (loop);

  return 0;
}
