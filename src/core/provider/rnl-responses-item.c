/* rnl-responses-item.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-responses-item.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define PROTOCOL "openai-responses"

/* Tools the provider runs; what an answer says about them stands in these members. */
static const struct
{
  const char *type;
  const char *name;
  const char *arguments;
  const char *result;
} remote_tools[] = {
  { "web_search_call", "web_search", "action", "results" },
  { "file_search_call", "file_search", "queries", "results" },
  { "code_interpreter_call", "code_interpreter", "code", "outputs" },
  { "image_generation_call", "image_generation", "revised_prompt", NULL },
  { "mcp_call", NULL, "arguments", "output" },
  { "mcp_list_tools", "list_tools", "server_label", NULL },
};

static const char *
get_type (JsonObject *item)
{
  const char *type = rnl_json_object_get_string (item, "type");

  return type != NULL ? type : "";
}

static gint
find_remote (JsonObject *item)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remote_tools); i++)
    if (g_str_equal (get_type (item), remote_tools[i].type))
      return (gint) i;

  return -1;
}

/**
 * rnl_responses_item_start:
 * @self: (out caller-allocates): an item
 * @item: as it was announced
 * @n_calls: (inout): how many calls there are
 * @on_chunk: (scope call): told of a call
 * @user_data: for @on_chunk
 */
void
rnl_responses_item_start (RnlResponsesItem *self,
                          JsonObject *item,
                          gint *n_calls,
                          RnlChunkFunc on_chunk,
                          gpointer user_data)
{
  gint remote = find_remote (item);
  RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL };

  *self = (RnlResponsesItem){ .call = -1, .part = -1, .remote = remote >= 0 };
  if (remote < 0 && !g_str_equal (get_type (item), "function_call"))
    return;

  self->call = (*n_calls)++;
  chunk.index = self->call;
  chunk.id = rnl_json_object_get_string (item, remote < 0 ? "call_id" : "id");
  chunk.name = rnl_json_object_get_string (item, "name");
  if (remote >= 0)
    {
      chunk.type = RNL_CHUNK_REMOTE_CALL;
      if (remote_tools[remote].name != NULL)
        chunk.name = remote_tools[remote].name;
    }
  on_chunk (&chunk, user_data);
}

/**
 * rnl_responses_item_add_text:
 * @self: an item
 * @type: text, reasoning or a refusal
 * @part: the part of the item it belongs to; thoughts in parts stand apart
 * @text: its bytes
 * @length: of @text
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_responses_item_add_text (RnlResponsesItem *self,
                             RnlChunkType type,
                             gint64 part,
                             const char *text,
                             gsize length,
                             RnlChunkFunc on_chunk,
                             gpointer user_data)
{
  if (length == 0)
    return;

  if (type == RNL_CHUNK_REASONING && self->has_text && part != self->part)
    rnl_decoder_emit_text (type, "\n\n", 2, on_chunk, user_data);
  self->has_text = TRUE;
  self->part = part;
  rnl_decoder_emit_text (type, text, length, on_chunk, user_data);
}

void
rnl_responses_item_add_arguments (
  RnlResponsesItem *self, const char *text, gsize length, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = self->remote ? RNL_CHUNK_REMOTE_CALL : RNL_CHUNK_TOOL_CALL,
                     .index = self->call,
                     .text = text,
                     .length = length };

  if (self->call < 0 || length == 0)
    return;
  self->has_arguments = TRUE;
  on_chunk (&chunk, user_data);
}

/* The end. */

/* Text that came with the item and not in pieces. */
static void
say_parts (RnlResponsesItem *self,
           JsonArray *parts,
           RnlChunkType type,
           RnlChunkFunc on_chunk,
           gpointer user_data)
{
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = rnl_json_node_get_object (json_array_get_element (parts, i));
      const char *text = rnl_json_object_get_string (part, "text");
      const char *refusal = rnl_json_object_get_string (part, "refusal");

      if (text != NULL)
        rnl_responses_item_add_text (self, type, i, text, strlen (text), on_chunk, user_data);
      if (refusal != NULL)
        rnl_responses_item_add_text (self, RNL_CHUNK_REFUSAL, i, refusal, strlen (refusal),
                                     on_chunk, user_data);
    }
}

