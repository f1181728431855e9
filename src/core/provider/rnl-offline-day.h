/* rnl-offline-day.h: the day a question is about
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RNL_OFFLINE_DAY_TODAY,
  RNL_OFFLINE_DAY_OFFSET,
  RNL_OFFLINE_DAY_DATE,
  RNL_OFFLINE_DAY_FEAST,
  RNL_OFFLINE_DAY_IMPOSSIBLE,
} RnlOfflineDayKind;

/**
 * RnlOfflineDay:
 * @kind: which of the others counts
 * @offset: in days from today, 0 for today
 * @date: a day of the calendar
 * @feast: (nullable): the name of a day that comes every year on @date's month and day
 *
 * `RNL_OFFLINE_DAY_IMPOSSIBLE` is a date that no calendar has, like 2027-02-30.
 */
typedef struct
{
  RnlOfflineDayKind kind;
  gint offset;
  GDate date;
  const char *feast;
} RnlOfflineDay;

RnlOfflineDay rnl_offline_day_take (GString *rest);
gboolean rnl_offline_day_resolve (const RnlOfflineDay *self, const char *clock, GDate *date);
gboolean rnl_offline_date_parse (const char *text, GDate *date);
char *rnl_offline_date_describe (const GDate *date);

char *rnl_offline_take (GString *rest, const char *pattern);

G_END_DECLS
