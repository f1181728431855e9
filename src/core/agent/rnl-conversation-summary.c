/* rnl-conversation-summary.c: what is old in a chat is summed up, on request
 *
 * The model reads what is older than the last turns, as much at a time as its window takes, and
 * each time the summary so far with it. The result is a note at the end of the last message it
 * covers: from then on it is sent in place of all up to there, and the messages stay as they are.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-context.h"

#include "rnl-agent-private.h"
#include "rnl-conversation-outline.h"
#include "rnl-conversation-private.h"
#include "rnl-inner-prompts.h"
#include "rnl-model-call.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"

#define RUN_NAME "summarise_chat"

/* These are sent as they are. */
#define KEPT_TURNS 2

/* As much is read at a time when nobody knows what the model takes, and this part of it when
 * somebody does: the prompt and the answer need room, too. */
#define DEFAULT_PIECE 24000
#define PIECE_PART    2

/* A server that refuses a piece is given half of it, so many times. */
#define MAX_HALVINGS 5
#define LEAST_PIECE  64

typedef struct
{
  /* owned */
  GPtrArray *messages; /* of RnlMessage: all that is covered and has not been before */
  RnlRun *run;
  char *summary; /* nullable: of what was read so far */

  guint next;    /* the first message that has not been read */
  guint end;     /* behind the piece that is being read */
  guint covered; /* how many messages the summary will stand for */
  gint64 piece;  /* tokens that are read at a time */
  gint64 read;   /* tokens of the piece that is being read */
  guint halvings;
} Summary;

static void
summary_free (Summary *summary)
{
  g_ptr_array_unref (summary->messages);
  g_clear_object (&summary->run);
  g_free (summary->summary);
  g_free (summary);
}

/* What is covered. */

static gboolean
is_question (GPtrArray *history, guint position)
{
  return rnl_message_get_role (g_ptr_array_index (history, position)) == RNL_ROLE_USER;
}

/* Behind the last message that is older than the turns that are kept: at least one of two. */
static guint
find_end (GPtrArray *history, guint start)
{
  guint turns = 0, kept = 0;

  for (guint i = start; i < history->len; i++)
    turns += is_question (history, i);
  for (guint i = history->len; i > start; i--)
    if (is_question (history, i - 1) && ++kept == CLAMP (turns - 1, 1, KEPT_TURNS))
      return i - 1;

  return start;
}

/**
 * rnl_conversation_count_old:
 * @self: a conversation
 *
 * Returns: how many messages [method@Runnel.Conversation.summarise_async] would sum up, with those
 *   that were before; 0 when there is nothing new to sum up
 */
guint
rnl_conversation_count_old (RnlConversation *self)
{
  g_autoptr (GPtrArray) history = NULL;
  RnlContextTrim trim;
  guint end;

  g_return_val_if_fail (RNL_IS_CONVERSATION (self), 0);

  history = rnl_conversation_dup_history (self, NULL);
  rnl_context_trim_init (&trim, history);
  end = find_end (history, trim.start);

  return end > trim.start ? end : 0;
}

/* Asking. */

static void read_piece (GTask *task);

static char *
make_prompt (Summary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 tokens = 0;

  if (summary->summary != NULL)
    g_string_append_printf (text, "Summary of what was said before:\n%s\n\n", summary->summary);
  for (summary->end = summary->next; summary->end < summary->messages->len; summary->end++)
    {
      RnlMessage *message = g_ptr_array_index (summary->messages, summary->end);
      gint64 more = rnl_message_estimate_tokens (message, 0);

      if (summary->end > summary->next && tokens + more > summary->piece)
        break;
      rnl_inner_prompts_add_message (text, message);
      tokens += more;
    }

  summary->read = tokens;

  return g_strdup_printf (RNL_SUMMARY_PROMPT ("%s"), text->str);
}

static RnlMessage *
find_message (GPtrArray *history, RnlPart *note)
{
  for (guint i = history->len; i > 0; i--)
    {
      RnlMessage *message = g_ptr_array_index (history, i - 1);

      for (guint j = rnl_message_get_n_parts (message); j > 0; j--)
        if (rnl_message_get_part (message, j - 1) == note)
          return message;
    }

  return NULL;
}

/* The message may have gone while it was summed up. */
static void
keep_note (RnlConversation *self, RnlPart *note)
{
  g_autoptr (GPtrArray) history = rnl_conversation_dup_history (self, NULL);
  RnlMessage *message = find_message (history, note);

  if (self->stored && message != NULL)
    rnl_library_update_message (self->library, rnl_chat_get_id (self->chat), message);
  g_signal_emit_by_name (self, "context-changed");
}

static RnlPart *
add_note (RnlConversation *self, Summary *summary)
{
  RnlMessage *last = g_ptr_array_index (summary->messages, summary->messages->len - 1);
  guint n_parts = rnl_message_get_n_parts (last);
  guint step = n_parts > 0 ? rnl_part_get_step (rnl_message_get_part (last, n_parts - 1)) : 0;
  RnlPart *note = rnl_part_new (RNL_PART_OPAQUE, step);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "messages", summary->covered);
  json_node_take_object (node, object);
  rnl_part_set_text (note, summary->summary);
  rnl_part_set_extra (note, RNL_PART_EXTRA_SUMMARY, node);
  rnl_part_set_complete (note, TRUE);
  rnl_message_add_part (last, note);
  keep_note (self, note);

  return note;
}

