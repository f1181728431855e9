/* rnl-archive-claude.c
 *
 * A conversation is a list, `chat_messages`: `{uuid, sender, text, content, attachments, files,
 * parent_message_uuid?}`. `content` has what `text` says in blocks, with thinking and tools; newer
 * archives say of each message what it follows, in older ones that is the one before.
 *
 * Source: the export archives of 2024 and 2025 (conversations.json).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-claude.h"

#include "rnl-archive-error.h"
#include "rnl-archive-members.h"
#include "rnl-attachment.h"
#include "rnl-part-extra.h"

static void
add_text (RnlMessage *message, RnlPartType type, const char *text)
{
  g_autoptr (RnlPart) part = NULL;

  if (text == NULL || *text == '\0')
    return;
  part = rnl_part_new (type, 0);
  rnl_part_set_text (part, text);
  rnl_part_set_complete (part, TRUE);
  rnl_message_add_part (message, part);
}

static void
add_call (RnlMessage *message, JsonObject *block)
{
  JsonNode *input = json_object_get_member (block, "input");
  g_autofree char *arguments = input != NULL ? json_to_string (input, FALSE) : g_strdup ("{}");
  const char *name = rnl_archive_string (block, "name");
  g_autoptr (RnlPart) call
    = rnl_part_new_tool_call (0, rnl_archive_string (block, "id"), name != NULL ? name : "tool");

  rnl_part_set_text (call, arguments);
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_part_set_complete (call, TRUE);
  rnl_message_add_part (message, call);
}

/* Returns: (transfer full): the texts of a result's blocks, or the blocks as they are */
static char *
dup_result (JsonObject *block)
{
  JsonNode *content = json_object_get_member (block, "content");
  JsonArray *blocks = rnl_archive_array (block, "content");
  g_autoptr (GString) text = g_string_new (NULL);

  if (rnl_archive_string (block, "content") != NULL)
    return g_strdup (rnl_archive_string (block, "content"));
  for (guint i = 0; i < rnl_archive_length (blocks); i++)
    {
      const char *piece = rnl_archive_string (rnl_archive_element (blocks, i), "text");

      if (piece == NULL)
        return json_to_string (content, FALSE);
      g_string_append_printf (text, text->len > 0 ? "\n%s" : "%s", piece);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The call that a result belongs to: the one it names, else the newest without one. */
static RnlPart *
find_call (RnlMessage *message, const char *id)
{
  RnlPart *newest = NULL;

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);

      if (rnl_part_get_part_type (part) != RNL_PART_TOOL_CALL)
        continue;
      if (id != NULL && g_strcmp0 (rnl_part_get_call_id (part), id) == 0)
        return part;
      if (rnl_part_get_result (part) == NULL)
        newest = part;
    }

  return newest;
}

static void
add_result (RnlMessage *message, JsonObject *block)
{
  g_autofree char *result = dup_result (block);
  RnlPart *call = find_call (message, rnl_archive_string (block, "tool_use_id"));

  if (call == NULL)
    {
      add_call (message, block);
      call = rnl_message_get_part (message, rnl_message_get_n_parts (message) - 1);
    }
  rnl_part_set_result (call, result);
  if (rnl_archive_flag (block, "is_error"))
    rnl_part_set_state (call, RNL_TOOL_FAILED);
}

static void
add_block (RnlMessage *message, JsonObject *block)
{
  const char *type = rnl_archive_string (block, "type");

  if (g_strcmp0 (type, "text") == 0)
    add_text (message, RNL_PART_TEXT, rnl_archive_string (block, "text"));
  else if (g_strcmp0 (type, "thinking") == 0)
    add_text (message, RNL_PART_REASONING, rnl_archive_string (block, "thinking"));
  else if (g_strcmp0 (type, "tool_use") == 0)
    add_call (message, block);
  else if (g_strcmp0 (type, "tool_result") == 0)
    add_result (message, block);
  else if (block != NULL && g_strcmp0 (type, "token_budget") != 0)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), block);
      g_autofree char *raw = json_to_string (node, FALSE);

      add_text (message, RNL_PART_TEXT, raw);
    }
}

/* Of an attachment the archive holds the text that was read from it. */
static void
add_attachments (RnlMessage *message, JsonArray *attachments)
{
  for (guint i = 0; i < rnl_archive_length (attachments); i++)
    {
      JsonObject *attachment = rnl_archive_element (attachments, i);
      const char *text = rnl_archive_string (attachment, "extracted_content");
      const char *name = rnl_archive_string (attachment, "file_name");
      g_autoptr (RnlPart) part = rnl_part_new (RNL_PART_FILE, 0);

      rnl_part_set_title (part, name != NULL && *name != '\0' ? name : "pasted.txt");
      rnl_part_set_text (part, text);
      rnl_part_set_extra_string (part, RNL_PART_EXTRA_MIME_TYPE, "text/plain");
      rnl_part_set_complete (part, TRUE);
      rnl_message_add_part (message, part);
    }
}

