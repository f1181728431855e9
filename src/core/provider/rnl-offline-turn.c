/* rnl-offline-turn.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-turn.h"

#include <string.h>

#include "rnl-offline-tokens.h"
#include "rnl-text.h"

#define MAX_QUESTION 4096
#define MAX_REASON   300

static gint
find_last_question (RnlChatRequest *request)
{
  for (guint i = request->messages->len; i-- > 0;)
    if (rnl_message_get_role (g_ptr_array_index (request->messages, i)) == RNL_ROLE_USER)
      return (gint) i;

  return -1;
}

static void
add_calls (RnlOfflineTurn *self, RnlMessage *message)
{
  GPtrArray *step = NULL;
  guint number = 0;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
        continue;
      if (step == NULL || rnl_part_get_step (part) != number)
        {
          step = g_ptr_array_new_with_free_func (g_object_unref);
          number = rnl_part_get_step (part);
          g_ptr_array_add (self->steps, step);
        }
      g_ptr_array_add (step, g_object_ref (part));
    }
}

/**
 * rnl_offline_turn_new:
 * @request: what the model is asked
 *
 * Returns: (transfer full): what the rules look at
 */
RnlOfflineTurn *
rnl_offline_turn_new (RnlChatRequest *request)
{
  RnlOfflineTurn *self = g_new0 (RnlOfflineTurn, 1);
  gint last = find_last_question (request);
  g_autofree char *text = NULL;

  self->request = rnl_chat_request_ref (request);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (last >= 0)
    text = rnl_message_dup_text (g_ptr_array_index (request->messages, last));
  rnl_offline_turn_set_question (self, text != NULL ? text : "");
  for (guint i = (guint) (last + 1); i < request->messages->len; i++)
    add_calls (self, g_ptr_array_index (request->messages, i));

  return self;
}

void
rnl_offline_turn_free (RnlOfflineTurn *self)
{
  rnl_chat_request_unref (self->request);
  g_ptr_array_unref (self->steps);
  g_free (self->question);
  g_free (self->folded);
  g_free (self);
}

/**
 * rnl_offline_turn_set_question:
 * @self: a turn
 * @question: what to take as the question instead
 *
 * Very long questions are read at their beginning only: rules are about sentences.
 */
void
rnl_offline_turn_set_question (RnlOfflineTurn *self, const char *question)
{
  g_autofree char *bounded = g_strndup (question, MAX_QUESTION);
  char *valid = g_utf8_make_valid (bounded, -1);

  g_free (self->question);
  self->question = g_strstrip (valid);
  g_free (self->folded);
  self->folded = rnl_offline_fold (self->question);
}

/**
 * rnl_offline_fold:
 * @text: valid UTF-8
 *
 * "What's the TIME?" becomes " whats the time ".
 *
 * Returns: (transfer full): lower case, words between single blanks, a blank at either end
 */
