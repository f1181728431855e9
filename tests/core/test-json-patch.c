/* test-json-patch.c: every operation of RFC 6902, and what does not fit
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-patch.h"
#include "rnl-json-value.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = rnl_json_strict_parse (text, -1, &error);

  g_assert_no_error (error);

  return node;
}

/* The document, the operations, and what becomes of it, or what the error says. */
static const struct
{
  const char *document;
  const char *patch;
  const char *result;
  const char *error;
} cases[] = {
  { "{\"a\":1}", "[]", "{\"a\":1}", NULL },
  { "{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/b\",\"value\":null}]", "{\"a\":1,\"b\":null}",
    NULL },
  { "{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":[2]}]", "{\"a\":[2]}", NULL },
  { "{\"a\":1}", "[{\"op\":\"add\",\"path\":\"\",\"value\":[]}]", "[]", NULL },
  { "{\"a\":1}", "[{\"op\":\"add\",\"path\":\"/\",\"value\":2}]", "{\"a\":1,\"\":2}", NULL },
  { "{}", "[{\"op\":\"add\",\"path\":\"/a~1b~0c~01\",\"value\":1}]", "{\"a/b~c~1\":1}", NULL },
  { "[1,3]", "[{\"op\":\"add\",\"path\":\"/1\",\"value\":2}]", "[1,2,3]", NULL },
  { "[1]", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]", "[1,2]", NULL },
  { "[[1]]", "[{\"op\":\"add\",\"path\":\"/0/1\",\"value\":2}]", "[[1,2]]", NULL },
  { "[1,2,3]", "[{\"op\":\"replace\",\"path\":\"/1\",\"value\":9}]", "[1,9,3]", NULL },
  { "{\"a\":1,\"b\":2}", "[{\"op\":\"replace\",\"path\":\"/a\",\"value\":9}]", "{\"a\":9,\"b\":2}",
    NULL },
  { "[1,2,3]", "[{\"op\":\"remove\",\"path\":\"/1\"}]", "[1,3]", NULL },
  { "{\"a\":{\"b\":1}}", "[{\"op\":\"remove\",\"path\":\"/a/b\"}]", "{\"a\":{}}", NULL },
  { "{\"a\":{\"b\":1},\"c\":{}}", "[{\"op\":\"move\",\"from\":\"/a/b\",\"path\":\"/c/d\"}]",
    "{\"a\":{},\"c\":{\"d\":1}}", NULL },
  { "[1,2,3]", "[{\"op\":\"move\",\"from\":\"/0\",\"path\":\"/2\"}]", "[2,3,1]", NULL },
  { "{\"a\":1}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"}]", "{\"a\":1}", NULL },
  { "{\"a\":1,\"ab\":{}}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/ab/c\"}]",
    "{\"ab\":{\"c\":1}}", NULL },
  { "{\"a\":[1]}",
    "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},{\"op\":\"add\",\"path\":\"/b/"
    "-\",\"value\":2}]",
    "{\"a\":[1],\"b\":[1,2]}", NULL },
  { "{\"a\":1.0}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1}]", "{\"a\":1.0}", NULL },
  { "{\"a\":null}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":null,\"seq\":7,\"time\":\"t\"}]",
    "{\"a\":null}", NULL },

  { "{}", "{}", NULL, "a patch is an array" },
  { "{}", "[1]", NULL, "operation 0" },
  { "{}", "[{\"op\":\"add\"}]", NULL, "operation 0" },
  { "{}", "[{\"op\":\"add\",\"path\":\"/a\"}]", NULL, "\"/a\"" },
  { "{}", "[{\"op\":\"turn\",\"path\":\"/a\",\"value\":1}]", NULL, "\"/a\"" },
  { "{}", "[{\"op\":\"move\",\"path\":\"/a\"}]", NULL, "\"/a\"" },
  { "{\"a\":1}",
    "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]",
    NULL, "operation 1" },
  { "{}", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":null}]", NULL, "\"/a\"" },
  { "{}", "[{\"op\":\"remove\",\"path\":\"/x\"}]", NULL, "\"/x\"" },
  { "{}", "[{\"op\":\"remove\",\"path\":\"\"}]", NULL, "cannot be removed" },
  { "{}", "[{\"op\":\"replace\",\"path\":\"/x\",\"value\":1}]", NULL, "\"/x\"" },
  { "[1]", "[{\"op\":\"replace\",\"path\":\"/-\",\"value\":1}]", NULL, "\"/-\"" },
  { "[1]", "[{\"op\":\"replace\",\"path\":\"/1\",\"value\":1}]", NULL, "\"/1\"" },
  { "[1]", "[{\"op\":\"add\",\"path\":\"/2\",\"value\":1}]", NULL, "\"/2\"" },
  { "[1]", "[{\"op\":\"add\",\"path\":\"/01\",\"value\":1}]", NULL, "\"/01\"" },
  { "[1]", "[{\"op\":\"add\",\"path\":\"/-1\",\"value\":1}]", NULL, "\"/-1\"" },
  { "{\"s\":\"\"}", "[{\"op\":\"add\",\"path\":\"/s/x\",\"value\":1}]", NULL, "\"/s/x\"" },
  { "{}", "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]", NULL, "\"a\"" },
  { "{}", "[{\"op\":\"add\",\"path\":\"/a~2\",\"value\":1}]", NULL, "\"/a~2\"" },
  { "{\"a\":{}}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a/b\"}]", NULL, "into itself" },
  { "{\"a\":1}", "[{\"op\":\"move\",\"from\":\"\",\"path\":\"/b\"}]", NULL, "into itself" },
  { "{\"a\":1}", "[{\"op\":\"copy\",\"from\":\"/b\",\"path\":\"/c\"}]", NULL, "\"/b\"" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) document = parse (cases[i].document);
      g_autoptr (JsonNode) before = parse (cases[i].document);
      g_autoptr (JsonNode) patch = parse (cases[i].patch);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) result = rnl_json_patch_apply (document, patch, &error);
      g_autofree char *text = result != NULL ? rnl_json_to_string (result, FALSE) : NULL;

      g_test_message ("%s %s", cases[i].document, cases[i].patch);
      g_assert_cmpstr (text, ==, cases[i].result);
      g_assert_true (rnl_json_value_equal (document, before));
      if (cases[i].error == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, RNL_JSON_ERROR, RNL_JSON_ERROR_PATCH);
      g_assert_nonnull (strstr (error->message, cases[i].error));
    }
}

