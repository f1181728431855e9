/* rnl-number-text.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-number-text.h"

#include <math.h>

/**
 * rnl_number_to_text:
 * @value: a finite number
 * @digits: how many significant digits to keep, 15 for all that a double can be trusted with
 *
 * Writes 0.1 + 0.2 as "0.3" and 60.0 as "60": fifteen digits never show the binary fraction's tail,
 * and whole numbers below 10^15 are written without an exponent. The locale has no say.
 *
 * Returns: (transfer full): the number
 */
char *
rnl_number_to_text (double value, int digits)
{
  char format[8];
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value == 0)
    return g_strdup ("0"); /* also for -0 */
  if (value == trunc (value) && fabs (value) < 1e15)
    return g_strdup_printf ("%.0f", value);

  g_snprintf (format, sizeof format, "%%.%dg", CLAMP (digits, 1, 17));
  g_ascii_formatd (text, sizeof text, format, value);

  return g_strdup (text);
}
