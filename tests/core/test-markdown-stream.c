/* test-markdown-stream.c: what Markdown that comes in pieces costs, and that it does not flash
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "markdown-view.h"
#include "rnl-test-loop.h"
#include "rnl-test.h"

#include <string.h>

/* {{{ Cost */

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

#define MAX_BLOCK 4096

/* How many bytes may be parsed because of four more: a block that is finished and one that is
 * begun, each at most 4 KiB and the line that made it longer. */
#define MAX_STEP (4 * MAX_BLOCK)

/* Feeds @text four bytes at a time; the parser may see at most @factor times its length, or that of
 * a block, which it may read whenever it has grown. */
static RnlMarkdownStream *
feed_counting (const char *text, guint factor)
{
  RnlMarkdownStream *stream = rnl_markdown_stream_new ();
  gsize length = strlen (text);
  guint64 most = 0;

  for (gsize pos = 0; pos < length; pos += 4)
    {
      guint64 before = rnl_markdown_stream_get_parsed_bytes (stream);

      rnl_markdown_stream_feed (stream, text + pos, (gssize) MIN (4, length - pos));
      most = MAX (most, rnl_markdown_stream_get_parsed_bytes (stream) - before);
    }
  rnl_markdown_stream_end (stream);
  g_assert_cmpuint (most, <=, MAX_STEP);
  g_test_message ("%" G_GSIZE_FORMAT " bytes, parsed %.1f times", length,
                  (double) rnl_markdown_stream_get_parsed_bytes (stream) / length);
  g_assert_cmpuint (rnl_markdown_stream_get_parsed_bytes (stream), <=,
                    factor * MAX (length, MAX_BLOCK));

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
    { "list", "", "1. Item number @ of the list\n", 10000, 20, 10000 },
    { "loose-list", "", "- Item number @ of the list\n\n", 5000, 20, 5000 },
    { "headings", "", "## Heading @\nText.\n", 3000, 20, 6000 },
    { "one-line", "", "word@ **bold** and `code` ", 4000, 80, 0 },
    { "no-space", "", "[*_~`@", 10000, 80, 0 },
    { "one-paragraph", "", "line number @\n", 10000, 80, 0 },
    { "table", "| a | b |\n|---|---|\n", "| row @ | value |\n", 1500, 80, 0 },
    { "nested-list", "- a\n", "  - nested item number @\n", 5000, 80, 5001 },
    { "item-code", "1. a\n   ```c\n", "   call_number (@);\n", 5000, 80, 0 },
    { "quote", "", "> line @\n>\n", 5000, 80, 5000 },
    { "deep-quote", "", ">", 20000, 80, 0 },
    { "deep-list", "", "- ", 20000, 80, 0 },
    { "deep-brackets", "", "[", 50000, 80, 0 },
    { "emphasis", "", "*a_", 15000, 80, 0 },
    { "ticks", "", "`a``b", 15000, 80, 0 },
    { "links", "", "[a](", 8000, 80, 0 },
    { "definitions", "", "[a@]: b\n", 4000, 80, 0 },
    { "stars", "", "*", 50000, 80, 0 },
    { "stars-and-words", "", "*a ", 10000, 80, 0 },
    { "tildes", "", "~~a", 10000, 80, 0 },
    { "dollars", "", "$", 50000, 80, 0 },
    { "dollars-and-words", "", "$a ", 10000, 80, 0 },
    { "parens", "", "\\(a ", 10000, 80, 0 },
    { "images", "", "![", 10000, 80, 0 },
    { "tags", "", "<a b='", 8000, 80, 0 },
    { "comments", "", "a <!-- ", 8000, 80, 0 },
    { "entities", "", "&a", 10000, 80, 0 },
    { "mails", "", "a@b.", 15000, 80, 0 },
    { "underscores", "", "a_", 10000, 80, 0 },
    { "urls", "", "http://", 10000, 80, 0 },
    { "footnotes", "", "[^@] ", 3000, 80, 0 },
    { "footnote-texts", "", "[^@]: note\n", 4000, 80, 4000 },
    { "html-block", "<div>\n", "line @\n", 5000, 80, 0 },
    { "math-block", "$$\n", "x_{@} +\n", 5000, 80, 0 },
    { "code-line", "```\n", "word@ ", 30000, 0, 1 },
    { "code-in-lists", "- - > 1. ```c\n", "         > @\n", 5000, 80, 0 },
    { "blanks", "a", " ", 100000, 80, 1 },
    { "blank-lines", "- a\n", "\n", 50000, 80, 1 },
    { "wide-table", "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n", "|@|b|c|d|**e**|f|`g`|h|\n", 500, 80,
      1 },
    { "table-of-bars", "|a|\n|-|\n", "|", 50000, 80, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      guint n = rnl_test_fewer (documents[i].n);
      g_autofree char *body = repeat (documents[i].format, n);
      g_autofree char *text = g_strconcat (documents[i].before, body, NULL);
      rnl_test_last RnlMarkdownStream *stream = NULL;
      gint64 start = g_get_monotonic_time ();

      g_test_message ("%s", documents[i].name);
      stream = feed_counting (text, documents[i].factor);
      g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
      if (documents[i].blocks > 0 && n == documents[i].n)
        g_assert_cmpuint (rnl_markdown_stream_get_n_blocks (stream), ==, documents[i].blocks);
    }
}

