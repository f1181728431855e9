/* rnl-units.h: units of measure and how they relate
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RNL_DIMENSION_LENGTH,
  RNL_DIMENSION_MASS,
  RNL_DIMENSION_TEMPERATURE,
  RNL_DIMENSION_VOLUME,
  RNL_DIMENSION_AREA,
  RNL_DIMENSION_SPEED,
  RNL_DIMENSION_TIME,
  RNL_DIMENSION_DATA,
  RNL_DIMENSION_ENERGY,
  RNL_DIMENSION_PRESSURE,
} RnlDimension;

/**
 * RnlUnit:
 * @dimension: what it measures
 * @symbol: how it is written after a number
 * @factor: how many base units one of it is
 * @offset: what its zero is in base units; only temperatures have one
 * @names: other ways to write it, separated by "|"; the first is its name in the plural
 *
 * The base units are metre, kilogram, kelvin, litre, square metre, metre per second, second, byte,
 * joule and pascal.
 */
typedef struct
{
  RnlDimension dimension;
  const char *symbol;
  double factor;
  double offset;
  const char *names;
} RnlUnit;

const RnlUnit *rnl_unit_find (const char *name);
const char *rnl_dimension_get_name (RnlDimension dimension);
char *rnl_unit_dup_name (const RnlUnit *unit);
double rnl_unit_convert (double value, const RnlUnit *from, const RnlUnit *to);

G_END_DECLS
