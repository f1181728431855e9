/* rnl-offline-context.c: questions that come with the text to answer them from
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-inner-prompts.h"
#include "rnl-offline-rules.h"
#include "rnl-offline-summary.h"

/* Words are taken for the same when they begin alike: "work", "worked". */
#define STEM       4
#define MAX_ENDING 3
#define MIN_WORD   3

#define SUMMARY_SENTENCES 8

/* Text that comes with a question may be long; more than this is not looked at. */
#define MAX_CONTEXT (256 * 1024)

static char *
dup_last_question (RnlOfflineTurn *turn)
{
  for (guint i = turn->request->messages->len; i-- > 0;)
    {
      RnlMessage *message = g_ptr_array_index (turn->request->messages, i);

      if (rnl_message_get_role (message) == RNL_ROLE_USER)
        return rnl_message_dup_text (message);
    }

  return NULL;
}

/* What stands between @from and the last @to, trimmed. */
static char *
dup_between (const char *text, const char *from, const char *to)
{
  const char *start = strstr (text, from);
  const char *end = start != NULL ? g_strrstr (start, to) : NULL;
  char *between;

  if (end == NULL || end < start + strlen (from))
    return NULL;
  start += strlen (from);
  between = g_strndup (start, MIN ((gsize) (end - start), MAX_CONTEXT));

  return g_strstrip (between);
}

static gboolean
is_same_word (const char *a, const char *b)
{
  gsize common = 0;

  if (g_str_equal (a, b))
    return TRUE;
  while (a[common] != '\0' && a[common] == b[common])
    common++;

  return common >= STEM && strlen (a) - common <= MAX_ENDING && strlen (b) - common <= MAX_ENDING;
}

static gboolean
says_little (const char *word)
{
  static const char *const small[]
    = { "the",   "and",  "did", "does", "what",  "where", "when", "who",   "which", "how",  "was",
        "were",  "are",  "for", "with", "about", "this",  "that", "from",  "has",   "have", "had",
        "write", "made", "his", "her",  "their", "you",   "tell", "place", NULL };

  return strlen (word) < MIN_WORD || g_strv_contains (small, word);
}

static guint
count_shared (char **question, const char *sentence)
{
  g_autofree char *folded = rnl_offline_fold (sentence);
  g_auto (GStrv) words = g_strsplit (folded, " ", 400);
  guint shared = 0;

  for (gsize i = 0; question[i] != NULL; i++)
    {
      if (says_little (question[i]))
        continue;
      for (gsize j = 0; words[j] != NULL; j++)
        if (is_same_word (question[i], words[j]))
          {
            shared++;
            break;
          }
    }

  return shared;
}

/* Sentences end with their mark and a blank, and at the end of a line. */
static const char *
find_sentence_end (const char *text)
{
  for (; *text != '\0' && *text != '\n'; text++)
    if (strchr (".!?", *text) != NULL && (text[1] == ' ' || text[1] == '\n'))
      return text + 1;

  return text;
}

static char *
find_best_sentence (const char *context, const char *question)
{
  g_autofree char *folded = rnl_offline_fold (question);
  g_auto (GStrv) words = g_strsplit (folded, " ", 200);
  g_autofree char *best = NULL;
  guint most = 0;

  for (const char *at = context; *at != '\0';)
    {
      const char *end = find_sentence_end (at);
      g_autofree char *sentence = g_strndup (at, (gsize) (end - at));
      guint shared = count_shared (words, g_strstrip (sentence));

      if (shared > most)
        {
          most = shared;
          g_free (best);
          best = g_steal_pointer (&sentence);
        }
      at = *end != '\0' ? end + 1 : end;
    }

  return g_steal_pointer (&best);
}

static gboolean
answer_from_context (const char *prompt, RnlOfflineAnswer *answer)
{
  g_autofree char *context = dup_between (prompt, "the following context:", "Question:");
  const char *question = g_strrstr (prompt, "Question:");
  g_autofree char *sentence = NULL;

  if (context == NULL)
    return FALSE;
  sentence = find_best_sentence (context, question + strlen ("Question:"));
  if (sentence != NULL)
    rnl_offline_answer_sayf (answer, "Based on the given context, %s%s", sentence,
                             strchr (".!?", sentence[strlen (sentence) - 1]) != NULL ? "" : ".");
  else
    rnl_offline_answer_say (answer, "The given context does not say that.");

  return TRUE;
}

/* "And what did he like?" asks about what was asked before. */
static gboolean
leans_on_history (const char *question)
{
  static const char *const words[]
    = { " he ",  " she ",   " it ",    " they ", " him ",  " her ",   " them ", " his ",
        " its ", " their ", " there ", " that ", " this ", " those ", " and " };
  g_autofree char *folded = rnl_offline_fold (question);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static char *
dup_last_asked (const char *history)
{
  static const char *const speakers[] = { "user: ", "human: ", "Human: ", "User: " };
  const char *last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (speakers); i++)
    {
      const char *at = g_strrstr (history, speakers[i]);

      if (at != NULL && (last == NULL || at + strlen (speakers[i]) > last))
        last = at + strlen (speakers[i]);
    }

  return last != NULL ? g_strndup (last, strcspn (last, "\n")) : NULL;
}

static gboolean
condense_question (const char *prompt, RnlOfflineAnswer *answer)
{
  g_autofree char *history = dup_between (prompt, RNL_CONDENSE_HISTORY, RNL_CONDENSE_INPUT);
  g_autofree char *question = dup_between (prompt, RNL_CONDENSE_INPUT, RNL_CONDENSE_QUESTION);
  g_autofree char *before = NULL;

  if (history == NULL || question == NULL)
    return FALSE;
  before = leans_on_history (question) ? dup_last_asked (history) : NULL;
  if (before != NULL)
    rnl_offline_answer_sayf (answer, "%s (about: %s)", question, before);
  else
    rnl_offline_answer_say (answer, question);

  return TRUE;
}

/* The sentences that say most of it, with what was asked last. */
static gboolean
summarise_conversation (const char *prompt, RnlOfflineAnswer *answer)
{
  g_autofree char *said = NULL;
  g_autofree char *last = NULL;
  g_autofree char *summary = NULL;

  if (!g_str_has_prefix (prompt, RNL_SUMMARY_ASKED))
    return FALSE;
  said = dup_between (prompt, RNL_SUMMARY_CONVERSATION, RNL_SUMMARY_ANSWER);
  if (said == NULL)
    return FALSE;

  last = dup_last_asked (said);
  summary = rnl_offline_summarise (said, SUMMARY_SENTENCES);
  if (last != NULL)
    rnl_offline_answer_sayf (answer, "%s- Asked last: %s\n", summary, last);
  else
    rnl_offline_answer_say (answer, *summary != '\0' ? summary : said);

  return TRUE;
}

/**
 * rnl_offline_rule_context:
 *
 * "Answer the question based only on the following context: ... Question: ...": the sentence that
 * shares most with the question. "Chat History: ... Follow Up Input: ... Standalone question:": the
 * question, with what it leans on. "Summarise the conversation below ...": its chief sentences.
 */
gboolean
rnl_offline_rule_context (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *prompt = dup_last_question (turn);

  return prompt != NULL
         && (summarise_conversation (prompt, answer) || answer_from_context (prompt, answer)
             || condense_question (prompt, answer));
}
