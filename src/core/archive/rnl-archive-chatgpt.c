/* rnl-archive-chatgpt.c
 *
 * A conversation is a tree of nodes, `mapping`: `{id: {message, parent, children}}`, and the id of
 * the last one shown, `current_node`. What is one answer to us is several nodes there (thinking,
 * the call of a tool, what it gave, the text); they are one message as long as nothing branches
 * off.
 *
 * Source: the export archives of 2023 to 2025 (conversations.json).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-chatgpt.h"

#include <string.h>

#include "rnl-archive-error.h"
#include "rnl-archive-members.h"

/* A node that is still to be read. */
typedef struct
{
  const char *id;
  RnlMessage *before; /* borrowed (nullable): the message it follows */
  gboolean alone;     /* nothing else follows that message */
} Place;

typedef struct
{
  RnlArchiveChat *chat;
  RnlArchiveFiles *files;
  JsonObject *mapping;
  GHashTable *seen;     /* ids of nodes, borrowed */
  GHashTable *messages; /* id of a node to the message that has it, both borrowed */
} Reader;

static RnlPart *
add_text (RnlMessage *message, RnlPartType type, const char *text)
{
  g_autoptr (RnlPart) part = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  part = rnl_part_new (type, 0);
  rnl_part_set_text (part, text);
  rnl_part_set_complete (part, TRUE);
  rnl_message_add_part (message, part);

  return part;
}

static char *
object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* "file-service://file-abc" and "sediment://file_abc" are files by id. */
static const char *
pointer_id (const char *pointer)
{
  const char *slashes = pointer != NULL ? strstr (pointer, "://") : NULL;

  return slashes != NULL ? slashes + 3 : pointer;
}

static JsonObject *
find_attachment (JsonArray *attachments, const char *id)
{
  for (guint i = 0; id != NULL && i < rnl_archive_length (attachments); i++)
    {
      JsonObject *attachment = rnl_archive_element (attachments, i);

      if (g_strcmp0 (rnl_archive_string (attachment, "id"), id) == 0)
        return attachment;
    }

  return NULL;
}

static void
add_file (Reader *self, RnlMessage *message, const char *id, JsonObject *attachment)
{
  const char *type = rnl_archive_string (attachment, "mime_type");
  g_autoptr (RnlPart) part = NULL;

  if (type == NULL)
    type = rnl_archive_string (attachment, "mimeType");
  part
    = rnl_archive_files_make_part (self->files, id, rnl_archive_string (attachment, "name"), type);
  rnl_message_add_part (message, part);
}

/* A piece of a message of several kinds: text, the pointer to a picture or a sound, the words of a
 * sound. */
static void
add_piece (Reader *self, RnlMessage *message, JsonObject *piece, JsonArray *attachments)
{
  const char *kind = rnl_archive_string (piece, "content_type");
  const char *id = pointer_id (rnl_archive_string (piece, "asset_pointer"));
  g_autofree char *raw = NULL;

  if (rnl_archive_string (piece, "text") != NULL)
    add_text (message, RNL_PART_TEXT, rnl_archive_string (piece, "text"));
  else if (id != NULL)
    add_file (self, message, id, find_attachment (attachments, id));
  else if (kind == NULL || !g_str_has_prefix (kind, "real_time_"))
    {
      raw = object_to_text (piece);
      add_text (message, RNL_PART_TEXT, raw);
    }
}

