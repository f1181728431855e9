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

/**
 * rnl_offline_rule_countries:
 *
 * JSON when it is asked for, as plain text that a parser can follow while it grows; else a table.
 */
gboolean
rnl_offline_rule_countries (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const words[] = { "population", "populations", "inhabitants", NULL };
  g_autoptr (GArray) found = NULL;

  if (!rnl_offline_turn_has_any (turn, words))
    return FALSE;
  found = find_countries (turn);
  if (found->len == 0)
    return FALSE;

  if (rnl_offline_turn_has (turn, "json"))
    say_json (found, answer);
  else
    say_table (found, answer);

  return TRUE;
}
