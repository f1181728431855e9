/* rnl-json-parser.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-parser.h"

#include "rnl-flow-private.h"
#include "rnl-partial-json.h"
#include "rnl-pipeline-error.h"
#include "rnl-value.h"

/**
 * RnlJsonParser:
 *
 * Reads JSON while a model writes it, in a fenced block or not. Each output is the whole value so
 * far, and differs from the one before; strings grow and members never vanish. Text that has no
 * value at its end is an error.
 */
struct _RnlJsonParser
{
  RnlRunnable parent_instance;
};

G_DEFINE_FINAL_TYPE (RnlJsonParser, rnl_json_parser, RNL_TYPE_RUNNABLE)

static JsonNode *snapshot (JsonNode *live);

static JsonNode *
snapshot_object (JsonObject *live)
{
  JsonObject *object = json_object_new ();
  guint left = json_object_get_size (live);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, live);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (object, name, --left == 0 ? snapshot (node) : json_node_ref (node));

  return rnl_value_take_object (object);
}

static JsonNode *
snapshot_array (JsonArray *live)
{
  guint length = json_array_get_length (live);
  JsonArray *array = json_array_sized_new (length);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (live, i);

      json_array_add_element (array, i + 1 == length ? snapshot (node) : json_node_ref (node));
    }

  return rnl_value_take_array (array);
}

/* What an observer may keep. Only the last member or element of what is open still grows; all
 * before it is shared between the snapshots. */
static JsonNode *
snapshot (JsonNode *live)
{
  if (JSON_NODE_HOLDS_OBJECT (live))
    return snapshot_object (json_node_get_object (live));
  if (JSON_NODE_HOLDS_ARRAY (live))
    return snapshot_array (json_node_get_array (live));

  return json_node_copy (live);
}

static RnlPartialJson *
ensure_reader (RnlFlow *flow)
{
  RnlPartialJson *reader = rnl_flow_get_state (flow);

  if (reader == NULL)
    {
      reader = rnl_partial_json_new_markdown ();
      rnl_flow_set_state (flow, reader, (GDestroyNotify) rnl_partial_json_free);
    }

  return reader;
}

static gboolean
rnl_json_parser_check_input (RnlRunnable *runnable, JsonNode *input, GError **error)
{
  if (rnl_value_get_message_text (input) == NULL)
    return rnl_value_refuse (input, "a JSON parser", "text or what a model says", error);

  return TRUE;
}

static void
rnl_json_parser_push (RnlRunnable *runnable, RnlFlow *flow, JsonNode *piece)
{
  RnlPartialJson *reader = ensure_reader (flow);
  g_autoptr (JsonNode) value = NULL;

  if (!rnl_partial_json_feed (reader, rnl_value_get_message_text (piece), -1))
    return;

  value = snapshot (rnl_partial_json_peek_value (reader));
  rnl_flow_emit (flow, value);
}

static void
rnl_json_parser_finish (RnlRunnable *runnable, RnlFlow *flow, JsonNode *input)
{
  RnlPartialJson *reader = ensure_reader (flow);
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (GError) error = NULL;

  if (rnl_partial_json_end (reader))
    {
      value = snapshot (rnl_partial_json_peek_value (reader));
      rnl_flow_end (flow, value);
      return;
    }

  error = g_error_new_literal (RNL_PIPELINE_ERROR, RNL_PIPELINE_ERROR_NOT_JSON,
                               "The text is not whole JSON.");
  rnl_flow_fail (flow, error);
}

static void
rnl_json_parser_class_init (RnlJsonParserClass *klass)
{
  RnlRunnableClass *runnable_class = RNL_RUNNABLE_CLASS (klass);

  runnable_class->check_input = rnl_json_parser_check_input;
  runnable_class->push = rnl_json_parser_push;
  runnable_class->finish = rnl_json_parser_finish;
}

static void
rnl_json_parser_init (RnlJsonParser *self)
{
  rnl_runnable_set_traits (RNL_RUNNABLE (self), RNL_RUNNABLE_PLAIN | RNL_RUNNABLE_GIVES_WHOLE);
}

/**
 * rnl_json_parser_new:
 *
 * Returns: (transfer full): a JSON parser
 */
RnlRunnable *
rnl_json_parser_new (void)
{
  return g_object_new (RNL_TYPE_JSON_PARSER, "run-type", RNL_RUN_PARSER, NULL);
}
