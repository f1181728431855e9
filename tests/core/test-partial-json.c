/* test-partial-json.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "rnl-json-members.h"
#include "rnl-json-patch.h"
#include "rnl-json-value.h"
#include "rnl-partial-json.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

static char *
to_text (JsonNode *node)
{
  return node != NULL ? rnl_json_to_string (node, FALSE) : g_strdup ("(none)");
}

static void
assert_equal (const char *name, JsonNode *value, JsonNode *expected)
{
  g_autofree char *text = to_text (value), *expected_text = to_text (expected);

  if (!rnl_json_value_equal (value, expected))
    g_error ("%s: %s, not %s", name, text, expected_text);
}

/* Our own cases: JSON text with '|' where the value is looked at, and the values in order. */
static const struct
{
  const char *pieces;
  const char *values;
} cases[] = {
  { "[", "[]" },
  { "{\"a\"|:|1", "{} | {} | {\"a\":1}" },
  { "{\"a\":\"|x|y\"|}", "{\"a\":\"\"} | {\"a\":\"x\"} | {\"a\":\"xy\"} | {\"a\":\"xy\"}" },
  { "{\"a\":6|7|.|5|}", "{\"a\":6} | {\"a\":67} | {\"a\":67} | {\"a\":67.5} | {\"a\":67.5}" },
  { "[-|1|e|2|]", "[] | [-1] | [-1] | [-100] | [-100]" },
  { "[t|ru|e|,nul|l]", "[] | [] | [true] | [true] | [true,null]" },
  { "[\"a\\|n|\\u00|e9\"", "[\"a\"] | [\"a\\n\"] | [\"a\\n\"] | [\"a\\né\"]" },
  { "{\"a\":1,|\"a\":|2}", "{\"a\":1} | {\"a\":1} | {\"a\":2}" },
  { "{\"a\":1|,}|,\"b\":2", "{\"a\":1} | {\"a\":1} | {\"a\":1}" },
};

static void
test_own (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
      g_auto (GStrv) pieces = g_strsplit (cases[i].pieces, "|", -1);
      g_auto (GStrv) values = g_strsplit (cases[i].values, " | ", -1);
      g_autoptr (JsonNode) before = NULL;

      g_assert_cmpuint (g_strv_length (pieces), ==, g_strv_length (values));
      for (gsize k = 0; pieces[k] != NULL; k++)
        {
          g_autoptr (JsonNode) expected = rnl_json_strict_parse (values[k], -1, NULL);
          gboolean changed = rnl_partial_json_feed (partial, pieces[k], -1);
          JsonNode *value = rnl_partial_json_peek_value (partial);

          assert_equal (cases[i].pieces, value, expected);
          g_assert_cmpint (changed, ==, !rnl_json_value_equal (before, value));
          g_clear_pointer (&before, json_node_unref);
          before = rnl_json_value_copy (value);
        }
    }
}

static void
test_open_string (void)
{
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  gsize len = 0;

  g_assert_null (rnl_partial_json_peek_open_string (partial, &len));
  rnl_partial_json_feed (partial, "{\"k", -1);
  g_assert_null (rnl_partial_json_peek_open_string (partial, &len));
  rnl_partial_json_feed (partial, "\":\"one\\n", -1);
  rnl_partial_json_feed (partial, "two", -1);
  g_assert_cmpstr (rnl_partial_json_peek_open_string (partial, &len), ==, "one\ntwo");
  g_assert_cmpuint (len, ==, 7);
  rnl_partial_json_feed (partial, "\"", -1);
  g_assert_null (rnl_partial_json_peek_open_string (partial, &len));
  g_assert_false (rnl_partial_json_is_complete (partial));
  rnl_partial_json_feed (partial, "}", -1);
  g_assert_true (rnl_partial_json_is_complete (partial));
}

static void
assert_delta (RnlPartialJson *partial, const char *member, const char *expected)
{
  gsize len = 99;
  const char *delta = rnl_partial_json_take_string_delta (partial, member, &len);

  g_assert_cmpstr (delta, ==, expected);
  g_assert_cmpuint (len, ==, expected != NULL ? strlen (expected) : 0);
}

