/* rnl-json-cursor.c: taking a few fields out of a whole document
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader.h"

#include <math.h>
#include <string.h>

/* Reads what is left of the value that @token began. */
static void
skip_rest (RnlJsonReader *reader, RnlJsonToken *token)
{
  guint depth;

  if (token->type != RNL_JSON_OBJECT_START && token->type != RNL_JSON_ARRAY_START)
    return;
  depth = rnl_json_reader_get_depth (reader) - 1;
  while (rnl_json_reader_get_depth (reader) > depth
         && rnl_json_reader_next (reader, token) != RNL_JSON_ERROR_TOKEN)
    ;
}

static gboolean
expect (RnlJsonReader *reader, RnlJsonToken *token, RnlJsonTokenType type)
{
  if (rnl_json_reader_next (reader, token) == type)
    return TRUE;
  skip_rest (reader, token);

  return FALSE;
}

/**
 * rnl_json_reader_enter_object:
 * @reader: a static reader, before a value
 *
 * Returns: whether the value is an object; [method@Json.Reader.next_member] gives its members
 */
gboolean
rnl_json_reader_enter_object (RnlJsonReader *reader)
{
  RnlJsonToken token;

  return expect (reader, &token, RNL_JSON_OBJECT_START);
}

/**
 * rnl_json_reader_next_member:
 * @reader: a static reader, inside an object, after a member's value
 * @key: (out): the name; valid until the value is read
 * @len: (out): its length
 *
 * The value must be read or skipped before the next call.
 *
 * Returns: whether there is a member; `FALSE` at the object's end and on an error
 */
gboolean
rnl_json_reader_next_member (RnlJsonReader *reader, const char **key, gsize *len)
{
  RnlJsonToken token;

  if (rnl_json_reader_next (reader, &token) != RNL_JSON_KEY)
    return FALSE;
  *key = token.text;
  *len = token.len;

  return TRUE;
}

/**
 * rnl_json_reader_enter_array:
 * @reader: a static reader, before a value
 *
 * Returns: whether the value is an array; [method@Json.Reader.next_element] walks it
 */
gboolean
rnl_json_reader_enter_array (RnlJsonReader *reader)
{
  RnlJsonToken token;

  return expect (reader, &token, RNL_JSON_ARRAY_START);
}

/**
 * rnl_json_reader_next_element:
 * @reader: a static reader, inside an array, after an element
 *
 * Returns: whether an element follows, which must be read or skipped; `FALSE` at the array's end
 *   and on an error
 */
gboolean
rnl_json_reader_next_element (RnlJsonReader *reader)
{
  RnlJsonToken token;

  switch (rnl_json_reader_peek_type (reader))
    {
    case RNL_JSON_ARRAY_END:
    case RNL_JSON_OBJECT_END:
      (void) rnl_json_reader_next (reader, &token);
      return FALSE;
    case RNL_JSON_ERROR_TOKEN:
    case RNL_JSON_NEED_MORE:
    case RNL_JSON_DONE:
      return FALSE;
    case RNL_JSON_OBJECT_START:
    case RNL_JSON_ARRAY_START:
    case RNL_JSON_KEY:
    case RNL_JSON_STRING:
    case RNL_JSON_NUMBER:
    case RNL_JSON_TRUE:
    case RNL_JSON_FALSE:
    case RNL_JSON_NULL:
    default:
      return TRUE;
    }
}

/**
 * rnl_json_reader_read_string:
 * @reader: a static reader, before a value
 * @text: (out): the string, not NUL-terminated, valid until the next call
 * @len: (out): its length
 *
 * Returns: whether the value is a string
 */
gboolean
rnl_json_reader_read_string (RnlJsonReader *reader, const char **text, gsize *len)
{
  RnlJsonToken token;

  if (!expect (reader, &token, RNL_JSON_STRING))
    return FALSE;
  *text = token.text;
  *len = token.len;

  return TRUE;
}

