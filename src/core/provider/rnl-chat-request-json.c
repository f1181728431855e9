/* rnl-chat-request-json.c: what a model was asked, as events and recordings show it
 *
 * A turn is unrolled as it goes over the wire: each model call's message, then the results of its
 * tools. So the request can be made again from what was written down.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-chat-request.h"

#include "rnl-attachment.h"
#include "rnl-json-value.h"
#include "rnl-request-step.h"

static JsonObject *
add_entry (JsonArray *messages, const char *role, const char *content)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (content, -1, NULL))
    content = valid = g_utf8_make_valid (content, -1);
  json_object_set_string_member (entry, "role", role);
  json_object_set_string_member (entry, "content", content);
  json_array_add_object_element (messages, entry);

  return entry;
}

/* Calls and results. */

static void
add_calls (JsonObject *entry, GPtrArray *calls)
{
  JsonArray *array;

  if (calls->len == 0)
    return;

  array = json_array_new ();
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", call->id);
      json_object_set_string_member (object, "name", call->name);
      json_object_set_member (object, "args", rnl_json_strict_parse (call->arguments, -1, NULL));
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (entry, "tool_calls", array);
}

static void
add_results (JsonArray *messages, GPtrArray *calls)
{
  for (guint i = 0; i < calls->len; i++)
    {
      RnlRequestCall *call = g_ptr_array_index (calls, i);
      JsonObject *entry = add_entry (messages, "tool", call->result);

      json_object_set_string_member (entry, "tool_call_id", call->id);
      if (call->failed)
        json_object_set_boolean_member (entry, "is_error", TRUE);
    }
}

static void
add_turn (JsonArray *messages, RnlMessage *message)
{
  RnlRequestStep *step;
  guint position = 0;

  if (rnl_message_get_n_parts (message) == 0)
    add_entry (messages, "assistant", "");
  while ((step = rnl_request_step_next (message, &position)) != NULL)
    {
      add_calls (add_entry (messages, "assistant", step->text->str), step->calls);
      add_results (messages, step->calls);
      rnl_request_step_free (step);
    }
}

/* What a person or a program said. */

/* Files that are no text are named; their bytes would make a recording as large as all of them. */
static void
add_files (JsonObject *entry, RnlMessage *message)
{
  JsonArray *files = json_array_new ();

  for (guint i = 0; i < rnl_message_get_n_parts (message); i++)
    {
      RnlPart *part = rnl_message_get_part (message, i);
      const char *title = rnl_part_get_title (part);
      JsonObject *file;

      if (rnl_part_get_part_type (part) != RNL_PART_FILE || rnl_request_is_text (part))
        continue;
      file = json_object_new ();
      if (title != NULL)
        json_object_set_string_member (file, "name", title);
      json_object_set_string_member (file, "mime_type", rnl_attachment_get_mime_type (part));
      json_array_add_object_element (files, file);
    }
  if (json_array_get_length (files) > 0)
    json_object_set_array_member (entry, "files", json_array_ref (files));
  json_array_unref (files);
}

static JsonArray *
make_messages (RnlChatRequest *self)
{
  JsonArray *messages = json_array_new ();

  for (guint i = 0; i < self->messages->len; i++)
    {
      RnlMessage *message = g_ptr_array_index (self->messages, i);
      RnlRole role = rnl_message_get_role (message);
      g_autofree char *text = NULL;

      if (role == RNL_ROLE_ASSISTANT)
        {
          add_turn (messages, message);
          continue;
        }
      text = rnl_request_dup_text (message);
      add_files (add_entry (messages, rnl_enum_nick (RNL_TYPE_ROLE, (gint) role), text), message);
    }

  return messages;
}

/* Tools and parameters. */

static JsonArray *
make_tools (GPtrArray *tools)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tools->len; i++)
    {
      RnlToolSpec *spec = g_ptr_array_index (tools, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", spec->name);
      if (spec->description != NULL)
        json_object_set_string_member (object, "description", spec->description);
      json_object_set_member (object, "parameters", json_node_copy (spec->parameters));
      json_array_add_object_element (array, object);
    }

  return array;
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

static JsonArray *
make_strings (char **strings)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return array;
}

static JsonObject *
make_params (RnlChatRequest *self)
{
  JsonObject *params = json_object_new ();

  set_text (params, "system", self->system);
  set_text (params, "tool_choice", self->tool_choice);
  set_text (params, "reasoning_effort", self->reasoning_effort);
  if (self->max_tokens > 0)
    json_object_set_int_member (params, "max_tokens", self->max_tokens);
  if (self->num_ctx > 0)
    json_object_set_int_member (params, "num_ctx", self->num_ctx);
  if (self->temperature >= 0)
    json_object_set_double_member (params, "temperature", self->temperature);
  if (self->top_p >= 0)
    json_object_set_double_member (params, "top_p", self->top_p);
  if (self->stop != NULL && self->stop[0] != NULL)
    json_object_set_array_member (params, "stop", make_strings (self->stop));
  if (self->schema != NULL)
    json_object_set_member (params, "schema", json_node_copy (self->schema));
  set_text (params, "schema_name", self->schema_name);

  return params;
}

/**
 * rnl_chat_request_to_json:
 * @self: a request
 *
 * Writes down what the model is asked, so that it can be asked again: `{messages, tools?,
 * params?}`. A message is `{role, content}`; one of an assistant may have `tool_calls: [{id, name,
 * args}]`, and each of them is followed by `{role: "tool", tool_call_id, content, is_error?}`; one
 * of a person may have `files: [{name?, mime_type}]`, which are named only. `tools` is `[{name,
 * description?, parameters}]`; `params` holds what is set of `system`, `tool_choice`,
 * `reasoning_effort`, `max_tokens`, `num_ctx`, `temperature`, `top_p`, `stop`, `schema` and
 * `schema_name`.
 *
 * Returns: (transfer full): an object, what an event of a model run shows as its input
 */
JsonNode *
rnl_chat_request_to_json (RnlChatRequest *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *params = make_params (self);

  json_object_set_array_member (object, "messages", make_messages (self));
  if (self->tools->len > 0)
    json_object_set_array_member (object, "tools", make_tools (self->tools));
  if (json_object_get_size (params) > 0)
    json_object_set_object_member (object, "params", json_object_ref (params));
  json_object_unref (params);
  json_node_take_object (node, object);

  return node;
}
