/* rnl-offline-clock.c: the time, the date, and days until a day
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <stdio.h>

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

static const struct
{
  const char *words;
  const char *name;
  GDateMonth month;
  GDateDay day;
} feasts[] = {
  { "christmas eve", "Christmas Eve", G_DATE_DECEMBER, 24 },
  { "christmas", "Christmas", G_DATE_DECEMBER, 25 },
  { "weihnachten", "Christmas", G_DATE_DECEMBER, 25 },
  { "halloween", "Halloween", G_DATE_OCTOBER, 31 },
  { "valentines day", "Valentine's Day", G_DATE_FEBRUARY, 14 },
  { "new years eve", "New Year's Eve", G_DATE_DECEMBER, 31 },
  { "new year", "New Year", G_DATE_JANUARY, 1 },
  { "new years", "New Year", G_DATE_JANUARY, 1 },
};

static char *
find_place (RnlOfflineTurn *turn)
{
  g_autofree char *place = rnl_offline_match (
    turn->question,
    "\\b(?:time|date|day|clock|it)\\b.*?\\b(?:in|at)\\s+([\\p{L}][\\p{L} ./_-]*?)"
    "(?:\\s+(?:right now|now|today|please|at the moment))?\\s*[?.!,]*$",
    1);

  return place != NULL && *place != '\0' && g_utf8_strlen (place, -1) <= MAX_PLACE
           ? g_steal_pointer (&place)
           : NULL;
}

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

/* The tool answers `2026-11-20T10:15:02+01:00, Friday 20 November 2026, 10:15:02 (Europe/Berlin)`;
 * anything else is said as it stands. */
static void
say_time (const char *result, const char *place, gboolean date, RnlOfflineAnswer *answer)
{
  g_auto (GStrv) parts = g_strsplit (result, ", ", 3);
  g_autofree char *where = place != NULL ? g_strdup_printf (" in %s", place) : g_strdup ("");

  if (g_strv_length (parts) < 3)
    rnl_offline_answer_say (answer, result);
  else if (date)
    rnl_offline_answer_sayf (answer, "Today is **%s**%s.", parts[1], where);
  else
    rnl_offline_answer_sayf (answer, "It is **%.5s**%s, on %s.", parts[2], where, parts[1]);
}

static void
say_days (const char *result, gsize feast, RnlOfflineAnswer *answer)
{
  guint year, month, day;
  GDate today, then;
  gint days;

  if (sscanf (result, "%4u-%2u-%2u", &year, &month, &day) != 3
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      rnl_offline_answer_say (answer, result);
      return;
    }

  g_date_clear (&today, 1);
  g_date_clear (&then, 1);
  g_date_set_dmy (&today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_date_set_dmy (&then, feasts[feast].day, feasts[feast].month, (GDateYear) year);
  if (g_date_compare (&then, &today) < 0)
    g_date_set_year (&then, (GDateYear) (year + 1));
  days = g_date_days_between (&today, &then);
  if (days == 0)
    rnl_offline_answer_sayf (answer, "It is %s **today**!", feasts[feast].name);
  else
    rnl_offline_answer_sayf (answer, "**%d day%s** until %s.", days, days == 1 ? "" : "s",
                             feasts[feast].name);
}

static gboolean
count_days (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const asks[]
    = { "days until", "days till", "days to", "days before", "how long until", "tage bis", NULL };

  if (!rnl_offline_turn_has_any (turn, asks))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (feasts); i++)
    if (rnl_offline_turn_has (turn, feasts[i].words))
      {
        const char *result = rnl_offline_errand (turn, answer, "current_time", NULL, NULL);

        if (result != NULL)
          say_days (result, i, answer);
        return TRUE;
      }

  return FALSE;
}

/**
 * rnl_offline_rule_clock:
 *
 * "What time is it in Tokyo?", "What day is it?", "How many days until Christmas?"
 */
gboolean
rnl_offline_rule_clock (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const char *const asks_date[]
    = { "what day",     "which day",  "what date",   "todays date",   "the date",
        "current date", "date today", "date is it",  "what is today", "whats today",
        "what year",    "what month", "welcher tag", "welches datum", NULL };
  static const char *const asks_time[]
    = { "what time",    "whats the time", "what is the time", "the time is it", "current time",
        "time is it",   "time in",        "the time now",     "time now",       "tell me the time",
        "what o clock", "wie spät",       "uhrzeit",          "wie viel uhr",   NULL };
  gboolean date = rnl_offline_turn_has_any (turn, asks_date);
  g_autofree char *place = NULL;
  const char *result;

  if (count_days (turn, answer))
    return TRUE;
  if (!date && !rnl_offline_turn_has_any (turn, asks_time))
    return FALSE;

  place = find_place (turn);
  result = rnl_offline_errand (turn, answer, "current_time", "timezone",
                               place != NULL ? zone_of (place) : NULL);
  if (result != NULL)
    say_time (result, place, date, answer);

  return TRUE;
}
