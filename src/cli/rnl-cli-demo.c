/* rnl-cli-demo.c: pipelines to look at: "runnel-cli demo"
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli.h"

#include <stdio.h>
#include <string.h>

#include "rnl-cli-demo-chains.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-retriever.h"
#include "rnl-value.h"

/* What the documents say when there is no folder. */
static const char *const texts[] = {
  "harrison worked at kensho",
  "harrison likes spicy food",
};

typedef struct
{
  /* options */
  char *model;
  char *folder;
  char *format;
  RnlEventFilter filter;

  const RnlDemo *demo;
  GMainLoop *loop;
  RnlFlow *flow;
  RnlDocumentIndex *index; /* nullable */
  GString *sources;
  GError *error;
  gboolean any;
} Demo;

static void
demo_clear (Demo *self)
{
  g_free (self->model);
  g_free (self->folder);
  g_free (self->format);
  rnl_event_filter_clear (&self->filter);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->flow);
  g_clear_object (&self->index);
  if (self->sources != NULL)
    g_string_free (self->sources, TRUE);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/* Output. */

static void
print_output (Demo *self, const RnlEvent *event)
{
  g_autofree char *json = NULL;
  const char *text = event->text;

  if (text == NULL && event->data != NULL)
    text = json = rnl_json_to_string (event->data, FALSE);
  if (text == NULL || *text == '\0')
    return;

  if (self->any)
    fputs (self->demo->separator, stdout);
  self->any = TRUE;
  fputs (text, stdout);
  fflush (stdout);
}

static void
keep_sources (Demo *self, JsonNode *data)
{
  JsonArray *documents
    = data != NULL && JSON_NODE_HOLDS_ARRAY (data) ? json_node_get_array (data) : NULL;

  if (documents == NULL && data != NULL)
    documents = rnl_json_object_get_array (rnl_json_node_get_object (data), "documents");
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++)
    {
      g_autofree char *line = rnl_json_to_string (json_array_get_element (documents, i), FALSE);

      g_string_append_printf (self->sources, "%u. %s\n", i + 1, line);
    }
}

static void
event_cb (RnlRun *run, const RnlEvent *event, Demo *self)
{
  if (g_strcmp0 (self->format, "events") == 0)
    {
      g_autofree char *line = NULL;

      if (rnl_event_filter_matches (&self->filter, event))
        {
          line = rnl_event_dup_json (event);
          puts (line);
          fflush (stdout);
        }
    }
  else if (event->run == run && event->kind == RNL_EVENT_STREAM)
    print_output (self, event);
  else if (event->kind == RNL_EVENT_CUSTOM
           && g_strcmp0 (event->name, RNL_RETRIEVER_SOURCES_EVENT) == 0)
    keep_sources (self, event->data);

  if (event->run == run && rnl_event_is_terminal (event))
    g_main_loop_quit (self->loop);
}

/* Documents. */

static void
add_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Demo *self = user_data;

  (void) rnl_document_index_add_text_finish (RNL_DOCUMENT_INDEX (source), result,
                                             self->error == NULL ? &self->error : NULL);
  g_main_loop_quit (self->loop);
}

static void
add_folder_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Demo *self = user_data;
  RnlIndexReport *report
    = rnl_document_index_add_folder_finish (RNL_DOCUMENT_INDEX (source), result, &self->error);

  for (gsize i = 0; report != NULL && report->skipped != NULL && report->skipped[i] != NULL; i++)
    g_printerr ("runnel-cli: skipped: %s\n", report->skipped[i]);
  g_clear_pointer (&report, rnl_index_report_free);
  g_main_loop_quit (self->loop);
}

static gboolean
read_documents (Demo *self)
{
  self->index = rnl_document_index_new (NULL);
  if (self->folder != NULL)
    {
      rnl_document_index_add_folder_async (self->index, self->folder, NULL, add_folder_cb, self);
      g_main_loop_run (self->loop);
      return self->error == NULL;
    }

  for (gsize i = 0; self->error == NULL && i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strdup_printf ("text %zu", i + 1);

      rnl_document_index_add_text_async (self->index, name, texts[i], NULL, add_text_cb, self);
      g_main_loop_run (self->loop);
    }

  return self->error == NULL;
}

/* The command. */

static RnlExit
run_demo (Demo *self, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlChatModel) model
    = rnl_chat_model_new_for_id (self->model != NULL ? self->model : "offline/helper", &error);
  g_autoptr (RnlPipeline) chain = NULL;
  g_autoptr (JsonNode) input = NULL;

  if (model == NULL)
    return rnl_cli_fail_error (RNL_EXIT_USAGE, g_steal_pointer (&error));

  self->loop = g_main_loop_new (NULL, FALSE);
  self->sources = g_string_new (NULL);
  if (rnl_demo_needs_documents (self->demo) && !read_documents (self))
    return rnl_cli_fail_error (RNL_EXIT_FAILED, g_steal_pointer (&self->error));

  chain = self->demo->new_chain (model, self->index);
  input = *words != '\0' ? rnl_value_new_text (words) : json_from_string (self->demo->input, NULL);
  self->flow = rnl_runnable_start (RNL_RUNNABLE (chain), input);
  g_signal_connect (rnl_flow_get_run (self->flow), "event", G_CALLBACK (event_cb), self);
  if (!rnl_flow_is_over (self->flow))
    g_main_loop_run (self->loop);

  if (self->any)
    fputs ("\n", stdout);
  if (self->sources->len > 0)
    g_print ("\nSources:\n%s", self->sources->str);
  if (rnl_flow_get_error (self->flow) != NULL)
    return rnl_cli_fail_error (RNL_EXIT_FAILED, g_error_copy (rnl_flow_get_error (self->flow)));

  return RNL_EXIT_OK;
}

static void
list_demos (void)
{
  gsize n_demos;
  const RnlDemo *demos = rnl_demo_list (&n_demos);

  for (gsize i = 0; i < n_demos; i++)
    g_print ("%-12s %s\n", demos[i].name, demos[i].summary);
}

RnlExit
rnl_cli_demo (int argc, char **argv)
{
  g_auto (Demo) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_STRING, &self.model, "Who answers (default: offline/helper)",
      "PROVIDER/MODEL" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &self.folder,
      "Documents to answer from: text, Markdown and PDF", "FOLDER" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self.format, "What to print (default: text)",
      "text|events" },
    { NULL },
  };

  if (!rnl_cli_parse_filtered (entries, &self.filter, "[NAME [INPUT]]", &argc, &argv, &error))
    return rnl_cli_fail_error (RNL_EXIT_USAGE, g_steal_pointer (&error));
  if (argc < 2)
    {
      list_demos ();
      return RNL_EXIT_OK;
    }

  self.demo = rnl_demo_find (argv[1]);
  if (self.demo == NULL)
    return rnl_cli_fail (RNL_EXIT_USAGE, "There is no demonstration \"%s\"", argv[1]);
  words = argc > 2 ? g_strjoinv (" ", argv + 2) : g_strdup ("");

  return run_demo (&self, words);
}