static void
add_files (RnlMessage *message, JsonArray *array, RnlArchiveFiles *files)
{
  for (guint i = 0; i < rnl_archive_length (array); i++)
    {
      JsonObject *file = rnl_archive_element (array, i);
      const char *name = rnl_archive_string (file, "file_name");
      const char *id = rnl_archive_string (file, "file_uuid");
      g_autoptr (RnlPart) part = rnl_archive_files_make_part (files, id, name, NULL);

      /* Some archives hold it under its name. */
      if (rnl_part_get_length (part) == 0 && name != NULL)
        {
          g_object_unref (part);
          part = rnl_archive_files_make_part (files, name, name, NULL);
        }
      rnl_message_add_part (message, part);
    }
}

static void
add_content (RnlMessage *message, JsonObject *said, RnlArchiveFiles *files)
{
  JsonArray *content = rnl_archive_array (said, "content");

  add_attachments (message, rnl_archive_array (said, "attachments"));
  add_files (message, rnl_archive_array (said, "files"), files);
  for (guint i = 0; i < rnl_archive_length (content); i++)
    add_block (message, rnl_archive_element (content, i));
  if (rnl_archive_length (content) == 0)
    add_text (message, RNL_PART_TEXT, rnl_archive_string (said, "text"));
}

/* Reads one message. A parent that is not in the list is the beginning. */
static gboolean
read_message (
  RnlArchiveChat *chat, JsonObject *said, RnlArchiveFiles *files, GHashTable *known, GError **error)
{
  const char *id = rnl_archive_string (said, "uuid");
  const char *sender = rnl_archive_string (said, "sender");
  const char *parent = rnl_archive_string (said, "parent_message_uuid");
  RnlMessage *message;

  if (said == NULL || sender == NULL || (id != NULL && g_hash_table_contains (known, id)))
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN,
                   "message %u has no sender, or the id of another one", chat->messages->len + 1);
      return FALSE;
    }
  if (parent == NULL && chat->messages->len > 0)
    parent = rnl_message_get_id (chat->messages->pdata[chat->messages->len - 1]);
  if (parent != NULL && !g_hash_table_contains (known, parent))
    parent = NULL;

  message = rnl_archive_chat_add (
    chat, g_str_equal (sender, "human") ? RNL_ROLE_USER : RNL_ROLE_ASSISTANT, parent);
  if (id != NULL)
    rnl_message_set_id (message, id);
  g_hash_table_add (known, (gpointer) rnl_message_get_id (message));
  rnl_message_set_created (
    message, rnl_archive_time (said, "created_at", rnl_chat_get_created (chat->chat)));
  add_content (message, said, files);

  return TRUE;
}

/**
 * rnl_archive_claude_read:
 * @object: a conversation with `chat_messages`
 * @files: (nullable): what lay beside it
 * @error: return location
 *
 * Errors: `RNL_ARCHIVE_ERROR_BROKEN` when a message is not one
 *
 * Returns: (transfer full) (nullable): the chat
 */
RnlArchiveChat *
rnl_archive_claude_read (JsonObject *object, RnlArchiveFiles *files, GError **error)
{
  g_autoptr (RnlArchiveChat) chat = rnl_archive_chat_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *messages = rnl_archive_array (object, "chat_messages");
  gint64 created = rnl_archive_time (object, "created_at", g_get_real_time ());

  if (rnl_archive_string (object, "uuid") != NULL)
    rnl_chat_set_id (chat->chat, rnl_archive_string (object, "uuid"));
  rnl_chat_set_title (chat->chat, rnl_archive_string (object, "name"));
  rnl_chat_set_created (chat->chat, created);
  rnl_chat_set_updated (chat->chat, rnl_archive_time (object, "updated_at", created));
  rnl_chat_set_pinned (chat->chat, rnl_archive_flag (object, "is_starred"));
  for (guint i = 0; i < rnl_archive_length (messages); i++)
    if (!read_message (chat, rnl_archive_element (messages, i), files, known, error))
      return NULL;

  chat->current_id = g_strdup (rnl_archive_string (object, "current_leaf_message_uuid"));
  rnl_archive_chat_finish (chat);

  return g_steal_pointer (&chat);
}