static void
test_take_string (void)
{
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();

  assert_delta (partial, "answer", NULL);
  rnl_partial_json_feed (partial, "{\"n\":1,\"in\":{\"answer\":\"no\"},\"ans", -1);
  assert_delta (partial, "answer", NULL);
  assert_delta (partial, "n", NULL);
  rnl_partial_json_feed (partial, "wer\":\"", -1);
  assert_delta (partial, "answer", "");
  rnl_partial_json_feed (partial, "one \\u00", -1);
  assert_delta (partial, "answer", "one ");
  assert_delta (partial, "answer", "");
  rnl_partial_json_feed (partial, "e9t", -1);
  rnl_partial_json_feed (partial, "\xc3", -1);
  assert_delta (partial, "answer", "ét");
  /* Looking at the whole in between, the end and another string in one piece change nothing. */
  g_assert_nonnull (rnl_partial_json_peek_value (partial));
  rnl_partial_json_feed (partial, "\xa9.\",\"other\":\"x", -1);
  assert_delta (partial, "answer", "é.");
  assert_delta (partial, "other", "x");
  rnl_partial_json_feed (partial, "y\",\"answer\":\"again\"}", -1);
  assert_delta (partial, "answer", "");
  assert_delta (partial, "other", "y");
  g_assert_true (rnl_partial_json_is_complete (partial));
}

static void
test_end (void)
{
  g_autoptr (RnlPartialJson) number = rnl_partial_json_new ();
  g_autoptr (RnlPartialJson) cut = rnl_partial_json_new ();

  rnl_partial_json_feed (number, "42", -1);
  g_assert_false (rnl_partial_json_is_complete (number));
  g_assert_true (rnl_partial_json_end (number));
  rnl_partial_json_feed (cut, "{\"a\":1", -1);
  g_assert_false (rnl_partial_json_end (cut));
}

static void
test_strict (void)
{
  static const char *const bad[]
    = { "",         "{",       "{\"a\":1,}", "{} x", "[1,]", "{\"a\":\"\n\"}",
        "// c\n{}", "{'a':1}", "[NaN]",      "01" };
  g_autoptr (JsonNode) node = rnl_json_strict_parse (
    " {\"a\":[1,2.5,\"x\",null,true,{\"a\":1,\"a\":9007199254740993}]} ", -1, NULL);
  g_autofree char *text = to_text (node);

  g_assert_cmpstr (text, ==, "{\"a\":[1,2.5,\"x\",null,true,{\"a\":9007199254740993}]}");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rnl_json_strict_parse (bad[i], -1, &error));
      g_assert_cmpint (error->domain, ==, RNL_JSON_ERROR);
    }
}

static void
test_members (void)
{
  g_autoptr (JsonNode) node = rnl_json_strict_parse (
    "{\"s\":\"x\",\"i\":3,\"d\":2.5,\"w\":4.0,\"b\":true,\"n\":null,\"o\":{},\"a\":[]}", -1, NULL);
  JsonObject *o = rnl_json_node_get_object (node);
  static const char *const names[] = { "s", "i", "d", "w", "b", "n", "o", "a", "-" };

  g_assert_cmpstr (rnl_json_object_get_string (o, "s"), ==, "x");
  g_assert_cmpint (rnl_json_object_get_int (o, "i", -1), ==, 3);
  g_assert_cmpint (rnl_json_object_get_int (o, "w", -1), ==, 4);
  g_assert_cmpint (rnl_json_object_get_int (o, "d", -1), ==, -1);
  g_assert_cmpfloat (rnl_json_object_get_double (o, "d", -1), ==, 2.5);
  g_assert_cmpfloat (rnl_json_object_get_double (o, "i", -1), ==, 3);
  g_assert_true (rnl_json_object_get_boolean (o, "b", FALSE));
  g_assert_nonnull (rnl_json_object_get_object (o, "o"));
  g_assert_nonnull (rnl_json_object_get_array (o, "a"));
  /* Every other type, and no object at all: no warning, just nothing. */
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *n = names[i];

      g_assert_cmpint (rnl_json_object_get_string (o, n) != NULL, ==, i == 0);
      g_assert_cmpint (rnl_json_object_get_int (o, n, -1) != -1, ==, i == 1 || i == 3);
      g_assert_cmpint (rnl_json_object_get_double (o, n, -1) > 0, ==, i >= 1 && i <= 3);
      g_assert_cmpint (rnl_json_object_get_boolean (o, n, FALSE), ==, i == 4);
      g_assert_cmpint (rnl_json_object_get_object (o, n) != NULL, ==, i == 6);
      g_assert_cmpint (rnl_json_object_get_array (o, n) != NULL, ==, i == 7);
      g_assert_null (rnl_json_object_get_string (NULL, n));
    }
  g_assert_null (rnl_json_node_get_object (rnl_json_object_get_value (o, "a")));
}

