/* rnl-agent-run.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-run.h"

#include "rnl-agent-private.h"
#include "rnl-model-call.h"
#include "rnl-tool-call.h"

#define REFUSED_RESULT     "The person refused this call."
#define NOT_ALLOWED_RESULT "This tool needs a person's permission, and nobody can be asked here."
#define CANCELLED_RESULT   "Cancelled: the turn was stopped before this call ended."
#define LIMIT_RESULT       "Not run: a limit of the turn was reached."

/**
 * RnlAgentRun:
 *
 * One turn: ask the model, run the tools it asks for, ask again, until it answers or a limit is
 * reached. The answer grows in a [class@Runnel.Message]; every model and tool call is a run inside
 * the root run. It ends exactly once, and every tool call has its one result then.
 */
struct _RnlAgentRun
{
  GObject parent_instance;

  /* owned */
  RnlAgent *agent;
  RnlRun *run;
  RnlMessage *message;
  GPtrArray *history;
  GCancellable *cancellable;
  GPtrArray *calls; /* of RnlToolCall: this step's calls that have no result yet */
  GQueue ready;     /* of RnlToolCall in calls: may run when there is room */

  /* sources */
  guint time_limit_id;

  guint step;
  guint running;
  gint64 started;
  guint64 text_length;
  RnlPart *text_part; /* borrowed: the part the last text went to */
  gboolean over;
};

enum
{
  TEXT_DELTA,
  STEP_ENDED,
  APPROVAL_NEEDED,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlAgentRun, rnl_agent_run, G_TYPE_OBJECT)

static void ask_model (RnlAgentRun *self);
static void run_ready_calls (RnlAgentRun *self);

static void
rnl_agent_run_dispose (GObject *object)
{
  RnlAgentRun *self = RNL_AGENT_RUN (object);

  g_clear_handle_id (&self->time_limit_id, g_source_remove);
  g_queue_clear (&self->ready);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_object (&self->agent);
  g_clear_object (&self->run);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rnl_agent_run_parent_class)->dispose (object);
}

static void
rnl_agent_run_class_init (RnlAgentRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rnl_agent_run_dispose;

  /**
   * RnlAgentRun::text-delta:
   * @self: the turn
   * @offset: where the new bytes begin in the answer's text, in bytes, counted over the turn
   * @text: the new bytes only, ended by a zero; lent for the time of the call
   *
   * More of the answer. Texts with tool calls between them stand apart by an empty line.
   */
  signals[TEXT_DELTA]
    = g_signal_new ("text-delta", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  /**
   * RnlAgentRun::step-ended:
   * @self: the turn
   * @step: number of the model call, from 0
   *
   * A model call and all tools it asked for are over.
   */
  signals[STEP_ENDED] = g_signal_new ("step-ended", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * RnlAgentRun::approval-needed:
   * @self: the turn
   * @call: a tool call in state `RNL_TOOL_WAITING`
   *
   * Someone has to call [method@Runnel.AgentRun.decide].
   */
  signals[APPROVAL_NEEDED] = g_signal_new ("approval-needed", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, RNL_TYPE_PART);
  /**
   * RnlAgentRun::ended:
   * @self: the turn
   *
   * It is over, whatever happened. The message's state, error and finish reason are set.
   */
  signals[ENDED] = g_signal_new ("ended", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rnl_agent_run_init (RnlAgentRun *self)
{
  self->cancellable = g_cancellable_new ();
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) rnl_tool_call_free);
  g_queue_init (&self->ready);
}

RnlAgentRun *
rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlRun *run)
{
  RnlAgentRun *self = g_object_new (RNL_TYPE_AGENT_RUN, NULL);

  self->agent = g_object_ref (agent);
  self->history = g_ptr_array_copy (history, (GCopyFunc) (GCallback) g_object_ref, NULL);
  self->run = run != NULL ? g_object_ref (run) : rnl_run_new (RNL_RUN_AGENT, "agent", NULL, NULL);
  self->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  rnl_message_set_model (self->message, rnl_chat_model_get_id (rnl_agent_get_model (agent)));

  return self;
}

/* The end of a turn. */

static void
settle_open_calls (RnlAgentRun *self, RnlToolState state, const char *result)
{
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
        rnl_tool_call_settle (part, state, result);
    }
}

static JsonNode *
output_to_json (RnlAgentRun *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = rnl_message_dup_text (self->message);
  RnlFinishReason reason = rnl_message_get_finish_reason (self->message);

  json_object_set_string_member (object, "content", text);
  json_object_set_string_member (object, "finish_reason",
                                 rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) reason));
  json_node_take_object (node, object);

  return node;
}

