/* test-json-reader.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-reader.h"
#include "rnl-test.h"

/* Tokens are written down as "{ k:a s:text n:1 t f 0 } ." with '!' and a code for an error. */
static gboolean
write_tokens (RnlJsonReader *reader, GString *log, gboolean *open)
{
  RnlJsonToken token;

  for (;;)
    switch (rnl_json_reader_next (reader, &token))
      {
      case RNL_JSON_NEED_MORE:
        return TRUE;
      case RNL_JSON_OBJECT_START:
        g_string_append (log, "{ ");
        break;
      case RNL_JSON_OBJECT_END:
        g_string_append (log, "} ");
        break;
      case RNL_JSON_ARRAY_START:
        g_string_append (log, "[ ");
        break;
      case RNL_JSON_ARRAY_END:
        g_string_append (log, "] ");
        break;
      case RNL_JSON_KEY:
        g_string_append_printf (log, "k:%.*s ", (int) token.len, token.text);
        break;
      case RNL_JSON_STRING:
        g_assert_true (g_utf8_validate_len (token.text, token.len, NULL));
        g_string_append_printf (log, "%s%.*s%s", *open ? "" : "s:", (int) token.len, token.text,
                                token.final ? " " : "");
        *open = !token.final;
        break;
      case RNL_JSON_NUMBER:
        g_string_append_printf (log, "n:%.*s ", (int) token.len, token.text);
        break;
      case RNL_JSON_TRUE:
        g_string_append (log, "t ");
        break;
      case RNL_JSON_FALSE:
        g_string_append (log, "f ");
        break;
      case RNL_JSON_NULL:
        g_string_append (log, "0 ");
        break;
      case RNL_JSON_DONE:
        g_string_append (log, ".");
        return FALSE;
      case RNL_JSON_ERROR_TOKEN:
      default:
        g_string_append_printf (log, "!%d", rnl_json_reader_get_error_code (reader));
        return FALSE;
      }
}

static char *
read_static (const char *text, gsize len, gboolean raw_controls)
{
  g_auto (RnlJsonReader) reader;
  g_autofree char *copy = g_memdup2 (text, len);
  g_autoptr (GString) log = g_string_new (NULL);
  gboolean open = FALSE;

  rnl_json_reader_init_static (&reader, copy != NULL ? copy : "", len);
  reader.raw_controls = raw_controls;
  g_assert_false (write_tokens (&reader, log, &open));

  return g_strdup (log->str);
}

static char *
read_pieces (const char *text, gsize len, gsize first, gsize step, gboolean raw_controls)
{
  g_auto (RnlJsonReader) reader;
  g_autoptr (GString) log = g_string_new (NULL);
  gboolean open = FALSE, more = TRUE;

  rnl_json_reader_init (&reader);
  reader.raw_controls = raw_controls;
  for (gsize at = 0; at < len && more;)
    {
      gsize n = MIN (at == 0 && first > 0 ? first : step, len - at);
      g_autofree char *piece = g_memdup2 (text + at, n);

      rnl_json_reader_feed (&reader, piece, n);
      more = write_tokens (&reader, log, &open);
      at += n;
      if (!more && log->str[log->len - 1] == '.' && at < len)
        {
          /* Only the bytes after the end are left: they may still be wrong. */
          g_string_truncate (log, log->len - 1);
          more = TRUE;
        }
    }
  if (more)
    {
      rnl_json_reader_end (&reader);
      (void) write_tokens (&reader, log, &open);
    }

  return g_strdup (log->str);
}

#define FFFD "\xef\xbf\xbd"