/* Random documents, cut at random, must give what a strict parse gives; on the way members stay
 * and strings only grow, and patches lead from each value to the next. */

static void
random_string (GRand *rand, GString *out)
{
  static const char *const bits[]
    = { "a", "Hello ", "\\n", "\\\"",   "\\\\", "\\u00e9", "日本", "😀", "\\ud83d\\ude00",
        "}", "{[",     "`",   "\\/\\t", " ",    "é" };

  g_string_append_c (out, '"');
  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (out, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
  g_string_append_c (out, '"');
}

static void
random_value (GRand *rand, GString *out, guint depth)
{
  static const char *const scalars[]
    = { "true", "false", "null", "0", "-1", "12345678901234567", "1.5", "-0.25e-3", "1E5" };
  int kind = g_rand_int_range (rand, 0, depth > 4 ? 2 : 4);

  if (kind == 0)
    {
      g_string_append (out, scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
      return;
    }
  if (kind == 1)
    {
      random_string (rand, out);
      return;
    }
  g_string_append_c (out, kind == 2 ? '[' : '{');
  for (int i = 0, n = g_rand_int_range (rand, 0, 5); i < n; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      if (kind == 3)
        g_string_append_printf (out, "\"k%d\" :", i);
      random_value (rand, out, depth + 1);
    }
  g_string_append_c (out, kind == 2 ? ']' : '}');
}

static gboolean
has_grown (JsonNode *before, JsonNode *after)
{
  if (JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (before));
      while (json_object_iter_next (&iter, &name, &value))
        {
          JsonNode *other = json_object_get_member (json_node_get_object (after), name);

          if (other == NULL || !has_grown (value, other))
            return FALSE;
        }
      return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (before) && JSON_NODE_HOLDS_ARRAY (after))
    {
      JsonArray *a = json_node_get_array (before), *b = json_node_get_array (after);

      if (json_array_get_length (a) > json_array_get_length (b))
        return FALSE;
      for (guint i = 0; i < json_array_get_length (a); i++)
        if (!has_grown (json_array_get_element (a, i), json_array_get_element (b, i)))
          return FALSE;
      return TRUE;
    }
  if (json_node_get_node_type (before) != json_node_get_node_type (after))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (before) && json_node_get_value_type (before) == G_TYPE_STRING)
    return g_str_has_prefix (json_node_get_string (after), json_node_get_string (before));

  /* Numbers may change while they are read. */
  return TRUE;
}

/* Every beginning that ends between characters is read at once as it is read in a stream. */
static void
check_beginnings (const GString *document)
{
  g_autoptr (RnlPartialJson) stream = rnl_partial_json_new ();

  for (const char *p = document->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize n = (gsize) (g_utf8_next_char (p) - document->str);
      g_autoptr (JsonNode) value = rnl_partial_json_parse (document->str, (gssize) n);

      rnl_partial_json_feed (stream, p, g_utf8_next_char (p) - p);
      assert_equal (document->str, rnl_partial_json_peek_value (stream), value);
    }
}

