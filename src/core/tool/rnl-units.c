/* rnl-units.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-units.h"

#include <string.h>

/* Where upper and lower case make two units out of one word and the word was written as neither
 * ("mb"), the one that stands first is meant. Sources: SI brochure, NIST Handbook 44 appendix C. */
/* clang-format off */
static const RnlUnit units[] = {
  { RNL_DIMENSION_LENGTH, "m", 1, 0, "metres|metre|meters|meter" },
  { RNL_DIMENSION_LENGTH, "km", 1e3, 0, "kilometres|kilometre|kilometers|kilometer|kms" },
  { RNL_DIMENSION_LENGTH, "dm", 1e-1, 0, "decimetres|decimetre|decimeters|decimeter" },
  { RNL_DIMENSION_LENGTH, "cm", 1e-2, 0, "centimetres|centimetre|centimeters|centimeter|cms" },
  { RNL_DIMENSION_LENGTH, "mm", 1e-3, 0, "millimetres|millimetre|millimeters|millimeter" },
  { RNL_DIMENSION_LENGTH, "µm", 1e-6, 0, "micrometres|micrometre|micrometers|micrometer|microns|micron|um|μm" },
  { RNL_DIMENSION_LENGTH, "nm", 1e-9, 0, "nanometres|nanometre|nanometers|nanometer" },
  { RNL_DIMENSION_LENGTH, "in", 0.0254, 0, "inches|inch|\"|″" },
  { RNL_DIMENSION_LENGTH, "ft", 0.3048, 0, "feet|foot|'|′" },
  { RNL_DIMENSION_LENGTH, "yd", 0.9144, 0, "yards|yard|yds" },
  { RNL_DIMENSION_LENGTH, "mi", 1609.344, 0, "miles|mile" },
  { RNL_DIMENSION_LENGTH, "nmi", 1852, 0, "nautical miles|nautical mile" },
  { RNL_DIMENSION_LENGTH, "au", 149597870700.0, 0, "astronomical units|astronomical unit" },
  { RNL_DIMENSION_LENGTH, "ly", 9460730472580800.0, 0, "light years|light year|light-years|light-year|lightyears|lightyear" },

  { RNL_DIMENSION_MASS, "kg", 1, 0, "kilograms|kilogram|kilogrammes|kilogramme|kilos|kilo|kgs" },
  { RNL_DIMENSION_MASS, "g", 1e-3, 0, "grams|gram|grammes|gramme" },
  { RNL_DIMENSION_MASS, "mg", 1e-6, 0, "milligrams|milligram" },
  { RNL_DIMENSION_MASS, "µg", 1e-9, 0, "micrograms|microgram|ug|mcg|μg" },
  { RNL_DIMENSION_MASS, "t", 1e3, 0, "tonnes|tonne|metric tons|metric ton" },
  { RNL_DIMENSION_MASS, "oz", 0.028349523125, 0, "ounces|ounce" },
  { RNL_DIMENSION_MASS, "lb", 0.45359237, 0, "pounds|pound|lbs" },
  { RNL_DIMENSION_MASS, "st", 6.35029318, 0, "stones|stone" },
  { RNL_DIMENSION_MASS, "short ton", 907.18474, 0, "short tons|tons|ton|us tons|us ton" },
  { RNL_DIMENSION_MASS, "long ton", 1016.0469088, 0, "long tons|imperial tons|imperial ton" },
  { RNL_DIMENSION_MASS, "ct", 0.0002, 0, "carats|carat" },

  { RNL_DIMENSION_TEMPERATURE, "°C", 1, 273.15, "degrees Celsius|degree celsius|celsius|centigrade|c|degc|deg c|degrees c" },
  { RNL_DIMENSION_TEMPERATURE, "°F", 5.0 / 9.0, 459.67 * 5.0 / 9.0, "degrees Fahrenheit|degree fahrenheit|fahrenheit|f|degf|deg f|degrees f" },
  { RNL_DIMENSION_TEMPERATURE, "K", 1, 0, "kelvins|kelvin" },
  { RNL_DIMENSION_TEMPERATURE, "°R", 5.0 / 9.0, 0, "degrees Rankine|rankine" },

  { RNL_DIMENSION_VOLUME, "l", 1, 0, "litres|litre|liters|liter|ltr" },
  { RNL_DIMENSION_VOLUME, "ml", 1e-3, 0, "millilitres|millilitre|milliliters|milliliter|cc" },
  { RNL_DIMENSION_VOLUME, "cl", 1e-2, 0, "centilitres|centilitre|centiliters|centiliter" },
  { RNL_DIMENSION_VOLUME, "dl", 1e-1, 0, "decilitres|decilitre|deciliters|deciliter" },
  { RNL_DIMENSION_VOLUME, "hl", 1e2, 0, "hectolitres|hectolitre|hectoliters|hectoliter" },
  { RNL_DIMENSION_VOLUME, "m³", 1e3, 0, "cubic metres|cubic metre|cubic meters|cubic meter|m3|m^3|cbm" },
  { RNL_DIMENSION_VOLUME, "cm³", 1e-3, 0, "cubic centimetres|cubic centimetre|cubic centimeters|cubic centimeter|cm3|cm^3" },
  { RNL_DIMENSION_VOLUME, "in³", 0.016387064, 0, "cubic inches|cubic inch|in3|in^3|cu in" },
  { RNL_DIMENSION_VOLUME, "ft³", 28.316846592, 0, "cubic feet|cubic foot|ft3|ft^3|cu ft" },
  { RNL_DIMENSION_VOLUME, "gal", 3.785411784, 0, "US gallons|us gallon|gallons|gallon|us gal" },
  { RNL_DIMENSION_VOLUME, "qt", 0.946352946, 0, "US quarts|us quart|quarts|quart" },
  { RNL_DIMENSION_VOLUME, "pt", 0.473176473, 0, "US pints|us pint|pints|pint" },
  { RNL_DIMENSION_VOLUME, "cup", 0.2365882365, 0, "US cups|us cup|cups" },
  { RNL_DIMENSION_VOLUME, "fl oz", 0.0295735295625, 0, "US fluid ounces|us fluid ounce|fluid ounces|fluid ounce|floz" },
  { RNL_DIMENSION_VOLUME, "tbsp", 0.01478676478125, 0, "tablespoons|tablespoon" },
  { RNL_DIMENSION_VOLUME, "tsp", 0.00492892159375, 0, "teaspoons|teaspoon" },
  { RNL_DIMENSION_VOLUME, "imp gal", 4.54609, 0, "imperial gallons|imperial gallon|uk gallons|uk gallon" },
  { RNL_DIMENSION_VOLUME, "imp pt", 0.56826125, 0, "imperial pints|imperial pint|uk pints|uk pint" },

  { RNL_DIMENSION_AREA, "m²", 1, 0, "square metres|square metre|square meters|square meter|m2|m^2|sqm|sq m" },
  { RNL_DIMENSION_AREA, "km²", 1e6, 0, "square kilometres|square kilometre|square kilometers|square kilometer|km2|km^2|sq km" },
  { RNL_DIMENSION_AREA, "cm²", 1e-4, 0, "square centimetres|square centimetre|square centimeters|square centimeter|cm2|cm^2|sq cm" },
  { RNL_DIMENSION_AREA, "mm²", 1e-6, 0, "square millimetres|square millimetre|square millimeters|square millimeter|mm2|mm^2" },
  { RNL_DIMENSION_AREA, "ha", 1e4, 0, "hectares|hectare" },
  { RNL_DIMENSION_AREA, "a", 1e2, 0, "ares|are" },
  { RNL_DIMENSION_AREA, "in²", 0.00064516, 0, "square inches|square inch|in2|in^2|sq in" },
  { RNL_DIMENSION_AREA, "ft²", 0.09290304, 0, "square feet|square foot|ft2|ft^2|sq ft|sqft" },
  { RNL_DIMENSION_AREA, "yd²", 0.83612736, 0, "square yards|square yard|yd2|yd^2|sq yd" },
  { RNL_DIMENSION_AREA, "mi²", 2589988.110336, 0, "square miles|square mile|mi2|mi^2|sq mi" },
  { RNL_DIMENSION_AREA, "ac", 4046.8564224, 0, "acres|acre" },

  { RNL_DIMENSION_SPEED, "m/s", 1, 0, "metres per second|metre per second|meters per second|meter per second|mps" },
  { RNL_DIMENSION_SPEED, "km/h", 1e3 / 3600, 0, "kilometres per hour|kilometre per hour|kilometers per hour|kilometer per hour|kph|kmh|kmph" },
  { RNL_DIMENSION_SPEED, "mph", 0.44704, 0, "miles per hour|mile per hour|mi/h" },
  { RNL_DIMENSION_SPEED, "ft/s", 0.3048, 0, "feet per second|foot per second|fps" },
  { RNL_DIMENSION_SPEED, "kn", 1852.0 / 3600, 0, "knots|knot|kt|kts" },

  { RNL_DIMENSION_TIME, "s", 1, 0, "seconds|second|secs|sec" },
  { RNL_DIMENSION_TIME, "ms", 1e-3, 0, "milliseconds|millisecond|msec" },
  { RNL_DIMENSION_TIME, "µs", 1e-6, 0, "microseconds|microsecond|us|μs" },
  { RNL_DIMENSION_TIME, "ns", 1e-9, 0, "nanoseconds|nanosecond" },
  { RNL_DIMENSION_TIME, "min", 60, 0, "minutes|minute|mins" },
  { RNL_DIMENSION_TIME, "h", 3600, 0, "hours|hour|hrs|hr" },
  { RNL_DIMENSION_TIME, "d", 86400, 0, "days|day" },
  { RNL_DIMENSION_TIME, "wk", 604800, 0, "weeks|week|wks" },
  { RNL_DIMENSION_TIME, "mo", 31556952.0 / 12, 0, "months|month" },
  { RNL_DIMENSION_TIME, "yr", 31556952, 0, "years|year|yrs|y" },

  { RNL_DIMENSION_DATA, "B", 1, 0, "bytes|byte" },
  { RNL_DIMENSION_DATA, "kB", 1e3, 0, "kilobytes|kilobyte" },
  { RNL_DIMENSION_DATA, "MB", 1e6, 0, "megabytes|megabyte" },
  { RNL_DIMENSION_DATA, "GB", 1e9, 0, "gigabytes|gigabyte" },
  { RNL_DIMENSION_DATA, "TB", 1e12, 0, "terabytes|terabyte" },
  { RNL_DIMENSION_DATA, "PB", 1e15, 0, "petabytes|petabyte" },
  { RNL_DIMENSION_DATA, "KiB", 1024, 0, "kibibytes|kibibyte" },
  { RNL_DIMENSION_DATA, "MiB", 1048576, 0, "mebibytes|mebibyte" },
  { RNL_DIMENSION_DATA, "GiB", 1073741824, 0, "gibibytes|gibibyte" },
  { RNL_DIMENSION_DATA, "TiB", 1099511627776.0, 0, "tebibytes|tebibyte" },
  { RNL_DIMENSION_DATA, "PiB", 1125899906842624.0, 0, "pebibytes|pebibyte" },
  { RNL_DIMENSION_DATA, "bit", 0.125, 0, "bits|b" },
  { RNL_DIMENSION_DATA, "kbit", 125, 0, "kilobits|kilobit|kb" },
  { RNL_DIMENSION_DATA, "Mbit", 125e3, 0, "megabits|megabit|Mb" },
  { RNL_DIMENSION_DATA, "Gbit", 125e6, 0, "gigabits|gigabit|Gb" },

  { RNL_DIMENSION_ENERGY, "J", 1, 0, "joules|joule" },
  { RNL_DIMENSION_ENERGY, "kJ", 1e3, 0, "kilojoules|kilojoule" },
  { RNL_DIMENSION_ENERGY, "MJ", 1e6, 0, "megajoules|megajoule" },
  { RNL_DIMENSION_ENERGY, "cal", 4.184, 0, "calories|calorie" },
  { RNL_DIMENSION_ENERGY, "kcal", 4184, 0, "kilocalories|kilocalorie|food calories|food calorie" },
  { RNL_DIMENSION_ENERGY, "Wh", 3600, 0, "watt hours|watt hour|watt-hours|watt-hour" },
  { RNL_DIMENSION_ENERGY, "kWh", 3.6e6, 0, "kilowatt hours|kilowatt hour|kilowatt-hours|kilowatt-hour" },
  { RNL_DIMENSION_ENERGY, "MWh", 3.6e9, 0, "megawatt hours|megawatt hour|megawatt-hours|megawatt-hour" },
  { RNL_DIMENSION_ENERGY, "BTU", 1055.05585262, 0, "British thermal units|british thermal unit|btus" },
  { RNL_DIMENSION_ENERGY, "eV", 1.602176634e-19, 0, "electronvolts|electronvolt|electron volts|electron volt" },

  { RNL_DIMENSION_PRESSURE, "Pa", 1, 0, "pascals|pascal" },
  { RNL_DIMENSION_PRESSURE, "hPa", 1e2, 0, "hectopascals|hectopascal" },
  { RNL_DIMENSION_PRESSURE, "kPa", 1e3, 0, "kilopascals|kilopascal" },
  { RNL_DIMENSION_PRESSURE, "MPa", 1e6, 0, "megapascals|megapascal" },
  { RNL_DIMENSION_PRESSURE, "bar", 1e5, 0, "bars" },
  { RNL_DIMENSION_PRESSURE, "mbar", 1e2, 0, "millibars|millibar" },
  { RNL_DIMENSION_PRESSURE, "atm", 101325, 0, "atmospheres|atmosphere" },
  { RNL_DIMENSION_PRESSURE, "psi", 6894.757293168361, 0, "pounds per square inch|pound per square inch" },
  { RNL_DIMENSION_PRESSURE, "mmHg", 133.322387415, 0, "millimetres of mercury|millimeters of mercury" },
  { RNL_DIMENSION_PRESSURE, "Torr", 101325.0 / 760, 0, "torrs" },
};
/* clang-format on */

