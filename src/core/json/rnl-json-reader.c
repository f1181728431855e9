/* rnl-json-reader.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader.h"

#include "rnl-json-reader-private.h"

#include <string.h>

/**
 * rnl_json_reader_init:
 * @reader: a reader
 *
 * Makes @reader ready for a stream.
 */
void
rnl_json_reader_init (RnlJsonReader *reader)
{
  reader->raw_controls = FALSE;
  reader->unbounded = FALSE;
  reader->scratch = NULL;
  reader->scratch_size = 0;
  rnl_json_reader_reset (reader);
}

/**
 * rnl_json_reader_init_static:
 * @reader: a reader
 * @text: a whole document, borrowed
 * @len: its length in bytes
 *
 * Makes @reader ready to read @text in place.
 */
void
rnl_json_reader_init_static (RnlJsonReader *reader, const char *text, gsize len)
{
  rnl_json_reader_init (reader);
  rnl_json_reader_reset_static (reader, text, len);
}

/**
 * rnl_json_reader_reset:
 * @reader: a reader
 *
 * Forgets the document, keeps the memory and the options.
 */
void
rnl_json_reader_reset (RnlJsonReader *reader)
{
  reader->p = reader->end = NULL;
  reader->fed = 0;
  reader->scratch_len = 0;
  reader->literal = NULL;
  reader->literal_at = 0;
  reader->state = STATE_VALUE;
  reader->lex = LEX_NONE;
  reader->hold_len = 0;
  reader->error = NO_ERROR;
  reader->begun = FALSE;
  reader->closed = FALSE;
  reader->skipping = FALSE;
  reader->skip_depth = 0;
  reader->depth = 0;
}

/**
 * rnl_json_reader_reset_static:
 * @reader: a reader
 * @text: a whole document, borrowed
 * @len: its length in bytes
 *
 * Turns to another document; nothing is allocated for it.
 */
void
rnl_json_reader_reset_static (RnlJsonReader *reader, const char *text, gsize len)
{
  rnl_json_reader_reset (reader);
  rnl_json_reader_feed (reader, text, len);
  reader->closed = TRUE;
}

/**
 * rnl_json_reader_clear:
 * @reader: a reader
 *
 * Frees what @reader owns.
 */
void
rnl_json_reader_clear (RnlJsonReader *reader)
{
  g_clear_pointer (&reader->scratch, g_free);
  reader->scratch_len = reader->scratch_size = 0;
}

/**
 * rnl_json_reader_feed:
 * @reader: a reader that needs more, or a new one
 * @bytes: what came; borrowed until [method@Json.Reader.next] asks for more
 * @len: its length
 */
void
rnl_json_reader_feed (RnlJsonReader *reader, const char *bytes, gsize len)
{
  g_return_if_fail (bytes != NULL || len == 0);
  g_return_if_fail (!reader->closed);

  if (reader->error != NO_ERROR)
    return;
  g_return_if_fail (reader->p == reader->end || reader->state == STATE_DONE);

  reader->p = bytes;
  reader->end = bytes + len;
  reader->fed += len;
  if (G_UNLIKELY (reader->fed > RNL_JSON_READER_MAX_BYTES && !reader->unbounded))
    reader->error = RNL_JSON_ERROR_TOO_LARGE + 1;
}

/**
 * rnl_json_reader_end:
 * @reader: a reader
 *
 * Says that no more will be fed. A number that was the whole document is given by the next call
 * of [method@Json.Reader.next]; anything else unfinished is `RNL_JSON_ERROR_TRUNCATED`.
 */
void
rnl_json_reader_end (RnlJsonReader *reader)
{
  reader->closed = TRUE;
}

static RnlJsonTokenType
out_of_input (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (reader->state == STATE_DONE)
    return token->type = RNL_JSON_DONE;
  if (reader->closed)
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TRUNCATED);

  return token->type = RNL_JSON_NEED_MORE;
}

/* Numbers and literals */