char *
rnl_offline_fold (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *folded = g_string_new (" ");

  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      if (g_unichar_isalnum (u) || g_unichar_ismark (u))
        g_string_append_unichar (folded, u);
      else if (u != '\'' && u != 0x2019 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');

  return g_string_free (folded, FALSE);
}

/**
 * rnl_offline_turn_has:
 * @self: a turn
 * @phrase: whole words, folded
 *
 * Returns: whether they stand in the question one after another
 */
gboolean
rnl_offline_turn_has (RnlOfflineTurn *self, const char *phrase)
{
  gsize length = strlen (phrase);

  for (const char *at = strstr (self->folded, phrase); at != NULL; at = strstr (at + 1, phrase))
    if (at > self->folded && at[-1] == ' ' && at[length] == ' ')
      return TRUE;

  return FALSE;
}

gboolean
rnl_offline_turn_has_any (RnlOfflineTurn *self, const char *const *phrases)
{
  for (gsize i = 0; phrases[i] != NULL; i++)
    if (rnl_offline_turn_has (self, phrases[i]))
      return TRUE;

  return FALSE;
}

/**
 * rnl_offline_turn_offers:
 * @self: a turn
 * @tool: a tool's name
 *
 * Returns: whether the tool may be called
 */
gboolean
rnl_offline_turn_offers (RnlOfflineTurn *self, const char *tool)
{
  if (g_strcmp0 (self->request->tool_choice, "none") == 0)
    return FALSE;

  for (guint i = 0; i < self->request->tools->len; i++)
    {
      RnlToolSpec *spec = g_ptr_array_index (self->request->tools, i);

      if (g_str_equal (spec->name, tool))
        return TRUE;
    }

  return FALSE;
}

/**
 * rnl_offline_turn_count_input:
 * @self: a turn
 *
 * Returns: tokens in everything the request holds as text
 */
guint
rnl_offline_turn_count_input (RnlOfflineTurn *self)
{
  guint count
    = self->request->system != NULL ? rnl_offline_count_tokens (self->request->system) : 0;

  for (guint i = 0; i < self->request->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (self->request->messages, i);

      for (guint j = 0; j < rnl_message_get_n_parts (message); j++)
        {
          RnlPart *part = rnl_message_get_part (message, j);
          const char *result = rnl_part_get_result (part);

          count += rnl_offline_count_tokens (rnl_part_get_text (part));
          count += result != NULL ? rnl_offline_count_tokens (result) : 0;
        }
    }

  return count;
}

/**
 * rnl_offline_turn_get_call:
 * @self: a turn
 * @step: which model call, from 0
 * @index: which of its tool calls, from 0
 *
 * Returns: (transfer none) (nullable): the call
 */
RnlPart *
rnl_offline_turn_get_call (RnlOfflineTurn *self, guint step, guint index)
{
  GPtrArray *calls;

  if (step >= self->steps->len)
    return NULL;
  calls = g_ptr_array_index (self->steps, step);

  return index < calls->len ? g_ptr_array_index (calls, index) : NULL;
}

/**
 * rnl_offline_turn_find_call:
 * @self: a turn
 * @tool: a tool's name
 *
 * Returns: (transfer none) (nullable): the newest call of the tool in this turn
 */
RnlPart *
rnl_offline_turn_find_call (RnlOfflineTurn *self, const char *tool)
{
  for (guint i = self->steps->len; i-- > 0;)
    {
      GPtrArray *calls = g_ptr_array_index (self->steps, i);

      for (guint j = calls->len; j-- > 0;)
        if (g_strcmp0 (rnl_part_get_name (g_ptr_array_index (calls, j)), tool) == 0)
          return g_ptr_array_index (calls, j);
    }

  return NULL;
}

gboolean
rnl_offline_call_is_done (RnlPart *call)
{
  return rnl_part_get_state (call) == RNL_TOOL_DONE && rnl_part_get_result (call) != NULL;
}

/**
 * rnl_offline_call_describe_failure:
 * @call: a call that did not end well
 *
 * Returns: (transfer full): a sentence for the person: what went wrong, and the tool's own words
 */
char *
rnl_offline_call_describe_failure (RnlPart *call)
{
  const char *name = rnl_part_get_name (call) != NULL ? rnl_part_get_name (call) : "tool";
  const char *result = rnl_part_get_result (call);
  g_autofree char *reason = result != NULL ? rnl_text_first_line (result, MAX_REASON) : NULL;
  gboolean reasoned = reason != NULL && *reason != '\0';

  switch (rnl_part_get_state (call))
    {
    case RNL_TOOL_REFUSED:
      return g_strdup_printf ("`%s` was not allowed to run, so I left it alone.", name);
    case RNL_TOOL_LIMIT:
      return g_strdup_printf ("`%s` was not run, because this turn reached its limit.", name);
    case RNL_TOOL_CANCELLED:
      return g_strdup_printf ("`%s` was stopped before it was done.", name);
    case RNL_TOOL_FAILED:
    case RNL_TOOL_DONE:
    case RNL_TOOL_PREPARING:
    case RNL_TOOL_WAITING:
    case RNL_TOOL_RUNNING:
    default:
      return g_strdup_printf ("`%s` failed%s %s", name, reasoned ? ":" : "",
                              reasoned ? reason : "and did not say why.");
    }
}
