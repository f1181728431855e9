/* rnl-final-answer.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-final-answer.h"

#include "rnl-json-schema.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"

/**
 * rnl_final_answer_new_spec:
 *
 * Returns: (transfer full): the tool as a model is told about it: `final_answer (answer: string,
 *   tools_used: [string])`
 */
RnlToolSpec *
rnl_final_answer_new_spec (void)
{
  return rnl_tool_spec_new (
    RNL_FINAL_ANSWER_TOOL, "Final answer",
    "Gives the final answer to the person and ends the turn. Call it when you know the answer, "
    "with "
    "the whole answer in Markdown and the names of the tools you used to find it.",
    "{\"type\": \"object\", \"properties\": {\"answer\": {\"type\": \"string\", \"description\":"
    " \"The answer, in Markdown\"}, \"tools_used\": {\"type\": \"array\", \"items\": {\"type\":"
    " \"string\"}, \"description\": \"Names of the tools that were used\"}}, \"required\":"
    " [\"answer\"]}");
}

/**
 * rnl_final_answer_parse:
 * @arguments: the text of a call's arguments, whole
 * @error: return location for an error
 *
 * Errors: `RNL_JSON_ERROR` when they are not JSON or not what the tool asks for.
 *
 * Returns: (transfer full) (nullable): `{answer, tools_used?}`
 */
JsonNode *
rnl_final_answer_parse (const char *arguments, GError **error)
{
  g_autoptr (RnlToolSpec) spec = rnl_final_answer_new_spec ();
  g_autoptr (JsonNode) node = rnl_json_strict_parse (arguments, -1, error);

  if (node == NULL || !rnl_json_schema_check (spec->parameters, node, error))
    return NULL;

  return g_steal_pointer (&node);
}

/**
 * rnl_final_answer_is:
 * @part: a part
 *
 * Returns: whether it is the text of a final answer that came by the tool
 */
gboolean
rnl_final_answer_is (RnlPart *part)
{
  return rnl_part_get_part_type (part) == RNL_PART_TEXT
         && rnl_part_get_extra (part, RNL_PART_EXTRA_FINAL) != NULL;
}

/**
 * rnl_final_answer_dup_tools_used:
 * @part: a part
 *
 * Returns: (transfer full) (array zero-terminated=1): the tools the model says it used; empty when
 *   it says nothing, or not yet
 */
char **
rnl_final_answer_dup_tools_used (RnlPart *part)
{
  JsonNode *node = rnl_part_get_extra (part, RNL_PART_EXTRA_TOOLS_USED);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (name));
    }

  return g_strv_builder_end (builder);
}

/**
 * rnl_final_answer_reduce:
 * @message: an answer of an earlier turn
 *
 * Returns: (transfer full): what a model is to remember of it: the final answer alone where there
 * is one, without the way to it; else @message itself
 */
RnlMessage *
rnl_final_answer_reduce (RnlMessage *message)
{
  g_autoptr (RnlMessage) reduced = NULL;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (!rnl_final_answer_is (part))
        continue;
      if (reduced == NULL)
        reduced = rnl_message_new (RNL_ROLE_ASSISTANT);
      rnl_message_add_part (reduced, part);
    }

  return reduced != NULL ? g_steal_pointer (&reduced) : g_object_ref (message);
}
