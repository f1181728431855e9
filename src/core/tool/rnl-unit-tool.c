/* rnl-unit-tool.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-unit-tool.h"

#include <math.h>

#include "rnl-function-tool.h"
#include "rnl-marked-text.h"
#include "rnl-number-text.h"
#include "rnl-text.h"
#include "rnl-tool-arguments.h"
#include "rnl-units.h"

/* Fewer than a double has: 100 °C is 212 °F, not 211.999999999999. */
#define DIGITS 12

static const char schema[]
  = "{\"type\": \"object\", \"properties\": {"
    "\"value\": {\"type\": \"number\", \"description\": \"How many of the first unit\"},"
    "\"from\": {\"type\": \"string\", \"description\": \"The unit it is in: km, pounds, °F\"},"
    "\"to\": {\"type\": \"string\", \"description\": \"The unit to convert it to: miles, kg, "
    "°C\"}},"
    "\"required\": [\"value\", \"from\", \"to\"], \"additionalProperties\": false}";

static const RnlUnit *
get_unit (JsonObject *arguments, const char *name, GError **error)
{
  const char *text = rnl_tool_arguments_get_string (arguments, name, error);
  g_autofree char *shown = NULL;
  const RnlUnit *unit;

  if (text == NULL)
    return NULL;

  unit = rnl_unit_find (text);
  shown = rnl_text_ellipsize (text, 40);
  if (unit == NULL)
    g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                 "“%s” is not a unit I know. I know units of length, mass, temperature, volume, "
                 "area, speed, time, data, energy and pressure.",
                 shown);

  return unit;
}

static gboolean
check_convertible (double value, const RnlUnit *from, const RnlUnit *to, GError **error)
{
  if (from->dimension != to->dimension)
    {
      g_autofree char *from_name = rnl_unit_dup_name (from);
      g_autofree char *to_name = rnl_unit_dup_name (to);

      g_set_error (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                   "Cannot convert %s (%s) to %s (%s).", from_name,
                   rnl_dimension_get_name (from->dimension), to_name,
                   rnl_dimension_get_name (to->dimension));
      return FALSE;
    }
  if (from->dimension == RNL_DIMENSION_TEMPERATURE && value * from->factor + from->offset < -1e-9)
    {
      g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                           "That temperature is below absolute zero.");
      return FALSE;
    }

  return TRUE;
}

static char *
convert_units (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  RnlNumber value;
  const RnlUnit *from, *to;
  double result;
  g_autofree char *value_text = NULL;
  g_autofree char *result_text = NULL;

  if (!rnl_tool_arguments_get_number (arguments, "value", &value, error)
      || (from = get_unit (arguments, "from", error)) == NULL
      || (to = get_unit (arguments, "to", error)) == NULL
      || !check_convertible (value.real, from, to, error))
    return NULL;

  result = rnl_unit_convert (value.real, from, to);
  if (!isfinite (result))
    {
      g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED,
                           "The result is too large: more than 1.79e+308.");
      return NULL;
    }
  value_text = rnl_number_to_text (value.real, 15);
  result_text = rnl_number_to_text (result, DIGITS);

  return g_strdup_printf ("%s %s = %s %s", value_text, from->symbol, result_text, to->symbol);
}

/**
 * rnl_unit_tool_new:
 *
 * Returns: (transfer full): `convert_units {"value": number, "from": string, "to": string}`, which
 *   answers `26.2 mi = 42.1648128 km`
 */
RnlTool *
rnl_unit_tool_new (void)
{
  RnlToolSpec *spec = rnl_tool_spec_new (
    "convert_units", NC_ ("tool", "Unit converter"),
    NC_ ("tool",
         "Converts a value between units of length, mass, temperature, volume, area, speed, time, "
         "data, energy or pressure."),
    schema);

  return rnl_function_tool_new_quick (spec, RNL_TOOL_SAFE, "object-flip-horizontal-symbolic",
                                      convert_units, NULL, NULL);
}
