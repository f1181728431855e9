/* rnl-chat-sections.c
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "rnl-chat-sections.h"

#include <glib/gi18n.h>

static gint
day_number (GDateTime *time)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (time),
                                           (GDateMonth) g_date_time_get_month (time),
                                           (GDateYear) g_date_time_get_year (time));

  return (gint) g_date_get_julian (date);
}

/**
 * rnl_chat_section:
 * @updated: when the chat was last used, in microseconds since 1970
 * @now: the local time now
 *
 * Returns: (transfer full): "Today", "Yesterday", "This week", or a month's name, with the year
 * when it is another one
 */
char *
rnl_chat_section (gint64 updated, GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (updated / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  gint days = day_number (now) - day_number (time);

  if (days <= 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days < 7)
    return g_strdup (_ ("This week"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    return g_date_time_format (time, "%OB");

  return g_date_time_format (time, "%OB %Y");
}
