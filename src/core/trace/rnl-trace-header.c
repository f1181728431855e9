/* rnl-trace-header.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-trace-header.h"

#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-run-scope.h"
#include "rnl-text.h"
#include "rnl-trace-error.h"

/* Characters of a question. */
#define MAX_QUESTION 200

/* What was in the file a replayed run comes from. */
#define KEPT "rnl-trace-header"

/**
 * rnl_trace_header_find_question:
 * @input: (nullable): what went into a root run
 *
 * Returns: (transfer none) (nullable): what a person said last in it
 */
const char *
rnl_trace_header_find_question (JsonNode *input)
{
  JsonArray *messages = rnl_json_object_get_array (rnl_json_node_get_object (input), "messages");

  for (guint i = messages != NULL ? json_array_get_length (messages) : 0; i > 0; i--)
    {
      JsonObject *message = rnl_json_node_get_object (json_array_get_element (messages, i - 1));

      if (g_strcmp0 (rnl_json_object_get_string (message, "role"), "user") == 0)
        return rnl_json_object_get_string (message, "content");
    }

  return NULL;
}

/* The conversation: a scope of its own, named by its id. */
static void
add_session (JsonObject *header, RnlRun *run)
{
  RnlRunScope *scope = rnl_run_get_scope (run);
  JsonObject *session;

  if (scope == NULL || rnl_run_scope_get_parent (scope) == NULL
      || rnl_run_scope_get_name (scope) == NULL)
    return;
  session = json_object_new ();
  json_object_set_string_member (session, "id", rnl_run_scope_get_name (scope));
  json_object_set_object_member (header, "session", session);
}

static JsonNode *
make_trace_header (const RnlEvent *event)
{
  JsonObject *header = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  const char *question = rnl_trace_header_find_question (event->data);
  g_autofree char *line = question != NULL ? rnl_text_first_line (question, MAX_QUESTION) : NULL;

  json_object_set_int_member (header, "version", RNL_TRACE_VERSION);
  json_object_set_string_member (header, "program", "runnel " RNL_VERSION);
  if (line != NULL)
    json_object_set_string_member (header, "question", line);
  add_session (header, event->run);
  json_node_take_object (node, header);

  return node;
}

/**
 * rnl_trace_header_new:
 * @event: the `START` of a root run
 *
 * Returns: (transfer full) (nullable): `{version, program, question?, session?}`, which a log has
 *   as `trace`; of a replayed run what its file had, `NULL` when that had none
 */
JsonNode *
rnl_trace_header_new (const RnlEvent *event)
{
  JsonNode *kept = g_object_get_data (G_OBJECT (event->run), KEPT);

  if (event->recorded == NULL)
    return make_trace_header (event);

  return kept != NULL ? rnl_json_value_copy (kept) : NULL;
}

/**
 * rnl_trace_header_keep:
 * @run: a run that is read from a file
 * @header: (nullable): the `trace` of its log
 *
 * Its log is to have the same one when it happens again.
 */
void
rnl_trace_header_keep (RnlRun *run, JsonNode *header)
{
  if (header != NULL)
    g_object_set_data_full (G_OBJECT (run), KEPT, json_node_ref (header),
                            (GDestroyNotify) json_node_unref);
}
