/* rnl-offline-rules.c: the rules in the order they are asked
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-rules.h"

#include <string.h>

/* The first that understands answers; the last understands everything. What is searched for may be
 * anything the others understand, so the search comes first. */
static const RnlOfflineRule rules[] = {
  rnl_offline_rule_search_chats, rnl_offline_rule_cat_prompts,
  rnl_offline_rule_countries,    rnl_offline_rule_cat,
  rnl_offline_rule_joke,         rnl_offline_rule_markdown,
  rnl_offline_rule_long_answer,  rnl_offline_rule_fetch,
  rnl_offline_rule_units,        rnl_offline_rule_arithmetic,
  rnl_offline_rule_clock,        rnl_offline_rule_files,
  rnl_offline_rule_help,         rnl_offline_rule_arithmetic_inside,
  rnl_offline_rule_small_talk,
};

/* "/think ..." and "think hard about ..." ask to see the thinking; the rest is the question. */
static gboolean
take_thinking (RnlOfflineTurn *turn)
{
  static const char *const openings[]
    = { "/think", "think hard about", "think carefully about", "think about", NULL };

  for (gsize i = 0; openings[i] != NULL; i++)
    {
      gsize length = strlen (openings[i]);
      g_autofree char *rest = NULL;

      if (g_ascii_strncasecmp (turn->question, openings[i], length) != 0
          || g_ascii_isalnum (turn->question[length]))
        continue;
      rest = g_strdup (turn->question + length);
      rnl_offline_turn_set_question (turn, rest);
      return TRUE;
    }

  return FALSE;
}

static void
think_aloud (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *thought
    = g_strdup_printf ("The question is: \"%.200s\". I compare it with the %u kinds of question I "
                       "have rules for, from the most particular to the most general. ",
                       turn->question, (guint) G_N_ELEMENTS (rules));
  g_autofree char *valid = g_utf8_make_valid (thought, -1);

  rnl_offline_answer_reason (answer, valid);
}

/**
 * rnl_offline_rules_apply:
 * @turn: what was asked, and how far the turn has come
 * @answer: an empty answer
 *
 * Fills in the answer: text, or calls whose results the next request brings back.
 */
void
rnl_offline_rules_apply (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gboolean thinking = take_thinking (turn);

  if (thinking && turn->steps->len == 0)
    think_aloud (turn, answer);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i](turn, answer))
      return;
}
