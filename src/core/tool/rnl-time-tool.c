/* rnl-time-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-time-tool.h"

#include <string.h>

#include "rnl-function-tool.h"
#include "rnl-marked-text.h"
#include "rnl-text.h"
#include "rnl-tool-arguments.h"

#define ZONE_TABLE      "/usr/share/zoneinfo/zone.tab"
#define MAX_ZONE_LENGTH 64

static const char schema[]
  = "{\"type\": \"object\", \"properties\": {"
    "\"timezone\": {\"type\": \"string\", \"description\": "
    "\"An IANA time zone such as Europe/Berlin, or UTC. Leave out for the person's own.\"}},"
    "\"required\": [], \"additionalProperties\": false}";

/* Not translated, and the same in every locale: a model reads it. */
static const char *const weekdays[]
  = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const months[]
  = { "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December" };

/**
 * rnl_time_describe:
 * @time: a moment in a time zone
 *
 * Returns: (transfer full): for example
 *   `2026-11-20T10:15:02+01:00, Friday 20 November 2026, 10:15:02 (Europe/Berlin)`
 */
char *
rnl_time_describe (GDateTime *time)
{
  const char *zone = g_time_zone_get_identifier (g_date_time_get_timezone (time));
  g_autofree char *iso = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
  g_autofree char *clock = g_date_time_format (time, "%H:%M:%S");

  return g_strdup_printf (
    "%s, %s %d %s %d, %s (%s)", iso, weekdays[g_date_time_get_day_of_week (time) - 1],
    g_date_time_get_day_of_month (time), months[g_date_time_get_month (time) - 1],
    g_date_time_get_year (time), clock, zone);
}

/* GLib would open any file an identifier names: only plain names get that far. */
static gboolean
is_plain_zone (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > MAX_ZONE_LENGTH || name[0] == '/' || name[0] == ':'
      || strstr (name, "..") != NULL)
    return FALSE;

  return strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-/:") == length;
}

/* Finds "europe/berlin", "Berlin" and "new york" in the system's table of zones. */
static char *
find_zone (const char *wanted)
{
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (ZONE_TABLE, &table, NULL, NULL))
    return NULL;

  lines = g_strsplit (table, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = lines[i][0] != '#' ? g_strsplit (lines[i], "\t", 4) : NULL;
      const char *zone, *city;

      if (columns == NULL || g_strv_length (columns) < 3)
        continue;
      zone = columns[2];
      city = strrchr (zone, '/');
      if (g_ascii_strcasecmp (zone, wanted) == 0
          || (city != NULL && g_ascii_strcasecmp (city + 1, wanted) == 0))
        return g_strdup (zone);
    }

  return NULL;
}

static GTimeZone *
open_zone (const char *name, GError **error)
{
  g_autofree char *wanted = g_strstrip (g_strdup (name));
  g_autofree char *found = NULL;
  g_autofree char *shown = NULL;
  GTimeZone *zone = NULL;

  g_strdelimit (wanted, " ", '_');
  if (is_plain_zone (wanted))
    {
      zone = g_time_zone_new_identifier (wanted);
      if (zone == NULL)
        found = find_zone (wanted);
      if (found != NULL)
        zone = g_time_zone_new_identifier (found);
    }

  shown = rnl_text_ellipsize (name, MAX_ZONE_LENGTH);
  if (zone == NULL)
    g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                 "There is no time zone “%s”. Use an IANA name such as Europe/Berlin, "
                 "America/New_York or UTC.",
                 shown);

  return zone;
}

static char *
current_time (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) now = NULL;
  const char *name;

  if (!rnl_tool_arguments_get_optional_string (arguments, "timezone", &name, error))
    return NULL;

  if (name == NULL || *name == '\0')
    zone = g_time_zone_new_local ();
  else
    zone = open_zone (name, error);
  if (zone == NULL)
    return NULL;

  now = g_date_time_new_now (zone);

  return rnl_time_describe (now);
}

/**
 * rnl_time_tool_new:
 *
 * Returns: (transfer full): `current_time {"timezone"?: string}`: the date and time, and the
 *   weekday in words
 */
RnlTool *
rnl_time_tool_new (void)
{
  RnlToolSpec *spec = rnl_tool_spec_new (
    "current_time", NC_ ("tool", "Clock"),
    NC_ (
      "tool",
      "Tells the current date, time and day of the week, in a time zone or where the person is."),
    schema);

  /* In a thread: the zone's file may have to be read. */
  return rnl_function_tool_new_thread (spec, RNL_TOOL_SAFE, "preferences-system-time-symbolic",
                                       current_time, NULL, NULL);
}
