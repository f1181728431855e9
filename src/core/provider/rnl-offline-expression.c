/* rnl-offline-expression.c
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "rnl-offline-expression.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "rnl-text.h"

/**
 * rnl_offline_expression_new_number:
 * @number: a number as JSON writes it
 *
 * Returns: (transfer full): a leaf
 */
RnlOfflineExpression *
rnl_offline_expression_new_number (const char *number)
{
  RnlOfflineExpression *self = g_new0 (RnlOfflineExpression, 1);

  self->number = g_strdup (number);

  return self;
}

/**
 * rnl_offline_expression_new:
 * @op: `+ - * / ^`
 * @left: (transfer full): the first operand
 * @right: (transfer full): the second
 *
 * Returns: (transfer full): an operation whose value is not known
 */
RnlOfflineExpression *
rnl_offline_expression_new (char op, RnlOfflineExpression *left, RnlOfflineExpression *right)
{
  RnlOfflineExpression *self = g_new0 (RnlOfflineExpression, 1);

  self->op = op;
  self->left = left;
  self->right = right;
  self->depth = 1 + MAX (left->depth, right->depth);

  return self;
}

void
rnl_offline_expression_free (RnlOfflineExpression *self)
{
  if (self == NULL)
    return;

  rnl_offline_expression_free (self->left);
  rnl_offline_expression_free (self->right);
  g_free (self->number);
  g_free (self->shown);
  g_free (self);
}

/**
 * rnl_offline_expression_get_tool:
 * @self: an operation
 *
 * Returns: (transfer none): the tool that does it
 */
const char *
rnl_offline_expression_get_tool (RnlOfflineExpression *self)
{
  switch (self->op)
    {
    case '+':
      return "add";
    case '-':
      return "subtract";
    case '*':
      return "multiply";
    case '/':
      return "divide";
    default:
      return "power";
    }
}

static gboolean
is_negation (RnlOfflineExpression *self)
{
  return self->op == '-' && self->left->op == 0 && g_str_equal (self->left->number, "0");
}

static int
precedence (RnlOfflineExpression *self)
{
  if (self->op == 0)
    return *self->number == '-' ? 2 : 5;
  if (is_negation (self))
    return 2;
  if (self->op == '^')
    return 4;

  return self->op == '+' || self->op == '-' ? 1 : 3;
}

static void
append_operand (GString *text, RnlOfflineExpression *operand, gboolean brackets)
{
  g_autofree char *inner = rnl_offline_expression_to_text (operand);

  g_string_append_printf (text, brackets ? "(%s)" : "%s", inner);
}

/**
 * rnl_offline_expression_to_text:
 * @self: an expression
 *
 * Returns: (transfer full): as it was asked, with the fewest brackets: `(10 + 10) * 3`
 */
char *
rnl_offline_expression_to_text (RnlOfflineExpression *self)
{
  GString *text;
  int own, left, right;

  if (self->op == 0)
    return g_strdup (self->number);

  text = g_string_new (NULL);
  own = precedence (self);
  left = precedence (self->left);
  right = precedence (self->right);
  if (is_negation (self))
    {
      g_string_append_c (text, '-');
      append_operand (text, self->right, right <= 3);
      return g_string_free (text, FALSE);
    }

  append_operand (text, self->left, self->op == '^' ? left <= own : left < own);
  g_string_append_printf (text, " %c ", self->op);
  append_operand (text, self->right,
                  right == 2 || (strchr ("-/", self->op) != NULL ? right <= own : right < own));

  return g_string_free (text, FALSE);
}

/**
 * rnl_offline_expression_count:
 * @self: an expression
 *
 * Returns: how many operations it takes
 */
guint
rnl_offline_expression_count (RnlOfflineExpression *self)
{
  if (self->op == 0)
    return 0;

  return 1 + rnl_offline_expression_count (self->left) + rnl_offline_expression_count (self->right);
}

/**
 * rnl_offline_expression_collect_ready:
 * @self: an expression
 * @ready: (element-type RnlOfflineExpression): where to add
 *
 * Adds the operations that can be done now, left to right: those whose operands are known.
 */
void
rnl_offline_expression_collect_ready (RnlOfflineExpression *self, GPtrArray *ready)
{
  if (self->number != NULL)
    return;
  if (self->left->number != NULL && self->right->number != NULL)
    {
      g_ptr_array_add (ready, self);
      return;
    }

  rnl_offline_expression_collect_ready (self->left, ready);
  rnl_offline_expression_collect_ready (self->right, ready);
}

/* The number a tool's result begins with, or the "result" of an object. */
static char *
number_in (const char *result)
{
  const char *start = result;
  char *end = NULL;
  double value;

  if (*start == '{')
    {
      start = strstr (start, "\"result\"");
      if (start != NULL)
        start = strchr (start, ':');
      if (start == NULL)
        return NULL;
      start++;
    }
  while (g_ascii_isspace (*start))
    start++;
  if (!g_ascii_isdigit (*start) && !(*start == '-' && g_ascii_isdigit (start[1])))
    return NULL; /* no "inf", "nan" or hexadecimal */

  errno = 0;
  value = g_ascii_strtod (start, &end);
  if (!isfinite (value) || memchr (start, 'x', (gsize) (end - start)) != NULL)
    return NULL;

  return g_strndup (start, (gsize) (end - start));
}

/**
 * rnl_offline_expression_set_result:
 * @self: an operation
 * @result: what its tool returned: a number, maybe with a word after it
 *
 * The digits are taken over as they stand, so whole numbers lose nothing on their way.
 *
 * Returns: whether there was a number in it
 */
gboolean
rnl_offline_expression_set_result (RnlOfflineExpression *self, const char *result)
{
  g_autofree char *number = number_in (result);

  if (number == NULL)
    return FALSE;

  rnl_set_str (&self->number, number);
  if (*result != '{')
    rnl_set_str (&self->shown, result);

  return TRUE;
}

static double
apply (char op, double x, double y)
{
  switch (op)
    {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return y == 0 ? NAN : x / y;
    default:
      return pow (x, y);
    }
}

/**
 * rnl_offline_expression_compute:
 * @self: an expression
 *
 * Computes it in doubles, without tools.
 *
 * Returns: whether the value is finite
 */
gboolean
rnl_offline_expression_compute (RnlOfflineExpression *self)
{
  double value;

  if (self->number != NULL)
    return TRUE;
  if (!rnl_offline_expression_compute (self->left) || !rnl_offline_expression_compute (self->right))
    return FALSE;

  value = apply (self->op, g_ascii_strtod (self->left->number, NULL),
                 g_ascii_strtod (self->right->number, NULL));
  if (!isfinite (value))
    return FALSE;
  self->number = rnl_offline_number_to_text (value);

  return TRUE;
}

/**
 * rnl_offline_number_to_text:
 * @value: a finite number
 *
 * Returns: (transfer full): fifteen significant digits, so that 0.1 + 0.2 reads 0.3; whole numbers
 *   below 2^53 in full; valid as JSON
 */
char *
rnl_offline_number_to_text (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value == 0)
    return g_strdup ("0"); /* also for -0 */
  if (value == trunc (value) && fabs (value) <= 9007199254740992.0)
    return g_strdup_printf ("%.0f", value);

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.15g", value));
}