/* Returns: whether CONTENT points to the file ID itself */
static gboolean
is_shown (JsonArray *pieces, const char *id)
{
  for (guint i = 0; i < rnl_archive_length (pieces); i++)
    {
      JsonObject *piece = rnl_archive_element (pieces, i);

      if (piece != NULL
          && g_strcmp0 (pointer_id (rnl_archive_string (piece, "asset_pointer")), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_attachments (Reader *self, RnlMessage *message, JsonArray *attachments, JsonArray *pieces)
{
  for (guint i = 0; i < rnl_archive_length (attachments); i++)
    {
      JsonObject *attachment = rnl_archive_element (attachments, i);
      const char *id = rnl_archive_string (attachment, "id");

      if (id != NULL && !is_shown (pieces, id))
        add_file (self, message, id, attachment);
    }
}

static void
add_thoughts (RnlMessage *message, JsonArray *thoughts)
{
  for (guint i = 0; i < rnl_archive_length (thoughts); i++)
    {
      JsonObject *thought = rnl_archive_element (thoughts, i);
      const char *content = rnl_archive_string (thought, "content");
      RnlPart *part = add_text (
        message, RNL_PART_REASONING,
        content != NULL && *content != '\0' ? content : rnl_archive_string (thought, "summary"));

      if (part != NULL)
        rnl_part_set_title (part, rnl_archive_string (thought, "summary"));
    }
}

/* Returns: (transfer full) (nullable): what CONTENT says, where it is one text */
static char *
dup_content_text (JsonObject *content)
{
  static const char *const members[] = { "text", "result", "content" };
  JsonArray *pieces = rnl_archive_array (content, "parts");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (rnl_archive_string (content, members[i]) != NULL)
      return g_strdup (rnl_archive_string (content, members[i]));
  for (guint i = 0; i < rnl_archive_length (pieces); i++)
    {
      const char *piece = rnl_archive_text (pieces, i);

      if (piece != NULL && text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, piece != NULL ? piece : "");
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_content (Reader *self, RnlMessage *message, JsonObject *said)
{
  JsonObject *content = rnl_archive_object (said, "content");
  JsonObject *metadata = rnl_archive_object (said, "metadata");
  JsonArray *attachments = rnl_archive_array (metadata, "attachments");
  JsonArray *pieces = rnl_archive_array (content, "parts");
  JsonArray *thoughts = rnl_archive_array (content, "thoughts");

  add_attachments (self, message, attachments, pieces);
  if (thoughts != NULL)
    add_thoughts (message, thoughts);
  else if (pieces != NULL)
    for (guint i = 0; i < rnl_archive_length (pieces); i++)
      {
        if (rnl_archive_element (pieces, i) != NULL)
          add_piece (self, message, rnl_archive_element (pieces, i), attachments);
        else
          add_text (message, RNL_PART_TEXT, rnl_archive_text (pieces, i));
      }
  else if (g_strcmp0 (rnl_archive_string (content, "content_type"), "reasoning_recap") != 0)
    {
      g_autofree char *text = dup_content_text (content);
      g_autofree char *raw = text == NULL && content != NULL ? object_to_text (content) : NULL;

      add_text (message, RNL_PART_TEXT, text != NULL ? text : raw);
    }
}

/* What is said to a tool: JSON as it is, anything else as the one argument "input". */
static void
add_call (RnlMessage *message, JsonObject *said, const char *name)
{
  g_autofree char *text = dup_content_text (rnl_archive_object (said, "content"));
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  g_autoptr (RnlPart) call = rnl_part_new_tool_call (0, rnl_archive_string (said, "id"), name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    rnl_part_set_text (call, text);
  else
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autofree char *arguments = NULL;

      json_object_set_string_member (object, "input", text != NULL ? text : "");
      arguments = object_to_text (object);
      rnl_part_set_text (call, arguments);
    }
  rnl_part_set_state (call, RNL_TOOL_DONE);
  rnl_part_set_complete (call, TRUE);
  rnl_message_add_part (message, call);
}

/* Returns: (transfer none) (nullable): the newest call that has no result */
static RnlPart *
find_open_call (RnlMessage *message)
{
  for (guint i = rnl_message_get_n_parts (message); i > 0; i--)
    {
      RnlPart *part = rnl_message_get_part (message, i - 1);

      if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL && rnl_part_get_result (part) == NULL)
        return part;
    }

  return NULL;
}

static void
add_result (Reader *self, RnlMessage *message, JsonObject *said, const char *name)
{
  JsonObject *content = rnl_archive_object (said, "content");
  JsonArray *pieces = rnl_archive_array (content, "parts");
  g_autofree char *text = dup_content_text (content);
  g_autofree char *raw = text == NULL && content != NULL ? object_to_text (content) : NULL;
  RnlPart *call = find_open_call (message);

  if (call == NULL)
    {
      g_autoptr (RnlPart) made
        = rnl_part_new_tool_call (0, rnl_archive_string (said, "id"), name != NULL ? name : "tool");

      rnl_part_set_text (made, "{}");
      rnl_part_set_state (made, RNL_TOOL_DONE);
      rnl_part_set_complete (made, TRUE);
      rnl_message_add_part (message, made);
      call = made;
    }
  rnl_part_set_result (call, text != NULL ? text : raw);
  for (guint i = 0; i < rnl_archive_length (pieces); i++)
    {
      JsonObject *piece = rnl_archive_element (pieces, i);
      const char *id
        = pointer_id (piece != NULL ? rnl_archive_string (piece, "asset_pointer") : NULL);

      if (id != NULL)
        add_file (self, message, id, NULL);
    }
}

static gboolean
is_hidden (JsonObject *said)
{
  JsonObject *metadata = rnl_archive_object (said, "metadata");
  JsonObject *content = rnl_archive_object (said, "content");
  JsonArray *attachments = rnl_archive_array (metadata, "attachments");
  JsonArray *pieces = rnl_archive_array (content, "parts");

  if (said == NULL || rnl_archive_flag (metadata, "is_visually_hidden_from_conversation")
      || g_strcmp0 (rnl_archive_string (content, "content_type"), "user_editable_context") == 0)
    return TRUE;

  /* The first node of most conversations: a system message that says nothing. */
  return rnl_archive_length (attachments) == 0 && rnl_archive_length (pieces) == 1
         && g_strcmp0 (rnl_archive_text (pieces, 0), "") == 0;
}

/* Returns: (transfer none): the message a node belongs to: a new one, or the answer it goes on */
static RnlMessage *
open_message (Reader *self, JsonObject *said, RnlRole role, const Place *place)
{
  RnlMessage *before = place->before;
  const char *model = rnl_archive_string (rnl_archive_object (said, "metadata"), "model_slug");
  RnlMessage *message;

  if (before != NULL && place->alone && role == RNL_ROLE_ASSISTANT
      && rnl_message_get_role (before) == RNL_ROLE_ASSISTANT)
    {
      if (rnl_message_get_model (before) == NULL)
        rnl_message_set_model (before, model);
      return before;
    }

  message
    = rnl_archive_chat_add (self->chat, role, before != NULL ? rnl_message_get_id (before) : NULL);
  rnl_message_set_id (message, place->id);
  rnl_message_set_created (
    message, rnl_archive_time (said, "create_time", rnl_chat_get_created (self->chat->chat)));
  if (role == RNL_ROLE_ASSISTANT)
    rnl_message_set_model (message, model);

  return message;
}

/* Returns: (transfer none) (nullable): the message that what follows the node follows */
static RnlMessage *
read_node (Reader *self, JsonObject *node, const Place *place)
{
  JsonObject *said = rnl_archive_object (node, "message");
  JsonObject *author = rnl_archive_object (said, "author");
  const char *role = rnl_archive_string (author, "role");
  const char *recipient = rnl_archive_string (said, "recipient");
  gboolean user = g_strcmp0 (role, "user") == 0, system = g_strcmp0 (role, "system") == 0;
  RnlMessage *message;

  if (is_hidden (said))
    return place->before;

  message = open_message (self, said,
                          user     ? RNL_ROLE_USER
                          : system ? RNL_ROLE_SYSTEM
                                   : RNL_ROLE_ASSISTANT,
                          place);
  if (g_strcmp0 (role, "tool") == 0)
    add_result (self, message, said, rnl_archive_string (author, "name"));
  else if (recipient != NULL && !g_str_equal (recipient, "all") && !user)
    add_call (message, said, recipient);
  else
    add_content (self, message, said);

  return message;
}

static void
push_place (GArray *places, const char *id, RnlMessage *before, gboolean alone)
{
  Place place = { id, before, alone };

  g_array_append_val (places, place);
}

/* Reads the tree from its roots, the versions of a message in their order. */
static gboolean
read_tree (Reader *self, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  JsonObjectIter iter;
  const char *id;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->mapping);
  while (json_object_iter_next_ordered (&iter, &id, &value))
    {
      JsonObject *node = rnl_archive_object (self->mapping, id);
      const char *parent = rnl_archive_string (node, "parent");

      if (parent == NULL || rnl_archive_object (self->mapping, parent) == NULL)
        push_place (places, id, NULL, FALSE);
    }

  while (places->len > 0)
    {
      Place place = g_array_index (places, Place, places->len - 1);
      JsonObject *node = rnl_archive_object (self->mapping, place.id);
      JsonArray *children = rnl_archive_array (node, "children");
      guint n = rnl_archive_length (children);
      RnlMessage *message;

      g_array_set_size (places, places->len - 1);
      if (node == NULL || !g_hash_table_add (self->seen, (gpointer) place.id))
        {
          g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN,
                       "the node %s is not there, or has two parents", place.id);
          return FALSE;
        }
      message = read_node (self, node, &place);
      if (message != NULL)
        g_hash_table_insert (self->messages, (gpointer) place.id, message);
      for (guint i = n; i > 0; i--)
        if (rnl_archive_text (children, i - 1) != NULL)
          push_place (places, rnl_archive_text (children, i - 1), message, n == 1);
    }
  if (g_hash_table_size (self->seen) == json_object_get_size (self->mapping))
    return TRUE;

  g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN,
               "%u nodes of the conversation are not in its tree",
               json_object_get_size (self->mapping) - g_hash_table_size (self->seen));

  return FALSE;
}

/**
 * rnl_archive_chatgpt_read:
 * @object: a conversation with `mapping`
 * @files: (nullable): what lay beside it
 * @error: return location
 *
 * Errors: `RNL_ARCHIVE_ERROR_BROKEN` when the nodes are no tree
 *
 * Returns: (transfer full) (nullable): the chat
 */
RnlArchiveChat *
rnl_archive_chatgpt_read (JsonObject *object, RnlArchiveFiles *files, GError **error)
{
  g_autoptr (RnlArchiveChat) chat = rnl_archive_chat_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) messages = g_hash_table_new (g_str_hash, g_str_equal);
  Reader self = { chat, files, rnl_archive_object (object, "mapping"), seen, messages };
  const char *id = rnl_archive_string (object, "conversation_id");
  const char *current = rnl_archive_string (object, "current_node");
  gint64 created = rnl_archive_time (object, "create_time", g_get_real_time ());
  RnlMessage *last;

  if (id == NULL)
    id = rnl_archive_string (object, "id");
  if (id != NULL)
    rnl_chat_set_id (chat->chat, id);
  rnl_chat_set_title (chat->chat, rnl_archive_string (object, "title"));
  rnl_chat_set_created (chat->chat, created);
  rnl_chat_set_updated (chat->chat, rnl_archive_time (object, "update_time", created));
  rnl_chat_set_pinned (chat->chat, rnl_archive_flag (object, "is_starred"));
  if (!read_tree (&self, error))
    return NULL;

  last = current != NULL ? g_hash_table_lookup (messages, current) : NULL;
  if (last != NULL)
    chat->current_id = g_strdup (rnl_message_get_id (last));
  rnl_archive_chat_finish (chat);

  return g_steal_pointer (&chat);
}
