/* test-block-writer.c: stretches of a text as Markdown, words and HTML
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-block-writer.h"

#include <string.h>

static const char document[]
  = "# Title here\n\nSome **bold words** and `code` and a [link](https://example.org/x).\n\n"
    "- one *two* three\n  - nested item\n- last\n\n1. first\n2. second\n\n"
    "```py\nprint (1)\nprint (2)\n```\n\n| a | b |\n|---|--:|\n| 1 | 22 |\n| 3 | 44 |\n\n"
    "> quoted **text**\n\n---\n\nEnd.\n";

static GPtrArray *
parse (const char *text)
{
  return rnl_blocks_parse (text, strlen (text), TRUE);
}

/* The range between two words of the document, the first with its beginning, the second with its
 * end. */
static RnlBlockRange
find_range (GPtrArray *blocks, const char *from, const char *to)
{
  RnlBlockRange range = { { G_MAXUINT, 0 }, { G_MAXUINT, 0 } };

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *text = rnl_block_dup_flat_text (g_ptr_array_index (blocks, i));
      const char *at;

      at = strstr (text, from);
      if (at != NULL && range.from.block == G_MAXUINT)
        range.from = (RnlBlockPoint){ i, (guint) g_utf8_pointer_to_offset (text, at) };
      at = strstr (text, to);
      if (at != NULL && range.to.block == G_MAXUINT)
        range.to = (RnlBlockPoint){ i, (guint) g_utf8_pointer_to_offset (text, at + strlen (to)) };
    }
  g_assert_cmpuint (range.from.block, !=, G_MAXUINT);
  g_assert_cmpuint (range.to.block, !=, G_MAXUINT);

  return range;
}

static const struct
{
  const char *from;
  const char *to;
  const char *markdown;
  const char *plain;
  const char *html;
} cases[] = {
  /* part of one block: words */
  { "itle", "he", "itle he", "itle he", "itle he" },
  { "old", "and", "**old words** and", "old words and", "<strong>old words</strong> and" },
  { "od", "lin", "`ode` and a [lin](https://example.org/x)", "ode and a lin",
    "<code>ode</code> and a <a href=\"https://example.org/x\">lin</a>" },
  { "two", "thr", "*two* thr", "two thr", "<em>two</em> thr" },
  { "int (1", "print (2", "int (1)\nprint (2", "int (1)\nprint (2",
    "<pre><code>int (1)\nprint (2</code></pre>\n" },
  /* a whole one, and parts of several */
  { "Title", "here", "# Title here", "Title here", "<h1>Title here</h1>\n" },
  { "here", "Some", "# here\n\nSome", "here\n\nSome", "<h1>here</h1>\n<p>Some</p>\n" },
  { "three", "nest", "- three\n  - nest", "• three\n  • nest", NULL },
  { "ested", "la", "- - ested item\n- la", NULL,
    "<ul>\n<li><ul>\n<li>ested item\n</li>\n</ul>\n</li>\n<li>la\n</li>\n</ul>\n" },
  { "cond", "print", "2. cond\n\n```py\nprint\n```", "2. cond\n\nprint",
    "<ol start=\"2\">\n<li>cond\n</li>\n</ol>\n<pre><code>print</code></pre>\n" },
  { "22", "44", "|  | 22 |\n|---|--:|\n| 3 | 44 |", "22\n3\t44", NULL },
  { "3", "44", "| 3 | 44 |\n|---|--:|", "3\t44", NULL },
  { "44", "quoted", "| 44 |\n|--:|\n\n> quoted", "44\n\nquoted", NULL },
  { "xt", "End", "> **xt**\n\n---\n\nEnd", NULL, NULL },
};

