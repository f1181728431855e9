/* rnl-model-call.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-call.h"

#include "rnl-chunk-joiner.h"
#include "rnl-completion-prompt.h"
#include "rnl-final-answer.h"
#include "rnl-http-retry.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-generation-json.h"
#include "rnl-message-fold.h"
#include "rnl-provider-error.h"
#include "rnl-run-blocks.h"

typedef struct
{
  /* owned */
  RnlRun *run;
  RnlChatRequest *request;
  RnlMessageFold *fold;
  RnlChunkJoiner *joiner; /* when the answer is wanted in one piece */

  /* borrowed until the callback */
  RnlChunkFunc on_chunk;
  gpointer chunk_data;
} CallData;

static void
call_data_free (CallData *data)
{
  rnl_run_set_blocks_func (data->run, NULL, NULL);
  g_object_unref (data->run);
  rnl_chat_request_unref (data->request);
  rnl_message_fold_free (data->fold);
  g_clear_pointer (&data->joiner, rnl_chunk_joiner_free);
  g_free (data);
}

/* Folded first, told then: who is told finds the message as the chunk left it. */
static void
take_chunk (const RnlChunk *chunk, gpointer user_data)
{
  CallData *data = user_data;
  const RnlBlockMark *marks;
  guint n_marks;
  RnlChunk counted;

  /* A turn that was stopped does not grow any more, whatever is still on its way. */
  if (rnl_run_is_over (data->run))
    return;

  rnl_message_set_wait (rnl_message_fold_get_message (data->fold), 0, NULL);
  if (chunk->type == RNL_CHUNK_USAGE)
    {
      /* Servers give totals; who adds chunks up wants what is new. */
      counted = *chunk;
      counted.earlier = *rnl_message_fold_get_usage (data->fold);
      chunk = &counted;
    }
  rnl_message_fold_chunk (data->fold, chunk);
  marks = rnl_message_fold_get_marks (data->fold, &n_marks);
  rnl_run_stream_marked_chunk (data->run, chunk, marks, n_marks);
  if (data->on_chunk != NULL)
    data->on_chunk (chunk, data->chunk_data);
}

/* See RNL_HTTP_RETRY_NOTICE. */
static void
set_wait (CallData *data, JsonObject *retry)
{
  gint64 delay_ms = rnl_json_object_get_int (retry, "delay_ms", 0);
  g_autoptr (GError) reason = rnl_provider_error_new (
    rnl_provider_error_from_nick (rnl_json_object_get_string (retry, "code")), "%s",
    rnl_json_object_get_string (retry, "error"));

  rnl_message_set_wait (rnl_message_fold_get_message (data->fold),
                        g_get_monotonic_time () + delay_ms * 1000, reason);
}

static void
tell_notice (CallData *data, const RnlChunk *notice)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (notice->text, (gssize) notice->length, NULL);
  JsonObject *object = node != NULL ? rnl_json_node_get_object (node) : NULL;

  if (rnl_run_is_over (data->run))
    return;
  if (object != NULL && g_str_equal (notice->name, RNL_HTTP_RETRY_NOTICE))
    set_wait (data, object);
  rnl_run_emit_custom (data->run, notice->name, node);
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  CallData *data = user_data;

  if (chunk->type == RNL_CHUNK_NOTICE)
    tell_notice (data, chunk);
  else if (data->joiner != NULL)
    rnl_chunk_joiner_feed (data->joiner, chunk);
  else
    take_chunk (chunk, data);
}

/* The run ends: what is open ends with it. */
static const RnlBlockMark *
close_blocks_cb (guint *n_blocks, gpointer user_data)
{
  CallData *data = user_data;

  rnl_message_fold_end (data->fold);

  return rnl_message_fold_get_marks (data->fold, n_blocks);
}

/* The run says what kind of model it asks; what goes in and comes out is told in the words of it.
 */
static gboolean
takes_text (CallData *data)
{
  return rnl_run_get_run_type (data->run) == RNL_RUN_LLM;
}

static JsonNode *
input_to_json (CallData *data)
{
  return takes_text (data) ? rnl_chat_request_to_prompt_json (data->request)
                           : rnl_chat_request_to_json (data->request);
}

static JsonNode *
output_to_json (CallData *data)
{
  g_autoptr (RnlMessageChunk) sum = rnl_message_fold_to_chunk (data->fold);

  return takes_text (data) ? rnl_generation_new_from_sum (sum)
                           : rnl_message_chunk_to_message_json (sum);
}

static void
generate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CallData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  rnl_chat_model_generate_finish (RNL_CHAT_MODEL (source), result, &error);
  if (data->joiner != NULL)
    rnl_chunk_joiner_flush (data->joiner);
  rnl_message_fold_end (data->fold);
  rnl_message_set_wait (rnl_message_fold_get_message (data->fold), 0, NULL);

  if (error != NULL)
    {
      rnl_run_fail (data->run, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    {
      g_autoptr (JsonNode) output = output_to_json (data);

      rnl_message_fold_check_answer (data->fold);
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
 * The one road of every model call, an agent's or a tool's. An answer that is not streamed gives
 * the same events with exactly one piece of text. While the run is held the model is not read.
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

  if (!request->stream)
    data->joiner = rnl_chunk_joiner_new (take_chunk, data);
  g_set_object (&request->gate, rnl_run_get_gate (run));

  input = input_to_json (data);
  rnl_run_start (run, input);
  rnl_run_set_blocks_func (run, close_blocks_cb, data);
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
