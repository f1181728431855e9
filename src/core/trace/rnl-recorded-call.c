/* rnl-recorded-call.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-recorded-call.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-trace-repeat.h"

/* Which one. */

/* By its key in the log ("offline/helper:2"), its id, or the beginning of that. */
static gboolean
is_meant (const char *key, JsonObject *entry, const char *which)
{
  const char *id = rnl_json_object_get_string (entry, "id");

  return which == NULL || g_strcmp0 (key, which) == 0
         || (id != NULL && g_str_has_prefix (id, which));
}

/* Without a word from the person it is the last one that can be asked again: what answered. */
static JsonObject *
find_entry (JsonObject *root, const char *which, RnlTraceRepeat *repeat)
{
  JsonObject *logs = rnl_json_object_get_object (root, "logs");
  JsonObject *found = NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  *repeat = rnl_trace_get_repeat (root);
  if (is_meant (NULL, root, which) && *repeat != RNL_TRACE_REPEAT_NO_MODEL)
    found = root;
  if (logs == NULL)
    return found;
  json_object_iter_init_ordered (&iter, logs);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *entry = rnl_json_node_get_object (node);
      RnlTraceRepeat now = rnl_trace_get_repeat (entry);

      if (!is_meant (key, entry, which) || (which == NULL && now == RNL_TRACE_REPEAT_NO_MODEL)
          || (found != NULL && (which != NULL || now != RNL_TRACE_REPEAT_YES)))
        continue;
      found = entry;
      *repeat = now;
    }

  return found;
}

static const char *
get_parent (JsonObject *entry)
{
  JsonArray *parents = rnl_json_object_get_array (entry, "parent_ids");
  guint n = parents != NULL ? json_array_get_length (parents) : 0;
  JsonNode *last = n > 0 ? json_array_get_element (parents, n - 1) : NULL;

  return last != NULL && JSON_NODE_HOLDS_VALUE (last) ? json_node_get_string (last) : NULL;
}

/* What filled the template that is the step before @call in its pipeline. */
static JsonNode *
find_values (JsonObject *root, JsonObject *call)
{
  JsonObject *logs = rnl_json_object_get_object (root, "logs");
  const char *parent = get_parent (call);
  JsonNode *values = NULL, *node;
  JsonObjectIter iter;
  const char *key;

  if (logs == NULL || parent == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, logs);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *entry = rnl_json_node_get_object (node);

      if (entry == call)
        break;
      if (g_strcmp0 (rnl_json_object_get_string (entry, "type"), "prompt") == 0
          && g_strcmp0 (get_parent (entry), parent) == 0)
        values = rnl_json_object_get_value (entry, "inputs");
    }

  return values != NULL ? rnl_json_value_copy (values) : NULL;
}

/* What it answered. */

static void
append_calls (GString *answer, JsonArray *calls)
{
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *call = rnl_json_node_get_object (json_array_get_element (calls, i));
      const char *name = rnl_json_object_get_string (call, "name");
      JsonNode *args = rnl_json_object_get_value (call, "args");
      g_autofree char *text = args != NULL ? rnl_json_to_string (args, FALSE) : g_strdup ("");

      g_string_append_printf (answer, "%s[%s %s]", answer->len > 0 ? "\n" : "",
                              name != NULL ? name : "", text);
    }
}

/* Of a chat model, or of one of plain text. */
static char *
read_answer (JsonObject *output)
{
  JsonArray *prompts = rnl_json_object_get_array (output, "generations");
  JsonNode *first = prompts != NULL && json_array_get_length (prompts) > 0
                      ? json_array_get_element (prompts, 0)
                      : NULL;
  JsonArray *choices
    = first != NULL && JSON_NODE_HOLDS_ARRAY (first) ? json_node_get_array (first) : NULL;
  JsonObject *generation = choices != NULL && json_array_get_length (choices) > 0
                             ? rnl_json_node_get_object (json_array_get_element (choices, 0))
                             : NULL;
  const char *text = generation != NULL ? rnl_json_object_get_string (generation, "text")
                                        : rnl_json_object_get_string (output, "content");
  g_autoptr (GString) answer = g_string_new (text);

  append_calls (answer, rnl_json_object_get_array (output, "tool_calls"));

  return g_string_free (g_steal_pointer (&answer), FALSE);
}

/**
 * rnl_recorded_call_find:
 * @state: a whole log, as [func@Runnel.trace_load_state] gives it
 * @which: (nullable): the key of a run in it, its id, or the beginning of that; `NULL` for the last
 *   one that can be asked again
 * @error: return location for an error
 *
 * Errors: `RNL_TRACE_ERROR_NOT_FOUND` when there is no such run, `RNL_TRACE_ERROR_FORMAT` when it
 * cannot be asked again, with the reason.
 *
 * Returns: (transfer full) (nullable): the call
 */
RnlRecordedCall *
rnl_recorded_call_find (JsonNode *state, const char *which, GError **error)
{
  JsonObject *root = rnl_json_node_get_object (state), *usage, *entry;
  RnlTraceRepeat repeat = RNL_TRACE_REPEAT_NO_MODEL;
  RnlRecordedCall *self;

  entry = find_entry (root, which, &repeat);
  if (entry == NULL)
    {
      g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_NOT_FOUND,
                   which != NULL ? "There is no run “%s” in it" : "No model was asked in it%s",
                   which != NULL ? which : "");
      return NULL;
    }
  if (repeat != RNL_TRACE_REPEAT_YES)
    {
      g_set_error (error, RNL_TRACE_ERROR, RNL_TRACE_ERROR_FORMAT, "“%s” cannot be asked again: %s",
                   rnl_json_object_get_string (entry, "name"),
                   rnl_trace_repeat_get_reason (repeat));
      return NULL;
    }

  self = g_new0 (RnlRecordedCall, 1);
  usage = rnl_json_object_get_object (entry, "usage");
  self->id = g_strdup (rnl_json_object_get_string (entry, "id"));
  self->root_id = g_strdup (rnl_json_object_get_string (root, "id"));
  self->name = g_strdup (rnl_json_object_get_string (entry, "name"));
  self->input = rnl_json_value_copy (json_object_get_member (entry, "inputs"));
  self->values = find_values (root, entry);
  self->answer = read_answer (rnl_json_object_get_object (entry, "final_output"));
  self->duration = rnl_json_object_get_int (entry, "duration_us", -1);
  self->first_token = rnl_json_object_get_int (entry, "time_to_first_token_us", -1);
  self->input_tokens = rnl_json_object_get_int (usage, "input", -1);
  self->output_tokens = rnl_json_object_get_int (usage, "output", -1);

  return self;
}

/**
 * rnl_recorded_call_free:
 * @self: a call
 *
 * Frees it.
 */
void
rnl_recorded_call_free (RnlRecordedCall *self)
{
  g_free (self->id);
  g_free (self->root_id);
  g_free (self->name);
  json_node_unref (self->input);
  g_clear_pointer (&self->values, json_node_unref);
  g_free (self->answer);
  g_free (self);
}
