/* rnl-agent-run.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include <string.h>

#include "rnl-final-answer.h"
#include "rnl-message-fold.h"
#include "rnl-model-call.h"
#include "rnl-part-extra.h"

/**
 * RnlAgentRun:
 *
 * One turn: ask the model, run the tools it asks for, ask again, until it answers or a limit is
 * reached. The answer grows in a [class@Runnel.Message]; every model and tool call is a run inside
 * the root run. It ends exactly once, and every tool call has its one result then.
 *
 * It can be watched in three ways that agree: by these signals, all on the main thread; by the
 * events of [method@Runnel.AgentRun.get_run]; and by pulling iterations.
 */
enum
{
  TEXT_DELTA,
  ANSWER_STARTED,
  ACTION,
  APPROVAL_NEEDED,
  OBSERVATION,
  STEP_ENDED,
  FINAL_ANSWER,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RnlAgentRun, rnl_agent_run, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (RnlDecision,
                    rnl_decision,
                    G_DEFINE_ENUM_VALUE (RNL_DECISION_ALLOW_ONCE, "allow-once"),
                    G_DEFINE_ENUM_VALUE (RNL_DECISION_ALLOW_CHAT, "allow-chat"),
                    G_DEFINE_ENUM_VALUE (RNL_DECISION_REFUSE, "refuse"),
                    G_DEFINE_ENUM_VALUE (RNL_DECISION_EDIT, "edit"),
                    G_DEFINE_ENUM_VALUE (RNL_DECISION_ALLOW_ALWAYS, "allow-always"))

static void
rnl_agent_run_dispose (GObject *object)
{
  RnlAgentRun *self = RNL_AGENT_RUN (object);

  g_clear_handle_id (&self->begin_id, g_source_remove);
  g_clear_handle_id (&self->time_limit_id, g_source_remove);
  g_queue_clear (&self->ready);
  g_queue_clear_full (&self->iterations, g_object_unref);
  g_clear_pointer (&self->group, g_ptr_array_unref);
  g_clear_object (&self->steps);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->question, g_free);
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
   * RnlAgentRun::answer-started:
   * @self: the turn
   *
   * The model has named the tool `final_answer`; none of its arguments have come. What follows as
   * [signal@Runnel.AgentRun::text-delta] is the final answer, unless it turns out not to be one.
   */
  signals[ANSWER_STARTED] = g_signal_new ("answer-started", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * RnlAgentRun::action:
   * @self: the turn
   * @steps: (element-type RnlAgentStep): what the model asked for, in its order; they have no
   *   observation yet, and nothing has run
   *
   * The model has asked for tools and its message is complete.
   */
  signals[ACTION] = g_signal_new ("action", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  /**
   * RnlAgentRun::observation:
   * @self: the turn
   * @steps: (element-type RnlAgentStep): the steps of the last action, each with its one
   * observation
   *
   * Every call of an action has its result, whatever happened to it.
   */
  signals[OBSERVATION] = g_signal_new ("observation", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
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
   * RnlAgentRun::final-answer:
   * @self: the turn
   * @answer: the text of the final answer, whole
   *
   * The turn ends with an answer: not at a limit, not by an error, not because it was stopped.
   * Comes once, before [signal@Runnel.AgentRun::ended].
   */
  signals[FINAL_ANSWER]
    = g_signal_new ("final-answer", RNL_TYPE_AGENT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
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
  self->steps = g_list_store_new (RNL_TYPE_AGENT_STEP);
  g_queue_init (&self->ready);
  g_queue_init (&self->iterations);
}

/* Goes on with a message that stopped: its parts stay. What comes is a step of its own, unless the
 * last one stopped in its text: then it goes on with that. */
static void
take_message (RnlAgentRun *self, RnlMessage *message)
{
  g_autofree char *text = rnl_message_dup_text (message);

  self->message = g_object_ref (message);
  self->text_length = strlen (text);
  self->n_before = rnl_message_get_n_parts (message);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    self->step = MAX (self->step, rnl_part_get_step (rnl_message_get_part (message, i)) + 1);
  self->before = rnl_message_fold_find_open (message);
  if (self->before != NULL)
    {
      self->step = rnl_part_get_step (self->before);
      self->before_length = rnl_part_get_length (self->before);
      self->text_part = self->before;
    }
  self->first_step = self->step;
  self->note = rnl_context_find_note (message, RNL_PART_EXTRA_LEFT_OUT);
  rnl_message_set_error (message, NULL);
  rnl_message_set_finish_reason (message, RNL_FINISH_NONE, NULL);
  rnl_message_set_state (message, RNL_MESSAGE_STREAMING);
}

/**
 * rnl_agent_run_new: (skip)
 * @agent: whose turn
 * @history: the conversation, the question last
 * @message: (nullable): an answer to go on with, `NULL` for a new one
 * @run: (nullable): the root run
 *
 * Returns: (transfer full): a turn that has not begun
 */
RnlAgentRun *
rnl_agent_run_new (RnlAgent *agent, GPtrArray *history, RnlMessage *message, RnlRun *run)
{
  RnlAgentRun *self = g_object_new (RNL_TYPE_AGENT_RUN, NULL);
  gint64 before = message != NULL ? MAX (rnl_message_get_duration (message), 0) : 0;

  self->agent = g_object_ref (agent);
  self->history = g_ptr_array_copy (history, (GCopyFunc) (GCallback) g_object_ref, NULL);
  if (run != NULL)
    self->run = g_object_ref (run);
  else
    self->run = rnl_run_new_configured (RNL_RUN_AGENT, NULL, rnl_agent_get_config (agent), "agent");
  self->started = g_get_monotonic_time () - before;
  if (message != NULL)
    take_message (self, message);
  else
    self->message = rnl_message_new (RNL_ROLE_ASSISTANT);
  rnl_message_set_model (self->message, rnl_chat_model_get_id (rnl_agent_get_model (agent)));
  rnl_context_trim_init (&self->trim, self->history);
  rnl_context_size_find (&self->size, self->history, message);
  self->window = rnl_agent_get_context_length (agent);

  return self;
}

/* The end of a turn. */

static JsonNode *
output_to_json (RnlAgentRun *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = rnl_message_dup_text (self->message);
  RnlFinishReason reason = rnl_message_get_finish_reason (self->message);

  /* A server that gave no reason and no error stopped because all was said. */
  if (reason == RNL_FINISH_NONE)
    reason = RNL_FINISH_STOP;
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

static void
begin_run (RnlAgentRun *self)
{
  g_autoptr (RnlChatRequest) request = rnl_agent_run_build_request (self);
  g_autoptr (JsonNode) input = rnl_chat_request_to_json (request);

  rnl_run_start (self->run, input);
}

/* Ends the turn now. Whatever is still on its way is cancelled and its late result dropped. */
void
rnl_agent_run_end_turn (RnlAgentRun *self,
                        RnlMessageState state,
                        RnlFinishReason reason,
                        const GError *error)
{
  g_autoptr (RnlAgentRun) alive = g_object_ref (self);
  gboolean limit = state == RNL_MESSAGE_LIMIT;

  if (self->over)
    return;

  self->over = TRUE;
  if (self->begin_id != 0 || self->held)
    begin_run (self);
  g_clear_handle_id (&self->begin_id, g_source_remove);
  g_clear_handle_id (&self->time_limit_id, g_source_remove);
  g_queue_clear (&self->ready);
  rnl_agent_run_settle_calls (self, limit ? RNL_TOOL_LIMIT : RNL_TOOL_CANCELLED);
  if (self->running > 0 || state != RNL_MESSAGE_COMPLETE)
    g_cancellable_cancel (self->cancellable);
  rnl_agent_run_close_group (self);

  for (guint i = 0; i < rnl_message_get_n_parts (self->message); i++)
    rnl_part_set_complete (rnl_message_get_part (self->message, i), TRUE);
  /* The model's own reason keeps its word. */
  if (state != RNL_MESSAGE_COMPLETE && reason != rnl_message_get_finish_reason (self->message))
    rnl_message_set_finish_reason (self->message, reason, NULL);
  rnl_message_set_error (self->message, error);
  rnl_message_set_duration (self->message, g_get_monotonic_time () - self->started);
  rnl_message_set_state (self->message, state);

  report_end (self, state, error);
  if (state == RNL_MESSAGE_COMPLETE)
    rnl_agent_run_output (self);
  rnl_agent_run_end_iterations (self);
  g_signal_emit (self, signals[ENDED], 0);

  g_object_unref (self); /* the reference that kept the turn alive, see rnl_agent_run_schedule () */
}

/* The model. */

static void
emit_text (RnlAgentRun *self, const char *text, gsize length)
{
  g_signal_emit (self, signals[TEXT_DELTA], 0, self->text_length, text);
  self->text_length += length;
}

/* Tells the last LENGTH bytes of a part. */
static void
tell_text (RnlAgentRun *self, RnlPart *part, gsize length)
{
  if (length == 0)
    return;
  if (part != self->text_part && self->text_length > 0)
    emit_text (self, "\n\n", 2);
  self->text_part = part;
  emit_text (self, rnl_part_get_text (part) + rnl_part_get_length (part) - length, length);
}

/* Tells what a chunk of text added, to a new part or to the one that had broken off. */
static void
tell_chunk (RnlAgentRun *self, const RnlChunk *chunk)
{
  guint n_parts = rnl_message_get_n_parts (self->message);
  gsize length = self->before != NULL ? rnl_part_get_length (self->before) : 0;

  if (length > self->before_length)
    {
      tell_text (self, self->before, length - self->before_length);
      self->before_length = length;
      self->resumed = TRUE;
    }
  else
    tell_text (self, rnl_message_get_part (self->message, n_parts - 1), chunk->length);
}

static void
find_answer (RnlAgentRun *self)
{
  for (guint i = rnl_message_get_n_parts (self->message); self->answer == NULL && i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (self->message, i - 1);

      if (rnl_part_get_step (part) != self->step)
        return;
      if (rnl_final_answer_is (part))
        self->answer = part;
    }
  self->answer_told = 0;
  if (self->answer != NULL)
    g_signal_emit (self, signals[ANSWER_STARTED], 0);
}

/* A piece of a call: of one that answers, from the moment it is named, it is text. */
static void
answer_chunk (RnlAgentRun *self, const RnlChunk *chunk)
{
  gsize told = self->answer_told;

  if (chunk->name != NULL && self->answer == NULL)
    find_answer (self);
  if (self->answer == NULL || self->over)
    return;

  self->answer_told = rnl_part_get_length (self->answer);
  tell_text (self, self->answer, self->answer_told - told);
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
    tell_chunk (self, chunk);
  if (chunk->type == RNL_CHUNK_TOOL_CALL && chunk->name != NULL)
    title_call (self, chunk);
  if (chunk->type == RNL_CHUNK_TOOL_CALL && rnl_agent_get_final_answer_tool (self->agent))
    answer_chunk (self, chunk);
}

/* A model call went wrong, or was stopped. */
void
rnl_agent_run_end_with_error (RnlAgentRun *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rnl_agent_run_end_turn (self, RNL_MESSAGE_STOPPED, RNL_FINISH_CANCELLED, NULL);
  else
    rnl_agent_run_end_turn (self, RNL_MESSAGE_FAILED, RNL_FINISH_ERROR, error);
}

static void
model_call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);

  if (self->over)
    return;
  if (error != NULL)
    {
      if (!rnl_agent_run_ask_for_less (self, error))
        rnl_agent_run_end_with_error (self, error);
      return;
    }

  rnl_agent_run_note_usage (self);
  failure = rnl_agent_run_find_failure (self);
  if (failure != NULL)
    {
      rnl_agent_run_end_turn (self, RNL_MESSAGE_FAILED,
                              rnl_message_get_finish_reason (self->message), failure);
      return;
    }
  if (self->answer != NULL && !rnl_final_answer_is (self->answer))
    self->answer = NULL;
  if (!rnl_agent_run_dispatch_calls (self))
    rnl_agent_run_end_step (self);
}

/* The call that gave the answer has its run and its result like any other. */
static void
report_answer (RnlAgentRun *self)
{
  g_autoptr (RnlRun) run = rnl_run_new (RNL_RUN_TOOL, RNL_FINAL_ANSWER_TOOL, self->run, NULL);
  g_autoptr (JsonNode) input = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) output
    = json_node_init_string (json_node_alloc (), rnl_part_get_text (self->answer));
  JsonNode *used = rnl_part_get_extra (self->answer, RNL_PART_EXTRA_TOOLS_USED);
  JsonObject *arguments = json_object_new ();

  json_object_set_string_member (arguments, "answer", rnl_part_get_text (self->answer));
  if (used != NULL)
    json_object_set_member (arguments, "tools_used", json_node_copy (used));
  json_node_take_object (input, arguments);
  rnl_run_set_tool_call_id (run, rnl_part_get_call_id (self->answer));
  rnl_run_start (run, input);
  rnl_run_end (run, output);
}

/* The model has answered, with a text or by the tool for it. */
static void
finish (RnlAgentRun *self)
{
  RnlFinishReason reason = rnl_message_get_finish_reason (self->message);

  if (self->answer != NULL)
    report_answer (self);
  if (self->answer != NULL && reason != RNL_FINISH_LENGTH)
    rnl_message_set_finish_reason (self->message, RNL_FINISH_STOP, NULL);
  rnl_agent_run_end_turn (self, RNL_MESSAGE_COMPLETE, RNL_FINISH_NONE, NULL);
}

/* A model call and all its tools are over. Who asked for nothing, or answered, is done; unless the
 * server paused, which goes on where it stopped when it is given what there is. */
void
rnl_agent_run_end_step (RnlAgentRun *self)
{
  gboolean paused = rnl_message_get_finish_reason (self->message) == RNL_FINISH_PAUSED;
  gboolean done = self->answer != NULL || (self->group == NULL && !paused);

  rnl_agent_run_close_group (self);
  if (!self->over)
    g_signal_emit (self, signals[STEP_ENDED], 0, self->step);
  if (self->over)
    return;

  self->step++;
  if (paused && !done)
    rnl_message_set_finish_reason (self->message, RNL_FINISH_NONE, NULL);
  if (done)
    finish (self);
  else if (self->step - self->first_step >= rnl_agent_get_max_steps (self->agent))
    rnl_agent_run_end_turn (self, RNL_MESSAGE_LIMIT, RNL_FINISH_TOOL_LIMIT, NULL);
  else
    rnl_agent_run_ask_model (self);
}

/* Asks the model, with what fits its window. */
void
rnl_agent_run_call_model (RnlAgentRun *self, RnlChatRequest *request)
{
  RnlChatModel *model = rnl_agent_get_model (self->agent);
  g_autoptr (RnlRun) run = rnl_run_new (rnl_chat_model_get_run_type (model),
                                        rnl_chat_model_get_id (model), self->run, NULL);

  rnl_model_call_async (model, request, run, self->message, self->step, chunk_cb, self,
                        self->cancellable, model_call_cb, g_object_ref (self));
}

static gboolean
time_limit_cb (gpointer user_data)
{
  RnlAgentRun *self = user_data;

  self->time_limit_id = 0;
  rnl_agent_run_end_turn (self, RNL_MESSAGE_LIMIT, RNL_FINISH_TIME_LIMIT, NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
begin_cb (gpointer user_data)
{
  RnlAgentRun *self = user_data;
  guint time_limit = rnl_agent_get_time_limit (self->agent);

  self->begin_id = 0;
  if (time_limit > 0)
    self->time_limit_id = g_timeout_add_seconds (time_limit, time_limit_cb, self);
  begin_run (self);
  if (self->over)
    return G_SOURCE_REMOVE;

  if (rnl_agent_run_needs_condensing (self))
    rnl_agent_run_condense (self);
  else
    rnl_agent_run_ask_model (self);

  return G_SOURCE_REMOVE;
}

/* Begins the turn in the next iteration of the main loop. A turn keeps itself alive from here until
 * rnl_agent_run_end_turn (). */
void
rnl_agent_run_schedule (RnlAgentRun *self)
{
  g_object_ref (self);
  self->begin_id = g_idle_add_full (G_PRIORITY_DEFAULT, begin_cb, self, NULL);
}

/* A turn that has been scheduled waits until rnl_agent_run_release (): its history has no content
 * before that. */
void
rnl_agent_run_hold (RnlAgentRun *self)
{
  g_assert (self->begin_id != 0);

  g_clear_handle_id (&self->begin_id, g_source_remove);
  self->held = TRUE;
}

void
rnl_agent_run_release (RnlAgentRun *self)
{
  g_assert (self->held);

  self->held = FALSE;
  rnl_context_size_find (&self->size, self->history, self->message);
  if (!self->over)
    self->begin_id = g_idle_add_full (G_PRIORITY_DEFAULT, begin_cb, self, NULL);
}
