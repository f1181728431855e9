/* rnl-gemini-plain.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-gemini-plain.h"

#include <string.h>

static gboolean
read_part (RnlGeminiPlain *self, RnlJsonReader *reader)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return FALSE;
  while (rnl_json_reader_next_member (reader, &key, &length))
    {
      if (rnl_json_key_is (key, length, "text"))
        rnl_json_reader_read_raw (reader, &self->text, &self->length);
      else if (!rnl_json_key_is (key, length, "thought")
               || !rnl_json_reader_read_boolean (reader, &self->thought))
        return FALSE;
    }

  return self->text != NULL && *self->text == '"';
}

static gboolean
read_content (RnlGeminiPlain *self, RnlJsonReader *reader)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return FALSE;
  while (rnl_json_reader_next_member (reader, &key, &length))
    {
      if (rnl_json_key_is (key, length, "role"))
        rnl_json_reader_skip (reader);
      else if (!rnl_json_key_is (key, length, "parts") || self->text != NULL
               || !rnl_json_reader_enter_array (reader) || !rnl_json_reader_next_element (reader)
               || !read_part (self, reader) || rnl_json_reader_next_element (reader))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_candidate (RnlGeminiPlain *self, RnlJsonReader *reader)
{
  const char *key;
  gsize length;
  gint64 index;

  if (!rnl_json_reader_enter_object (reader))
    return FALSE;
  while (rnl_json_reader_next_member (reader, &key, &length))
    {
      if (rnl_json_key_is (key, length, "safetyRatings"))
        rnl_json_reader_skip (reader);
      else if (rnl_json_key_is (key, length, "index"))
        {
          if (!rnl_json_reader_read_int (reader, &index) || index != 0)
            return FALSE;
        }
      else if (!rnl_json_key_is (key, length, "content") || !read_content (self, reader))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_usage (RnlGeminiPlain *self, RnlJsonReader *reader)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return FALSE;
  while (rnl_json_reader_next_member (reader, &key, &length))
    {
      gint64 *count = NULL;

      if (rnl_json_key_is (key, length, "promptTokenCount"))
        count = &self->usage.input;
      else if (rnl_json_key_is (key, length, "candidatesTokenCount"))
        count = &self->usage.output;
      else if (rnl_json_key_is (key, length, "totalTokenCount"))
        count = &self->usage.total;
      else if (rnl_json_key_is (key, length, "thoughtsTokenCount"))
        count = &self->usage.reasoning;
      else if (rnl_json_key_is (key, length, "cachedContentTokenCount"))
        count = &self->usage.cached_input;
      if (count == NULL)
        rnl_json_reader_skip (reader);
      else if (!rnl_json_reader_read_int (reader, count))
        return FALSE;
    }
  self->has_usage = TRUE;

  return TRUE;
}

static gboolean
read_frame (RnlGeminiPlain *self, RnlJsonReader *reader)
{
  const char *key;
  gsize length;

  if (!rnl_json_reader_enter_object (reader))
    return FALSE;
  while (rnl_json_reader_next_member (reader, &key, &length))
    {
      if (rnl_json_key_is (key, length, "usageMetadata"))
        {
          if (!read_usage (self, reader))
            return FALSE;
        }
      else if (rnl_json_key_is (key, length, "candidates"))
        {
          if (self->text != NULL || !rnl_json_reader_enter_array (reader)
              || !rnl_json_reader_next_element (reader) || !read_candidate (self, reader)
              || rnl_json_reader_next_element (reader))
            return FALSE;
        }
      else if (rnl_json_key_is (key, length, "responseId")
               || rnl_json_key_is (key, length, "modelVersion")
               || rnl_json_key_is (key, length, "createTime"))
        rnl_json_reader_skip (reader);
      else
        return FALSE;
    }

  return self->text != NULL;
}

/**
 * rnl_gemini_plain_read:
 * @self: (out caller-allocates): what the frame says, when it is plain; @text points into @data
 * @reader: any reader; it is begun anew
 * @data: a `GenerateContentResponse`
 * @length: of @data in bytes
 *
 * One candidate with one part of text, and perhaps counts. All other frames, and all that are not
 * JSON, are for somebody who reads everything.
 *
 * Returns: whether the frame is nothing else
 */
gboolean
rnl_gemini_plain_read (RnlGeminiPlain *self, RnlJsonReader *reader, const char *data, gsize length)
{
  RnlJsonToken token;

  *self = (RnlGeminiPlain){ .usage = RNL_USAGE_INIT };
  rnl_json_reader_reset_static (reader, data, length);

  return read_frame (self, reader) && rnl_json_reader_next (reader, &token) == RNL_JSON_DONE;
}
