/* rnl-anthropic-block.c
 *
 * A block is said in chunks while it grows and once more as a whole at its end, verbatim, because
 * that is how the next request has to give it back.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-anthropic-block.h"

#include <string.h>

#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"

#define PROTOCOL "anthropic"

static const char *
get_type (JsonObject *object)
{
  const char *type = rnl_json_object_get_string (object, "type");

  return type != NULL ? type : "";
}

/* Results. */

static gboolean
is_failure (JsonObject *start, JsonNode *content)
{
  JsonObject *object = rnl_json_node_get_object (content);

  return rnl_json_object_get_boolean (start, "is_error", FALSE)
         || (object != NULL && g_str_has_suffix (get_type (object), "_error"));
}

static void
say_result (JsonObject *start, RnlAnthropicCalls *calls, RnlChunkFunc on_chunk, gpointer user_data)
{
  const char *id = rnl_json_object_get_string (start, "tool_use_id");
  JsonNode *content = json_object_get_member (start, "content");
  g_autofree char *shown = NULL;
  guint index;

  if (id == NULL || content == NULL
      || !g_ptr_array_find_with_equal_func (calls, id, g_str_equal, &index))
    return;

  shown = rnl_decoder_dup_result (content);
  rnl_decoder_emit_result ((gint) index, shown, is_failure (start, content), on_chunk, user_data);
}

/* Blocks. */

static void
say_call (RnlAnthropicBlock *self,
          RnlAnthropicCalls *calls,
          RnlChunkFunc on_chunk,
          gpointer user_data)
{
  const char *id = rnl_json_object_get_string (self->start, "id");
  RnlChunk chunk = { .type = self->remote ? RNL_CHUNK_REMOTE_CALL : RNL_CHUNK_TOOL_CALL };

  self->call = (gint) calls->len;
  g_ptr_array_add (calls, g_strdup (id != NULL ? id : ""));
  chunk.index = self->call;
  chunk.id = id;
  chunk.name = rnl_json_object_get_string (self->start, "name");
  on_chunk (&chunk, user_data);
}

static void
say_initial_text (RnlAnthropicBlock *self,
                  RnlChunkType type,
                  const char *member,
                  RnlChunkFunc on_chunk,
                  gpointer user_data)
{
  const char *text = rnl_json_object_get_string (self->start, member);

  if (text != NULL)
    rnl_anthropic_block_add_text (self, type, text, strlen (text), on_chunk, user_data);
}

/* Pages have a title, documents a document's title. */
static void
take_citation (RnlAnthropicBlock *self, JsonNode *node, RnlChunkFunc on_chunk, gpointer user_data)
{
  g_autoptr (JsonNode) copy = rnl_json_value_copy (node);
  JsonObject *citation = rnl_json_node_get_object (copy);
  const char *title = rnl_json_object_get_string (citation, "document_title");

  if (citation == NULL)
    return;
  if (self->citations == NULL)
    self->citations = json_array_new ();
  json_array_add_element (self->citations, rnl_json_value_copy (node));

  if (title != NULL && !json_object_has_member (citation, "title"))
    json_object_set_string_member (citation, "title", title);
  rnl_decoder_emit_annotation (citation, on_chunk, user_data);
}

static void
take_citations (RnlAnthropicBlock *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  JsonArray *citations = rnl_json_object_get_array (self->start, "citations");

  for (guint i = 0; citations != NULL && i < json_array_get_length (citations); i++)
    take_citation (self, json_array_get_element (citations, i), on_chunk, user_data);
}

static void
string_free (gpointer string)
{
  g_string_free (string, TRUE);
}

/**
 * rnl_anthropic_block_new:
 * @start: the block as it was announced, often whole
 * @calls: (inout): the calls so far
 * @on_chunk: (scope call): told of what @start says
 * @user_data: for @on_chunk
 *
 * Returns: (transfer full): a block that may grow
 */
RnlAnthropicBlock *
rnl_anthropic_block_new (JsonObject *start,
                         RnlAnthropicCalls *calls,
                         RnlChunkFunc on_chunk,
                         gpointer user_data)
{
  RnlAnthropicBlock *self = g_new0 (RnlAnthropicBlock, 1);
  const char *type = get_type (start);

  self->start = json_object_ref (start);
  self->text = g_string_new (NULL);
  self->input = g_string_new (NULL);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, string_free);
  self->call = -1;
  self->remote = g_str_equal (type, "server_tool_use") || g_str_equal (type, "mcp_tool_use");

  if (self->remote || g_str_equal (type, "tool_use"))
    say_call (self, calls, on_chunk, user_data);
  else if (g_str_equal (type, "text"))
    {
      say_initial_text (self, RNL_CHUNK_TEXT, "text", on_chunk, user_data);
      take_citations (self, on_chunk, user_data);
    }
  else if (g_str_equal (type, "thinking"))
    say_initial_text (self, RNL_CHUNK_REASONING, "thinking", on_chunk, user_data);
  else if (g_str_has_suffix (type, "_tool_result"))
    say_result (start, calls, on_chunk, user_data);

  return self;
}

