/* rnl-offline-joke.c: jokes, from a table or from a mould
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-offline-errand.h"
#include "rnl-offline-rules.h"

static const struct
{
  const char *topic;
  const char *joke;
} jokes[] = {
  { "parrot", "Why do scientists never trust parrots?\n\nThey always talk in fowl language!" },
  { "cat", "Why did the cat sit on the computer?\n\nTo keep an eye on the mouse." },
  { "dog", "What do you call a dog that does magic?\n\nA labracadabrador." },
  { "bear", "What do you call a bear with no teeth?\n\nA gummy bear." },
  { "fish", "Why are fish so clever?\n\nThey live in schools." },
  { "penguin", "Why do penguins carry fish in their beaks?\n\nThey have no pockets." },
  { "program", "Why do programmers confuse Halloween and Christmas?\n\nBecause Oct 31 is Dec 25." },
  { "comput", "Why was the computer cold?\n\nIt left its Windows open." },
  { "linux", "How many Linux users does it take to change a light bulb?\n\nOne, but the lamp has "
             "to be compiled first." },
  { "math", "Why was the equal sign so humble?\n\nIt knew it was neither less than nor greater "
            "than anyone else." },
  { "scien", "Why don't scientists trust atoms?\n\nThey make up everything." },
  { "coffee", "Why did the coffee file a report?\n\nIt got mugged." },
  { "cheese", "What do you call cheese that is not yours?\n\nNacho cheese." },
  { "bicycle", "Why did the bicycle fall over?\n\nIt was two-tired." },
  { "robot", "Why did the robot go on holiday?\n\nTo recharge its batteries." },
};

static char *
find_topic (RnlOfflineTurn *turn)
{
  char *topic = rnl_offline_match (
    turn->question,
    "jokes?\\s+(?:about|on|with|over)\\s+['\"]?(.+?)['\"]?\\s*(?:[.?!,;\\n]|please|$)", 1);

  if (topic == NULL || *topic == '\0')
    {
      g_free (topic);
      return g_strdup ("computers");
    }

  return topic;
}

static void
tell (const char *topic, RnlOfflineAnswer *answer)
{
  g_autofree char *folded = g_utf8_strdown (topic, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (jokes); i++)
    if (strstr (folded, jokes[i].topic) != NULL)
      {
        rnl_offline_answer_say (answer, jokes[i].joke);
        return;
      }
  rnl_offline_answer_sayf (answer,
                           "I went to the library and asked for a book about %s.\n\nThe librarian "
                           "whispered: \"Please be quiet, it is reading.\"",
                           topic);
}

/**
 * rnl_offline_rule_joke:
 *
 * Asks the joke tool, which asks a model, which is this rule without the tool.
 */
gboolean
rnl_offline_rule_joke (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const words[] = { "joke", "jokes", "witz", "make me laugh", NULL };
  g_autofree char *topic = NULL;
  const char *joke;

  if (!rnl_offline_turn_has_any (turn, words))
    return FALSE;

  topic = find_topic (turn);
  if (!rnl_offline_turn_offers (turn, "tell_me_a_joke_about"))
    {
      tell (topic, answer);
      return TRUE;
    }
  joke = rnl_offline_errand (turn, answer, "tell_me_a_joke_about", "topic", topic);
  if (joke != NULL)
    rnl_offline_answer_say (answer, joke);

  return TRUE;
}
