/* rnl-context-trim.c: how much of a conversation a model is sent
 *
 * What is left out is whole turns, the oldest first: a question with all that came of it. So no
 * tool call loses its result, and the model sees no answer without its question. When something has
 * to go, much goes at once, and the place is written down with the answer: until that is not enough
 * either, every request begins the same, which is what a provider's cache of prompts wants.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-context-trim.h"

#include "rnl-final-answer.h"
#include "rnl-json-members.h"
#include "rnl-part-extra.h"
#include "rnl-token-count.h"

#define SUMMARY_HEAD "Summary of the conversation so far:\n\n"
#define SUMMARY_END  "\n\nEnd of the summary; the conversation goes on from here."

static RnlMessage *
get_message (GPtrArray *history, guint position)
{
  return g_ptr_array_index (history, position);
}

/* Notes. */

/**
 * rnl_context_find_note:
 * @message: a message
 * @key: `RNL_PART_EXTRA_LEFT_OUT` or `RNL_PART_EXTRA_SUMMARY`
 *
 * Returns: (transfer none) (nullable): its last note of this kind
 */
RnlPart *
rnl_context_find_note (RnlMessage *message, const char *key)
{
  for (guint i = rnl_message_get_n_parts (message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (message, i - 1);

      if (rnl_part_get_extra (part, key) != NULL)
        return part;
    }

  return NULL;
}

static guint
count_messages (RnlPart *note, const char *key)
{
  JsonNode *node = rnl_part_get_extra (note, key);
  JsonObject *object = node != NULL ? rnl_json_node_get_object (node) : NULL;

  return object != NULL
           ? (guint) CLAMP (rnl_json_object_get_int (object, "messages", 0), 0, G_MAXINT)
           : 0;
}

/**
 * rnl_context_count_left_out:
 * @note: a part
 *
 * Returns: how many messages it says were left out, 0 when it says nothing of the kind
 */
guint
rnl_context_count_left_out (RnlPart *note)
{
  return count_messages (note, RNL_PART_EXTRA_LEFT_OUT);
}

/**
 * rnl_context_count_summarised:
 * @note: a part
 *
 * Returns: how many messages its text sums up, 0 when it is no summary
 */
guint
rnl_context_count_summarised (RnlPart *note)
{
  return count_messages (note, RNL_PART_EXTRA_SUMMARY);
}

/**
 * rnl_context_trim_tell:
 * @self: what is sent
 * @history: of this
 * @note: an opaque part
 *
 * Makes @note say what is left out.
 */
void
rnl_context_trim_tell (const RnlContextTrim *self, GPtrArray *history, RnlPart *note)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "messages", self->left_out);
  json_object_set_string_member (object, "first",
                                 rnl_message_get_id (get_message (history, self->start)));
  json_node_take_object (node, object);
  rnl_part_set_extra (note, RNL_PART_EXTRA_LEFT_OUT, node);
}

/**
 * rnl_context_trim_new_note:
 * @self: what is sent
 * @history: of this
 * @step: of the model call it is about
 *
 * Returns: (transfer full): a part that says what is left out
 */
RnlPart *
rnl_context_trim_new_note (const RnlContextTrim *self, GPtrArray *history, guint step)
{
  RnlPart *note = rnl_part_new (RNL_PART_OPAQUE, step);

  rnl_context_trim_tell (self, history, note);
  rnl_part_set_complete (note, TRUE);

  return note;
}

/* What is sent. */

/**
 * rnl_context_trim_init:
 * @self: (out caller-allocates): what is sent
 * @history: (element-type RnlMessage): a conversation, oldest first
 *
 * All that is younger than the newest summary, and that.
 */
void
rnl_context_trim_init (RnlContextTrim *self, GPtrArray *history)
{
  *self = (RnlContextTrim){ 0 };
  for (guint i = history->len; i > 0 && self->summary == NULL; i--)
    {
      self->summary = rnl_context_find_note (get_message (history, i - 1), RNL_PART_EXTRA_SUMMARY);
      if (self->summary != NULL)
        self->start = i;
    }
}