static const struct
{
  const char *text;
  const char *tokens;
} cases[] = {
  { "{}", "{ } ." },
  { " [ ] ", "[ ] ." },
  { "42", "n:42 ." },
  { "\"\"", "s: ." },
  { "null", "0 ." },
  { "{\"a\":1,\"b\":[true,false,null,-1.5e+2],\"c\":{\"\":\"x\"}}",
    "{ k:a n:1 k:b [ t f 0 n:-1.5e+2 ] k:c { k: s:x } } ." },
  { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u65e5\\ud83d\\ude00\"]",
    "[ s:\"\\/\b\f\n\r\tA\xc3\xa9日😀 ] ." },
  { "{\"k\\n\\u00e9\":\"日本😀\"}", "{ k:k\n\xc3\xa9 s:日本😀 } ." },
  { "[\"a long string without escapes, that is scanned by eights\", \"0123456\\n\"]",
    "[ s:a long string without escapes, that is scanned by eights s:0123456\n ] ." },
  /* What is no text becomes U+FFFD. */
  { "[\"\\ud83d\"]", "[ s:" FFFD " ] ." },
  { "[\"\\ud83dx\"]", "[ s:" FFFD "x ] ." },
  { "[\"\\ud83d\\n\"]", "[ s:" FFFD "\n ] ." },
  { "[\"\\ud83d\\u0041\"]", "[ s:" FFFD "A ] ." },
  { "[\"\\ud83d\\ud83d\\ude00\"]", "[ s:" FFFD "😀 ] ." },
  { "[\"\\ude00\"]", "[ s:" FFFD " ] ." },
  { "[\"\\u0000\"]", "[ s:" FFFD " ] ." },
  { "[\"a\xff"
    "b\"]",
    "[ s:a" FFFD "b ] ." },
  { "[\"\xe6\x97\"]", "[ s:" FFFD " ] ." },
  { "[\"\xe6\x97\\n\"]", "[ s:" FFFD "\n ] ." },
  { "[\"\xf0\x9f\x98x\xed\xa0\x80\"]", "[ s:" FFFD "x" FFFD FFFD FFFD " ] ." },
  /* Errors. */
  { "", "!4" },
  { "[", "[ !4" },
  { "{\"a\"", "{ k:a !4" },
  { "tru", "!4" },
  { "-", "!1" },
  { "]", "!0" },
  { "[1}", "[ n:1 !0" },
  { "[1,]", "[ n:1 !0" },
  { "{\"a\":1,}", "{ k:a n:1 !0" },
  { "{\"a\" 1}", "{ k:a !0" },
  { "{\"a\":1 \"b\"", "{ k:a n:1 !0" },
  { "{a:1}", "{ !0" },
  { "[01]", "[ !1" },
  { "[1.]", "[ !1" },
  { "[1e]", "[ !1" },
  { "[.5]", "[ !0" },
  { "[+1]", "[ !0" },
  { "[trux]", "[ !0" },
  { "[NaN]", "[ !0" },
  { "{} x", "{ } !3" },
  { "{}}", "{ } !3" },
};

static void
test_every_split (void)
{
  static const gsize steps[] = { 1, 2, 3, 5, 4096 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize len = strlen (cases[i].text);
      g_autofree char *whole = read_static (cases[i].text, len, FALSE);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (whole, ==, cases[i].tokens);
      for (gsize first = 0; first <= len; first++)
        for (gsize s = 0; s < G_N_ELEMENTS (steps); s++)
          {
            g_autofree char *pieces = read_pieces (cases[i].text, len, first, steps[s], FALSE);

            g_assert_cmpstr (pieces, ==, cases[i].tokens);
          }
    }
}

/* Where a string is refused depends on the pieces given before; that it is, does not. */
static void
test_bad_strings (void)
{
  static const char *const texts[]
    = { "[\"\\x\"]", "[\"\\u00g0\"]", "[\"ab\ncd\"]", "[\"\x01\"]", "[\"abc", "[\"\\ud83d" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize len = strlen (texts[i]);
      g_autofree char *whole = read_static (texts[i], len, FALSE);
      const char *code = i < 4 ? "!2" : "!4";

      g_assert_true (g_str_has_suffix (whole, code));
      for (gsize first = 0; first <= len; first++)
        {
          g_autofree char *pieces = read_pieces (texts[i], len, first, 1, FALSE);

          g_assert_true (g_str_has_suffix (pieces, code));
        }
    }
}

static void
test_raw_controls (void)
{
  static const char text[] = "[\"a\n\t\x01\0b\"]";

  for (gsize step = 1; step < sizeof text; step++)
    {
      g_autofree char *tokens = read_pieces (text, sizeof text - 1, 0, step, TRUE);

      g_assert_cmpstr (tokens, ==, "[ s:a\n\t\x01" FFFD "b ] .");
    }
}

