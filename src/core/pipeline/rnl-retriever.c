/* rnl-retriever.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-retriever.h"

#include "rnl-flow-private.h"
#include "rnl-value.h"

/**
 * RnlRetriever:
 *
 * Finds the documents of an index that answer a question. Its input is text; its output, at once,
 * a list of `{id, text, metadata: {source, title, page?, start}, score}`, the best first.
 *
 * Its run has a start, with `{"query": TEXT}`, and an end, with the documents. The run around it
 * then says [const@Runnel.RETRIEVER_SOURCES_EVENT], so sources can be shown before the answer
 * comes.
 */
struct _RnlRetriever
{
  RnlRunnable parent_instance;

  /* owned */
  RnlDocumentIndex *index;

  guint limit;
};

G_DEFINE_FINAL_TYPE (RnlRetriever, rnl_retriever, RNL_TYPE_RUNNABLE)

static JsonNode *
documents_to_json (GPtrArray *documents)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < documents->len; i++)
    json_array_add_element (array, rnl_document_to_json (g_ptr_array_index (documents, i)));

  return rnl_value_take_array (array);
}

static JsonObject *
source_to_json (RnlDocument *document)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", rnl_document_get_id (document));
  json_object_set_string_member (object, "source", rnl_document_get_source (document));
  json_object_set_string_member (object, "title", rnl_document_get_title (document));
  if (rnl_document_get_page (document) > 0)
    json_object_set_int_member (object, "page", rnl_document_get_page (document));
  json_object_set_int_member (object, "start", (gint64) rnl_document_get_start (document));
  json_object_set_double_member (object, "score", rnl_document_get_score (document));

  return object;
}

static void
tell_sources (RnlRun *run, GPtrArray *documents)
{
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) sources = NULL;

  for (guint i = 0; i < documents->len; i++)
    json_array_add_object_element (array, source_to_json (g_ptr_array_index (documents, i)));
  sources = rnl_value_take_array (array);
  rnl_run_emit_custom (run, RNL_RETRIEVER_SOURCES_EVENT, sources);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlFlow) flow = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (JsonNode) output = NULL;
  RnlRun *parent = rnl_run_get_parent (rnl_flow_get_run (flow));

  documents = rnl_document_index_search_finish (RNL_DOCUMENT_INDEX (source), result, &error);
  if (documents == NULL)
    {
      rnl_flow_fail (flow, error);
      return;
    }
  if (rnl_flow_is_over (flow))
    return;

  if (parent != NULL)
    tell_sources (parent, documents);
  output = documents_to_json (documents);
  rnl_flow_end (flow, output);
}

static gboolean
rnl_retriever_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  if (rnl_value_get_message_text (input) == NULL)
    return rnl_value_refuse (input, "a retriever", "text", error);

  return TRUE;
}

static JsonNode *
rnl_retriever_describe_input (RnlRunnable *runnable, JsonNode *input)
{
  JsonObject *object = json_object_new ();
  const char *query = rnl_value_get_message_text (input);

  json_object_set_string_member (object, "query", query != NULL ? query : "");

  return rnl_value_take_object (object);
}

static void
rnl_retriever_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlRetriever *self = RNL_RETRIEVER (runnable);

  rnl_document_index_search_async (self->index, rnl_value_get_message_text (input), self->limit,
                                   rnl_flow_get_cancellable (flow), found_cb, g_object_ref (flow));
}

static void
rnl_retriever_finalize (GObject *object)
{
  g_object_unref (RNL_RETRIEVER (object)->index);

  G_OBJECT_CLASS (rnl_retriever_parent_class)->finalize (object);
}

static void
rnl_retriever_class_init (RnlRetrieverClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rnl_retriever_finalize;
  runnable_class->check_input = rnl_retriever_check_input;
  runnable_class->describe_input = rnl_retriever_describe_input;
  runnable_class->finish = rnl_retriever_finish;
}

static void
rnl_retriever_init (RnlRetriever *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_GIVES_WHOLE);
}

/**
 * rnl_retriever_new:
 * @index: what is asked
 * @limit: how many documents at most; 0 for `RNL_RETRIEVER_LIMIT`
 *
 * Returns: (transfer full): a step whose runs have the type `retriever`
 */
RnlRunnable *
rnl_retriever_new (RnlDocumentIndex *index, guint limit)
{
  RnlRetriever *self;

  g_return_val_if_fail (RNL_IS_DOCUMENT_INDEX (index), NULL);

  self = g_object_new (RNL_TYPE_RETRIEVER, "run-type", RNL_RUN_RETRIEVER, NULL);
  self->index = g_object_ref (index);
  self->limit = limit > 0 ? limit : RNL_RETRIEVER_LIMIT;

  return RNL_RUNNABLE (self);
}

/**
 * rnl_retriever_get_index:
 * @self: a retriever
 *
 * Returns: (transfer none): what is asked
 */
RnlDocumentIndex *
rnl_retriever_get_index (RnlRetriever *self)
{
  g_return_val_if_fail (RNL_IS_RETRIEVER (self), NULL);

  return self->index;
}
