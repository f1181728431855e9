/* rnl-tool-context.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-context.h"

#include <string.h>

#include "rnl-model-call.h"

struct _RnlToolContext
{
  GObject parent_instance;

  /* owned */
  RnlRun *run;
  RnlPart *part;
  RnlChatModel *model;
};

G_DEFINE_FINAL_TYPE (RnlToolContext, rnl_tool_context, G_TYPE_OBJECT)

static void
rnl_tool_context_dispose (GObject *object)
{
  RnlToolContext *self = RNL_TOOL_CONTEXT (object);

  g_clear_object (&self->run);
  g_clear_object (&self->part);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rnl_tool_context_parent_class)->dispose (object);
}

static void
rnl_tool_context_class_init (RnlToolContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_tool_context_dispose;
}

static void
rnl_tool_context_init (RnlToolContext *self)
{
}

/**
 * rnl_tool_context_new:
 * @run: the tool's run, alive while the tool works
 * @part: the call it answers
 * @model: (nullable): the model it may ask
 *
 * Returns: (transfer full): a context for one call
 */
RnlToolContext *
rnl_tool_context_new (RnlRun *run, RnlPart *part, RnlChatModel *model)
{
  RnlToolContext *self = g_object_new (RNL_TYPE_TOOL_CONTEXT, NULL);

  self->run = g_object_ref (run);
  self->part = g_object_ref (part);
  g_set_object (&self->model, model);

  return self;
}

/**
 * rnl_tool_context_get_run:
 * @self: a context
 *
 * Returns: (transfer none): the tool's run
 */
RnlRun *
rnl_tool_context_get_run (RnlToolContext *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CONTEXT (self), NULL);

  return self->run;
}

/**
 * rnl_tool_context_emit_output:
 * @self: a context
 * @text: more output, UTF-8
 *
 * Shown to the person while the tool works; the model gets only the result. Main thread only.
 */
void
rnl_tool_context_emit_output (RnlToolContext *self, const char *text)
{
  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  if (rnl_run_is_over (self->run))
    return;

  rnl_run_stream_text (self->run, text);
  rnl_part_append_output (self->part, text, strlen (text));
}

/**
 * rnl_tool_context_set_progress:
 * @self: a context
 * @fraction: how much is done, from 0 to 1
 */
void
rnl_tool_context_set_progress (RnlToolContext *self, double fraction)
{
  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  if (!rnl_run_is_over (self->run))
    rnl_part_set_progress (self->part, CLAMP (fraction, 0, 1));
}

/**
 * rnl_tool_context_emit_custom:
 * @self: a context
 * @name: what the tool calls its event
 * @data: (nullable) (transfer none): anything
 */
void
rnl_tool_context_emit_custom (RnlToolContext *self, const char *name, JsonNode *data)
{
  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  rnl_run_emit_custom (self->run, name, data);
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  RnlPart *child = user_data;

  if (chunk->type == RNL_CHUNK_TEXT)
    rnl_part_append (child, chunk->text, chunk->length);
}

static void
model_call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlPart *child = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) answer = rnl_model_call_finish (result, &error);

  rnl_part_set_duration (child, g_get_real_time () - rnl_part_get_started (child));
  rnl_part_set_complete (child, TRUE);
  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rnl_message_dup_text (answer), g_free);
}

/**
 * rnl_tool_context_ask_model_async:
 * @self: a context
 * @prompt: what to ask
 * @name: (nullable): the run's name in events and in the card
 * @tags: (nullable) (array zero-terminated=1): the run's tags
 * @cancellable: (nullable): the tool's own
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Asks the model of this chat. The call is a run inside the tool's run and its tokens stream inside
 * the tool's card; nothing has to be handed on for that.
 */
void
rnl_tool_context_ask_model_async (RnlToolContext *self,
                                  const char *prompt,
                                  const char *name,
                                  const char *const *tags,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (RnlPart) child = rnl_part_new (RNL_PART_TEXT, 0);
  g_autoptr (RnlRun) run = NULL;
  g_autoptr (RnlChatRequest) request = NULL;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  g_task_set_source_tag (task, rnl_tool_context_ask_model_async);
  if (self->model == NULL || rnl_run_is_over (self->run))
    {
      g_task_return_new_error (
        task, G_IO_ERROR, self->model == NULL ? G_IO_ERROR_NOT_SUPPORTED : G_IO_ERROR_CANCELLED,
        "There is no model to ask");
      return;
    }

  if (name == NULL)
    name = rnl_chat_model_get_title (self->model);
  run = rnl_run_new (RNL_RUN_CHAT_MODEL, name, self->run, tags);
  request = rnl_chat_request_new_prompt (prompt);
  rnl_part_set_title (child, name);
  rnl_part_add_child (self->part, child);
  g_task_set_task_data (task, g_object_ref (child), g_object_unref);

  rnl_model_call_async (self->model, request, run, NULL, 0, chunk_cb, child, cancellable,
                        model_call_cb, g_steal_pointer (&task));
}

/**
 * rnl_tool_context_ask_model_finish:
 * @self: a context
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the answer's text
 */
char *
rnl_tool_context_ask_model_finish (RnlToolContext *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