static void
test_bounds (void)
{
  g_autofree char *deep = g_strnfill (RNL_JSON_READER_MAX_DEPTH + 1, '[');
  g_autofree char *fits = g_strnfill (RNL_JSON_READER_MAX_DEPTH, '[');
  g_autofree char *digits = g_strnfill (RNL_JSON_READER_MAX_NUMBER + 1, '1');
  g_autofree char *letters = g_strnfill (RNL_JSON_READER_MAX_KEY + 1, 'k');
  g_autofree char *key = g_strdup_printf ("{\"%s\":1}", letters);
  const struct
  {
    const char *text;
    const char *code;
  } bounds[] = { { deep, "!5" }, { fits, "!4" }, { digits, "!6" }, { key, "!6" } };

  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *whole = read_static (bounds[i].text, strlen (bounds[i].text), FALSE);
      g_autofree char *pieces
        = read_pieces (bounds[i].text, strlen (bounds[i].text), 0, 1000, FALSE);

      g_assert_true (g_str_has_suffix (whole, bounds[i].code));
      g_assert_true (g_str_has_suffix (pieces, bounds[i].code));
    }
}

static void
test_too_many_bytes (void)
{
  g_auto (RnlJsonReader) reader;
  RnlJsonToken token;
  g_autofree char *space = g_strnfill (1024 * 1024, ' ');
  g_autoptr (GError) error = NULL;

  rnl_json_reader_init (&reader);
  for (gsize i = 0; i < RNL_JSON_READER_MAX_BYTES / (1024 * 1024); i++)
    {
      rnl_json_reader_feed (&reader, space, 1024 * 1024);
      g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_NEED_MORE);
    }
  rnl_json_reader_feed (&reader, space, 1);
  g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_ERROR_TOKEN);
  g_assert_false (rnl_json_reader_check (&reader, &error));
  g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_TOO_LARGE);
}

static void
test_in_place (void)
{
  static const char text[] = "{\"key\":\"value\"}";
  g_auto (RnlJsonReader) reader;
  RnlJsonToken token;

  rnl_json_reader_init (&reader);
  rnl_json_reader_feed (&reader, text, strlen (text));
  g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_OBJECT_START);
  g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_KEY);
  g_assert_true (token.text == text + 2);
  g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_STRING);
  g_assert_true (token.text == text + 8 && token.final);
}

/* A string reaches its reader as it comes, but for the character that is cut. */
static void
test_pieces (void)
{
  static const struct
  {
    const char *bytes;
    const char *piece;
    gboolean final;
  } steps[] = { { "\"", "", FALSE },
                { "ab\\", "ab", FALSE },
                { "u00", NULL, FALSE },
                { "e9c",
                  "\xc3\xa9"
                  "c",
                  FALSE },
                { "\xe6\x97", NULL, FALSE },
                { "\xa5", "日", FALSE },
                { "\\ud83d", NULL, FALSE },
                { "\\ude00", "😀", FALSE },
                { "\"", "", TRUE } };
  g_auto (RnlJsonReader) reader;
  RnlJsonToken token;

  rnl_json_reader_init (&reader);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      rnl_json_reader_feed (&reader, steps[i].bytes, strlen (steps[i].bytes));
      if (steps[i].piece != NULL)
        {
          g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_STRING);
          g_assert_cmpmem (token.text, token.len, steps[i].piece, strlen (steps[i].piece));
          g_assert_cmpint (token.final, ==, steps[i].final);
        }
      if (!steps[i].final)
        g_assert_cmpint (rnl_json_reader_next (&reader, &token), ==, RNL_JSON_NEED_MORE);
    }
}

