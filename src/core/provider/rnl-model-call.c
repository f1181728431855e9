/* rnl-model-call.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-call.h"

#include "rnl-final-answer.h"
#include "rnl-message-fold.h"

typedef struct
{
  /* owned */
  RnlRun *run;
  RnlChatRequest *request;
  RnlMessageFold *fold;

  /* borrowed until the callback */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
} CallData;

static void
call_data_free (CallData *data)
{
  g_object_unref (data->run);
  rnl_chat_request_unref (data->request);
  rnl_message_fold_free (data->fold);
  g_free (data);
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  CallData *data = user_data;

  /* A turn that was stopped does not grow any more, whatever is still on its way. */
  if (rnl_run_is_over (data->run))
    return;

  rnl_run_stream_chunk (data->run, chunk);
  rnl_message_fold_chunk (data->fold, chunk);
  if (data->on_chunk != NULL)
    data->on_chunk (chunk, data->chunk_data);
}

static JsonObject *
call_to_json (RnlPart *part)
{
  JsonObject *call = json_object_new ();

  json_object_set_string_member (call, "id", rnl_part_get_call_id (part));
  json_object_set_string_member (call, "name",
                                 rnl_part_get_name (part) != NULL ? rnl_part_get_name (part) : "");
  json_object_set_string_member (call, "args", rnl_part_get_text (part));

  return call;
}

static JsonNode *
output_to_json (CallData *data)
{
  RnlMessage *message = rnl_message_fold_get_message (data->fold);
  g_autoptr (GString) content = g_string_new (NULL);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *calls = json_array_new ();

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_part_get_step (part) != rnl_message_fold_get_step (data->fold))
        continue;
      if (rnl_part_get_part_type (part) == RNL_PART_TEXT && !rnl_final_answer_is (part))
        g_string_append_len (content, rnl_part_get_text (part),
                             (gssize) rnl_part_get_length (part));
      else if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
        json_array_add_object_element (calls, call_to_json (part));
    }

  if (rnl_message_fold_get_answer_call (data->fold) != NULL)
    json_array_add_object_element (calls,
                                   call_to_json (rnl_message_fold_get_answer_call (data->fold)));
  json_object_set_string_member (object, "content", content->str);
  json_object_set_array_member (object, "tool_calls", calls);
  json_object_set_string_member (
    object, "finish_reason",
    rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) rnl_message_get_finish_reason (message)));
  json_node_take_object (node, object);

  return node;
}

static void
generate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CallData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  rnl_chat_model_generate_finish (RNL_CHAT_MODEL (source), result, &error);
  rnl_message_fold_end (data->fold);

  if (error != NULL)
    {
      rnl_run_fail (data->run, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    {
      g_autoptr (JsonNode) output = NULL;

      rnl_message_fold_check_answer (data->fold);
      output = output_to_json (data);
      rnl_run_end (data->run, output);
      g_task_return_pointer (task, g_object_ref (rnl_message_fold_get_message (data->fold)),
                             g_object_unref);
    }
}

/**
 * rnl_model_call_async:
 * @model: who is asked
 * @request: what
 * @run: a run that has not started; it is started, streamed and ended here
 * @into: (nullable): the message the answer is folded into, `NULL` for a new one
 * @step: number of the call within the turn of @into
 * @on_chunk: (nullable) (scope notified) (closure chunk_data): called for each chunk after it was
 *   folded, until the callback
 * @chunk_data: for @on_chunk
 * @cancellable: (nullable): closes the connection; what arrived stays in @into
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * The one road of every model call, an agent's or a tool's.
 */
void
rnl_model_call_async (RnlChatModel *model,
                      RnlChatRequest *request,
                      RnlRun *run,
                      RnlMessage *into,
                      guint step,
                      RnlChunkFunc on_chunk,
                      gpointer chunk_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (model, cancellable, callback, user_data);
  CallData *data = g_new0 (CallData, 1);
  g_autoptr (RnlMessage) message
    = into != NULL ? g_object_ref (into) : rnl_message_new (RNL_ROLE_ASSISTANT);
  g_autoptr (JsonNode) input = NULL;

  g_task_set_source_tag (task, rnl_model_call_async);
  /* What the model gave is kept even when it was cancelled in its last moment. */
  g_task_set_check_cancellable (task, FALSE);
  data->run = g_object_ref (run);
  data->request = rnl_chat_request_ref (request);
  data->fold = rnl_message_fold_new (message, step);
  rnl_message_fold_set_answer_tool (data->fold, request->answer_tool);
  data->on_chunk = on_chunk;
  data->chunk_data = chunk_data;
  g_task_set_task_data (task, data, (GDestroyNotify) call_data_free);

  input = rnl_chat_request_to_json (request);
  rnl_run_start (run, input);
  rnl_chat_model_generate_async (model, request, chunk_cb, data, cancellable, generate_cb, task);
}

/**
 * rnl_model_call_finish:
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the message, its parts complete
 */
RnlMessage *
rnl_model_call_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_model_call_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
