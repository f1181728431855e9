/* test-markdown.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-markdown-stream.h"
#include "rnl-test.h"

#include <string.h>

/* {{{ What a view of the stream sees: a copy kept up to date by the signals alone */

typedef struct
{
  RnlMarkdownStream *stream;
  GPtrArray *seen;    /* of RnlBlock */
  GPtrArray *lengths; /* of their texts */
  guint stable;       /* blocks that must not change any more */
} View;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, View *view)
{
  g_assert_cmpuint (position, >=, view->stable);
  g_assert_cmpuint (position + removed, ==, view->seen->len);
  g_ptr_array_set_size (view->seen, (gint) position);
  g_ptr_array_set_size (view->lengths, (gint) position);
  for (guint i = 0; i < added; i++)
    {
      RnlBlock *block = g_list_model_get_item (model, position + i);

      g_ptr_array_add (view->seen, block);
      g_ptr_array_add (view->lengths, GSIZE_TO_POINTER (rnl_block_get_length (block)));
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, view->seen->len);
}

static void
code_appended_cb (RnlMarkdownStream *stream, guint position, gulong offset, View *view)
{
  RnlBlock *block = g_ptr_array_index (view->seen, position);

  g_assert_cmpuint (position, ==, view->seen->len - 1);
  g_assert_cmpint (rnl_block_get_kind (block), ==, RNL_BLOCK_CODE);
  g_assert_cmpuint (offset, ==, GPOINTER_TO_SIZE (g_ptr_array_index (view->lengths, position)));
  g_ptr_array_index (view->lengths, position) = GSIZE_TO_POINTER (rnl_block_get_length (block));
}

static void
view_init (View *view)
{
  view->stream = rnl_markdown_stream_new ();
  view->stable = 0;
  view->seen = g_ptr_array_new_with_free_func (g_object_unref);
  view->lengths = g_ptr_array_new ();
  g_signal_connect (view->stream, "items-changed", G_CALLBACK (items_changed_cb), view);
  g_signal_connect (view->stream, "code-appended", G_CALLBACK (code_appended_cb), view);
}

static void
view_clear (View *view)
{
  g_assert_finalize_object (view->stream);
  g_ptr_array_unref (view->seen);
  g_ptr_array_unref (view->lengths);
}

/* Feeds a piece; what was stable before must be untouched. */
static void
view_feed (View *view, const char *text, gsize length)
{
  view->stable = rnl_markdown_stream_get_n_stable (view->stream);
  rnl_markdown_stream_feed (view->stream, text, (gssize) length);
  g_assert_cmpuint (rnl_markdown_stream_get_n_stable (view->stream), >=, view->stable);
}

/* }}} */
/* {{{ Blocks as text */

static void
dump_text (RnlBlock *block, GString *out)
{
  static const char letters[] = "bicsam"; /* in the order of the flags */
  const char *text = rnl_block_get_text (block);
  gsize pos = 0;
  guint n_spans;
  const RnlSpan *spans = rnl_block_get_spans (block, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      g_assert_cmpuint (spans[i].start, >=, pos);
      g_assert_cmpuint (spans[i].end, >, spans[i].start);
      g_string_append_len (out, text + pos, (gssize) (spans[i].start - pos));
      g_string_append_c (out, '<');
      for (gsize bit = 0; bit < strlen (letters); bit++)
        if (spans[i].flags & (1u << bit))
          g_string_append_c (out, letters[bit]);
      if (spans[i].href != NULL)
        g_string_append_printf (out, " %s", spans[i].href);
      g_string_append_c (out, ':');
      g_string_append_len (out, text + spans[i].start, (gssize) (spans[i].end - spans[i].start));
      g_string_append_c (out, '>');
      pos = spans[i].end;
    }
  g_assert_cmpuint (pos, <=, rnl_block_get_length (block));
  g_string_append (out, text + pos);
}