static void
test_numbers_continue (void)
{
  guint n = rnl_test_fewer (5000);
  g_autofree char *text = repeat ("1. item @\n", n);
  rnl_test_last RnlMarkdownStream *stream = feed_counting (text, 20);

  for (guint i = 0; i < n; i++)
    {
      RnlBlock *block = rnl_markdown_stream_get_block (stream, i);
      g_autofree char *expected = g_strdup_printf ("item %u", i);

      g_assert_cmpuint (rnl_block_get_number (block), ==, i + 1);
      g_assert_cmpstr (rnl_block_get_text (block), ==, expected);
    }
}

/* }}} */
/* {{{ Nothing flashes */

/* The cells that a row of a table does not have yet are no text. */
static gboolean
begins_with (RnlBlock *then, RnlBlock *now)
{
  g_autofree char *text = g_strdup (rnl_block_get_text (now));

  if (rnl_block_get_kind (now) == RNL_BLOCK_TABLE)
    g_strchomp (text);

  return g_str_has_prefix (rnl_block_get_text (then), text);
}

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
  view_end (&whole);
  view_init (&view);
  for (gsize pos = 0; text[pos] != '\0'; pos++)
    {
      view_feed (&view, text + pos, 1);
      g_assert_cmpuint (view.seen->len, <=, whole.seen->len);
      for (guint i = 0; i < view.seen->len; i++)
        {
          RnlBlock *now = g_ptr_array_index (view.seen, i);
          RnlBlock *then = g_ptr_array_index (whole.seen, i);

          if (!begins_with (then, now) || rnl_block_get_kind (now) != rnl_block_get_kind (then))
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
    "这是**强调**的文字，以及`代码`。",
    "So $x^2$ and \\(y_1\\) and $$z$$ hold, for $5 or $10.",
    "Then\n\n$$\n\\frac{a}{b}\n$$\n\nand\n\n\\[ c \\]\n\n```math\nd\n```\n\nend",
    "1. So:\n   \\[\n   x\n   \\]\n2. Next",
    "A claim[^1], another[^note].\n\n[^1]: Its *source*.\n[^note]: More\n    lines.\n\nend",
    "[![badge](https://a.org/b.png)](https://a.org) and ![](https://a.org/c.png) end",
    "See [here](docs/here.md) and [there](#there).",
    "[docs]: https://a.org \"Title\"\n\nSee [docs] and [these][docs].",
    "A line<br>and another<br/>\nand <kbd>Ctrl</kbd>.",
    "<details>\n<summary>More</summary>\n\ntext\n\n</details>\n",
    "Here:\n| a | b |\n|---|---|\n| `c \\| d` | e<br>f |\n\nend",
    "- a\n\n      code\n\n- b\n  > q\n\n10. c\n    - d\n",
    "Mail me@example.org, or www.example.org. ~~No~~ *yes*!",
    "> - quoted\n>   ```c\n>   x;\n>   ```\n> - more\n",
    "    int x;\n\n    int y;\n\nend",
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
      blocks = view_dump (&view);
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
  static const char *const openers[]
    = { "[",    "**", "`",     "![",   "<a",    "&",     "[a](", "|",     "$",  "$$",    "\\(",
        "\\[a", "[^", "![a](", "<!--", "~~~\n", "> $$a", "- [",  "[a]: ", "~~", "a | b", "<a b='" };

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
      g_assert_cmpuint (shown, >=, 2000 - strlen (openers[i]));
      view_clear (&view);
    }
}

/* }}} */

int
main (int argc, char **argv)
{
  rnl_test_init (&argc, &argv);

  g_test_add_func ("/markdown-stream/linear", test_linear);
  g_test_add_func ("/markdown-stream/numbers-continue", test_numbers_continue);
  g_test_add_func ("/markdown-stream/no-flash", test_no_flash);
  g_test_add_func ("/markdown-stream/prompt", test_prompt);
  g_test_add_func ("/markdown-stream/bounded-hold", test_bounded_hold);

  return g_test_run ();
}
