/* rnl-arithmetic-tools.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-arithmetic-tools.h"

#include <math.h>

#include "rnl-function-tool.h"
#include "rnl-marked-text.h"
#include "rnl-number-text.h"
#include "rnl-tool-arguments.h"

#define MAX_EXACT_POWER 64

/**
 * Operation:
 * @exact: computes in whole numbers; `FALSE` when that is not possible
 * @real: computes in doubles
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *x;
  const char *y;
  gboolean (*exact) (gint64 x, gint64 y, gint64 *result);
  double (*real) (double x, double y);
} Operation;

static gboolean
add_exact (gint64 x, gint64 y, gint64 *result)
{
  return !__builtin_add_overflow (x, y, result);
}

static double
add_real (double x, double y)
{
  return x + y;
}

static gboolean
subtract_exact (gint64 x, gint64 y, gint64 *result)
{
  return !__builtin_sub_overflow (x, y, result);
}

static double
subtract_real (double x, double y)
{
  return x - y;
}

static gboolean
multiply_exact (gint64 x, gint64 y, gint64 *result)
{
  return !__builtin_mul_overflow (x, y, result);
}

static double
multiply_real (double x, double y)
{
  return x * y;
}

static gboolean
divide_exact (gint64 x, gint64 y, gint64 *result)
{
  /* The least number divided by -1 does not fit, and traps on x86. */
  if (y == 0 || (x == G_MININT64 && y == -1) || x % y != 0)
    return FALSE;
  *result = x / y;

  return TRUE;
}

static double
divide_real (double x, double y)
{
  return x / y;
}

static gboolean
power_exact (gint64 x, gint64 y, gint64 *result)
{
  gint64 product = 1;

  if (y < 0 || y > MAX_EXACT_POWER)
    return FALSE;
  for (gint64 i = 0; i < y; i++)
    if (__builtin_mul_overflow (product, x, &product))
      return FALSE;
  *result = product;

  return TRUE;
}

static const Operation operations[] = {
  { "add", NC_ ("tool", "Calculator: add"), NC_ ("tool", "Adds two numbers: x + y."),
    "The first number", "The number to add", add_exact, add_real },
  { "subtract", NC_ ("tool", "Calculator: subtract"),
    NC_ ("tool", "Subtracts the second number from the first: x - y."),
    "The number to subtract from", "The number to subtract", subtract_exact, subtract_real },
  { "multiply", NC_ ("tool", "Calculator: multiply"),
    NC_ ("tool", "Multiplies two numbers: x * y."), "The first factor", "The second factor",
    multiply_exact, multiply_real },
  { "divide", NC_ ("tool", "Calculator: divide"),
    NC_ ("tool", "Divides the first number by the second: x / y."), "The number to divide",
    "The number to divide by", divide_exact, divide_real },
  { "power", NC_ ("tool", "Calculator: power"),
    NC_ ("tool", "Raises the first number to the power of the second: x ^ y."), "The base",
    "The exponent", power_exact, pow },
};

static char *
describe_impossible (const Operation *operation, double x, double y, double result)
{
  g_autofree char *x_text = rnl_number_to_text (x, 15);
  g_autofree char *y_text = rnl_number_to_text (y, 15);

  if (operation->real == divide_real && y == 0)
    return g_strdup_printf ("Cannot divide %s by zero.", x_text);
  if (operation->real == pow && x == 0 && y < 0)
    return g_strdup_printf ("Cannot raise zero to the power of %s: that divides by zero.", y_text);
  if (isnan (result))
    return g_strdup_printf ("%s to the power of %s is not a real number.", x_text, y_text);

  return g_strdup_printf ("The result of %s (%s, %s) is too large: more than 1.79e+308.",
                          operation->name, x_text, y_text);
}

/* Whole numbers are exact up to 64 bits, which the next call can take as they are; everything else
 * is a double, and says so where a reader would expect every digit. */
static char *
calculate (JsonObject *arguments, gpointer user_data, GCancellable *cancellable, GError **error)
{
  const Operation *operation = user_data;
  RnlNumber x, y;
  gint64 exact;
  double result;
  g_autofree char *text = NULL;

  if (!rnl_tool_arguments_get_number (arguments, "x", &x, error)
      || !rnl_tool_arguments_get_number (arguments, "y", &y, error))
    return NULL;

  if (x.is_integer && y.is_integer && operation->exact (x.integer, y.integer, &exact))
    return g_strdup_printf ("%" G_GINT64_FORMAT, exact);

  result = operation->real (x.real, y.real);
  if (!isfinite (result))
    {
      g_autofree char *reason = describe_impossible (operation, x.real, y.real, result);

      g_set_error_literal (error, RNL_TOOL_ERROR, RNL_TOOL_ERROR_FAILED, reason);
      return NULL;
    }

  text = rnl_number_to_text (result, 15);
  if (fabs (result) >= 9007199254740992.0)
    return g_strdup_printf ("%s (rounded to 15 digits)", text);

  return g_steal_pointer (&text);
}

static RnlTool *
new_operation (const Operation *operation)
{
  g_autofree char *schema
    = g_strdup_printf ("{\"type\": \"object\", \"properties\": {"
                       "\"x\": {\"type\": \"number\", \"description\": \"%s\"},"
                       "\"y\": {\"type\": \"number\", \"description\": \"%s\"}},"
                       "\"required\": [\"x\", \"y\"], \"additionalProperties\": false}",
                       operation->x, operation->y);
  RnlToolSpec *spec
    = rnl_tool_spec_new (operation->name, operation->title, operation->description, schema);

  return rnl_function_tool_new_quick (spec, RNL_TOOL_SAFE, "accessories-calculator-symbolic",
                                      calculate, (gpointer) operation, NULL);
}

/**
 * rnl_arithmetic_tools_add:
 * @registry: where to add them
 *
 * Adds `add`, `subtract`, `multiply`, `divide` and `power`, each `{"x": number, "y": number}`.
 * Errors: `RNL_TOOL_ERROR_FAILED` for a division by zero, a result over the range of a double, or
 * one that is not real.
 */
void
rnl_arithmetic_tools_add (RnlToolRegistry *registry)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr (RnlTool) tool = new_operation (&operations[i]);

      rnl_tool_registry_add (registry, tool);
    }
}
