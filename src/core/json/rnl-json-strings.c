/* rnl-json-strings.c: the reader inside a string or a key
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-json-reader-private.h"

#include <string.h>

void
rnl_json_reader_append (RnlJsonReader *reader, const char *bytes, gsize len)
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
  rnl_json_reader_value_read (reader);

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
        rnl_json_reader_append (reader, out, out_len);
      else
        rnl_json_reader_append (reader, "\xef\xbf\xbd", 3);

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
      rnl_json_reader_append (reader, reader->p, (gsize) (bad - reader->p));
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
      rnl_json_reader_append (reader, "\xef\xbf\xbd", 3);
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
      rnl_json_reader_append (reader, out, out_len);
      reader->p += step;
      return TRUE;
    }
  if (!reader->raw_controls)
    return FALSE;
  if (*reader->p == '\0')
    rnl_json_reader_append (reader, "\xef\xbf\xbd", 3);
  else
    rnl_json_reader_append (reader, reader->p, 1);
  reader->p++;

  return TRUE;
}

static RnlJsonTokenType
string_pauses (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (reader->closed)
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TRUNCATED);
  if (reader->lex == LEX_KEY || (reader->scratch_len == 0 && reader->begun))
    return token->type = RNL_JSON_NEED_MORE;
  reader->begun = TRUE;
  token->text = reader->scratch_len > 0 ? reader->scratch : "";
  token->len = reader->scratch_len;
  token->final = FALSE;

  return token->type = RNL_JSON_STRING;
}

/* A string with escapes, with bytes above ASCII that are not UTF-8, or cut by the buffer's end. */
RnlJsonTokenType
rnl_json_reader_decode_string (RnlJsonReader *reader, RnlJsonToken *token)
{
  if (!drain_hold (reader))
    return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_ESCAPE);
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
          rnl_json_reader_append (reader, reader->p, (gsize) (stop - reader->p));
          reader->p = stop;
        }
      if (G_UNLIKELY (reader->lex == LEX_KEY && reader->scratch_len > RNL_JSON_READER_MAX_KEY))
        return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_TOO_LARGE);
      if (reader->p == reader->end)
        break;
      if (*reader->p == '"')
        {
          reader->p++;
          return string_read (reader, token, reader->scratch_len > 0 ? reader->scratch : "",
                              reader->scratch_len);
        }
      if (!append_special (reader))
        return rnl_json_reader_fail (reader, token, RNL_JSON_ERROR_ESCAPE);
    }

  return string_pauses (reader, token);
}

RnlJsonTokenType
rnl_json_reader_begin_string (RnlJsonReader *reader, RnlJsonToken *token, guint8 lex)
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

  return rnl_json_reader_decode_string (reader, token);
}
