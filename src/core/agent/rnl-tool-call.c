/* rnl-tool-call.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-call.h"

#include <string.h>

#include "rnl-final-answer.h"
#include "rnl-json-schema.h"
#include "rnl-json-value.h"
#include "rnl-part-extra.h"

/**
 * rnl_tool_call_new:
 * @part: a complete tool call
 *
 * Returns: (transfer full): a call that is not resolved yet
 */
RnlToolCall *
rnl_tool_call_new (RnlPart *part)
{
  RnlToolCall *self = g_new0 (RnlToolCall, 1);

  self->part = g_object_ref (part);

  return self;
}

void
rnl_tool_call_free (RnlToolCall *self)
{
  g_clear_object (&self->part);
  g_clear_object (&self->tool);
  g_clear_pointer (&self->arguments, json_object_unref);
  g_clear_error (&self->error);
  g_free (self->digest);
  g_free (self);
}

static gboolean
check_node (RnlToolCall *self, JsonNode *node, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (rnl_json_schema_check (rnl_tool_get_spec (self->tool)->parameters, node, &local))
    return TRUE;

  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS,
               "The arguments do not fit the tool \"%s\": %s. Correct them and call it again.",
               rnl_tool_get_name (self->tool), local->message);

  return FALSE;
}

static JsonObject *
parse_arguments (RnlToolCall *self, GError **error)
{
  const char *text = rnl_part_get_text (self->part);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;

  /* A call without arguments often comes with no text at all. */
  if (rnl_part_get_length (self->part) == 0)
    return json_object_new ();

  node = rnl_json_strict_parse (text, rnl_part_get_length (self->part), &local);
  if (node == NULL)
    {
      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS,
                   "The arguments are not valid JSON: %s", local->message);
      return NULL;
    }

  return check_node (self, node, error) ? json_node_dup_object (node) : NULL;
}

/* A call of the tool for the answer that is a call still did not give one. */
static gboolean
explain_answer (RnlToolCall *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) node = rnl_final_answer_parse (rnl_part_get_text (self->part), &local);

  g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_ARGUMENTS, "This is not a final answer: %s.",
               node == NULL ? local->message : "there is one already");

  return FALSE;
}

/**
 * rnl_tool_call_resolve:
 * @self: a call
 * @tools: the tools there are
 * @error: return location for an error
 *
 * Finds the tool and checks the arguments, strictly. Errors: `RNL_TOOL_ERROR_UNKNOWN`,
 * `RNL_TOOL_ERROR_ARGUMENTS`; their messages are what the model is told.
 *
 * Returns: whether the call can run
 */
gboolean
rnl_tool_call_resolve (RnlToolCall *self, RnlToolRegistry *tools, GError **error)
{
  const char *name = rnl_part_get_name (self->part);
  RnlTool *tool = name != NULL ? rnl_tool_registry_find (tools, name) : NULL;

  if (g_strcmp0 (name, RNL_FINAL_ANSWER_TOOL) == 0 && tool == NULL)
    return explain_answer (self, error);
  if (tool == NULL || !rnl_tool_registry_get_enabled (tools, name))
    {
      g_autofree char *names = rnl_tool_registry_dup_names (tools);

      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_UNKNOWN,
                   "\"%s\" is not a tool that can be used. There are: %s.",
                   name != NULL ? name : "", names);
      return FALSE;
    }

  g_set_object (&self->tool, tool);
  self->arguments = parse_arguments (self, error);

  return self->arguments != NULL;
}

/**
 * rnl_tool_call_check:
 * @self: a resolved call
 * @arguments: what it might run with
 * @error: return location for an error
 *
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS`.
 *
 * Returns: whether @arguments are what the tool's schema asks for
 */
gboolean
rnl_tool_call_check (RnlToolCall *self, JsonObject *arguments, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), arguments);

  return rnl_json_schema_check (rnl_tool_get_spec (self->tool)->parameters, node, error);
}

