/* rnl-cli-demo-chains.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-cli-demo-chains.h"

#include "rnl-function-transform.h"
#include "rnl-json-members.h"
#include "rnl-json-parser.h"
#include "rnl-model-step.h"
#include "rnl-prompt-template.h"
#include "rnl-retrieval-chain.h"
#include "rnl-stream-transform.h"
#include "rnl-text-parser.h"
#include "rnl-value.h"

#define COUNTRIES                                                                                  \
  "\"output a list of the countries france, spain and japan and their populations in JSON "        \
  "format. Use a dict with an outer key of \\\"countries\\\" which contains a list of countries. " \
  "Each country should have the key `name` and `population`\""

#define SEEN "rnl-names-seen"

/* `prompt | model | parser`: tokens leave the last step while the first answer still comes. */
static RnlPipeline *
new_joke (RnlChatModel *model, RnlDocumentIndex *index)
{
  RnlPipeline *chain = rnl_pipeline_new ();
  g_autoptr (RnlPromptTemplate) prompt
    = rnl_prompt_template_new ("tell me a joke about {topic}", NULL);
  g_autoptr (RnlRunnable) step = rnl_model_step_new (model);
  g_autoptr (RnlRunnable) parser = rnl_text_parser_new ();

  rnl_pipeline_add (chain, RNL_RUNNABLE (prompt));
  rnl_pipeline_add (chain, step);
  rnl_pipeline_add (chain, parser);

  return chain;
}

/* `model | JSON parser`: a value that grows. */
static RnlPipeline *
new_countries (RnlChatModel *model, RnlDocumentIndex *index)
{
  RnlPipeline *chain = rnl_pipeline_new ();
  g_autoptr (RnlRunnable) step = rnl_model_step_new (model);
  g_autoptr (RnlRunnable) parser = rnl_json_parser_new ();

  rnl_pipeline_add (chain, step);
  rnl_pipeline_add (chain, parser);

  return chain;
}

/* The name at POSITION of the countries so far, NULL when there is none yet. */
static const char *
get_name (JsonNode *value, guint position)
{
  JsonArray *countries = rnl_json_object_get_array (rnl_json_node_get_object (value), "countries");

  if (countries == NULL || position >= json_array_get_length (countries))
    return NULL;

  return rnl_json_object_get_string (
    rnl_json_node_get_object (json_array_get_element (countries, position)), "name");
}

static JsonNode *
extract_names (JsonNode *input, gpointer user_data, GError **error)
{
  JsonArray *names = json_array_new ();
  const char *name;

  for (guint i = 0; (name = get_name (input, i)) != NULL; i++)
    json_array_add_string_element (names, name);

  return rnl_value_take_array (names);
}

/* A name is whole when something stands behind it: the next member, the next country, the end. */
static gboolean
stream_names (JsonNode *input, RnlFlow *flow, gpointer user_data, GError **error)
{
  GPtrArray *seen = g_object_get_data (G_OBJECT (flow), SEEN);
  const char *name;

  if (seen == NULL)
    {
      seen = g_ptr_array_new_with_free_func (g_free);
      g_object_set_data_full (G_OBJECT (flow), SEEN, seen, (GDestroyNotify) g_ptr_array_unref);
    }
  while (input != NULL && (name = get_name (input, seen->len)) != NULL && *name != '\0')
    {
      rnl_flow_emit_text (flow, name);
      g_ptr_array_add (seen, g_strdup (name));
    }

  return TRUE;
}

static RnlPipeline *
new_names_whole (RnlChatModel *model, RnlDocumentIndex *index)
{
  RnlPipeline *chain = new_countries (model, index);
  g_autoptr (RnlRunnable) names = rnl_function_transform_new (extract_names, NULL, NULL);

  rnl_runnable_set_name (names, "extract_names");
  rnl_pipeline_add (chain, names);

  return chain;
}

static RnlPipeline *
new_names (RnlChatModel *model, RnlDocumentIndex *index)
{
  RnlPipeline *chain = new_countries (model, index);
  g_autoptr (RnlRunnable) names = rnl_stream_transform_new (stream_names, NULL, NULL);

  rnl_runnable_set_name (names, "stream_names");
  rnl_pipeline_add (chain, names);

  return chain;
}

static RnlPipeline *
new_documents (RnlChatModel *model, RnlDocumentIndex *index)
{
  return rnl_retrieval_chain_new (index, model, 0);
}

static const RnlDemo demos[] = {
  { "joke", "prompt | model | text parser: tokens, as they come", "{\"topic\": \"parrot\"}", "|",
    new_joke },
  { "countries", "model | JSON parser: a value that grows", COUNTRIES, "\n", new_countries },
  { "names-whole", "... | function: one output, at the end", COUNTRIES, "|", new_names_whole },
  { "names", "... | stream transform: each name once, before the JSON ends", COUNTRIES, "|",
    new_names },
  { "documents", "{retriever, question} | prompt | model | parser, and the sources",
    "\"where did harrison work?\"", "", new_documents },
};

const RnlDemo *
rnl_demo_list (gsize *n_demos)
{
  *n_demos = G_N_ELEMENTS (demos);

  return demos;
}

const RnlDemo *
rnl_demo_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (demos); i++)
    if (g_str_equal (demos[i].name, name))
      return &demos[i];

  return NULL;
}

gboolean
rnl_demo_needs_documents (const RnlDemo *demo)
{
  return demo->new_chain == new_documents;
}