static gboolean
has_name (const RnlUnit *unit, const char *name, int (*compare) (const char *, const char *))
{
  g_auto (GStrv) names = NULL;

  if (compare (unit->symbol, name) == 0)
    return TRUE;

  names = g_strsplit (unit->names, "|", -1);
  for (gsize i = 0; names[i] != NULL; i++)
    if (compare (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

static int
compare_without_case (const char *a, const char *b)
{
  g_autofree char *a_folded = g_utf8_casefold (a, -1);
  g_autofree char *b_folded = g_utf8_casefold (b, -1);

  return strcmp (a_folded, b_folded);
}

/**
 * rnl_unit_find:
 * @name: a symbol or a name in singular or plural, UTF-8, as a person or a model writes it
 *
 * Returns: (transfer none) (nullable): the unit: the one written exactly so, else without regard to
 *   case
 */
const RnlUnit *
rnl_unit_find (const char *name)
{
  g_autofree char *wanted = g_strdelimit (g_strdup (name), "_.", ' ');

  g_strstrip (wanted);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (has_name (&units[i], wanted, strcmp))
      return &units[i];
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (has_name (&units[i], wanted, compare_without_case))
      return &units[i];

  return NULL;
}

/**
 * rnl_unit_dup_name:
 * @unit: a unit
 *
 * Returns: (transfer full): its name in the plural: "metres"
 */
char *
rnl_unit_dup_name (const RnlUnit *unit)
{
  return g_strndup (unit->names, strcspn (unit->names, "|"));
}

/**
 * rnl_dimension_get_name:
 * @dimension: what is measured
 *
 * Returns: a word for it: "length"
 */
const char *
rnl_dimension_get_name (RnlDimension dimension)
{
  static const char *const names[] = { "length", "mass", "temperature", "volume", "area",
                                       "speed",  "time", "data",        "energy", "pressure" };

  g_return_val_if_fail ((gsize) dimension < G_N_ELEMENTS (names), NULL);

  return names[dimension];
}

/**
 * rnl_unit_convert:
 * @value: how many of @from
 * @from: a unit
 * @to: a unit of the same dimension
 *
 * Returns: how many of @to that is
 */
double
rnl_unit_convert (double value, const RnlUnit *from, const RnlUnit *to)
{
  g_return_val_if_fail (from->dimension == to->dimension, 0);

  if (from == to)
    return value;

  return (value * from->factor + from->offset - to->offset) / to->factor;
}
