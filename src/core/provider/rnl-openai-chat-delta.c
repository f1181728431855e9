/* rnl-openai-chat-delta.c
 *
 * One pass, no tree: the members that matter are taken as they come, in whatever order they come.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-delta.h"

#include "rnl-decoder.h"
#include "rnl-openai-chat-calls.h"
#include "rnl-openai-chat-citations.h"
#include "rnl-openai-chat-details.h"

#include <string.h>

struct _RnlOpenaiChatDelta
{
  RnlOpenaiChatCalls *calls;
  RnlOpenaiChatCitations *citations;
  RnlOpenaiChatDetails *details;

  gboolean has_text;       /* something that can be cited for */
  gboolean thinks_plainly; /* the thinking has a member of its own */

  /* of the delta that is being read */
  RnlJsonReader *reader;
  RnlChunkFunc on_chunk;
  gpointer user_data;
  gboolean has_reasoning;
  char *detailed; /* nullable: the thinking in its details */
};

RnlOpenaiChatDelta *
rnl_openai_chat_delta_new (void)
{
  RnlOpenaiChatDelta *self = g_new0 (RnlOpenaiChatDelta, 1);

  self->calls = rnl_openai_chat_calls_new ();
  self->citations = rnl_openai_chat_citations_new ();
  self->details = rnl_openai_chat_details_new ();

  return self;
}

void
rnl_openai_chat_delta_free (RnlOpenaiChatDelta *self)
{
  rnl_openai_chat_calls_free (self->calls);
  rnl_openai_chat_citations_free (self->citations);
  rnl_openai_chat_details_free (self->details);
  g_free (self->detailed);
  g_free (self);
}

/* Text. */

static void
read_text (RnlOpenaiChatDelta *self, RnlChunkType type)
{
  const char *text;
  gsize length;

  if (!rnl_json_reader_read_string (self->reader, &text, &length))
    return;

  self->has_text |= type != RNL_CHUNK_REASONING && length > 0;
  rnl_decoder_emit_text (type, text, length, self->on_chunk, self->user_data);
}

/* Some servers send the same thinking in two members of one delta: the first one counts. */
static void
read_reasoning (RnlOpenaiChatDelta *self)
{
  const char *text;
  gsize length;

  if (!rnl_json_reader_read_string (self->reader, &text, &length) || self->has_reasoning
      || length == 0)
    return;

  self->has_reasoning = self->thinks_plainly = TRUE;
  rnl_decoder_emit_text (RNL_CHUNK_REASONING, text, length, self->on_chunk, self->user_data);
}

/* Pictures. */

/* A string, or `{url}`. */
static void
read_image_url (RnlOpenaiChatDelta *self)
{
  const char *key;
  gsize length;

  if (rnl_json_reader_peek_type (self->reader) == RNL_JSON_STRING)
    {
      g_autofree char *uri = rnl_json_reader_dup_string (self->reader);

      rnl_decoder_emit_data_uri (uri, self->on_chunk, self->user_data);
      return;
    }
  if (!rnl_json_reader_enter_object (self->reader))
    return;

  while (rnl_json_reader_next_member (self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "url")
        && rnl_json_reader_peek_type (self->reader) == RNL_JSON_STRING)
      read_image_url (self);
    else
      rnl_json_reader_skip (self->reader);
}

/* `[{type: "image_url", image_url: {url}}]`
 *
 * Source: OpenRouter, "Image Generation". */
static void
read_images (RnlOpenaiChatDelta *self)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_array (self->reader))
    return;

  while (rnl_json_reader_next_element (self->reader))
    {
      if (!rnl_json_reader_enter_object (self->reader))
        continue;
      while (rnl_json_reader_next_member (self->reader, &key, &length))
        if (rnl_json_key_is (key, length, "image_url"))
          read_image_url (self);
        else
          rnl_json_reader_skip (self->reader);
    }
}

/* Content. */

static void read_content (RnlOpenaiChatDelta *self, RnlChunkType type);

/* `{type: "text", text}`, `{type: "thinking", thinking: [{type: "text", text}]}`,
 * `{type: "image_url", image_url}` */
static void
read_content_part (RnlOpenaiChatDelta *self, RnlChunkType type)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (self->reader))
    return;

  while (rnl_json_reader_next_member (self->reader, &key, &length))
    if (rnl_json_key_is (key, length, "text"))
      read_text (self, type);
    else if (rnl_json_key_is (key, length, "thinking"))
      read_content (self, RNL_CHUNK_REASONING);
    else if (rnl_json_key_is (key, length, "image_url"))
      read_image_url (self);
    else
      rnl_json_reader_skip (self->reader);
}