static void
check_random_document (GRand *rand, const GString *document)
{
  g_autoptr (JsonNode) expected = rnl_json_strict_parse (document->str, -1, NULL);
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  g_autoptr (JsonNode) before = NULL;

  g_assert_nonnull (expected);
  for (gsize at = 0; at < document->len;)
    {
      gsize most = (gsize) g_rand_int_range (rand, 1, 9), n = MIN (most, document->len - at);
      g_autofree char *piece = g_memdup2 (document->str + at, n);
      gboolean changed = rnl_partial_json_feed (partial, piece, (gssize) n);
      JsonNode *value = rnl_partial_json_peek_value (partial);

      at += n;
      if (value != NULL && JSON_NODE_HOLDS_NULL (value))
        {
          g_assert_false (changed);
          continue;
        }
      g_assert_cmpint (changed, ==, !rnl_json_value_equal (before, value));
      if (!changed)
        continue;
      if (before != NULL)
        g_assert_true (has_grown (before, value));

      g_autoptr (JsonNode) patch = rnl_json_patch_diff (before, value);
      g_autoptr (JsonNode) patched = rnl_json_patch_apply (before, patch, NULL);
      g_autoptr (JsonNode) told = rnl_partial_json_take_patch (partial);
      g_autoptr (JsonNode) followed = rnl_json_patch_apply (before, told, NULL);

      assert_equal (document->str, patched, value);
      assert_equal (document->str, followed, value);
      g_assert_null (rnl_partial_json_take_patch (partial));
      g_clear_pointer (&before, json_node_unref);
      before = rnl_json_value_copy (value);
    }
  if (!rnl_partial_json_end (partial))
    g_error ("%s is not complete", document->str);
  g_assert_true (rnl_partial_json_is_complete (partial));
  assert_equal (document->str, rnl_partial_json_peek_value (partial), expected);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint n = rnl_test_fewer (3000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) document = g_string_new (NULL);

      random_value (rand, document, 0);
      check_random_document (rand, document);
      if (document->len < 100)
        check_beginnings (document);
    }
}

/* Twice the text costs about twice the work: a stream of small pieces is never read again. */
static double
stream_seconds (guint n_pieces)
{
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  g_autoptr (GTimer) timer = NULL;

  rnl_partial_json_feed (partial, "{\"content\":\"", -1);
  timer = g_timer_new ();
  for (guint i = 0; i < n_pieces; i++)
    rnl_partial_json_feed (partial, "some\\nmore ", -1);
  g_assert_nonnull (rnl_partial_json_peek_value (partial));

  return g_timer_elapsed (timer, NULL);
}

/* The same for those who follow what changes: a member is told once, not whenever one comes. */
static double
patch_seconds (guint n_members)
{
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new ();
  g_autoptr (GTimer) timer = NULL;

  rnl_partial_json_feed (partial, "{\"m\":{\"-\":0", -1);
  timer = g_timer_new ();
  for (guint i = 0; i < n_members; i++)
    {
      char member[32];
      g_autoptr (JsonNode) patch = NULL;

      g_snprintf (member, sizeof member, ",\"%u\":true", i);
      rnl_partial_json_feed (partial, member, -1);
      patch = rnl_partial_json_take_patch (partial);
      g_assert_cmpuint (json_array_get_length (json_node_get_array (patch)), ==, 1);
    }

  return g_timer_elapsed (timer, NULL);
}

static void
assert_linear (double (*measure) (guint n), guint n)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 3; i++)
    {
      double small = measure (n), large = measure (10 * n);

      best = MIN (best, large / small);
    }
  g_test_message ("ten times the text: %.1f times the work", best);
  g_assert_cmpfloat (best, <, 30);
}

static void
test_linear (void)
{
  assert_linear (stream_seconds, rnl_test_fewer (20000));
  assert_linear (patch_seconds, rnl_test_fewer (2000));
}

/* The shared vectors */

static JsonNode *
get_expected (JsonObject *vector)
{
  JsonNode *recommended = json_object_get_member (vector, "recommended");

  if (recommended != NULL)
    return recommended;

  return g_strcmp0 (rnl_json_object_get_string (vector, "outcome"), "value") == 0
           ? json_object_get_member (vector, "expected")
           : NULL;
}

static gboolean
any_result_will_do (JsonObject *vector)
{
  return json_object_has_member (vector, "quirk")
         && !json_object_has_member (vector, "recommended");
}

static void
run_single (JsonObject *vector, gboolean markdown)
{
  const char *input = rnl_json_object_get_string (vector, "input");
  g_autoptr (JsonNode) value
    = markdown ? rnl_partial_json_parse_markdown (input, -1) : rnl_partial_json_parse (input, -1);

  if (!any_result_will_do (vector))
    assert_equal (rnl_json_object_get_string (vector, "name"), value, get_expected (vector));
}

