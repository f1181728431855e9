/* test-json-texts.c: JSON that is cut, malformed, or between words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-value.h"
#include "rnl-partial-json.h"
#include "rnl-test.h"

static void
assert_value (const char *text, JsonNode *value, const char *expected)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *is = value != NULL ? rnl_json_to_string (value, FALSE) : NULL;

  if (expected != NULL)
    {
      node = rnl_json_strict_parse (expected, -1, NULL);
      g_assert_nonnull (node);
    }
  if (!rnl_json_value_equal (value, node))
    g_error ("%s: %s, not %s", text, is, expected);
}

/* At once; no value: nothing can be read. */
static const struct
{
  const char *text;
  const char *value;
} texts[] = {
  { "", NULL },
  { " ", NULL },
  { "-", NULL },
  { "nul", NULL },
  { "x", NULL },
  { "]", NULL },
  { "}{", NULL },
  { " null ", "null" },
  { "-0", "0" },
  { "-1.5E", "-1.5" },
  { "1.e", "1" },
  { "[1.5e+", "[1.5]" },
  { "[00", "[0]" },
  { "[9007199254740993,-9223372036854775808", "[9007199254740993,-9223372036854775808]" },
  { "[truex", "[true]" },
  { "[tru, 1", "[]" },
  { "{\"a\":{\"b\":{\"c\":", "{\"a\":{\"b\":{}}}" },
  { "{\"a\":[{\"b\":[", "{\"a\":[{\"b\":[]}]}" },
  { "{\"a\":1,\"a\"", "{\"a\":1}" },
  { "{\"a\":1,\"a\":[", "{\"a\":[]}" },
  { "{\"a\\u00", "{}" },
  { "{\"a\\u00e9\":1", "{\"aé\":1}" },
  { "{\"\\ud83d\\ude00\":\"\\ud83d", "{\"😀\":\"\"}" },
  { "[\"a\\ud83d\\", "[\"a\"]" },
  { "[\"a\\\\\\u12", "[\"a\\\\\"]" },
  { "[\"tab\tand\nline", "[\"tab\\tand\\nline\"]" },
  /* An escape that cannot become one spoils its string, not what stands before. */
  { "[\"x\\q", "[]" },
  { "{\"k\":1,\"a\":\"x\\u00zz\"", "{\"k\":1}" },
  { "[1,,2", "[1]" },
  { "[1 2", "[1]" },
  { "{\"a\" 1", "{}" },
  { "{,", "{}" },
  { "[,", "[]" },
  /* What was closed in a malformed state cannot have been read. */
  { "{\"a\":1,}", NULL },
  { "{\"a\":[1,],\"b\":2", "{}" },
  { "[1}", NULL },
  { "{\"a\":1]", NULL },
  { "[1]]", NULL },
  { "[1] [", "[1]" },
  { "[[1]] [[2", "[[1]]" },
  { "[1] {", NULL },
  { "[[1],[2] x [", "[[1],[2]]" },
  { "{\"a\":{\"b\":1}} {\"c\":{", "{\"a\":{\"b\":1}}" },
  { "1 {", NULL },
  { "12 apples", "12" },
  { "\"a\" b", "\"a\"" },
  { "[\"]\",\"}", "[\"]\",\"}\"]" },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) value = rnl_partial_json_parse (texts[i].text, -1);

      assert_value (texts[i].text, value, texts[i].value);
    }
}

