/* rnl-conversation-title.c: a chat gets its name from a model
 *
 * Until then, and whenever nothing comes of it, its name is the first line of the first question.
 * A name that a person gave is never changed: only the one that was made here is.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-conversation-title.h"

#include <string.h>

#include "rnl-conversation-private.h"
#include "rnl-inner-prompts.h"
#include "rnl-model-call.h"
#include "rnl-provider-error.h"
#include "rnl-text.h"

#define RUN_NAME "name_chat"

/* Of the question and of the answer: what it is about is in the beginning. */
#define MAX_CHARS 1200

/* A model that thinks first needs room for it; the title itself is short. */
#define MAX_TOKENS          48
#define MAX_TOKENS_THINKING 2048

#define TITLE_CHARS 60

/* Until there is a better one. */
void
rnl_conversation_title_by_rule (RnlConversation *self, RnlMessage *first)
{
  const char *title = rnl_chat_get_title (self->chat);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (title != NULL && *title != '\0')
    return;

  text = rnl_message_dup_text (first);
  /* A question may be nothing but a file. */
  if (*text == '\0' && rnl_message_get_n_parts (first) > 0)
    {
      g_free (text);
      text = g_strdup (rnl_part_get_title (rnl_message_get_part (first, 0)));
    }
  line = rnl_text_first_line (text != NULL ? text : "", TITLE_CHARS);
  rnl_chat_set_title (self->chat, line);
  rnl_set_str (&self->rule_title, line);
}

static gboolean
has_rule_title (RnlConversation *self)
{
  return self->rule_title != NULL
         && g_strcmp0 (rnl_chat_get_title (self->chat), self->rule_title) == 0;
}

static RnlMessage *
find_answer (RnlConversation *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->messages));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RnlMessage) message = g_list_model_get_item (G_LIST_MODEL (self->messages), i);

      if (rnl_message_get_role (message) == RNL_ROLE_ASSISTANT
          && rnl_message_get_state (message) == RNL_MESSAGE_COMPLETE)
        return message;
    }

  return NULL;
}

/**
 * rnl_conversation_needs_title:
 * @self: a conversation
 *
 * Returns: whether it has its first answer and still the name that was made from its first
 *   question, and no model has been asked for another one. A chat of an earlier start of the
 * program keeps its name
 */
gboolean
rnl_conversation_needs_title (RnlConversation *self)
{
  g_return_val_if_fail (RNL_IS_CONVERSATION (self), FALSE);

  return self->titling == NULL && !rnl_chat_get_temporary (self->chat) && has_rule_title (self)
         && find_answer (self) != NULL;
}

/* Asking. */

static void
add_beginning (GString *prompt, const char *who, RnlMessage *message)
{
  g_autofree char *text = rnl_message_dup_text (message);
  g_autofree char *beginning = rnl_text_ellipsize (text, MAX_CHARS);

  g_string_append_printf (prompt, "%s: %s\n", who, beginning);
}

static char *
make_prompt (RnlConversation *self, RnlMessage *answer)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (RnlMessage) question = g_list_model_get_item (G_LIST_MODEL (self->messages), 0);

  add_beginning (said, "user", question);
  add_beginning (said, "assistant", answer);

  return g_strdup_printf (RNL_TITLE_PROMPT ("%s"), said->str);
}

static gboolean
thinks (RnlMessage *answer)
{
  for (guint i = 0; i < rnl_message_get_n_parts (answer); i++)
    if (rnl_part_get_part_type (rnl_message_get_part (answer, i)) == RNL_PART_REASONING)
      return TRUE;

  return rnl_message_get_usage (answer)->reasoning > 0;
}

/* What models put around a title although they were asked not to. */
static char *
clean_title (const char *answer)
{
  static const char *const marks[] = { "\"", "'", "“", "”", "„", "«", "»", "‘", "’", "." };
  g_autofree char *line = rnl_text_snippet (answer, TITLE_CHARS);
  const char *start = line;
  gsize length;

  if (g_ascii_strncasecmp (start, "title:", strlen ("title:")) == 0)
    start += strlen ("title:");
  while (*start == ' ')
    start++;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (start, marks[i]))
      {
        start += strlen (marks[i]);
        break;
      }
  length = strlen (start);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length > strlen (marks[i])
        && memcmp (start + length - strlen (marks[i]), marks[i], strlen (marks[i])) == 0)
      {
        length -= strlen (marks[i]);
        i = (gsize) -1;
      }

  return g_strndup (start, length);
}

/* The person may have given it another name in the meantime. */
static void
use_title (RnlConversation *self, const char *title)
{
  if (!has_rule_title (self))
    return;

  rnl_chat_set_title (self->chat, title);
  if (self->stored)
    rnl_library_save_chat (self->library, self->chat);
}

static void
titled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RnlConversation *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RnlMessage) message = rnl_model_call_finish (result, &error);
  g_autofree char *text = message != NULL ? rnl_message_dup_text (message) : NULL;
  g_autofree char *title = text != NULL ? clean_title (text) : NULL;

  if (error == NULL && *title == '\0')
    error = rnl_provider_error_new (RNL_PROVIDER_ERROR_FAILED, "The model gave no title");
  if (error == NULL)
    use_title (self, title);
  /* It is asked once, whatever came of it. */
  g_clear_pointer (&self->rule_title, g_free);
  g_clear_object (&self->titling);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&title), g_free);
}

/**
 * rnl_conversation_make_title_async:
 * @self: a conversation that needs a title
 * @model: (nullable): who is asked, `NULL` for the model that answers
 * @callback: (scope async): called once
 * @user_data: for @callback
 *
 * Has a model name the chat by its first question and answer, in one short request that is no part
 * of the conversation. Unless the person has named it in the meantime, the chat has that title when
 * @callback is called. [method@Runnel.Conversation.stop] stops it.
 */
void
rnl_conversation_make_title_async (RnlConversation *self,
                                   RnlChatModel *model,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RnlChatRequest) request = NULL;
  g_autoptr (RnlRunConfig) config = rnl_run_config_new ();
  g_autoptr (RnlRun) run = NULL;
  g_autofree char *prompt = NULL;
  RnlMessage *answer;

  g_return_if_fail (RNL_IS_CONVERSATION (self));
  g_return_if_fail (rnl_conversation_needs_title (self));

  if (model == NULL)
    model = self->model;
  answer = find_answer (self);
  prompt = make_prompt (self, answer);
  request = rnl_chat_request_new_prompt (prompt);
  request->max_tokens = thinks (answer) ? MAX_TOKENS_THINKING : MAX_TOKENS;
  rnl_run_config_set_scope (config, self->scope);
  rnl_run_config_add_tag (config, RNL_RUN_TAG_INTERNAL);
  run = rnl_run_new_configured (rnl_chat_model_get_run_type (model), NULL, config, RUN_NAME);

  self->titling = g_cancellable_new ();
  task = g_task_new (self, self->titling, callback, user_data);
  g_task_set_source_tag (task, rnl_conversation_make_title_async);
  rnl_model_call_async (model, request, run, NULL, 0, NULL, NULL, self->titling, titled_cb,
                        g_steal_pointer (&task));
}

/**
 * rnl_conversation_make_title_finish:
 * @self: a conversation
 * @result: as given to the callback
 * @error: return location for an error
 *
 * Errors: `RNL_PROVIDER_ERROR`, `G_IO_ERROR_CANCELLED`. The chat keeps the name it has.
 *
 * Returns: (transfer full) (nullable): what the model called it
 */
char *
rnl_conversation_make_title_finish (RnlConversation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