static void
run_prefixes (JsonObject *vector)
{
  const char *input = rnl_json_object_get_string (vector, "input");
  JsonNode *entries = get_expected (vector), *expected = NULL;
  JsonArray *list = json_node_get_array (entries);
  g_autoptr (RnlPartialJson) stream = rnl_partial_json_new ();
  guint next = 0;

  for (glong n = 1; n <= g_utf8_strlen (input, -1); n++)
    {
      g_autofree char *prefix = g_utf8_substring (input, 0, n);
      const char *last = g_utf8_offset_to_pointer (input, n - 1);
      g_autoptr (JsonNode) value = rnl_partial_json_parse (prefix, -1);

      if (next < json_array_get_length (list)
          && rnl_json_object_get_int (json_array_get_object_element (list, next), "len", 0) == n)
        expected = get_expected (json_array_get_object_element (list, next++));
      assert_equal (prefix, value, expected);
      rnl_partial_json_feed (stream, last, g_utf8_next_char (last) - last);
      assert_equal (prefix, rnl_partial_json_peek_value (stream), expected);
    }
}

static gboolean
patches_equal (JsonNode *a, JsonNode *b, gboolean unordered)
{
  JsonArray *left = json_node_get_array (a), *right = json_node_get_array (b);

  if (!unordered || json_array_get_length (left) != json_array_get_length (right))
    return rnl_json_value_equal (a, b);
  for (guint i = 0; i < json_array_get_length (left); i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < json_array_get_length (right) && !found; k++)
        found = rnl_json_value_equal (json_array_get_element (left, i),
                                      json_array_get_element (right, k));
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static void
run_stream (JsonObject *vector, gboolean diff)
{
  JsonArray *chunks = rnl_json_object_get_array (vector, "input");
  JsonArray *expected = json_node_get_array (get_expected (vector));
  g_autoptr (RnlPartialJson) partial = rnl_partial_json_new_markdown ();
  g_autoptr (JsonNode) before = NULL;
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (chunks); i++)
    {
      g_autoptr (JsonNode) patch = NULL, told = NULL;
      JsonNode *value;

      if (!rnl_partial_json_feed (partial, json_array_get_string_element (chunks, i), -1))
        continue;
      value = rnl_partial_json_peek_value (partial);
      g_assert_cmpuint (n, <, json_array_get_length (expected));
      if (diff)
        {
          patch = rnl_json_patch_diff (before, value);
          told = rnl_partial_json_take_patch (partial);
          g_assert_true (patches_equal (told, patch, TRUE));
          g_assert_true (patches_equal (patch, json_array_get_element (expected, n),
                                        json_object_has_member (vector, "unordered_ops")));
        }
      else
        {
          assert_equal (rnl_json_object_get_string (vector, "name"), value,
                        json_array_get_element (expected, n));
        }
      g_clear_pointer (&before, json_node_unref);
      before = rnl_json_value_copy (value);
      n++;
    }
  g_assert_cmpuint (n, ==, json_array_get_length (expected));
}

static void
test_vectors (void)
{
  g_autofree char *folder = rnl_test_shared_path ("RUNNEL_TEST_VECTORS", "vectors");
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  guint n_run = 0;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, "partial_json.json", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  root = rnl_json_strict_parse (text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    {
      JsonObject *vector = json_array_get_object_element (json_node_get_array (root), i);
      const char *fn = rnl_json_object_get_string (vector, "fn");

      g_test_message ("%s", rnl_json_object_get_string (vector, "name"));
      if (strcmp (fn, "partial") == 0 || strcmp (fn, "markdown") == 0)
        run_single (vector, strcmp (fn, "markdown") == 0);
      else if (strcmp (fn, "prefixes") == 0)
        run_prefixes (vector);
      else if (strcmp (fn, "stream") == 0 || strcmp (fn, "stream_diff") == 0)
        run_stream (vector, strcmp (fn, "stream_diff") == 0);
      else
        g_error ("%s is not a known kind of vector", fn);
      n_run++;
    }
  g_assert_cmpuint (n_run, >, 0);
  g_test_message ("%u vectors", n_run);
}

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);
  g_test_add_func ("/partial-json/own", test_own);
  g_test_add_func ("/partial-json/open-string", test_open_string);
  g_test_add_func ("/partial-json/take-string", test_take_string);
  g_test_add_func ("/partial-json/end", test_end);
  g_test_add_func ("/partial-json/random", test_random);
  g_test_add_func ("/partial-json/linear", test_linear);
  g_test_add_func ("/partial-json/vectors", test_vectors);
  g_test_add_func ("/json-value/strict", test_strict);
  g_test_add_func ("/json-members", test_members);

  return g_test_run ();
}
