/* rnl-offline-clock.c: the time, the date, and days until a day
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "rnl-offline-day.h"
#include "rnl-offline-errand.h"
#include "rnl-offline-rules.h"

#define MAX_PLACE 40

/* Names that are not the name of a zone; the tool knows those itself. */
static const struct
{
  const char *place;
  const char *zone;
} places[] = {
  { "beijing", "Asia/Shanghai" },
  { "boston", "America/New_York" },
  { "california", "America/Los_Angeles" },
  { "china", "Asia/Shanghai" },
  { "cologne", "Europe/Berlin" },
  { "delhi", "Asia/Kolkata" },
  { "england", "Europe/London" },
  { "france", "Europe/Paris" },
  { "germany", "Europe/Berlin" },
  { "gmt", "Etc/UTC" },
  { "greenwich", "Etc/UTC" },
  { "hamburg", "Europe/Berlin" },
  { "india", "Asia/Kolkata" },
  { "japan", "Asia/Tokyo" },
  { "mumbai", "Asia/Kolkata" },
  { "munich", "Europe/Berlin" },
  { "new york city", "America/New_York" },
  { "san francisco", "America/Los_Angeles" },
  { "seattle", "America/Los_Angeles" },
  { "spain", "Europe/Madrid" },
  { "uk", "Europe/London" },
  { "utc", "Etc/UTC" },
  { "washington", "America/New_York" },
};

static const char *
zone_of (const char *place)
{
  g_autofree char *padded = rnl_offline_fold (place);
  g_autofree char *folded = g_strdup (g_strstrip (padded));

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].place, folded))
      return places[i].zone;

  return place;
}

/* How questions begin. */

static const char *const asks_days[] = { "days until",       "days till",
                                         "days to",          "days before",
                                         "days since",       "how long until",
                                         "how long till",    "how long since",
                                         "days left until",  "days are left until",
                                         "days left till",   "days are there until",
                                         "days is it until", "tage bis",
                                         "tage seit",        NULL };
static const char *const asks_date[]
  = { "what day",      "which day",        "what date",       "todays date",
      "the date",      "current date",     "date today",      "date is it",
      "what is today", "whats today",      "what year",       "what month",
      "welcher tag",   "welches datum",    "what weekday",    "which weekday",
      "which date",    "tomorrows date",   "yesterdays date", "day is it",
      "date tomorrow", "what is tomorrow", "whats tomorrow",  NULL };
static const char *const asks_time[]
  = { "what time",    "whats the time", "what is the time", "the time is it", "current time",
      "time is it",   "time in",        "the time now",     "time now",       "tell me the time",
      "what o clock", "wie spät",       "uhrzeit",          "wie viel uhr",   NULL };

/* Where the question is about; cut out of @rest. */
static char *
take_place (GString *rest)
{
  static const char tail[] = "(?:,\\s*[\\p{L} ]+)?"
                             "(?:\\s+(?:right now|now|today|please|at the moment))*\\s*[?.!,]*$";
  static const char duration[] = "\\b(?:moment|hours?|minutes?|days?|weeks?|months?|years?)\\b";
  g_autofree char *pattern = g_strconcat (
    "\\b(?:time|date|day|clock|it|until|till)\\b.*?\\b(?:in|at)\\s+([\\p{L}][\\p{L} ./_-]*?)", tail,
    NULL);
  g_autofree char *place = rnl_offline_match (rest->str, pattern, 1);
  g_autofree char *ending = NULL;
  g_autofree char *end = NULL;
  g_autofree char *time = place != NULL ? rnl_offline_match (place, duration, 0) : NULL;

  if (place == NULL || time != NULL || *place == '\0' || g_utf8_strlen (place, -1) > MAX_PLACE)
    return NULL;
  ending = g_strconcat ("\\b(?:in|at)\\s+[\\p{L}][\\p{L} ./_-]*?", tail, NULL);
  end = rnl_offline_take (rest, ending);

  return g_steal_pointer (&place);
}

