/* rnl-offline-countries.c: countries and how many people live there
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-offline-rules.h"

/* In 2019, rounded. Source: World Bank, indicator SP.POP.TOTL. */
static const struct
{
  const char *word;
  const char *name;
  const char *population;
} countries[] = {
  { "france", "France", "67.06 million" },
  { "spain", "Spain", "46.94 million" },
  { "japan", "Japan", "126.3 million" },
  { "germany", "Germany", "83.13 million" },
  { "italy", "Italy", "60.30 million" },
  { "portugal", "Portugal", "10.27 million" },
  { "poland", "Poland", "37.97 million" },
  { "canada", "Canada", "37.59 million" },
  { "mexico", "Mexico", "127.6 million" },
  { "brazil", "Brazil", "211.0 million" },
  { "australia", "Australia", "25.36 million" },
  { "united kingdom", "United Kingdom", "66.83 million" },
  { "united states", "United States", "328.2 million" },
};

static const char *
position_of (RnlOfflineTurn *turn, gsize country)
{
  return rnl_offline_turn_has (turn, countries[country].word)
           ? strstr (turn->folded, countries[country].word)
           : NULL;
}

/* The countries of the question, in its order. */
static GArray *
find_countries (RnlOfflineTurn *turn)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      const char *position = position_of (turn, i);
      guint at = 0;

      if (position == NULL)
        continue;
      while (at < found->len && position_of (turn, g_array_index (found, gsize, at)) < position)
        at++;
      g_array_insert_val (found, at, i);
    }

  return found;
}

static gboolean
is_country_word (const char *word)
{
  static const char *const parts[] = { "united", "kingdom", "states", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    if (g_str_equal (countries[i].word, word))
      return TRUE;

  return g_strv_contains (parts, word);
}

/* 0 when the word is no number. */
static guint
read_number (const char *word)
{
  static const char *const words[]
    = { "one",  "two", "three",  "four",   "five",     "six",      "seven",   "eight",
        "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i + 1;

  return (guint) g_ascii_strtoull (word, NULL, 10);
}

/* How many are wanted, and whether every word is understood: "in Africa" would change the list. */
static gboolean
read_wish (RnlOfflineTurn *turn, guint *wanted)
{
  static const char *const small[]
    = { "a",           "all",   "an",       "and",       "any",         "are",    "array",
        "as",          "can",   "contains", "countries", "country",     "create", "dict",
        "dictionary",  "each",  "every",    "few",       "for",         "format", "generate",
        "give",        "have",  "how",      "in",        "inhabitants", "is",     "it",
        "its",         "json",  "key",      "keys",      "list",        "make",   "many",
        "markdown",    "me",    "name",     "named",     "names",       "object", "of",
        "on",          "out",   "outer",    "output",    "people",      "please", "population",
        "populations", "print", "return",   "show",      "should",      "some",   "table",
        "tell",        "that",  "the",      "their",     "them",        "there",  "these",
        "to",          "up",    "use",      "what",      "which",       "with",   "world",
        "write",       "you",   "your",     "also",      "could",       "would",  "i",
        "want",        "need",  "like",     "output",    "stream",      "valid",  "only",
        "just",        NULL };
  g_auto (GStrv) words = g_strsplit (turn->folded, " ", 200);

  *wanted = 0;
  for (gsize i = 0; words[i] != NULL; i++)
    {
      guint number = read_number (words[i]);

      if (number > 0)
        *wanted = number;
      else if (*words[i] != '\0' && !g_strv_contains (small, words[i])
               && !is_country_word (words[i]))
        return FALSE;
    }
  if (*wanted == 0 && (rnl_offline_turn_has (turn, "all") || rnl_offline_turn_has (turn, "every")))
    *wanted = G_MAXUINT;

  return TRUE;
}

static void
say_json (GArray *found, RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (answer, "{\n  \"countries\": [");
  for (guint i = 0; i < found->len; i++)
    {
      gsize country = g_array_index (found, gsize, i);

      rnl_offline_answer_sayf (answer, "%s\n    {\"name\": \"%s\", \"population\": \"%s\"}",
                               i > 0 ? "," : "", countries[country].name,
                               countries[country].population);
    }
  rnl_offline_answer_say (answer, "\n  ]\n}");
}

static void
say_table (GArray *found, RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (answer, "| Country | Population (2019) |\n| --- | ---: |\n");
  for (guint i = 0; i < found->len; i++)
    {
      gsize country = g_array_index (found, gsize, i);

      rnl_offline_answer_sayf (answer, "| %s | %s |\n", countries[country].name,
                               countries[country].population);
    }
}

static gboolean
decline (RnlOfflineAnswer *answer)
{
  rnl_offline_answer_sayf (answer,
                           "I know the names of %u countries and how many people lived there in "
                           "2019, and nothing else about countries. Try `List five countries with "
                           "their populations`.",
                           (guint) G_N_ELEMENTS (countries));

  return TRUE;
}

/* "List five countries": the named ones, else as many as wanted. */
static gboolean
list_countries (RnlOfflineTurn *turn, GArray *found, RnlOfflineAnswer *answer)
{
  gboolean named = found->len > 0;
  gboolean table = rnl_offline_turn_has (turn, "table");
  guint wanted;

  if (!read_wish (turn, &wanted))
    return decline (answer);
  for (gsize i = 0; !named && i < MIN (wanted > 0 ? wanted : 3, G_N_ELEMENTS (countries)); i++)
    g_array_append_val (found, i);

  if (table)
    say_table (found, answer);
  else
    say_json (found, answer);
  if (!named && wanted > found->len && !rnl_offline_turn_has (turn, "json"))
    rnl_offline_answer_sayf (answer, "\n\nI know no more than these %u.\n", found->len);

  return TRUE;
}

/**
 * rnl_offline_rule_countries:
 *
 * JSON when it is asked for or a list is, as plain text that a parser can follow while it grows;
 * else a table.
 */
gboolean
rnl_offline_rule_countries (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const words[] = { "population", "populations", "inhabitants", NULL };
  static const char *const asks[]
    = { "list",  "give",   "name",   "show", "output",   "tell", "print",
        "write", "return", "create", "make", "generate", "json", NULL };
  gboolean counted = rnl_offline_turn_has_any (turn, words);
  gboolean listed
    = rnl_offline_turn_has (turn, "countries") && rnl_offline_turn_has_any (turn, asks);
  g_autoptr (GArray) found = NULL;

  if (!counted && !listed)
    return FALSE;
  found = find_countries (turn);
  if (listed && (found->len == 0 || !counted))
    return list_countries (turn, found, answer);
  if (found->len == 0)
    return FALSE;

  if (rnl_offline_turn_has (turn, "json"))
    say_json (found, answer);
  else
    say_table (found, answer);

  return TRUE;
}