static void
end (GTask *task, GError *error)
{
  RnlConversation *self = g_task_get_source_object (task);
  Summary *summary = g_task_get_task_data (task);

  self->summarising = FALSE;
  if (error == NULL)
    {
      g_autoptr (JsonNode) output = json_node_init_string (json_node_alloc (), summary->summary);

      rnl_run_end (summary->run, output);
      g_task_return_pointer (task, add_note (self, summary), g_object_unref);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rnl_run_cancel (summary->run);
  else
    rnl_run_fail (summary->run, error);
  g_task_return_error (task, error);
}

static gboolean
halve (Summary *summary, const GError *error)
{
  if (!g_error_matches (error, RNL_PROVIDER_ERROR, RNL_PROVIDER_ERROR_CONTEXT_TOO_LONG)
      || summary->halvings == MAX_HALVINGS || summary->piece <= LEAST_PIECE)
    return FALSE;

  summary->halvings++;
  summary->piece = MIN (summary->piece, summary->read) / 2;

  return TRUE;
}

static void
piece_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Summary *summary = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RnlMessage) answer = rnl_model_call_finish (result, &error);
  g_autofree char *text = answer != NULL ? g_strstrip (rnl_message_dup_text (answer)) : NULL;

  if (halve (summary, error))
    {
      g_error_free (error);
      read_piece (task);
      return;
    }
  if (error == NULL && *text == '\0')
    error = rnl_provider_error_new (RNL_PROVIDER_ERROR_FAILED, "The model gave no summary");
  if (error != NULL)
    {
      end (task, error);
      return;
    }

  g_free (summary->summary);
  summary->summary = g_steal_pointer (&text);
  summary->next = summary->end;
  if (summary->next < summary->messages->len)
    read_piece (task);
  else
    end (task, NULL);
}

/* A run like any other to who traces; its tag says that it is not for the transcript. */
static void
read_piece (GTask *task)
{
  RnlConversation *self = g_task_get_source_object (task);
  Summary *summary = g_task_get_task_data (task);
  g_autofree char *prompt = make_prompt (summary);
  g_autoptr (RnlChatRequest) request = rnl_chat_request_new_prompt (prompt);
  g_autoptr (RnlRun) run = rnl_run_new (rnl_chat_model_get_run_type (self->model),
                                        rnl_chat_model_get_id (self->model), summary->run, NULL);

  rnl_model_call_async (self->model, request, run, NULL, 0, NULL, NULL,
                        g_task_get_cancellable (task), piece_cb, g_object_ref (task));
}

static Summary *
begin (RnlConversation *self)
{
  Summary *summary = g_new0 (Summary, 1);
  g_autoptr (GPtrArray) history = rnl_conversation_dup_history (self, NULL);
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  RnlContextTrim trim;

  rnl_context_trim_init (&trim, history);
  summary->covered = find_end (history, trim.start);
  summary->messages = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = trim.start; i < summary->covered; i++)
    g_ptr_array_add (summary->messages, g_object_ref (g_ptr_array_index (history, i)));
  if (trim.summary != NULL)
    summary->summary = g_strdup (rnl_part_get_text (trim.summary));

  rnl_run_config_set_scope (config, self->scope);
  rnl_run_config_add_tag (config, RNL_RUN_TAG_INTERNAL);
  summary->run = rnl_run_new_configured (RNL_RUN_CHAIN, NULL, config, RUN_NAME);

  return summary;
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rnl_conversation_fill_finish (RNL_CONVERSATION (source), result, &error))
    read_piece (task);
  else
    end (task, error);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  Summary *summary = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (RnlModelInfo) info
    = rnl_chat_model_describe_finish (RNL_CHAT_MODEL (source), result, NULL);
  gint64 window = info != NULL ? rnl_model_info_get_context_length (info) : 0;

  summary->piece = window > 0 ? window / PIECE_PART : DEFAULT_PIECE;
  rnl_conversation_fill_async (self, summary->messages, cancellable, filled_cb,
                               g_steal_pointer (&task));
}

/**
 * rnl_conversation_summarise_async:
 * @self: a conversation
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Has the model sum up what is older than the last turns, and sends the summary in place of it from
 * the next message on. The messages stay; the summary is kept with the last of them.
 */
void
rnl_conversation_summarise_async (RnlConversation *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonNode) input = NULL;
  Summary *summary;

  g_return_if_fail (RNL_IS_CONVERSATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rnl_conversation_summarise_async);
  /* What the model gave is kept even when it was cancelled in its last moment. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->summarising || rnl_conversation_count_old (self) == 0)
    {
      g_task_return_new_error (task, G_IO_ERROR,
                               self->summarising ? G_IO_ERROR_PENDING : G_IO_ERROR_NOT_FOUND,
                               "There is nothing old to sum up");
      return;
    }

  self->summarising = TRUE;
  summary = begin (self);
  g_task_set_task_data (task, summary, (GDestroyNotify) summary_free);
  input = json_node_init_int (json_node_alloc (), summary->covered);
  rnl_run_start (summary->run, input);
  rnl_chat_model_describe_async (self->model, cancellable, described_cb, g_steal_pointer (&task));
}

/**
 * rnl_conversation_summarise_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `G_IO_ERROR_NOT_FOUND` when nothing is old enough, `G_IO_ERROR_PENDING` while a summary
 * is being made, `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full) (nullable): the note, for [method@Runnel.Conversation.drop_summary]
 */
RnlPart *
rnl_conversation_summarise_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rnl_conversation_drop_summary:
 * @self: a conversation
 * @note: the note of a summary
 *
 * Takes a summary back: from the next message on, what it stood for is sent again.
 */
void
rnl_conversation_drop_summary (RnlConversation *self, RnlPart *note)
{
  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (RNL_IS_PART (note));

  if (rnl_part_get_extra (note, RNL_PART_EXTRA_SUMMARY) == NULL)
    return;

  rnl_part_set_extra (note, RNL_PART_EXTRA_SUMMARY, NULL);
  rnl_part_set_text (note, "");
  keep_note (self, note);
}