static void
test_cases (void)
{
  g_autoptr (GPtrArray) blocks = parse (document);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RnlBlockRange range = find_range (blocks, cases[i].from, cases[i].to);
      g_autofree char *markdown = rnl_blocks_to_markdown (blocks, &range, document);
      g_autofree char *plain = rnl_blocks_to_plain_text (blocks, &range);
      g_autofree char *html = rnl_blocks_to_html (blocks, &range);

      g_test_message ("from “%s” to “%s”", cases[i].from, cases[i].to);
      g_assert_cmpstr (markdown, ==, cases[i].markdown);
      if (cases[i].plain != NULL)
        g_assert_cmpstr (plain, ==, cases[i].plain);
      if (cases[i].html != NULL)
        g_assert_cmpstr (html, ==, cases[i].html);
    }
}

static void
test_whole (void)
{
  RnlBlockRange all = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };
  g_autoptr (GPtrArray) blocks = parse (document);
  g_autofree char *markdown = rnl_blocks_to_markdown (blocks, &all, document);
  g_autofree char *expected = g_strchomp (g_strdup (document));

  g_assert_cmpstr (markdown, ==, expected);
}

static void
test_html_is_safe (void)
{
  const char *text = "<script>alert(1)</script> [x](javascript:alert(2)) "
                     "[y](https://e.org/\"onload=\"z) <img src=x onerror=y>\n\n<div onclick=q>\n";
  RnlBlockRange all = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };
  g_autoptr (GPtrArray) blocks = parse (text);
  g_autofree char *html = rnl_blocks_to_html (blocks, &all);

  for (const char *tag = strchr (html, '<'); tag != NULL; tag = strchr (tag + 1, '<'))
    {
      static const char *const known[] = { "<p>", "</p>", "<a href=\"https://", "</a>", "<br>" };
      gboolean found = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
        found |= g_str_has_prefix (tag, known[i]);
      if (!found)
        g_test_message ("%s", html);
      g_assert_true (found);
    }
  g_assert_null (strstr (html, "\"onload"));
  g_assert_null (strstr (html, "href=\"javascript"));
}

/* {{{ Any range of any text */

static const char *const pieces[] = {
  "Plain words with snake_case and 2 * 3 * 4 = 24.\n\n",
  "A **bold _both_ text** with ~~old~~ `a | b` and <https://example.org>.\n\n",
  "## Heading with `code` #1\n\n",
  "- item **one**\n- item *two*\n  continued here\n\n  second paragraph\n\n  ```sh\n  ls -l\n  "
  "```\n- last\n\n",
  "3. three\n4. four\n   - inner\n     - innermost [link](https://example.org/a_b)\n5. five\n\n",
  "- [ ] open\n- [x] done\n\n",
  "> quote\n> > deeper **strong**\n>\n> - in a list\n\n",
  "```c\nint x = 1;\n\n/* ``` */\n```\n\n",
  "| left | right |\n|:--|--:|\n| a `b` | **c** |\n| 1 | |\n\n",
  "***\n\n",
  "Line one\nline two\\\nline three - not a list\n1990. Not a list either\n\n",
  "Grüße, 日本語, e\xcc\x81 and 🙂🙂: *ß*\n\n",
  "\\*not emphasis\\* and \\# and 5 > 3 < 4 & &amp; [brackets]\n\n",
  "Price $5 and $10, a ~ b, \"quoted **inside.**\"after\n\n",
};

static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));

  return g_string_free (out, FALSE);
}

/* The words of a range, without marks and spaces. */
static char *
dup_words (GPtrArray *blocks, RnlBlockRange range)
{
  g_autoptr (GString) out = g_string_new (NULL);

  rnl_block_range_fit (&range, blocks);
  for (guint i = range.from.block; i <= range.to.block && i < blocks->len; i++)
    {
      g_autofree char *text = rnl_block_dup_flat_text (g_ptr_array_index (blocks, i));
      glong length = g_utf8_strlen (text, -1);
      glong from = i == range.from.block ? (glong) range.from.offset : 0;
      glong to = i == range.to.block ? (glong) range.to.offset : length;
      g_autofree char *part = g_utf8_substring (text, from, to);

      g_string_append (out, part);
    }

  return squeeze (out->str);
}

