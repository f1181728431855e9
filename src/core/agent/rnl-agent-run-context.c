/* rnl-agent-run-context.c: a request is made to fit the model's window before it is sent
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-agent-private.h"

#include "rnl-part-extra.h"
#include "rnl-provider-error.h"
#include "rnl-token-count.h"

/* Room for the answer when nobody says how long one may be; never more than a quarter. */
#define DEFAULT_OUTPUT 4096
#define OUTPUT_PART    4

/* Smaller windows there are hardly any: who sends less need not ask how large this one is. */
#define DESCRIBE_FROM 2000

/* Above this part of what fits an estimate is too coarse to decide by. */
#define COUNT_FROM 0.8

/* When something has to go, so much goes that there is room for some turns more: each time the
 * beginning of the request changes, the provider's cache of it is lost. */
#define TRIM_TO 0.6

/* What is sent of what a server refused without our knowing how much it takes. */
#define RETRY_WITH 0.5

static guint
get_image_tokens (RnlAgentRun *self)
{
  return rnl_chat_model_get_image_tokens (rnl_agent_get_model (self->agent));
}

/**
 * rnl_context_get_limit: (skip)
 * @window: how many tokens the model's window holds, 0 when that is not known
 * @max_output: how many the model writes at most, 0 when that is not known
 * @request: what it would be asked
 *
 * Returns: how many of them the request may have, 0 when that is not known
 */
gint64
rnl_context_get_limit (gint64 window, gint64 max_output, RnlChatRequest *request)
{
  gint64 output = request->max_tokens > 0 ? (gint64) request->max_tokens : max_output;

  if (window <= 0)
    return 0;

  return window - MIN (output > 0 ? output : DEFAULT_OUTPUT, window / OUTPUT_PART);
}

static gint64
measure (RnlAgentRun *self, RnlChatRequest *request)
{
  gint64 estimate = rnl_chat_request_estimate_tokens (request, rnl_agent_get_model (self->agent));

  return rnl_context_size_apply (&self->size, estimate);
}

/* The request is under way: what it was estimated to have is compared with what it has. */
static void
send_request (RnlAgentRun *self, RnlChatRequest *request)
{
  self->used = *rnl_message_get_usage (self->message);
  self->sent = rnl_chat_request_estimate_tokens (request, rnl_agent_get_model (self->agent));
  rnl_agent_run_call_model (self, request);
}

/**
 * rnl_agent_run_note_usage: (skip)
 * @self: a turn, a model call of which has ended
 *
 * Keeps what the server said of the size of the request.
 */
void
rnl_agent_run_note_usage (RnlAgentRun *self)
{
  RnlContextSize size = self->size;

  rnl_context_size_read (&size, &self->used, rnl_message_get_usage (self->message));
  if (size.input == 0)
    return;
  size.estimate = self->sent;
  self->size = size;
  rnl_context_size_store (&size, self->message, self->step);
}

/* What is left out is told: to the person by a note in the answer, to programs by an event. */

static void
emit_trimmed (RnlAgentRun *self, gint64 tokens, gint64 limit)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "left_out", self->trim.left_out);
  json_object_set_int_member (object, "tokens", tokens);
  if (limit > 0)
    json_object_set_int_member (object, "limit", limit);
  json_node_take_object (node, object);
  rnl_run_emit_custom (self->run, RNL_CONTEXT_EVENT_TRIMMED, node);
}

static void
tell_trimmed (RnlAgentRun *self, gint64 tokens, gint64 limit)
{
  if (self->note != NULL)
    rnl_context_trim_tell (&self->trim, self->history, self->note);
  else
    {
      g_autoptr (RnlPart) note = rnl_context_trim_new_note (&self->trim, self->history, self->step);

      rnl_message_add_part (self->message, note);
      self->note = note;
    }
  emit_trimmed (self, tokens, limit);
}

/* Leaves out what is more than @target, as far as that goes. */
static gboolean
trim (RnlAgentRun *self, RnlChatRequest *request, gint64 tokens, gint64 target, gint64 limit)
{
  gint64 estimate = rnl_chat_request_estimate_tokens (request, rnl_agent_get_model (self->agent));
  double excess = (double) (tokens - target) * (double) estimate / (double) MAX (tokens, 1);

  if (!rnl_context_trim_drop (&self->trim, self->history, (gint64) excess + 1,
                              get_image_tokens (self)))
    return FALSE;
  tell_trimmed (self, tokens, limit);

  return TRUE;
}

