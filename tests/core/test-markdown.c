/* test-markdown.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-view.h"
#include "rnl-test.h"

#include <string.h>

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
  { "link-unsafe", "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](x)",
    "p: <:a><A: (javascript:alert(1))> <:b><A: (file:///etc/passwd)> <:c><A: (x)>" },
  { "link-mail", "<me@a.org>", "p: <a mailto:me@a.org:me@a.org>" },
  { "autolink", "at https://a.org/x, or www.b.org.",
    "p: at <a https://a.org/x:https://a.org/x>, or <a http://www.b.org:www.b.org>." },
  { "angle-link", "<https://a.org>", "p: <a https://a.org:https://a.org>" },
  { "image", "![a cat](https://a.org/c.png) and ![b](c.png)",
    "p: <m https://a.org/c.png:a cat> and <m:b>" },
  { "brackets", "an [aside] here, x[1], [^2]", "p: an [aside] here, x[1], <f:1>" },
  { "definition", "see [a][1]\n\n[1]: https://a.org\n",
    "p: see <a https://a.org:a>\np: <d:[1]: ><ad https://a.org:https://a.org>" },
  { "entities", "a &lt; b &amp;&#65;&#x42; &nope; &#0;", "p: a < b &AB &nope; \357\277\275" },
  { "escapes", "\\*a\\* \\[b] \\\\", "p: *a* [b] \\" },
  { "html", "<div>\n<b>x</b>\n</div>", "p: <h:<div>\n<b>x</b>\n</div>>" },
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
  g_autoptr (GString) wrong = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *blocks = dump_whole (cases[i].text, strlen (cases[i].text));

      if (strcmp (blocks, cases[i].blocks) != 0)
        g_string_append_printf (wrong, "\n%s:\n%s\ninstead of\n%s\n", cases[i].name, blocks,
                                cases[i].blocks);
    }
  g_assert_cmpstr (wrong->str, ==, "");
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
  view_end (&view);
  blocks = view_dump (&view);
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
  view_end (&view);
  blocks = view_dump (&view);
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

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/markdown/cases", test_cases);
  g_test_add_func ("/markdown/splits", test_splits);
  g_test_add_func ("/markdown/pairs", test_pairs);
  g_test_add_func ("/markdown/random", test_random);

  return g_test_run ();
}
