/* rnl-offline-small-talk.c: greetings, and what to say when no rule fits
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-offline-helper.h"
#include "rnl-offline-rules.h"

/* Longer messages are more than a greeting. */
#define MAX_GREETING 40

static void
say_examples (RnlOfflineAnswer *answer)
{
  const char *const *examples = rnl_offline_helper_get_examples ();

  for (gsize i = 0; i < 3; i++)
    rnl_offline_answer_sayf (answer, "- %s\n", examples[i]);
}

static void
greet (RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (
    answer, "Hello! I am the offline helper: I follow rules and am no AI, but I answer at once and "
            "nothing leaves this computer. You could ask me:\n\n");
  say_examples (answer);
}

static void
introduce (RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (
    answer, "I am Runnel's offline helper. I am **not an AI**: I recognise some kinds of question "
            "by fixed rules and answer them with Runnel's own tools, on this computer alone. To "
            "talk to a real language model, connect one with the model button above.\n\n"
            "Questions that work with me:\n\n");
  say_examples (answer);
}

static void
admit (RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (
    answer, "I do not know that one. I am the offline helper: I follow rules and am no AI, so I "
            "understand only some kinds of question: arithmetic, dates and times, units, your "
            "files and chats, and Runnel itself.\n\nThese work, for example:\n\n");
  say_examples (answer);
  rnl_offline_answer_say (answer,
                          "\nFor everything else, connect a model with the model button above.");
}

/**
 * rnl_offline_rule_small_talk:
 *
 * The last rule: it understands everything, if only to say that it does not.
 */
gboolean
rnl_offline_rule_small_talk (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const identity[]
    = { "who are you", "what are you", "are you an ai", "are you ai",    "are you a robot",
        "your name",   "what model",   "which model",   "are you human", "wer bist du",
        NULL };
  static const char *const thanks[]
    = { "thanks", "thank you", "thank", "thx", "cheers", "danke", NULL };
  static const char *const partings[]
    = { "bye", "goodbye", "see you", "good night", "tschüss", NULL };
  static const char *const greetings[]
    = { "hello", "hi",   "hey",    "good morning", "good evening", "good afternoon",
        "hallo", "moin", "servus", "guten tag",    "how are you",  NULL };
  gboolean is_short = strlen (turn->folded) <= MAX_GREETING;

  if (rnl_offline_turn_has_any (turn, identity))
    introduce (answer);
  else if (is_short && rnl_offline_turn_has_any (turn, thanks))
    rnl_offline_answer_say (answer, "You are welcome!");
  else if (is_short && rnl_offline_turn_has_any (turn, partings))
    rnl_offline_answer_say (answer, "Goodbye! This chat stays in the list on the left.");
  else if (is_short
           && (rnl_offline_turn_has_any (turn, greetings) || g_str_equal (turn->folded, " ")))
    greet (answer);
  else
    admit (answer);

  return TRUE;
}
