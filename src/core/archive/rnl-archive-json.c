/* rnl-archive-json.c: chats as our own JSON
 *
 * A file is `{"format": "runnel-chats", "version": 1, "chats": [chat, ...]}`. A chat is complete:
 * `{id, title, snippet?, model?, draft?, params?, created_us, updated_us, pinned?, labels?,
 * allowed_tools?, queue?, current?, messages}`, its messages all versions of everything, each after
 * its `parent`. Times are microseconds since 1970, durations microseconds; what is not known is
 * left out.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-archive-json.h"

#include <string.h>

#include "rnl-archive-error.h"
#include "rnl-archive-members.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-message-export.h"
#include "rnl-part-extra.h"
#include "rnl-provider-error.h"

#define MAX_DOMAIN 64
#define MAX_NESTED 32

static void
set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

static void
set_known (JsonObject *object, const char *name, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
}

static void
set_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array;

  if (values == NULL || values[0] == NULL)
    return;
  array = json_array_new ();
  for (; *values != NULL; values++)
    json_array_add_string_element (array, *values);
  json_object_set_array_member (object, name, array);
}

static char **
dup_strings (JsonObject *object, const char *name)
{
  JsonArray *array = rnl_archive_array (object, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < rnl_archive_length (array); i++)
    if (rnl_archive_text (array, i) != NULL)
      g_strv_builder_add (builder, rnl_archive_text (array, i));

  return g_strv_builder_end (builder);
}

/* Parts. */

static JsonObject *
part_to_json (RnlPart *part)
{
  JsonObject *object = json_object_new ();
  GListModel *children = rnl_part_list_children (part);
  guint n_children = g_list_model_get_n_items (children);
  g_autofree char *extra_text = rnl_part_dup_extra_json (part);
  g_autoptr (JsonNode) extra = extra_text != NULL ? json_from_string (extra_text, NULL) : NULL;

  set_string (object, "id", rnl_part_get_id (part));
  set_string (object, "type",
              rnl_enum_nick (RNL_TYPE_PART_TYPE, (gint) rnl_part_get_part_type (part)));
  json_object_set_int_member (object, "step", rnl_part_get_step (part));
  json_object_set_boolean_member (object, "complete", rnl_part_get_complete (part));
  json_object_set_int_member (object, "started_us", rnl_part_get_started (part));
  set_known (object, "duration_us", rnl_part_get_duration (part));
  if (rnl_part_get_title (part) != NULL)
    json_object_set_string_member (object, "title", rnl_part_get_title (part));
  json_object_set_string_member (object, "text", rnl_part_get_text (part));
  if (rnl_part_get_part_type (part) == RNL_PART_TOOL_CALL)
    {
      if (rnl_part_get_call_id (part) != NULL)
        json_object_set_string_member (object, "call_id", rnl_part_get_call_id (part));
      if (rnl_part_get_name (part) != NULL)
        json_object_set_string_member (object, "name", rnl_part_get_name (part));
      set_string (object, "state",
                  rnl_enum_nick (RNL_TYPE_TOOL_STATE, (gint) rnl_part_get_state (part)));
    }
  set_string (object, "output", rnl_part_get_output (part));
  if (rnl_part_get_result (part) != NULL)
    json_object_set_string_member (object, "result", rnl_part_get_result (part));
  if (extra != NULL)
    json_object_set_member (object, "extra", g_steal_pointer (&extra));

  if (n_children > 0)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < n_children; i++)
        {
          g_autoptr (RnlPart) child = g_list_model_get_item (children, i);

          json_array_add_object_element (array, part_to_json (child));
        }
      json_object_set_array_member (object, "children", array);
    }

  return object;
}

static void
read_extra (RnlPart *part, JsonObject *object)
{
  JsonObject *extra = rnl_archive_object (object, "extra");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (extra == NULL)
    return;
  node = json_node_init_object (json_node_alloc (), extra);
  text = json_to_string (node, FALSE);
  rnl_part_set_extra_json (part, text);
}