/**
 * rnl_tool_call_edit:
 * @self: a resolved call
 * @arguments: what it is to run with
 * @error: return location for an error
 *
 * Puts a person's arguments in place of the model's. The part says so, unless they are the same.
 * Errors: `RNL_TOOL_ERROR_ARGUMENTS`; nothing has changed then.
 *
 * Returns: whether they fit the tool
 */
gboolean
rnl_tool_call_edit (RnlToolCall *self, JsonObject *arguments, GError **error)
{
  g_autoptr (JsonNode) asked = json_node_init_object (json_node_alloc (), self->arguments);
  g_autoptr (JsonNode) edited = json_node_init_object (json_node_alloc (), arguments);
  g_autofree char *text = NULL;

  if (!rnl_tool_call_check (self, arguments, error))
    return FALSE;
  if (rnl_json_value_equal (asked, edited))
    return TRUE;

  text = rnl_json_to_string (edited, FALSE);
  rnl_part_set_extra_string (self->part, RNL_PART_EXTRA_EDITED, text);
  json_object_unref (self->arguments);
  self->arguments = json_node_dup_object (edited);

  return TRUE;
}

/**
 * rnl_tool_call_dup_digest:
 * @part: a tool call
 *
 * Returns: (transfer full): the SHA-256 of the tool's name, a zero byte, and the very bytes of the
 *   arguments, in hexadecimal
 */
char *
rnl_tool_call_dup_digest (RnlPart *part)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *name = rnl_part_get_name (part) != NULL ? rnl_part_get_name (part) : "";

  g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name) + 1);
  g_checksum_update (checksum, (const guchar *) rnl_part_get_text (part),
                     (gssize) rnl_part_get_length (part));

  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * rnl_tool_call_wait:
 * @self: a resolved call
 *
 * Makes it wait for a person, and remembers what they will be shown.
 */
void
rnl_tool_call_wait (RnlToolCall *self)
{
  g_free (self->digest);
  self->digest = rnl_tool_call_dup_digest (self->part);
  rnl_part_set_state (self->part, RNL_TOOL_WAITING);
}

/**
 * rnl_tool_call_is_unchanged:
 * @self: a call
 * @shown: (nullable): the digest of what a person was shown
 *
 * Returns: whether the call is, byte for byte, what began to wait, and what was shown; `TRUE` for a
 *   call that never waited
 */
gboolean
rnl_tool_call_is_unchanged (RnlToolCall *self, const char *shown)
{
  g_autofree char *now = NULL;

  if (self->digest == NULL)
    return TRUE;

  now = rnl_tool_call_dup_digest (self->part);

  return g_str_equal (now, self->digest) && (shown == NULL || g_str_equal (shown, now));
}

/**
 * rnl_tool_call_settle:
 * @part: a tool call
 * @state: a final state
 * @result: (nullable): what the model is told
 *
 * Gives a call its one result; does nothing when it has one. The result and the duration stand
 * before the state changes, so who watches the state finds them.
 */
void
rnl_tool_call_settle (RnlPart *part, RnlToolState state, const char *result)
{
  g_assert (rnl_tool_state_is_final (state));

  if (rnl_tool_state_is_final (rnl_part_get_state (part)))
    return;

  if (rnl_part_get_state (part) == RNL_TOOL_RUNNING)
    rnl_part_set_duration (part, g_get_real_time () - rnl_part_get_started (part));
  rnl_part_set_result (part, result);
  rnl_part_set_complete (part, TRUE);
  rnl_part_set_state (part, state);
}

/* What observers see as the input: an object wherever there is one, also of a call that cannot run.
 */
