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