/**
 * rnl_json_reader_dup_string:
 * @reader: a static reader, before a value
 *
 * Returns: (transfer full) (nullable): the string, or `NULL` when the value is not one
 */
char *
rnl_json_reader_dup_string (RnlJsonReader *reader)
{
  const char *text;
  gsize len;

  return rnl_json_reader_read_string (reader, &text, &len) ? g_strndup (text, len) : NULL;
}

/**
 * rnl_json_reader_read_int:
 * @reader: a static reader, before a value
 * @value: (out): the number; untouched on `FALSE`
 *
 * Returns: whether the value is a whole number that fits (`3.0` is one)
 */
gboolean
rnl_json_reader_read_int (RnlJsonReader *reader, gint64 *value)
{
  RnlJsonToken token;
  double number;

  if (!expect (reader, &token, RNL_JSON_NUMBER))
    return FALSE;
  if (rnl_json_number_to_int (token.text, token.len, value))
    return TRUE;
  number = rnl_json_number_to_double (token.text, token.len);
  if (fabs (number) > 9007199254740992.0 || floor (number) < number)
    return FALSE;
  *value = (gint64) number;

  return TRUE;
}

/**
 * rnl_json_reader_read_double:
 * @reader: a static reader, before a value
 * @value: (out): the number; untouched on `FALSE`
 *
 * Returns: whether the value is a number
 */
gboolean
rnl_json_reader_read_double (RnlJsonReader *reader, double *value)
{
  RnlJsonToken token;

  if (!expect (reader, &token, RNL_JSON_NUMBER))
    return FALSE;
  *value = rnl_json_number_to_double (token.text, token.len);

  return TRUE;
}

/**
 * rnl_json_reader_read_boolean:
 * @reader: a static reader, before a value
 * @value: (out): the value; untouched on `FALSE`
 *
 * Returns: whether the value is `true` or `false`
 */
gboolean
rnl_json_reader_read_boolean (RnlJsonReader *reader, gboolean *value)
{
  RnlJsonToken token;

  if (expect (reader, &token, RNL_JSON_TRUE))
    *value = TRUE;
  else if (token.type == RNL_JSON_FALSE)
    *value = FALSE;
  else
    return FALSE;

  return TRUE;
}

/**
 * rnl_json_reader_read_raw:
 * @reader: a static reader, before a value
 * @json: (out): the value as it was written, not NUL-terminated, inside the text that is read
 * @len: (out): its length
 *
 * Returns: whether the value is JSON
 */
gboolean
rnl_json_reader_read_raw (RnlJsonReader *reader, const char **json, gsize *len)
{
  const char *end;

  (void) rnl_json_reader_peek_type (reader);
  (void) rnl_json_reader_get_rest (reader, json);
  rnl_json_reader_skip (reader);
  if (rnl_json_reader_is_failed (reader))
    return FALSE;
  (void) rnl_json_reader_get_rest (reader, &end);
  *len = (gsize) (end - *json);

  return TRUE;
}

/**
 * rnl_json_reader_dup_value_json:
 * @reader: a static reader, before a value
 *
 * Returns: (transfer full) (nullable): the value as it was written, with U+FFFD in the place of
 * what is no UTF-8, or `NULL` when it is not JSON
 */
char *
rnl_json_reader_dup_value_json (RnlJsonReader *reader)
{
  const char *json;
  gsize len;

  if (!rnl_json_reader_read_raw (reader, &json, &len))
    return NULL;

  return g_utf8_make_valid (json, (gssize) len);
}

/**
 * rnl_json_reader_skip:
 * @reader: a static reader, before a value
 *
 * Passes over the value.
 */
void
rnl_json_reader_skip (RnlJsonReader *reader)
{
  RnlJsonToken token;

  (void) rnl_json_reader_next (reader, &token);
  skip_rest (reader, &token);
}
