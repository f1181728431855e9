/* rnl-openai-chat-calls.c
 *
 * The protocol says that pieces of a call share an `index`, and that the first one has the id and
 * the name. Servers send -1, none at all, the same one for several whole calls, ids in every piece
 * or null in the later ones. What comes out is dense: 0, 1, 2, ... in order of appearance.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-calls.h"

#include "rnl-decoder.h"
#include "rnl-json-members.h"
#include "rnl-json-value.h"
#include "rnl-text.h"

#include <string.h>

/* More calls than any model makes: an answer that goes on is not worth its memory. */
#define MAX_CALLS 1024

/* What is known of a call. */
typedef struct
{
  gint64 wire_index; /* -1 when it never had one */
  char *id;
  char *extra; /* nullable: JSON that has to go back with it */
  gboolean named;
  gboolean remote;
  gboolean has_result;
} Call;

struct _RnlOpenaiChatCalls
{
  GArray *calls;

  /* the piece that is being read */
  gint64 index;
  GString *id;
  GString *name;
  GString *arguments;
  char *extra;
};

static void
call_clear (gpointer data)
{
  Call *call = data;

  g_free (call->id);
  g_free (call->extra);
}

RnlOpenaiChatCalls *
rnl_openai_chat_calls_new (void)
{
  RnlOpenaiChatCalls *self = g_new0 (RnlOpenaiChatCalls, 1);

  self->calls = g_array_new (FALSE, TRUE, sizeof (Call));
  g_array_set_clear_func (self->calls, call_clear);
  self->id = g_string_new (NULL);
  self->name = g_string_new (NULL);
  self->arguments = g_string_new (NULL);

  return self;
}

void
rnl_openai_chat_calls_free (RnlOpenaiChatCalls *self)
{
  g_array_unref (self->calls);
  g_string_free (self->id, TRUE);
  g_string_free (self->name, TRUE);
  g_string_free (self->arguments, TRUE);
  g_free (self->extra);
  g_free (self);
}

/* Reading a piece. */

static void
read_string (RnlJsonReader *reader, GString *into)
{
  const char *text;
  gsize length;

  if (rnl_json_reader_read_string (reader, &text, &length))
    g_string_append_len (into, text, (gssize) length);
}

/* A string of JSON by the protocol; some servers send the object itself. */
static void
read_arguments (RnlJsonReader *reader, GString *into)
{
  g_autofree char *json = NULL;

  if (rnl_json_reader_peek_type (reader) != RNL_JSON_OBJECT_START)
    read_string (reader, into);
  else if ((json = rnl_json_reader_dup_value_json (reader)) != NULL)
    g_string_append (into, json);
}

static void
read_members (RnlOpenaiChatCalls *self, RnlJsonReader *reader, gboolean inner)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return;

  while (rnl_json_reader_next_member (reader, &key, &length))
    if (rnl_json_key_is (key, length, "arguments"))
      read_arguments (reader, self->arguments);
    else if (rnl_json_key_is (key, length, "name"))
      read_string (reader, self->name);
    else if (!inner && rnl_json_key_is (key, length, "function"))
      read_members (self, reader, TRUE);
    else if (!inner && rnl_json_key_is (key, length, "index"))
      rnl_json_reader_read_int (reader, &self->index);
    else if (!inner && rnl_json_key_is (key, length, "id"))
      read_string (reader, self->id);
    else if (!inner && rnl_json_key_is (key, length, "extra_content") && self->extra == NULL)
      self->extra = rnl_json_reader_dup_value_json (reader);
    else
      rnl_json_reader_skip (reader);
}

/* Finding its call. */

static Call *
get_call (RnlOpenaiChatCalls *self, guint position)
{
  return &g_array_index (self->calls, Call, position);
}

static gint
find_by_id (RnlOpenaiChatCalls *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (g_strcmp0 (get_call (self, i)->id, self->id->str) == 0)
      return (gint) i;

  return -1;
}