static gboolean
is_number_char (char c)
{
  return g_ascii_isdigit (c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

static RnlJsonTokenType
read_number (RnlJsonReader *reader, RnlJsonToken *token)
{
  const char *start = reader->p, *text;
  gsize len;

  while (reader->p < reader->end && is_number_char (*reader->p))
    reader->p++;
  text = start;
  len = (gsize) (reader->p - start);
  if (reader->scratch_len + len > RNL_JSON_READER_MAX_NUMBER)
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TOO_LARGE);
  if (reader->lex == LEX_NUMBER || (reader->p == reader->end && !reader->closed))
    {
      rnl_json_reader_append (reader, start, len);
      text = reader->scratch;
      len = reader->scratch_len;
      reader->lex = LEX_NUMBER;
      if (reader->p == reader->end && !reader->closed)
        return token->type = RNL_JSON_NEED_MORE;
    }
  if (rnl_json_number_prefix (text, len, NULL) != len)
    {
      /* Kept for rnl_json_reader_peek_number(). */
      if (reader->lex != LEX_NUMBER)
        rnl_json_reader_append (reader, text, len);
      reader->lex = LEX_NUMBER;
      return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_NUMBER);
    }
  rnl_json_reader_value_read (reader);
  token->text = text;
  token->len = len;
  token->final = TRUE;

  return token->type = RNL_JSON_NUMBER;
}

static RnlJsonTokenType
read_literal (RnlJsonReader *reader, RnlJsonToken *token)
{
  const char *rest = reader->literal + reader->literal_at;

  while (*rest != '\0' && reader->p < reader->end && *reader->p == *rest)
    {
      reader->p++;
      rest++;
    }
  reader->literal_at = (gsize) (rest - reader->literal);
  reader->lex = LEX_LITERAL;
  if (*rest != '\0')
    return reader->p == reader->end ? out_of_input (reader, token)
                                    : rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_SYNTAX);
  rnl_json_reader_value_read (reader);

  return token->type = reader->literal[0] == 't'   ? RNL_JSON_TRUE
                       : reader->literal[0] == 'f' ? RNL_JSON_FALSE
                                                   : RNL_JSON_NULL;
}

static RnlJsonTokenType
begin_literal (RnlJsonReader *reader, RnlJsonToken *token, const char *literal)
{
  reader->literal = literal;
  reader->literal_at = 0;

  return read_literal (reader, token);
}

/* Structure */

static RnlJsonTokenType
open_container (RnlJsonReader *reader, RnlJsonToken *token, gboolean is_object)
{
  if (G_UNLIKELY (reader->depth == RNL_JSON_READER_MAX_DEPTH))
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TOO_DEEP);
  reader->p++;
  reader->is_object[reader->depth++] = is_object;
  reader->state = is_object ? STATE_KEY_OR_END : STATE_VALUE_OR_END;

  return token->type = is_object ? RNL_JSON_OBJECT_START : RNL_JSON_ARRAY_START;
}

static RnlJsonTokenType
close_container (RnlJsonReader *reader, RnlJsonToken *token)
{
  gboolean is_object = *reader->p == '}';

  if (reader->is_object[reader->depth - 1] != is_object)
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_SYNTAX);
  reader->p++;
  reader->depth--;
  rnl_json_reader_value_read (reader);

  return token->type = is_object ? RNL_JSON_OBJECT_END : RNL_JSON_ARRAY_END;
}

static RnlJsonTokenType
begin_value (RnlJsonReader *reader, RnlJsonToken *token)
{
  switch (*reader->p)
    {
    case '"':
      return rnl_json_reader_begin_string (reader, token, LEX_STRING);
    case '{':
      return open_container (reader, token, TRUE);
    case '[':
      return open_container (reader, token, FALSE);
    case 't':
      return begin_literal (reader, token, "true");
    case 'f':
      return begin_literal (reader, token, "false");
    case 'n':
      return begin_literal (reader, token, "null");
    default:
      if (!g_ascii_isdigit (*reader->p) && *reader->p != '-')
        return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_SYNTAX);
      reader->scratch_len = 0;
      return read_number (reader, token);
    }
}

static inline gboolean
skip_space (RnlJsonReader *reader)
{
  const char *p = reader->p, *end = reader->end;

  while (p < end && (guchar) *p <= ' ' && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  reader->p = p;

  return p < end;
}

/* Passes the comma or colon before a key or a value. FALSE when @token says why not. */
static gboolean
skip_punctuation (RnlJsonReader *reader, RnlJsonToken *token)
{
  for (;;)
    {
      if (!skip_space (reader))
        {
          out_of_input (reader, token);
          return FALSE;
        }
      if (reader->state == STATE_AFTER && *reader->p == ',')
        reader->state = reader->is_object[reader->depth - 1] ? STATE_KEY : STATE_VALUE;
      else if (reader->state == STATE_COLON && *reader->p == ':')
        reader->state = STATE_VALUE;
      else
        return TRUE;
      reader->p++;
    }
}

static RnlJsonTokenType
begin_token (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (!skip_punctuation (reader, token))
    return token->type;
  switch (reader->state)
    {
    case STATE_VALUE_OR_END:
      if (*reader->p == ']')
        return close_container (reader, token);
      return begin_value (reader, token);
    case STATE_VALUE:
      return begin_value (reader, token);
    case STATE_KEY_OR_END:
      if (*reader->p == '}')
        return close_container (reader, token);
      G_GNUC_FALLTHROUGH;
    case STATE_KEY:
      if (*reader->p == '"')
        return rnl_json_reader_begin_string (reader, token, LEX_KEY);
      break;
    case STATE_AFTER:
      if (*reader->p == '}' || *reader->p == ']')
        return close_container (reader, token);
      break;
    case STATE_DONE:
      return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TRAILING);
    default:
      break;
    }

  return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_SYNTAX);
}

