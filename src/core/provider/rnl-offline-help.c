/* rnl-offline-help.c: questions about Runnel, answered from its help text
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "rnl-offline-help-text.h"
#include "rnl-offline-rules.h"

#define TITLE_WEIGHT   4.0
#define KEYWORD_WEIGHT 3.0
#define BODY_WEIGHT    1.0
/* BM25: how soon more of the same word stops counting. */
#define SATURATION 1.2
/* Below this the question is about something else. */
#define MIN_SCORE 2.2
/* A second section that is nearly as good is named too. */
#define ALSO_RATIO 0.7

typedef struct
{
  char *title;
  char *keywords;
  char *body;
} Folded;

static void
folded_clear (Folded *folded)
{
  g_free (folded->title);
  g_free (folded->keywords);
  g_free (folded->body);
}

static gboolean
is_common (const char *word)
{
  static const char *const common[]
    = { "a",    "about", "an",    "and",  "are",  "at",   "be",     "can",    "could",
        "do",   "does",  "for",   "from", "have", "how",  "i",      "in",     "is",
        "it",   "me",    "my",    "of",   "on",   "or",   "please", "show",   "tell",
        "that", "the",   "there", "this", "to",   "what", "when",   "where",  "which",
        "with", "you",   "your",  "does", "get",  "want", "would",  "runnel", NULL };

  return strlen (word) < 2 || g_strv_contains (common, word);
}

static guint
count (const char *folded, const char *word)
{
  g_autofree char *padded = g_strdup_printf (" %s ", word);
  guint n = 0;

  for (const char *at = strstr (folded, padded); at != NULL; at = strstr (at + 1, padded))
    n++;

  return n;
}

/* The words of the body count only beside those of the title and the keywords: it holds examples.
 */
static double
weigh (const Folded *section, const char *word)
{
  double weight = TITLE_WEIGHT * count (section->title, word)
                  + KEYWORD_WEIGHT * count (section->keywords, word);

  if (weight <= 0)
    return 0;
  weight += BODY_WEIGHT * count (section->body, word);

  return weight * (SATURATION + 1) / (weight + SATURATION);
}

/* A word that few sections have says more than one they all have. */
static double
rarity (const Folded *sections, gsize n_sections, const char *word)
{
  guint with = 0;

  for (gsize i = 0; i < n_sections; i++)
    with += weigh (&sections[i], word) > 0;

  return log (1 + (n_sections - with + 0.5) / (with + 0.5));
}

static gboolean
is_known (const Folded *sections, gsize n_sections, const char *word)
{
  for (gsize i = 0; i < n_sections; i++)
    if (weigh (&sections[i], word) > 0 || count (sections[i].body, word) > 0)
      return TRUE;

  return FALSE;
}

static Folded *
fold_sections (const RnlOfflineHelpSection *sections, gsize n_sections)
{
  Folded *folded = g_new0 (Folded, n_sections);

  for (gsize i = 0; i < n_sections; i++)
    {
      folded[i].title = rnl_offline_fold (sections[i].title);
      folded[i].keywords = rnl_offline_fold (sections[i].keywords);
      folded[i].body = rnl_offline_fold (sections[i].body);
    }

  return folded;
}

/* "How do I stop smoking?" has one word of ours and one that is not: the more of those, the less it
 * is a question about this program. */
static void
score_sections (RnlOfflineTurn *turn, double *scores, gsize n_sections)
{
  gsize n = n_sections;
  g_autofree Folded *folded = fold_sections (rnl_offline_help_get_sections (&n), n_sections);
  g_auto (GStrv) words = g_strsplit (turn->folded, " ", 200);
  guint n_words = 0, n_known = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    if (!is_common (words[i]))
      {
        double rare = rarity (folded, n_sections, words[i]);

        n_words++;
        n_known += is_known (folded, n_sections, words[i]);
        for (gsize j = 0; j < n_sections; j++)
          scores[j] += rare * weigh (&folded[j], words[i]);
      }
  for (gsize i = 0; i < n_sections; i++)
    {
      scores[i] *= n_words > 0 ? (double) n_known / n_words : 0;
      folded_clear (&folded[i]);
    }
}

static gsize
find_best (const double *scores, gsize n_sections, gssize except)
{
  gsize best = except == 0 ? 1 : 0;

  for (gsize i = 0; i < n_sections; i++)
    if ((gssize) i != except && scores[i] > scores[best])
      best = i;

  return best;
}

static void
say_section (const RnlOfflineHelpSection *section, RnlOfflineAnswer *answer)
{
  rnl_offline_answer_sayf (answer, "## %s\n\n%s\n", section->title, section->body);
}

static gboolean
is_about_helper (RnlOfflineTurn *turn)
{
  static const char *const asks[]
    = { "what can you do",  "what can i ask", "help",  "help me",  "what do you know",
        "can you help",     "was kannst du",  "hilfe", "commands", "what else can you do",
        "how can you help", "what questions", NULL };

  return g_str_equal (turn->folded, " help ") || g_str_equal (turn->folded, " hilfe ")
         || (rnl_offline_turn_has_any (turn, asks) && strlen (turn->folded) <= 40);
}

/**
 * rnl_offline_rule_help:
 *
 * "Which keyboard shortcuts are there?", "How do I connect Ollama?", "What can you do?"
 */
gboolean
rnl_offline_rule_help (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gsize n_sections;
  const RnlOfflineHelpSection *sections = rnl_offline_help_get_sections (&n_sections);
  g_autofree double *scores = g_new0 (double, n_sections);
  gboolean named = rnl_offline_turn_has (turn, "runnel");
  gsize best, second;

  if (is_about_helper (turn))
    {
      say_section (&sections[1], answer);
      return TRUE;
    }

  score_sections (turn, scores, n_sections);
  best = find_best (scores, n_sections, -1);
  if (scores[best] < MIN_SCORE && !named)
    return FALSE;
  if (scores[best] <= 0)
    best = 0;

  say_section (&sections[best], answer);
  second = find_best (scores, n_sections, (gssize) best);
  if (scores[second] >= MIN_SCORE && scores[second] >= ALSO_RATIO * scores[best])
    rnl_offline_answer_sayf (answer, "\nThere is also help on *%s*: just ask.\n",
                             sections[second].title);

  return TRUE;
}