/* The newest call with this index: an index may be used again for the next call. */
static gint
find_by_index (RnlOpenaiChatCalls *self)
{
  for (guint i = self->calls->len; i > 0; i--)
    if (get_call (self, i - 1)->wire_index == self->index && !get_call (self, i - 1)->remote)
      return (gint) i - 1;

  return -1;
}

static gint
find_last (RnlOpenaiChatCalls *self)
{
  for (guint i = self->calls->len; i > 0; i--)
    if (!get_call (self, i - 1)->remote)
      return (gint) i - 1;

  return -1;
}

static gint
find_call (RnlOpenaiChatCalls *self)
{
  gint found;

  if (self->index < 0)
    {
      if (self->id->len > 0)
        return find_by_id (self);
      /* A name without an id begins another call; arguments alone go on with the last one. */
      return self->name->len > 0 ? -1 : find_last (self);
    }

  found = find_by_index (self);
  if (found < 0 && self->id->len > 0)
    return find_by_id (self);
  if (found >= 0 && self->id->len > 0 && self->name->len > 0
      && get_call (self, (guint) found)->id != NULL
      && !g_str_equal (get_call (self, (guint) found)->id, self->id->str))
    return find_by_id (self);

  return found;
}

static gint
add_call (RnlOpenaiChatCalls *self)
{
  Call call = { .wire_index = self->index };

  if (self->calls->len >= MAX_CALLS)
    return -1;

  g_array_append_val (self->calls, call);

  return (gint) self->calls->len - 1;
}

static void
emit_piece (RnlOpenaiChatCalls *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL, .index = find_call (self) };
  Call *call;

  if (chunk.index < 0)
    chunk.index = add_call (self);
  if (chunk.index < 0)
    return;

  call = get_call (self, (guint) chunk.index);
  if (call->id == NULL && self->id->len > 0)
    chunk.id = call->id = g_strdup (self->id->str);
  if (!call->named && self->name->len > 0)
    {
      chunk.name = self->name->str;
      call->named = TRUE;
    }
  if (call->extra == NULL)
    call->extra = g_steal_pointer (&self->extra);
  if (chunk.id == NULL && chunk.name == NULL && self->arguments->len == 0)
    return;

  chunk.text = self->arguments->str;
  chunk.length = self->arguments->len;
  on_chunk (&chunk, user_data);
}

/**
 * rnl_openai_chat_calls_read:
 * @self: the calls so far
 * @reader: before the value of `tool_calls`: `[{index, id, function: {name, arguments}}]`, each
 *   member optional
 * @on_chunk: (scope call): called for each piece
 * @user_data: for @on_chunk
 *
 * An id and a name are given once for each call, with the first piece that has them.
 */
void
rnl_openai_chat_calls_read (RnlOpenaiChatCalls *self,
                            RnlJsonReader *reader,
                            RnlChunkFunc on_chunk,
                            gpointer user_data)
{
  if (!rnl_json_reader_enter_array (reader))
    return;

  while (rnl_json_reader_next_element (reader))
    {
      self->index = -1;
      g_string_truncate (self->id, 0);
      g_string_truncate (self->name, 0);
      g_string_truncate (self->arguments, 0);
      g_clear_pointer (&self->extra, g_free);
      read_members (self, reader, FALSE);
      if (rnl_json_reader_is_failed (reader))
        return;
      emit_piece (self, on_chunk, user_data);
    }
}

/* What the server ran itself. */

static gint
find_remote (RnlOpenaiChatCalls *self, gint64 index)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (get_call (self, i)->remote && get_call (self, i)->wire_index == index)
      return (gint) i;

  return -1;
}