void
rnl_anthropic_block_free (RnlAnthropicBlock *self)
{
  json_object_unref (self->start);
  g_string_free (self->text, TRUE);
  g_string_free (self->input, TRUE);
  g_hash_table_unref (self->members);
  g_clear_pointer (&self->citations, json_array_unref);
  g_free (self);
}

void
rnl_anthropic_block_add_text (RnlAnthropicBlock *self,
                              RnlChunkType type,
                              const char *text,
                              gsize length,
                              RnlChunkFunc on_chunk,
                              gpointer user_data)
{
  g_string_append_len (self->text, text, (gssize) length);
  rnl_decoder_emit_text (type, text, length, on_chunk, user_data);
}

void
rnl_anthropic_block_add_input (RnlAnthropicBlock *self,
                               const char *json,
                               gsize length,
                               RnlChunkFunc on_chunk,
                               gpointer user_data)
{
  RnlChunk chunk = { .type = self->remote ? RNL_CHUNK_REMOTE_CALL : RNL_CHUNK_TOOL_CALL,
                     .index = self->call,
                     .text = json,
                     .length = length };

  if (self->call < 0 || length == 0)
    return;
  g_string_append_len (self->input, json, (gssize) length);
  on_chunk (&chunk, user_data);
}

void
rnl_anthropic_block_add_citation (RnlAnthropicBlock *self,
                                  const char *json,
                                  gsize length,
                                  RnlChunkFunc on_chunk,
                                  gpointer user_data)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (json, (gssize) length, NULL);

  if (node != NULL)
    take_citation (self, node, on_chunk, user_data);
}

/**
 * rnl_anthropic_block_add_member:
 * @self: a block
 * @name: one of its members
 * @text: more of it
 * @length: of @text, in bytes
 *
 * What nobody here has to understand but the next request has to carry: signatures, summaries.
 */
void
rnl_anthropic_block_add_member (RnlAnthropicBlock *self,
                                const char *name,
                                const char *text,
                                gsize length)
{
  GString *value = g_hash_table_lookup (self->members, name);

  if (value == NULL)
    {
      value = g_string_new (rnl_json_object_get_string (self->start, name));
      g_hash_table_insert (self->members, g_strdup (name), value);
    }
  g_string_append_len (value, text, (gssize) length);
}

/* Puts together what the deltas brought. Returns: whether it is whole */
static gboolean
complete (RnlAnthropicBlock *self)
{
  const char *type = get_type (self->start);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_string_member (self->start, name, ((GString *) value)->str);

  if (g_str_equal (type, "text"))
    {
      json_object_set_string_member (self->start, "text", self->text->str);
      if (self->citations != NULL)
        json_object_set_array_member (self->start, "citations", json_array_ref (self->citations));
    }
  else if (g_str_equal (type, "thinking"))
    json_object_set_string_member (self->start, "thinking", self->text->str);
  else if (self->call >= 0 && self->input->len > 0)
    {
      g_autoptr (JsonNode) input = rnl_json_strict_parse (self->input->str, self->input->len, NULL);

      if (input == NULL)
        return FALSE;
      json_object_set_member (self->start, "input", g_steal_pointer (&input));
    }

  return TRUE;
}

/* A thought without its seal would be refused. */
static gboolean
is_sealed (RnlAnthropicBlock *self)
{
  GString *seal = g_hash_table_lookup (self->members, "signature");
  const char *given = rnl_json_object_get_string (self->start, "signature");

  return !g_str_equal (get_type (self->start), "thinking") || (seal != NULL && seal->len > 0)
         || (given != NULL && *given != '\0');
}

/* A call whose input came at once and not in pieces. */
static void
say_whole_input (RnlAnthropicBlock *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  JsonNode *input = json_object_get_member (self->start, "input");
  g_autofree char *text = NULL;

  if (self->call < 0 || self->input->len > 0 || input == NULL)
    return;

  text = rnl_json_to_string (input, FALSE);
  rnl_anthropic_block_add_input (self, text, strlen (text), on_chunk, user_data);
}

/**
 * rnl_anthropic_block_end:
 * @self: a block
 * @stopped: whether the server said that it is over
 * @on_chunk: (scope call): given the whole block, verbatim
 * @user_data: for @on_chunk
 */
void
rnl_anthropic_block_end (RnlAnthropicBlock *self,
                         gboolean stopped,
                         RnlChunkFunc on_chunk,
                         gpointer user_data)
{
  if (!stopped && !is_sealed (self))
    return;

  say_whole_input (self, on_chunk, user_data);
  if (complete (self))
    rnl_decoder_emit_raw (PROTOCOL, self->call, self->start, on_chunk, user_data);
}