/* Whoever listens to the event may have ended the turn. */
static void
send_what_fits (RnlAgentRun *self, gint64 limit)
{
  g_autoptr (RnlChatRequest) request = rnl_agent_run_build_request (self);
  gint64 tokens = measure (self, request);

  if (limit > 0 && tokens > limit
      && trim (self, request, tokens, (gint64) (TRIM_TO * (double) limit), limit))
    {
      g_clear_pointer (&request, rnl_chat_request_unref);
      request = rnl_agent_run_build_request (self);
    }
  if (!self->over)
    send_request (self, request);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (RnlChatRequest) request = NULL;
  gint64 tokens = rnl_chat_model_count_tokens_finish (RNL_CHAT_MODEL (source), result, NULL);

  if (self->over)
    return;

  /* A server that cannot count leaves us with the estimate. */
  request = rnl_agent_run_build_request (self);
  if (tokens > 0)
    self->size = (RnlContextSize){ .input = tokens,
                                   .estimate = rnl_chat_request_estimate_tokens (
                                     request, RNL_CHAT_MODEL (source)) };
  send_what_fits (self, rnl_context_get_limit (self->window, self->max_output, request));
}

/* A window that has become larger, because another model answers, takes again what was left out. */
static void
recall (RnlAgentRun *self, RnlChatRequest **request, gint64 limit)
{
  RnlChatModel *model = rnl_agent_get_model (self->agent);

  if (limit > 0 && measure (self, *request) <= (gint64) (TRIM_TO * (double) limit))
    return;
  if (!rnl_context_trim_recall (&self->trim, self->history, self->message,
                                limit > 0 ? NULL : rnl_chat_model_get_id (model)))
    return;
  rnl_chat_request_unref (*request);
  *request = rnl_agent_run_build_request (self);
}

static void
fit (RnlAgentRun *self)
{
  RnlChatModel *model = rnl_agent_get_model (self->agent);
  g_autoptr (RnlChatRequest) request = rnl_agent_run_build_request (self);
  gint64 limit = rnl_context_get_limit (self->window, self->max_output, request);

  if (self->trim.left_out == 0 && self->question == NULL)
    recall (self, &request, limit);
  if (limit > 0 && !self->counted && rnl_chat_model_can_count_tokens (model)
      && measure (self, request) > (gint64) (COUNT_FROM * (double) limit))
    {
      self->counted = TRUE;
      rnl_chat_model_count_tokens_async (model, request, self->cancellable, counted_cb,
                                         g_object_ref (self));
      return;
    }
  send_what_fits (self, limit);
}

/* What nobody knows of a model keeps it from nothing. */
static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RnlAgentRun) self = user_data;
  g_autoptr (RnlModelInfo) info
    = rnl_chat_model_describe_finish (RNL_CHAT_MODEL (source), result, NULL);

  if (self->over)
    return;

  self->described = TRUE;
  if (info != NULL && self->window == 0)
    self->window = MAX (rnl_model_info_get_context_length (info), 0);
  if (info != NULL)
    self->max_output = MAX (rnl_model_info_get_max_output (info), 0);
  fit (self);
}

static gboolean
needs_describing (RnlAgentRun *self)
{
  g_autoptr (RnlChatRequest) request = NULL;

  if (self->described)
    return FALSE;
  request = rnl_agent_run_build_request (self);

  return measure (self, request) >= DESCRIBE_FROM;
}

/**
 * rnl_agent_run_ask_model: (skip)
 * @self: a turn
 *
 * Asks the model for the next step, with as much of the conversation as its window takes.
 */
void
rnl_agent_run_ask_model (RnlAgentRun *self)
{
  self->retried = FALSE;
  if (needs_describing (self))
    rnl_chat_model_describe_async (rnl_agent_get_model (self->agent), self->cancellable,
                                   described_cb, g_object_ref (self));
  else
    fit (self);
}

static gboolean
shows_something (RnlAgentRun *self)
{
  for (guint i = self->n_before; i < rnl_message_get_n_parts (self->message); i++)
    {
      RnlPart *part = rnl_message_get_part (self->message, i);

      if (rnl_part_get_step (part) == self->step && !rnl_part_is_note (part))
        return TRUE;
    }

  return self->resumed && self->step == self->first_step;
}

/**
 * rnl_agent_run_ask_for_less: (skip)
 * @self: a turn, a model call of which has failed
 * @error: why
 *
 * Asks again, once, with half of it, when a server says that it was too much and nothing of an
 * answer has come.
 *
 * Returns: whether it was asked again
 */
gboolean
rnl_agent_run_ask_for_less (RnlAgentRun *self, const GError *error)
{
  g_autoptr (RnlChatRequest) request = NULL;
  gint64 tokens;

  if (!g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG)
      || self->retried || self->question != NULL || shows_something (self))
    return FALSE;

  request = rnl_agent_run_build_request (self);
  tokens = measure (self, request);
  if (!trim (self, request, tokens, (gint64) (RETRY_WITH * (double) tokens), 0))
    return FALSE;
  self->retried = TRUE;
  g_clear_pointer (&request, rnl_chat_request_unref);
  request = rnl_agent_run_build_request (self);
  if (!self->over)
    send_request (self, request);

  return TRUE;
}