/* Returns: (transfer full) (nullable): the part, NULL for what is none */
static RnlPart *
part_from_json (JsonObject *object, guint depth)
{
  int type = rnl_archive_enum (object, "type", RNL_TYPE_PART_TYPE, -1);
  JsonArray *children = rnl_archive_array (object, "children");
  const char *output = rnl_archive_string (object, "output");
  g_autoptr (RnlPart) part = NULL;

  if (type < 0 || depth > MAX_NESTED)
    return NULL;

  part = rnl_part_new ((RnlPartType) type,
                       (guint) CLAMP (rnl_archive_int (object, "step", 0), 0, G_MAXINT));
  if (rnl_archive_string (object, "id") != NULL)
    rnl_part_set_id (part, rnl_archive_string (object, "id"));
  rnl_part_set_title (part, rnl_archive_string (object, "title"));
  rnl_part_set_started (part, rnl_archive_int (object, "started_us", 0));
  rnl_part_set_call_id (part, rnl_archive_string (object, "call_id"));
  rnl_part_set_name (part, rnl_archive_string (object, "name"));
  rnl_part_set_text (part, rnl_archive_string (object, "text"));
  if (output != NULL)
    rnl_part_append_output (part, output, strlen (output));
  rnl_part_set_result (part, rnl_archive_string (object, "result"));
  read_extra (part, object);
  if (type == RNL_PART_TOOL_CALL)
    rnl_part_set_state (part, (RnlToolState) rnl_archive_enum (object, "state", RNL_TYPE_TOOL_STATE,
                                                               RNL_TOOL_CANCELLED));
  for (guint i = 0; i < rnl_archive_length (children); i++)
    {
      g_autoptr (RnlPart) child = part_from_json (rnl_archive_element (children, i), depth + 1);

      if (child != NULL)
        rnl_part_add_child (part, child);
    }
  rnl_part_set_complete (part, rnl_archive_flag (object, "complete"));
  rnl_part_set_duration (part, rnl_archive_int (object, "duration_us", -1));

  return g_steal_pointer (&part);
}

/* Messages. */

static JsonObject *
failure_to_json (const GError *error)
{
  JsonObject *object = json_object_new ();
  const RnlProviderErrorDetails *details = rnl_provider_error_get_details (error);

  set_string (object, "domain", g_quark_to_string (error->domain));
  json_object_set_int_member (object, "code", error->code);
  set_string (object, "name", rnl_provider_error_nick (error));
  json_object_set_string_member (object, "message", error->message);
  if (details == NULL)
    return object;
  json_object_set_int_member (object, "status", details->status);
  set_known (object, "retry_after_ms", details->retry_after_ms);
  set_string (object, "request_id", details->request_id);
  set_string (object, "server_code", details->code);
  set_string (object, "body", details->body);

  return object;
}

static GError *
failure_from_json (JsonObject *object)
{
  GQuark provider = RNL_PROVIDER_ERROR;
  const char *domain = rnl_archive_string (object, "domain");
  const char *message = rnl_archive_string (object, "message");
  int code = (int) rnl_archive_int (object, "code", 0);
  RnlProviderErrorDetails *details;
  GError *error;

  if (object == NULL || domain == NULL || strlen (domain) > MAX_DOMAIN)
    return NULL;

  if (g_str_equal (domain, g_quark_to_string (provider)))
    code = rnl_archive_enum (object, "name", RNL_TYPE_PROVIDER_ERROR, RNL_PROVIDER_ERROR_FAILED);
  error = g_error_new_literal (g_quark_from_string (domain), code, message != NULL ? message : "");
  details = rnl_provider_error_get_details (error);
  if (details == NULL)
    return error;
  details->status = (guint) CLAMP (rnl_archive_int (object, "status", 0), 0, 999);
  details->retry_after_ms = rnl_archive_int (object, "retry_after_ms", -1);
  details->request_id = g_strdup (rnl_archive_string (object, "request_id"));
  details->code = g_strdup (rnl_archive_string (object, "server_code"));
  details->body = g_strdup (rnl_archive_string (object, "body"));

  return error;
}