/* At once, and what a stream has at the end when it is cut at every byte. */
static const struct
{
  const char *text;
  const char *value;
  const char *streamed;
} answers[] = {
  { "{\"a\":1}", "{\"a\":1}", "{\"a\":1}" },
  { " \n[1", "[1]", "[1]" },
  { "``` {\"a\":1}", "{\"a\":1}", "{\"a\":1}" },
  { "```json\n{\"a\":\"x ", "{\"a\":\"x \"}", "{\"a\":\"x \"}" },
  { "Sure:\n```json{\"a\":[1,2", "{\"a\":[1,2]}", "{\"a\":[1,2]}" },
  { "Sure:\n```\n{\"a\":\"```b```\"}\n```\nBye", "{\"a\":\"```b```\"}", "{\"a\":\"```b```\"}" },
  { "A `word`, ``two``: ```json\n[1]```", "[1]", "[1]" },
  { "{\"a\":\"run `ls`", "{\"a\":\"run `ls`\"}", "{\"a\":\"run `ls`\"}" },
  { "Use {name}:\n```json\n{\"a\":1}\n```", "{\"a\":1}", "{\"a\":1}" },
  { "(see [1])]:\n```json\n{\"a\":1}\n```", "{\"a\":1}", "{\"a\":1}" },
  { "1. first\n```json\n{\"a\":1}\n```", "{\"a\":1}", "{\"a\":1}" },
  { "[1] first\n```json\n{\"a\":1}\n```", "[1]", "[1]" },
  { "```json\n{\"a\":1}\n```\n```json\n{\"b\":2}\n```", "{\"a\":1}", "{\"a\":1}" },
  { "```json\n{\"a\":1\n```\n```json\n{\"b\":2}\n", "{\"a\":1}", "{\"a\":1}" },
  { "```json\n{\"a\":1,}\n```", NULL, "{\"a\":1}" },
  { "```python\nx = [1]\n```", NULL, NULL },
  { "```JSON\n{\"a\":1}\n```", NULL, NULL },
  { "```jso\n{\"a\":1}\n```", NULL, NULL },
  { "no JSON here", NULL, NULL },
  { "```", NULL, NULL },
};

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const char *text = answers[i].text;
      g_autoptr (RnlPartialJson) partial = rnl_partial_json_new_markdown ();
      g_autoptr (JsonNode) value = rnl_partial_json_parse_markdown (text, -1);

      for (const char *p = text; *p != '\0'; p++)
        rnl_partial_json_feed (partial, p, 1);
      assert_value (text, value, answers[i].value);
      assert_value (text, rnl_partial_json_peek_value (partial), answers[i].streamed);
    }
}

/* What comes from outside is bounded, and an error says where it went too far. */
static void
test_bounds (void)
{
  g_autofree char *deep = g_strnfill (300, '[');
  g_autofree char *digits = g_strnfill (2000, '1');
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  g_autoptr (GError) error = NULL, too_long = NULL;

  g_assert_null (rnl_json_strict_parse (deep, -1, &error));
  g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_TOO_DEEP);
  g_assert_nonnull (strstr (error->message, "at byte 256"));
  g_assert_null (rnl_json_strict_parse (digits, -1, &too_long));
  g_assert_error (too_long, RNL_JSON_ERROR, RNL_JSON_ERROR_TOO_LARGE);

  rnl_partial_json_feed (partial, deep, -1);
  g_assert_true (rnl_partial_json_is_failed (partial));
  g_assert_nonnull (rnl_partial_json_peek_value (partial));
  g_assert_null (rnl_partial_json_parse (deep, -1));
}

/* Numbers are written so that everybody can read them, and come back as they were. */
static void
test_written (void)
{
  static const char *const same[]
    = { "[1e+30]",
        "[1e-08,0.1,100.0,-2.5e-300]",
        "[1.7976931348623157e+308,2.2250738585072014e-308]",
        "{\"a\":[],\"b\":{},\"c\":[null,true,false,9223372036854775807]}",
        "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f é 😀\"]",
        "\"\"",
        "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (JsonNode) node = rnl_json_strict_parse (same[i], -1, NULL);
      g_autofree char *text = NULL, *pretty = NULL;
      g_autoptr (JsonNode) again = NULL;

      g_assert_nonnull (node);
      text = rnl_json_to_string (node, FALSE);
      g_assert_cmpstr (text, ==, same[i]);
      pretty = rnl_json_to_string (node, TRUE);
      again = rnl_json_strict_parse (pretty, -1, NULL);
      g_assert_true (rnl_json_value_equal (node, again));
    }
}

static void
test_pretty (void)
{
  g_autoptr (JsonNode) node
    = rnl_json_strict_parse ("{\"a\":[1,{\"b\":\"c\"}],\"d\":[],\"e\":null}", -1, NULL);
  g_autofree char *pretty = rnl_json_to_string (node, TRUE);
  g_autofree char *theirs = json_to_string (node, TRUE);

  g_assert_cmpstr (pretty, ==, theirs);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/json-texts/at-once", test_texts);
  g_test_add_func ("/json-texts/answers", test_answers);
  g_test_add_func ("/json-texts/bounds", test_bounds);
  g_test_add_func ("/json-texts/written", test_written);
  g_test_add_func ("/json-texts/pretty", test_pretty);

  return g_test_run ();
}
