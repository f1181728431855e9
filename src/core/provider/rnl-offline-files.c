/* rnl-offline-files.c: files, pages and chats, by the tools that read them
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-offline-errand.h"
#include "rnl-offline-rules.h"
#include "rnl-offline-summary.h"

#define MAX_SHOWN   1500
#define N_SENTENCES 3

static const char *const summary_words[]
  = { "summarise", "summarize", "summary", "sum up", "what does it say", "fasse", NULL };

static void
show_code (const char *heading, const char *text, RnlOfflineAnswer *answer)
{
  g_autofree char *code = rnl_offline_quote_code (text, MAX_SHOWN);

  rnl_offline_answer_sayf (answer, "%s\n\n%s", heading, code);
}

static void
show_summary (const char *of, const char *text, RnlOfflineAnswer *answer)
{
  g_autofree char *summary = rnl_offline_summarise (text, N_SENTENCES);

  if (*summary == '\0')
    show_code ("It is short; here is all of it:", text, answer);
  else
    rnl_offline_answer_sayf (
      answer, "%s, in the sentences that seem to say most (picked by rules, word for word):\n\n%s",
      of, summary);
}

/* The page's own title, and where its text begins. */
static const char *
skip_header (const char *page, char **title)
{
  const char *body = strstr (page, "\n\n");

  *title = rnl_offline_match (page, "\\ATitle: ([^\\n]+)", 1);

  return body != NULL ? body + 2 : page;
}

/**
 * rnl_offline_rule_fetch:
 *
 * An address in the question: the page is fetched (the person is asked first) and summed up.
 */
gboolean
rnl_offline_rule_fetch (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *url
    = rnl_offline_match (turn->question, "(https?://[^\\s<>\"]*[^\\s<>\".,;:!?'\\])}])", 1);
  g_autofree char *title = NULL;
  g_autofree char *heading = NULL;
  const char *page, *body;

  if (url == NULL)
    return FALSE;
  page = rnl_offline_errand (turn, answer, "fetch_page", "url", url);
  if (page == NULL)
    return TRUE;

  body = skip_header (page, &title);
  heading = g_strdup_printf ("**%s** (<%s>)", title != NULL ? title : "The page", url);
  show_summary (heading, body, answer);

  return TRUE;
}

/**
 * rnl_offline_rule_search_chats:
 *
 * "Find chats about parrots"
 */
gboolean
rnl_offline_rule_search_chats (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const asks[]
    = { "find", "search", "look", "show", "list", "which", "what", "did", "have", "suche", NULL };
  static const char about[] = "\\b(?:chats?|conversations?|history)\\b.*?\\b(?:about|for|with|on|"
                              "containing|mentioning|where|"
                              "über)\\s+['\"]?(.+?)['\"]?\\s*[?.!]*$";
  g_autofree char *query = rnl_offline_match (turn->question, about, 1);
  const char *found;

  if (query == NULL)
    query = rnl_offline_match (
      turn->question,
      "(?:search for|search|find|look for|suche)\\s+['\"]?(.+?)['\"]?\\s+in\\s+(?:my |the |"
      "all |old |chat )*(?:chats|conversations|history)",
      1);
  if (query == NULL || !rnl_offline_turn_has_any (turn, asks))
    return FALSE;

  found = rnl_offline_errand (turn, answer, "search_chats", "query", query);
  if (found != NULL)
    rnl_offline_answer_sayf (answer, "In your chats I looked for \"%s\":\n\n%s", query, found);

  return TRUE;
}

static gboolean
list_folder (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const asks[]
    = { "list my files",     "list the files",  "list files",          "list all files",
        "list my folder",    "list my folders", "list the folder",     "list folder",
        "what files",        "which files",     "show my files",       "show me my files",
        "show the files",    "in my folder",    "in the folder",       "what is in my folder",
        "whats in my files", "my documents",    "zeige meine dateien", NULL };
  g_autofree char *path = NULL;
  const char *listing;

  if (!rnl_offline_turn_has_any (turn, asks))
    return FALSE;
  path
    = rnl_offline_match (turn->question,
                         "\\b(?:folder|in|of)\\s+(?:the folder\\s+)?['\"`]?([\\w.~-]*/[^\\s'\"`?]*|"
                         "(?<=['\"`])[^'\"`]+)",
                         1);
  listing = rnl_offline_errand (turn, answer, "list_folder", "path", path);
  if (listing != NULL)
    show_code ("This is there:", listing, answer);

  return TRUE;
}

static gboolean
search_files (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const forms[] = {
    "(?:search|look in|look through)\\s+(?:my |the |all )*(?:files?|folders?|documents?|notes?)\\s+"
    "for\\s+['\"]?(.+?)['\"]?\\s*[?.!]*$",
    "(?:search for|search|find|look for)\\s+['\"]?(.+?)['\"]?\\s+in\\s+(?:my |the |all )*(?:files?|"
    "folders?|documents?|notes?)\\b",
    "(?:find|which|what)\\s+files?\\s+(?:that "
    ")?(?:contain(?:ing|s)?|mention(?:ing|s)?|with|about)\\s+"
    "['\"]?(.+?)['\"]?\\s*[?.!]*$",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *query = rnl_offline_match (turn->question, forms[i], 1);
      const char *found;

      if (query == NULL)
        continue;
      found = rnl_offline_errand (turn, answer, "search_files", "query", query);
      if (found != NULL)
        show_code ("This is what I found:", found, answer);
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_file (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  g_autofree char *path = rnl_offline_match (
    turn->question,
    "\\b(?:read|open|show|summari[sz]e|sum up|print|what is in|what's in|lies)\\b[^'\"`]*?"
    "(?:['\"`]([^'\"`]+\\.\\w{1,6}|[^'\"`]*/[^'\"`]+)['\"`]|(?<![\\w/.])([\\w~./"
    "-]*[\\w-]\\.[a-z]\\w{0,5})\\b)",
    0);
  const char *text;

  if (path == NULL)
    return FALSE;
  g_free (path);
  path
    = rnl_offline_match (turn->question, "['\"`]([^'\"`]+\\.\\w{1,6}|[^'\"`]*/[^'\"`]+)['\"`]", 1);
  if (path == NULL)
    path
      = rnl_offline_match (turn->question, "(?<![\\w/.])([\\w~./-]*[\\w-]\\.[a-z]\\w{0,5})\\b", 1);
  if (path == NULL)
    return FALSE;

  text = rnl_offline_errand (turn, answer, "read_file", "path", path);
  if (text == NULL)
    return TRUE;
  if (rnl_offline_turn_has_any (turn, summary_words))
    {
      g_autofree char *heading = g_strdup_printf ("`%s`", path);

      show_summary (heading, text, answer);
    }
  else
    {
      g_autofree char *heading = g_strdup_printf ("`%s` says:", path);

      show_code (heading, text, answer);
    }

  return TRUE;
}

/**
 * rnl_offline_rule_files:
 *
 * "List my files", "Search my notes for tea", "Summarise plan.md"
 */
gboolean
rnl_offline_rule_files (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  return search_files (turn, answer) || read_file (turn, answer) || list_folder (turn, answer);
}