static void
say_text (RnlResponsesItem *self, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  if (self->has_text)
    return;

  if (g_str_equal (get_type (item), "message"))
    say_parts (self, rnl_json_object_get_array (item, "content"), RNL_CHUNK_TEXT, on_chunk,
               user_data);
  else if (g_str_equal (get_type (item), "reasoning"))
    {
      say_parts (self, rnl_json_object_get_array (item, "summary"), RNL_CHUNK_REASONING, on_chunk,
                 user_data);
      if (!self->has_text)
        say_parts (self, rnl_json_object_get_array (item, "content"), RNL_CHUNK_REASONING, on_chunk,
                   user_data);
    }
}

/* A string as it is when it holds JSON, else as the one member of an object. */
static char *
dup_arguments (JsonObject *item, const char *member)
{
  JsonNode *node = rnl_json_object_get_value (item, member);
  const char *text = rnl_json_object_get_string (item, member);
  g_autoptr (JsonNode) wrapped = NULL;
  JsonObject *object;

  if (node == NULL || (text != NULL && *text == '\0'))
    return NULL;
  if (text != NULL && g_str_equal (member, "arguments"))
    return g_strdup (text);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return rnl_json_to_string (node, FALSE);

  object = json_object_new ();
  json_object_set_member (object, member, json_node_copy (node));
  wrapped = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);

  return rnl_json_to_string (wrapped, FALSE);
}

static void
say_arguments (RnlResponsesItem *self, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  gint remote = find_remote (item);
  g_autofree char *text = NULL;

  if (self->call < 0 || self->has_arguments)
    return;

  text = dup_arguments (item, remote >= 0 ? remote_tools[remote].arguments : "arguments");
  if (text != NULL)
    rnl_responses_item_add_arguments (self, text, strlen (text), on_chunk, user_data);
}

static char *
dup_result (JsonObject *item, const char *member)
{
  JsonNode *node = member != NULL ? rnl_json_object_get_value (item, member) : NULL;

  if (rnl_json_object_get_string (item, "error") != NULL)
    return g_strdup (rnl_json_object_get_string (item, "error"));
  if (node == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return rnl_json_to_string (node, TRUE);
}

static void
say_result (RnlResponsesItem *self, JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  gint remote = find_remote (item);
  const char *status = rnl_json_object_get_string (item, "status");
  g_autofree char *text = NULL;

  if (remote < 0)
    return;

  text = dup_result (item, remote_tools[remote].result);
  rnl_decoder_emit_result (self->call, text,
                           g_strcmp0 (status, "failed") == 0
                             || rnl_json_object_get_value (item, "error") != NULL,
                           on_chunk, user_data);
}

static void
say_image (JsonObject *item, RnlChunkFunc on_chunk, gpointer user_data)
{
  const char *image = rnl_json_object_get_string (item, "result");
  const char *format = rnl_json_object_get_string (item, "output_format");
  g_autofree char *type = g_strconcat ("image/", format != NULL ? format : "png", NULL);
  RnlChunk chunk = { .type = RNL_CHUNK_FILE, .text = image, .name = type };

  if (image == NULL || !g_str_equal (get_type (item), "image_generation_call"))
    return;
  chunk.length = strlen (image);
  on_chunk (&chunk, user_data);
}

/**
 * rnl_responses_item_end:
 * @self: an item
 * @item: as it is now, whole
 * @on_chunk: (scope call): told what was not said before, and given the item verbatim
 * @user_data: for @on_chunk
 */
void
rnl_responses_item_end (RnlResponsesItem *self,
                        JsonObject *item,
                        RnlChunkFunc on_chunk,
                        gpointer user_data)
{
  if (self->done)
    return;
  self->done = TRUE;

  say_text (self, item, on_chunk, user_data);
  say_arguments (self, item, on_chunk, user_data);
  say_result (self, item, on_chunk, user_data);

  rnl_decoder_emit_raw (PROTOCOL, self->call, item, on_chunk, user_data);
  say_image (item, on_chunk, user_data);
}