static void
dump_table (RnlBlock *block, GString *out)
{
  for (guint column = 0; column < rnl_block_get_n_columns (block); column++)
    g_string_append_c (out, "lcr"[rnl_block_get_column_align (block, column)]);
  for (guint row = 0; row < rnl_block_get_n_rows (block); row++)
    for (guint column = 0; column < rnl_block_get_n_columns (block); column++)
      {
        g_string_append (out, column == 0 ? " / " : " | ");
        dump_text (rnl_block_get_cell (block, row, column), out);
      }
}

static void
dump_block (RnlBlock *block, GString *out)
{
  static const char *const kinds[] = { "p", "h", "li", "code", "hr", "table" };
  RnlMarker marker = rnl_block_get_marker (block);

  if (out->len > 0)
    g_string_append_c (out, '\n');
  for (guint i = 0; i < rnl_block_get_quote_depth (block); i++)
    g_string_append_c (out, '>');
  for (guint i = 0; i < rnl_block_get_list_depth (block); i++)
    g_string_append_c (out, '.');
  if (marker == RNL_MARKER_NUMBER)
    g_string_append_printf (out, "%u ", rnl_block_get_number (block));
  else if (marker != RNL_MARKER_NONE)
    g_string_append_printf (out, "%c ", " *#ox"[marker]);
  g_string_append (out, kinds[rnl_block_get_kind (block)]);
  if (rnl_block_get_level (block) > 0)
    g_string_append_printf (out, "%u", rnl_block_get_level (block));
  if (rnl_block_get_language (block) != NULL)
    g_string_append_printf (out, "[%s]", rnl_block_get_language (block));
  g_string_append (out, ": ");
  if (rnl_block_get_kind (block) == RNL_BLOCK_TABLE)
    dump_table (block, out);
  else
    dump_text (block, out);
}

static char *
dump (View *view)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < view->seen->len; i++)
    {
      RnlBlock *block = g_ptr_array_index (view->seen, i);

      g_assert_true (block == rnl_markdown_stream_get_block (view->stream, i));
      g_assert_true (g_utf8_validate (rnl_block_get_text (block), -1, NULL));
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_ptr_array_index (view->lengths, i)), ==,
                        rnl_block_get_length (block));
      dump_block (block, out);
    }

  return g_string_free (out, FALSE);
}

static char *
dump_whole (const char *text, gsize length)
{
  View view;
  char *result;

  view_init (&view);
  view_feed (&view, text, length);
  rnl_markdown_stream_end (view.stream);
  result = dump (&view);
  view_clear (&view);

  return result;
}

/* }}} */

