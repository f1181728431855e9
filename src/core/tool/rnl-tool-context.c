/* rnl-tool-context.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-tool-context.h"

#include <string.h>

#include "rnl-model-ask.h"
#include "rnl-part-extra.h"
#include "rnl-run-current-private.h"
#include "rnl-tool-watch.h"
#include "rnl-tool-context-private.h"
#include "rnl-tool.h"

/**
 * RnlToolContext:
 *
 * What a tool has in hand while it runs: the model of the chat, output and progress for the person,
 * and, for a tool that implements [vfunc@Runnel.Tool.invoke], the way to give its result later.
 *
 * Any thread may use it; what is shown arrives in order.
 */
struct _RnlToolContext
{
  GObject parent_instance;

  /* owned */
  RnlRun *run;
  RnlPart *part;
  RnlChatModel *model;
  RnlToolWatch *watch;
  RnlRunLoop *loop; /* nullable: before the call */

  /* owned, and under the lock: the result may come from any thread */
  GMutex lock;
  GTask *task; /* nullable: what waits for the result */
  GSource *cancelled;
  gboolean deferred;
};

G_DEFINE_FINAL_TYPE (RnlToolContext, rnl_tool_context, G_TYPE_OBJECT)

static void
rnl_tool_context_dispose (GObject *object)
{
  RnlToolContext *self = RNL_TOOL_CONTEXT (object);

  g_clear_pointer (&self->watch, rnl_tool_watch_free);
  g_clear_pointer (&self->loop, rnl_run_loop_unref);
  g_clear_object (&self->run);
  g_clear_object (&self->part);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rnl_tool_context_parent_class)->dispose (object);
}

static void
rnl_tool_context_finalize (GObject *object)
{
  RnlToolContext *self = RNL_TOOL_CONTEXT (object);

  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (rnl_tool_context_parent_class)->finalize (object);
}

static void
rnl_tool_context_class_init (RnlToolContextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_tool_context_dispose;
  G_OBJECT_CLASS (klass)->finalize = rnl_tool_context_finalize;
}

static void
rnl_tool_context_init (RnlToolContext *self)
{
  g_mutex_init (&self->lock);
}

/* The result. */

/* Returns the task once: whoever gets it gives the result. */
static GTask *
take_task (RnlToolContext *self)
{
  GTask *task;
  GSource *cancelled;

  g_mutex_lock (&self->lock);
  task = g_steal_pointer (&self->task);
  cancelled = g_steal_pointer (&self->cancelled);
  g_mutex_unlock (&self->lock);
  if (cancelled != NULL)
    {
      g_source_destroy (cancelled);
      g_source_unref (cancelled);
    }

  return task;
}

static gboolean
is_waiting_for_nothing (RnlToolContext *self)
{
  gboolean waiting;

  g_mutex_lock (&self->lock);
  waiting = self->task != NULL && !self->deferred;
  g_mutex_unlock (&self->lock);

  return waiting && !rnl_run_loop_is_held (self->loop);
}

static void
fail_without_result (RnlToolContext *self)
{
  rnl_tool_context_return_failure (self, RNL_TOOL_NO_RESULT);
}

/* Nothing that the tool began is under way any more: its callbacks came, and when none of them gave
 * the result, nothing ever will. */
static void
quiet_cb (gpointer user_data)
{
  RnlToolContext *self = user_data;

  if (is_waiting_for_nothing (self))
    fail_without_result (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = take_task (user_data);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* Between here and its result the tool waits; a cancellation is a result. */
void
rnl_tool_context_expect (RnlToolContext *self, GTask *task)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_object_ref (task);
  if (g_task_get_cancellable (task) == NULL)
    return;

  self->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), g_object_ref (self),
                         g_object_unref);
  g_source_attach (self->cancelled, g_task_get_context (task));
}

/* What the call itself returned. */
void
rnl_tool_context_settle (RnlToolContext *self, const char *text, const GError *error)
{
  if (error != NULL)
    rnl_tool_context_return_error (self, error);
  else if (text != NULL)
    rnl_tool_context_return_text (self, text);
  else if (is_waiting_for_nothing (self))
    fail_without_result (self);
}

/**
 * rnl_tool_context_defer:
 * @self: a context
 *
 * Says that the result will come later, from [method@Runnel.ToolContext.return_text] or one of its
 * siblings, although the tool is about to return nothing. Nobody else can know of a timer, a file
 * or a thread of one's own. A tool that asked a model, or began a pipeline, a search or an agent,
 * need not say so: it lasts as long as that does, and its callback with it.
 */
void
rnl_tool_context_defer (RnlToolContext *self)
{
  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  g_mutex_lock (&self->lock);
  self->deferred = TRUE;
  g_mutex_unlock (&self->lock);
}

/**
 * rnl_tool_context_return_text:
 * @self: a context
 * @text: the result for the model, UTF-8
 *
 * Gives the tool's result. Only the first result counts.
 */
void
rnl_tool_context_return_text (RnlToolContext *self, const char *text)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));
  g_return_if_fail (text != NULL);

  task = take_task (self);
  if (task != NULL)
    g_task_return_pointer (task, g_strdup (text), g_free);
}

/**
 * rnl_tool_context_return_error:
 * @self: a context
 * @error: why there is no result; the model reads its message, and the person sees it
 *
 * Gives the tool's result: it failed. Only the first result counts.
 */
void
rnl_tool_context_return_error (RnlToolContext *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));
  g_return_if_fail (error != NULL);

  task = take_task (self);
  if (task != NULL)
    g_task_return_error (task, g_error_copy (error));
}

/**
 * rnl_tool_context_return_failure:
 * @self: a context
 * @message: why there is no result, a sentence for the model and the person
 *
 * [method@Runnel.ToolContext.return_error] with `RNL_TOOL_ERROR_FAILED`.
 */