/* A string, or Mistral's array of parts, which may be strings. */
static void
read_content (RnlOpenaiChatDelta *self, RnlChunkType type)
{
  RnlJsonTokenType token = rnl_json_reader_peek_type (self->reader);

  if (token == RNL_JSON_OBJECT_START)
    read_content_part (self, type);
  else if (token != RNL_JSON_ARRAY_START)
    read_text (self, type);
  else if (rnl_json_reader_enter_array (self->reader))
    {
      while (rnl_json_reader_next_element (self->reader))
        if (rnl_json_reader_peek_type (self->reader) == RNL_JSON_STRING)
          read_text (self, type);
        else
          read_content_part (self, type);
    }
}

/* Thinking that has no member of its own is shown as it stands in the details. */
static void
say_details (RnlOpenaiChatDelta *self)
{
  g_autofree char *text = g_steal_pointer (&self->detailed);

  if (text != NULL && !self->thinks_plainly)
    rnl_decoder_emit_text (RNL_CHUNK_REASONING, text, strlen (text), self->on_chunk,
                           self->user_data);
}

static void
read_member (RnlOpenaiChatDelta *self, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "content"))
    read_content (self, RNL_CHUNK_TEXT);
  else if (rnl_json_key_is (key, length, "reasoning_content")
           || rnl_json_key_is (key, length, "reasoning")
           || rnl_json_key_is (key, length, "reasoning_text"))
    read_reasoning (self);
  else if (rnl_json_key_is (key, length, "tool_calls"))
    rnl_openai_chat_calls_read (self->calls, self->reader, self->on_chunk, self->user_data);
  else if (rnl_json_key_is (key, length, "refusal"))
    read_text (self, RNL_CHUNK_REFUSAL);
  else if (rnl_json_key_is (key, length, "annotations"))
    rnl_openai_chat_citations_read_annotations (self->citations, self->reader);
  else if (rnl_json_key_is (key, length, "reasoning_details"))
    {
      g_free (self->detailed);
      self->detailed = rnl_openai_chat_details_read (self->details, self->reader);
    }
  else if (rnl_json_key_is (key, length, "images"))
    read_images (self);
  else if (rnl_json_key_is (key, length, "executed_tools"))
    rnl_openai_chat_calls_read_remote (self->calls, self->reader, self->on_chunk, self->user_data);
  else
    rnl_json_reader_skip (self->reader);
}

/**
 * rnl_openai_chat_delta_read:
 * @self: what was said so far
 * @reader: a static reader, before the value of `delta`, `message` or, of a text that is completed,
 *   `text`
 * @on_chunk: (scope call): told of what it says
 * @user_data: for @on_chunk
 *
 * Source: OpenAI API reference, "The chat completion chunk object"; the differences of other
 * servers as recorded from them.
 */
void
rnl_openai_chat_delta_read (RnlOpenaiChatDelta *self,
                            RnlJsonReader *reader,
                            RnlChunkFunc on_chunk,
                            gpointer user_data)
{
  const char *key;
  gsize length;

  self->reader = reader;
  self->on_chunk = on_chunk;
  self->user_data = user_data;
  self->has_reasoning = FALSE;
  if (rnl_json_reader_peek_type (reader) == RNL_JSON_STRING)
    read_text (self, RNL_CHUNK_TEXT);
  else if (rnl_json_reader_enter_object (reader))
    while (rnl_json_reader_next_member (reader, &key, &length))
      read_member (self, key, length);
  say_details (self);
}

void
rnl_openai_chat_delta_read_urls (RnlOpenaiChatDelta *self, RnlJsonReader *reader)
{
  rnl_openai_chat_citations_read_urls (self->citations, reader);
}

void
rnl_openai_chat_delta_read_results (RnlOpenaiChatDelta *self, RnlJsonReader *reader)
{
  rnl_openai_chat_citations_read_results (self->citations, reader);
}

/**
 * rnl_openai_chat_delta_tell:
 * @self: what was said so far
 * @on_chunk: (scope call): told of the sources that are new, when there is a text
 * @user_data: for @on_chunk
 */
void
rnl_openai_chat_delta_tell (RnlOpenaiChatDelta *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  if (self->has_text)
    rnl_openai_chat_citations_tell (self->citations, on_chunk, user_data);
}

/**
 * rnl_openai_chat_delta_end:
 * @self: all that was said
 * @on_chunk: (scope call): told of what comes last
 * @user_data: for @on_chunk
 */
void
rnl_openai_chat_delta_end (RnlOpenaiChatDelta *self, RnlChunkFunc on_chunk, gpointer user_data)
{
  rnl_openai_chat_calls_end (self->calls, on_chunk, user_data);
  rnl_openai_chat_citations_tell (self->citations, on_chunk, user_data);
  rnl_openai_chat_details_end (self->details, on_chunk, user_data);
}
