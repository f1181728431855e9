/* bench-streams.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bench-streams.h"

#include "bench-text.h"

/* What stands around a token and around all of them. */
typedef struct
{
  const char *protocol;
  const char *head;
  const char *before;
  const char *after;
  const char *tail_before; /* nullable: the end says the whole text again */
  const char *tail;
} Stream;

#define CHAT                                                                                       \
  "data: {\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion.chunk\","                     \
  "\"created\":1750000000,\"model\":\"bench\",\"service_tier\":\"default\","                       \
  "\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{"
#define RESPONSE "\"item_id\":\"msg_bench0001\",\"output_index\":0,\"content_index\":0,"
#define GEMINI_USAGE                                                                               \
  "\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":4,\"totalTokenCount\":12},"  \
  "\"modelVersion\":\"bench\",\"responseId\":\"bench0001\"}\r\n\r\n"
#define OLLAMA "{\"model\":\"bench\",\"created_at\":\"2026-01-01T00:00:00.000000000Z\",\"message\":"

static const Stream streams[] = {
  { "anthropic",
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_bench0001\","
    "\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"bench\","
    "\"usage\":{\"input_tokens\":8,\"output_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
    "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
    "\"delta\":{\"type\":\"text_delta\",\"text\":\"",
    "\"}}\n\n", NULL,
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
    "\"end_turn\"},\"usage\":{\"output_tokens\":4}}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n" },
  { "gemini", "", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"",
    "\"}],\"role\":\"model\"},\"index\":0}]," GEMINI_USAGE, NULL,
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},"
    "\"finishReason\":\"STOP\",\"index\":0}]," GEMINI_USAGE },
  { "ollama", "", OLLAMA "{\"role\":\"assistant\",\"content\":\"", "\"},\"done\":false}\n", NULL,
    OLLAMA "{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
           "\"prompt_eval_count\":8,\"eval_count\":4}\n" },
  { "openai-chat", "", CHAT "\"content\":\"", "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
    NULL, CHAT "},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n" },
  { "openai-responses",
    "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\","
    "\"output_index\":0,\"item\":{\"id\":\"msg_bench0001\",\"type\":\"message\","
    "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}}\n\n",
    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\"," RESPONSE
    "\"delta\":\"",
    "\",\"logprobs\":[],\"sequence_number\":7}\n\n",
    "event: response.output_item.done\ndata: {\"type\":\"response.output_item.done\","
    "\"output_index\":0,\"item\":{\"id\":\"msg_bench0001\",\"type\":\"message\","
    "\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
    "\"annotations\":[],\"text\":\"",
    "\"}]}}\n\nevent: response.completed\ndata: {\"type\":\"response.completed\",\"response\":"
    "{\"id\":\"resp_bench0001\",\"status\":\"completed\",\"usage\":{\"input_tokens\":8,"
    "\"output_tokens\":4,\"total_tokens\":12}}}\n\n" },
};

static void
append_json_string (GString *json, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        g_string_append (json, "\\n");
      else
        {
          if (text[i] == '"' || text[i] == '\\')
            g_string_append_c (json, '\\');
          g_string_append_c (json, text[i]);
        }
    }
}

static const Stream *
find_stream (const char *protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    if (g_str_equal (streams[i].protocol, protocol))
      return &streams[i];

  g_assert_not_reached ();
}

/* What was written since @start is one chunk of HTTP, as servers send what they have at once. */
static void
end_chunk (GString *stream, gsize start, gboolean chunked)
{
  g_autofree char *size = NULL;

  if (!chunked || stream->len == start)
    return;
  size = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", stream->len - start);
  g_string_insert (stream, (gssize) start, size);
  g_string_append (stream, "\r\n");
}

/**
 * bench_stream_new:
 * @protocol: of the server
 * @text: ASCII without control characters other than newlines
 * @length: its length
 * @chunked: whether each token is to be a chunk of HTTP, and the coding to be done already
 *
 * Returns: what the server sends for it, an event for each token, of the size it has there
 */
GString *
bench_stream_new (const char *protocol, const char *text, gsize length, gboolean chunked)
{
  const Stream *parts = find_stream (protocol);
  GString *stream = g_string_sized_new (length / BENCH_TOKEN * 300 + 1024);
  gsize start;

  g_string_append (stream, parts->head);
  end_chunk (stream, 0, chunked);
  for (gsize at = 0; at < length; at += BENCH_TOKEN)
    {
      start = stream->len;
      g_string_append (stream, parts->before);
      append_json_string (stream, text + at, MIN (BENCH_TOKEN, length - at));
      g_string_append (stream, parts->after);
      end_chunk (stream, start, chunked);
    }
  start = stream->len;
  if (parts->tail_before != NULL)
    {
      g_string_append (stream, parts->tail_before);
      append_json_string (stream, text, length);
    }
  g_string_append (stream, parts->tail);
  end_chunk (stream, start, chunked);
  if (chunked)
    g_string_append (stream, "0\r\n\r\n");

  return stream;
}
