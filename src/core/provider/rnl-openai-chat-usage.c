/* rnl-openai-chat-usage.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-openai-chat-usage.h"

#include <string.h>

static void
read_details (RnlJsonReader *reader, RnlUsage *usage)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return;

  while (rnl_json_reader_next_member (reader, &key, &length))
    if (rnl_json_key_is (key, length, "cached_tokens"))
      rnl_json_reader_read_int (reader, &usage->cached_input);
    else if (rnl_json_key_is (key, length, "cache_write_tokens"))
      rnl_json_reader_read_int (reader, &usage->cache_write);
    else if (rnl_json_key_is (key, length, "reasoning_tokens"))
      rnl_json_reader_read_int (reader, &usage->reasoning);
    else
      rnl_json_reader_skip (reader);
}

static void
read_member (RnlJsonReader *reader, RnlUsage *usage, const char *key, gsize length)
{
  if (rnl_json_key_is (key, length, "prompt_tokens"))
    rnl_json_reader_read_int (reader, &usage->input);
  else if (rnl_json_key_is (key, length, "completion_tokens"))
    rnl_json_reader_read_int (reader, &usage->output);
  else if (rnl_json_key_is (key, length, "total_tokens"))
    rnl_json_reader_read_int (reader, &usage->total);
  else if (rnl_json_key_is (key, length, "prompt_tokens_details")
           || rnl_json_key_is (key, length, "completion_tokens_details"))
    read_details (reader, usage);
  else
    rnl_json_reader_skip (reader);
}

/**
 * rnl_openai_chat_usage_read:
 * @reader: a static reader, before the value of `usage`: `{prompt_tokens, completion_tokens,
 *   total_tokens, prompt_tokens_details: {cached_tokens}, completion_tokens_details:
 *   {reasoning_tokens}}`, each member optional
 * @usage: (out caller-allocates): the counts, -1 for what is not there
 *
 * Source: OpenAI API reference, "usage" of the chat completion object.
 *
 * Returns: whether any count is there
 */
gboolean
rnl_openai_chat_usage_read (RnlJsonReader *reader, RnlUsage *usage)
{
  const char *key;
  gsize length;

  *usage = (RnlUsage) RNL_USAGE_INIT;
  if (!rnl_json_reader_enter_object (reader))
    return FALSE;

  while (rnl_json_reader_next_member (reader, &key, &length))
    read_member (reader, usage, key, length);

  return !rnl_json_reader_is_failed (reader) && rnl_usage_is_known (usage);
}