static const struct
{
  const char *name;
  const char *text;
  const char *blocks;
} cases[] = {
  { "empty", "", "" },
  { "blank", " \n\n  \n", "" },
  { "paragraph", "Hello world", "p: Hello world" },
  { "paragraphs", "One\n\nTwo\n\n\n\nThree\n", "p: One\np: Two\np: Three" },
  { "line-break", "one\ntwo  \nthree\\\nfour", "p: one\ntwo\nthree\nfour" },
  { "crlf", "one\r\ntwo\r\rthree\r\n", "p: one\ntwo\np: three" },
  { "strong", "a **b c** d", "p: a <b:b c> d" },
  { "emph", "*a* and _b_", "p: <i:a> and <i:b>" },
  { "nested-emphasis", "**a *b* c**", "p: <b:a ><bi:b><b: c>" },
  { "triple", "***both***", "p: <bi:both>" },
  { "not-emphasis", "5 * 3 * 2 and snake_case_name", "p: 5 * 3 * 2 and snake_case_name" },
  { "unclosed", "a **b c\n\nd", "p: a **b c\np: d" },
  { "strike", "~~gone~~ here", "p: <s:gone> here" },
  { "code", "call `f (x)` now", "p: call <c:f (x)> now" },
  { "code-ticks", "``a ` b`` c", "p: <c:a ` b> c" },
  { "code-not-emphasis", "`**a**`", "p: <c:**a**>" },
  { "code-unclosed", "a `b", "p: a `b" },
  { "link", "see [the *docs*](https://a.org/x) now",
    "p: see <a https://a.org/x:the ><ia https://a.org/x:docs> now" },
  { "link-title", "[a](https://a.org \"t\")", "p: <a https://a.org:a>" },
  { "link-entity", "[a](https://a.org?x&amp;y)", "p: <a https://a.org?x&y:a>" },
  { "link-unsafe", "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](x)", "p: a b c" },
  { "link-mail", "<me@a.org>", "p: <a mailto:me@a.org:me@a.org>" },
  { "autolink", "at https://a.org/x, or www.b.org.",
    "p: at <a https://a.org/x:https://a.org/x>, or <a http://www.b.org:www.b.org>." },
  { "angle-link", "<https://a.org>", "p: <a https://a.org:https://a.org>" },
  { "image", "![a cat](https://a.org/c.png) and ![b](c.png)",
    "p: <m https://a.org/c.png:a cat> and <m:b>" },
  { "brackets", "an [aside] here, x[1], [^2]", "p: an [aside] here, x[1], [^2]" },
  { "definition", "see [a][1]\n\n[1]: https://a.org\n",
    "p: see [a][1]\np: [1]: <a https://a.org:https://a.org>" },
  { "entities", "a &lt; b &amp;&#65;&#x42; &nope; &#0;", "p: a < b &AB &nope; \357\277\275" },
  { "escapes", "\\*a\\* \\[b] \\\\", "p: *a* [b] \\" },
  { "html", "<div>\n<b>x</b>\n</div>", "p: <div>\n<b>x</b>\n</div>" },
  { "headings", "# A\n## B ##\n###### F\n####### G", "h1: A\nh2: B\nh6: F\np: ####### G" },
  { "heading-inline", "## The `x` **y**", "h2: The <c:x> <b:y>" },
  { "heading-after-text", "text\n# A\nmore", "p: text\nh1: A\np: more" },
  { "setext", "A\n===\nB\n---\n", "h1: A\nh2: B" },
  { "rules", "***\n---\n_ _ _\na\n***\nb", "hr: \nhr: \nhr: \np: a\nhr: \np: b" },
  { "bullets", "- a\n- b\n- c", ".* li: a\n.* li: b\n.* li: c" },
  { "bullets-loose", "- a\n\n- b\n\nc", ".* li: a\n.* li: b\np: c" },
  { "bullet-kinds", "- a\n+ b\n* c", ".* li: a\n.* li: b\n.* li: c" },
  { "numbers", "3. a\n1. b\n1. c", ".3 li: a\n.4 li: b\n.5 li: c" },
  { "numbers-kinds", "1. a\n2. b\n1) c", ".1 li: a\n.2 li: b\n.1 li: c" },
  { "nested-list", "- a\n  - b\n    1. c\n    1. d\n- e",
    ".* li: a\n..* li: b\n...1 li: c\n...2 li: d\n.* li: e" },
  { "tasks", "- [ ] a\n- [x] b\n- c", ".o li: a\n.x li: b\n.* li: c" },
  { "item-paragraphs", "- a\n\n  b\n- c", ".* li: a\n.p: b\n.* li: c" },
  { "item-lazy", "- a\nb\n- c", ".* li: a\nb\n.* li: c" },
  { "item-code", "1. a\n   ```sh\n   ls\n   ```\n2. b", ".1 li: a\n.code[sh]: ls\n.2 li: b" },
  { "item-code-first", "- ```\n  x\n  ```\n- b", ".* code: x\n.* li: b" },
  { "item-heading", "1. ### A\n   b\n2. c", ".1 h3: A\n.p: b\n.2 li: c" },
  { "item-empty", "- a\n-\n- c", ".* li: a\n.* li: \n.* li: c" },
  { "item-list-first", "- - a\n  - b", ".* li: \n..* li: a\n..* li: b" },
  { "item-quote", "- a\n  > b", ".* li: a\n>.p: b" },
  { "list-after-text", "text:\n- a\n- b", "p: text:\n.* li: a\n.* li: b" },
  { "list-not-after-text", "in\n1986. What", "p: in\n1986. What" },
  { "list-then-fence", "1. a\n```\nx\n```\n2. b", ".1 li: a\ncode: x\n.2 li: b" },
  { "list-then-rule", "- a\n---\n- b", ".* li: a\nhr: \n.* li: b" },
  { "quote", "> a\n> b\n>\n> c\n\nd", ">p: a\nb\n>p: c\np: d" },
  { "quote-lazy", "> a\nb", ">p: a\nb" },
  { "quote-nested", "> a\n>> b", ">p: a\n>>p: b" },
  { "quote-list", "> 1. a\n> 2. b", ">.1 li: a\n>.2 li: b" },
  { "quote-code", "> ```c\n> x\n> ```\n> y", ">code[c]: x\n>p: y" },
  { "fence", "```c\nint x;\n\n  y\n```\nafter", "code[c]: int x;\n\n  y\np: after" },
  { "fence-info", "```  python title=x\na\n```", "code[python]: a" },
  { "fence-open", "a\n```js\nlet x", "p: a\ncode[js]: let x" },
  { "fence-empty", "```\n```", "code: " },
  { "fence-blank-lines", "```\n\na\n\n\n```", "code: \na\n\n" },
  { "fence-long", "````md\n```\na\n```\n````", "code[md]: ```\na\n```" },
  { "fence-tilde", "~~~\n```\n~~~", "code: ```" },
  { "fence-indent", "  ```\n  a\n    b\n c\n  ```", "code: a\n  b\nc" },
  { "fence-not-closed-by", "```\n``` x\n``\n    ```\n```", "code: ``` x\n``\n    ```" },
  { "fence-cut", "```", "code: " },
  { "indented-code", "    a\n\n      b\nc", "code: a\n\n  b\np: c" },
  { "table", "| a | b | c |\n|---|:-:|--:|\n| 1 | **2** | `3` |\n| 4 |\n\nx",
    "table: lcr / a | b | c / 1 | <b:2> | <c:3> / 4 |  | \np: x" },
  { "table-plain", "a | b\n---|---\n1 | 2", "table: ll / a | b / 1 | 2" },
  { "table-escape", "| a |\n|---|\n| x \\| y |", "table: l / a / x | y" },
  { "not-a-table", "| a | b |\nc", "p: | a | b |\nc" },
  { "unicode", "Grüße **größer** 日本語 `コード` 👩‍🚀",
    "p: Grüße <b:größer> 日本語 <c:コード> 👩‍🚀" },
  { "bad-utf8",
    "a\xff"
    "b\xe2\x82",
    "p: a\357\277\275b\357\277\275\357\277\275" },
  { "mixed",
    "# T\n\nHi **there**:\n\n1. one\n2. two\n   - x\n\n```py\nprint (1)\n```\n\n> q\n\nend.",
    "h1: T\np: Hi <b:there>:\n.1 li: one\n.2 li: two\n..* li: x\ncode[py]: print (1)\n>p: q\np: "
    "end." },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *blocks = dump_whole (cases[i].text, strlen (cases[i].text));

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (blocks, ==, cases[i].blocks);
    }
}

