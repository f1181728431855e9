/* rnl-model-ask.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-model-ask.h"

#include "rnl-model-call.h"
#include "rnl-request-params.h"
#include "rnl-run-current-private.h"

typedef struct
{
  /* owned */
  RnlRunCaller caller;
  RnlChatRequest *request;
  RnlRunConfig *config; /* nullable */
  GCancellable *own;    /* what the network gets */
  GCancellable *outer[2];
  gulong handlers[2];
} AskData;

static void
ask_data_free (AskData *data)
{
  for (guint i = 0; i < G_N_ELEMENTS (data->outer); i++)
    g_clear_object (&data->outer[i]);
  g_clear_object (&data->own);
  g_clear_pointer (&data->config, rnl_run_config_unref);
  rnl_chat_request_unref (data->request);
  rnl_run_caller_clear (&data->caller);
  g_free (data);
}

/* The call is cancelled by who began it and with the execution that it belongs to. */

static void
outer_cancelled_cb (GCancellable *outer, GCancellable *own)
{
  g_cancellable_cancel (own);
}

static void
follow (AskData *data, guint i, GCancellable *outer)
{
  if (outer == NULL)
    return;

  data->outer[i] = g_object_ref (outer);
  /* Not g_cancellable_connect (): the call may end inside of the cancellation. */
  data->handlers[i]
    = g_signal_connect_object (outer, "cancelled", G_CALLBACK (outer_cancelled_cb), data->own, 0);
  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (data->own);
}

static void
follow_callers (AskData *data, GCancellable *cancellable)
{
  GCancellable *execution
    = data->caller.loop != NULL ? rnl_run_loop_get_cancellable (data->caller.loop) : NULL;

  data->own = g_cancellable_new ();
  follow (data, 0, execution);
  if (cancellable != execution)
    follow (data, 1, cancellable);
}

static void
unfollow (AskData *data)
{
  for (guint i = 0; i < G_N_ELEMENTS (data->outer); i++)
    if (data->outer[i] != NULL)
      g_clear_signal_handler (&data->handlers[i], data->outer[i]);
}

/* What is asked. */

/* Whoever watches wants the tokens, and a run inside of another one is always watched: by the card
 * of the tool, at least. So a call streams although it need not, unless it was told not to. */
static RnlChatRequest *
dup_request (AskData *data, RnlRun *run)
{
  RnlChatRequest *request = rnl_chat_request_copy (data->request);

  request->stream = request->stream || rnl_run_is_observed (run);
  rnl_chat_request_apply_run (request, run);

  return request;
}