static gboolean
find_first (RnlPart *note, GPtrArray *history, guint *position)
{
  JsonNode *node = rnl_part_get_extra (note, RNL_PART_EXTRA_LEFT_OUT);
  JsonObject *object = rnl_json_node_get_object (node);
  const char *id = object != NULL ? rnl_json_object_get_string (object, "first") : NULL;

  for (guint i = 0; i < history->len; i++)
    if (g_strcmp0 (rnl_message_get_id (get_message (history, i)), id) == 0)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
recall_note (RnlContextTrim *self, GPtrArray *history, RnlMessage *message, const char *model)
{
  RnlPart *note = rnl_context_find_note (message, RNL_PART_EXTRA_LEFT_OUT);
  guint first;

  if ((model != NULL && g_strcmp0 (rnl_message_get_model (message), model) != 0)
      || !find_first (note, history, &first) || first <= self->start)
    return FALSE;

  self->left_out += first - self->start;
  self->start = first;

  return TRUE;
}

/**
 * rnl_context_trim_recall:
 * @self: what would be sent
 * @history: of this
 * @answer: (nullable): the answer that is being made to it
 * @model: (nullable): whose window it is; `NULL` when it does not matter who was asked
 *
 * Leaves out what was left out the last time.
 *
 * Returns: whether that is more than is left out already
 */
gboolean
rnl_context_trim_recall (RnlContextTrim *self,
                         GPtrArray *history,
                         RnlMessage *answer,
                         const char *model)
{
  if (answer != NULL && rnl_context_find_note (answer, RNL_PART_EXTRA_LEFT_OUT) != NULL)
    return recall_note (self, history, answer, model);
  for (guint i = history->len; i > self->start; i--)
    {
      RnlMessage *message = get_message (history, i - 1);

      if (rnl_context_find_note (message, RNL_PART_EXTRA_LEFT_OUT) != NULL)
        return recall_note (self, history, message, model);
    }

  return FALSE;
}

static gboolean
begins_turn (GPtrArray *history, guint position)
{
  return rnl_message_get_role (get_message (history, position)) == RNL_ROLE_USER
         && (position == 0
             || rnl_message_get_role (get_message (history, position - 1)) != RNL_ROLE_USER);
}

/**
 * rnl_context_trim_drop:
 * @self: what would be sent
 * @history: of this; its last message is the question
 * @tokens: by how many tokens the request shall become smaller, as they are estimated
 * @image_tokens: what an image is taken for
 *
 * Leaves out more whole turns, the oldest first, but never the last one.
 *
 * Returns: whether there was anything to leave out
 */
gboolean
rnl_context_trim_drop (RnlContextTrim *self, GPtrArray *history, gint64 tokens, guint image_tokens)
{
  guint before = self->start;
  gint64 dropped = 0;

  for (guint i = before; i + 1 < history->len && (i > self->start || dropped < tokens); i++)
    {
      dropped += rnl_message_estimate_tokens (get_message (history, i), image_tokens);
      if (begins_turn (history, i + 1))
        {
          self->left_out += i + 1 - self->start;
          self->start = i + 1;
        }
    }

  return self->start > before;
}

/* The summary stands before the oldest message that is sent, as part of it: two messages of one
 * speaker in a row are more than some models' templates take. */
static RnlMessage *
add_summary (RnlPart *summary, RnlMessage *message)
{
  RnlMessage *both = rnl_message_new (RNL_ROLE_USER);
  g_autofree char *text
    = g_strconcat (SUMMARY_HEAD, rnl_part_get_text (summary), SUMMARY_END, NULL);
  g_autoptr (RnlPart) part = rnl_part_new_text (text);

  rnl_message_add_part (both, part);
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    rnl_message_add_part (both, rnl_message_get_part (message, i));
  rnl_message_set_state (both, RNL_MESSAGE_COMPLETE);

  return both;
}

/**
 * rnl_context_trim_fill:
 * @self: what is sent
 * @history: of this
 * @request: where to
 *
 * Adds the messages to a request. Of an earlier turn the model is told what it answered, not how it
 * came to the answer, where the two can be told apart.
 */
void
rnl_context_trim_fill (const RnlContextTrim *self, GPtrArray *history, RnlChatRequest *request)
{
  for (guint i = self->start; i < history->len; i++)
    {
      g_autoptr (RnlMessage) message = rnl_final_answer_reduce (get_message (history, i));

      if (i == self->start && self->summary != NULL
          && rnl_message_get_role (message) == RNL_ROLE_USER)
        {
          g_autoptr (RnlMessage) both = add_summary (self->summary, message);

          rnl_chat_request_add_message (request, both);
        }
      else
        rnl_chat_request_add_message (request, message);
    }
}