static RnlBlockPoint
random_point (GRand *random, GPtrArray *blocks)
{
  guint block = (guint) g_rand_int_range (random, 0, (gint32) blocks->len);
  guint length = rnl_block_get_flat_length (g_ptr_array_index (blocks, block));

  return (RnlBlockPoint){ block, (guint) g_rand_int_range (random, 0, (gint32) length + 1) };
}

static void
check_range (const char *text, GPtrArray *blocks, const RnlBlockRange *range, const char *source)
{
  RnlBlockRange all = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };
  g_autofree char *markdown = rnl_blocks_to_markdown (blocks, range, source);
  g_autoptr (GPtrArray) again = parse (markdown);
  g_autofree char *expected = dup_words (blocks, *range);
  g_autofree char *words = dup_words (again, all);

  /* Part of code alone is code, not Markdown. */
  if (range->from.block == range->to.block
      && rnl_block_get_kind (g_ptr_array_index (blocks, range->from.block)) == RNL_BLOCK_CODE)
    {
      g_free (words);
      words = squeeze (markdown);
    }
  if (strstr (words, expected) == NULL)
    {
      g_test_message ("document:\n%s", text);
      g_test_message ("from %u:%u to %u:%u", range->from.block, range->from.offset, range->to.block,
                      range->to.offset);
      g_test_message ("markdown:\n%s", markdown);
      g_test_message ("expected %s\ngot %s", expected, words);
    }
  g_assert_nonnull (strstr (words, expected));
}

static void
test_any_range (void)
{
  for (guint32 seed = 0; seed < 400; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;

      for (guint i = 0; i < 6; i++)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      blocks = parse (text->str);
      for (guint i = 0; i < 10; i++)
        {
          RnlBlockRange range = { random_point (random, blocks), random_point (random, blocks) };

          if (rnl_block_point_compare (&range.from, &range.to) > 0)
            range = (RnlBlockRange){ range.to, range.from };
          check_range (text->str, blocks, &range, NULL);
          check_range (text->str, blocks, &range, text->str);
        }
    }
}

/* }}} */

/* Titles of images and links come along, whatever is in them. */
static void
test_titles (void)
{
  static const char *const texts[] = {
    "See ![a *b*](https://example.org/a.png \"The \\\"first\\\" &amp;amp; `last`\") here",
    "A [link](https://example.org/ 'to | $x$ <b> *there*') in it",
    "| a |\n|---|\n| ![](https://example.org/a.png \"x \\| y\") |",
  };
  static const char *const titles[]
    = { "The \"first\" &amp; `last`", "to | $x$ <b> *there*", "x | y" };
  const RnlBlockRange all = { { 0, 0 }, { RNL_BLOCK_END, RNL_BLOCK_END } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) blocks = parse (texts[i]);
      g_autofree char *markdown = rnl_blocks_to_markdown (blocks, &all, NULL);
      g_autoptr (GPtrArray) again = parse (markdown);
      RnlBlock *block = g_ptr_array_index (again, 0);
      const char *title = NULL;
      const RnlSpan *spans;
      guint n_spans;

      if (rnl_block_get_kind (block) == RNL_BLOCK_TABLE)
        block = rnl_block_get_cell (block, 1, 0);
      spans = rnl_block_get_spans (block, &n_spans);
      for (guint j = 0; j < n_spans && title == NULL; j++)
        title = spans[j].title;
      g_assert_cmpstr (title, ==, titles[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block-writer/cases", test_cases);
  g_test_add_func ("/block-writer/titles", test_titles);
  g_test_add_func ("/block-writer/whole", test_whole);
  g_test_add_func ("/block-writer/html-is-safe", test_html_is_safe);
  g_test_add_func ("/block-writer/any-range", test_any_range);

  return g_test_run ();
}