/* Feeds @text in two pieces, or byte by byte when @split is 0. */
static void
check_split (const char *text, gsize length, gsize split, const char *expected)
{
  g_autofree char *blocks = NULL;
  View view;

  view_init (&view);
  for (gsize pos = 0; pos < length;)
    {
      gsize n = split == 0 ? 1 : pos == 0 ? split : length - split;

      view_feed (&view, text + pos, n);
      pos += n;
    }
  rnl_markdown_stream_end (view.stream);
  blocks = dump (&view);
  g_assert_cmpstr (blocks, ==, expected);
  view_clear (&view);
}

static void
test_splits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize split = 0; split < strlen (cases[i].text); split++)
      check_split (cases[i].text, strlen (cases[i].text), split, cases[i].blocks);
}

/* Every two cases after one another: contexts must not leak. */
static void
test_pairs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autofree char *text = g_strconcat (cases[i].text, "\n\n", cases[j].text, NULL);
        g_autofree char *whole = dump_whole (text, strlen (text));

        check_split (text, strlen (text), 0, whole);
        check_split (text, strlen (text), strlen (cases[i].text) + 1, whole);
      }
}

/* {{{ Longer documents */

static char *
random_document (GRand *random, gsize length)
{
  static const char *const pieces[] = { "word ",
                                        "word ",
                                        "longer words here ",
                                        "\n",
                                        "\n",
                                        "\n\n",
                                        "- ",
                                        "1. ",
                                        "  ",
                                        "    ",
                                        "# ",
                                        "> ",
                                        "```\n",
                                        "```c\n",
                                        "**",
                                        "*",
                                        "`",
                                        "_",
                                        "~~",
                                        "[",
                                        "](",
                                        "https://a.org/",
                                        ")",
                                        "|",
                                        "| a | b |\n|---|---|\n",
                                        "---\n",
                                        "===\n",
                                        "\\",
                                        "&amp;",
                                        "<",
                                        ">",
                                        "é",
                                        "日",
                                        "\r\n",
                                        "\t",
                                        "[ ] ",
                                        "+ ",
                                        "2) ",
                                        "~~~\n",
                                        "!",
                                        "``",
                                        "[a]: b\n" };
  GString *text = g_string_new (NULL);

  while (text->len < length)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static void
check_random_splits (GRand *random, const char *text, gint max_piece)
{
  gsize length = strlen (text);
  g_autofree char *whole = dump_whole (text, length);
  g_autofree char *blocks = NULL;
  View view;

  view_init (&view);
  for (gsize pos = 0; pos < length;)
    {
      gsize n = (gsize) g_rand_int_range (random, 1, max_piece + 1);

      n = MIN (n, length - pos);

      view_feed (&view, text + pos, n);
      if (g_rand_int_range (random, 0, 8) == 0)
        rnl_markdown_stream_flush (view.stream);
      pos += n;
    }
  rnl_markdown_stream_end (view.stream);
  blocks = dump (&view);
  g_assert_cmpstr (blocks, ==, whole);
  view_clear (&view);
}

static void
test_random (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    {
      GRand *random = g_rand_new_with_seed (seed);
      gsize length = seed % 50 == 0 ? 60000 : seed % 5 == 0 ? 2000 : 300;
      g_autofree char *text = random_document (random, length);

      check_random_splits (random, text, seed % 3 == 0 ? 3 : seed % 3 == 1 ? 40 : 3000);
      g_rand_free (random);
    }
}

static char *
repeat (const char *format, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_auto (GStrv) parts = g_strsplit (format, "@", -1);
      g_autofree char *piece = g_strjoinv (number, parts);

      g_string_append (text, piece);
    }

  return g_string_free (text, FALSE);
}