static void
test_skip_value (void)
{
  static const char text[]
    = "{\"a\":{\"x\":[1,\"}\",{}]},\"b\":\"s\\n\",\"c\":[],\"d\":-1,\"e\":2}";

  for (gsize step = 1; step < sizeof text; step++)
    {
      g_auto (RnlJsonReader) reader;
      g_autoptr (GString) log = g_string_new (NULL);

      rnl_json_reader_init (&reader);
      for (gsize at = 0; at < strlen (text); at += step)
        {
          RnlJsonToken token;
          RnlJsonTokenType type;

          rnl_json_reader_feed (&reader, text + at, MIN (step, strlen (text) - at));
          while ((type = rnl_json_reader_next (&reader, &token)) != RNL_JSON_NEED_MORE
                 && type != RNL_JSON_DONE)
            {
              g_assert_cmpint (type, !=, RNL_JSON_ERROR_TOKEN);
              if (type == RNL_JSON_KEY && token.text[0] != 'e')
                rnl_json_reader_skip_value (&reader);
              if (type == RNL_JSON_KEY || type == RNL_JSON_NUMBER)
                g_string_append_len (log, token.text, (gssize) token.len);
            }
        }
      g_assert_cmpstr (log->str, ==, "abcde2");
    }
}

static const char delta[]
  = "{\"id\":\"c1\",\"created\":1750000000,\"choices\":[{\"index\":0,\"delta\":{\"role\":"
    "\"assistant\","
    "\"content\":\"Hel\\nlo\"},\"logprobs\":null,\"finish_reason\":null}, 7 ],"
    "\"usage\":{\"n\":3.0,\"cost\":0.25,\"ok\":true,\"raw\": [1, {\"a\" : 2}] }}";

static void
test_cursor (void)
{
  g_auto (RnlJsonReader) reader;
  g_autofree char *raw = NULL, *id = NULL;
  const char *key, *text;
  gsize len;
  gint64 created = 0, n = 0;
  double cost = 0;
  gboolean ok = FALSE;
  guint n_choices = 0;
  g_autoptr (GString) content = g_string_new (NULL);

  rnl_json_reader_init_static (&reader, delta, strlen (delta));
  g_assert_cmpint (rnl_json_reader_peek_type (&reader), ==, RNL_JSON_OBJECT_START);
  g_assert_true (rnl_json_reader_enter_object (&reader));
  while (rnl_json_reader_next_member (&reader, &key, &len))
    {
      if (rnl_json_key_is (key, len, "id"))
        id = rnl_json_reader_dup_string (&reader);
      else if (rnl_json_key_is (key, len, "created"))
        g_assert_true (rnl_json_reader_read_int (&reader, &created));
      else if (rnl_json_key_is (key, len, "choices"))
        {
          g_assert_true (rnl_json_reader_enter_array (&reader));
          while (rnl_json_reader_next_element (&reader))
            {
              n_choices++;
              if (!rnl_json_reader_enter_object (&reader))
                continue;
              while (rnl_json_reader_next_member (&reader, &key, &len))
                {
                  if (!rnl_json_key_is (key, len, "delta"))
                    {
                      rnl_json_reader_skip (&reader);
                      continue;
                    }
                  g_assert_true (rnl_json_reader_enter_object (&reader));
                  while (rnl_json_reader_next_member (&reader, &key, &len))
                    if (!rnl_json_key_is (key, len, "content"))
                      g_assert_false (rnl_json_reader_read_int (&reader, &n));
                    else if (rnl_json_reader_read_string (&reader, &text, &len))
                      g_string_append_len (content, text, (gssize) len);
                }
            }
        }
      else if (rnl_json_key_is (key, len, "usage"))
        {
          g_assert_true (rnl_json_reader_enter_object (&reader));
          while (rnl_json_reader_next_member (&reader, &key, &len))
            {
              if (rnl_json_key_is (key, len, "n"))
                g_assert_true (rnl_json_reader_read_int (&reader, &n));
              else if (rnl_json_key_is (key, len, "cost"))
                g_assert_true (rnl_json_reader_read_double (&reader, &cost));
              else if (rnl_json_key_is (key, len, "ok"))
                g_assert_true (rnl_json_reader_read_boolean (&reader, &ok));
              else
                raw = rnl_json_reader_dup_value_json (&reader);
            }
        }
    }
  g_assert_true (rnl_json_reader_check (&reader, NULL));
  g_assert_cmpstr (id, ==, "c1");
  g_assert_cmpint (created, ==, 1750000000);
  g_assert_cmpuint (n_choices, ==, 2);
  g_assert_cmpstr (content->str, ==, "Hel\nlo");
  g_assert_cmpint (n, ==, 3);
  g_assert_cmpfloat (cost, ==, 0.25);
  g_assert_true (ok);
  g_assert_cmpstr (raw, ==, "[1, {\"a\" : 2}]");
}

