/* rnl-offline-cat.c: where the cat hides, and what lies there
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "rnl-offline-errand.h"
#include "rnl-offline-rules.h"

#define HIDING_PLACE "The Fuzzy Fortress"
#define N_ITEMS      3

static const struct
{
  const char *name;
  const char *description;
} items[] = {
  { "Plush throw blankets", "soft and warm, and covered in fine grey hair" },
  { "A cardboard box", "exactly one size too small, which is the right size" },
  { "Catnip toys", "three felt mice and a fish, chewed with great care" },
  { "A ball of wool", "half of it still round, the other half everywhere" },
  { "A sunny cushion", "it is warm even when nobody has been there" },
  { "One lost sock", "looked for since last winter, safe all the time" },
};

static void
list_items (const char *place, RnlOfflineAnswer *answer)
{
  guint first = g_str_hash (place) % G_N_ELEMENTS (items);

  rnl_offline_answer_sayf (answer, "At '%s' you might find the following items:\n\n", place);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      guint item = (first + i) % G_N_ELEMENTS (items);

      rnl_offline_answer_sayf (answer, "%u. **%s**: %s.\n", i + 1, items[item].name,
                               items[item].description);
    }
}

/**
 * rnl_offline_rule_cat_prompts:
 *
 * What the cat's tools ask a model.
 */
gboolean
rnl_offline_rule_cat_prompts (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *place = NULL;

  if (rnl_offline_turn_has (turn, "make up a place") && rnl_offline_turn_has (turn, "cat"))
    {
      rnl_offline_answer_say (answer, HIDING_PLACE);
      return TRUE;
    }

  place = rnl_offline_match (
    turn->question,
    "items.*in the following place:\\s*['\"\u2018\u201c](.+?)['\"\u2019\u201d](?:[.\\s]|$)", 1);
  if (place == NULL)
    return FALSE;
  list_items (place, answer);

  return TRUE;
}

/**
 * rnl_offline_rule_cat:
 *
 * Two tools in a row: the second is given what the first one found.
 */
gboolean
rnl_offline_rule_cat (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const cats[] = { "cat", "cats", "kitty", "kitten", "katze", NULL };
  static const char *const hides[] = { "hiding",           "hide",           "hides",     "hidden",
                                       "where is the cat", "wheres the cat", "versteckt", NULL };
  static const char *const wants_items[] = { "item", "items", "thing", "things", "objects", NULL };
  const char *place, *found;

  if (!rnl_offline_turn_has_any (turn, cats) || !rnl_offline_turn_has_any (turn, hides))
    return FALSE;

  place = rnl_offline_errand (turn, answer, "where_is_the_cat_hiding", NULL, NULL);
  if (place == NULL)
    return TRUE;
  if (!rnl_offline_turn_has_any (turn, wants_items))
    {
      rnl_offline_answer_sayf (answer, "The cat is hiding in **%s**.", place);
      return TRUE;
    }

  found = rnl_offline_errand (turn, answer, "get_items", "place", place);
  if (found != NULL)
    rnl_offline_answer_sayf (answer, "The cat is hiding in **%s**. I looked around there:\n\n%s",
                             place, found);

  return TRUE;
}