/* Whether nothing but small words is left: what is not understood could change the answer. */
static gboolean
is_understood (const char *rest)
{
  static const char *const small[]
    = { "a",       "again",  "already", "and",     "are",       "at",      "be",      "been",
        "bis",     "bitte",  "by",      "can",     "clock",     "could",   "current", "currently",
        "das",     "date",   "datum",   "day",     "days",      "der",     "die",     "do",
        "does",    "es",     "exact",   "exactly", "for",       "give",    "go",      "got",
        "haben",   "have",   "heißt",   "hello",   "here",      "heute",   "hey",     "hi",
        "how",     "i",      "in",      "is",      "ist",       "it",      "jetzt",   "just",
        "know",    "left",   "local",   "long",    "many",      "me",      "moment",  "month",
        "need",    "now",    "o",       "of",      "on",        "over",    "passed",  "please",
        "present", "remain", "right",   "runnel",  "s",         "say",     "seit",    "show",
        "since",   "so",     "spät",    "still",   "tag",       "tage",    "tell",    "that",
        "the",     "there",  "this",    "till",    "time",      "times",   "to",      "today",
        "todays",  "uhr",    "uhrzeit", "until",   "vergangen", "viel",    "want",    "war",
        "was",     "we",     "week",    "weekday", "welche",    "welcher", "welches", "what",
        "whats",   "when",   "which",   "wie",     "will",      "wir",     "wird",    "wochentag",
        "would",   "year",   "yet",     "you",     NULL };
  g_autofree char *folded = rnl_offline_fold (rest);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !g_strv_contains (small, words[i]))
      return FALSE;

  return TRUE;
}

/* A question about the calendar all the same, so that no other rule should guess. */
static gboolean
mentions_calendar (RnlOfflineTurn *turn)
{
  static const char *const words[]
    = { "monday",    "tuesday",      "wednesday", "thursday", "friday",   "saturday",  "sunday",
        "january",   "february",     "march",     "april",    "june",     "july",      "august",
        "september", "october",      "november",  "december", "next",     "last",      "easter",
        "ostern",    "thanksgiving", "birthday",  "weekend",  "tomorrow", "yesterday", "christmas",
        NULL };

  return rnl_offline_turn_has_any (turn, words) || strpbrk (turn->folded, G_CSET_DIGITS) != NULL;
}

static gboolean
decline (RnlOfflineAnswer *answer)
{
  rnl_offline_answer_say (
    answer,
    "That day I cannot work out. What I know is today, tomorrow and yesterday, days counted "
    "from today (`What day is it in 10 days?`), days written like `2027-03-01`, and the "
    "feasts that are on the same day each year, such as Christmas.");

  return TRUE;
}

/* The tool answers `2026-11-20T10:15:02+01:00, Friday 20 November 2026, 10:15:02 (Europe/Berlin)`;
 * anything else is said as it stands. */
static void
say_time (const char *result, const char *where, RnlOfflineAnswer *answer)
{
  g_auto (GStrv) parts = g_strsplit (result, ", ", 3);

  if (g_strv_length (parts) < 3)
    rnl_offline_answer_say (answer, result);
  else
    rnl_offline_answer_sayf (answer, "It is **%.5s**%s, on %s.", parts[2], where, parts[1]);
}

static void
say_day (const RnlOfflineDay *day, const char *result, const char *where, RnlOfflineAnswer *answer)
{
  g_autofree char *words = NULL;
  g_autofree char *opening = NULL;
  GDate date;

  if (!rnl_offline_day_resolve (day, result, &date))
    {
      rnl_offline_answer_say (answer, result);
      return;
    }

  words = rnl_offline_date_describe (&date);
  if (day->kind == RNL_OFFLINE_DAY_FEAST)
    opening = g_strdup_printf ("The next %s is", day->feast);
  else if (day->offset == 0)
    opening = g_strdup ("Today is");
  else if (day->offset == 1 || day->offset == -1)
    opening = g_strdup (day->offset > 0 ? "Tomorrow is" : "Yesterday was");
  else if (day->offset > 0)
    opening = g_strdup_printf ("In %d days it is", day->offset);
  else
    opening = g_strdup_printf ("%d days ago it was", -day->offset);
  rnl_offline_answer_sayf (answer, "%s **%s**%s.", opening, words, where);
}

