/* rnl-offline-day.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-day.h"

#include <stdio.h>
#include <string.h>

#include "rnl-offline-errand.h"

#define NUMBER "(?:\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
#define UNIT   "(?:days?|weeks?|tage?n?|wochen?)"

static const struct
{
  const char *pattern;
  gint offset;
} named_days[] = {
  { "\\b(?:the )?day after tomorrow\\b", 2 },
  { "\\b(?:the )?day before yesterday\\b", -2 },
  { "\\btomorrow(?:['’]?s)?\\b", 1 },
  { "\\byesterday(?:['’]?s)?\\b", -1 },
  { "\\bübermorgen\\b", 2 },
  { "\\bvorgestern\\b", -2 },
  { "\\bmorgen\\b", 1 },
  { "\\bgestern\\b", -1 },
};

static const struct
{
  const char *pattern;
  const char *name;
  GDateMonth month;
  GDateDay day;
} feasts[] = {
  { "\\bchristmas eve\\b", "Christmas Eve", G_DATE_DECEMBER, 24 },
  { "\\bchristmas(?: day)?\\b", "Christmas", G_DATE_DECEMBER, 25 },
  { "\\bweihnachten\\b", "Christmas", G_DATE_DECEMBER, 25 },
  { "\\bhalloween\\b", "Halloween", G_DATE_OCTOBER, 31 },
  { "\\bvalentine['’]?s day\\b", "Valentine's Day", G_DATE_FEBRUARY, 14 },
  { "\\bnew year['’]?s eve\\b", "New Year's Eve", G_DATE_DECEMBER, 31 },
  { "\\bnew year(?:['’]?s)?(?: day)?\\b", "New Year", G_DATE_JANUARY, 1 },
};

/**
 * rnl_offline_take:
 * @rest: what has not been understood yet
 * @pattern: a regular expression
 *
 * Returns: (transfer full) (nullable): what matched; it is no longer in @rest
 */
char *
rnl_offline_take (GString *rest, const char *pattern)
{
  char *caught = rnl_offline_match (rest->str, pattern, 0);
  const char *at = caught != NULL && *caught != '\0' ? strstr (rest->str, caught) : NULL;

  if (at != NULL)
    g_string_erase (rest, at - rest->str, (gssize) strlen (caught));

  return caught;
}

/**
 * rnl_offline_date_parse:
 * @text: begins with `2027-03-01`
 * @date: (out): the day
 *
 * Returns: whether there is such a day
 */
gboolean
rnl_offline_date_parse (const char *text, GDate *date)
{
  guint year, month, day;

  g_date_clear (date, 1);
  if (sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

/**
 * rnl_offline_date_describe:
 * @date: a valid day
 *
 * Returns: (transfer full): `Monday 1 March 2027`, the same in every locale
 */
char *
rnl_offline_date_describe (const GDate *date)
{
  static const char *const weekdays[]
    = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  static const char *const months[]
    = { "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December" };

  return g_strdup_printf ("%s %u %s %u", weekdays[g_date_get_weekday (date) - 1],
                          (guint) g_date_get_day (date), months[g_date_get_month (date) - 1],
                          (guint) g_date_get_year (date));
}

static gint
read_number (const char *text)
{
  static const char *const words[]
    = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", NULL };

  for (gint i = 0; words[i] != NULL; i++)
    if (g_ascii_strncasecmp (text, words[i], strlen (words[i])) == 0)
      return i + 1;

  return g_ascii_isdigit (*text) ? (gint) g_ascii_strtoll (text, NULL, 10) : 1;
}

/* "in 3 days", "two weeks from now", "a week ago" */
static gboolean
take_counted (GString *rest, gint *offset)
{
  static const char *const forms[] = {
    "\\bin " NUMBER " " UNIT "(?: from (?:now|today))?\\b",
    "\\b" NUMBER " " UNIT " from (?:now|today)\\b",
    "\\b" NUMBER " " UNIT " ago\\b",
    "\\bvor " NUMBER " " UNIT "\\b",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *caught = rnl_offline_take (rest, forms[i]);
      g_autofree char *lower = caught != NULL ? g_utf8_strdown (caught, -1) : NULL;
      const char *number;

      if (lower == NULL)
        continue;
      number = g_str_has_prefix (lower, "in ")    ? lower + strlen ("in ")
               : g_str_has_prefix (lower, "vor ") ? lower + strlen ("vor ")
                                                  : lower;
      *offset = read_number (number) * (strstr (lower, "week") || strstr (lower, "woche") ? 7 : 1);
      if (i >= 2)
        *offset = -*offset;
      return TRUE;
    }

  return FALSE;
}

static gboolean
take_named (GString *rest, gint *offset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (named_days); i++)
    {
      g_autofree char *caught = rnl_offline_take (rest, named_days[i].pattern);

      if (caught != NULL)
        {
          *offset = named_days[i].offset;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
take_feast (GString *rest, RnlOfflineDay *day)
{
  for (gsize i = 0; i < G_N_ELEMENTS (feasts); i++)
    {
      g_autofree char *caught = rnl_offline_take (rest, feasts[i].pattern);

      if (caught != NULL)
        {
          day->feast = feasts[i].name;
          g_date_set_dmy (&day->date, feasts[i].day, feasts[i].month, 2000);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * rnl_offline_day_take:
 * @rest: a question; the words that name the day are cut out of it
 *
 * Returns: the first day the question names; today when it names none
 */
RnlOfflineDay
rnl_offline_day_take (GString *rest)
{
  RnlOfflineDay day = { .kind = RNL_OFFLINE_DAY_TODAY };
  g_autofree char *iso
    = rnl_offline_take (rest, "(?<![\\w./-])\\d{4}-\\d{1,2}-\\d{1,2}(?![\\w/-])");

  g_date_clear (&day.date, 1);
  if (iso != NULL)
    day.kind
      = rnl_offline_date_parse (iso, &day.date) ? RNL_OFFLINE_DAY_DATE : RNL_OFFLINE_DAY_IMPOSSIBLE;
  else if (take_counted (rest, &day.offset) || take_named (rest, &day.offset))
    day.kind = RNL_OFFLINE_DAY_OFFSET;
  else if (take_feast (rest, &day))
    day.kind = RNL_OFFLINE_DAY_FEAST;

  return day;
}

/**
 * rnl_offline_day_resolve:
 * @self: a day that is not impossible
 * @clock: what the clock says, beginning with `2026-11-20`
 * @date: (out): the day; of a feast the next one, which may be today
 *
 * Returns: whether the clock could be read
 */
gboolean
rnl_offline_day_resolve (const RnlOfflineDay *self, const char *clock, GDate *date)
{
  GDate today;

  if (!rnl_offline_date_parse (clock, &today))
    return FALSE;

  *date = self->kind == RNL_OFFLINE_DAY_DATE ? self->date : today;
  if (self->kind == RNL_OFFLINE_DAY_OFFSET && self->offset >= 0)
    g_date_add_days (date, (guint) self->offset);
  else if (self->kind == RNL_OFFLINE_DAY_OFFSET)
    g_date_subtract_days (date, (guint) -self->offset);
  else if (self->kind == RNL_OFFLINE_DAY_FEAST)
    {
      GDateYear year = g_date_get_year (&today);

      g_date_set_dmy (date, g_date_get_day (&self->date), g_date_get_month (&self->date), year);
      if (g_date_compare (date, &today) < 0)
        g_date_set_year (date, (GDateYear) (year + 1));
    }

  return TRUE;
}