/* The call. */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);

  unfollow (g_task_get_task_data (task));
  if (message != NULL)
    g_task_return_pointer (task, g_steal_pointer (&message), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
call (GTask *task, RnlRun *parent)
{
  RnlChatModel *self = g_task_get_source_object (task);
  AskData *data = g_task_get_task_data (task);
  g_autoptr (RnlRun) run = rnl_run_new_configured (rnl_chat_model_get_run_type (self), parent,
                                                   data->config, rnl_chat_model_get_id (self));
  g_autoptr (RnlChatRequest) request = dup_request (data, run);

  rnl_model_call_async (self, request, run, NULL, 0, NULL, NULL, data->own, called_cb,
                        g_object_ref (task));
}

/* On the home thread, in the home context: nothing of the network may be attached to the context of
 * a tool, which does not live long enough to put a connection away. */
static gboolean
begin_cb (gpointer user_data)
{
  GTask *task = user_data;
  AskData *data = g_task_get_task_data (task);
  GError *error = NULL;
  RnlRun *parent = NULL;

  if (!rnl_run_caller_get_run (&data->caller, &parent, &error))
    {
      unfollow (data);
      g_task_return_error (task, error);
      return G_SOURCE_REMOVE;
    }

  g_main_context_push_thread_default (data->caller.home);
  call (task, parent);
  g_main_context_pop_thread_default (data->caller.home);

  return G_SOURCE_REMOVE;
}

/**
 * rnl_chat_model_invoke_async:
 * @self: a model
 * @request: what it is asked; not to be changed until the callback
 * @config: (nullable): the name, tags and metadata of the run, and parameters over the request's
 * @cancellable: (nullable): stops it. The one a tool was given also says whose call this is
 * @callback: (scope async): called once, in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Asks a model as a run: below the current one, or the one whose cancellable is passed. In neither
 * (in a callback of g_timeout_add(), in a thread of one's own) it is a call of the tool that is at
 * work, if that is one; with several at work it is refused; with none it is a root, on the main
 * thread only. So nothing has to be handed on, and nothing can be forgotten. A call inside a run
 * streams, whatever its request says, because someone is watching; [enum@Runnel.RunStream] in
 * @config is the way to have it in one piece.
 */
void
rnl_chat_model_invoke_async (RnlChatModel *self,
                             RnlChatRequest *request,
                             RnlRunConfig *config,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  AskData *data;
  GError *error = NULL;

  g_return_if_fail (RNL_IS_CHAT_MODEL (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rnl_chat_model_invoke_async);
  rnl_run_await (task);
  data = g_new0 (AskData, 1);
  data->request = rnl_chat_request_ref (request);
  if (config != NULL)
    data->config = rnl_run_config_ref (config);
  g_task_set_task_data (task, data, (GDestroyNotify) ask_data_free);

  if (!rnl_run_caller_find (&data->caller, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  follow_callers (data, cancellable);
  rnl_run_caller_invoke (&data->caller, begin_cb, g_object_ref (task), g_object_unref);
}

/**
 * rnl_chat_model_invoke_finish:
 * @self: a model
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `RNL_RUN_ERROR_NO_CONTEXT` when it cannot be known whose
 * call it is (several tools are at work, or a thread belongs to no run),
 * `G_IO_ERROR_CANCELLED` also when the run that asked is over.
 *
 * Returns: (transfer full) (nullable): the whole answer
 */
RnlMessage *
rnl_chat_model_invoke_finish (RnlChatModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_chat_model_invoke_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A prompt instead of a request, a text instead of a message. */

static void
invoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) answer
    = rnl_chat_model_invoke_finish (RNL_CHAT_MODEL (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, rnl_message_dup_text (answer), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * rnl_chat_model_ask_async:
 * @self: a model
 * @prompt: what it is asked
 * @config: (nullable): as for [method@Runnel.ChatModel.invoke_async]
 * @cancellable: (nullable): as for [method@Runnel.ChatModel.invoke_async]
 * @callback: (scope async): called once, in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * [method@Runnel.ChatModel.invoke_async] with one message of a user.
 */
void
rnl_chat_model_ask_async (RnlChatModel *self,
                          const char *prompt,
                          RnlRunConfig *config,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (RnlChatRequest) request = NULL;
  GTask *task;

  g_return_if_fail (RNL_IS_CHAT_MODEL (self));
  g_return_if_fail (prompt != NULL);

  request = rnl_chat_request_new_prompt (prompt);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rnl_chat_model_ask_async);
  rnl_run_await (task);
  rnl_chat_model_invoke_async (self, request, config, cancellable, invoked_cb, task);
}

/**
 * rnl_chat_model_ask_finish:
 * @self: a model
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: as for [method@Runnel.ChatModel.invoke_finish].
 *
 * Returns: (transfer full) (nullable): the answer's text
 */
char *
rnl_chat_model_ask_finish (RnlChatModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, rnl_chat_model_ask_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
check_may_block (GCancellable *cancellable, GError **error)
{
  g_auto (RnlRunCaller) caller = RNL_RUN_CALLER_INIT;

  if (!rnl_run_caller_find (&caller, cancellable, error))
    return FALSE;
  if (caller.at_home || g_main_context_is_owner (caller.home))
    {
      g_set_error_literal (error, RNL_RUN_ERROR, RNL_RUN_ERROR_WOULD_BLOCK,
                           "Waiting here would stop the main loop that brings the answer:"
                           " use rnl_chat_model_ask_async ()");
      return FALSE;
    }

  return TRUE;
}

/**
 * rnl_chat_model_ask:
 * @self: a model
 * @prompt: what it is asked
 * @config: (nullable): as for [method@Runnel.ChatModel.invoke_async]
 * @cancellable: (nullable): as for [method@Runnel.ChatModel.invoke_async]
 * @error: return location for an error
 *
 * Asks a model and waits for the answer: in worker threads only, while the main loop goes on.
 *
 * Errors: as for [method@Runnel.ChatModel.invoke_finish], and `RNL_RUN_ERROR_WOULD_BLOCK` on the
 * thread of the main loop.
 *
 * Returns: (transfer full) (nullable): the answer's text
 */
char *
rnl_chat_model_ask (RnlChatModel *self,
                    const char *prompt,
                    RnlRunConfig *config,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GMainContext) context = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_return_val_if_fail (RNL_IS_CHAT_MODEL (self), NULL);
  g_return_val_if_fail (prompt != NULL, NULL);

  if (!check_may_block (cancellable, error))
    return NULL;

  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  rnl_chat_model_ask_async (self, prompt, config, cancellable, asked_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  return rnl_chat_model_ask_finish (self, result, error);
}