static gint
begin_remote (RnlOpenaiChatCalls *self,
              JsonObject *tool,
              gint64 index,
              RnlChunkFunc on_chunk,
              gpointer user_data)
{
  JsonNode *arguments = rnl_json_object_get_value (tool, "arguments");
  g_autofree char *text = NULL;
  RnlChunk chunk = { .type = RNL_CHUNK_REMOTE_CALL };

  self->index = index;
  chunk.index = add_call (self);
  if (chunk.index < 0)
    return -1;

  get_call (self, (guint) chunk.index)->remote = TRUE;
  if (rnl_json_object_get_string (tool, "arguments") != NULL)
    text = g_strdup (rnl_json_object_get_string (tool, "arguments"));
  else if (arguments != NULL)
    text = rnl_json_to_string (arguments, FALSE);
  chunk.name = rnl_json_object_get_string (tool, "type");
  chunk.text = text != NULL ? text : "";
  chunk.length = strlen (chunk.text);
  on_chunk (&chunk, user_data);

  return chunk.index;
}

static void
read_tool (RnlOpenaiChatCalls *self, JsonObject *tool, RnlChunkFunc on_chunk, gpointer user_data)
{
  gint64 index = rnl_json_object_get_int (tool, "index", 0);
  const char *output = rnl_json_object_get_string (tool, "output");
  gint call = find_remote (self, index);

  if (call < 0)
    call = begin_remote (self, tool, index, on_chunk, user_data);
  if (call < 0 || output == NULL || get_call (self, (guint) call)->has_result)
    return;

  get_call (self, (guint) call)->has_result = TRUE;
  rnl_decoder_emit_result (call, output, FALSE, on_chunk, user_data);
}

/**
 * rnl_openai_chat_calls_read_remote:
 * @self: the calls so far
 * @reader: a static reader, before the value of `executed_tools`: `[{index, type, arguments,
 *   output?}]`, again when there is an output
 * @on_chunk: (scope call): told of each tool and of what it gave
 * @user_data: for @on_chunk
 *
 * Source: Groq, "Compound", "Use Cases".
 */
void
rnl_openai_chat_calls_read_remote (RnlOpenaiChatCalls *self,
                                   RnlJsonReader *reader,
                                   RnlChunkFunc on_chunk,
                                   gpointer user_data)
{
  if (!rnl_json_reader_enter_array (reader))
    return;

  while (rnl_json_reader_next_element (reader))
    {
      g_autofree char *json = rnl_json_reader_dup_value_json (reader);
      g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;

      if (rnl_json_node_get_object (node) != NULL)
        read_tool (self, json_node_get_object (node), on_chunk, user_data);
    }
}

/* What has to go back with a call: Google's signature of the thought behind it. */
static void
say_extra (Call *call, guint index, RnlChunkFunc on_chunk, gpointer user_data)
{
  g_autofree char *json = g_steal_pointer (&call->extra);
  g_autoptr (JsonNode) extra = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr (JsonObject) item = NULL;

  if (rnl_json_node_get_object (extra) == NULL)
    return;

  item = json_object_new ();
  json_object_set_member (item, "extra_content", g_steal_pointer (&extra));
  rnl_decoder_emit_raw ("openai-chat", (gint) index, item, on_chunk, user_data);
}

/**
 * rnl_openai_chat_calls_end:
 * @self: all the calls
 * @on_chunk: (scope call): called for each call that has no id, or something that has to go back
 * @user_data: for @on_chunk
 *
 * Gives an id to the calls whose server did not: results are joined to calls by it.
 */
void
rnl_openai_chat_calls_end (RnlOpenaiChatCalls *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      RnlChunk chunk = { .type = RNL_CHUNK_TOOL_CALL, .index = (gint) i, .text = "" };
      Call *call = get_call (self, i);
      g_autofree char *uuid = NULL;

      if (call->id == NULL && !call->remote)
        {
          uuid = rnl_uuid_new ();
          chunk.id = call->id = g_strconcat ("call_", uuid, NULL);
          on_chunk (&chunk, user_data);
        }
      say_extra (call, i, on_chunk, user_data);
    }
}
