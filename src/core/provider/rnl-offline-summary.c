/* rnl-offline-summary.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-summary.h"

#include <string.h>

#include "rnl-offline-turn.h"
#include "rnl-text.h"

#define MAX_SENTENCES   400
#define MAX_SENTENCE    400
#define MIN_SENTENCE    30
#define MIN_WORD_LENGTH 4

typedef struct
{
  char *text;
  guint position;
  double score;
} Sentence;

static void
sentence_free (Sentence *sentence)
{
  g_free (sentence->text);
  g_free (sentence);
}

static void
add_sentence (GPtrArray *sentences, const char *start, gsize length)
{
  g_autofree char *raw = g_strndup (start, length);
  g_autofree char *line
    = rnl_text_first_line (g_strdelimit (g_strstrip (raw), "\n\t", ' '), MAX_SENTENCE);
  Sentence *sentence;

  if (strlen (line) < MIN_SENTENCE)
    return;
  sentence = g_new0 (Sentence, 1);
  sentence->text = g_steal_pointer (&line);
  sentence->position = sentences->len;
  g_ptr_array_add (sentences, sentence);
}

/* A sentence ends at a stop before a blank, or at an empty line. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func ((GDestroyNotify) sentence_free);
  const char *start = text;

  for (const char *c = text; *c != '\0' && sentences->len < MAX_SENTENCES; c++)
    {
      gboolean stop = strchr (".!?", *c) != NULL && (c[1] == ' ' || c[1] == '\n' || c[1] == '\0');
      gboolean gap = c[0] == '\n' && c[1] == '\n';

      if (!stop && !gap)
        continue;
      add_sentence (sentences, start, (gsize) (c + 1 - start));
      start = c + 1;
    }
  if (sentences->len < MAX_SENTENCES)
    add_sentence (sentences, start, strlen (start));

  return sentences;
}

static char **
words_of (const char *text)
{
  g_autofree char *folded = rnl_offline_fold (text);

  return g_strsplit (g_strstrip (folded), " ", -1);
}

static GHashTable *
count_words (GPtrArray *sentences)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sentences->len; i++)
    {
      g_auto (GStrv) words = words_of (((Sentence *) g_ptr_array_index (sentences, i))->text);

      for (gsize j = 0; words[j] != NULL; j++)
        if (strlen (words[j]) >= MIN_WORD_LENGTH)
          {
            guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, words[j]));

            g_hash_table_insert (counts, g_strdup (words[j]), GUINT_TO_POINTER (count + 1));
          }
    }

  return counts;
}

static void
score (Sentence *sentence, GHashTable *counts)
{
  g_auto (GStrv) words = words_of (sentence->text);
  guint n_words = g_strv_length (words);

  for (gsize i = 0; words[i] != NULL; i++)
    sentence->score += GPOINTER_TO_UINT (g_hash_table_lookup (counts, words[i]));
  sentence->score /= n_words + 5;
  if (sentence->position == 0)
    sentence->score *= 1.5; /* what stands first is meant to be read first */
}

static gint
by_score (gconstpointer a, gconstpointer b)
{
  const Sentence *x = *(const Sentence *const *) a;
  const Sentence *y = *(const Sentence *const *) b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;

  return (gint) x->position - (gint) y->position;
}

static gint
by_position (gconstpointer a, gconstpointer b)
{
  return (gint) (*(const Sentence *const *) a)->position
         - (gint) (*(const Sentence *const *) b)->position;
}

/**
 * rnl_offline_summarise:
 * @text: valid UTF-8
 * @n_sentences: how many to take
 *
 * Takes the sentences whose words occur most in the text, in their order. Nothing is put in other
 * words, so nothing is made up.
 *
 * Returns: (transfer full): a Markdown list, or "" when there are no sentences
 */
char *
rnl_offline_summarise (const char *text, guint n_sentences)
{
  g_autoptr (GPtrArray) sentences = split (text);
  g_autoptr (GHashTable) counts = count_words (sentences);
  GString *summary = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    score (g_ptr_array_index (sentences, i), counts);
  g_ptr_array_sort (sentences, by_score);
  if (sentences->len > n_sentences)
    g_ptr_array_set_size (sentences, (gint) n_sentences);
  g_ptr_array_sort (sentences, by_position);
  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (summary, "- %s\n",
                            ((Sentence *) g_ptr_array_index (sentences, i))->text);

  return g_string_free (summary, FALSE);
}

/**
 * rnl_offline_quote_code:
 * @text: valid UTF-8
 * @max_length: how many bytes to take at most
 *
 * Returns: (transfer full): @text as a fenced code block, whatever fences it holds itself
 */
char *
rnl_offline_quote_code (const char *text, gsize max_length)
{
  gboolean cut = strlen (text) > max_length;
  g_autofree char *part = g_strndup (text, max_length);
  const char *end;
  g_autoptr (GString) fence = g_string_new ("```");

  /* The text was valid: what is not any more is a character cut in two at the end. */
  if (!g_utf8_validate (part, -1, &end))
    part[end - part] = '\0';
  while (strstr (part, fence->str) != NULL)
    g_string_append_c (fence, '`');

  return g_strdup_printf ("%s\n%s%s\n%s\n", fence->str, part, cut ? "\n[...]" : "", fence->str);
}
