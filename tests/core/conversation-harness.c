/* conversation-harness.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "conversation-harness.h"

static RnlLibrary *
open_library (void)
{
  RnlLibrary *library = rnl_library_new (":memory:");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_library_open_async (library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_library_open_finish (library, result, &error);
  g_assert_no_error (error);

  return library;
}

void
talk_init (Talk *self, const Play *const *script, guint n_turns)
{
  self->model = test_model_new (script, n_turns);
  self->library = open_library ();
  self->tools = rnl_tool_registry_new ();
  self->chat = rnl_chat_new ();
  self->conversation
    = rnl_conversation_new (self->library, self->chat, RNL_CHAT_MODEL (self->model), self->tools);
}

void
talk_clear (Talk *self)
{
  talk_flush (self);
  g_assert_finalize_object (self->conversation);
  g_object_unref (self->chat);
  g_object_unref (self->model);
  g_object_unref (self->tools);
  g_object_unref (self->library);
}

void
talk_flush (Talk *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_library_flush_async (self->library, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_library_flush_finish (self->library, result, &error);
  g_assert_no_error (error);
}

gboolean
talk_is_idle (gpointer conversation)
{
  return !rnl_conversation_get_busy (conversation);
}

/* Says TEXT and waits for the end of the answer. */
void
talk_send (Talk *self, const char *text)
{
  g_assert_nonnull (rnl_conversation_send (self->conversation, text));
  rnl_test_wait_for (talk_is_idle, self->conversation);
}

/* Returns: (transfer full): the same chat as another start of the program finds it */
RnlConversation *
talk_reload (Talk *self, guint limit)
{
  RnlConversation *other
    = rnl_conversation_new (self->library, self->chat, RNL_CHAT_MODEL (self->model), self->tools);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rnl_conversation_load_async (other, limit, NULL, rnl_test_result_cb, &result);
  rnl_test_wait_for (rnl_test_has_result, &result);
  rnl_conversation_load_finish (other, result, &error);
  g_assert_no_error (error);

  return other;
}

/* Returns: (transfer none): the conversation keeps it */
RnlMessage *
talk_get_message (RnlConversation *conversation, guint position)
{
  g_autoptr (RnlMessage) message
    = g_list_model_get_item (rnl_conversation_list_messages (conversation), position);

  g_assert_nonnull (message);

  return message;
}

guint
talk_count_messages (RnlConversation *conversation)
{
  return g_list_model_get_n_items (rnl_conversation_list_messages (conversation));
}

void
talk_assert_text (RnlMessage *message, const char *expected)
{
  g_autofree char *text = rnl_message_dup_text (message);

  g_assert_cmpstr (text, ==, expected);
}

/* EXPECTED: the texts with a bar between them, and, where there are versions, which one it is:
 * "two (2/3) | four". */
void
talk_assert_path (RnlConversation *conversation, const char *expected)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < talk_count_messages (conversation); i++)
    {
      RnlMessage *message = talk_get_message (conversation, i);
      g_autofree char *text = rnl_message_dup_text (message);

      g_string_append_printf (path, "%s%s", i > 0 ? " | " : "", text);
      if (rnl_message_get_n_versions (message) > 1)
        g_string_append_printf (path, " (%u/%u)", rnl_message_get_version (message),
                                rnl_message_get_n_versions (message));
    }
  g_assert_cmpstr (path->str, ==, expected);
}