static inline RnlJsonTokenType
next_token (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (G_UNLIKELY (reader->error != NO_ERROR))
    return token->type = RNL_JSON_ERROR_TOKEN;
  if (G_LIKELY (reader->lex == LEX_NONE))
    return begin_token (reader, token);

  switch (reader->lex)
    {
    case LEX_KEY:
      return rnl_json_reader_decode_string (reader, token);
    case LEX_STRING:
      /* The piece in the scratch buffer was given away by the call before. */
      reader->scratch_len = 0;
      return rnl_json_reader_decode_string (reader, token);
    case LEX_NUMBER:
      return read_number (reader, token);
    default:
      return read_literal (reader, token);
    }
}

/* Whether @token, read while skipping, is the last one of the value that is skipped. */
static gboolean
ends_skipped (RnlJsonReader *reader, const RnlJsonToken *token)
{
  switch (token->type)
    {
    case RNL_JSON_OBJECT_START:
    case RNL_JSON_ARRAY_START:
    case RNL_JSON_KEY:
      return FALSE;
    case RNL_JSON_STRING:
      return token->final && reader->depth == reader->skip_depth;
    case RNL_JSON_OBJECT_END:
    case RNL_JSON_ARRAY_END:
    case RNL_JSON_NUMBER:
    case RNL_JSON_TRUE:
    case RNL_JSON_FALSE:
    case RNL_JSON_NULL:
    case RNL_JSON_NEED_MORE:
    case RNL_JSON_DONE:
    case RNL_JSON_ERROR_TOKEN:
    default:
      return reader->depth <= reader->skip_depth;
    }
}

/**
 * rnl_json_reader_next:
 * @reader: a reader
 * @token: (out caller-allocates): the next token; what it points at is valid until the next call
 *
 * Returns: the token's type
 */
RnlJsonTokenType
rnl_json_reader_next (RnlJsonReader *reader, RnlJsonToken *token)
{
  RnlJsonTokenType type = next_token (reader, token);

  while (G_UNLIKELY (reader->skipping) && type != RNL_JSON_NEED_MORE && type != RNL_JSON_ERROR_TOKEN
         && type != RNL_JSON_DONE)
    {
      reader->skipping = !ends_skipped (reader, token);
      type = next_token (reader, token);
    }

  return type;
}

/**
 * rnl_json_reader_skip_value:
 * @reader: a reader, before a value (after a key, or in an array)
 *
 * Makes [method@Json.Reader.next] pass over the next value, also when it comes in many buffers.
 */
void
rnl_json_reader_skip_value (RnlJsonReader *reader)
{
  reader->skipping = TRUE;
  reader->skip_depth = reader->depth;
}

/**
 * rnl_json_reader_peek_type:
 * @reader: a static reader
 *
 * Returns: what kind of token comes next; strings are not told from keys. `RNL_JSON_NUMBER` may
 *   still turn out not to be one
 */
RnlJsonTokenType
rnl_json_reader_peek_type (RnlJsonReader *reader)
{
  RnlJsonToken token;

  if (reader->error != NO_ERROR)
    return RNL_JSON_ERROR_TOKEN;
  if (!skip_punctuation (reader, &token))
    return token.type;
  switch (*reader->p)
    {
    case '{':
      return RNL_JSON_OBJECT_START;
    case '}':
      return RNL_JSON_OBJECT_END;
    case '[':
      return RNL_JSON_ARRAY_START;
    case ']':
      return RNL_JSON_ARRAY_END;
    case '"':
      return RNL_JSON_STRING;
    case 't':
      return RNL_JSON_TRUE;
    case 'f':
      return RNL_JSON_FALSE;
    case 'n':
      return RNL_JSON_NULL;
    default:
      return RNL_JSON_NUMBER;
    }
}