static void
report_end (RnlAgentRun *self, RnlMessageState state, const GError *error)
{
  g_autoptr (JsonNode) output = NULL;

  if (state == RNL_MESSAGE_FAILED)
    rnl_run_fail (self->run, error);
  else if (state == RNL_MESSAGE_STOPPED)
    rnl_run_cancel (self->run);
  else
    {
      output = output_to_json (self);
      rnl_run_end (self->run, output);
    }
}

/* Ends the turn now. Whatever is still on its way is cancelled and its late result dropped. */
static void
end_turn (RnlAgentRun *self, RnlMessageState state, RnlFinishReason reason, const GError *error)
{
  g_autoptr (RnlAgentRun) alive = g_object_ref (self);
  gboolean limit = state == RNL_MESSAGE_LIMIT;

  if (self->over)
    return;

  self->over = TRUE;
  g_clear_handle_id (&self->time_limit_id, g_source_remove);
  g_queue_clear (&self->ready);
  settle_open_calls (self, limit ? RNL_TOOL_LIMIT : RNL_TOOL_CANCELLED,
                     limit ? LIMIT_RESULT : CANCELLED_RESULT);
  if (self->running > 0 || state != RNL_MESSAGE_COMPLETE)
    g_cancellable_cancel (self->cancellable);

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    rnl_part_set_complete (rnl_message_get_part (self->message, i), TRUE);
  if (state != RNL_MESSAGE_COMPLETE)
    rnl_message_set_finish_reason (self->message, reason, NULL);
  rnl_message_set_error (self->message, error);
  rnl_message_set_duration (self->message, g_get_monotonic_time () - self->started);
  rnl_message_set_state (self->message, state);

  report_end (self, state, error);
  g_signal_emit (self, signals[ENDED], 0);

  g_object_unref (self); /* the reference that kept the turn alive, see rnl_agent_run_begin () */
}

/* Tools. */

static void
end_step_if_done (RnlAgentRun *self)
{
  if (self->over || self->calls->len > 0)
    return;

  g_signal_emit (self, signals[STEP_ENDED], 0, self->step);
  if (self->over)
    return;

  self->step++;
  if (self->step >= rnl_agent_get_max_steps (self->agent))
    end_turn (self, RNL_MESSAGE_LIMIT, RNL_FINISH_TOOL_LIMIT, NULL);
  else
    ask_model (self);
}

static void
execute_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;

  self->running--;
  if (self->over)
    return;

  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == RNL_PART (source))
        {
          g_ptr_array_remove_index (self->calls, i);
          break;
        }
    }
  run_ready_calls (self);
  end_step_if_done (self);
}

static void
run_ready_calls (RnlAgentRun *self)
{
  while (!self->over && self->running < RNL_AGENT_MAX_PARALLEL_TOOLS
         && !g_queue_is_empty (&self->ready))
    {
      RnlToolCall *call = g_queue_pop_head (&self->ready);

      self->running++;
      rnl_tool_call_execute_async (call, self->run, rnl_agent_get_model (self->agent),
                                   self->cancellable, execute_cb, g_object_ref (self));
    }
}

/* Gives a call the answer that it will not run. */
static void
decline_call (RnlAgentRun *self, RnlToolCall *call, const char *result)
{
  rnl_tool_call_settle (call->part, RNL_TOOL_REFUSED, result);
  g_ptr_array_remove (self->calls, call);
}

static void
dispatch_call (RnlAgentRun *self, RnlToolCall *call)
{
  g_autoptr (GError) error = NULL;

  if (!rnl_tool_call_resolve (call, rnl_agent_get_tools (self->agent), &error))
    {
      rnl_tool_call_reject (call, self->run, error);
      g_ptr_array_remove (self->calls, call);
      return;
    }

  switch (rnl_permission_policy_check (rnl_agent_get_policy (self->agent), call->tool))
    {
    case RNL_PERMISSION_ALLOW:
      g_queue_push_tail (&self->ready, call);
      break;
    case RNL_PERMISSION_ASK:
      rnl_part_set_state (call->part, RNL_TOOL_WAITING);
      g_signal_emit (self, signals[APPROVAL_NEEDED], 0, call->part);
      break;
    case RNL_PERMISSION_REFUSE:
    default:
      decline_call (self, call, NOT_ALLOWED_RESULT);
      break;
    }
}

static void
collect_calls (RnlAgentRun *self)
{
  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL
          && rnl_part_get_step (part) == self->step)
        g_ptr_array_add (self->calls, rnl_tool_call_new (part));
    }
}

