/* rnl-offline-units.c: so much of this in that
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "rnl-json-value.h"
#include "rnl-offline-errand.h"
#include "rnl-offline-expression.h"
#include "rnl-offline-rules.h"

/* Possessive, and not begun in the middle of another: a long row of digits is looked at once. */
#define NUMBER "(?<![\\d,.])(-?\\d[\\d,]*+(?:\\.\\d++)?(?:e-?\\d++)?)"
#define UNIT   "([\\p{L}°µμ\"'²³/^][\\p{L}°µμ²³/^ 23-]*?)"
#define TAIL   "\\s*(?:please)?\\s*[?.!]*$"

/* Words that make a sentence one about units; the tool knows many more. In the singular. */
static const char *const known[]
  = { "m",          "km",      "cm",        "mm",        "in",         "inch",       "ft",
      "foot",       "feet",    "yd",        "yard",      "mi",         "mile",       "nmi",
      "metre",      "meter",   "kilometre", "kilometer", "centimetre", "centimeter", "millimetre",
      "millimeter", "kg",      "g",         "mg",        "gram",       "kilogram",   "kilo",
      "lb",         "pound",   "oz",        "ounce",     "stone",      "ton",        "tonne",
      "c",          "f",       "k",         "celsius",   "fahrenheit", "kelvin",     "°c",
      "°f",         "l",       "ml",        "litre",     "liter",      "millilitre", "milliliter",
      "gallon",     "quart",   "pint",      "cup",       "tablespoon", "teaspoon",   "tbsp",
      "tsp",        "hectare", "acre",      "ha",        "km/h",       "kmh",        "kph",
      "mph",        "m/s",     "knot",      "second",    "minute",     "hour",       "day",
      "week",       "month",   "year",      "s",         "min",        "h",          "byte",
      "kb",         "mb",      "gb",        "tb",        "kib",        "mib",        "gib",
      "tib",        "bit",     "kilobyte",  "megabyte",  "gigabyte",   "terabyte",   "j",
      "kj",         "joule",   "calory",    "calorie",   "cal",        "kcal",       "wh",
      "kwh",        "pa",      "hpa",       "bar",       "psi",        "atm",        "ly",
      NULL };

/* Only the last word counts ("square feet", "degrees Celsius", "miles per hour"). */
static gboolean
is_unit (const char *unit)
{
  g_autofree char *folded = g_utf8_strdown (unit, -1);
  const char *blank = strrchr (folded, ' ');
  char *word = blank != NULL ? folded + (blank - folded) + 1 : folded;
  gsize length = strlen (word);

  if (g_strv_contains (known, word))
    return TRUE;
  if (length > 2 && g_str_has_suffix (word, "es"))
    {
      g_autofree char *singular = g_strndup (word, length - 2);

      if (g_strv_contains (known, singular))
        return TRUE;
    }
  if (length > 2 && word[length - 1] == 's')
    word[length - 1] = '\0';

  return g_strv_contains (known, word);
}

static gboolean
catch_units (const char *question,
             const char *pattern,
             const gint *groups,
             char **value,
             char **from,
             char **to)
{
  g_clear_pointer (value, g_free);
  g_clear_pointer (from, g_free);
  g_clear_pointer (to, g_free);
  *value = rnl_offline_match (question, pattern, groups[0]);
  *from = rnl_offline_match (question, pattern, groups[1]);
  *to = rnl_offline_match (question, pattern, groups[2]);

  return *value != NULL && *from != NULL && *to != NULL && is_unit (*from) && is_unit (*to);
}

static char *
to_json_number (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, ",", -1);
  g_autofree char *plain = g_strjoinv ("", pieces);
  double value = g_ascii_strtod (plain, NULL);

  if (!g_ascii_isdigit (*plain) && *plain != '-')
    value = 1; /* "a mile", "one mile" */

  return isfinite (value) ? rnl_offline_number_to_text (value) : NULL;
}

static char *
make_arguments (const char *value, const char *from, const char *to)
{
  g_autofree char *number = to_json_number (value);
  g_autoptr (JsonNode) from_node = json_node_init_string (json_node_alloc (), from);
  g_autoptr (JsonNode) to_node = json_node_init_string (json_node_alloc (), to);
  g_autofree char *from_json = rnl_json_to_string (from_node, FALSE);
  g_autofree char *to_json = rnl_json_to_string (to_node, FALSE);

  if (number == NULL)
    return NULL;

  return g_strdup_printf ("{\"value\": %s, \"from\": %s, \"to\": %s}", number, from_json, to_json);
}

/**
 * rnl_offline_rule_units:
 *
 * "Convert 26.2 miles to km", "100 °F in °C", "How many feet are in a mile?"
 */
gboolean
rnl_offline_rule_units (RnlOfflineTurn *turn, RnlOfflineAnswer *answer)
{
  static const struct
  {
    const char *pattern;
    gint groups[3];
  } forms[] = {
    { NUMBER "\\s*" UNIT "\\s+(?:to|in|into|as|nach)\\s+" UNIT TAIL, { 1, 2, 3 } },
    { "how (?:many|much)\\s+" UNIT "\\s+(?:are|is|make|makes|do|does)?\\s*(?:there)?\\s*"
      "(?:are|is)?\\s*(?:in)?\\s*(an?\\b|one\\b|" NUMBER ")\\s*" UNIT TAIL,
      { 2, 4, 1 } },
  };
  g_autofree char *value = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *arguments = NULL;
      const char *result;

      if (!catch_units (turn->question, forms[i].pattern, forms[i].groups, &value, &from, &to))
        continue;
      arguments = make_arguments (value, from, to);
      if (arguments == NULL)
        return FALSE;
      result = rnl_offline_errand_json (turn, answer, "convert_units", arguments);
      if (result != NULL)
        rnl_offline_answer_say (answer, result);
      return TRUE;
    }

  return FALSE;
}