/* What a patch puts into a document is the document's own. */
static void
test_no_sharing (void)
{
  g_autoptr (JsonNode) document = parse ("{}");
  g_autoptr (JsonNode) patch = parse ("[{\"op\":\"add\",\"path\":\"/a\",\"value\":[1]},"
                                      "{\"op\":\"add\",\"path\":\"/a/-\",\"value\":2}]");
  g_autofree char *before = rnl_json_to_string (patch, FALSE), *after = NULL;

  g_assert_true (rnl_json_patch_apply_in_place (&document, patch, NULL));
  after = rnl_json_to_string (patch, FALSE);
  g_assert_cmpstr (after, ==, before);
}

static void
test_no_document (void)
{
  g_autoptr (JsonNode) none = parse ("[]");
  g_autoptr (JsonNode) whole = parse ("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"a\":1}}]");
  g_autoptr (JsonNode) member = parse ("[{\"op\":\"add\",\"path\":\"/a\",\"value\":1}]");
  g_autoptr (JsonNode) result = rnl_json_patch_apply (NULL, whole, NULL);
  g_autoptr (JsonNode) expected = parse ("{\"a\":1}");

  g_assert_true (rnl_json_value_equal (result, expected));
  g_assert_null (rnl_json_patch_apply (NULL, none, NULL));
  g_assert_null (rnl_json_patch_apply (NULL, member, NULL));
}

/* The differences of any two values lead from the one to the other. */
static JsonNode *
random_value (GRand *rand, guint depth)
{
  static const char *const scalars[]
    = { "1", "1.5", "\"a\"", "\"ab\"", "null", "true", "{}", "[]" };
  static const char *const names[] = { "a", "b", "/", "~", "" };
  gint32 kind = depth < 3 ? g_rand_int_range (rand, 0, 3) : 0;
  JsonNode *node;
  gint32 n = g_rand_int_range (rand, 0, 4);

  if (kind == 0)
    return parse (scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
  node = parse (kind == 1 ? "[]" : "{}");
  for (gint32 i = 0; i < n; i++)
    if (kind == 1)
      json_array_add_element (json_node_get_array (node), random_value (rand, depth + 1));
    else
      json_object_set_member (json_node_get_object (node),
                              names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))],
                              random_value (rand, depth + 1));

  return node;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint n = rnl_test_fewer (2000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonNode) from = random_value (rand, 0);
      g_autoptr (JsonNode) to = random_value (rand, 0);
      g_autoptr (JsonNode) patch = rnl_json_patch_diff (from, to);
      g_autoptr (JsonNode) result = rnl_json_patch_apply (from, patch, NULL);

      g_assert_nonnull (result);
      g_assert_true (rnl_json_value_equal (result, to));
      g_assert_cmpint (json_array_get_length (json_node_get_array (patch)) == 0, ==,
                       rnl_json_value_equal (from, to));
    }
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/json-patch/cases", test_cases);
  g_test_add_func ("/json-patch/no-sharing", test_no_sharing);
  g_test_add_func ("/json-patch/no-document", test_no_document);
  g_test_add_func ("/json-patch/random", test_random);

  return g_test_run ();
}