static void
dispatch_calls (RnlAgentRun *self)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_copy (self->calls, NULL, NULL);

  /* Borrowed: a call that is settled at once leaves the other array, and is freed, under way. */
  g_ptr_array_set_free_func (calls, NULL);
  for (guint i = 0; i < calls->len && !self->over; i++)
    dispatch_call (self, g_ptr_array_index (calls, i));
  run_ready_calls (self);
  end_step_if_done (self);
}

/* The model. */

static void
emit_text (RnlAgentRun *self, const char *text, gsize length)
{
  g_signal_emit (self, signals[TEXT_DELTA], 0, self->text_length, text);
  self->text_length += length;
}

static void
text_chunk (RnlAgentRun *self, const RnlChunk *chunk)
{
  RnlPart *part = rnl_message_get_part (self->message, rnl_message_get_n_parts (self->message) - 1);

  if (part != self->text_part && self->text_length > 0)
    emit_text (self, "\n\n", 2);
  self->text_part = part;
  emit_text (self, rnl_part_get_text (part) + rnl_part_get_length (part) - chunk->length,
             chunk->length);
}

/* A call is known by its title from the moment its name has come. */
static void
title_call (RnlAgentRun *self, const RnlChunk *chunk)
{
  for (guint i = rnl_message_get_n_parts (self->message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (self->message, i - 1);
      RnlTool *tool;

      if (rnl_part_get_step (part) != self->step)
        return;
      if (g_strcmp0 (rnl_part_get_name (part), chunk->name) != 0)
        continue;
      tool = rnl_tool_registry_find (rnl_agent_get_tools (self->agent), chunk->name);
      if (tool != NULL)
        rnl_part_set_title (part, rnl_tool_get_title (tool));
    }
}

static void
chunk_cb (const RnlChunk *chunk, gpointer user_data)
{
  RnlAgentRun *self = user_data;

  if (self->over)
    return;
  if (rnl_message_get_first_token (self->message) < 0)
    rnl_message_set_first_token (self->message, g_get_monotonic_time () - self->started);
  if ((chunk->type == RNL_CHUNK_TEXT || chunk->type == RNL_CHUNK_REFUSAL) && chunk->length > 0)
    text_chunk (self, chunk);
  else if (chunk->type == RNL_CHUNK_TOOL_CALL && chunk->name != NULL)
    title_call (self, chunk);
}

static void
model_call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);

  if (self->over)
    return;
  if (error != NULL)
    {
      gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (cancelled)
        end_turn (self, RNL_MESSAGE_STOPPED, RNL_FINISH_CANCELLED, NULL);
      else
        end_turn (self, RNL_MESSAGE_FAILED, RNL_FINISH_ERROR, error);
      return;
    }

  collect_calls (self);
  if (self->calls->len > 0)
    dispatch_calls (self);
  else
    {
      g_signal_emit (self, signals[STEP_ENDED], 0, self->step);
      self->step++;
      end_turn (self, RNL_MESSAGE_COMPLETE, rnl_message_get_finish_reason (self->message), NULL);
    }
}

static RnlChatRequest *
build_request (RnlAgentRun *self)
{
  RnlChatRequest *request = rnl_chat_request_new ();
  GListModel *tools = G_LIST_MODEL (rnl_agent_get_tools (self->agent));

  request->system = g_strdup (rnl_agent_get_system (self->agent));
  request->stream = rnl_agent_get_stream (self->agent);
  for (guint i = 0; i < self->history->len; i++)
    rnl_chat_request_add_message (request, g_ptr_array_index (self->history, i));
  if (rnl_message_get_n_parts (self->message) > 0)
    rnl_chat_request_add_message (request, self->message);
  for (guint i = 0; i < g_list_model_get_n_items (tools); i++)
    {
      g_autoptr (RnlTool) tool = g_list_model_get_item (tools, i);

      if (rnl_tool_registry_get_enabled (rnl_agent_get_tools (self->agent),
                                         rnl_tool_get_name (tool)))
        rnl_chat_request_add_tool (request, rnl_tool_get_spec (tool));
    }

  return request;
}

static void
ask_model (RnlAgentRun *self)
{
  RnlChatModel *model = rnl_agent_get_model (self->agent);
  g_autoptr (RnlChatRequest) request = build_request (self);
  g_autoptr (RnlRun) run
    = rnl_run_new (RNL_RUN_CHAT_MODEL, rnl_chat_model_get_id (model), self->run, NULL);

  rnl_model_call_async (model, request, run, self->message, self->step, chunk_cb, self,
                        self->cancellable, model_call_cb, g_object_ref (self));
}