/* Cut at any byte, a cursor comes to an end and says so. */
static void
test_cursor_truncated (void)
{
  for (gsize n = 0; n < strlen (delta); n++)
    {
      g_auto (RnlJsonReader) reader;
      g_autofree char *cut = g_memdup2 (delta, n);
      g_autoptr (GError) error = NULL;
      const char *key;
      gsize len;

      rnl_json_reader_init_static (&reader, cut != NULL ? cut : "", n);
      if (rnl_json_reader_enter_object (&reader))
        while (rnl_json_reader_next_member (&reader, &key, &len))
          {
            g_autofree char *raw = rnl_json_reader_dup_value_json (&reader);

            g_assert_true (raw != NULL || rnl_json_reader_is_failed (&reader));
          }
      g_assert_false (rnl_json_reader_check (&reader, &error));
      g_assert_cmpint (error->domain, ==, RNL_JSON_ERROR);
    }
}

/* A value that is handed on as text is text. */
static void
test_cursor_utf8 (void)
{
  static const char json[] = "{\"a\":\"\xa2"
                             "dd\"}";
  RnlJsonReader reader;
  g_autofree char *value = NULL;

  rnl_json_reader_init_static (&reader, json, sizeof json - 1);
  value = rnl_json_reader_dup_value_json (&reader);
  g_assert_cmpstr (value, ==,
                   "{\"a\":\"\xef\xbf\xbd"
                   "dd\"}");
  rnl_json_reader_clear (&reader);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gsize prefix;
    gboolean is_int;
    gint64 value;
  } numbers[] = {
    { "0", 1, TRUE, 0 },
    { "-0", 2, TRUE, 0 },
    { "9223372036854775807", 19, TRUE, G_MAXINT64 },
    { "-9223372036854775808", 20, TRUE, G_MININT64 },
    { "9223372036854775808", 19, FALSE, 0 },
    { "9007199254740993", 16, TRUE, G_GINT64_CONSTANT (9007199254740993) },
    { "1.5", 3, FALSE, 0 },
    { "1.", 1, FALSE, 0 },
    { "01", 1, FALSE, 0 },
    { "1e", 1, FALSE, 0 },
    { "1.5e-", 3, FALSE, 0 },
    { "1.5e-7", 6, FALSE, 0 },
    { "-", 0, FALSE, 0 },
    { "", 0, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gsize len = strlen (numbers[i].text);
      gint64 value = 0;

      g_assert_cmpuint (rnl_json_number_prefix (numbers[i].text, len, NULL), ==, numbers[i].prefix);
      if (numbers[i].prefix != len || len == 0)
        continue;
      g_assert_cmpint (rnl_json_number_to_int (numbers[i].text, len, &value), ==,
                       numbers[i].is_int);
      g_assert_cmpint (value, ==, numbers[i].value);
    }
  g_assert_cmpfloat (rnl_json_number_to_double ("1e999", 5), ==, G_MAXDOUBLE);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/json-reader/every-split", test_every_split);
  g_test_add_func ("/json-reader/bad-strings", test_bad_strings);
  g_test_add_func ("/json-reader/raw-controls", test_raw_controls);
  g_test_add_func ("/json-reader/bounds", test_bounds);
  g_test_add_func ("/json-reader/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/json-reader/in-place", test_in_place);
  g_test_add_func ("/json-reader/pieces", test_pieces);
  g_test_add_func ("/json-reader/skip-value", test_skip_value);
  g_test_add_func ("/json-reader/cursor", test_cursor);
  g_test_add_func ("/json-reader/cursor-truncated", test_cursor_truncated);
  g_test_add_func ("/json-reader/cursor-utf8", test_cursor_utf8);
  g_test_add_func ("/json-reader/numbers", test_numbers);

  return g_test_run ();
}