void
rnl_tool_context_return_failure (RnlToolContext *self, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));
  g_return_if_fail (message != NULL);

  error = g_error_new_literal (RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, message);
  rnl_tool_context_return_error (self, error);
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
  self->watch = rnl_tool_watch_new (run, part);

  return self;
}

void
rnl_tool_context_set_loop (RnlToolContext *self, RnlRunLoop *loop)
{
  g_return_if_fail (self->loop == NULL);

  self->loop = rnl_run_loop_ref (loop);
  rnl_run_loop_set_quiet_func (loop, quiet_cb, self);
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
 * rnl_tool_context_get_model:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the model of the chat
 */
RnlChatModel *
rnl_tool_context_get_model (RnlToolContext *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CONTEXT (self), NULL);

  return self->model;
}

/**
 * rnl_tool_context_get_cancellable:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): the call's own cancellable, `NULL` before the call. A call
 * to a model that gets it belongs to this tool, from any thread and any main context
 */
GCancellable *
rnl_tool_context_get_cancellable (RnlToolContext *self)
{
  g_return_val_if_fail (RNL_IS_TOOL_CONTEXT (self), NULL);

  return self->loop != NULL ? rnl_run_loop_get_cancellable (self->loop) : NULL;
}

/* What is shown. */

typedef struct
{
  /* owned */
  RnlToolContext *context;
  char *text; /* nullable */
  double progress;
} ShowData;

static void
show_data_free (gpointer data)
{
  ShowData *show = data;

  g_object_unref (show->context);
  g_free (show->text);
  g_free (show);
}

/* Takes @show to the home thread, where the run and the part live, and outside of the tool, so that
 * who watches them does not become a part of it. */
static void
show_at_home (RnlToolContext *self, GSourceFunc func, ShowData *show)
{
  g_auto (RnlRunCaller) caller = RNL_RUN_CALLER_INIT;

  show->context = g_object_ref (self);
  rnl_run_caller_init (&caller, self->loop);
  rnl_run_caller_invoke (&caller, func, show, show_data_free);
}

static gboolean
output_cb (gpointer user_data)
{
  ShowData *show = user_data;
  RnlToolContext *self = show->context;

  if (!rnl_run_is_over (self->run))
    {
      rnl_run_stream_text (self->run, show->text);
      rnl_part_append_output (self->part, show->text, strlen (show->text));
    }

  return G_SOURCE_REMOVE;
}

/**
 * rnl_tool_context_emit_output:
 * @self: a context
 * @text: more output, UTF-8
 *
 * Shown to the person while the tool works; the model gets only the result.
 */
void
rnl_tool_context_emit_output (RnlToolContext *self, const char *text)
{
  ShowData *show;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));
  g_return_if_fail (text != NULL);

  show = g_new0 (ShowData, 1);
  show->text = g_strdup (text);
  show_at_home (self, output_cb, show);
}

static gboolean
progress_cb (gpointer user_data)
{
  ShowData *show = user_data;

  if (rnl_run_is_over (show->context->run))
    return G_SOURCE_REMOVE;

  if (show->text != NULL)
    rnl_part_set_extra_string (show->context->part, RNL_PART_EXTRA_PROGRESS, show->text);
  rnl_part_set_progress (show->context->part, show->progress);

  return G_SOURCE_REMOVE;
}

/**
 * rnl_tool_context_set_progress:
 * @self: a context
 * @fraction: how much is done, from 0 to 1
 */
void
rnl_tool_context_set_progress (RnlToolContext *self, double fraction)
{
  rnl_tool_context_report_progress (self, fraction, NULL);
}

/**
 * rnl_tool_context_report_progress:
 * @self: a context
 * @fraction: how much is done, from 0 to 1
 * @words: (nullable): what the tool is at, a few words for the person; `NULL` for the same as
 * before
 */
void
rnl_tool_context_report_progress (RnlToolContext *self, double fraction, const char *words)
{
  ShowData *show;

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  show = g_new0 (ShowData, 1);
  show->text = g_strdup (words);
  show->progress = CLAMP (fraction, 0, 1);
  show_at_home (self, progress_cb, show);
}

/**
 * rnl_tool_context_emit_custom:
 * @self: a context
 * @name: what the tool calls its event
 * @data: (nullable) (transfer none): anything, not to be changed any more
 *
 * [func@Runnel.emit_custom_event] for who has a context in hand.
 */
void
rnl_tool_context_emit_custom (RnlToolContext *self, const char *name, JsonNode *data)
{
  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));
  g_return_if_fail (name != NULL);

  rnl_run_emit_custom (self->run, name, data);
}

/* The model. */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *answer = rnl_chat_model_ask_finish (RNL_CHAT_MODEL (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * rnl_tool_context_ask_model_async:
 * @self: a context
 * @prompt: what to ask
 * @name: (nullable): the run's name in events and in the card
 * @tags: (nullable) (array zero-terminated=1): the run's tags
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * [method@Runnel.ChatModel.ask_async] of the chat's model.
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
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();

  g_return_if_fail (RNL_IS_TOOL_CONTEXT (self));

  g_task_set_source_tag (task, rnl_tool_context_ask_model_async);
  rnl_run_await (task);
  if (self->model == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               "There is no model to ask");
      return;
    }

  rnl_run_config_set_name (config, name);
  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    rnl_run_config_add_tag (config, tags[i]);
  /* Whoever has the context in hand belongs to the tool, on any thread. */
  if (cancellable == NULL)
    cancellable = rnl_tool_context_get_cancellable (self);
  rnl_chat_model_ask_async (self->model, prompt, config, cancellable, answered_cb,
                            g_steal_pointer (&task));
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
