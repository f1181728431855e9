/* test-json-schema.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rnl-json-schema.h"
#include "rnl-json-value.h"
#include "rnl-test.h"

/* A list that ends with null, by a schema that names itself. */
#define TREE                                                                                       \
  "{\"type\":[\"object\",\"null\"],\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":["      \
  "\"next\"]}"

#define KINDS                                                                                      \
  "{\"type\":[\"object\",\"null\"],\"anyOf\":[{\"$ref\":\"#/$defs/a\"},{\"properties\":{"          \
  "\"type\":{\"const\":\"b\"},\"y\":{\"type\":\"string\"}},\"required\":[\"type\"]},"              \
  "{\"type\":\"null\"}],\"$defs\":{\"a\":{\"properties\":{\"type\":{\"const\":\"a\"}},"            \
  "\"additionalProperties\":false}}}"

static const struct
{
  const char *schema;
  const char *value;
  const char *message;
} cases[] = {
  { "{}", "1", NULL },
  { "true", "1", NULL },
  { "false", "1", "the value is not allowed" },
  { "{\"type\":\"number\"}", "1", NULL },
  { "{\"type\":\"number\"}", "\"1\"", "the value must be a number" },
  { "{\"type\":\"integer\"}", "2.0", NULL },
  { "{\"type\":\"integer\"}", "2.5", "the value must be a whole number" },
  { "{\"type\":\"boolean\"}", "0", "the value must be true or false" },
  { "{\"type\":[\"string\",\"null\"]}", "null", NULL },
  { "{\"type\":[\"string\",\"null\"]}", "[]", "the value must be a string or null" },
  { "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"number\"}}}", "{\"x\":\"a\"}",
    "/x must be a number" },
  { "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"object\",\"properties\":{\"y\":{"
    "\"type\":"
    "\"string\"}}}}}",
    "{\"x\":{\"y\":1}}", "/x/y must be a string" },
  { "{\"required\":[\"x\"]}", "{}", "/x is missing" },
  { "{\"required\":[\"x\"]}", "{\"x\":null}", NULL },
  { "{\"required\":[\"x\"]}", "[]", NULL },
  { "{\"properties\":{\"x\":{}},\"additionalProperties\":false}", "{\"x\":1}", NULL },
  { "{\"properties\":{\"x\":{}},\"additionalProperties\":false}", "{\"z\":1}",
    "/z is not known here" },
  { "{\"additionalProperties\":{\"type\":\"string\"}}", "{\"z\":1}", "/z must be a string" },
  { "{\"enum\":[\"a\",1]}", "1.0", NULL },
  { "{\"enum\":[\"a\",1]}", "\"b\"", "the value must be one of [\"a\",1]" },
  { "{\"const\":null}", "null", NULL },
  { "{\"const\":\"a\"}", "\"b\"", "the value must be \"a\"" },
  { "{\"items\":{\"type\":\"string\"}}", "[\"a\",1]", "/1 must be a string" },
  { "{\"minItems\":1}", "[]", "the value must have at least 1 elements" },
  { "{\"maxItems\":1}", "[1,2]", "the value must have at most 1 elements" },
  { "{\"minimum\":1}", "0", "the value must be at least 1" },
  { "{\"maximum\":1}", "1.5", "the value must be at most 1" },
  { "{\"minimum\":1,\"maximum\":1}", "1", NULL },
  { "{\"exclusiveMinimum\":1}", "1", "the value must be more than 1" },
  { "{\"exclusiveMaximum\":1}", "1", "the value must be less than 1" },
  { "{\"multipleOf\":0.1}", "0.3", NULL },
  { "{\"multipleOf\":2}", "3", "the value must be a multiple of 2" },
  { "{\"minLength\":2}", "\"é\"", "the value must have at least 2 characters" },
  { "{\"maxLength\":2}", "\"éàü\"", "the value must have at most 2 characters" },
  { "{\"pattern\":\"^a+$\"}", "\"aa\"", NULL },
  { "{\"pattern\":\"^a+$\"}", "\"b\"", "the value must match the pattern ^a+$" },
  { "{\"pattern\":\"(\"}", "\"b\"", NULL },
  { "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "null", NULL },
  { "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "1",
    "the value is none of the kinds of value that are allowed here" },
  { "{\"oneOf\":[{\"type\":\"number\"},{\"minimum\":3}]}", "2", NULL },
  { "{\"oneOf\":[{\"type\":\"number\"},{\"minimum\":3}]}", "4",
    "the value must be exactly one of the kinds of value that are allowed here" },
  { "{\"allOf\":[{\"type\":\"number\"},{\"minimum\":3}]}", "2", "the value must be at least 3" },
  { "{\"properties\":{\"x\":{\"allOf\":[{\"type\":\"number\"}]}}}", "{\"x\":\"\"}",
    "/x must be a number" },
  { "{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"number\"}}", "[\"a\",1]",
    NULL },
  { "{\"prefixItems\":[{\"type\":\"string\"}]}", "[1,1]", "/0 must be a string" },
  { "{\"prefixItems\":[{}],\"items\":false}", "[1,1]", "/1 is not allowed" },
  /* References. */
  { "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"string\"}}}", "1",
    "the value must be a string" },
  { "{\"$ref\":\"#/$defs/a\",\"type\":\"string\",\"$defs\":{\"a\":true}}", "1",
    "the value must be a string" },
  { "{\"items\":{\"$ref\":\"#/$defs/a~1b%20~0c/0\"},\"$defs\":{\"a/b ~c\":[{\"const\":1}]}}", "[2]",
    "/0 must be 1" },
  { TREE, "{\"next\":{\"next\":{\"next\":null}}}", NULL },
  { TREE, "{\"next\":{\"next\":{\"next\":1}}}", "/next/next/next must be an object or null" },
  { "{\"$ref\":\"#\"}", "1", "the value is too complex to be checked" },
  { "{\"$ref\":\"#/$defs/a\"}", "1", NULL },
  { "{\"$ref\":\"https://example.org/a.json\"}", "1", NULL },
  /* A union whose kinds say which they are. */
  { KINDS, "{\"type\":\"b\",\"y\":\"\"}", NULL },
  { KINDS, "{\"type\":\"b\",\"y\":1}", "/y must be a string" },
  { KINDS, "{\"type\":\"a\",\"y\":1}", "/y is not known here" },
  { KINDS, "{\"type\":\"c\"}", "the value is none of the kinds of value that are allowed here" },
  { KINDS, "1", "the value must be an object or null" },
  /* What is not a schema asks for nothing. */
  { "7", "1", NULL },
  { "{\"type\":7,\"properties\":[],\"required\":{},\"enum\":1,\"items\":\"x\",\"minimum\":\"a\"}",
    "{\"a\":[1]}", NULL },
  { "{\"type\":\"thing\"}", "1", NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) schema = rnl_json_strict_parse (cases[i].schema, -1, NULL);
      g_autoptr (JsonNode) value = rnl_json_strict_parse (cases[i].value, -1, NULL);
      g_autoptr (GError) error = NULL;
      gboolean ok = rnl_json_schema_check (schema, value, &error);

      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].message);
      g_assert_cmpint (ok, ==, error == NULL);
      g_assert_true (error == NULL
                     || g_error_matches (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA));
    }
}

/* A small schema that would take for ever is refused. */
static void
test_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"number\"}");
  g_autoptr (JsonNode) schema = NULL, value = rnl_json_strict_parse ("\"\"", -1, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *inner = g_strdup (text->str);

      g_string_printf (text, "{\"anyOf\":[%s,%s,%s]}", inner, i < 9 ? inner : "{\"const\":1}",
                       i < 9 ? inner : "{\"const\":1}");
    }
  schema = rnl_json_strict_parse (text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_false (rnl_json_schema_check (schema, value, &error));
  g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_SCHEMA);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/json-schema/cases", test_cases);
  g_test_add_func ("/json-schema/bounded", test_bounded);

  return g_test_run ();
}