static JsonNode *
make_input (RnlToolCall *self)
{
  const char *text = rnl_part_get_text (self->part);
  g_autoptr (JsonNode) said = NULL;

  if (self->arguments != NULL)
    return json_node_init_object (json_node_alloc (), self->arguments);

  said = rnl_json_strict_parse (text, rnl_part_get_length (self->part), NULL);
  if (said != NULL && JSON_NODE_HOLDS_OBJECT (said))
    return g_steal_pointer (&said);

  return json_node_init_string (json_node_alloc (), text);
}

static RnlRun *
start_run (RnlToolCall *self, RnlRun *parent)
{
  const char *name = rnl_part_get_name (self->part);
  RnlRun *run = rnl_run_new (RNL_RUN_TOOL, name != NULL ? name : "unknown", parent, NULL);
  g_autoptr (JsonNode) input = make_input (self);

  rnl_run_set_tool_call_id (run, rnl_part_get_call_id (self->part));
  if (rnl_part_get_extra_string (self->part, RNL_PART_EXTRA_EDITED) != NULL)
    rnl_run_set_metadata (run, "original_arguments", rnl_part_get_text (self->part));
  rnl_run_start (run, input);

  return run;
}

/**
 * rnl_tool_call_reject:
 * @self: a call that has an error
 * @parent: the agent's run
 *
 * A failed step that everyone sees: the model as the result, the person in the card, observers as a
 * run that failed. What was refused is `RNL_TOOL_REFUSED`, all else `RNL_TOOL_FAILED`.
 */
void
rnl_tool_call_reject (RnlToolCall *self, RnlRun *parent)
{
  g_autoptr (RnlRun) run = start_run (self, parent);
  gboolean refused = g_error_matches (self->error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_NOT_ALLOWED);

  rnl_tool_call_settle (self->part, refused ? RNL_TOOL_REFUSED : RNL_TOOL_FAILED,
                        self->error->message);
  rnl_run_fail (run, self->error);
}

typedef struct
{
  RnlPart *part;
  RnlRun *run;
} ExecuteData;

static void
execute_data_free (ExecuteData *data)
{
  g_object_unref (data->part);
  g_object_unref (data->run);
  g_free (data);
}

static void
execute_call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ExecuteData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rnl_tool_call_finish (RNL_TOOL (source), result, &error);

  if (error == NULL)
    {
      g_autoptr (JsonNode) output = json_node_init_string (json_node_alloc (), text);

      rnl_tool_call_settle (data->part, RNL_TOOL_DONE, text);
      rnl_run_end (data->run, output);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      rnl_tool_call_settle (data->part, cancelled ? RNL_TOOL_CANCELLED : RNL_TOOL_FAILED,
                            error->message);
      rnl_run_fail (data->run, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/**
 * rnl_tool_call_execute_async:
 * @self: a resolved call; may be freed before the callback
 * @parent: the agent's run
 * @model: (nullable): the model the tool may ask
 * @cancellable: (nullable): the turn's
 * @callback: (scope async): called once, when the call has its result
 * @user_data: for @callback
 */
void
rnl_tool_call_execute_async (RnlToolCall *self,
                             RnlRun *parent,
                             RnlChatModel *model,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self->part, NULL, callback, user_data);
  ExecuteData *data = g_new0 (ExecuteData, 1);
  g_autoptr (RnlToolContext) context = NULL;

  g_task_set_source_tag (task, rnl_tool_call_execute_async);
  data->part = g_object_ref (self->part);
  data->run = start_run (self, parent);
  g_task_set_task_data (task, data, (GDestroyNotify) execute_data_free);

  rnl_part_set_started (self->part, g_get_real_time ());
  rnl_part_set_state (self->part, RNL_TOOL_RUNNING);
  context = rnl_tool_context_new (data->run, self->part, model);
  rnl_tool_call_async (self->tool, self->arguments, context, cancellable, execute_call_cb, task);
}

/**
 * rnl_tool_call_execute_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: the tool's own. The call has its result either way.
 *
 * Returns: whether the tool did what it was asked for
 */
gboolean
rnl_tool_call_execute_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_tool_call_execute_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