static JsonObject *
message_to_json (RnlMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();
  const GError *error = rnl_message_get_error (message);

  set_string (object, "id", rnl_message_get_id (message));
  set_string (object, "parent", rnl_message_get_parent_id (message));
  set_string (object, "role", rnl_enum_nick (RNL_TYPE_ROLE, (gint) rnl_message_get_role (message)));
  json_object_set_int_member (object, "created_us", rnl_message_get_created (message));
  set_string (object, "state",
              rnl_enum_nick (RNL_TYPE_MESSAGE_STATE, (gint) rnl_message_get_state (message)));
  set_string (object, "model", rnl_message_get_model (message));
  set_string (
    object, "finish_reason",
    rnl_enum_nick (RNL_TYPE_FINISH_REASON, (gint) rnl_message_get_finish_reason (message)));
  set_string (object, "raw_finish_reason", rnl_message_get_raw_finish_reason (message));
  set_known (object, "first_token_us", rnl_message_get_first_token (message));
  set_known (object, "duration_us", rnl_message_get_duration (message));
  if (rnl_usage_is_known (rnl_message_get_usage (message)))
    json_object_set_object_member (object, "usage",
                                   rnl_usage_to_json (rnl_message_get_usage (message)));
  if (error != NULL)
    json_object_set_object_member (object, "error", failure_to_json (error));
  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    json_array_add_object_element (parts, part_to_json (rnl_message_get_part (message, i)));
  json_object_set_array_member (object, "parts", parts);

  return object;
}

static void
read_usage (RnlMessage *message, JsonObject *usage)
{
  RnlUsage counts;

  if (usage == NULL)
    return;
  counts.input = rnl_archive_int (usage, "input", -1);
  counts.output = rnl_archive_int (usage, "output", -1);
  counts.total = rnl_archive_int (usage, "total", -1);
  counts.cached_input = rnl_archive_int (usage, "cached_input", -1);
  counts.cache_write = rnl_archive_int (usage, "cache_write", -1);
  counts.reasoning = rnl_archive_int (usage, "reasoning", -1);
  rnl_message_set_usage (message, &counts);
}

/* What still grew in the file grows no more. */
static RnlMessageState
read_state (JsonObject *object)
{
  int state = rnl_archive_enum (object, "state", RNL_TYPE_MESSAGE_STATE, RNL_MESSAGE_COMPLETE);

  return state == RNL_MESSAGE_STREAMING ? RNL_MESSAGE_INTERRUPTED : (RnlMessageState) state;
}

static gboolean
read_message (RnlArchiveChat *chat, JsonObject *object, GHashTable *known, GError **error)
{
  int role = rnl_archive_enum (object, "role", RNL_TYPE_ROLE, -1);
  const char *id = rnl_archive_string (object, "id");
  const char *parent = rnl_archive_string (object, "parent");
  JsonArray *parts = rnl_archive_array (object, "parts");
  g_autoptr (GError) failure = failure_from_json (rnl_archive_object (object, "error"));
  RnlMessage *message;

  if (role < 0 || id == NULL || parts == NULL || g_hash_table_contains (known, id)
      || (parent != NULL && !g_hash_table_contains (known, parent)))
    {
      g_set_error (error, RNL_ARCHIVE_ERROR, RNL_ARCHIVE_ERROR_BROKEN,
                   "message %u has no role, no id of its own, no parts, or a parent that does not "
                   "come before it",
                   chat->messages->len + 1);
      return FALSE;
    }

  g_hash_table_add (known, (gpointer) id);
  message = rnl_archive_chat_add (chat, (RnlRole) role, parent);
  rnl_message_set_id (message, id);
  rnl_message_set_created (
    message, rnl_archive_int (object, "created_us", rnl_chat_get_created (chat->chat)));
  rnl_message_set_model (message, rnl_archive_string (object, "model"));
  rnl_message_set_finish_reason (message,
                                 (RnlFinishReason) rnl_archive_enum (object, "finish_reason",
                                                                     RNL_TYPE_FINISH_REASON,
                                                                     RNL_FINISH_NONE),
                                 rnl_archive_string (object, "raw_finish_reason"));
  rnl_message_set_first_token (message, rnl_archive_int (object, "first_token_us", -1));
  rnl_message_set_duration (message, rnl_archive_int (object, "duration_us", -1));
  read_usage (message, rnl_archive_object (object, "usage"));
  rnl_message_set_error (message, failure);
  for (guint i = 0; i < rnl_archive_length (parts); i++)
    {
      g_autoptr (RnlPart) part = part_from_json (rnl_archive_element (parts, i), 0);

      if (part != NULL)
        rnl_message_add_part (message, part);
    }
  rnl_message_set_state (message, read_state (object));

  return TRUE;
}

