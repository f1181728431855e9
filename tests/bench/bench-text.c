/* bench-text.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bench-text.h"

#include <string.h>

static const char *const words[]
  = { "the ",   "stream ", "of ",    "a ",       "window ", "answer ",
      "shows ", "text ",   "which ", "arrives ", "slowly ", "and " };

static void
add_words (GString *text, GRand *random, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *word = words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];
      gint kind = g_rand_int_range (random, 0, 40);

      if (kind == 0)
        g_string_append_printf (text, "**%.*s** ", (int) strlen (word) - 1, word);
      else if (kind == 1)
        g_string_append_printf (text, "`%.*s` ", (int) strlen (word) - 1, word);
      else if (kind == 2)
        g_string_append_printf (text, "[%.*s](https://example.org/%u) ", (int) strlen (word) - 1,
                                word, i);
      else
        g_string_append (text, word);
    }
  g_string_truncate (text, text->len - 1);
}

static void
add_section (GString *text, GRand *random, guint n)
{
  switch (n % 8)
    {
    case 0:
      g_string_append_printf (text, "## Section %u\n\n", n);
      break;
    case 3:
      for (guint i = 0; i < 6; i++)
        {
          g_string_append (text, "- ");
          add_words (text, random, 12);
          g_string_append_c (text, '\n');
        }
      break;
    case 5:
      g_string_append (text, "```c\n");
      for (guint i = 0; i < 14; i++)
        g_string_append_printf (text, "  if (value_%u > %u) return call (\"text\", %u);\n", i, n,
                                i);
      g_string_append (text, "```\n");
      break;
    case 7:
      if (n % 16 == 7)
        {
          g_string_append (text, "| name | value | note |\n|---|--:|---|\n");
          for (guint i = 0; i < 5; i++)
            g_string_append_printf (text, "| row %u | %u | a **note** here |\n", i, n);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      add_words (text, random, 70);
      break;
    }
  g_string_append (text, "\n\n");
}

/**
 * bench_text_new:
 * @n_tokens: how many pieces of four bytes
 *
 * Returns: Markdown of every kind: paragraphs, headings, lists, code, tables; ASCII
 */
GString *
bench_text_new (guint n_tokens)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GString *text = g_string_new (NULL);

  for (guint n = 0; text->len < (gsize) n_tokens * BENCH_TOKEN; n++)
    add_section (text, random, n);

  return g_string_truncate (text, (gsize) n_tokens * BENCH_TOKEN);
}

/**
 * bench_text_new_code:
 * @n_tokens: how many pieces of four bytes at least
 *
 * Returns: one block of C that is never closed
 */
GString *
bench_text_new_code (guint n_tokens)
{
  GString *text = g_string_new ("```c\n");

  for (guint i = 0; text->len < (gsize) n_tokens * BENCH_TOKEN; i++)
    g_string_append_printf (text, "  if (value_%u > 3) return call (\"text\", %u);\n", i, i);

  return text;
}

/* One line, whatever its length. */
static void
add_long_line (GString *text, gsize length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  while (text->len < length)
    {
      add_words (text, random, 40);
      g_string_append_c (text, ' ');
    }
}

static void
add_items (GString *text, gsize length)
{
  for (guint i = 0; text->len < length; i++)
    g_string_append_printf (text, "- item %u of a **list** that does not end\n", i);
}

static void
add_table (GString *text, gsize length)
{
  g_string_append (text, "| name | value | note | more |\n|---|--:|---|---|\n");
  for (guint i = 0; text->len < length; i++)
    g_string_append_printf (text, "| row %u | %u | a **note** | `code` here |\n", i, i * 7);
}

static void
add_nested (GString *text, gsize length)
{
  for (guint i = 0; text->len < length; i++)
    {
      guint depth = i % 32;

      if (i % 64 < 32)
        for (guint k = 0; k <= depth; k++)
          g_string_append (text, "> ");
      else
        for (guint k = 0; k < depth; k++)
          g_string_append (text, "  ");
      g_string_append_printf (text, "%sdepth %u\n", i % 64 < 32 ? "" : "- ", depth);
      if (i % 32 == 31)
        g_string_append_c (text, '\n');
    }
}

static void
add_links (GString *text, gsize length)
{
  for (guint i = 0; text->len < length; i++)
    g_string_append_printf (text, "[link %u](https://example.org/%u)%s", i, i,
                            i % 50 == 49 ? "\n\n" : " ");
}

static void
add_scripts (GString *text, gsize length)
{
  static const char *const scripts[] = { "消息流窗口",
                                         "こんにちは",
                                         "안녕하세요",
                                         "привет",
                                         "παράδειγμα",
                                         "שלום",
                                         "مرحبا",
                                         "رسالة",
                                         "नमस्ते",
                                         "สวัสดี",
                                         "🙂",
                                         "👩‍💻",
                                         "👨‍👩‍👧‍👦",
                                         "🇩🇪",
                                         "👍🏽",
                                         "e\xcc\x81",
                                         "naïve",
                                         "**流**",
                                         "`окно`",
                                         "∑ ≤ ℝ" };
  g_autoptr (GRand) random = g_rand_new_with_seed (13);

  for (guint i = 1; text->len < length; i++)
    g_string_append_printf (text, "%s%s",
                            scripts[g_rand_int_range (random, 0, G_N_ELEMENTS (scripts))],
                            i % 90 == 0 ? "\n\n" : " ");
}

static void
add_code (GString *text, gsize length)
{
  g_autoptr (GString) code = bench_text_new_code ((guint) (length / BENCH_TOKEN));

  g_string_append (text, code->str);
}

static void
add_code_line (GString *text, gsize length)
{
  g_string_append (text, "```js\n");
  while (text->len < length)
    g_string_append (text, "{\"name\":\"value\",\"n\":[1,2,3]},");
}

/**
 * bench_text_new_named:
 * @name: (nullable): a kind of text that is hard on who shows it, or `NULL` for every kind
 * @n_tokens: how many pieces of four bytes at least
 *
 * Returns: (nullable): Markdown
 */
GString *
bench_text_new_named (const char *name, guint n_tokens)
{
  static const struct
  {
    const char *name;
    void (*add) (GString *text, gsize length);
  } kinds[] = {
    { "code", add_code },       { "code-line", add_code_line }, { "line", add_long_line },
    { "links", add_links },     { "list", add_items },          { "nested", add_nested },
    { "scripts", add_scripts }, { "table", add_table },
  };
  GString *text;

  if (name == NULL || g_str_equal (name, "text"))
    return bench_text_new (n_tokens);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        text = g_string_new (NULL);
        kinds[i].add (text, (gsize) n_tokens * BENCH_TOKEN);

        return text;
      }

  return NULL;
}
