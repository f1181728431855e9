/* rnl-responses-item.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-responses-item.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define PROTOCOL "openai-responses"

/* Tools the provider runs; what an answer says about them stands in these members. The result of
 * some is an item of its own. */
static const struct
{
  const char *type;
  const char *name;
  const char *arguments;
  const char *result;
  const char *result_type;
} remote_tools[] = {
  { "web_search_call", "web_search", "action", "results", NULL },
  { "file_search_call", "file_search", "queries", "results", NULL },
  { "code_interpreter_call", "code_interpreter", "code", "outputs", NULL },
  { "image_generation_call", "image_generation", "revised_prompt", NULL, NULL },
  { "mcp_call", NULL, "arguments", "output", NULL },
  { "mcp_list_tools", "list_tools", "server_label", "tools", NULL },
  { "shell_call", "shell", "action", "output", "shell_call_output" },
  { "tool_search_call", "tool_search", "arguments", "tools", "tool_search_output" },
  { "program", "program", "code", "result", "program_output" },
};

static const char *
get_type (JsonObject *item)
{
  const char *type = rnl_json_object_get_string (item, "type");

  return type != NULL ? type : "";
}

/* Some tools can be ours to run, too. */
static gboolean
runs_here (JsonObject *item)
{
  const char *execution = rnl_json_object_get_string (item, "execution");
  JsonObject *environment = rnl_json_object_get_object (item, "environment");
  const char *where = rnl_json_object_get_string (environment, "type");

  if (g_str_equal (get_type (item), "tool_search_call"))
    return g_strcmp0 (execution, "server") != 0;

  return g_str_equal (get_type (item), "shell_call")
         && (where == NULL || !g_str_has_prefix (where, "container"));
}

static gint
find_remote (JsonObject *item)
{
  for (gsize i = 0; i < G_N_ELEMENTS (remote_tools); i++)
    if (g_str_equal (get_type (item), remote_tools[i].type))
      return runs_here (item) ? -1 : (gint) i;

  return -1;
}

/**
 * rnl_responses_item_init:
 * @self: (out caller-allocates): an item of which nothing is known yet
 * @index: the wire's output index, or -1
 * @id: (nullable): its name on the wire
 * @length: of @id, in bytes
 */
void
rnl_responses_item_init (RnlResponsesItem *self, gint64 index, const char *id, gsize length)
{
  *self = (RnlResponsesItem){ .index = index, .tool = -1, .call = -1, .part = -1 };
  self->id = id != NULL ? g_strndup (id, length) : NULL;
}

void
rnl_responses_item_clear (RnlResponsesItem *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->call_id, g_free);
}

/**
 * rnl_responses_item_start:
 * @self: an item
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
  RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL };

  self->announced = TRUE;
  self->tool = find_remote (item);
  if (self->tool < 0 && !g_str_equal (get_type (item), "function_call"))
    return;

  self->call = (*n_calls)++;
  self->call_id = g_strdup (rnl_json_object_get_string (item, "call_id"));
  chunk.index = self->call;
  chunk.id = rnl_json_object_get_string (item, self->tool < 0 ? "call_id" : "id");
  chunk.name = rnl_json_object_get_string (item, "name");
  if (self->tool >= 0)
    {
      chunk.type = RNL_CHUNK_REMOTE_CALL;
      if (remote_tools[self->tool].name != NULL)
        chunk.name = remote_tools[self->tool].name;
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
  RnlChunk chunk = { .type = self->tool >= 0 ? RNL_CHUNK_REMOTE_CALL : RNL_CHUNK_TOOL_CALL,
                     .index = self->call,
                     .text = text,
                     .length = length };

  if (self->call < 0 || length == 0)
    return;
  self->has_arguments = TRUE;
  on_chunk (&chunk, user_data);
}

/**
 * rnl_responses_item_add_annotation:
 * @self: an item
 * @annotation: a citation of its text
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_responses_item_add_annotation (RnlResponsesItem *self,
                                   JsonObject *annotation,
                                   RnlChunkFunc on_chunk,
                                   gpointer user_data)
{
  self->n_annotations++;
  rnl_decoder_emit_annotation (annotation, on_chunk, user_data);
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

/* Citations that had no event of their own. */
static void
say_annotations (RnlResponsesItem *self,
                 JsonObject *item,
                 RnlChunkFunc on_chunk,
                 gpointer user_data)
{
  JsonArray *parts = rnl_json_object_get_array (item, "content");
  guint position = 0;

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = rnl_json_node_get_object (json_array_get_element (parts, i));
      JsonArray *list = rnl_json_object_get_array (part, "annotations");

      for (guint k = 0; list != NULL && k < json_array_get_length (list); k++)
        {
          JsonObject *annotation = rnl_json_node_get_object (json_array_get_element (list, k));

          if (annotation != NULL && position++ >= self->n_annotations)
            rnl_responses_item_add_annotation (self, annotation, on_chunk, user_data);
        }
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
  g_autofree char *text = NULL;

  if (self->call < 0 || self->has_arguments)
    return;

  text = dup_arguments (item, self->tool >= 0 ? remote_tools[self->tool].arguments : "arguments");
  if (text != NULL)
    rnl_responses_item_add_arguments (self, text, strlen (text), on_chunk, user_data);
}

/**
 * rnl_responses_item_is_result_of:
 * @self: an item
 * @item: another one
 *
 * Returns: whether @item says what became of the call that @self is
 */
gboolean
rnl_responses_item_is_result_of (RnlResponsesItem *self, JsonObject *item)
{
  return self->tool >= 0 && !self->has_result
         && g_strcmp0 (get_type (item), remote_tools[self->tool].result_type) == 0
         && g_strcmp0 (self->call_id, rnl_json_object_get_string (item, "call_id")) == 0;
}

/**
 * rnl_responses_item_say_result:
 * @self: a call of a tool that the provider ran
 * @item: (nullable): what says what became of it, `NULL` when nothing ever will
 * @on_chunk: (scope call): told of it
 * @user_data: for @on_chunk
 */
void
rnl_responses_item_say_result (RnlResponsesItem *self,
                               JsonObject *item,
                               RnlChunkFunc on_chunk,
                               gpointer user_data)
{
  const char *status = rnl_json_object_get_string (item, "status");
  JsonNode *failure = rnl_json_object_get_value (item, "error");
  g_autofree char *text = NULL;

  if (self->tool < 0 || self->has_result)
    return;

  self->has_result = TRUE;
  if (failure == NULL && remote_tools[self->tool].result != NULL)
    text
      = rnl_decoder_dup_result (rnl_json_object_get_value (item, remote_tools[self->tool].result));
  else
    text = rnl_decoder_dup_result (failure);
  rnl_decoder_emit_result (self->call, text, failure != NULL || g_strcmp0 (status, "failed") == 0,
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
  say_annotations (self, item, on_chunk, user_data);
  say_arguments (self, item, on_chunk, user_data);
  if (self->tool >= 0 && remote_tools[self->tool].result_type == NULL)
    rnl_responses_item_say_result (self, item, on_chunk, user_data);

  rnl_decoder_emit_raw (PROTOCOL, self->call, item, on_chunk, user_data);
  say_image (item, on_chunk, user_data);
}
