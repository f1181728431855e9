/* rnl-trace-repeat.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-repeat.h"

#include "rnl-json-members.h"

static gboolean
has_elements (JsonObject *object, const char *member)
{
  JsonArray *array = rnl_json_object_get_array (object, member);

  return array != NULL && json_array_get_length (array) > 0;
}

/* Files that are no text are told of by name only. */
static gboolean
has_files (JsonArray *messages)
{
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = rnl_json_node_get_object (json_array_get_element (messages, i));

      if (has_elements (message, "files"))
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_trace_get_repeat:
 * @entry: an entry of a run's log, see [class@Runnel.RunLog]
 *
 * Returns: whether the call can be made again from what is in @entry alone, and why not
 */
RnlTraceRepeat
rnl_trace_get_repeat (JsonObject *entry)
{
  const char *type = rnl_json_object_get_string (entry, "type");
  JsonObject *input = rnl_json_object_get_object (entry, "inputs");
  JsonArray *messages = rnl_json_object_get_array (input, "messages");

  if (g_strcmp0 (type, "chat_model") != 0 && g_strcmp0 (type, "llm") != 0)
    return RNL_TRACE_REPEAT_NO_MODEL;
  if (messages == NULL && !has_elements (input, "prompts"))
    return RNL_TRACE_REPEAT_NO_INPUT;
  if (has_elements (rnl_json_object_get_object (entry, "final_output"), "tool_calls")
      && !has_elements (input, "tools"))
    return RNL_TRACE_REPEAT_NO_TOOLS;
  if (messages != NULL && has_files (messages))
    return RNL_TRACE_REPEAT_NO_FILES;

  return RNL_TRACE_REPEAT_YES;
}

/**
 * rnl_trace_repeat_get_reason:
 * @repeat: why not
 *
 * Returns: (transfer none) (nullable): the same in English; `NULL` for `RNL_TRACE_REPEAT_YES`
 */
const char *
rnl_trace_repeat_get_reason (RnlTraceRepeat repeat)
{
  switch (repeat)
    {
    case RNL_TRACE_REPEAT_NO_MODEL:
      return "it is no call of a model";
    case RNL_TRACE_REPEAT_NO_INPUT:
      return "what went in was not recorded";
    case RNL_TRACE_REPEAT_NO_TOOLS:
      return "what it was told of its tools was not recorded";
    case RNL_TRACE_REPEAT_NO_FILES:
      return "files that went in were not recorded";
    case RNL_TRACE_REPEAT_YES:
    default:
      return NULL;
    }
}