/* Chats. */

/* What the person set of the model for this chat. */
static void
set_params (JsonObject *object, RnlChat *chat)
{
  const char *text = rnl_chat_get_params (chat);
  g_autoptr (JsonNode) params = text != NULL ? rnl_json_strict_parse (text, -1, NULL) : NULL;

  if (rnl_json_node_get_object (params) != NULL)
    json_object_set_member (object, "params", g_steal_pointer (&params));
}

static void
read_params (RnlChat *chat, JsonObject *object)
{
  JsonNode *params = json_object_get_member (object, "params");
  g_autofree char *text
    = rnl_json_node_get_object (params) != NULL ? rnl_json_to_string (params, FALSE) : NULL;

  rnl_chat_set_params (chat, text);
}

/**
 * rnl_archive_chat_to_json:
 * @chat: a chat
 *
 * Returns: (transfer full): all of it
 */
JsonNode *
rnl_archive_chat_to_json (const RnlArchiveChat *chat)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *messages = json_array_new ();

  set_string (object, "id", rnl_chat_get_id (chat->chat));
  json_object_set_string_member (object, "title", rnl_chat_get_title (chat->chat));
  set_string (object, "snippet", rnl_chat_get_snippet (chat->chat));
  set_string (object, "model", rnl_chat_get_model (chat->chat));
  set_string (object, "draft", rnl_chat_get_draft (chat->chat));
  set_params (object, chat->chat);
  json_object_set_int_member (object, "created_us", rnl_chat_get_created (chat->chat));
  json_object_set_int_member (object, "updated_us", rnl_chat_get_updated (chat->chat));
  if (rnl_chat_get_pinned (chat->chat))
    json_object_set_boolean_member (object, "pinned", TRUE);
  set_strings (object, "labels", rnl_chat_get_labels (chat->chat));
  set_strings (object, "allowed_tools", rnl_chat_get_allowed_tools (chat->chat));
  set_strings (object, "queue", rnl_chat_get_queue (chat->chat));
  set_string (object, "current", chat->current_id);
  for (guint i = 0; i < chat->messages->len; i++)
    json_array_add_object_element (messages, message_to_json (chat->messages->pdata[i]));
  json_object_set_array_member (object, "messages", messages);
  json_node_take_object (node, object);

  return node;
}

/**
 * rnl_archive_chat_from_json:
 * @object: a chat as [func@Runnel.archive_chat_to_json] wrote it
 * @error: return location
 *
 * Errors: `RNL_ARCHIVE_ERROR_BROKEN` when a message is not where it belongs. Tools a person once
 *   allowed are not: an archive can come from anywhere.
 *
 * Returns: (transfer full) (nullable): the chat
 */
RnlArchiveChat *
rnl_archive_chat_from_json (JsonObject *object, GError **error)
{
  g_autoptr (RnlArchiveChat) self = rnl_archive_chat_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) labels = dup_strings (object, "labels");
  JsonArray *messages = rnl_archive_array (object, "messages");
  gint64 now = g_get_real_time ();

  if (rnl_archive_string (object, "id") != NULL)
    rnl_chat_set_id (self->chat, rnl_archive_string (object, "id"));
  rnl_chat_set_title (self->chat, rnl_archive_string (object, "title"));
  rnl_chat_set_snippet (self->chat, rnl_archive_string (object, "snippet"));
  rnl_chat_set_model (self->chat, rnl_archive_string (object, "model"));
  rnl_chat_set_draft (self->chat, rnl_archive_string (object, "draft"));
  read_params (self->chat, object);
  rnl_chat_set_created (self->chat, rnl_archive_int (object, "created_us", now));
  rnl_chat_set_updated (self->chat, rnl_archive_int (object, "updated_us", now));
  rnl_chat_set_pinned (self->chat, rnl_archive_flag (object, "pinned"));
  rnl_chat_set_labels (self->chat, (const char *const *) labels);
  for (guint i = 0; i < rnl_archive_length (messages); i++)
    if (!read_message (self, rnl_archive_element (messages, i), known, error))
      return NULL;
  self->current_id = g_strdup (rnl_archive_string (object, "current"));
  rnl_archive_chat_finish (self);

  return g_steal_pointer (&self);
}
