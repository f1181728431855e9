/* rnl-word-diff.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-word-diff.h"

/* Between what begins and what ends the same. More would take longer than anyone waits: then the
 * rest counts as different. */
#define MAX_WORDS 4000

/* A number for each word, the same for the same word. */
static GArray *
number_words (const char *text, GHashTable *numbers)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) pieces = g_strsplit_set (text, " \t\r\n", -1);

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, pieces[i]));

      if (*pieces[i] == '\0')
        continue;
      if (number == 0)
        {
          number = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, g_strdup (pieces[i]), GUINT_TO_POINTER (number));
        }
      g_array_append_val (words, number);
    }

  return words;
}

/* Length of the longest common subsequence, a row at a time. */
static guint
common_length (const guint *a, guint n_a, const guint *b, guint n_b)
{
  g_autofree guint *row = g_new0 (guint, n_b + 1);

  for (guint i = 0; i < n_a; i++)
    {
      guint diagonal = 0;

      for (guint k = 0; k < n_b; k++)
        {
          guint above = row[k + 1];

          row[k + 1] = a[i] == b[k] ? diagonal + 1 : MAX (above, row[k]);
          diagonal = above;
        }
    }

  return row[n_b];
}

/**
 * rnl_word_diff:
 * @before: a text
 * @after: another one
 * @diff: (out caller-allocates): the counts
 *
 * Compares two texts word by word; words are what stands between white space.
 */
void
rnl_word_diff (const char *before, const char *after, RnlWordDiff *diff)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) first = number_words (before, numbers);
  g_autoptr (GArray) second = number_words (after, numbers);
  const guint *a = (const guint *) (gpointer) first->data;
  const guint *b = (const guint *) (gpointer) second->data;
  guint n_a = first->len, n_b = second->len, same = 0;

  for (; n_a > 0 && n_b > 0 && *a == *b; a++, b++, n_a--, n_b--)
    same++;
  for (; n_a > 0 && n_b > 0 && a[n_a - 1] == b[n_b - 1]; n_a--, n_b--)
    same++;
  if (n_a <= MAX_WORDS && n_b <= MAX_WORDS)
    same += common_length (a, n_a, b, n_b);

  *diff = (RnlWordDiff){ .same = same, .removed = first->len - same, .added = second->len - same };
}