/* Feeds @text four bytes at a time; the parser may see at most @factor times its length. */
static RnlMarkdownStream *
feed_counting (const char *text, guint factor)
{
  RnlMarkdownStream *stream = rnl_markdown_stream_new ();
  gsize length = strlen (text);

  for (gsize pos = 0; pos < length; pos += 4)
    rnl_markdown_stream_feed (stream, text + pos, (gssize) MIN (4, length - pos));
  rnl_markdown_stream_end (stream);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, parsed %.1f times", length,
                  (double) rnl_markdown_stream_get_parsed_bytes (stream) / length);
  g_assert_cmpuint (rnl_markdown_stream_get_parsed_bytes (stream), <=, factor * length);

  return stream;
}

static void
test_linear (void)
{
  static const struct
  {
    const char *name;
    const char *before;
    const char *format;
    guint n;
    guint factor;
    guint blocks;
  } documents[] = {
    { "paragraphs", "", "Paragraph number @ has **some** words in it, and `code` too.\n\n", 4000,
      20, 4000 },
    { "code", "```c\n", "  call_number (@, \"text\");\n", 4000, 0, 1 },
    { "list", "", "1. Item number @ of the list\n", 5000, 20, 5000 },
    { "loose-list", "", "- Item number @ of the list\n\n", 5000, 20, 5000 },
    { "headings", "", "## Heading @\nText.\n", 3000, 20, 6000 },
    { "one-line", "", "word@ **bold** and `code` ", 8000, 60, 0 },
    { "no-space", "", "[*_~`@", 30000, 60, 0 },
    { "one-paragraph", "", "line number @\n", 10000, 60, 0 },
    { "table", "| a | b |\n|---|---|\n", "| row @ | value |\n", 5000, 80, 0 },
    { "nested-list", "- a\n", "  - nested item number @\n", 5000, 60, 5001 },
    { "item-code", "1. a\n   ```c\n", "   call_number (@);\n", 5000, 60, 0 },
    { "quote", "", "> line @\n>\n", 5000, 60, 5000 },
    { "deep-quote", "", ">", 20000, 60, 0 },
    { "deep-list", "", "- ", 20000, 60, 0 },
    { "deep-brackets", "", "[", 100000, 60, 0 },
    { "emphasis", "", "*a_", 60000, 60, 0 },
    { "ticks", "", "`a``b", 40000, 60, 0 },
    { "links", "", "[a](", 40000, 60, 0 },
    { "definitions", "", "[a@]: b\n", 10000, 60, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *body = repeat (documents[i].format, documents[i].n);
      g_autofree char *text = g_strconcat (documents[i].before, body, NULL);
      g_autoptr (RnlMarkdownStream) stream = NULL;
      gint64 start = g_get_monotonic_time ();

      g_test_message ("%s", documents[i].name);
      stream = feed_counting (text, documents[i].factor);
      g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
      if (documents[i].blocks > 0)
        g_assert_cmpuint (rnl_markdown_stream_get_n_blocks (stream), ==, documents[i].blocks);
    }
}

static void
test_numbers_continue (void)
{
  g_autofree char *text = repeat ("1. item @\n", 5000);
  g_autoptr (RnlMarkdownStream) stream = feed_counting (text, 20);

  for (guint i = 0; i < 5000; i++)
    {
      RnlBlock *block = rnl_markdown_stream_get_block (stream, i);
      g_autofree char *expected = g_strdup_printf ("item %u", i);

      g_assert_cmpuint (rnl_block_get_number (block), ==, i + 1);
      g_assert_cmpstr (rnl_block_get_text (block), ==, expected);
    }
}

/* }}} */
/* {{{ Nothing flashes */

/* Of text that is well formed, all that is shown on the way is a beginning of what is shown at the
 * end, with the same kinds of blocks. */
static void
check_no_flash (const char *text)
{
  g_autofree char *final = dump_whole (text, strlen (text));
  g_autoptr (GString) plain = g_string_new (NULL);
  View view, whole;

  view_init (&whole);
  view_feed (&whole, text, strlen (text));
  rnl_markdown_stream_end (whole.stream);
  view_init (&view);
  for (gsize pos = 0; text[pos] != '\0'; pos++)
    {
      view_feed (&view, text + pos, 1);
      g_assert_cmpuint (view.seen->len, <=, whole.seen->len);
      for (guint i = 0; i < view.seen->len; i++)
        {
          RnlBlock *now = g_ptr_array_index (view.seen, i);
          RnlBlock *then = g_ptr_array_index (whole.seen, i);

          if (!g_str_has_prefix (rnl_block_get_text (then), rnl_block_get_text (now))
              || rnl_block_get_kind (now) != rnl_block_get_kind (then))
            g_error ("after \"%.*s\" shows \"%s\"", (int) pos + 1, text, rnl_block_get_text (now));
        }
    }
  view_clear (&view);
  view_clear (&whole);
}

static void
test_no_flash (void)
{
  static const char *const texts[] = {
    "Some **bold** and *slanted* and ***both*** text.",
    "**Bold with `code` inside** and `code **not bold**` end",
    "A ``tick ` inside`` and ~~gone~~.",
    "See [the manual](https://example.org/a_b_c?x=1) for more.",
    "![A picture](https://example.org/a.png) below",
    "An [aside] and an array[1] and a\\*star.",
    "a &lt; b &amp;&amp; c",
    "# Heading\n\nText\n\n## Second `x`\n",
    "- one\n- **two**: x\n  - nested `x`\n- [ ] task\n\n1. a\n2. b\n",
    "Text:\n\n```c\nint main (void)\n{\n}\n```\n\nMore text.",
    "1. Step:\n   ```sh\n   ls -l\n   ```\n2. Next",
    "> quoted **text**\n> more\n\nend",
    "| a | b |\n|---|---|\n| 1 | **2** |\n| 3 | 4 |\n\nend",
    "Above\n\n---\n\nBelow",
    "Two\nlines **bold\nover** two",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    check_no_flash (texts[i]);
}

/* Text is shown soon, not only when its paragraph ends. */
static void
test_prompt (void)
{
  static const struct
  {
    const char *text;
    const char *blocks;
  } steps[] = {
    { "Hello wor", "p: Hello wor" },
    { "a **bold wor", "p: a <b:bold wor>" },
    { "a `co", "p: a <c:co>" },
    { "a **bold*", "p: a <b:bold>" },
    { "a *", "p: a " },
    { "- item\n- sec", ".* li: item\n.* li: sec" },
    { "```c\nint", "code[c]: int" },
    { "```c\nint x;\n``", "code[c]: int x;" },
    { "```c\n", "code[c]: " },
    { "``", "" },
    { "## Head", "h2: Head" },
    { "see [label](http", "p: see " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *blocks = NULL;
      View view;

      view_init (&view);
      view_feed (&view, steps[i].text, strlen (steps[i].text));
      blocks = dump (&view);
      g_strchomp (blocks);
      if (!g_str_has_prefix (steps[i].blocks, blocks)
          || strlen (steps[i].blocks) - strlen (blocks) > 1)
        g_assert_cmpstr (blocks, ==, steps[i].blocks);
      view_clear (&view);
    }
}

/* What waits for a decision is shown when it has waited too long. */
static void
test_bounded_hold (void)
{
  static const char *const openers[] = { "[", "**", "`", "![", "<a", "&", "[a](", "|" };

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      g_autoptr (GString) text = g_string_new (openers[i]);
      gsize shown = 0;
      View view;

      while (text->len < 2000)
        g_string_append_c (text, 'x');
      view_init (&view);
      view_feed (&view, text->str, text->len);
      for (guint j = 0; j < view.seen->len; j++)
        shown += rnl_block_get_length (g_ptr_array_index (view.seen, j));
      g_assert_cmpuint (shown, >=, 2000);
      view_clear (&view);
    }
}

/* }}} */

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/markdown/cases", test_cases);
  g_test_add_func ("/markdown/splits", test_splits);
  g_test_add_func ("/markdown/pairs", test_pairs);
  g_test_add_func ("/markdown/random", test_random);
  g_test_add_func ("/markdown/linear", test_linear);
  g_test_add_func ("/markdown/numbers-continue", test_numbers_continue);
  g_test_add_func ("/markdown/no-flash", test_no_flash);
  g_test_add_func ("/markdown/prompt", test_prompt);
  g_test_add_func ("/markdown/bounded-hold", test_bounded_hold);

  return g_test_run ();
}