static gboolean
time_limit_cb (gpointer user_data)
{
  RnlAgentRun *self = user_data;

  self->time_limit_id = 0;
  end_turn (self, RNL_MESSAGE_LIMIT, RNL_FINISH_TIME_LIMIT, NULL);

  return G_SOURCE_REMOVE;
}

/* A turn keeps itself alive until end_turn (). */
void
rnl_agent_run_begin (RnlAgentRun *self)
{
  g_autoptr (RnlChatRequest) request = build_request (self);
  g_autoptr (JsonNode) input = rnl_chat_request_to_json (request);
  guint time_limit = rnl_agent_get_time_limit (self->agent);

  g_object_ref (self);
  self->started = g_get_monotonic_time ();
  if (time_limit > 0)
    self->time_limit_id = g_timeout_add_seconds (time_limit, time_limit_cb, self);
  rnl_run_start (self->run, input);
  ask_model (self);
}

/**
 * rnl_agent_run_get_message:
 * @self: a turn
 *
 * Returns: (transfer none): the answer, which grows
 */
RnlMessage *
rnl_agent_run_get_message (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  return self->message;
}

/**
 * rnl_agent_run_get_run:
 * @self: a turn
 *
 * Returns: (transfer none): the root run, whose events tell everything
 */
RnlRun *
rnl_agent_run_get_run (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), NULL);

  return self->run;
}

gboolean
rnl_agent_run_is_over (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), TRUE);

  return self->over;
}

/**
 * rnl_agent_run_get_steps:
 * @self: a turn
 *
 * Returns: how many model calls are over, with their tools
 */
guint
rnl_agent_run_get_steps (RnlAgentRun *self)
{
  g_return_val_if_fail (RNL_IS_AGENT_RUN (self), 0);

  return self->step;
}

/**
 * rnl_agent_run_cancel:
 * @self: a turn
 *
 * Stops it now: the socket is closed, tools are cancelled, what arrived stays. The signal
 * [signal@Runnel.AgentRun::ended] has been emitted when this returns. Nothing happens when it is
 * over.
 */
void
rnl_agent_run_cancel (RnlAgentRun *self)
{
  g_return_if_fail (RNL_IS_AGENT_RUN (self));

  end_turn (self, RNL_MESSAGE_STOPPED, RNL_FINISH_CANCELLED, NULL);
}

static RnlToolCall *
find_waiting_call (RnlAgentRun *self, RnlPart *part)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (call->part == part && rnl_part_get_state (part) == RNL_TOOL_WAITING)
        return call;
    }

  return NULL;
}

/* What was allowed for this chat frees the calls of that tool which wait already. */
static void
release_waiting_calls (RnlAgentRun *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlToolCall *call = g_ptr_array_index (self->calls, i);

      if (rnl_part_get_state (call->part) == RNL_TOOL_WAITING
          && g_queue_find (&self->ready, call) == NULL
          && rnl_permission_policy_check (rnl_agent_get_policy (self->agent), call->tool)
               == RNL_PERMISSION_ALLOW)
        g_queue_push_tail (&self->ready, call);
    }
}

/**
 * rnl_agent_run_decide:
 * @self: a turn
 * @call: a call that waits
 * @decision: what the person said
 * @reason: (nullable): for a refusal: what the model is told
 *
 * Nothing happens when @call does not wait any more, so a late click is harmless.
 */
void
rnl_agent_run_decide (RnlAgentRun *self, RnlPart *call, RnlDecision decision, const char *reason)
{
  g_autoptr (RnlAgentRun) alive = NULL;
  RnlToolCall *waiting;

  g_return_if_fail (RNL_IS_AGENT_RUN (self));
  g_return_if_fail (RNL_IS_PART (call));

  waiting = self->over ? NULL : find_waiting_call (self, call);
  if (waiting == NULL || g_queue_find (&self->ready, waiting) != NULL)
    return;

  alive = g_object_ref (self);
  if (decision == RNL_DECISION_REFUSE)
    {
      g_autofree char *result = reason != NULL && *reason != '\0'
                                  ? g_strdup_printf ("%s Their reason: %s", REFUSED_RESULT, reason)
                                  : g_strdup (REFUSED_RESULT);

      decline_call (self, waiting, result);
    }
  else
    {
      g_queue_push_tail (&self->ready, waiting);
      if (decision == RNL_DECISION_ALLOW_CHAT)
        {
          rnl_permission_policy_allow (rnl_agent_get_policy (self->agent),
                                       rnl_tool_get_name (waiting->tool));
          release_waiting_calls (self);
        }
    }
  run_ready_calls (self);
  end_step_if_done (self);
}
