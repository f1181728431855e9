/* rnl-json-reader-state.c: where a reader stands, and what went wrong
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader-private.h"

RnlJsonTokenType
rnl_json_reader_fail (RnlJsonReader *reader, RnlJsonToken *token, RnlJsonError error)
{
  reader->error = (guint8) (error + 1);

  return token->type = RNL_JSON_ERROR_TOKEN;
}

/**
 * rnl_json_reader_get_depth:
 * @reader: a reader
 *
 * Returns: how many objects and arrays are open
 */
guint
rnl_json_reader_get_depth (const RnlJsonReader *reader)
{
  return reader->depth;
}

/**
 * rnl_json_reader_is_in_string:
 * @reader: a reader
 *
 * Returns: whether a string or a key is open
 */
gboolean
rnl_json_reader_is_in_string (const RnlJsonReader *reader)
{
  return reader->lex == LEX_STRING || reader->lex == LEX_KEY;
}

/**
 * rnl_json_reader_peek_number:
 * @reader: a reader that needs more, or that failed on a number
 * @text: (out): the digits so far
 * @len: (out): their length
 *
 * Returns: whether a number has begun and nothing after it was seen yet
 */
gboolean
rnl_json_reader_peek_number (const RnlJsonReader *reader, const char **text, gsize *len)
{
  if (reader->lex != LEX_NUMBER)
    return FALSE;
  *text = reader->scratch;
  *len = reader->scratch_len;

  return TRUE;
}

/**
 * rnl_json_reader_get_rest:
 * @reader: a reader that is done, or that failed
 * @rest: (out): what was not read of the last buffer
 *
 * Returns: the length of @rest
 */
gsize
rnl_json_reader_get_rest (const RnlJsonReader *reader, const char **rest)
{
  *rest = reader->p;

  return (gsize) (reader->end - reader->p);
}

/**
 * rnl_json_reader_is_failed:
 * @reader: a reader
 *
 * Returns: whether something that is not JSON was seen
 */
gboolean
rnl_json_reader_is_failed (const RnlJsonReader *reader)
{
  return reader->error != NO_ERROR;
}

/**
 * rnl_json_reader_get_error_code:
 * @reader: a reader that failed
 *
 * Returns: why
 */
RnlJsonError
rnl_json_reader_get_error_code (const RnlJsonReader *reader)
{
  return (RnlJsonError) (reader->error - 1);
}

/**
 * rnl_json_reader_check:
 * @reader: a reader
 * @error: return location for an error
 *
 * Errors: `RNL_JSON_ERROR`, with the place in bytes, when [method@Json.Reader.is_failed].
 *
 * Returns: whether everything so far was JSON
 */
gboolean
rnl_json_reader_check (const RnlJsonReader *reader, GError **error)
{
  static const char *const reasons[] = {
    [RNL_JSON_ERROR_SYNTAX] = "this is not JSON",
    [RNL_JSON_ERROR_NUMBER] = "this is not a JSON number",
    [RNL_JSON_ERROR_ESCAPE] = "a string holds a bad escape or a raw control character",
    [RNL_JSON_ERROR_TRAILING] = "there is something after the end of the JSON document",
    [RNL_JSON_ERROR_TRUNCATED] = "the JSON document ends too early",
    [RNL_JSON_ERROR_TOO_DEEP] = "the JSON document is nested too deeply",
    [RNL_JSON_ERROR_TOO_LARGE] = "the JSON document is too large",
  };

  if (reader->error == NO_ERROR)
    return TRUE;
  g_set_error (error, RNL_JSON_ERROR, reader->error - 1, "%s (at byte %" G_GSIZE_FORMAT ")",
               reasons[reader->error - 1], reader->fed - (gsize) (reader->end - reader->p));

  return FALSE;
}