static void
say_days (const RnlOfflineDay *day, const char *result, RnlOfflineAnswer *answer)
{
  g_autofree char *name = NULL;
  GDate today, then;
  gint days;

  if (!rnl_offline_day_resolve (day, result, &then) || !rnl_offline_date_parse (result, &today))
    {
      rnl_offline_answer_say (answer, result);
      return;
    }

  name = day->feast != NULL
           ? g_strdup (day->feast)
           : g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&then),
                              (guint) g_date_get_month (&then), (guint) g_date_get_day (&then));
  days = g_date_days_between (&today, &then);
  if (days == 0)
    rnl_offline_answer_sayf (answer, "It is %s **today**!", name);
  else if (days > 0)
    rnl_offline_answer_sayf (answer, "**%d day%s** until %s.", days, days == 1 ? "" : "s", name);
  else
    rnl_offline_answer_sayf (answer, "%s was **%d day%s** ago.", name, -days,
                             days == -1 ? "" : "s");
}

/* What day it is then: a date needs no clock. */
static gboolean
answer_date (RnlOfflineDay *day,
             const char *zone,
             const char *where,
             RnlOfflineTurn *turn,
             RnlOfflineAnswer *answer)
{
  const char *result;

  if (day->kind == RNL_OFFLINE_DAY_DATE)
    {
      g_autofree char *words = rnl_offline_date_describe (&day->date);

      rnl_offline_answer_sayf (answer, "That is **%s**.", words);
      return TRUE;
    }

  result = rnl_offline_errand (turn, answer, "current_time", "timezone", zone);
  if (result != NULL)
    say_day (day, result, where, answer);

  return TRUE;
}

static gboolean
answer_days (RnlOfflineDay *day, const char *zone, RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  const char *result = rnl_offline_errand (turn, answer, "current_time", "timezone", zone);

  if (result != NULL)
    say_days (day, result, answer);

  return TRUE;
}

static gboolean
answer_time (const char *zone, const char *where, RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  const char *result = rnl_offline_errand (turn, answer, "current_time", "timezone", zone);

  if (result != NULL)
    say_time (result, where, answer);

  return TRUE;
}

/**
 * rnl_offline_rule_clock:
 *
 * "What time is it in Tokyo?", "What day is it tomorrow?", "How many days until Christmas?"
 */
gboolean
rnl_offline_rule_clock (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  gboolean days = rnl_offline_turn_has_any (turn, asks_days);
  gboolean date = rnl_offline_turn_has_any (turn, asks_date);
  g_autoptr (GString) rest = g_string_new (turn->question);
  gboolean when = rnl_offline_turn_has (turn, "when is");
  g_autofree char *before = NULL;
  g_autofree char *place = NULL;
  g_autofree char *where = NULL;
  const char *zone;
  RnlOfflineDay day;

  if (!days && !date && !when && !rnl_offline_turn_has_any (turn, asks_time))
    return FALSE;

  if (days)
    before = rnl_offline_take (rest, "\\bdays before\\b");
  day = rnl_offline_day_take (rest);
  place = take_place (rest);
  if (!is_understood (rest->str))
    return (days || date) && mentions_calendar (turn) && decline (answer);
  if (day.kind == RNL_OFFLINE_DAY_IMPOSSIBLE)
    {
      rnl_offline_answer_say (answer, "There is no such day in the calendar.");
      return TRUE;
    }

  zone = place != NULL ? zone_of (place) : NULL;
  where = place != NULL ? g_strdup_printf (" in %s", place) : g_strdup ("");
  if (days)
    return day.kind == RNL_OFFLINE_DAY_TODAY ? FALSE : answer_days (&day, zone, turn, answer);
  if (date || (when && day.kind == RNL_OFFLINE_DAY_FEAST))
    return answer_date (&day, zone, where, turn, answer);
  if (when || day.kind != RNL_OFFLINE_DAY_TODAY)
    return FALSE;

  return answer_time (zone, where, turn, answer);
}
