/* rnl-json-reader.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader.h"

#include "rnl-json-reader-private.h"

#include <string.h>

/* What may come next. */
enum
{
  STATE_VALUE,
  STATE_VALUE_OR_END,
  STATE_KEY,
  STATE_KEY_OR_END,
  STATE_COLON,
  STATE_AFTER,
  STATE_DONE,
};

/* Which token the last buffer ended in. */
enum
{
  LEX_NONE,
  LEX_KEY,
  LEX_STRING,
  LEX_NUMBER,
  LEX_LITERAL,
};

/* `reader->error` is the code + 1, so that 0 is none. */
#define NO_ERROR 0

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

static RnlJsonTokenType
fail (RnlJsonReader *reader, RnlJsonToken *token, RnlJsonError error)
{
  reader->error = (guint8) (error + 1);

  return token->type = RNL_JSON_ERROR_TOKEN;
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
  if (G_UNLIKELY (reader->fed > RNL_JSON_READER_MAX_BYTES))
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

static void
scratch_append (RnlJsonReader *reader, const char *bytes, gsize len)
{
  gsize need = reader->scratch_len + len;

  if (G_UNLIKELY (need > reader->scratch_size))
    {
      reader->scratch_size = MAX (need, MAX (reader->scratch_size * 2, 256));
      reader->scratch = g_realloc (reader->scratch, reader->scratch_size);
    }
  if (len > 0)
    memcpy (reader->scratch + reader->scratch_len, bytes, len);
  reader->scratch_len = need;
}

static inline void
value_read (RnlJsonReader *reader)
{
  reader->lex = LEX_NONE;
  reader->state = reader->depth == 0 ? STATE_DONE : STATE_AFTER;
}

static RnlJsonTokenType
out_of_input (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (reader->state == STATE_DONE)
    return token->type = RNL_JSON_DONE;
  if (reader->closed)
    return fail (reader, token, RNL_JSON_ERROR_TRUNCATED);

  return token->type = RNL_JSON_NEED_MORE;
}

/* Strings and keys */

static RnlJsonTokenType
string_read (RnlJsonReader *reader, RnlJsonToken *token, const char *text, gsize len)
{
  token->text = text;
  token->len = len;
  token->final = TRUE;
  if (reader->lex == LEX_KEY)
    {
      reader->lex = LEX_NONE;
      reader->state = STATE_COLON;
      return token->type = RNL_JSON_KEY;
    }
  value_read (reader);

  return token->type = RNL_JSON_STRING;
}

/* Completes the character whose beginning was held back, byte by byte. FALSE when it cannot. */
static gboolean
drain_hold (RnlJsonReader *reader)
{
  while (reader->hold_len > 0)
    {
      char out[4];
      gsize out_len = 0;
      gssize step;
      gboolean valid;

      if (reader->hold[0] == '\\')
        {
          step = rnl_json_escape_step (reader->hold, reader->hold_len, out, &out_len);
          valid = TRUE;
        }
      else if ((step = rnl_json_utf8_step (reader->hold, reader->hold_len, &valid)) > 0)
        {
          out_len = (gsize) step;
          memcpy (out, reader->hold, out_len);
        }

      if (step == RNL_JSON_STEP_BAD)
        return FALSE;
      if (step == RNL_JSON_STEP_INCOMPLETE)
        {
          if (reader->p == reader->end)
            return TRUE;
          reader->hold[reader->hold_len++] = *reader->p++;
          continue;
        }
      if (valid)
        scratch_append (reader, out, out_len);
      else
        scratch_append (reader, "\xef\xbf\xbd", 3);

      /* What is left begins another escape, or is the byte that was read last. */
      reader->hold_len = (guint8) (reader->hold_len - step);
      memmove (reader->hold, reader->hold + step, reader->hold_len);
      if (reader->hold_len > 0 && reader->hold[0] != '\\')
        {
          g_assert (reader->hold_len == 1);
          reader->hold_len = 0;
          reader->p--;
        }
    }

  return TRUE;
}

static void
hold_back (RnlJsonReader *reader)
{
  reader->hold_len = (guint8) (reader->end - reader->p);
  g_assert (reader->hold_len <= sizeof reader->hold);
  memcpy (reader->hold, reader->p, reader->hold_len);
  reader->p = reader->end;
}

/* Copies what stands before @stop, which may be broken UTF-8. */
static void
append_utf8 (RnlJsonReader *reader, const char *stop)
{
  while (reader->p < stop)
    {
      const char *bad;
      gboolean valid;
      gssize step;

      (void) g_utf8_validate_len (reader->p, (gsize) (stop - reader->p), &bad);
      scratch_append (reader, reader->p, (gsize) (bad - reader->p));
      reader->p = bad;
      if (bad == stop)
        return;
      /* Look beyond @stop, which is no part of a character, to tell "broken" from "unfinished". */
      step = rnl_json_utf8_step (bad, (gsize) (reader->end - bad), &valid);
      if (step == RNL_JSON_STEP_INCOMPLETE)
        {
          hold_back (reader);
          return;
        }
      scratch_append (reader, "\xef\xbf\xbd", 3);
      reader->p += step;
    }
}

/* Reads one escape or control character. FALSE when it is not allowed. */
static gboolean
append_special (RnlJsonReader *reader)
{
  char out[4];
  gsize out_len;
  gssize step;

  if (*reader->p == '\\')
    {
      step = rnl_json_escape_step (reader->p, (gsize) (reader->end - reader->p), out, &out_len);
      if (step == RNL_JSON_STEP_BAD)
        return FALSE;
      if (step == RNL_JSON_STEP_INCOMPLETE)
        {
          hold_back (reader);
          return TRUE;
        }
      scratch_append (reader, out, out_len);
      reader->p += step;
      return TRUE;
    }
  if (!reader->raw_controls)
    return FALSE;
  if (*reader->p == '\0')
    scratch_append (reader, "\xef\xbf\xbd", 3);
  else
    scratch_append (reader, reader->p, 1);
  reader->p++;

  return TRUE;
}

static RnlJsonTokenType
string_pauses (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (reader->closed)
    return fail (reader, token, RNL_JSON_ERROR_TRUNCATED);
  if (reader->lex == LEX_KEY || (reader->scratch_len == 0 && reader->begun))
    return token->type = RNL_JSON_NEED_MORE;
  reader->begun = TRUE;
  token->text = reader->scratch_len > 0 ? reader->scratch : "";
  token->len = reader->scratch_len;
  token->final = FALSE;

  return token->type = RNL_JSON_STRING;
}

/* A string with escapes, with bytes above ASCII that are not UTF-8, or cut by the buffer's end. */
static RnlJsonTokenType
decode_string (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (!drain_hold (reader))
    return fail (reader, token, RNL_JSON_ERROR_ESCAPE);
  while (reader->p < reader->end)
    {
      gboolean high = FALSE;
      const char *stop = rnl_json_find_special (reader->p, reader->end, &high);

      if (high)
        {
          append_utf8 (reader, stop);
        }
      else
        {
          scratch_append (reader, reader->p, (gsize) (stop - reader->p));
          reader->p = stop;
        }
      if (G_UNLIKELY (reader->lex == LEX_KEY && reader->scratch_len > RNL_JSON_READER_MAX_KEY))
        return fail (reader, token, RNL_JSON_ERROR_TOO_LARGE);
      if (reader->p == reader->end)
        break;
      if (*reader->p == '"')
        {
          reader->p++;
          return string_read (reader, token, reader->scratch_len > 0 ? reader->scratch : "",
                              reader->scratch_len);
        }
      if (!append_special (reader))
        return fail (reader, token, RNL_JSON_ERROR_ESCAPE);
    }

  return string_pauses (reader, token);
}

static RnlJsonTokenType
begin_string (RnlJsonReader *reader, RnlJsonToken *token, guint8 lex)
{
  const char *start = ++reader->p, *stop;
  gboolean high = FALSE;

  reader->lex = lex;
  reader->begun = FALSE;
  reader->scratch_len = 0;
  stop = rnl_json_find_special (start, reader->end, &high);
  if (G_LIKELY (stop < reader->end && *stop == '"')
      && (!high || g_utf8_validate_len (start, (gsize) (stop - start), NULL))
      && (lex == LEX_STRING || stop - start <= RNL_JSON_READER_MAX_KEY))
    {
      reader->p = stop + 1;
      return string_read (reader, token, start, (gsize) (stop - start));
    }

  return decode_string (reader, token);
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
    return fail (reader, token, RNL_JSON_ERROR_TOO_LARGE);
  if (reader->lex == LEX_NUMBER || (reader->p == reader->end && !reader->closed))
    {
      scratch_append (reader, start, len);
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
        scratch_append (reader, text, len);
      reader->lex = LEX_NUMBER;
      return fail (reader, token, RNL_JSON_ERROR_NUMBER);
    }
  value_read (reader);
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
                                    : fail (reader, token, RNL_JSON_ERROR_SYNTAX);
  value_read (reader);

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
    return fail (reader, token, RNL_JSON_ERROR_TOO_DEEP);
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
    return fail (reader, token, RNL_JSON_ERROR_SYNTAX);
  reader->p++;
  reader->depth--;
  value_read (reader);

  return token->type = is_object ? RNL_JSON_OBJECT_END : RNL_JSON_ARRAY_END;
}

static RnlJsonTokenType
begin_value (RnlJsonReader *reader, RnlJsonToken *token)
{
  switch (*reader->p)
    {
    case '"':
      return begin_string (reader, token, LEX_STRING);
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
        return fail (reader, token, RNL_JSON_ERROR_SYNTAX);
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
        return begin_string (reader, token, LEX_KEY);
      break;
    case STATE_AFTER:
      if (*reader->p == '}' || *reader->p == ']')
        return close_container (reader, token);
      break;
    case STATE_DONE:
      return fail (reader, token, RNL_JSON_ERROR_TRAILING);
    default:
      break;
    }

  return fail (reader, token, RNL_JSON_ERROR_SYNTAX);
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
      return decode_string (reader, token);
    case LEX_STRING:
      /* The piece in the scratch buffer was given away by the call before. */
      reader->scratch_len = 0;
      return decode_string (reader, token);
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

/* A cursor over a whole document: see rnl-json-cursor.c. */

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
